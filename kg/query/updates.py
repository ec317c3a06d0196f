"""What a SPARQL update writes to, read from its text before it runs.

Only what is read beyond doubt is let through: words stand apart, each graph that is written is named by its IRI, and
what stands behind WHERE is a group for the engine too. The engine, which finds words that are not apart, would read
some texts otherwise; those are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions
from pyoxigraph import Store as Database

from kg.errors import KgError
from kg.query import not_sparql
from kg.query.guard import check

#: What stands for more than one graph, and for the one without a name.
ALL: Final = "ALL"
NAMED: Final = "NAMED"
DEFAULT: Final = "DEFAULT"

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+|\#[^\r\n]*)
      | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
      | (?P<text>'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3} | "{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
        | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
      | (?P<variable>[?$]\w+)
      | (?P<tag>@[\w-]+)
      | (?P<name>(?:\w[\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?\#@%])*)
      | (?P<word>\w+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_NOT_READ: Final = "this part of the update cannot be read beyond doubt"
_HINT: Final = "Put blanks around words, and name each graph that is written: GRAPH <IRI> { … }."


@dataclass(frozen=True, slots=True)
class Target:
    """A graph that an update writes: its IRI, or ``DEFAULT``, ``NAMED``, ``ALL``; and where in the text it says so.

    ``empties`` where nothing is put into it.
    """

    graph: str
    offset: int
    empties: bool = False


@dataclass(slots=True)
class _Operation:
    """An operation: the parts of the text before it that declare prefixes, what it writes as it stands there.

    ``where`` is the offset of WHERE, ``group`` the span of the group behind it; ``dataset`` tells that it names the
    graphs it reads (USING, WITH), ``short`` that it is DELETE WHERE.
    """

    declared: tuple[tuple[int, int], ...]
    written: list[Target] = field(default_factory=list)
    where: int = -1
    group: tuple[int, int] = (0, 0)
    dataset: int = -1
    short: bool = False


def targets(text: str, *, base: str, prefixes: dict[str, str], hosts: Sequence[str] = ()) -> list[Target]:
    """The graphs that an update may write to, in the order of the text.

    Raises KgError for LOAD, for SERVICE (but of ``hosts``), and for what cannot be read beyond doubt.
    """
    found: list[Target] = []
    for operation in _Reader(text).operations():
        if operation.where >= 0 and not operation.short:
            _check_group(text, operation, base=base, prefixes=prefixes, hosts=hosts)
        found += _resolved(text, operation, base=base, prefixes=prefixes)
    return found


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update, reading the graphs that a request names. Raises KgError where it names some itself."""
    clause = "".join([f" USING <{iri}>" for iri in default] + [f" USING NAMED <{iri}>" for iri in named])
    made, done = "", 0
    for operation in _Reader(text).operations():
        if operation.dataset >= 0:
            told = "both the request and the update name the graphs that are read"
            raise KgError(
                told, where=_place(text, operation.dataset), hint="Leave USING and WITH away, or the parameters."
            )
        if operation.where >= 0:
            start, end = operation.group
            before = text[start:end] if operation.short else ""
            made += f"{text[done : operation.where]}{before}{clause} "
            done = operation.where
    return made + text[done:]


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _place(text: str, offset: int) -> str:
    line, column = position(text, offset)
    return f"update:{line}:{column}"


