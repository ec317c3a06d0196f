"""A user's own graphs: what the endpoint may change. No article is behind them, and no build writes them.

Their names begin in one way under the base of the store, so that all other graphs, those of later versions too, are
out of reach. They are not among the merged facts: a query sees them where it names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from pyoxigraph import Store as Database

from kg.errors import KgError
from kg.store.folder import Folder, open_database
from kg.vocab import is_own, own_prefix

#: Triples that all graphs of a user's own may hold together: notes beside the articles, not a store of its own.
MOST: Final = 200_000


def own_graphs(db: Database, *, base: str) -> list[NamedNode]:
    """The user's own graphs, by name."""
    found = [graph for graph in db.named_graphs() if isinstance(graph, NamedNode) and is_own(graph, base=base)]
    return sorted(found, key=str)


def own_quads(db: Database, *, base: str) -> Iterator[Quad]:
    """All that they say."""
    for graph in own_graphs(db, base=base):
        yield from db.quads_for_pattern(None, None, None, graph)


def checked_own(db: Database, *, base: str) -> frozenset[Quad]:
    """All that they say, where it can be kept.

    Raises KgError where it is too much, or holds a blank node or a triple as a term: the same bytes could not be
    written twice, or sent to another store.
    """
    found: set[Quad] = set()
    for quad in own_quads(db, base=base):
        if isinstance(quad.subject, (BlankNode, Triple)) or isinstance(quad.object, (BlankNode, Triple)):
            kind = "a blank node" if BlankNode in map(type, (quad.subject, quad.object)) else "a triple as a term"
            raise KgError(f"{kind} is not kept", where="update", hint="Give everything that is spoken of an IRI.")
        found.add(quad)
        if len(found) > MOST:
            raise KgError(
                f"graphs of your own hold at most {MOST:,} triples together",
                where="update",
                hint="Keep what is more in a store of its own.",
            )
    return frozenset(found)


def put_own(db: Database, quads: Iterable[Quad], *, base: str) -> None:
    """Have the user's own graphs say ``quads`` and nothing else."""
    for graph in own_graphs(db, base=base):
        db.remove_graph(graph)
    kept = list(quads)
    assert all(is_own(quad.graph_name, base=base) for quad in kept), "no other graph is written"
    db.extend(kept)


def kept_own(folder: Folder, *, base: str) -> Iterator[Quad]:
    """All that the user's own graphs say in the store of ``folder``, for one that gives IRIs another ``base``."""
    for quad in own_quads(open_database(folder.graph, path=folder.path), base=folder.base):
        assert isinstance(quad.graph_name, NamedNode), "own graphs have names"
        name = quad.graph_name.value.removeprefix(own_prefix(folder.base))
        yield Quad(quad.subject, quad.predicate, quad.object, NamedNode(own_prefix(base) + name))
