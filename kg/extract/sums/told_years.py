"""Which years "over five years" or "in the past five years" are, where an article tells of just one time so long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Evidence, FigureFact, Period
from kg.recognise import Recognised
from kg.recognise.days.runs import joined
from kg.recognise.spans import Span


def in_told_years(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """``figures``, the times counted from or to the day of publication read as the only run of so many years that the
    article writes out: "5 million over *four years* … The programme runs *from 2026 to 2029*".
    """
    if not any(_counted(found, f.period) for f in figures):
        return list(figures)
    runs = _runs(found)
    return [_in_years(found, f, runs) for f in figures]


def _in_years(found: Recognised, figure: FigureFact, runs: Sequence[Span]) -> FigureFact:
    """``figure`` with the one of ``runs`` that is as long as its time and goes on or ends as that does."""
    years = _counted(found, figure.period)
    if not years or figure.period is None:
        return figure
    able = {(r.value.start, r.value.end): r for r in runs if _fits(found, r.value, years)}
    if len(able) != 1:
        return figure
    run = next(iter(able.values()))
    period = replace(figure.period, start=run.value.start, end=run.value.end)
    return replace(figure, period=period, evidence=(*figure.evidence, Evidence(run.start, run.end, "told-years")))


def _counted(found: Recognised, period: Period | None) -> int:
    """The years of a time that goes from or to the day of publication, below nought where it is over; else nought."""
    day = found.article.published
    if period is None or period.start is None or period.end is None or day not in (period.start, period.end):
        return 0
    whole = (period.start.month, period.start.day) == (period.end.month, period.end.day)
    years = period.end.year - period.start.year if whole else 0
    return years if period.start == day else -years


def _fits(found: Recognised, run: Period, years: int) -> bool:
    """True for a run as long as ``years``, which begins about the year of publication, or is over about then."""
    day = found.article.published
    if day is None or run.start is None or run.end is None or run.end.year - run.start.year + 1 != abs(years):
        return False
    return run.start.year in (day.year, day.year + 1) if years > 0 else run.end.year in (day.year - 1, day.year)


def _runs(found: Recognised) -> list[Span]:
    """The times of an article that go from the first day of one year to the last day of another."""
    text, code = found.article.text, found.pack.code
    told = (p for s in found.sentences for p in joined(s.of("period"), text, found.folded, code))
    return [p for p in told if _whole(p.value) and p.value.start.year < p.value.end.year]


def _whole(period: Period) -> bool:
    """True for whole calendar years."""
    start, end = period.start, period.end
    return start is not None and end is not None and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
