"""A small chart of columns, as coordinates for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Width and height of the space for the columns, and the gap between two, in units of the picture.
WIDTH: Final = 640
HEIGHT: Final = 120
_WIDEST: Final = 96


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: what it is for, how many that are, and where it stands."""

    name: str
    count: int
    x: float
    y: float
    width: float
    height: float


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """A column for each (name, count), from left to right, the highest as high as there is room."""
    if not counts:
        return []
    step = WIDTH / len(counts)
    width = min(step * 0.82, _WIDEST)
    unit = HEIGHT / max(1, *(count for _, count in counts))
    return [
        Bar(name, count, *(round(each, 2) for each in (place * step + (step - width) / 2, top, width, HEIGHT - top)))
        for place, (name, count) in enumerate(counts)
        for top in [HEIGHT - count * unit]
    ]