class _Reader:
    """Reads operations from the tokens of a text, spaces and comments left out."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [token for token in _TOKEN.finditer(text) if token.lastgroup != "space"]
        self._at = 0

    def operations(self) -> Iterator[_Operation]:
        """Each operation. Raises KgError."""
        declared: tuple[tuple[int, int], ...] = ()
        while True:
            declared += tuple(self._prologue())
            if self._is_end():
                return
            operation = _Operation(declared)
            self._read(operation)
            yield operation
            if self._is_end():
                return
            self._mark(";")

    def _prologue(self) -> Iterator[tuple[int, int]]:
        while word := self._if_word("PREFIX", "BASE", "VERSION"):
            start = self._tokens[self._at - 1].start()
            for kind in {"PREFIX": ("name", "iri"), "BASE": ("iri",), "VERSION": ("text",)}[word]:
                self._take(kind)
            yield start, self._tokens[self._at - 1].end()

    def _read(self, operation: _Operation) -> None:
        word = self._if_word("CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "INSERT", "DELETE", "WITH", "LOAD")
        if word == "LOAD":
            raise KgError(
                "LOAD fetches from elsewhere, and kg fetches nothing",
                where=self._where(-1),
                hint="Send the triples themselves, with INSERT DATA.",
            )
        if word in ("CLEAR", "DROP", "CREATE"):
            self._if_word("SILENT")
            if word == "CREATE" or not (name := self._if_word(DEFAULT, NAMED, ALL)):
                self._words("GRAPH")
                name = self._graph()
            operation.written.append(Target(name, self._tokens[self._at - 1].start(), empties=word != "CREATE"))
        elif word in ("COPY", "MOVE", "ADD"):
            self._if_word("SILENT")
            read = self._graph_or_default()
            if word == "MOVE":
                operation.written.append(Target(read, self._tokens[self._at - 1].start(), empties=True))
            self._words("TO")
            operation.written.append(Target(self._graph_or_default(), self._tokens[self._at - 1].start()))
        elif word:
            self._modify(word, operation)
        else:
            raise self._refused()

    def _modify(self, word: str, operation: _Operation) -> None:
        home = DEFAULT
        if word != "WITH" and self._if_word("DATA"):
            self._quads(operation, home)
            return
        if word == "DELETE" and self._if_word("WHERE"):
            operation.where, operation.short = self._tokens[self._at - 1].start(), True
            start = self._start()
            self._quads(operation, home)
            operation.group = start, self._tokens[self._at - 1].end()
            return
        if word == "WITH":
            operation.dataset = self._tokens[self._at - 1].start()
            home = self._graph()
            word = self._words("DELETE", "INSERT")
        self._quads(operation, home)
        if word == "DELETE" and self._if_word("INSERT"):
            self._quads(operation, home)
        while self._if_word("USING"):
            operation.dataset = self._tokens[self._at - 1].start()
            self._if_word(NAMED)
            self._graph()
        self._words("WHERE")
        operation.where = self._tokens[self._at - 1].start()
        operation.group = self._group()

    def _quads(self, operation: _Operation, home: str) -> None:
        """Triples, and triples of graphs that are named; what is written goes to ``operation``."""
        self._mark("{")
        while not self._if_mark("}"):
            if self._if_word("GRAPH"):
                at = self._start()
                operation.written.append(Target(self._graph(), at))
                self._mark("{")
                while not self._if_mark("}"):
                    self._plain()
            else:
                if not operation.written or operation.written[-1].graph != home:
                    operation.written.append(Target(home, self._start()))
                self._plain()

    def _plain(self) -> None:
        """A part of a triple."""
        token = self._token()
        if token[0] in "{}":
            raise self._refused()
        self._at += 1

    def _group(self) -> tuple[int, int]:
        start = self._start()
        self._mark("{")
        depth = 1
        while depth:
            mark = self._token()[0]
            depth += (mark == "{") - (mark == "}")
            self._at += 1
        return start, self._tokens[self._at - 1].end()

    def _graph_or_default(self) -> str:
        if self._if_word(DEFAULT):
            return DEFAULT
        self._if_word("GRAPH")
        return self._graph()

    def _graph(self) -> str:
        """The IRI of a graph, as it stands there."""
        token = self._token()
        if token.lastgroup == "variable":
            raise KgError(
                "an update names the graphs that it writes; this one leaves it to a variable",
                where=self._where(0),
                hint=_HINT,
            )
        if token.lastgroup not in ("iri", "name"):
            raise self._refused()
        self._at += 1
        return token[0]

    def _is_end(self) -> bool:
        return self._at == len(self._tokens)

    def _token(self) -> re.Match[str]:
        if self._is_end():
            raise KgError("the update ends too early", where=_place(self._text, len(self._text)))
        return self._tokens[self._at]

    def _start(self) -> int:
        return self._token().start()

    def _take(self, kind: str) -> None:
        if self._token().lastgroup != kind:
            raise self._refused()
        self._at += 1

    def _if_word(self, *words: str) -> str:
        """The next token, in capitals, where it is one of ``words``, and past it; else nothing."""
        if self._is_end() or self._tokens[self._at].lastgroup != "word":
            return ""
        word = self._tokens[self._at][0].upper()
        if word not in words:
            return ""
        self._at += 1
        return word

    def _words(self, *words: str) -> str:
        word = self._if_word(*words)
        if not word:
            raise self._refused()
        return word

    def _if_mark(self, mark: str) -> bool:
        found = self._token()[0] == mark
        self._at += found
        return found

    def _mark(self, mark: str) -> None:
        if not self._if_mark(mark):
            raise self._refused()

    def _where(self, ahead: int) -> str:
        return _place(self._text, self._tokens[self._at + ahead].start())

    def _refused(self) -> KgError:
        if self._is_end():
            return KgError("the update ends too early", where=_place(self._text, len(self._text)))
        return KgError(_NOT_READ, where=self._where(0), hint=_HINT)


def _blanked(text: str, kept: Sequence[tuple[int, int]]) -> str:
    """``text`` with blanks for all but the spans that are kept, so that places stay what they are."""
    made, done = "", 0
    for start, end in kept:
        made += re.sub(r"[^\r\n]", " ", text[done:start]) + text[start:end]
        done = end
    return made


def _check_group(
    text: str, operation: _Operation, *, base: str, prefixes: dict[str, str], hosts: Sequence[str]
) -> None:
    """Raise KgError where the engine does not take the same for the group, or it asks another server."""
    blank = _blanked(text, (*operation.declared, operation.group))
    at = operation.where
    query = f"{blank[:at]}ASK{blank[at + 3 :]}"
    check(query, where="update", hosts=hosts)
    _ask(query, base=base, prefixes=prefixes)
    try:
        Database().query(f"{query}}}", base_iri=base, prefixes=prefixes)
    except SyntaxError:
        return
    raise KgError(_NOT_READ, where=_place(text, operation.group[1] - 1), hint=_HINT)  # it ends in a comment


def _resolved(text: str, operation: _Operation, *, base: str, prefixes: dict[str, str]) -> Iterator[Target]:
    """What an operation writes, by full IRIs: those that the engine makes of what stands there."""
    known: dict[str, str] = {word: word for word in (DEFAULT, NAMED, ALL)}
    for target in dict.fromkeys(operation.written):
        if target.graph not in known:
            declared = _blanked(text, operation.declared)
            asked = f"{declared}\nSELECT ({target.graph} AS ?graph) {{}}"
            rows = _ask(asked, base=base, prefixes=prefixes)
            graph = next(iter(rows))["graph"] if isinstance(rows, QuerySolutions) else None
            if not isinstance(graph, NamedNode):
                raise KgError(_NOT_READ, where=_place(text, target.offset), hint=_HINT)
            known[target.graph] = graph.value
        yield Target(known[target.graph], target.offset, target.empties)


def _ask(query: str, *, base: str, prefixes: dict[str, str]) -> object:
    """What the engine answers to a query of nothing. Raises KgError where it is none."""
    try:
        return Database().query(query, base_iri=base, prefixes=prefixes)
    except SyntaxError as error:
        raise not_sparql(str(error), query, "update") from None
