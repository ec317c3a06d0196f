"""What an article says of a gathering: place, hosts, theme and number beside its times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.extract.cases import governs
from kg.extract.datelines import capitals_told, datelines, is_country, is_town, is_towns_name, place_id
from kg.extract.gatherings.endings import by_length, closing, ending, lasts
from kg.extract.gatherings.houses import houses
from kg.extract.gatherings.mentions import NEAR, Mention, silent, titled
from kg.extract.gatherings.nouns import numbered_alone
from kg.extract.gatherings.themes import near, of_project, takes_up, theme, unmarked
from kg.extract.gatherings.times import apart, editions, reviewed, statement, when_told, years_told
from kg.extract.sums.parties import actor
from kg.model import Evidence, Name, Statement, StatementValue
from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import Found, read
from kg.recognise.spans import Span
from kg.recognise.words.owners import owned_from
from kg.registry import load_registry

_SINGLE = frozenset(
    {
        "ordinal",
        "startDate",
        "endDate",
        "monthDay",
        "place",
        "venue",
        "theme",
        "reviewPeriodStart",
        "reviewPeriodEnd",
        "year",
    }
)


def once(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The first statement of a property that has one value; of others each value once."""
    seen: set[object] = set()
    for told in statements:
        key: object = told.property if told.property in _SINGLE else (told.property, _key(told.value))
        if key not in seen:
            seen.add(key)
            yield told


def _key(value: StatementValue) -> object:
    return (value.known or value.text.casefold()) if isinstance(value, Name) else value


def statements_of(found: Recognised, mentions: Sequence[Mention]) -> Iterator[Statement]:
    """All that the sentences of ``mentions``, which speak of one gathering, say of it; the weightiest first."""
    ranked = sorted(mentions, key=lambda m: (-m.weight, m.start))
    for mention in ranked:
        if mention.ordinal is not None and mention.ordinal_span is not None:
            yield statement("ordinal", mention.ordinal, mention, mention.ordinal_span, "event-ordinal")
    lasting = lasts(found, ranked)
    dated = sorted(ranked, key=lambda m: (not any(d.value.stated for d in m.of("date")), not _held_on(m)))
    times = [s for m in dated for s in when_told(found, m, lasting=lasting)]
    if not any(s.property == "endDate" for s in times):
        times += closing(found, mentions)
    begun = next((s.value for s in times if s.property == "startDate"), None)
    begun = begun if isinstance(begun, date) else None
    times += by_length(found, mentions, times)
    yield from (ending(s, begun) for s in _rows_first(times))
    places = [s for m in ranked for s in where(found, m)]
    yield from sorted(places, key=lambda s: not _in_country(s.value))
    for mention in ranked:
        yield from theme(found, mention)
        yield from years_told(found, mention)
        yield from _by_rules(found, mention, begun)


def _rows_first(times: Sequence[Statement]) -> list[Statement]:
    """``times`` with a row of days before a single day of it: who comes to "the conference *on 9 May*" comes to the
    last of "*8-9 May*".
    """
    starts = [s for s in times if s.property == "startDate"]
    rows = {
        s.evidence: (s.value, e.value)
        for s in starts
        for e in times
        if e.property == "endDate" and e.evidence.start == s.evidence.start and e.evidence.end == s.evidence.end
    }
    first = starts[0].value if starts else None
    for one, last in rows.values():
        if isinstance(first, date) and isinstance(one, date) and isinstance(last, date) and one < first <= last:
            other = {"startDate": one, "endDate": last}
            return sorted(times, key=lambda s: s.value != other.get(s.property, s.value))
    return list(times)


def _held_on(mention: Mention) -> bool:
    """True where a day stands right behind a verb of holding: "the forum, which was *held on 4 May*, …"."""
    days = mention.of("date")
    return any(0 <= day.start - verb.end <= _TITLED for verb in mention.of("hold") for day in days)


def _in_country(value: StatementValue) -> bool:
    return isinstance(value, Name) and is_towns_name(value)


