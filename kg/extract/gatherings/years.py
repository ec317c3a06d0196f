"""Years by which gatherings are called, or that a sentence lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import lang
from kg.extract.cases import governs
from kg.extract.datelines import is_town
from kg.extract.gatherings.mentions import CLAUSE, NEAR, Mention
from kg.model import Period
from kg.recognise import Recognised
from kg.recognise.days.dates import years
from kg.recognise.spans import Span

_SMALL = 8
"""Characters of a small word between a year and its town."""


def year_of(found: Recognised, mention: Mention) -> int | None:
    """The year by which a gathering is called: one in or before its name, close behind it, or that it was held in."""
    before = found.folded[max(mention.sentence.start, mention.span.start - 40) : mention.span.start]
    match = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)[^,.;:]{0,12}$", before)
    at = mention.span.start - len(before) + (match.start() if match else 0)
    if match and not _listed(found, mention) and not _of_years(mention, at):
        meant_for = governs(found, at, at + len(match[1]), "dative")
        return None if meant_for and mention.of("hold") else int(match[1])  # "met to pledge *for 2019*"
    if (year := past_year(found, mention)) is not None:
        return year
    published = found.article.published
    near = [p.value for p in mention.of("period") if within_year(p.value) and _beside(found, mention, p)]
    return next((p.start.year for p in near if p.start and published and p.start.year < published.year), None)


def past_year(found: Recognised, mention: Mention) -> int | None:
    """The year before that of publication, where the sentence says that a gathering was held then ("last year")."""
    published = found.article.published
    if published is None or mention.of("date"):
        return None
    verbs = mention.of("hold", "pledge", "raise", "closes")
    told = [p for p in mention.of("period") if within_year(p.value) and any(_close(p, verb, mention) for verb in verbs)]
    past = [p.value.end.year for p in told if p.value.end.year < published.year]
    numbered = mention.ordinal == 1 and len(told) > 1
    if numbered and any(told[0].end <= o.start < told[1].start for o in mention.sentence.of("ordinal")):
        past = past[:1]  # "the first was held in Kyiv in 2019 and the second in Riga in 2021"
    return past[0] if len(past) == 1 and not mention.of("review") else None


def listed_years(found: Recognised, mention: Mention, *, every: bool) -> list[tuple[int, int, int]]:
    """Years written as a list ("1992, 2003, 2013, and 2019"), not as a period or as part of a day; ``every`` free year
    of the sentence where it speaks of earlier gatherings ("in Nairobi in 2017 and in Rome in 2020").
    """
    taken = [(s.start, s.end) for s in mention.of("date", "money")]
    taken += [
        (s.start, s.end)
        for s in mention.of("period")
        if s.value.start and s.value.end and s.value.end.year > s.value.start.year
    ]
    free = [y for y in years(found.folded, mention.low, mention.high) if not any(a <= y[0] < b for a, b in taken)]
    if every:
        return free
    joint = _year_joint(found.pack.code)
    best: list[tuple[int, int, int]] = []
    run: list[tuple[int, int, int]] = []
    for year in free:
        run = [*run, year] if run and joint.fullmatch(found.folded, run[-1][1], year[0]) else [year]
        best = max(best, run, key=len)
    return best


def _beside(found: Recognised, mention: Mention, span: Span) -> bool:
    """True for a time that stands close behind a gathering, or right before it ("last year the summit …")."""
    if span.start >= mention.end:
        if governs(found, mention.start, mention.end, "during"):
            return False  # 회의|에서 지난해 약속한 금액
        between = found.folded[mention.end : span.start]
        apart = between.startswith(tuple(f",{word}" for word in found.pack.names.get("locative", ())))
        return len(between) <= NEAR and not CLAUSE.search(between, 1 if apart else 0)
    return 0 <= mention.start - span.end <= (8 if found.pack.spaces else 16)


def _listed(found: Recognised, mention: Mention) -> bool:
    return len(listed_years(found, mention, every=False)) > 1


def _of_years(mention: Mention, at: int) -> bool:
    """True for a year, written at an offset, with which a period of years begins or ends: for *2026*-2030."""
    told = [p for p in mention.sentence.of("period") if p.start <= at < p.end]
    return any(not within_year(p.value) for p in told)


def _close(period: Span, verb: Span, mention: Mention) -> bool:
    """True where a period and a verb stand near one another: nearer where there are sums between."""
    first, second = sorted((period, verb))
    told = any(first.end <= s.start < second.start for s in mention.sentence.of("money", "pledge", "give", "say"))
    return second.start - first.end <= (NEAR if told or verb is second else 2 * NEAR)


def within_year(period: Period) -> bool:
    """True for a period that begins and ends in one calendar year: a year, or a month of one."""
    return period.start is not None and period.end is not None and period.start.year == period.end.year


def one_year(period: Period) -> bool:
    """True for a period of just one calendar year."""
    first, last = period.start, period.end
    if first is None or last is None or first.year != last.year:
        return False
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def pairs(found: Recognised, mention: Mention, *, either: bool = False) -> list[Span]:
    """The past years that stand right after a town in the mention's sentence; in ``either`` order also right before one
    (2019 *in Rome*).
    """
    sentence, published = mention.sentence, found.article.published
    words = tuple(f" {w} " for w in found.pack.names.get("year_words", ()))
    towns = {s.end for s in sentence.of("place") if is_town(s)}
    ahead = [s.start for s in sentence.of("place") if either and is_town(s)]
    told = []
    for start, end, year in years(found.folded, sentence.start, sentence.end):
        before = found.folded[sentence.start : start]
        joint = next((w for w in (*words, " (", " ") if before.endswith(w)), "")
        beside = (joint and start - len(joint) in towns) or _before_town(found, end, ahead)
        if beside and (published is None or year < published.year):
            told.append(Span(start, end, "year", year))
    return told


def _before_town(found: Recognised, end: int, towns: Sequence[int]) -> bool:
    """True where a town stands right behind a year, with no more than a small word between: *2019'da* Roma."""
    at = next((start for start in towns if start >= end), None)
    return at is not None and at - end <= _SMALL and not re.search(r"[\d,.;:()、，。]", found.folded[end:at])


@cache
def _year_joint(code: str) -> re.Pattern[str]:
    pack = lang.load(code)
    words = [w.strip() for w in (*pack.bodies["and"], *pack.names.get("year_words", ()))]
    return re.compile(rf"(?:[ ,、，]|{'|'.join(re.escape(w) for w in words if w)})*")
