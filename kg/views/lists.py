"""Lists, page by page: of things by kind, and of articles by what they are and what they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pyoxigraph import NamedNode

from kg.store import Store
from kg.views.names import Named, by_name, names
from kg.views.reading import Brief, briefs, naming

#: How many things a page of a list holds.
LENGTH: Final = 100
#: In which order things can be listed: by name, or those first that most articles name.
ORDERS: Final = ("name", "articles")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A page of a list: its items, its number from 1, how many pages and how many items there are."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class ArticlesAsked:
    """Which articles: in a language, of a year or month (``2025-12``), and of a thing, each if not empty."""

    language: str = ""
    day: str = ""
    about: str = ""


def things(store: Store, kind: str, *, language: str, order: str, number: int) -> Part[Named]:
    """The things of a kind, named in ``language``."""
    found = by_name([one for one in names(store).values() if one.kind == kind], language)
    if order == "articles":
        found.sort(key=lambda one: -one.articles)
    return part(found, number)


def articles(store: Store, asked: ArticlesAsked, *, number: int) -> Part[Brief]:
    """The articles that are asked for, the latest first."""
    named = _naming(store, asked.about) if asked.about else None
    found = [
        brief
        for brief in briefs(store).values()
        if (not asked.language or brief.language == asked.language)
        and brief.day.startswith(asked.day)
        and (named is None or brief.iri in named)
    ]
    return part(found, number)


def part(items: Sequence[T], number: int) -> Part[T]:
    """The page ``number`` of a list; the nearest there is."""
    pages = max(1, -(-len(items) // LENGTH))
    number = min(max(number, 1), pages)
    return Part(tuple(items[(number - 1) * LENGTH : number * LENGTH]), number, pages, len(items))


def _naming(store: Store, iri: str) -> set[str]:
    """The articles that name a thing; none for what is no IRI."""
    try:
        return naming(store, NamedNode(iri))
    except ValueError:
        return set()
