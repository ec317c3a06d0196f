"""Words for the day told before: 当天, the same day."""

from __future__ import annotations

from kg.recognise.spans import Span

REACH = 2
"""Sentences before a word for the day told before in which that day may stand."""


def as_day_before(rows: list[tuple[list[Span], list[Span]]]) -> list[tuple[list[Span], list[Span]]]:
    """``rows`` with each word for the day told before (``words.same_day``) read as that day, if it is a single one."""
    if not any(s.kind == "same_day" for all_, _ in rows for s in all_):
        return rows
    last: Span | None = None
    since, out = 0, []
    for every, framed in rows:
        told: dict[Span, Span] = {}
        for span in every:
            if span.kind == "date" and span.value.last is None:
                last, since = span, 0
            elif span.kind == "same_day" and last and since <= REACH:
                told[span] = Span(span.start, span.end, "date", last.value._replace(stated=False))
        since += 1
        kept = [f for f in framed if f not in told]
        free = [s for s in told.values() if not any(f.start < s.end and s.start < f.end for f in kept)]
        out.append(
            ([told.get(s, s) for s in every], sorted([*kept, *free], key=lambda s: s.start))
            if told
            else (every, framed)
        )
    return out
