"""An open store, and how its default graph is kept: each triple of the named graphs once, article bodies left out,
and the graphs of a user's own, which no article is behind.

Oxigraph's own union of named graphs counts a triple once for each graph that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)
from pyoxigraph import Store as Database

from kg.vocab import PREFIXES, is_own


@dataclass(frozen=True, slots=True)
class Store:
    """An open store: its database, the base of its minted IRIs, and its folder (None in memory).

    ``data`` is the generation that is open: the name of its folder in ``path``.
    """

    db: Database
    base: str
    path: Path | None = None
    data: str = ""

    def quads(self, *, with_text: bool = False) -> Iterator[Quad]:
        """The quads of the named graphs; those of article bodies only ``with_text``."""
        for quad in self.db:
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and (with_text or not is_body(graph, base=self.base)):
                yield quad

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads of a graph, the merged facts if none is named, with these terms; None is any."""
        return self.db.quads_for_pattern(subject, predicate, value, graph or DefaultGraph())

    def answer(self, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """What the engine answers to a query, our prefixes known. Raises what it raises."""
        return self.db.query(text, prefixes={**PREFIXES, "kgid": self.base})

    def read_ahead(self, nodes: Iterable[NamedNode]) -> None:
        """Nothing, as all is at hand: a store elsewhere reads here what ``match`` will be asked of these nodes."""

    def triples(self, *, with_text: bool = False) -> Iterator[Triple]:
        """The merged facts, each once; with the article bodies only ``with_text``."""
        for quad in self.db.quads_for_pattern(None, None, None, DefaultGraph()):
            yield quad.triple
        if with_text:
            for graph in self.db.named_graphs():
                if is_body(graph, base=self.base):
                    yield from (quad.triple for quad in self.db.quads_for_pattern(None, None, None, graph))


def is_body(graph: NamedNode | BlankNode, *, base: str) -> bool:
    """Whether ``graph`` is the one of an article's body."""
    return isinstance(graph, NamedNode) and graph.value.startswith(f"{base}article/") and graph.value.endswith("/body")


def is_merged(graph: NamedNode | BlankNode | DefaultGraph, *, base: str) -> bool:
    """Whether what ``graph`` says is in the default graph: it is named, no article's body and no user's own."""
    return isinstance(graph, NamedNode) and not is_body(graph, base=base) and not is_own(graph, base=base)


def with_default_graph(quads: Iterable[Quad], *, base: str) -> Iterator[Quad]:
    """Each quad (of a named graph), and again in the default graph where its graph is merged."""
    last, merged = None, False
    for quad in quads:
        graph = quad.graph_name
        if graph != last:  # mostly, many quads of one graph stand together
            assert isinstance(graph, NamedNode), "facts stand in named graphs"
            last, merged = graph, is_merged(graph, base=base)
        yield quad
        if merged:
            yield Quad(quad.subject, quad.predicate, quad.object)  # naming the default graph takes eight times as long


def replace_quads(db: Database, removed: Iterable[Quad], added: Iterable[Quad], *, base: str) -> int:
    """Take quads of named graphs out of ``db``, put others in, and let its default graph follow.

    What stands in several graphs stays in the default graph until it has left the last of them. Returns by how many
    triples the default graph has grown.
    """
    gone, grown = list(removed), 0
    for quad in gone:
        db.remove(quad)
    new = set(with_default_graph(added, base=base))
    grown += sum(quad.graph_name == DefaultGraph() and quad not in db for quad in new)
    db.extend(new)
    for quad in gone:
        elsewhere = db.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if not any(is_merged(q.graph_name, base=base) for q in elsewhere):
            merged = Quad(quad.subject, quad.predicate, quad.object)
            grown -= merged in db
            db.remove(merged)
    return grown


def count_triples(db: Database) -> int:
    """How many triples the default graph has."""
    rows = db.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(rows, QuerySolutions), "it is a SELECT"
    return int(next(rows)["n"].value)
