"""Numbers of things that a construct tells, and no noun behind the number: *83 dead*, *the toll rose to 1,204*,
*three of the five provinces*, *the number of refugees has reached 1.5 million*; and rates, which count nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import Found, read
from kg.recognise.spans import Span

_FEW = 10
"""The largest number of a rate told as one of few: *one in ten*; of larger ones a part is counted."""
_WHOLES = frozenset({100, 1000, 10_000, 100_000})
"""Round numbers of which a rate is told, too: *seven of 1000*."""


class Constructs(NamedTuple):
    """What the pack's rules ``count`` make of the numbers of a sentence, by where these begin.

    ``rates`` count nothing, ``things`` are what others count, ``same`` those that count what a second number counts,
    ``before`` those that count what the last one before them does: 300 *of them*.
    """

    rates: frozenset[int]
    things: Mapping[int, Span]
    same: Mapping[int, int]
    before: frozenset[int]


def constructs(found: Recognised, sentence: Sentence, countables: Sequence[Span]) -> Constructs:
    """The numbers of ``sentence`` that rules of the family ``count`` read. Earlier rules win."""
    rates: set[int] = set()
    things: dict[int, Span] = {}
    same: dict[int, int] = {}
    before: set[int] = set()
    for match in read(sentence.frame, found.pack.code, "count"):
        numbers = [span.start for span in match.slots.get("number", ())]
        if rates.intersection(numbers):
            continue
        few = match.means == "few" and _is_rate([span.value.value for span in match.slots.get("number", ())])
        if match.means == "none" or few:
            rates.update(numbers)
        elif match.means == "same" and (other := match.one("of")):
            same.setdefault(numbers[0], other.start)
        elif match.means != "few" and (thing := _thing(match, countables)):
            things.setdefault(numbers[0], thing)
        elif match.means == "before":
            before.update(numbers)
    return Constructs(frozenset(rates), things, same, frozenset(before))


def _is_rate(values: Sequence[Decimal]) -> bool:
    """True where numbers told one of the other are a rate, and no part of so many is counted."""
    return all(value <= _FEW for value in values) or max(values) in _WHOLES


def _thing(match: Found, countables: Sequence[Span]) -> Span | None:
    """What a number counts: what the rule means, or where it means "of" or "before" the thing that it names before the
    number, or else behind it: 12 *of the schools*.
    """
    number = match.one("number")
    if number is None:
        return None
    if match.means not in ("of", "before"):
        return Span(match.start, max(number.end, match.end), "countable", match.means)
    named = [c for c in countables if match.start <= c.start and c.end <= number.start]
    named = named or [c for c in countables if number.end < c.start < match.end <= c.end]
    return min(named, key=lambda c: (c.start, -c.end), default=None)