def where(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Place and venue: places in the gathering's part of the sentence after a preposition of place or in its name,
    towns before countries.
    """
    venues = [s for s in mention.of("venue") if s in mention.sentence.frame.spans and not _left(found, s)]
    venues = venues or list(houses(found, mention))
    if venues:
        yield statement("venue", venues[0].value, mention, venues[0], "event-venue")
    places = [s for s in mention.of("place") if s in mention.sentence.frame.spans]
    placed = [
        s
        for s in places
        if (
            (not s.value.known and not _governed(mention, s))
            or governs(found, _leads(found, s, places), s.end, "locative")
            or (is_town(s) and (_before_its_day(found, mention, s) or _before_its_hall(found, s)))
        )
        and (is_town(s) or owned_from(found.folded, s.end, found.pack) is None)
    ]
    placed = [s for s in placed if is_town(s) or not _about(mention, s)]
    lines = [m for m in read(mention.sentence.frame, found.pack.code, "dateline") if m.start == mention.sentence.start]
    placed = [s for s in placed if not any(m.start <= s.start < m.end for m in lines)]
    other = [s.end for s in mention.sentence.of("succeeds")]  # "after those *held in Lima*, …"
    other = [e for e in other if not 0 <= mention.start - e <= _OPENS]
    placed = [s for s in placed if not any(e <= s.start and "," not in found.folded[e : s.start] for e in other)]
    before = [s.start for s in mention.of("succeeds") if s.start > mention.start]
    placed = [s for s in placed if not before or s.start < before[0]]
    inside = [s for s in mention.of("place") if venues and _beside_hall(found, s, venues[0])]
    towns = [s for s in (*placed, *inside) if is_town(s)] + [s for s in places if titled(found, mention, s)]
    towns += [s for s in capitals_told(found, mention.sentence) if mention.low <= s.start < mention.high]
    if not towns:
        strong = mention.weight >= 3 or mention.of("hold")
        ends = [v.end for v in mention.of("hold")]
        near = [
            s for s in placed if (is_country(s) and _gap(mention, s) <= 40) or any(0 < s.start - v <= 6 for v in ends)
        ]
        towns = near if strong else []
    if towns:
        held = [s for s in towns if s in placed and any(0 <= s.start - v.end <= NEAR for v in mention.of("hold"))]
        best = min(towns, key=lambda s: (_gap(mention, s), s.start))
        if held and best not in placed and best.start == mention.span.end + 1:
            best = held[0]  # the conference *Tokyo*, held in Yokohama
        yield statement("place", best.value, mention, best, "event-place")


def _governed(mention: Mention, place: Span) -> bool:
    """True for a place right behind the post of who governs it, with no more than a word between: Bupati *Sikka*."""
    return any(0 <= place.start - post.end <= _TITLED for post in mention.sentence.of("post"))


def _left(found: Recognised, hall: Span) -> bool:
    """True for a hall that somebody comes from: flights *from* Bole International Airport."""
    where = governs(found, hall.start, hall.end, "locative")
    return governs(found, hall.start, hall.end, "ablative") and not where


def _beside_hall(found: Recognised, place: Span, hall: Span) -> bool:
    """True for a place in the name of a hall, right beside it, or before it with the name of a district between them:
    서울 *중구* 롯데호텔.
    """
    between = found.folded[place.end : hall.start].strip(" ")
    district = len(between) <= _DISTRICT and between.isalpha() and found.pack.names.get("verb_last", False)
    return place.start < hall.end + _JOINT and (hall.start - 1 <= place.end or district)


def _before_its_hall(found: Recognised, town: Span) -> bool:
    """True for a town before words for a hall or a part of it that no list holds, behind which the word stands that
    governs them: 키갈리|의 IPRC 캠퍼스에서, 東京|・千代田区の会場で.
    """
    pattern: str = found.pack.names.get("locative_far", "")
    return bool(pattern) and re.compile(pattern).match(found.folded, town.end) is not None


def _before_its_day(found: Recognised, mention: Mention, town: Span) -> bool:
    """True for a town between commas right before a day: "at the town hall, *Kupang*, Tuesday"."""
    days = any(day.start - town.end == 2 for day in mention.of("date"))
    return days and found.folded.startswith(", ", town.end) and found.folded.endswith(", ", 0, town.start)


def _leads(found: Recognised, town: Span, places: Sequence[Span]) -> int:
    """Where a place begins, the country right before a town included where there are no spaces: 在|英国|伦敦."""
    before = next((p.start for p in places if p.end == town.start and is_country(p)), None)
    return town.start if before is None or found.pack.spaces else before


def _about(mention: Mention, country: Span) -> bool:
    """True for a country that says what a gathering is about: one in its name before the noun (the *Syria* aid
    conference), or that a word of aid or a sum is for ("aid to *Syria*").
    """
    named = mention.start <= country.start and country.end <= mention.span.start
    of_donors = mention.span  # "the donors' conference *in Kuwait*"
    aid = (s for s in mention.sentence.of("aid", "money") if not of_donors.start <= s.start < of_donors.end)
    return named or any(0 <= country.start - s.end <= _FOR for s in aid)


_TITLED, _OPENS = 12, 16
_JOINT = 5
"""Characters from a hall to its town: Casa de América *de* Madrid."""
_DISTRICT = 6
"""Characters of a district's name."""
_MONTH, _AHEAD = 31, 7
"""Days before and after the publication on which what an article tells is held where it is written."""
_FOR = 8
"""Characters from a word of aid to the country that it is for ("aid *to* Syria")."""


def _gap(mention: Mention, span: Span) -> int:
    """Characters between a gathering, or a verb of holding beside it, and a place; those before it count twice, and one
    in its name is further than one told right after it.
    """
    if mention.start <= span.start < mention.span.start:
        return _TITLED
    after = [span.start - v.end for v in (mention.span, *mention.of("hold")) if v.end <= span.start]
    return min([*after, 2 * max(0, mention.start - span.end)] if span.start < mention.start else [*after, 60])


def _by_rules(found: Recognised, mention: Mention, begun: date | None) -> Iterator[Statement]:
    """Organizers, participants and the like, as the pack's rules of family ``conference`` read them. A weekday that
    ends a gathering is the one after the day on which it has ``begun``.
    """
    for sentence in near(found, mention):
        for match in read(sentence.frame, found.pack.code, "conference"):
            if match.rule != "host-apposed" and _speaks_of(match, mention, sentence):
                yield from _ends(found, mention, match, begun)
                for number in match.slots.get("ordinal", ()):
                    if number.value == 1 and match.rule == "times-told":
                        continue  # who does something "for the first time" tells no first edition
                    yield statement("ordinal", int(number.value), mention, number, match.rule)
                if match.title is not None:
                    words = unmarked(found.article.text[slice(*match.title)])
                    yield statement("theme", words, mention, Span(*match.title, "theme"), match.rule)
                yield from _names(found, sentence, match)


def _speaks_of(match: Found, mention: Mention, sentence: Sentence) -> bool:
    """True where a rule's match is of the mention: it holds its noun, or names none and lies in its part."""
    events = match.slots.get("event")
    if events:
        return any(noun in events for noun in (mention.span, *mention.again))
    if sentence is not mention.sentence:
        return True
    before = takes_up(sentence) and match.end <= mention.start  # "It is organised by … alongside *the forum*"
    return not before and mention.low <= match.end <= mention.high + 1


def _ends(found: Recognised, mention: Mention, match: Found, begun: date | None) -> Iterator[Statement]:
    for day in match.slots.get("end", ()):
        published, last = found.article.published, day.value.first
        if not isinstance(last, date):
            continue
        if not day.value.stated and begun and last.weekday() != begun.weekday():
            last = begun + timedelta(days=(last.weekday() - begun.weekday()) % 7)
            yield statement("endDate", last, mention, day, match.rule)
        elif day.value.stated or published is None or last >= published:
            # a weekday alone is read as past: "until Friday" is no such
            yield statement("endDate", last, mention, day, match.rule)


def _names(found: Recognised, sentence: Sentence, match: Found) -> Iterator[Statement]:
    """The hosts, participants and places of a match; a town that hosts is the place ("*Nairobi* hosted the summit")."""
    for slot in ("organizer", "participant", "place", "venue"):
        for told in match.slots.get(slot, ()):
            span = _named_too(sentence, told)
            if span.kind == "home" or (slot == "organizer" and span.kind == "place" and not _hosts(found, span)):
                continue
            if span.kind == "home":  # the ministry that a country's press writes without its country: 외교부
                ministries = (s for s in sentence.of("body") if s[:2] == span[:2])
                yield from (Statement(slot, s.value, Evidence(match.start, match.end, match.rule)) for s in ministries)
                continue
            value: Name = actor(sentence, span) if slot == "organizer" and span.kind == "body" else span.value
            if slot == "venue":  # in the ministry of health
                value = replace(value, kind="place", known="" if span.kind == "body" else value.known)
            elif span.kind == "name":  # the NGO *Living Rivers*
                value = replace(value, kind="organization")
            name = "place" if slot == "organizer" and span.kind == "place" and is_town(span) else slot
            yield Statement(name, value, Evidence(match.start, match.end, match.rule))
            if slot == "organizer" and (town := _town_of_embassy(sentence, span)):
                yield Statement("place", town.value, Evidence(match.start, match.end, match.rule))


def _town_of_embassy(sentence: Sentence, host: Span) -> Span | None:
    """The town in the name of an embassy, where what it holds is if nothing else is told: Sveriges ambassad i *Dhaka*
    arrangerade ett seminarium.
    """
    inside = [s for s in sentence.of("concept", "place") if host.start <= s.start and s.end <= host.end]
    mission = any(s.kind == "concept" and s.value == "embassy" for s in inside)
    return next((s for s in inside if s.kind == "place" and is_town(s)), None) if mission else None


def _named_too(sentence: Sentence, span: Span) -> Span:
    """The name of a body where it is what a country's own press calls a part of its government (외교부)."""
    bodies = (b for b in sentence.of("body") if b.start == span.start and b.end >= span.end)
    return next(bodies, span) if span.kind == "home" else span


def _hosts(found: Recognised, place: Span) -> bool:
    """True for a country or a town that can be a host; not for a region, nor for where something is."""
    return (is_country(place) or is_town(place)) and not governs(found, place.start, place.end, "locative")


def hosts_told(found: Recognised, best: Mention, here: str) -> Iterator[Statement]:
    """Hosts told in one of the next sentences, which names no gathering ("Switzerland and Sweden *were hosts*"), or
    anywhere by what they are called ("*the host, Norway*"): of countries only the one of the town ``here``, and those
    beside it.
    """
    index = found.sentences.index(best.sentence)
    for place, sentence in enumerate(found.sentences):
        near = index < place < index + 4 and not sentence.of("event")
        for match in read(sentence.frame, found.pack.code, "conference"):
            if (near and match.rule == "host-told") or (match.rule == "host-apposed" and _is_home(match, here)):
                yield from _names(found, sentence, match)


def _is_home(match: Found, here: str) -> bool:
    """True where no host that a rule has read is a country, or one is that of the town ``here``."""
    countries = [s.value.known for s in match.slots.get("organizer", ()) if is_country(s)]
    entry = load_registry().by_id.get(here)
    return not countries or (entry is not None and entry.in_country in countries)


def _noticed(found: Recognised) -> Iterator[Statement]:
    """Where and when, as lines of a press release tell it: "*Place:* Hotel Alba, Oslo"."""
    words = tuple(found.pack.names.get("notice", ()))
    for sentence in found.sentences if words else ():
        word = next((w for w in words if found.folded.startswith(w, sentence.start)), "")
        if word and not sentence.of("event"):
            there = silent(sentence, Span(sentence.start, sentence.start + len(word), "notice"))
            yield from when_told(found, there)
            for kind, name in (("venue", "venue"), ("place", "place")):
                told = [s for s in sentence.frame.spans if s.kind == kind and (kind == "venue" or is_town(s))]
                told = told or [s for s in _hall_named(sentence, word) if kind == "venue"]
                yield from (statement(name, s.value, there, s, "notice") for s in told[:1])


def _hall_named(sentence: Sentence, word: str) -> Iterator[Span]:
    """The name right behind a label such as "Place:" that is no town's: a hall that no list holds."""
    first = next((s for s in sentence.frame.spans if s.start == sentence.start + len(word) + 1), None)
    if first is not None and first.kind in ("name", "body") and " " in first.value.text:
        yield first._replace(kind="venue", value=replace(first.value, kind="place", known=""))


def opening(
    found: Recognised, best: Mention, here: str = "", *, begun: StatementValue | None = None
) -> Iterator[Statement]:
    """Day and place told without the gathering's name ("Réunis lundi à Genève, …") or by the dateline; the news of one
    that has ``begun`` long ago, or is to begin weeks from now, is not told from where it is held.
    """
    places: list[Statement] = []
    for sentence in found.sentences[:4]:
        for verb in sentence.of("hold", "closes"):
            near = [s for s in sentence.of("date", "place") if 0 <= s.start - verb.end <= 24]
            if near and not (sentence.of("event") or of_project(sentence) or any(numbered_alone(found, sentence))):
                there = silent(sentence, verb)
                yield from when_told(found, there)
                places += where(found, there)
        if not sentence.of("event"):
            yield from _from_to(found, sentence, here)
    towns = [s for s in places if _in_country(s.value)]
    published = found.article.published
    days = (begun - published).days if published and isinstance(begun, date) else 0
    yield from (*towns, *_noticed(found), *(_dateline(found) if -_MONTH <= days <= _AHEAD else ()), *places)
    yield from editions(found, best)
    for sentence in found.sentences:
        there = silent(sentence, Span(sentence.start, sentence.start, "sentence"))
        yield from reviewed(found, there)
        yield from editions(found, there) if not sentence.of("event", "money") else ()
    for sentence in (s for s in found.sentences if not s.of("event")):
        many = [*sentence.of("anyone"), *(s for s in sentence.of("countable") if s.value == "delegate")]
        for hall in [s for s in sentence.of("venue") if many and s in sentence.frame.spans]:
            yield statement("venue", hall.value, silent(sentence, hall), hall, "event-venue")


def _from_to(found: Recognised, sentence: Sentence, here: str) -> Iterator[Statement]:
    """Town and days of a gathering to come, told in one breath in a sentence that does not name it: "leaders will be
    *in Seville from 30 June to 3 July*"; or a day beside the town ``here``, where the gathering is.
    """
    published = found.article.published
    for day in sentence.of("date"):
        first, last = day.value.first, day.value.last
        towns = [s for s in sentence.of("place") if is_town(s) and 0 <= day.start - s.end <= 2]
        beside = [s for s in sentence.of("place") if place_id(s.value) == here and apart(s, day) <= _OPENS // 2]
        if here and beside and day.value.stated:
            yield from when_told(found, silent(sentence, beside[0]))
        ahead = published and isinstance(first, date) and isinstance(last, date) and published < first
        if ahead and towns and governs(found, towns[0].start, towns[0].end, "locative"):
            there = silent(sentence, towns[0])
            yield statement("place", towns[0].value, there, day, "event-place")
            yield from when_told(found, there)


def _dateline(found: Recognised) -> Iterator[Statement]:
    """The place of the dateline, where nothing in the sentences says the place."""
    for place, rule in datelines(found):
        yield Statement("place", place.value, Evidence(place.start, place.end, rule))
