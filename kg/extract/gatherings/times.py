"""When a gathering is held, when earlier ones were, and what period it looks back on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.extract.cases import governs
from kg.extract.datelines import is_town
from kg.extract.gatherings.mentions import CLAUSE, GENERIC, LEAD_WEIGHT, NEAR, Mention, to_come, told_by
from kg.extract.gatherings.years import listed_years, one_year, pairs
from kg.model import Evidence, MonthDay, Statement, StatementValue
from kg.recognise import Recognised
from kg.recognise.days.dates import When, with_week
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span

_WEEK = 7
_IS = r" \w{2,4} \w{2,3} "
"""Two short words between a day that opens a sentence and its gathering: *var det*."""
_RECENT = 3
"""Days after which nobody says of a past day that something lasted *until Friday*, or *opens on Friday*."""
_BESIDE, _REVIEWED, _THEME = 4, 60, 200
"""Characters from a gathering to its verb of ending; from a word of looking back to the period it looks at; that a
theme may take, which may hold a year.
"""


def statement(name: str, value: StatementValue, mention: Mention, span: Span, rule: str) -> Statement:
    """A statement whose evidence reaches from the mention to the span that says it."""
    return Statement(name, value, Evidence(min(mention.start, span.start), max(mention.end, span.end), rule))


def when_told(found: Recognised, mention: Mention, *, lasting: bool = False) -> Iterator[Statement]:
    """First and last day of a gathering, and the year by which it is called. The day on which it ends is its only one
    where nothing says that it is ``lasting``.
    """
    if mention.year is not None:
        yield Statement("year", mention.year, Evidence(mention.start, mention.end, "event-year"))
    days = [(day, _shifted(found, mention, day)) for day in days_of(found, mention)]
    last = [(day, when) for day, when in days if is_last(found, mention, day)]
    first = [(day, when) for day, when in days if (day, when) not in last]
    for day, when in first[:1]:
        name = "monthDay" if isinstance(when.first, MonthDay) else "startDate"
        yield statement(name, when.first, mention, day, "event-day")
        if isinstance(when.last, date):
            yield statement("endDate", when.last, mention, day, "event-days")
    for day, when in last[:1]:
        if isinstance(when.first, date):
            until = _until(found, day) or (_read_as_end(found, mention, day) and not _closes(found, mention, day))
            alone = not (first or lasting or until)
            yield statement("startDate" if alone else "endDate", when.first, mention, day, "event-last-day")
    if not days:
        yield from _only_year(mention)


def days_of(found: Recognised, mention: Mention) -> list[Span]:
    """The days in a mention's part of the sentence that can be its own, those told in full first."""
    during = governs(found, mention.start, mention.end, "during")
    held = bool(mention.of("hold", "closes") or (_pledging(mention) and mention.of("pledge", "raise")))
    deeds = mention.of("sign", "meet", "guest")
    held = held or _in_deed(found, mention) or any(v.start in (mention.start, mention.span.start) for v in deeds)
    held = held or to_come(found, mention.low, mention.high)
    if not (mention.weight >= 3 or mention.weight == LEAD_WEIGHT or held or during or _dated(found, mention)):
        return []
    lines = list(read(mention.sentence.frame, found.pack.code, "dateline"))
    places = mention.sentence.of("place")
    days = [
        day
        for day in mention.of("date")
        if not any(m.start <= day.start < m.end for m in lines)
        and (
            day.value.stated
            or held
            or during
            or not mention.kind
            or 0 <= day.start - mention.start <= _span(mention)
            or _promised_for(found, mention, day)
        )
        and not any(governs(found, day.start, day.end, key) for key in ("as_of", "not_event") if not _until(found, day))
        and not (mention.relation == "earlier" and _after_publication(found, day.value))
        and (during or not _said(found, mention, day))
        and not _told_behind(found, mention, day)
        and not _far_before(mention, day)
        and not _of_another(mention, day)
        and not _in_clause(found, mention, day)
        and not _of_noun(found, mention, day)
        and not any(p.start < day.start and day.end <= p.end for p in places)  # Santo *Domingo*
        and (held or during or not _deadline(found, mention, day))
    ]
    counted = tuple(found.pack.raw["dates"].get("relative", ()))
    return sorted(
        days, key=lambda d: (not d.value.stated, found.folded.startswith(counted, d.start), _away(found, mention, d))
    )


