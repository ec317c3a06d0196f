"""The ontology and the vocabularies as quads of the dataset."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from kg.errors import KgError
from kg.registry import registry_files
from kg.resources import ontology_files
from kg.vocab import shared_graph, term

_HIDDEN: Final = term("skos:hiddenLabel")


def ontology_quads(*, base: str) -> list[Quad]:
    """The quads of the graphs ``ontology`` (classes and properties) and ``vocabularies`` (schemes of concepts).

    The registry of names is not among them: of it, a graph holds what its articles name. Nor are hidden labels,
    the word forms that articles are searched with: they are more than all else and show nothing.
    """
    registry = registry_files()
    quads = []
    for path in ontology_files():
        if path not in registry:
            graph = shared_graph("ontology" if is_schema(path) else "vocabularies", base=base)
            quads += [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in _triples(path)]
    return quads


def schema_triples() -> Iterator[Triple]:
    """The triples of the graph ``ontology``: classes and properties."""
    return chain.from_iterable(_triples(path) for path in ontology_files() if is_schema(path))


def is_schema(path: Path) -> bool:
    """Whether a file of the ontology holds classes and properties: ``kg.ttl`` and its parts ``kg-*.ttl``."""
    return path.stem == "kg" or path.stem.startswith("kg-")


@cache
def _triples(path: Path) -> tuple[Triple, ...]:
    """The triples of a file, hidden labels left out. Raises KgError where it is not Turtle, or has blank nodes."""
    try:
        quads = parse(path=str(path), format=RdfFormat.TURTLE)
        triples = tuple(quad.triple for quad in quads if quad.predicate != _HIDDEN)
    except SyntaxError as error:
        raise KgError(f"this is not Turtle: {error.msg}", where=f"{path}:{error.lineno}:{error.offset}") from None
    if any(isinstance(node, BlankNode) for triple in triples for node in (triple.subject, triple.object)):
        raise KgError("the graph has no blank nodes: give each node an IRI", where=str(path))
    return triples
