"""A page about anything: an entity, a concept, a fact or a piece of evidence, with all that is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.explain import Explanation, explain
from kg.store import Store
from kg.views.lists import ArticlesAsked, articles
from kg.views.names import Named, names
from kg.views.reading import Brief

#: How many lines of a group, and quotes of a line, are read.
MOST: Final = 200
#: How many of the articles that name it are shown.
ARTICLES: Final = 10


@dataclass(frozen=True, slots=True)
class Entity:
    """What is said of ``iri``; ``named`` is None for what has no names; ``told`` articles name it, some are given."""

    iri: str
    explanation: Explanation
    named: Named | None
    articles: tuple[Brief, ...]
    told: int


def entity(store: Store, node: NamedNode, *, language: str) -> Entity:
    """All that is said of a node of the graph, with labels in ``language``."""
    told = articles(store, ArticlesAsked(about=node.value), number=1)
    return Entity(
        iri=node.value,
        explanation=explain(store, node, languages=(language,), most=MOST),
        named=names(store).get(node.value),
        articles=told.items[:ARTICLES],
        told=told.total,
    )