def _in_deed(found: Recognised, mention: Mention) -> bool:
    """True for what the pack's rules ``deed`` read, or a noun in it: "*had on Monday a meeting* with the minister"."""
    matches = read(mention.sentence.frame, found.pack.code, "deed")
    return any(match.start <= mention.start < match.end for match in matches)


def _promised_for(found: Recognised, mention: Mention, day: Span) -> bool:
    """True for a weekday shortly before a gathering that is told as one to come: "på tirsdag *skal* det være en …"."""
    return 0 <= mention.start - day.end <= NEAR and to_come(found, day.end, mention.start)


def _in_clause(found: Recognised, mention: Mention, day: Span) -> bool:
    """True for a day in a clause that tells what was before or after the gathering: "the conference ended on Friday,
    two days *before* the city marks its birthday *on 7 April*".
    """
    words = [w for w in found.pack.names.get("not_event", ()) if len(w.strip()) > _BESIDE]
    since = max([mention.end, *(s.end for s in mention.of("hold", "closes", "date") if s.end < day.start)])
    gap = f" {found.folded[since : day.start]}"
    return any((at := gap.find(f" {word}")) >= 0 and len(gap) - at > len(word) + 3 * _BESIDE for word in words)


def _of_noun(found: Recognised, mention: Mention, day: Span) -> bool:
    """True for a day that opens a clause about a noun behind the gathering's: "a conference for those hit by the quake
    *that on 4 May* …".
    """
    words = tuple(found.pack.names.get("clause", ()))
    word = next((w for w in words if found.folded.endswith(w, mention.end, day.start)), "")
    return bool(word) and day.start - len(word) - mention.end > _BESIDE


def _deadline(found: Recognised, mention: Mention, day: Span) -> bool:
    """True for a last day far behind a gathering that no verb says to be held: "a report to the forum *by 4 May*"."""
    return bool(mention.kind) and _until(found, day) and day.start - mention.end > 2 * _BESIDE


def _of_another(mention: Mention, day: Span) -> bool:
    """True for a weekday behind the noun of another gathering: "the meeting prepares the summit *on Monday*"."""
    between = [s for s in mention.sentence.of("event") if mention.end <= s.start and s.end <= day.start]
    return not day.value.stated and any(str(s.value) not in (*GENERIC, mention.kind) for s in between)


def _far_before(mention: Mention, day: Span) -> bool:
    """True for a row of days long before a gathering's name, and beside no town or verb of holding: another thing
    took that long ("from 1 to 7 May the minister toured …").
    """
    if day.value.last is None or not mention.kind or mention.start - day.end <= 3 * NEAR:
        return False
    near = mention.of("hold", "closes", "place")
    return not any(max(s.start - day.end, day.start - s.end) <= NEAR for s in near)


def _span(mention: Mention) -> int:
    """Characters from where a gathering's name begins to where a weekday is no longer its own; the name may hold one
    (*Thursday's* donor conference).
    """
    return mention.end - mention.start + NEAR


def _away(found: Recognised, mention: Mention, day: Span) -> int:
    """Characters from a gathering, or a verb of holding beside it, to a day; those to a day before it count twice, and
    one inside a clause before it is far: "the minister, *who landed on Sunday*, opened the forum on Tuesday".
    """
    after = [day.start - v.end for v in (mention.span, *mention.of("hold")) if v.end <= day.start]
    if day.end > mention.start:
        return min([*after, 2 * NEAR])
    inside = CLAUSE.search(found.folded, mention.sentence.start, day.start)
    inside = inside and CLAUSE.search(found.folded, day.end, mention.start)
    return min([*after, 2 * (mention.start - day.end)]) + (2 * NEAR if inside else 0)


def _pledging(mention: Mention) -> bool:
    """True for a gathering of which a sentence that tells of pledges tells the day."""
    return mention.kind == "donor-conference" or mention.ordinal is not None


def _until(found: Recognised, day: Span) -> bool:
    """True for a day after *until*, which may be a part of it as it is written."""
    words = tuple(found.pack.names.get("until", ()))
    return governs(found, day.start, day.end, "until") or (bool(words) and found.folded.startswith(words, day.start))


def is_last(found: Recognised, mention: Mention, day: Span) -> bool:
    """True for the day on which a gathering ends: after *until*, or after a verb of ending."""
    if day.value.last is not None:
        return False
    return _closes(found, mention, day) or _until(found, day) or _read_as_end(found, mention, day)


