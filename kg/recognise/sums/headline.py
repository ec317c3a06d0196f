"""Sums that a headline tells without their currency, as headlines do: "Norway gives *20 million* to Mali"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise.spans import Span
from kg.recognise.sums.money import is_large

LEAD = 8
"""Sentences after the headline in which its sum is told again, with the currency."""
Row = tuple[list[Span], list[Span]]


def with_currency(rows: Sequence[Row]) -> list[Row]:
    """``rows``, all spans and those of the frame by sentence, the large numbers of the first sentence made sums of
    money where the article soon tells the same amount with its currency, and no thing is counted right behind them.
    """
    if len(rows) < 2:
        return list(rows)
    spans, framed = rows[0]
    sums = [s for s in spans if s.kind == "money"]
    things = [s.start for s in spans if s.kind == "countable"]
    told = {s.value.amount: s.value for row, _ in reversed(rows[1 : LEAD + 1]) for s in row if s.kind == "money"}
    bare = {
        (n.start, n.end): Span(n.start, n.end, "money", told[n.value.value]._replace(upper=None, carried=True))
        for n in spans
        if n.kind == "number"
        and is_large(n)
        and n.value.value in told
        and not any(s.start <= n.start < s.end for s in sums)
        and not any(0 <= at - n.end <= 4 for at in things)
    }
    if not bare:
        return list(rows)
    first = ([bare.get(s[:2], s) if s.kind == "number" else s for s in spans], _instead(framed, bare))
    return [first, *rows[1:]]


def _instead(framed: Sequence[Span], bare: dict[tuple[int, int], Span]) -> list[Span]:
    """The spans of a frame with the sums of ``bare`` in place of what stands there."""
    left = [s for s in framed if not any(s.start < b and a < s.end for a, b in bare)]
    return sorted([*left, *bare.values()], key=lambda s: (s.start, s.end))
