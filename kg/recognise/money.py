"""Sums of money: a number beside a currency, ranges, and amounts whose currency or magnitude is carried over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kg import lang
from kg.recognise.numbers import Number
from kg.recognise.spans import Span


class Money(NamedTuple):
    """``amount`` (and ``upper`` of a range) in units of ``currency``; ``assumed`` where the writing leaves it open."""

    amount: Decimal
    currency: str
    written: str
    assumed: bool
    upper: Decimal | None = None
    carried: bool = False


@cache
def _range(code: str) -> re.Pattern[str]:
    pack = lang.load(code)
    return re.compile(rf" ?(?:{pack.numbers['range']}) ?")


def money(text: str, folded: str, numbers: Sequence[Span], currencies: Sequence[Span], code: str) -> list[Span]:
    """All sums of money. ``currencies`` are the currency words and symbols met; values are ``Money``."""
    pack = lang.load(code)
    before = {c.end: c for c in currencies}
    after = {c.start: c for c in currencies}
    found: list[Span] = []
    index = 0
    while index < len(numbers):
        number = numbers[index]
        second = numbers[index + 1] if index + 1 < len(numbers) else None
        joined = second is not None and _in_range(folded, number, second, before, code)
        last = second if joined and second is not None else number
        front = _front(folded, number.start, before)
        back = _back(folded, last.end, after, pack.joiners)
        if front and back and front.value[0] != back.value[0] and not back.value[1]:
            front = front if front.value[1] is False else None
        currency = front if front and not (front.value[1] and back) else back or front
        index += 2 if joined else 1
        if currency is None:
            if joined:
                index -= 1
            continue
        amount, upper = number.value.value, None
        if joined and second is not None:
            upper = second.value.value
            amount = _same_magnitude(number.value, second.value)
            if upper <= amount:
                upper = None
        start = min(front.start, number.start) if front else number.start
        end = max(back.end, last.end) if back else last.end
        found.append(
            Span(
                start,
                end,
                "money",
                Money(amount, currency.value[0], text[currency.start : currency.end], currency.value[1], upper),
            )
        )
    return found


def carried(text: str, numbers: Sequence[Span], sums: Sequence[Span], blocked: Sequence[Span]) -> list[Span]:
    """Scaled numbers without a currency after a sum in one sentence: "… 75 million euros, Rome 40 million".

    ``blocked`` are spans of counted things: a number right before one is a count.
    """
    found = []
    taken = [(s.start, s.end) for s in sums]
    counted = {b.start for b in blocked}
    for number in numbers:
        if number.value.scale == 1 or any(a <= number.start < b for a, b in taken):
            continue
        earlier = [s for s in sums if s.end <= number.start]
        rest = text[number.end : number.end + 2].lstrip()
        if not earlier or (rest[:1].isalpha() and any(number.end < c <= number.end + 30 for c in counted)):
            continue
        value = earlier[-1].value
        found.append(
            Span(number.start, number.end, "money", value._replace(amount=number.value.value, upper=None, carried=True))
        )
    return found


def _same_magnitude(first: Number, second: Number) -> Decimal:
    """The lower end of "30-35 million": it takes the magnitude of the upper where it has none."""
    return first.value * second.scale if first.scale == 1 else first.value


def _in_range(folded: str, first: Span, second: Span, before: dict[int, Span], code: str) -> bool:
    gap_end = second.start
    if front := _front(folded, second.start, before):
        gap_end = front.start
    return gap_end >= first.end and _range(code).fullmatch(folded, first.end, gap_end) is not None


def _front(folded: str, start: int, before: dict[int, Span]) -> Span | None:
    span = before.get(start)
    if span is None and start and folded[start - 1] in " -":
        span = before.get(start - 1)
    return span


def _back(folded: str, end: int, after: dict[int, Span], joiners: Sequence[str]) -> Span | None:
    for joiner in joiners:
        if folded.startswith(joiner, end) and (span := after.get(end + len(joiner))):
            return span
    return None
