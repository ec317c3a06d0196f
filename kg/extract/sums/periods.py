"""When a sum of money is given: the period of its sentence that is told of it and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from kg import lang
from kg.extract.sums.actors import has_actor, next_giver
from kg.extract.sums.clauses import GIVING, NEAR, Clause, both_words, by_start, unqualified
from kg.extract.sums.giver import speaks_of, speaks_of_it
from kg.extract.sums.other_times import of_disaster, of_gathering_before
from kg.extract.sums.since_then import since_then
from kg.model import Evidence, FigureFact, Period
from kg.recognise import Recognised, Sentence
from kg.recognise.days.fiscal import in_days
from kg.recognise.days.runs import joined
from kg.recognise.fold import fold
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span

BACK = 2
"""How many sentences back a sum is looked for whose project a sentence speaks of."""


def period_of(clause: Clause) -> Span | None:
    """When a sum is given: the period nearest to it that belongs to no aside and to no other sum."""
    periods = [p for p in _periods(clause.found, clause.sentence) if clause.start <= p.start < clause.end]
    if not periods and not clause.first and not (clause.verbs and has_actor(clause)):
        return _of_the_list(clause)
    opening = [p for p in periods if not clause.first and _opens(clause, p, clause.start, clause.money.start)]
    periods = [p for p in periods if not any(other(clause, p) for other in _OTHERS)]
    if clause.end < clause.sentence.end:  # what stands behind the next giver is told of the next sum
        periods = [p for p in periods if p.start < next_giver(clause) and not _of_next(clause, p)]
    if not clause.first:
        opens = min([*(p.start for p in clause.before if p.name), *(v.start for v in clause.verbs)], default=clause.end)
        periods = [p for p in periods if not (p.start < opens < clause.money.start or _of_former(clause, p))]
        periods = opening or periods
    return min(periods, key=lambda p: (_unbounded(p.value), _away(clause, p)), default=None) or since_then(clause)


def _periods(found: Recognised, sentence: Sentence) -> Sequence[Span]:
    """The periods of a sentence, and its days from one to another that are a month apart or more; years told one by one
    as one, but where each goes with a sum of its own.
    """
    told = sorted([*sentence.of("period"), *_from_to(found, sentence.of("date"))], key=by_start)
    return told if sentence.of("respectively") else joined(told, found.article.text, found.folded, found.pack.code)


def _from_to(found: Recognised, days: Sequence[Span]) -> Iterator[Span]:
    """The periods from one day to another a month later or more: "between 2 March and 13 April"."""
    for day in days:
        if isinstance(day.value.last, date):
            yield from _of_days(found, day, day, day.value.last)
    both = {word.strip() for word in both_words(found.pack)}
    for day, other in pairwise(days):
        gap = found.folded[day.end : other.start]
        to = len(gap) <= _TO and not set(gap) & _APART and not set(gap.split()) & both
        if day.value.last is None and to and isinstance(other.value.first, date):
            yield from _of_days(found, day, other, other.value.first)


def _of_days(found: Recognised, day: Span, other: Span, last: date) -> Iterator[Span]:
    first, bracketed = day.value.first, found.folded.endswith(("(", "（"), 0, day.start)
    if isinstance(first, date) and (last - first).days >= _MONTH and not bracketed:
        label = found.article.text[day.start : other.end]
        yield Span(day.start, other.end, "period", Period(first, last, label))


_MONTH, _TO = 27, 10
"""Days of the shortest time from one day to another of which a sum is told (a shorter one is that of a gathering), and
characters of "to the" between the two.
"""
_APART = frozenset(",;:()，；：（、.")


def _of_the_list(clause: Clause) -> Span | None:
    """The only period of a sentence that opens with it and then lists sums: "*For 2026* it asks, for Chad, 5 million,
    for Mali 3 million"; None where another stands behind its first sum, or no comma behind it.
    """
    sums, told = clause.sentence.of("money"), _periods(clause.found, clause.sentence)
    if len(told) != 1 or told[0].end >= sums[0].start or _unbounded(told[0].value):
        return None
    near = told[0].start - clause.sentence.start <= _OPENS
    apart = clause.found.folded[told[0].end : told[0].end + 1] in (",", "，", ":", "：")
    near = near or clause.found.folded[told[0].end : told[0].end + 1] in (":", "：")
    return told[0] if near and (apart or _of_one_verb(clause, told[0])) else None


def _of_one_verb(clause: Clause, period: Span) -> bool:
    """True where one verb behind all the sums tells of them what the period says: 내년에 A에 3억, B에 2억 원을|지원."""
    if not clause.found.pack.names.get("verb_last") or has_actor(clause):
        return False
    return not any(period.end <= s.start < clause.money.start for s in clause.sentence.of(*GIVING, "sign", "receive"))


_OPENS = 40
"""Characters from the start of a sentence within which a period opens it."""


def _of_next(clause: Clause, period: Span) -> bool:
    """True for a period behind a sum with which the words about the next one begin: "needs 4 billion, but *last year*
    states gave 2 billion", "5 million *and in 2025* 6 million".
    """
    if period.start < clause.money.end:
        return False
    last, spaces = clause.end >= clause.sentence.end, clause.found.pack.spaces
    before, until = clause.gap(clause.money.end, period.start), clause.gap(period.end, clause.end)
    beside = not last and not until.strip(_OF)  # 今年度|の181億円
    joined = before.rstrip().endswith((",", "、", "，")) if not spaces else _ends_with_and(clause, before)
    short = not last and len(until) <= (_LEAD // 2 if not spaces else 0) and not set(until) & set(",、，")
    bare = unqualified(until.strip(), clause.found.pack.code) == ""
    return (
        (beside and not spaces)
        or (joined and (short or (not last and bare)))
        or _opens(clause, period, clause.money.end, clause.end)
    )


def _ends_with_and(clause: Clause, text: str) -> bool:
    """True where "and" ends a text, or a comma."""
    words = {w.strip(" ,") for w in clause.found.pack.bodies["and"]} - {""}
    return text.rstrip().endswith(",") or text.rstrip().rpartition(" ")[2] in words


_OF = "の的 "
"""What joins a period to the sum behind it, where no blanks part words."""


def _opens(clause: Clause, period: Span, start: int, end: int) -> bool:
    """True for a period in a stretch that reaches from a comma up to the sum at ``end``, where the stretch begins with
    it, but for a short word, or it is nearer to that sum than to the one that ends at ``start``; and where a verb of
    giving or a word of aid stands in that stretch.
    """
    head, comma, lead = clause.gap(start, period.start).replace("，", ",").rpartition(",")
    until = clause.gap(period.end, end)
    opened = start + len(head)
    told = [s for s in clause.sentence.of(*GIVING, "aid", "receive") if opened <= s.start < end]
    near = len(lead.strip()) <= _LEAD or len(until) < period.start - start
    given = bool(told) or (near and len(until.strip()) <= _LEAD // 2)  # "this year's share *only* 450,000"
    return bool(comma) and near and given and not set(until) & set(",;:，；、") and period.start < end


_LEAD = 10
"""Characters of such a word: "*while* last year"."""


def _away(clause: Clause, period: Span) -> int:
    """Characters between a period and the sum; those to one in a relative clause behind it count twice."""
    if period.end <= clause.money.start:
        return period.end - period.start + clause.money.end - period.end
    between = clause.gap(clause.money.end, period.start)
    apart = re.match(r", \w+ \w+ (?:\w+) ", between) is not None
    return len(between) * (2 if apart else 1) + (_FAR if set(between) & set(";；") else 0)


_FAR = 80
"""Characters by which a semicolon keeps a period behind it from a sum."""


def spent_in(
    found: Recognised, sentence: Sentence, before: Sequence[Sentence], figures: list[FigureFact]
) -> list[FigureFact]:
    """``figures``, the one told in the nearest of the sentences ``before`` (at most ``BACK``) that tell any given the
    period of a sentence that says when that money is used or paid, or its project goes on ("*The money will be spent
    in 2026*"). All of them have it where it is said of as many projects: "*Both projects* run until 2027".
    """
    told = _when(found, sentence) if figures else None
    if told is None:
        return figures
    near = reversed(before[-BACK:])
    here = next((row for s in near if (row := [i for i, f in enumerate(figures) if _told_in(f, s)])), [])
    if len([i for i in here if figures[i].alias is None]) not in (1, told.projects):
        return figures
    out = list(figures)
    for i in here:
        out[i] = _with_period(out[i], told)
    return out


def goes_on(found: Recognised, before: Sequence[Sentence], figures: list[FigureFact]) -> list[FigureFact]:
    """``figures``, those of one sum given the period of the sentence before, where that says how
    long a project goes on and tells no sum: "*The programme runs until 2027*. The bank gives 3 million."
    """
    previous = before[-1] if before else None
    if not figures or previous is None or previous.of("money"):
        return figures
    sentence = next(s for s in found.sentences if s.start > previous.start)
    told = _when(found, previous) or _of_plan(found, previous, sentence)
    if told is None or len([f for f in figures if f.alias is None]) not in (1, told.projects):
        return figures
    return [_with_period(f, told) for f in figures]


class _When(NamedTuple):
    """When so many ``projects`` go on, and the words that say so."""

    period: Period
    projects: int
    evidence: Evidence


def _when(found: Recognised, sentence: Sentence) -> _When | None:
    """When money is used or paid, or its project goes on, as the pack's rules ``spent`` read it, or as the only period
    of a sentence that opens with such a project tells, where that is not over and goes from one year to another, or
    ``names.lasts`` says that the project goes on or its money is spent.
    """
    match = next(read(sentence.frame, found.pack.code, "spent"), None)
    if match is not None and (when := match.one("period")) is not None:
        return _When(when.value, 1, Evidence(match.start, match.end, match.rule))
    periods = _periods(found, sentence)
    published = found.article.published
    if len(periods) != 1 or published is None or sentence.of("earlier", "money"):
        return None
    period: Period = periods[0].value
    opens = min(periods[0].start, sentence.start + _OPENS)
    count = next((n for n in sentence.of("number") if n.end <= opens and n.value.value < _FEW), None)
    named = speaks_of_it(found, sentence, opens)
    if count is not None and not named:  # "the *two* projects"
        named = speaks_of(
            found.pack.code, found.folded[sentence.start : count.start] + found.folded[count.end + 1 : opens]
        )
    start, end = period.start, period.end
    goes = start is not None and end is not None and start.year < end.year and published <= end and named
    lasts = end is not None and published <= end and _is_said_to_last(found, sentence, periods[0])
    if not (goes or lasts):
        return None
    told = Evidence(sentence.start, periods[0].end, "project-goes-on")
    return _When(period, int(count.value.value) if count else 1, told)


def _is_said_to_last(found: Recognised, sentence: Sentence, period: Span) -> bool:
    """True where ``sentence`` opens with words that a project goes on or its money is spent, and tells when."""
    match = lang.pattern(found.pack.code, "lasts").match(found.folded, sentence.start)
    between = found.folded[match.end() : period.start] if match else ""
    return match is not None and len(between) <= _OPENS and not set(between) & set(",;:、")


def _of_plan(found: Recognised, previous: Sentence, sentence: Sentence) -> _When | None:
    """The only time of the sentence before, which goes from about this year to a later one, where a sentence speaks of
    what that tells: "They agreed on a programme *for 2026 to 2029*. *For it* Japan will give 5 million".
    """
    periods, published = _periods(found, previous), found.article.published
    if len(periods) != 1 or published is None or previous.paragraph != sentence.paragraph or sentence.of("period"):
        return None
    start, end = periods[0].value.start, periods[0].value.end
    goes = start is not None and end is not None and published.year - 1 <= start.year < end.year
    if not goes or not speaks_of_it(found, sentence, sentence.end):
        return None
    return _When(periods[0].value, 1, Evidence(previous.start, periods[0].end, "project-goes-on"))


_FEW = 10
"""One more than the projects that are told together."""


def _told_in(figure: FigureFact, sentence: Sentence) -> bool:
    return sentence.start <= figure.evidence[0].start < sentence.end


def _with_period(figure: FigureFact, told: _When) -> FigureFact:
    """``figure``, if it has no period, with the one that is ``told``."""
    if figure.period is not None:
        return figure
    period = in_days(told.period, (*figure.donors, *figure.recipients)) if told.period.fiscal else told.period
    return replace(figure, period=period, evidence=(*figure.evidence, told.evidence))


def _of_former(clause: Clause, period: Span) -> bool:
    """True for a period right behind the sum before, parted from this one: "2 billion *in 2025*, up from 1 billion"."""
    ahead = not set(clause.gap(clause.start, period.start)) & set(",;:(，；、")
    return (
        ahead
        and bool(set(clause.gap(period.end, clause.money.start)) & set(",;，；"))
        and period.end <= clause.money.start
    )


def _in_aside(clause: Clause, period: Span) -> bool:
    """True for a period in a relative clause before the sum ("Tokyo, which gave nothing *last year*, will …")."""
    words, folded = clause.listed("relative"), clause.found.folded
    opened = max((folded.rfind(w, clause.start, period.start) for w in words), default=-1)
    if opened < 0 or "," in clause.gap(opened + 2, period.start):
        return False
    if any(
        0 <= opened - s.end <= 1 for s in clause.sentence.of("say")
    ):  # "said *that from 2021 to 2025*, the province"
        return False
    return "," in clause.gap(period.end, clause.money.start)


def _of_signing(clause: Clause, period: Span) -> bool:
    """True for a year in which something was signed, right after the verb: "the accord signed *in 2019*"; or was said
    that is told only then: "announced *in 2017* that it would give 3 million".
    """
    value, published = period.value, clause.found.article.published
    past = value.start and value.end and published and value.end < published and (value.end - value.start).days <= 366
    told = past and clause.found.pack.spaces and any(v.start >= period.end for v in clause.verbs)
    said = clause.ahead("pledge", "say") if told else ()
    return any(0 <= period.start - s.end <= 2 for s in (*clause.ahead("sign"), *said))


def _in_a_name(clause: Clause, period: Span) -> bool:
    """True for the year that ends a name behind the sum: "to carry out its National Adaptation Plan *2023-2050*"."""
    text, pack = clause.found.article.text, clause.found.pack
    word = re.search(r"(?<!\w)([^\W\d_][\w'’-]*) $", text[max(0, period.start - 24) : period.start])
    named = pack.spaces and pack.bodies.get("plain", True) and text[period.start].isdigit()
    if not (named and word and word[1][0].isupper()) or fold(word[1]) in pack.months:
        return False
    return period.start >= clause.money.end


def _before_and(clause: Clause, period: Span) -> bool:
    """True for a period before the sum with ", and" between them: it is told of another thing."""
    between = clause.gap(period.end, clause.money.start)
    opens = period.start - clause.sentence.start <= 4
    joints = [w.strip() for w in clause.found.pack.bodies["and"] if w.strip().isalpha()]
    return not opens and any(f", {word} " in between for word in joints)


def _since_then(clause: Clause, period: Span) -> bool:
    """True for a past period in a relative clause behind the sum: "the Sahel, *which* knows its worst crisis *in five
    years*".
    """
    published = clause.found.article.published
    gap = clause.gap(clause.money.end, period.start)
    past = published is not None and period.value.end == published
    return past and any(f" {word.strip(' ,')} " in gap for word in clause.listed("relative"))


def _of_further_clause(clause: Clause, period: Span) -> bool:
    """True for a period behind the sum that opens a clause of its own: "gives 5 million, *and in 2026* it holds"."""
    if period.start < clause.money.end or any(0 <= v.start - period.end <= NEAR for v in clause.behind("give", "paid")):
        return False
    told = {w.strip(" ,") for w in (*clause.found.pack.bodies["and"], *clause.listed("further"))} - {""}
    words = "|".join(map(re.escape, sorted(told))) or "(?!)"
    return bool(re.search(rf", ?(?:{words})(?: \w{{1,5}}){{0,2}} ?$", clause.gap(clause.money.end, period.start)))


def _of_gathering(clause: Clause, period: Span) -> bool:
    """True for the month or year of a gathering behind the sum: "pledged at the meeting in Rome *in 2023*"."""
    value = period.value
    once = value.start is not None and value.end is not None and (value.end - value.start).days <= 366
    events = [s.end for s in clause.behind("event") if s.end <= period.start]
    told = [s.start for s in clause.sentence.of("hold", "place") if s.start < period.start]
    return once and bool(events) and any(events[-1] <= at for at in told)


def _of_a_thing(clause: Clause, period: Span) -> bool:
    """True for a month or year before the sum that says which disaster, budget or law is meant: "after the cyclone *of
    December 2024* it gave 5 million".
    """
    folded = clause.found.folded
    if period.end > clause.money.start or period.start - clause.sentence.start < NEAR // 4:
        return False
    before = f" {folded[clause.sentence.start : period.start]}"
    own = tuple(f" {w.strip()} " for w in clause.listed("genitive") if w.strip().isalpha() and len(w.strip()) <= 3)
    if not before.endswith(own) or any(0 <= s.start - period.end <= 2 for s in clause.ahead("ask", "aid")):
        return False  # "of *this year's* appeal"
    value = period.value
    once = value.start is not None and value.end is not None and (value.end - value.start).days <= 366
    head = clause.sentence.start + len(before.rstrip().rpartition(" ")[0])
    return once and not any(s.end >= head - 2 and s.end <= period.start for s in clause.ahead("aid", "ask", *GIVING))


def _compared(clause: Clause, period: Span) -> bool:
    """True for a time with which another is compared: 较|去年同期|减少, "5% more *than in the year before*"."""
    behind = bool(clause.found.pack.names.get("postpositions") or clause.found.pack.names.get("verb_last"))
    words = clause.sentence.of("compared")
    return any(
        -2 <= word.start - period.end <= _BESIDE
        if behind
        else word.end <= period.start and period.start - word.end <= _BESIDE
        for word in words
    )


_BESIDE = 5
"""Characters between a word of comparison and the time it goes with."""
_OTHERS = (
    _of_a_thing, _in_aside, _of_signing, _in_a_name, _before_and, _since_then, _of_further_clause, _of_gathering,
    _compared, of_disaster, of_gathering_before,
)  # fmt: skip
"""What makes a period that of other things than the sum."""


def _unbounded(period: Period) -> bool:
    """True for "each year", which says less than "until 2035"."""
    return period.start is None and period.end is None
