"""Weekdays told with their week: *last* Friday, Monday *of next week*."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

KEYS: Final = ("weekday_past", "weekday_next", "week_past", "week_next")
"""The keys of a pack's dates whose patterns tell such a weekday; each is what its patterns mean."""


def patterns(times: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The patterns of a pack's ``dates``, each with what it means."""
    return [(pattern, key) for key in KEYS for pattern in times.get(key, ())]


def days_of(means: str, number: int, other: int | None, published: date) -> tuple[date, date | None]:
    """The day of the weekday ``number``, or first and last day of two ("Sunday and Monday"). One named alone is the
    latest up to the day of publication, as news tells what has happened.
    """
    if means:
        return _with_week(means, number, published), None
    last = published - timedelta(days=(published.weekday() - (number if other is None else other)) % 7)
    return (last, None) if other is None else (last - timedelta(days=(other - number) % 7), last)


def _with_week(means: str, number: int, published: date) -> date:
    """The weekday ``number`` before or after the day of publication, or that of the week before or after it."""
    if means == "weekday_past":
        return published - timedelta(days=(published.weekday() - number - 1) % 7 + 1)
    if means == "weekday_next":
        return published + timedelta(days=(number - published.weekday() - 1) % 7 + 1)
    weeks = -1 if means == "week_past" else 1
    return published + timedelta(days=7 * weeks + number - published.weekday())
