"""Editions of a conference on a line, gaps to scale, so that labels do not meet even on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.views.conference import Conference, Edition

#: Per cent of the width: what is left free at both ends, and what a label takes on a narrow screen.
_MARGIN: Final = 6.0
_LABEL: Final = 12.0
_HALF: Final = 50.0
_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Point:
    """An edition on the line: where, as SVG writes it, and in which row its label stands, 0 the nearest."""

    x: str
    row: int
    edition: Edition


@dataclass(frozen=True, slots=True)
class Review:
    """The review period: its left end and its width, and where its label stands, with the anchor of that."""

    x: str
    width: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The editions with a year, how many rows their labels take, and the review period."""

    points: tuple[Point, ...]
    rows: int
    review: Review | None


def timeline(told: Conference) -> Timeline | None:
    """The line for the editions of a conference; None where fewer than two have a year."""
    dated = [(_moment(each), each) for each in told.editions if each.year is not None]
    if len(dated) < 2:  # one point is no line
        return None
    period = [_years(days[0]) for days in (told.days("reviewPeriodStart"), told.days("reviewPeriodEnd")) if days]
    first, last = min([*period, *(at for at, _ in dated)]), max([*period, *(at for at, _ in dated)])
    span = (last - first) or 1.0

    def place(moment: float) -> float:
        return round(_MARGIN + (moment - first) / span * (100 - 2 * _MARGIN), 2)

    ends: list[float] = []
    points = []
    for moment, edition in dated:
        x = place(moment)
        row = next((number for number, end in enumerate(ends) if x - end >= _LABEL), len(ends))
        ends[row : row + 1] = [x]
        points.append(Point(f"{x}%", row, edition))
    both = len(period) == 2 and period[0] <= period[1]
    return Timeline(tuple(points), len(ends), _review(place(period[0]), place(period[1])) if both else None)


def _review(left: float, right: float) -> Review:
    """The label begins with the period, or ends with it where that stands in the right half."""
    late = left > _HALF
    width = f"{round(right - left, 2)}%"
    return Review(f"{left}%", width, f"{right if late else left}%", "end" if late else "start")


def _moment(edition: Edition) -> float:
    """An edition's time in years; the middle of the year where the day is unknown."""
    return _years(edition.day) if edition.day else (edition.year or 0) + 0.5


def _years(day: str) -> float:
    """A day as years since the beginning of our era."""
    known = date.fromisoformat(day)
    return known.year + (known.timetuple().tm_yday - 1) / _DAYS
