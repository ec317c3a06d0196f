"""Two sums with a currency each that are the ends of one range: *từ 2 triệu USD đến 3 triệu USD*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.sums.numbers import range_opened

REACH = 12
"""Characters between a sum and the verb that says that it has risen or fallen to it."""


def of_sums(folded: str, sums: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """The sums, in text order, those joined to one range as one."""
    left: Span | None = None
    for one in sums:
        if left is None:
            left = one
        elif _joined(folded, left, one, pack):
            value = one.value._replace(amount=left.value.amount, upper=one.value.amount)
            yield Span(left.start, one.end, "money", value)
            left = None
        else:
            yield left
            left = one
    if left is not None:
        yield left


def _joined(folded: str, left: Span, right: Span, pack: Pack) -> bool:
    """True for sums of one currency, the second the larger, parted by a word that joins the ends of a range."""
    one, other = left.value, right.value
    if one.currency != other.currency or one.upper or other.upper or one.amount >= other.amount:
        return False
    gap = folded[left.end : right.start]
    told = gap.strip() not in ("", "-") and _joint(pack.code).fullmatch(gap) is not None
    told = told and not (pack.names.get("postpositions") and _changes(folded, right.end, pack))
    return told and range_opened(folded, left.start, gap.strip(), pack)


def _changes(folded: str, end: int, pack: Pack) -> bool:
    """True where a verb of changing stands behind the second sum: 10억 달러에서 20억 달러|로 늘리기로."""
    word = next((w for w in pack.numbers.get("change_ends", ()) if folded.startswith(w, end)), None)
    behind = folded[end + len(word) : end + len(word) + REACH] if word else ""
    return any(fold(verb) in behind for verb in pack.words.get("change", ()))


@cache
def _joint(code: str) -> re.Pattern[str]:
    return re.compile(rf" ?(?:{lang.load(code).numbers['range']}) ?")
