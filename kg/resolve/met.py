"""What the articles say around their names: where each stands, in what post, at what event, in which country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import (
    ConferenceFact,
    CountFact,
    Fact,
    FigureFact,
    MentionFact,
    MonthDay,
    Name,
    QuotationFact,
    Reading,
    RoleFact,
)
from kg.registry import Registry
from kg.resolve.bags import bag


@dataclass(frozen=True, slots=True)
class Met:
    """All articles' names, sorted by article: the compact table that resolution works on.

    ``names`` are (article id, Name) pairs, each once. ``home`` is the id of the country an article is
    about, where one stands out. ``published`` and ``readings`` are by article id.
    """

    readings: Mapping[str, Reading]
    names: tuple[tuple[str, Name], ...]
    home: Mapping[str, str]

    def published(self, article_id: str) -> date | None:
        """The day an article came out, where known."""
        return self.readings[article_id].article.published

    def of_kind(self, kind: str) -> Iterator[tuple[str, Name]]:
        """(article id, Name) of one kind of name."""
        return ((article, name) for article, name in self.names if name.kind == kind)


def meet(readings: Sequence[Reading], registry: Registry) -> Met:
    """The table of names of ``readings``, the same whatever their order."""
    by_id = {reading.article.id: reading for reading in sorted(readings, key=lambda item: item.article.id)}
    pairs: dict[tuple[str, Name], None] = {}
    home: dict[str, str] = {}
    for key, reading in by_id.items():
        for fact in reading.facts:
            pairs.update(((key, name), None) for name in names_of(fact))
        country = _home(reading, registry)
        if country:
            home[key] = country
    names = sorted(pairs, key=_pair_order)
    return Met(readings=by_id, names=tuple(names), home=home)


def _pair_order(pair: tuple[str, Name]) -> tuple[str, ...]:
    article, name = pair
    return article, name.kind, name.text, name.language, name.known, name.acronym, name.type


def names_of(fact: Fact) -> Iterator[Name]:
    """Every name a fact speaks of."""
    match fact:
        case RoleFact():
            yield fact.person
            if fact.body is not None:
                yield fact.body
        case FigureFact():
            yield from fact.donors
            yield from fact.recipients
        case CountFact():
            if fact.place is not None:
                yield fact.place
        case ConferenceFact():
            yield from (s.value for s in fact.statements if isinstance(s.value, Name))
        case QuotationFact():
            yield fact.speaker
        case MentionFact():
            yield fact.name


def country_of(place: str, registry: Registry) -> str:
    """The id of the country a place of the registry is or lies in; empty where unknown."""
    entry = registry.by_id.get(place)
    if entry is None:
        return ""
    return place if entry.country else entry.in_country or (entry.capital_of or "")


def _home(reading: Reading, registry: Registry) -> str:
    """The country named at least as often as all others together; empty where none stands out."""
    count: Counter[str] = Counter()
    for fact in reading.facts:
        times = len(fact.evidence) if isinstance(fact, MentionFact) else 1
        for name in names_of(fact):
            for country in _countries(name, registry):
                count[country] += times
    ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    total = sum(count.values())
    return ranked[0][0] if ranked and 2 * ranked[0][1] > total else ""


def _countries(name: Name, registry: Registry) -> set[str]:
    if name.known:
        entry = registry.by_id.get(name.known)
        place = name.known if name.kind == "place" or entry is None else entry.based_in
        return {country_of(place, registry)} - {""}
    if name.kind == "person":
        return set()
    return {country_of(place, registry) for place in bag(name.text, name.language).places} - {""}


def day_of(value: object, published: date | None) -> date | None:
    """A date as it is; a day of a month in the year nearest to ``published``; None where that is unknown."""
    if isinstance(value, date):
        return value
    if not isinstance(value, MonthDay) or published is None:
        return None
    days = [_date(published.year + shift, value) for shift in (-1, 0, 1)]
    return min((day for day in days if day), key=lambda day: abs(day - published), default=None)


def _date(year: int, value: MonthDay) -> date | None:
    try:
        return date(year, value.month, value.day)
    except ValueError:
        return None
