"""Years told one by one that are one period: "in *2025, 2026 and 2027*"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import lang
from kg.model import Period
from kg.recognise.spans import Span


def joined(times: Sequence[Span], text: str, folded: str, code: str) -> list[Span]:
    """The periods of a sentence, in text order, those for years that follow each other and that "and" joins as one.
    A list that is not closed by "and" stays as it is, but where marks alone join names as well.
    """
    out: list[Span] = []
    for row in filter(None, _runs(_ended(times, text, folded), folded, code)):
        first, last = row[0], row[-1]
        begin, end = first.value.start, last.value.end
        whole = Period(begin, end, text[first.start : last.end], fiscal=False)
        out.append(first if len(row) == 1 else Span(first.start, last.end, "period", whole))
    return out


def _ended(times: Sequence[Span], text: str, folded: str) -> list[Span]:
    """The periods, one that tells only when it ends joined to the one right before: "since 1995 *until last year*"."""
    out: list[Span] = []
    for time in times:
        begin = out[-1].value.start if out and len(folded[out[-1].end : time.start].strip()) == 0 else None
        end = time.value.end
        if begin is None or end is None or time.value.start is not None or begin >= end:
            out.append(time)
            continue
        whole = Period(begin, end, text[out[-1].start : time.end])
        out[-1] = Span(out[-1].start, time.end, "period", whole)
    return out


def _runs(times: Sequence[Span], folded: str, code: str) -> list[list[Span]]:
    """The periods, those that belong together side by side."""
    closes = bool(lang.load(code).bodies.get("joiners"))  # 2025年、2026年
    rows: list[list[Span]] = []
    row: list[Span] = []
    closed = closes
    for time in times:
        joint = _joint(code).fullmatch(folded, row[-1].end, time.start) if row else None
        if joint and _next_year(row[-1].value, time.value):
            row.append(time)
            closed = closed or joint["and"] is not None or time.value.start.year < time.value.end.year
            continue
        rows += [row] if closed else [[one] for one in row]
        row, closed = [time], closes
    return [*rows, *([row] if closed else [[one] for one in row])]


def _next_year(period: Period, other: Period) -> bool:
    """True for whole years, and those from the next one."""
    begins = [p.start for p in (period, other) if p.start and (p.start.month, p.start.day) == (1, 1)]
    ends = [p.end for p in (period, other) if p.end and (p.end.month, p.end.day) == (12, 31)]
    return len(begins) == len(ends) == 2 and begins[1].year == ends[0].year + 1


@cache
def _joint(code: str) -> re.Pattern[str]:
    """What stands between two years of a list: a comma or "and", with a preposition and an article."""
    pack = lang.load(code)
    marks = {"，", "、"} if pack.spaces else set[str]()
    words = {w.strip(" ,") for w in (*pack.bodies["and"], *pack.bodies.get("joiners", ()))} - {"", *marks}
    both = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
    return re.compile(rf" ?(?:,? ?(?P<and>{both})|[,、，]) ?(?:[^\W\d]{{1,3}}[ '’]){{0,2}}")
