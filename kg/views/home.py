"""The start page: what is in the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import QuerySolutions

from kg.store import Store

#: Classes a reader looks for, in the order in which they are shown.
CLASSES: Final = ("Person", "Organization", "Conference", "Place", "AidFigure", "CountFigure", "Role")


@dataclass(frozen=True, slots=True)
class Home:
    """Articles by language, the days of the first and the last, and things by class (local names of ``kg:``)."""

    articles: Mapping[str, int]
    first: str
    last: str
    classes: Mapping[str, int]


def home(store: Store) -> Home:
    """What is in ``store``."""
    articles = _rows(store, _ARTICLES)
    days = sorted(row[2] for row in articles if row[2])
    return Home(
        articles={row[0]: int(row[1]) for row in _rows(store, _LANGUAGES)},
        first=days[0] if days else "",
        last=days[-1] if days else "",
        classes={name: int(_rows(store, _COUNT.format(name))[0][0]) for name in CLASSES},
    )


_LANGUAGES = """SELECT ?language (COUNT(DISTINCT ?article) AS ?n)
{ ?article a kg:Article ; schema:inLanguage ?language } GROUP BY ?language ORDER BY ?language"""
_ARTICLES = """SELECT ?article ?language ?day
{ ?article a kg:Article ; schema:inLanguage ?language OPTIONAL { ?article schema:datePublished ?day } }"""
_COUNT = "SELECT (COUNT(DISTINCT ?thing) AS ?n) {{ ?thing a kg:{} }}"


def _rows(store: Store, text: str) -> list[tuple[str, ...]]:
    answer = store.answer(text)
    assert isinstance(answer, QuerySolutions), "it is a SELECT"
    names = [variable.value for variable in answer.variables]
    return [tuple("" if row[name] is None else row[name].value for name in names) for row in answer]