def _closes(found: Recognised, mention: Mention, day: Span) -> bool:
    return any(_closed(found, mention, verb) == day for verb in mention.of("closes"))


def _read_as_end(found: Recognised, mention: Mention, day: Span) -> bool:
    """True for a day that a rule reads as the last: "the talks *go on until* 4 May"."""
    matches = read(mention.sentence.frame, found.pack.code, "conference") if mention.of("date") else ()
    return any(day in match.slots.get("end", ()) for match in matches)


def _closed(found: Recognised, mention: Mention, verb: Span) -> Span | None:
    """The day that a verb of ending speaks of: close behind it, else right before it in its clause."""
    days = mention.of("date")
    after = [d for d in days if 0 <= d.start - verb.end <= NEAR]
    before = [d for d in days if 0 <= verb.start - d.end <= NEAR and not CLAUSE.search(found.folded, d.end, verb.start)]
    if not after and not before and 0 <= verb.start - mention.end <= _BESIDE:  # "on Monday as the third forum ended"
        before = [d for d in days if 0 <= mention.start - d.end <= NEAR // 2]
    if before and not found.pack.spaces and any(before[-1].end <= s.start < verb.start for s in mention.of("hold")):
        before = []
    return after[0] if after else before[-1] if before else None


def _told_behind(found: Recognised, mention: Mention, day: Span) -> bool:
    """True where a verb of saying opens the clause between a gathering and the day: they meet there, *says* she *on
    Sunday*.
    """
    between = (v for v in _saying(mention) if mention.end <= v.start < day.start)
    return any(found.folded.endswith(", ", 0, v.start) for v in between)


def _saying(mention: Mention) -> list[Span]:
    """The verbs of saying around a gathering; "concluded", which is one of holding too, is none."""
    ends = {s.start for s in mention.sentence.of("hold", "closes")}
    return [s for s in mention.sentence.of("say") if s.start != mention.span.start and s.start not in ends]


def _said(found: Recognised, mention: Mention, day: Span) -> bool:
    """True for a day right beside a verb of saying, on which something was said of a gathering."""
    verbs = _saying(mention)
    said = any(0 <= s.start - day.end <= 1 for s in verbs)  # of "says she, *on Sunday* they met" the day is no such
    return said or any(not found.folded[s.end : day.start].strip(" ") for s in verbs if 0 <= day.start - s.end <= 1)


def _shifted(found: Recognised, mention: Mention, day: Span) -> When:
    """The day, where a weekday told of something to come is the next of its name, not the last."""
    when: When = day.value
    published = found.article.published
    if published is None or not isinstance(when.first, date) or when.first >= published:
        return when
    if not when.stated and with_week(found.folded[day.start : day.end], found.pack.code):
        return when  # "*last* Friday", "the Tuesday *of last week*"
    if not when.stated and not any(name in found.folded[day.start : day.end] for name in found.pack.weekdays):
        return when
    ahead = _told_ahead(found, mention, day, (published - when.first).days)
    if when.stated:
        told = found.folded[day.start : day.end]  # *the next day* is of no other year
        written = str(when.first.year) in told or not any(char.isdigit() for char in told)
        return when if written or not ahead else When(_next_year(when.first), when.last and _next_year(when.last))
    if not ahead or (published - when.first).days >= 7:
        return when
    week = timedelta(days=7)
    return When(when.first + week, when.last + week if isinstance(when.last, date) else None, stated=False)


def _told_ahead(found: Recognised, mention: Mention, day: Span, since: int) -> bool:
    """True for a day, last so many days ``since`` before the publication, on which something is to come."""
    starts = [day.start - 2 * NEAR, *(v.start - NEAR // 2 for v in mention.of("hold") if v.end <= day.start)]
    after = min(day.end + NEAR // 2, mention.sentence.end)  # "på tirsdag *skal* …"
    high = after if found.pack.names.get("verb_second") else day.start
    if to_come(found, max(mention.low, min(starts)), high) or mention.relation == "later":
        return True
    if _until(found, day) and since > _RECENT:
        return True
    past = bool(mention.of("earlier")) or told_by(found, "past", mention.low, mention.high)
    now = since >= _RECENT and told_by(found, "present", mention.low, mention.high)
    return not day.value.stated and (_called_next(mention, day) or (not past and (now or since == _WEEK - 1)))


def _called_next(mention: Mention, day: Span) -> bool:
    """True for a weekday with a word such as *next* in it or right beside it: *mercoledì prossimo*."""
    words = mention.sentence.of("later")
    return any(-1 <= w.start - day.end <= 1 or day.start - 1 <= w.end <= day.end for w in words)


def _next_year(day: date | MonthDay) -> date | MonthDay:
    leap = isinstance(day, date) and (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1) if isinstance(day, date) and not leap else day


def _only_year(mention: Mention) -> Iterator[Statement]:
    """The one year of a sentence that states no day of its gathering: "was held in Accra in 2021"."""
    told = [p for p in mention.of("period") if one_year(p.value) and not mention.start <= p.start < mention.end]
    told = [p for p in told if not any(0 < p.start - w.end < _THEME for w in mention.of("theme"))]
    if len(told) == 1 and mention.of("hold") and not mention.of("money", "review", "date"):
        yield statement("year", told[0].value.start.year, mention, told[0], "event-year")


def _after_publication(found: Recognised, when: When) -> bool:
    published = found.article.published
    return published is not None and isinstance(when.first, date) and when.first > published


def _dated(found: Recognised, mention: Mention) -> bool:
    """True where a day stands close behind the gathering, or farther and right behind its town (*in Oslo*)."""
    ahead = found.pack.names.get("verb_second")  # "24. februar var det giverkonferanse"
    towns = [s.end for s in mention.of("place") if is_town(s)]
    return any(
        (
            0 <= day.start - mention.end <= NEAR * (1 + any(0 < day.start - t <= _BESIDE for t in towns))
            and not re.search(r"[,;:]", found.folded[mention.end : day.start])
        )
        or (ahead and day.value.stated and re.fullmatch(_IS, found.folded[day.end : mention.start]))
        for day in mention.of("date")
    )


def years_told(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Earlier editions (a list of years) and the period that the gathering reviews."""
    for period in mention.sentence.of("period"):
        first, last = period.value.start, period.value.end
        if mention.sentence.of("review") and first and last and last.year > first.year:
            yield statement("reviewPeriodStart", first, mention, period, "event-reviews")
            yield statement("reviewPeriodEnd", last, mention, period, "event-reviews")
    yield from editions(found, mention)
    yield from _first_since(found, mention)
    told = mention.of("earlier")
    listed = listed_years(found, mention, every=mention.relation == "earlier")
    if len(listed) > 1 or (listed and (told or mention.relation == "earlier")):
        for start, end, year in listed:
            if found.article.published is None or year <= found.article.published.year:
                yield statement("previousEdition", year, mention, Span(start, end, "year"), "event-earlier-editions")


def _first_since(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """The edition after which a gathering is the first: "the *first* such meeting on Yemen *since 2023*"."""
    published = found.article.published
    firsts = [o for o in mention.of("ordinal") if o.value == 1 and apart(o, mention.span) <= NEAR]
    for period in mention.of("period") if firsts else ():
        year, behind = period.value.start, mention.span.end <= period.start
        between = found.folded[mention.span.end : period.start]
        whole = year and (year.month, year.day) == (1, 1) and period.value.end in (None, published)
        if whole and behind and len(between) <= 2 * NEAR and not CLAUSE.search(between):
            yield statement("previousEdition", year.year, mention, period, "event-first-since")


def apart(one: Span, other: Span) -> int:
    """Characters between two spans, whichever comes first; negative where they overlap."""
    first, second = sorted((one, other))
    return second.start - first.end


def reviewed(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """The past period that a sentence says is reviewed at the gathering: one close behind a word of looking back, with
    no sum or promise between them.
    """
    published, sentence = found.article.published, mention.sentence
    between = [s.start for s in sentence.of("money", "pledge", "give", "ask")]
    for word in sentence.of("review"):
        for period in (p for p in sentence.of("period") if word.end <= p.start <= word.end + _REVIEWED):
            first, last = period.value.start, period.value.end
            told = not any(word.end <= at < period.start for at in between)
            if told and published and first and last and first.year < last.year <= published.year:
                yield statement("reviewPeriodStart", first, mention, period, "event-reviews")
                yield statement("reviewPeriodEnd", last, mention, period, "event-reviews")
                return


def editions(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Earlier gatherings told by two or more towns with their years: "after Hua Hin in 2010 and Siem Reap in 2018"."""
    told = pairs(found, mention, either=True)
    for span in told if len(told) > 1 else ():
        yield statement("previousEdition", span.value, mention, span, "event-earlier-editions")
