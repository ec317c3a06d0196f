"""Sums given since a year that is told before: "The bank came in *1994*. *Since then* it has lent 2 billion"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from kg import lang
from kg.extract.sums.clauses import Clause
from kg.model import Period
from kg.recognise import Recognised
from kg.recognise.days.dates import When, years
from kg.recognise.spans import Span


def since_then(clause: Clause) -> Span | None:
    """The time from the one year, or its month or day, that the words before one of ``again.since_then`` tell, up to
    the day of publication; None where the clause has no such word, or they tell no year or several.
    """
    found, words = clause.found, _words(clause.found.pack.code)
    told = words.search(found.folded, clause.start, clause.end) if words else None
    published = found.article.published
    if told is None or published is None:
        return None
    at = found.sentences.index(clause.sentence)
    begins = [clause.sentence.start, *(found.sentences[i].start for i in (at - 1,) if i >= 0)]
    for begin in begins:  # the words before it in its own sentence tell it, else those of the sentence before
        day = _only_day(found, begin, told.start(), published)
        if day is not None:
            return Span(told.start(), told.end(), "period", Period(day, published, told[0]))
    return None


def _only_day(found: Recognised, start: int, end: int, published: date) -> date | None:
    """The first day of the one past year told between two offsets, or of its month, or the day itself where told."""
    told = {year for _, _, year in years(found.folded, start, end)}
    if len(told) != 1 or (year := next(iter(told))) > published.year:
        return None
    days = [d for d in _days(found, start, end) if d.year == year and d <= published]
    return days[0] if len(set(days)) == 1 else date(year, 1, 1)


def _days(found: Recognised, start: int, end: int) -> Sequence[date]:
    """The days told between two offsets, and the first days of the times told there."""
    spans = [s for x in found.sentences for s in x.of("period", "date") if start <= s.start and s.end <= end]
    values = [s.value.first if isinstance(s.value, When) else s.value.start for s in spans]
    return [v for v in values if isinstance(v, date)]


@cache
def _words(code: str) -> re.Pattern[str] | None:
    pack = lang.load(code)
    told = sorted(pack.raw.get("again", {}).get("since_then", ()), key=len, reverse=True)
    edges = (r"(?<!\w)", r"(?!\w)") if pack.spaces and not pack.names.get("postpositions") else ("", "")
    return re.compile(f"{edges[0]}(?:{'|'.join(map(re.escape, told))}){edges[1]}") if told else None
