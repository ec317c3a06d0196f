"""The names an article speaks of, and the country it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg import lang
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
from kg.resolve.bags import Bag, bag

#: The concept of what a foreign ministry is for.
FOREIGN: Final = "foreign-affairs"
_FEW: Final = 4
_TWICE: Final = 2


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


@dataclass(frozen=True, slots=True)
class Lands:
    """What an article says of countries: ``most`` is named more often than all others together ("" where none is),
    ``clear`` says that it is at least twice as often as any other, ``often`` that it is more than a few times.
    ``home`` is the country of the language's press, where it is one country's; ``home_named`` says that it is named.
    ``named`` are all of them, with how often, the most first.
    """

    most: str
    clear: bool
    often: bool
    home: str
    home_named: bool
    named: tuple[tuple[str, int], ...]

    def host(self, senders: frozenset[str]) -> str:
        """In which country a body abroad of ``senders`` is ("the Embassy of Japan"): the one of all others that the
        article is clearly about; empty where none is.
        """
        times = [(number, land) for land, number in self.named if land not in senders]
        (first, land), (second, _) = [*times, (0, ""), (0, "")][:2]
        return land if first >= max(2 * second, _TWICE) else ""

    def owner(self, found: Bag, told: frozenset[str]) -> str:
        """Whose a body is that is named without its country ("the Ministry of Health"); empty where more than one may
        be meant. ``told`` are the countries of which the article names such a body in full.

        Else it is the country's that the article is about, where home and another are not both in question. In a press
        that is one country's, which need not name it, the foreign ministry is its own unless the article is all about
        another country.
        """
        if told:
            return next(iter(told)) if len(told) == 1 and (told == {self.home} or not self.home_named) else ""
        at_home = self.home and FOREIGN in found.concepts
        if at_home and self.home_named:
            return self.home if self.most in ("", self.home) else ""
        in_question = self.home_named and self.most != self.home
        return self.most if self.clear and not in_question and (self.often or not at_home) else ""


def lands_of(reading: Reading, registry: Registry) -> Lands:
    """The countries that an article names, as its facts tell."""
    count: Counter[str] = Counter()
    for fact in reading.facts:
        times = len(fact.evidence) if isinstance(fact, MentionFact) else 1
        for name in names_of(fact):
            for country in _countries(name, registry):
                count[country] += times
    ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    first, second = [*(number for _, number in ranked), 0, 0][:2]
    most = ranked[0][0] if 2 * first > count.total() else ""
    code = reading.article.language
    home = lang.load(code).home if code in lang.codes() else lang.Home()
    own = home.place if home.alone else ""
    clear, often = first >= 2 * second, first > _FEW
    return Lands(most, clear=clear, often=often, home=own, home_named=own in count, named=tuple(ranked))


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
