"""The scale of a bar chart: round numbers for its ticks, and how far a bar reaches, in per cent of the width."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

#: Of the width: what is left is for the arrow of an open end ("more than").
_WIDTH: Final = Decimal(96)
_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
#: A scale has at most so many ticks beside 0.
_TICKS: Final = 4
#: What can still be seen on a narrow screen.
_LEAST: Final = Decimal("0.3")
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Scale:
    """From 0 to ``most``; ``ticks`` are round numbers on it, 0 the first."""

    most: Decimal
    ticks: tuple[Decimal, ...]

    def at(self, value: Decimal) -> str:
        """Where ``value`` stands, as SVG writes it: ``43.25%``. Nothing is wider than the chart, or less than 0."""
        share = min(max(value / self.most, Decimal(0)), Decimal(1)) * _WIDTH
        return f"{share.quantize(_HUNDREDTH)}%"

    def between(self, low: Decimal, high: Decimal) -> str:
        """How wide the bar between two values is: a little at least, where there is anything at all between them."""
        low, high = (min(max(each, Decimal(0)), self.most) for each in (low, high))
        share = (high - low) / self.most * _WIDTH
        return f"{(max(share, _LEAST) if share > 0 else share).quantize(_HUNDREDTH)}%"


def scale(most: Decimal) -> Scale:
    """The scale on which ``most`` is the largest value; a chart of nothing but zeros has one from 0 to 1."""
    if most <= 0:
        return Scale(Decimal(1), (Decimal(0),))
    power = Decimal(1).scaleb((most / _TICKS).adjusted())
    step = next(power * each for each in _STEPS if power * each * _TICKS >= most)
    count = int(most / step)
    return Scale(most, tuple(step * number for number in range(count + 1)))
