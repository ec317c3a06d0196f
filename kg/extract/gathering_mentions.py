"""Where an article speaks of a gathering, and what tells the gatherings of one article apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg import lang
from kg.model import Period
from kg.recognise import Recognised, Sentence
from kg.recognise.dates import years
from kg.recognise.phrases import grow_left, grow_right, neighbours
from kg.recognise.spans import Span

LEAD_WEIGHT = 1
NEAR = 30
"""Characters within which a weekday after a gathering is its day ("at a conference in Brussels on Monday")."""
GENERIC = frozenset({"event", "meeting", "gathering", "ceremony"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an article speaks of a gathering. ``which`` tells gatherings of one article apart."""

    sentence: Sentence
    span: Span
    kind: str
    label: str
    start: int
    end: int
    ordinal: int | None
    ordinal_span: Span | None
    which: str
    weight: int


def year_after(found: Recognised, mention: Mention) -> int | None:
    """The year before that of publication that stands close behind a gathering ("a meeting in Stockholm in 2023")."""
    near = [p.value for p in mention.sentence.of("period") if 0 <= p.start - mention.end <= NEAR and one_year(p.value)]
    published = found.article.published
    past = [p.start.year for p in near if p.start and published and p.start.year < published.year]
    return past[0] if past else None


def is_ahead(found: Recognised, mention: Mention) -> bool:
    """True where the sentence sets the gathering on a day after the publication."""
    published = found.article.published
    days = [d.value.first for d in mention.sentence.of("date")]
    return published is not None and bool(days) and all(isinstance(d, date) and d > published for d in days)


def mentions_in(found: Recognised, sentence: Sentence) -> Iterator[Mention]:
    """The gatherings that one sentence speaks of, without those it counts ("four workshops")."""
    if not sentence.of("event"):
        return
    near = neighbours(found.article.text, found.folded, sentence.spans, found.pack)
    for span in (s for s in sentence.frame.spans if s.kind == "event"):
        if _counted(found, sentence, span):
            continue
        start, left = grow_left(near, span.start)
        end, right = grow_right(near, span.end)
        ordinal = _ordinal(found, sentence, span)
        capital = found.article.text[span.start].isupper() and found.pack.spaces and span.start > sentence.start
        weight = (
            3 * (ordinal is not None)
            + 2 * bool(sentence.of("hold"))
            + bool(sentence.of("date"))
            + bool(sentence.of("place"))
        )
        weight += (
            (capital and bool(left or right))
            + (sentence.paragraph < 3)
            + (sentence.paragraph < 2)
            - 2 * (str(span.value) in GENERIC)
        )
        label_start = min(start, ordinal.start) if ordinal else start
        yield Mention(
            sentence,
            span,
            str(span.value),
            found.article.text[label_start:end],
            label_start,
            end,
            int(ordinal.value) if ordinal else None,
            ordinal,
            _which(found, sentence, span, ordinal),
            weight,
        )


def _counted(found: Recognised, sentence: Sentence, span: Span) -> bool:
    """True where a number right before it says that there are several; "one" may be an article (*un* forum)."""
    return any(
        n.start < span.start
        and not found.folded[n.end : span.start].strip(" ")
        and not (n.value.value == 1 and n.value.shape == "word")
        for n in sentence.of("number")
    )


def _ordinal(found: Recognised, sentence: Sentence, span: Span) -> Span | None:
    """The ordinal of a gathering: a few words before it, or right after it where the language writes it so."""
    coded = [c for c in sentence.of("code") if c.start == span.start]
    if coded:
        return coded[0]
    before = [
        o
        for o in sentence.of("ordinal")
        if 0 <= span.start - o.end <= 40
        and "," not in found.folded[o.end : span.start]
        and not found.folded[o.end : o.end + 30].lstrip().startswith(tuple(found.pack.names.get("not_ordinal", ())))
    ]
    if before and not any(
        o.end <= e.start < span.start for o in before[-1:] for e in sentence.of("event", "hold", "money")
    ):
        return before[-1]
    after = [o for o in sentence.of("ordinal") if 0 <= o.start - span.end <= found.pack.names.get("ordinal_after", 0)]
    if after and not re.search(r"[,.;:]", found.folded[span.end : after[0].start]):
        return after[0]
    return None


