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
from kg.vocab import SECTOR, kg

#: How many lines of a group, and quotes of a line, are read.
MOST: Final = 200
#: How many of the articles that name it are shown.
ARTICLES: Final = 10


#: Questions about a thing that facts have under a property: that property, the query, and its parameter.
_QUESTIONS: Final = (
    ("heldBy", "person-posts", "person"), ("speaker", "quotations", "speaker"), ("roleIn", "posts", "body"),
    ("organizer", "organizers", "organizer"), ("place", "conferences", "place"), ("inSeries", "editions", "series"),
)  # fmt: skip
#: Bars of the sums that have a thing under a property, and what they are grouped by then.
_BARS: Final = (("donor", "recipient"), ("recipient", "donor"), ("sector", "donor"))


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

    def has(part: str) -> bool:
        return next(iter(store.match(None, kg(part), node)), None) is not None

    written = node.value.removeprefix(store.base).removeprefix(SECTOR)
    for part, by in _BARS:
        if has(part):
            yield Lead(part, "figures", {"by": by, part: written})
    for property_, name, part in _QUESTIONS:
        if has(property_):
            yield Lead(part, f"queries/{name}", {part: written}, named(name))
