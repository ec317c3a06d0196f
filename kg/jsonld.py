"""Compact JSON-LD, a node at a time.

Our graphs hold no blank nodes and no lists, so compaction is a choice of names: which term of the
context says a predicate and its kind of value in the fewest words. A library's general algorithm
ran at a tenth of the speed, 10,000 quads a second, over the whole document in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import KgError

Json: TypeAlias = Any

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STRING: Final = _XSD + "string"
_INTEGER: Final = _XSD + "integer"
_BOOLEAN: Final = _XSD + "boolean"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#: Integers that every JSON reader keeps exact.
_EXACT: Final = re.compile(r"-?[0-9]{1,15}")
_TERM_KEYS: Final = frozenset({"@id", "@type", "@container", "@language", "@prefix"})


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the context: the IRI it stands for, and how its values are written."""

    name: str
    iri: str
    type: str = ""
    language: str = ""
    container: str = ""


@dataclass(frozen=True)
class Context:
    """A context read for compaction: the document itself, its prefixes, and its terms by IRI."""

    document: Mapping[str, Json]
    prefixes: tuple[tuple[str, str], ...]
    terms: Mapping[str, tuple[Term, ...]]


def read_context(path: Path, *, base: str) -> Context:
    """The context in the file ``path``, its prefix ``kgid`` standing for ``base``.

    Understood: prefixes, ``@type``, ``@language``, and ``@container`` of ``@set`` or ``@language``.
    Raises KgError, naming the entry, for anything else.
    """
    entries: dict[str, Json] = dict(json.loads(path.read_text(encoding="utf-8"))["@context"])
    if "kgid" in entries:
        entries["kgid"] = base
    simple = {name: value for name, value in entries.items() if isinstance(value, str) and not name.startswith("@")}
    prefixes = {name: value for name, value in simple.items() if value.endswith(("/", "#"))}
    terms: dict[str, list[Term]] = {}
    for name, value in entries.items():
        if name == "@version" or name in prefixes:
            continue
        term = _read_term(name, value, prefixes, where=f"{path.name}: {name}")
        terms.setdefault(term.iri, []).append(term)
    longest_first = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
    return Context(entries, tuple(longest_first), {iri: tuple(group) for iri, group in terms.items()})


def write(quads: Iterable[Quad], context: Context) -> Iterator[bytes]:
    """Pieces of a JSON-LD document of ``quads``, which are sorted by graph, then subject: one node a line."""
    names = _Names(context)
    yield b'{"@context": ' + _dump(context.document) + b',\n"@graph": ['
    for index, (graph, group) in enumerate(groupby(quads, key=lambda quad: quad.graph_name)):
        assert isinstance(graph, NamedNode)
        yield (
            (b",\n" if index else b"\n")
            + b"{"
            + _dump(names.id_key)
            + b": "
            + _dump(names.iri(graph.value))
            + b', "@graph": ['
        )
        for position, (subject, node) in enumerate(groupby(group, key=lambda quad: quad.subject)):
            yield (b",\n" if position else b"\n") + _dump(_node(subject, node, names))
        yield b"\n]}"
    yield b"\n]}\n"


def write_nodes(triples: Iterable[Triple], context: Context) -> Iterator[bytes]:
    """Pieces of a JSON-LD document of ``triples``, which are sorted by subject and in no graph: one node a line."""
    names = _Names(context)
    yield b'{"@context": ' + _dump(context.document) + b',\n"@graph": ['
    for position, (subject, node) in enumerate(groupby(triples, key=lambda triple: triple.subject)):
        yield (b",\n" if position else b"\n") + _dump(_node(subject, node, names))
    yield b"\n]}\n"


