"""Gatherings that no noun names: donors who meet or promise, what is signed, a guest who is received."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kg.extract.datelines import datelines
from kg.extract.gatherings.mentions import NEAR, Mention, is_ahead, silent, to_come
from kg.extract.gatherings.statements import where
from kg.extract.gatherings.times import when_told
from kg.extract.gatherings.years import one_year
from kg.extract.leads import opening_sentences
from kg.extract.topic import SURE, about_aid, about_cooperation
from kg.model import StatementValue
from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span

_MANY = frozenset({"country", "organization", "ngo"})
"""What meets or promises together where several are counted."""
_DEEDS = {"sign": "ceremony", "meet": "meeting", "guest": "meeting"}
"""Lists of verbs that tell a gathering where they tell its day or town, and its kind."""
_OPENS = 12
"""Characters before a verb that opens a sentence: *It was* signed."""
_BESIDE = 6
"""Characters between a verb and the place right behind it."""
_NEWS = 31
"""Days within which an article reports what was signed."""
_MET = 16
"""Characters from a verb of meeting to those, told by their number, who met."""
_GUEST = 48
"""Characters from a verb of receiving to its guest."""
_PEOPLE = ("post", "name", "honorific", "body", "acronym")
"""What a guest, or a host, is told by."""
_CLAUSES = re.compile(r"[;:。；：]")
"""What parts the clauses of a host and of a guest."""
_LEAD, _HEAD = 6, 3
"""Sentences in which an article tells what it reports; and those of them where a town alone is told."""


def told_by_verbs(found: Recognised) -> Iterator[Mention]:
    """A gathering that the opening sentence tells without a noun: many promise or meet on one day in one town ("some 70
    *governments* on Thursday *pledged* …", "*donors met* in Oslo on Monday").
    """
    towns = [place for place, _ in datelines(found)]
    for sentence in opening_sentences(found, 1):
        held = [(b.start, b.end) for b in sentence.of("body")]  # a word inside a body's name counts nobody
        counted = [s for s in sentence.of("countable") if s.value in _MANY]
        counted = [s for s in counted if not any(low <= s.start < high for low, high in held)]
        many = [*sentence.of("anyone"), *counted]
        verbs = [s for s in sentence.of("pledge", "hold") if any(0 <= s.start - m.end <= 3 * NEAR for m in many)]
        hosted = {s.start for s in sentence.of("host")}
        verbs += [  # the verb first: اجتمع ممثلو 60 دولة
            s
            for s in sentence.of("hold")
            if s.start - sentence.start <= NEAR
            and s.start not in hosted
            and any(0 < m.start - s.end <= _MET for m in many)
        ]
        lead = [
            replace(silent(sentence, v), kind="donor-conference" if v.kind == "pledge" else "meeting", weight=3)
            for v in verbs
        ]
        for mention in (m for m in lead if not sentence.of("event")):
            days = [s for s in when_told(found, mention) if s.property == "startDate"]
            if days and (towns or _in_town(found, mention)):
                yield mention


def told_by_deeds(found: Recognised) -> Iterator[Mention]:
    """What is signed, or a guest received, on a day that the article reports or in a town: "the minister *signed* the
    agreement in Hanoi on Monday".
    """
    lead = opening_sentences(found, _LEAD) if about_cooperation(found, SURE) else []
    for index, sentence in enumerate(lead):
        for verb in _deeds(found, sentence) if not sentence.of("earlier", "later") else ():
            if _tells_none(found, sentence, verb):
                continue
            alone = verb.start - sentence.start <= _OPENS or _goes_on(sentence, verb)
            since = lead[0].start if alone else sentence.start
            if verb.kind == "sign" and not _signs_accord(found, since, sentence.end):
                continue  # who signs a law or a petition makes no agreement
            mention = replace(silent(sentence, verb), kind=_DEEDS.get(verb.kind, str(verb.value)), weight=3)
            town, news = _in_town(found, mention), _in_the_news(found, mention)
            if is_ahead(found, mention) or not (about_aid(found) or (town and news)):
                continue
            if news or (town and index < _HEAD and not _dated(mention)):
                yield replace(mention, weight=SURE) if town and news else mention


def deed_of(found: Recognised, ceremony: Mention) -> Mention | None:
    """What a ceremony without a day of its own is of, told with its day in the article's lead right before it: "the
    minister *signed* the accord on Monday. At *the signing ceremony* …". The verb may be any of giving too.
    """
    lead = opening_sentences(found, _LEAD)
    if ceremony.kind != "ceremony" or ceremony.sentence not in lead or ceremony.relation:
        return None
    for sentence in lead[: lead.index(ceremony.sentence)]:
        for verb in (*_deeds(found, sentence), *sentence.of("give")) if sentence.of("date") else ():
            told = replace(silent(sentence, verb), kind=ceremony.kind, weight=3)
            if not (_is_else(sentence, verb) or sentence.of("event", "earlier", "later")) and _in_the_news(found, told):
                return told
    return None


def told_ahead(found: Recognised) -> Iterator[Mention]:
    """What will be signed, and who will meet, on a day to come in a town, wherever an article tells it: "they *will
    sign* the agreement *in Hanoi on 9 May*".
    """
    for sentence in found.sentences if about_cooperation(found, SURE) else ():
        for verb in _deeds(found, sentence) if sentence.kind == "text" and sentence.of("date") else ():
            accord = verb.kind != "sign" or _signs_accord(found, sentence.start, sentence.end)
            mention = replace(
                silent(sentence, verb), kind=_DEEDS.get(verb.kind, str(verb.value)), weight=3, relation="later"
            )
            will = to_come(found, max(sentence.start, verb.start - NEAR), verb.end)
            if accord and not _tells_none(found, sentence, verb) and _in_town(found, mention) and will:
                days = [s.value for s in when_told(found, mention) if s.property in ("startDate", "monthDay")]
                if any(_comes(found, day) for day in days):
                    yield mention
                    break


def _comes(found: Recognised, day: StatementValue) -> bool:
    """True for a day after the publication, or where that is not known."""
    published = found.article.published
    return not (published and isinstance(day, date)) or day > published


def _goes_on(sentence: Sentence, verb: Span) -> bool:
    """True where the place or day stands right behind a verb, and not what was signed: "*signed in Oslo*"."""
    return any(0 <= s.start - verb.end <= _BESIDE for s in sentence.of("place", "date"))


def _deeds(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The verbs of a sentence that tell a gathering, and what the pack's rules ``deed`` read, of the kind they mean."""
    yield from sentence.of(*_DEEDS)
    for match in read(sentence.frame, found.pack.code, "deed"):
        yield Span(match.start, match.end, "deed", match.means)


def _signs_accord(found: Recognised, low: int, high: int) -> bool:
    """True where what is signed between two sides is named from ``low`` to ``high``, or no list says which words do: in
    the sentence, or in those before where the verb opens it or has no object ("*It was signed* on Monday").
    """
    words = found.pack.names.get("accords", ())
    return not words or any(word in found.folded[low:high] for word in words)


def _tells_none(found: Recognised, sentence: Sentence, verb: Span) -> bool:
    """True for a verb in a sentence whose gathering a noun names, or that tells another deed, or one of another year.
    Who "receives" money receives no guest.
    """
    nouns = (s for s in sentence.frame.spans if s.kind == "event")  # none in the name of a body: Dünya Gıda *Programı*
    named = any(s.end <= verb.start or verb.end <= s.start for s in nouns)  # "empfangen" is the verb too
    paid = sentence.of("money") and any(s.start == verb.start for s in sentence.of("receive"))
    alone = verb.kind == "guest" and not _guest_told(found, sentence, verb)
    return bool(named or paid or alone or _is_else(sentence, verb) or _in_a_year(sentence, verb))


def _is_else(sentence: Sentence, verb: Span) -> bool:
    """True for a verb that is part of a longer phrase: *đã tiếp* of *đã tiếp nhận*."""
    longer = sentence.of("notevent", "receive", "give", "hold")
    return any(s.start < verb.end < s.end or (s.kind == "notevent" and s.start < verb.start < s.end) for s in longer)


def _guest_told(found: Recognised, sentence: Sentence, verb: Span) -> bool:
    """True where a post, a person or a body stands close to a verb that means more than to receive, on the side of its
    object, or two of them on the other: the minister *received* the *ambassador*; the *envoy* was *received* by the
    *minister*. A law is "received" without one.
    """
    people = [s for s in sentence.frame.spans if s.kind in _PEOPLE]
    behind = [s for s in people if 0 <= s.start - verb.end <= _GUEST and not _parted(found, verb.end, s.start)]
    before = [s for s in people if 0 <= verb.start - s.end <= _GUEST and not _parted(found, s.end, verb.start)]
    last = found.pack.names.get("verb_last", False)
    guest, host = (before, behind) if last else (behind, before)
    return bool(guest) or len(host) > 1


def _parted(found: Recognised, low: int, high: int) -> bool:
    return bool(_CLAUSES.search(found.folded, low, high))


def _in_a_year(sentence: Sentence, verb: Span) -> bool:
    """True where a year stands beside a verb, and no day as near: under the accord *signed in 2015* they pay in May."""
    years = [s for s in sentence.of("period") if one_year(s.value)]
    days = min((_gap(s, verb) for s in sentence.of("date")), default=NEAR)
    return any(_gap(s, verb) <= NEAR // 2 and _gap(s, verb) < days for s in years)


def _gap(one: Span, other: Span) -> int:
    """Characters between two spans; 0 where they overlap."""
    return max(0, one.start - other.end, other.start - one.end)


def tells_itself(found: Recognised, mention: Mention) -> bool:
    """True for a ceremony or talks in an article's lead that tell their own day: "at the signing *on 4 May*"."""
    lead = opening_sentences(found, _HEAD)
    return mention.sentence in lead and not mention.relation and _in_the_news(found, mention)


def _in_town(found: Recognised, mention: Mention) -> bool:
    """True where the town or the hall of a gathering is told."""
    return any(s.property in ("place", "venue") for s in where(found, mention))


def _dated(mention: Mention) -> bool:
    return bool(mention.sentence.of("date", "period"))


def _in_the_news(found: Recognised, mention: Mention) -> bool:
    """True where the day told of a mention lies shortly before the publication, or that is not known."""
    published = found.article.published
    days = [s.value for s in when_told(found, mention) if s.property in ("startDate", "monthDay")]
    return any(not (published and isinstance(day, date)) or abs((published - day).days) <= _NEWS for day in days)
