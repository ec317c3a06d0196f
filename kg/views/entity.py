"""A page about anything: an entity, a concept, a fact or a piece of evidence, with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.explain import Explanation, explain
from kg.query import Query, named
from kg.store import Store
from kg.views.lists import ArticlesAsked, articles
from kg.views.names import Named, names
from kg.views.reading import Brief
from kg.vocab import RDF_TYPE, SECTOR, kg

#: How many lines of a group, and quotes of a line, are read.
MOST: Final = 200
#: How many of the articles that name it are shown.
ARTICLES: Final = 10


#: Questions about a thing that some of a class have under a property: class, property, the query, its parameter.
_QUESTIONS: Final = (
    ("Role", "heldBy", "person-posts", "person"), ("Quotation", "speaker", "quotations", "speaker"),
    ("Role", "roleIn", "posts", "body"), ("Conference", "organizer", "organizers", "organizer"),
    ("Conference", "place", "conferences", "place"), ("Conference", "inSeries", "editions", "series"),
)  # fmt: skip
#: Properties of sums under which a thing has bars.
_BARS: Final = ("donor", "recipient", "sector")


@dataclass(frozen=True, slots=True)
class Lead:
    """A page that says more of a thing: the ``part`` it has there, and the page's path and parameters.

    ``query`` is the prepared query whose page it is; None for bars of sums.
    """

    part: str
    path: str
    parameters: Mapping[str, str]
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """What is said of ``iri``; ``named`` is None for what has no names; ``told`` articles name it, some are given.

    ``leads`` are pages that say more.
    """

    iri: str
    explanation: Explanation
    named: Named | None
    articles: tuple[Brief, ...]
    told: int
    leads: tuple[Lead, ...]


def entity(store: Store, node: NamedNode, *, language: str) -> Entity:
    """All that is said of a node of the graph, with labels in ``language``."""
    told = articles(store, ArticlesAsked(about=node.value), number=1)
    return Entity(
        iri=node.value,
        explanation=explain(store, node, languages=(language,), most=MOST),
        named=names(store).get(node.value),
        articles=told.items[:ARTICLES],
        told=told.total,
        leads=tuple(_leads(store, node)),
    )


def _leads(store: Store, node: NamedNode) -> Iterator[Lead]:
    """The pages that say more of a thing: only those that have something to say."""

    def has(kind: str, part: str) -> bool:
        wholes = (quad.subject for quad in store.match(None, kg(part), node))
        return any(
            next(iter(store.match(whole, RDF_TYPE, kg(kind))), None) for whole in wholes if isinstance(whole, NamedNode)
        )

    written = node.value.removeprefix(store.base).removeprefix(SECTOR)
    for part in _BARS:
        if has("AidFigure", part):
            yield Lead(part, "figures", {"by": part, part: written})
    for kind, property_, name, part in _QUESTIONS:
        if has(kind, property_):
            yield Lead(part, f"queries/{name}", {part: written}, named(name))
