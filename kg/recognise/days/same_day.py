"""Words for the day told before, and for those beside it: 当天, *the same day*, *the next day*, *a day earlier*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kg.lang import Pack
from kg.model import MonthDay
from kg.recognise.days.dates import When
from kg.recognise.spans import Span

REACH = 2
"""Sentences before a word for the day told before in which that day may stand."""
_AWAY = {"same_day": 0, "next_day": 1, "day_before": -1}
"""Kinds of words for days, with how many days they are from the one told before."""
_COMMON = 2001
"""A year without a leap day, for days of which no year is told."""


def as_day_before(
    folded: str, rows: list[tuple[list[Span], list[Span]]], pack: Pack
) -> list[tuple[list[Span], list[Span]]]:
    """``rows`` with each word for the day told before, or for one beside it, read as that day, if it is a single one;
    of *a day earlier* also the day told behind it in the sentence.
    """
    if not any(s.kind in _AWAY for all_, _ in rows for s in all_):
        return rows
    last: Span | None = None
    since, out = 0, []
    for every, framed in rows:
        told: dict[Span, Span] = {}
        for span in every:
            if span.kind == "date" and span.value.last is None:
                last, since = span, 0
            elif span.kind in _AWAY and not _of_something(folded, span, pack):
                known = last if last and since <= REACH else _behind(every, span)
                if known is not None:
                    told[span] = Span(span.start, span.end, "date", _moved(known.value, _AWAY[span.kind]))
        since += 1
        kept = [f for f in framed if f not in told]
        free = [s for s in told.values() if not any(f.start < s.end and s.start < f.end for f in kept)]
        out.append(
            ([told.get(s, s) for s in every], sorted([*kept, *free], key=lambda s: s.start))
            if told
            else (every, framed)
        )
    return out


def _behind(every: Sequence[Span], word: Span) -> Span | None:
    """The day behind *a day earlier* in its sentence: "made *a day earlier*, she said *on Sunday*"."""
    days = (s for s in every if s.kind == "date" and s.value.last is None and s.start > word.end)
    return next(days, None) if word.kind == "day_before" else None


def _of_something(folded: str, word: Span, pack: Pack) -> bool:
    """True where a preposition says of what it was the next day: le lendemain *du* séisme."""
    words = tuple(word.lstrip() for word in pack.names.get("genitive", ()) if pack.spaces)
    return word.kind != "same_day" and folded[word.end :].lstrip(" ").startswith(words)


def _moved(when: When, days: int) -> When:
    """The day so many days from another, which then is no mere weekday; one without a year has none either."""
    first, stated = when.first, days != 0
    if isinstance(first, MonthDay):
        moved = date(_COMMON, first.month, min(first.day, 28) if first.month == 2 else first.day)
        moved += timedelta(days=days)
        return when._replace(first=MonthDay(moved.month, moved.day), stated=stated)
    return when._replace(first=first + timedelta(days=days), stated=stated)
