"""The start page: what is in the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode

from kg.explain.pieces import Pieces
from kg.explain.words import Words
from kg.store import Store
from kg.tables import Labels
from kg.views.figures import sums_of
from kg.views.names import Named, by_name, names
from kg.views.reading import Brief, briefs, rows
from kg.vocab import RDF_TYPE, kg

#: Classes a reader looks for, in the order in which they are shown.
CLASSES: Final = ("Article", "Person", "Organization", "Conference", "Place", "AidFigure", "CountFigure", "Role")
#: How many things of each kind are shown.
SHOWN: Final = 8
#: With more months than this between the first and the last article, they are counted by year.
MONTHS: Final = 36


@dataclass(frozen=True, slots=True)
class Home:
    """What is in a store.

    ``classes`` counts things by class (local names of ``kg:``), ``languages`` articles by language, ``times`` by
    month (``2025-12``) or year, from the first to the last; ``undated`` those without a day. Then come the
    latest articles, the people, bodies and conferences that most articles name, and sums of the latest articles: each
    once, with its IRI and how many articles tell it.
    """

    classes: Mapping[str, int]
    languages: Mapping[str, int]
    times: Mapping[str, int]
    undated: int
    articles: tuple[Brief, ...]
    named: Mapping[str, tuple[Named, ...]]
    figures: tuple[tuple[str, Pieces, int], ...]


def home(store: Store, *, language: str) -> Home:
    """What is in ``store``, with labels in ``language``."""
    articles = list(briefs(store).values())
    kinds = ("person", "organization", "conference")
    counted = {name: int(next(rows(store, _COUNT.format(name)))[0]) for name in CLASSES}
    return Home(
        classes=counted,
        languages=dict(
            sorted(Counter(brief.language for brief in articles).items(), key=lambda one: (-one[1], one[0]))
        ),
        times=times([brief.day for brief in articles if brief.day]),
        undated=sum(not brief.day for brief in articles),
        articles=tuple(articles[:SHOWN]),
        named={kind: tuple(_most_named(store, kind, language)) for kind in kinds},
        figures=tuple(islice(_figures(store, articles, language), SHOWN)),
    )


def times(days: list[str]) -> dict[str, int]:
    """How many of some days there are in each month from the first to the last; in each year where those are many."""
    if not days:
        return {}
    months = [int(day[:4]) * 12 + int(day[5:7]) - 1 for day in days]
    if max(months) - min(months) < MONTHS:
        counts = Counter(months)
        return {f"{each // 12:04}-{each % 12 + 1:02}": counts[each] for each in range(min(months), max(months) + 1)}
    years = Counter(each // 12 for each in months)
    return {f"{year:04}": years[year] for year in range(min(years), max(years) + 1)}


def _most_named(store: Store, kind: str, language: str) -> list[Named]:
    found = by_name([one for one in names(store).values() if one.kind == kind], language)
    return sorted(found, key=lambda one: -one.articles)[:SHOWN]


def _figures(store: Store, articles: list[Brief], language: str) -> Iterator[tuple[str, Pieces, int]]:
    words = Words(store, Labels(store, (language,)))
    shown: set[NamedNode] = set()
    for brief in articles:
        stated = store.match(None, kg("statedIn"), NamedNode(brief.iri))
        for node in sorted({quad.subject for quad in stated if isinstance(quad.subject, NamedNode)}, key=str):
            if node not in shown and next(iter(store.match(node, RDF_TYPE, kg("AidFigure"))), None) is not None:
                alike = next(iter(sums_of(store, [node])), None)
                shown |= {figure.node for figure in alike.figures} if alike else {node}
                yield node.value, words.said(node), len(alike.articles) if alike else 1


_COUNT = "SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ ?thing a kg:{} }}"
