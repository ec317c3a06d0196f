"""A store elsewhere that answers SPARQL, asked as a store on this machine is.

``kg load`` puts the merged facts beside the articles' graphs. A question that names no graphs of its own sees
those as its default graph, each fact once, whatever the server takes for one; in a store that was filled
otherwise it sees what the server shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from pyoxigraph import Store as Database

from kg.dataset import Answered
from kg.errors import KgError
from kg.query.guard import words
from kg.remote.detect import query_endpoint, select
from kg.remote.http import Client
from kg.remote.profiles import Profile
from kg.vocab import BASE, PREFIXES, SCHEMA, merged_graph

_FORMS: Final = {"SELECT": True, "ASK": True, "CONSTRUCT": False, "DESCRIBE": False}
_ROWS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_GRAPH_IRI: Final = re.compile(r"(?i)\bGRAPH\s*<([^<>]*)>")
#: ORDER BY at the end of a query, by variables alone.
_ORDER: Final = re.compile(r"\bORDER\s+BY((?:\s+\?\w+|\s+(?:ASC|DESC)\s*\(\s*\?\w+\s*\))+)\s*\Z", re.IGNORECASE)
#: What Virtuoso says, and all it says, of an answer that it cut.
_CUT: Final = "X-SPARQL-MaxRows"
#: How the name of the graph ends that ``kg load`` keeps its account in.
_MANIFEST: Final = "graph/manifest"
#: Nodes one question names, and rows one page has: below the limits of every server known.
_NODES: Final = 200
_PAGE: Final = 5_000


@dataclass(eq=False)
class Endpoint:
    """The graph on a server; ``merged`` says whether the merged facts are there as a graph of their own.

    What was read of a node is remembered: one question of ours asks for many.
    """

    profile: Profile
    client: Client
    url: str
    base: str
    merged: bool
    _read: dict[NamedNode, tuple[Quad, ...]] = field(default_factory=dict, repr=False)
    _graphs: list[str] | None = field(default=None, repr=False)

    def answer(self, text: str) -> Answered:
        """What the server answers.

        Raises SyntaxError for what is no SPARQL, before anything is sent; KgError with the server's words where it
        refuses, and where it cuts the answer.
        """
        Database().query(text, prefixes=self._prefixes())
        form = next((word for word, _ in words(text) if word in _FORMS), "SELECT")
        fields = [("query", self._prologue(text) + text), *(self._dataset(text) if self.merged else ())]
        asked = _ORDER.search(text)
        return self._ask(fields, rows=_FORMS[form], order=asked[1] if asked else "")

    def _ask(self, fields: Sequence[tuple[str, str]], *, rows: bool, order: str = "") -> Answered:
        """What the server answers to a form of the SPARQL 1.1 Protocol (section 2.1.2): rows, yes or no; or triples.

        Rows come in the given ``order``, the variables of an ORDER BY.
        """
        response = self.client.request(
            "POST",
            self.url,
            data=urlencode(fields).encode(),
            headers={"Accept": _ROWS if rows else _TRIPLES, "Content-Type": "application/x-www-form-urlencoded"},
        )
        if _CUT in response.headers:
            raise KgError(
                f"{self.profile.title} cuts the answer off after {response.headers[_CUT]} rows",
                where="--endpoint",
                hint="Ask for fewer with LIMIT, or raise the server's own limit (ResultSetMaxRows).",
            )
        try:
            if rows:
                answered = parse_query_results(response.content, format=QueryResultsFormat.JSON)
                ordered = _in_order(answered, order) if order and isinstance(answered, QuerySolutions) else None
                # Reading rows uses them up: those that cannot be sorted are read again.
                return ordered or parse_query_results(response.content, format=QueryResultsFormat.JSON)
            return iter([quad.triple for quad in parse(response.content, format=RdfFormat.N_TRIPLES)])
        except SyntaxError as error:
            raise KgError(f"{self.url} answers with what is no result of a query: {error}") from error

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads of a graph, the merged facts if none is named, with these terms; None is any."""
        if subject is None or graph is not None:
            yield from self._pages(subject, predicate, value, graph)
            return
        self.read_ahead([subject])
        for quad in self._read[subject]:
            if predicate in (None, quad.predicate) and value in (None, quad.object):
                yield quad

    def read_ahead(self, nodes: Iterable[NamedNode]) -> None:
        """Read all that is said of these nodes, many with each question."""
        new = [node for node in dict.fromkeys(nodes) if node not in self._read]
        for start in range(0, len(new), _NODES):
            part = new[start : start + _NODES]
            named = " ".join(map(str, part))
            found: dict[NamedNode, list[Quad]] = {node: [] for node in part}
            for row in self._rows(f"VALUES ?s {{ {named} }} ?s ?p ?o"):
                found[row["s"]].append(Quad(row["s"], row["p"], row["o"]))
            self._read.update((node, tuple(quads)) for node, quads in found.items())

    def _pages(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        value: NamedNode | Literal | None,
        graph: NamedNode | None,
    ) -> Iterator[Quad]:
        """The triples that fit. What is known stands in the pattern itself: Virtuoso joins VALUES wrongly here."""
        pattern = f"{subject or '?s'} {predicate or '?p'} {value or '?o'}"
        for row in self._rows(pattern if graph is None else f"GRAPH {graph} {{ {pattern} }}"):
            yield Quad(subject or row["s"], predicate or row["p"], value or row["o"])

    def _rows(self, pattern: str) -> Iterator[QuerySolution]:
        """The rows of a pattern of ?s, ?p and ?o, by pages: a server may cut a long answer."""
        names = " ".join(name for name in ("?s", "?p", "?o") if name in pattern) or "*"
        order = f" ORDER BY {names}" if names != "*" else ""
        for page in count():
            # Sorted inside and counted outside: Virtuoso refuses to sort what it then skips far into.
            answer = self.answer(
                f"SELECT {names} {{ {{ SELECT {names} {{ {pattern} }}{order} }} }} LIMIT {_PAGE} OFFSET {page * _PAGE}"
            )
            assert isinstance(answer, QuerySolutions)
            rows = list(answer)
            yield from rows
            if len(rows) < _PAGE:
                return

    def _prefixes(self) -> dict[str, str]:
        return {**PREFIXES, "kgid": self.base}

    def _prologue(self, text: str) -> str:
        """Our prefixes that ``text`` uses, on its first line, so that the server counts lines as the user does."""
        known = self._prefixes()
        used = dict.fromkeys(re.findall(r"([a-z][a-z0-9-]*):", text))
        return "".join(f"PREFIX {name}: <{known[name]}> " for name in used if name in known)

    def _dataset(self, text: str) -> Iterator[tuple[str, str]]:
        """What the question sees: the merged facts, and the named graphs it asks for; its own FROM goes before."""
        found = [word for word, _ in words(text)]
        if "FROM" in found:
            return
        yield "default-graph-uri", merged_graph(self.base).value
        if "GRAPH" in found:
            # Those it names itself, if it names all: a list of all there are is long.
            named = _GRAPH_IRI.findall(text)
            if len(named) < found.count("GRAPH"):
                named = [] if self.profile.sees_named else self._named()
            yield from (("named-graph-uri", name) for name in named)

    def _named(self) -> list[str]:
        """The IRIs of the named graphs under the base, without the merged facts."""
        if self._graphs is None:
            under = f'FILTER (STRSTARTS(STR(?g), "{self.base}"))'
            text = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {under} }}"
            rows = self._ask([("query", text)], rows=True)
            assert isinstance(rows, QuerySolutions)
            names = sorted(row["g"].value for row in rows)
            self._graphs = [name for name in names if name != merged_graph(self.base).value]
        return self._graphs


