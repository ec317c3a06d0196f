"""Reckoning with days: parts of years, so many months on, spans beside the day of publication."""

from __future__ import annotations

from datetime import date, timedelta


def part(year: int, number: int, months: int) -> tuple[date, date]:
    """First and last day of the ``number``-th (from 1) part of ``year`` that is ``months`` long."""
    first = date(year, (number - 1) * months + 1, 1)
    following = number * months
    last = date(year + following // 12, following % 12 + 1, 1) - timedelta(days=1)
    return first, last


def months_on(day: date, months: int) -> date:
    """The day some months on (or back), or the 28th where that month has no such day."""
    years_on, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(years_on, month + 1, day.day)
    except ValueError:
        return date(years_on, month + 1, 28)


def since(begin: date, published: date | None) -> tuple[date, date | None]:
    """From a day up to the day of publication; what begins only behind that ("from 2030 on") has no end yet."""
    return begin, published if published is None or begin <= published else None


def from_month(first: int, last: int | None, published: date) -> tuple[date, date]:
    """From a month whose year is not told up to the day of publication, or to the end of a ``last`` month: the months
    nearest to that day.
    """
    if last is None:
        return date(published.year - (first > published.month), first, 1), published
    years = (published.year - 1, published.year, published.year + 1)
    spans = ((date(y, first, 1), part(y + (last < first), last, 1)[1]) for y in years)
    return min(spans, key=lambda span: abs(span[0] + (span[1] - span[0]) / 2 - published))


def first_part(year: int, unit: str, count: int) -> tuple[date, date] | None:
    """So many months or quarters from the start of ``year``: the first nine months of 2025."""
    months = count * (3 if unit == "quarters" else 1)
    return (date(year, 1, 1), part(year, months, 1)[1]) if 1 <= months <= 12 else None


def relative(kind: str, unit: str, count: int | None, published: date) -> tuple[date | None, date | None] | None:
    """First and last day of what is told from ``published`` on: this year, the next three years, last month."""
    if kind == "until" and unit:
        return None, date(published.year + int(unit), 12, 31)
    if kind == "since" and unit:
        return date(published.year + int(unit), 1, 1), published
    if kind == "this":
        return date(published.year, 1, 1), date(published.year, 12, 31)
    if kind == "month" and unit:
        there = months_on(published, int(unit))
        return part(there.year, there.month, 1)
    if kind == "calendar":
        years_ = [published.year + int(shift) for shift in unit.split()]
        return date(years_[0], 1, 1), date(years_[-1], 12, 31)
    if unit == "months" and count and kind in ("next", "past"):
        there = months_on(published, count if kind == "next" else -count)
        return (published, there) if kind == "next" else (there, published)
    length = (count or 1) * {"years": 1, "decades": 10}.get(unit, 0)
    if not length:
        return None
    if kind == "next":
        return published, months_on(published, 12 * length)
    if kind == "past":
        return months_on(published, -12 * length), published
    return None
