"""When a gathering ends, and how many days it lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from kg.extract.gatherings.mentions import NEAR, Mention, silent
from kg.extract.gatherings.times import days_of, is_last, statement
from kg.model import Statement
from kg.recognise import Recognised, Sentence
from kg.recognise.days.dates import days_long
from kg.recognise.spans import Span

_WORD = 4
"""Letters of the longest pronoun or preposition."""
_LONG = 10
"""Days that no gathering lasts."""
_WEEK = 7


def lasts(found: Recognised, mentions: Iterable[Mention]) -> bool:
    """True where the sentences of a gathering say that it takes several days ("two-day"), or tell its first day."""
    mentions = list(mentions)
    words, parts = found.pack.names.get("several_days", ()), _parts(found, mentions)
    if any(word in part for part in parts for word in words) or any(_lengths(found, parts)):
        return True
    return any(not is_last(found, m, day) for m in mentions for day in days_of(found, m))


def _lengths(found: Recognised, parts: Iterable[str]) -> Iterator[int]:
    """The days that ``parts`` say a gathering lasts, where they are several: *two-day*."""
    return (count for part in parts for count in days_long(part, found.pack.code) if 1 < count < _LONG)


def _nexts(found: Recognised, mentions: Sequence[Mention]) -> list[Sentence]:
    """The sentences right behind those of ``mentions``."""
    ends = {m.sentence.end for m in mentions}
    return [s for before, s in pairwise(found.sentences) if before.end in ends]


def _parts(found: Recognised, mentions: Sequence[Mention]) -> list[str]:
    """What may say how long a gathering lasts: the sentences that speak of it, and the beginnings of the next ones."""
    parts = [found.folded[m.sentence.start : m.sentence.end] for m in mentions]
    nexts = _nexts(found, mentions)  # "*For two days* the delegates …"
    return [*parts, *(found.folded[s.start : min(s.end, s.start + 2 * NEAR)] for s in nexts)]


def _length(found: Recognised, mentions: Sequence[Mention]) -> int | None:
    """How many days a gathering lasts, where its sentences tell just one number of them."""
    words = found.pack.names.get("days_told", {})
    parts = _parts(found, mentions)
    days = {int(words[word]) for word in words for part in parts if word in part}
    days.update(_lengths(found, parts))
    return days.pop() if len(days) == 1 else None


def by_length(found: Recognised, mentions: Sequence[Mention], times: Sequence[Statement]) -> Iterator[Statement]:
    """The first day of a gathering of which only the last one is told, or the last one where only the first is, by the
    days that it lasts: "the *two-day* forum ended on Friday", "opened on Monday. *It will last three days*".
    """
    last = next((s for s in times if s.property == "endDate"), None)
    first = next((s for s in times if s.property in ("startDate", "monthDay")), None)
    told = last if first is None else first if last is None else None
    if told is None or not isinstance(told.value, date):
        return
    length = _length(found, mentions)
    if length is not None and told is last:
        yield replace(told, property="startDate", value=told.value - timedelta(days=length - 1))
    elif length is not None:
        yield replace(told, property="endDate", value=told.value + timedelta(days=length - 1))


def closing(found: Recognised, mentions: Sequence[Mention]) -> Iterator[Statement]:
    """The last day of a gathering that the sentence behind it tells without a noun: "*It ends on Friday*"; not "The
    *project* ends on Friday".
    """
    for sentence in _nexts(found, mentions):
        for verb in sentence.of("closes") if not sentence.of("event", "money") else ():
            day = min(sentence.of("date"), key=lambda d: abs(d.start - verb.start), default=None)
            if day is not None and _is_pronoun(found, sentence, verb, day):
                yield statement("endDate", day.value.first, silent(sentence, verb), day, "event-last-day")
                return


def _is_pronoun(found: Recognised, sentence: Sentence, verb: Span, day: Span) -> bool:
    """True where one short word at most opens a sentence before a verb of ending and its day, the day first where verbs
    come last, and no other words stand between the two.
    """
    first, second = sorted((verb, day))
    small = _WORD if found.pack.spaces else 2
    opens = found.folded[sentence.start : first.start].split()
    between = found.folded[first.end : second.start].split()
    last = not found.pack.spaces or found.pack.names.get("verb_last", False)
    ordered = last or first is verb
    return ordered and len(opens) <= 1 and len(between) <= 2 and all(len(w) <= small for w in (*opens, *between))


def ending(told: Statement, begun: date | None) -> Statement:
    """A last day that a weekday told is the first of its name after the day on which the gathering has ``begun``."""
    value = told.value
    if told.property != "endDate" or not isinstance(value, date) or begun is None:
        return told
    return replace(told, value=value + timedelta(days=_WEEK)) if 0 < (begun - value).days < _WEEK else told
