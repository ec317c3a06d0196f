"""The names an article speaks of, and the country it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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


def home_of(reading: Reading, registry: Registry) -> str:
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