def _in_order(rows: QuerySolutions, order: str) -> QuerySolutions | None:
    """Rows in the ``order`` that their query ends by asking for, as our own engine understands it.

    Servers sort texts each in their way, and some not at all past a length. None for rows sorted by what they do not
    hold, and for those with blank nodes, which no VALUES can name.
    """
    names = [variable.value for variable in rows.variables]
    cells = [[row[name] for name in names] for row in rows]
    if not set(re.findall(r"\?(\w+)", order)) <= set(names) or any(
        isinstance(c, BlankNode) for row in cells for c in row
    ):
        return None
    head = " ".join(f"?{name}" for name in names)
    values = " ".join(f"({' '.join('UNDEF' if cell is None else str(cell) for cell in row)})" for row in cells)
    answer = Database().query(f"SELECT {head} {{ VALUES ({head}) {{ {values} }} }} ORDER BY {order}")
    assert isinstance(answer, QuerySolutions)
    return answer


def connect(url: str, *, client: Client, profile: str | None = None) -> Endpoint:
    """The graph on the server at ``url``, found by asking; ``profile`` names the server where it does not say.

    Raises KgError where no SPARQL store answers, and for one with several graphs of ours, none of them the usual.
    """
    kind, query_url = query_endpoint(url, client=client, profile=profile)
    rows = select(client, query_url, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?graph <{SCHEMA}sha256> ?hash }} }}")
    manifests = {row["g"].strip("<>") for row in rows}
    bases = sorted(name.removesuffix(_MANIFEST) for name in manifests if name.endswith(_MANIFEST))
    if BASE in bases or not bases:
        base = BASE
    elif len(bases) == 1:
        base = bases[0]
    else:
        raise KgError(
            f"{url} has {len(bases)} graphs of ours, and none under {BASE}",
            where="--endpoint",
            hint="Keep each in a store of its own. There are: " + " ".join(bases),
        )
    merged = select(client, query_url, f"SELECT ?s {{ GRAPH {merged_graph(base)} {{ ?s ?p ?o }} }} LIMIT 1")
    return Endpoint(kind, client, query_url, base, merged=bool(merged))