def _which(found: Recognised, sentence: Sentence, span: Span, ordinal: Span | None) -> str:
    """What sets a gathering apart from the one reported: its ordinal, a year before it, a word such as "previous"."""
    if ordinal is not None:
        same = found.pack.names.get("such", ())  # "the third *such* meeting" is the one reported
        between = found.folded[ordinal.end : span.start].split()
        return "" if set(between) & set(same) else f"ordinal {ordinal.value}"
    for kind in ("earlier", "later"):
        if _told(found, sentence, span, kind):
            return kind
    if (year := past_year(found, sentence)) is not None:
        return f"year {year}"
    before = found.folded[max(sentence.start, span.start - 40) : span.start]
    if match := re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)[^,.;]{0,12}$", before):
        published = found.article.published
        listed = len(listed_years(found, sentence, every=False)) > 1
        if not listed and (published is None or int(match[1]) != published.year):
            return f"year {match[1]}"
    return ""


def _told(found: Recognised, sentence: Sentence, span: Span, kind: str) -> bool:
    """True where a word of ``kind`` (earlier, later) stands in the gathering's words, right before or right after."""
    if kind == "earlier" and any(0 <= span.start - s.end <= 16 for s in sentence.of("succeeds")):
        return True
    relative = found.pack.names.get("relative", ()) if kind == "earlier" else ()
    return any(
        (span.start <= word.start and word.end <= span.end)
        or 0 <= span.start - word.end <= 16
        or 0 <= word.start - span.end <= 2
        or found.folded[span.end : word.start] in relative  # "the conference, which was last held in 2019"
        for word in sentence.of(kind)
    )


def past_year(found: Recognised, sentence: Sentence) -> int | None:
    """The year before that of publication, where the sentence says that a gathering was held then ("last year")."""
    published = found.article.published
    if published is None or not sentence.of("hold") or sentence.of("date"):
        return None
    spans = [
        p.value
        for p in sentence.of("period")
        if p.value.start and p.value.end and any(0 <= p.start - h.end <= NEAR for h in sentence.of("hold"))
    ]
    past = [p.end.year for p in spans if p.start.year == p.end.year < published.year and p.start.month == 1]
    return past[0] if len(past) == 1 and not sentence.of("review") else None


def ends_with(found: Recognised, position: int, key: str) -> bool:
    """True where one of the pack's words ``names.<key>`` stands right before ``position``."""
    before = " " + found.folded[max(0, position - 24) : position].replace("\n", " ")
    return before.endswith(found.pack.names.get(key, ()))


def one_year(period: Period) -> bool:
    """True for a period of just one calendar year."""
    first, last = period.start, period.end
    if first is None or last is None or first.year != last.year:
        return False
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def listed_years(found: Recognised, sentence: Sentence, *, every: bool) -> list[tuple[int, int, int]]:
    """Years written as a list ("1992, 2003, 2013, and 2019"), not as a period or as part of a day; ``every`` free year
    of the sentence where it speaks of earlier gatherings ("in Nairobi in 2017 and in Rome in 2020").
    """
    taken = [(s.start, s.end) for s in sentence.of("date", "money")]
    taken += [
        (s.start, s.end)
        for s in sentence.of("period")
        if s.value.start and s.value.end and s.value.end.year > s.value.start.year
    ]
    free = [y for y in years(found.folded, sentence.start, sentence.end) if not any(a <= y[0] < b for a, b in taken)]
    if every:
        return free
    joint = _year_joint(found.pack.code)
    best: list[tuple[int, int, int]] = []
    run: list[tuple[int, int, int]] = []
    for year in free:
        run = [*run, year] if run and joint.fullmatch(found.folded, run[-1][1], year[0]) else [year]
        best = max(best, run, key=len)
    return best


@cache
def _year_joint(code: str) -> re.Pattern[str]:
    pack = lang.load(code)
    words = [w.strip() for w in (*pack.bodies["and"], *pack.names.get("year_words", ()))]
    return re.compile(rf"(?:[ ,、，]|{'|'.join(re.escape(w) for w in words if w)})*")