def _read_term(name: str, value: Json, prefixes: Mapping[str, str], *, where: str) -> Term:
    """The term ``name``. Raises KgError for what compaction does not know."""

    def expand(curie: str) -> str:
        prefix, colon, local = curie.partition(":")
        return prefixes[prefix] + local if colon and prefix in prefixes else curie

    entry = {"@id": value} if isinstance(value, str) else value
    if not isinstance(entry, dict) or "@id" not in entry or not entry.keys() <= _TERM_KEYS or name.startswith("@"):
        raise KgError("the context has an entry that is not understood", where=where)
    container = entry.get("@container", "")
    if container not in {"", "@set", "@language"}:
        raise KgError(f"the context has a container that is not understood: {container}", where=where)
    return Term(name, expand(entry["@id"]), expand(entry.get("@type", "")), entry.get("@language", ""), container)


class _Names:
    """The names a context gives, each looked up once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.iri = lru_cache(maxsize=65536)(self._iri)
        self.key = lru_cache(maxsize=None)(self._key)
        self.type_key = next((term.name for term in context.terms.get("@type", ())), "@type")
        self.id_key = next((term.name for term in context.terms.get("@id", ())), "@id")

    def _iri(self, iri: str) -> str:
        """``iri`` as an ``@id``: prefix and rest where a prefix fits."""
        for name, namespace in self.context.prefixes:
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                return f"{name}:{iri[len(namespace) :]}"
        return iri

    def word(self, iri: str) -> str:
        """``iri`` as a class: its term where there is one."""
        return next((term.name for term in self.context.terms.get(iri, ()) if not term.type), self.iri(iri))

    def _key(self, predicate: str, kind: str, language: str) -> Term:
        """The term that says most of a value of ``kind`` (``@id`` or a datatype; ``@language`` for text with one)."""
        choices = self.context.terms.get(predicate, ())
        for term in choices:
            if kind == "@language" and (term.container == "@language" or (term.language and term.language == language)):
                return term
            if kind == "@id" and term.type in {"@id", "@vocab"}:
                return term
            if kind == term.type:
                return term
        plain = (term for term in choices if not term.type and not term.language and term.container != "@language")
        name = self.iri(predicate)
        return next(plain, Term(predicate if name in self.context.document else name, predicate))


def _node(subject: NamedNode | BlankNode | Triple, quads: Iterable[Quad | Triple], names: _Names) -> dict[str, Json]:
    """One subject with all it says in one graph."""
    assert isinstance(subject, NamedNode), "the graph has no blank nodes"
    node: dict[str, Json] = {names.id_key: names.iri(subject.value)}
    for quad in quads:
        predicate, value = quad.predicate.value, quad.object
        if predicate == _TYPE and isinstance(value, NamedNode):
            _add(node, names.type_key, names.word(value.value))
        elif isinstance(value, NamedNode):
            term = names.key(predicate, "@id", "")
            compact = names.word(value.value) if term.type == "@vocab" else names.iri(value.value)
            _add(node, term.name, compact if term.type else {names.id_key: compact}, always=bool(term.container))
        else:
            assert isinstance(value, Literal)
            _add_literal(node, predicate, value, names)
    return node


def _add_literal(node: dict[str, Json], predicate: str, value: Literal, names: _Names) -> None:
    """Add a literal in the shortest form that reads back as the same."""
    text, language, datatype = value.value, value.language or "", value.datatype.value
    term = names.key(predicate, "@language" if language else datatype, language)
    if term.container == "@language":
        _add(node.setdefault(term.name, {}), language, text)
        return
    entry: Json
    if language:
        entry = text if term.language else {"@language": language, "@value": text}
    elif datatype == _INTEGER and _EXACT.fullmatch(text):
        entry = int(text)
    elif datatype == _BOOLEAN and text in {"true", "false"}:
        entry = text == "true"
    elif term.type == datatype or (datatype == _STRING and not term.type):
        entry = text
    else:
        entry = {"@type": names.word(datatype), "@value": text}
    _add(node, term.name, entry, always=term.container == "@set")


def _add(node: dict[str, Json], key: str, entry: Json, *, always: bool = False) -> None:
    """Add ``entry`` under ``key``: alone as itself, among others in a list; ``always`` in a list."""
    if key not in node:
        node[key] = [entry] if always else entry
    elif isinstance(node[key], list):
        node[key].append(entry)
    else:
        node[key] = [node[key], entry]


def _dump(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
