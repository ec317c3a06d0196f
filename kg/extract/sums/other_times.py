"""Periods beside a sum that are those of something else: of a disaster, a gathering, a name, the sum before."""

from __future__ import annotations

from kg.extract.sums.clauses import Clause
from kg.recognise.spans import Span

_OF = 4
"""Characters of each of the two words at most ("of the") between a thing and the year that says which is meant."""
_MARKS = frozenset(",;:()，；：（、.\n")


def of_disaster(clause: Clause, period: Span) -> bool:
    """True for the year of a disaster: "after the *2023* floods", "the cyclone *of 2023*", 2023年|地震."""
    return _once(period) and any(_beside(clause, period, s) for s in clause.sentence.of("hazard"))


def of_gathering_before(clause: Clause, period: Span) -> bool:
    """True for the year of a gathering told before the sum: "at the *2023* conference Norway pledged"."""
    value, published = period.value, clause.found.article.published
    past = _once(period) and published is not None and value.end < published
    events = (s for s in clause.sentence.of("event") if s.start < clause.money.start)
    return past and period.end <= clause.money.start and any(_beside(clause, period, s) for s in events)


def _once(period: Span) -> bool:
    """True for a year or less."""
    value = period.value
    return value.start is not None and value.end is not None and (value.end - value.start).days <= 366


def _beside(clause: Clause, period: Span, thing: Span) -> bool:
    """True where nothing but a small word parts a period from the thing whose it is."""
    first, then = sorted((period, thing), key=lambda s: s.start)
    gap = clause.gap(first.end, then.start)
    reach, words = _OF if first is thing else 0, gap.split()
    near = len(words) <= 2 and all(len(word) <= reach for word in words)
    near = near or (not clause.found.pack.spaces and len(gap) <= 1)
    return first.end <= then.start and near and not set(gap) & _MARKS
