"""What an article says of a gathering: days, place, hosts, theme, earlier editions, period reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.extract.clauses import actor
from kg.extract.datelines import datelines, is_town
from kg.extract.gathering_mentions import LEAD_WEIGHT, NEAR, Mention, ends_with, listed_years, one_year
from kg.model import Evidence, MonthDay, Name, Statement, StatementValue
from kg.recognise import Recognised, Sentence
from kg.recognise.dates import When, years
from kg.recognise.frames import read
from kg.recognise.spans import Span
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
    for statement in statements:
        key: object = (
            statement.property if statement.property in _SINGLE else (statement.property, _key(statement.value))
        )
        if key not in seen:
            seen.add(key)
            yield statement


def _key(value: StatementValue) -> object:
    return (value.known or value.text.casefold()) if isinstance(value, Name) else value


def statements_of(found: Recognised, mentions: Sequence[Mention]) -> Iterator[Statement]:
    """All that the sentences of ``mentions``, which speak of one gathering, say of it; the weightiest first."""
    ranked = sorted(mentions, key=lambda m: (-m.weight, m.start))
    for mention in ranked:
        if mention.ordinal is not None and mention.ordinal_span is not None:
            yield _statement("ordinal", mention.ordinal, mention, mention.ordinal_span, "event-ordinal")
    for mention in ranked:
        yield from _when(found, mention)
        yield from where(found, mention)
        yield from _theme(found, mention)
        yield from years_told(found, mention)
    begun = next((s.value for m in ranked for s in _when(found, m) if s.property == "startDate"), None)
    for mention in ranked:
        yield from _by_rules(found, mention, begun if isinstance(begun, date) else None)


def _statement(name: str, value: StatementValue, mention: Mention, span: Span, rule: str) -> Statement:
    return Statement(name, value, Evidence(min(mention.start, span.start), max(mention.end, span.end), rule))


def _when(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """The day of a gathering: a day in its sentence that no "as of" or "since" governs."""
    if mention.which.startswith("year"):
        year = int(mention.which.split()[1])
        yield Statement("year", year, Evidence(mention.start, mention.end, "event-year"))
    sentence = mention.sentence
    sure = mention.weight >= 3 or mention.weight == LEAD_WEIGHT or sentence.of("hold") or _dated(found, mention)
    if not (sure or ends_with(found, mention.start, "during")):
        return
    lines = list(read(sentence.frame, found.pack.code, "dateline"))
    for day in sorted(sentence.of("date"), key=lambda d: not d.value.stated):
        if any(m.start <= day.start < m.end for m in lines):
            continue
        when: When = day.value
        if any(ends_with(found, day.start, key) for key in ("as_of", "not_event")):
            continue
        told = sentence.of("hold") or ends_with(found, mention.start, "during")
        if not (when.stated or told or 0 <= day.start - mention.end <= NEAR):
            continue
        if mention.which == "earlier" and _after_publication(found, when):
            continue
        if when.last is None and any(0 <= day.start - s.end <= NEAR for s in sentence.of("closes")):
            yield _statement("endDate", when.first, mention, day, "event-last-day")
            return
        if isinstance(when.first, MonthDay):
            yield _statement("monthDay", when.first, mention, day, "event-day")
        else:
            yield _statement("startDate", when.first, mention, day, "event-day")
        if when.last is not None and isinstance(when.last, date):
            yield _statement("endDate", when.last, mention, day, "event-days")
        return
    yield from _only_year(mention)


def _only_year(mention: Mention) -> Iterator[Statement]:
    """The one year of a sentence that states no day of its gathering: "was held in Accra in 2021"."""
    sentence = mention.sentence
    told = [p for p in sentence.of("period") if one_year(p.value) and not mention.start <= p.start < mention.end]
    if len(told) == 1 and sentence.of("hold") and not sentence.of("money", "review", "date"):
        yield _statement("year", told[0].value.start.year, mention, told[0], "event-year")


def _after_publication(found: Recognised, when: When) -> bool:
    published = found.article.published
    return published is not None and isinstance(when.first, date) and when.first > published


def _dated(found: Recognised, mention: Mention) -> bool:
    """True where a day stands close behind the gathering in one phrase: "the conference in London 15 April"."""
    return any(
        0 <= day.start - mention.end <= 24 and not re.search(r"[,;:]", found.folded[mention.end : day.start])
        for day in mention.sentence.of("date")
    )


def where(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Place and venue: places in the gathering's sentence after a preposition of place, towns before countries."""
    sentence = mention.sentence
    venues = [s for s in sentence.frame.spans if s.kind == "venue"]
    if venues:
        yield _statement("venue", venues[0].value, mention, venues[0], "event-venue")
    places = [s for s in sentence.frame.spans if s.kind == "place" and ends_with(found, s.start, "locative")]
    places = [s for s in places if is_town(s) or not found.folded.startswith("'s ", s.end)]
    before = [s.start for s in sentence.of("succeeds") if s.start > mention.start]
    places = [s for s in places if not before or s.start < before[0]]
    if sentence.of("earlier", "later"):
        events = [s.start for s in sentence.frame.spans if s.kind == "event" and s != mention.span]
        places = [
            s for s in places if not any(min(s.start, mention.end) <= e < max(s.start, mention.start) for e in events)
        ]
    inside = [s for s in sentence.of("place") if venues and venues[0].start <= s.start < venues[0].end + 3]
    titled = [
        s for s in sentence.of("place") if mention.start <= s.start and s.end <= mention.span.start and is_town(s)
    ]
    towns = titled + [s for s in places if is_town(s)] + [s for s in inside if is_town(s)]
    towns = towns or [s for s in sentence.of("place") if s.start == mention.span.end + 1 and is_town(s)]
    strong = mention.weight >= 3 or sentence.of("hold")
    held = [v.end for v in sentence.of("hold")]
    near = [s for s in places if abs(s.start - mention.span.end) <= 40 or any(0 < s.start - v <= 6 for v in held)]
    chosen = towns or (near if strong else [])
    if chosen:
        best = min(chosen, key=lambda s: abs(s.start - mention.span.end))
        yield _statement("place", best.value, mention, best, "event-place")


_QUOTED = re.compile(r"[“\"«‘《„「]\s*([^”\"»’》“„「」]{4,200}?)[,.，。]?\s*[”\"»’》“」]")


def _near(found: Recognised, mention: Mention) -> list[Sentence]:
    """The sentence of a mention, and the next one of its paragraph where that goes on about the same gathering."""
    index = found.sentences.index(mention.sentence)
    following = [s for s in found.sentences[index + 1 : index + 2] if s.paragraph == mention.sentence.paragraph]
    return [mention.sentence, *(s for s in following if not s.of("event"))]


def _introduces(between: str) -> bool:
    """Whether a word such as "theme" speaks of the quotation after it: a few words of one clause lie between."""
    return len(between) <= 45 and not re.search(r"[.;,!?。，；]", between)


def _theme(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Quoted words right after a word such as "theme", in the sentence or the one that follows it."""
    text = found.article.text
    least = 8 if found.pack.spaces else 4
    for word in (w for s in _near(found, mention) for w in s.of("theme")):
        match = _QUOTED.search(text, word.end, min(len(text), word.end + 220))
        if match and _introduces(found.folded[word.end : match.start()]) and len(match[1]) >= least:
            yield _statement("theme", match[1].strip(), mention, Span(word.start, match.end(), "theme"), "event-theme")
    sentence = mention.sentence
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        closed = any(word.start == match.end() for word in sentence.of("theme_end"))
        named = mention.ordinal_span is not None and mention.ordinal_span.end == match.start() < mention.span.start
        if len(match[1]) >= least and (closed or named):
            yield _statement("theme", match[1].strip(), mention, Span(*match.span(), "theme"), "event-theme")


def years_told(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Earlier editions (a list of years) and the period that the gathering reviews."""
    sentence = mention.sentence
    for period in sentence.of("period"):
        if (
            sentence.of("review")
            and period.value.start
            and period.value.end
            and period.value.end.year > period.value.start.year
        ):
            yield _statement("reviewPeriodStart", period.value.start, mention, period, "event-reviews")
            yield _statement("reviewPeriodEnd", period.value.end, mention, period, "event-reviews")
    if sentence.of("succeeds"):
        yield from _editions(found, mention)
    listed = listed_years(found, sentence, every=mention.which == "earlier")
    if len(listed) > 1 or (listed and sentence.of("earlier")):
        for start, end, year in listed:
            if found.article.published is None or year <= found.article.published.year:
                yield _statement("previousEdition", year, mention, Span(start, end, "year"), "event-earlier-editions")


def _by_rules(found: Recognised, mention: Mention, begun: date | None) -> Iterator[Statement]:
    """Organizers, participants and the like, as the pack's rules of family ``conference`` read them. A weekday that
    ends a gathering is the one after the day on which it has ``begun``.
    """
    matches = [
        match
        for sentence in _near(found, mention)
        for match in read(sentence.frame, found.pack.code, "conference")
        if mention.span in match.slots.get("event", (mention.span,))
    ]
    for match in matches:
        for day in match.slots.get("end", ()):
            published = found.article.published
            if not isinstance(day.value.first, date):
                continue
            if not day.value.stated and begun and day.value.first.weekday() != begun.weekday():
                last = begun + timedelta(days=(day.value.first.weekday() - begun.weekday()) % 7)
                yield _statement("endDate", last, mention, day, match.rule)
            elif day.value.stated or published is None or day.value.first >= published:
                # a weekday alone is read as past: "until Friday" is no such
                yield _statement("endDate", day.value.first, mention, day, match.rule)
        for number in match.slots.get("ordinal", ()):
            yield _statement("ordinal", int(number.value), mention, number, match.rule)
        for slot, spans in match.slots.items():
            if slot in ("organizer", "participant", "place", "venue"):
                for span in spans:
                    if slot == "organizer" and span.kind == "place" and ends_with(found, span.start, "locative"):
                        continue
                    value: Name = span.value
                    town = (
                        slot == "organizer" and match.rule == "hosts-event" and span.kind == "place" and is_town(span)
                    )
                    name = "place" if town else slot  # "Nairobi hosted the conference"
                    yield Statement(name, value, Evidence(match.start, match.end, match.rule))


def hosts_told(found: Recognised, best: Mention) -> Iterator[Statement]:
    """Hosts told in one of the next sentences, which names no gathering ("Switzerland and Sweden *were hosts*")."""
    index = found.sentences.index(best.sentence)
    for sentence in found.sentences[index + 1 : index + 4]:
        if sentence.of("event"):
            break
        for match in read(sentence.frame, found.pack.code, "conference"):
            if match.rule == "host-told":
                for host in match.slots.get("organizer", ()):
                    value = actor(sentence, host) if host.kind == "body" else host.value
                    yield Statement("organizer", value, Evidence(match.start, match.end, match.rule))


def opening(found: Recognised, best: Mention) -> Iterator[Statement]:
    """Day and place told without the gathering's name ("Réunis lundi à Genève, …") or by the dateline."""
    places: list[Statement] = []
    for sentence in found.sentences[:4]:
        for verb in sentence.of("hold"):
            near = [s for s in sentence.of("date", "place") if 0 <= s.start - verb.end <= 24]
            if near and not sentence.of("event"):
                there = replace(best, sentence=sentence, span=verb, start=verb.start, end=verb.end)
                yield from _when(found, there)
                places += where(found, there)
    towns = [s for s in places if isinstance(s.value, Name) and load_registry().by_id[s.value.known].in_country]
    yield from (*towns, *_dateline(found), *places)
    yield from _editions(found, best)
    for sentence in (s for s in found.sentences if not s.of("event", "money")):
        there = replace(best, sentence=sentence, start=sentence.start, end=sentence.start)
        yield from _reviewed(found, there)
        yield from _editions(found, there)


def _reviewed(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """The past period that a sentence without the gathering's name says is reviewed there."""
    published, sentence = found.article.published, mention.sentence
    words = sentence.of("review")
    for period in (p for p in sentence.of("period") if words and p.start > words[0].start and p.value.start):
        last = period.value.end
        if published and last and period.value.start.year < last.year <= published.year and period.value.start.day == 1:
            yield _statement("reviewPeriodStart", period.value.start, mention, period, "event-reviews")
            yield _statement("reviewPeriodEnd", last, mention, period, "event-reviews")
            return


def _editions(found: Recognised, mention: Mention) -> Iterator[Statement]:
    """Earlier gatherings told by two or more towns with their years: "after Hua Hin in 2010 and Siem Reap in 2018"."""
    sentence, published = mention.sentence, found.article.published
    words = tuple(f" {w} " for w in found.pack.names.get("year_words", ()))
    towns = {s.end for s in sentence.of("place") if is_town(s)}
    told = []
    for start, end, year in years(found.folded, sentence.start, sentence.end):
        before = found.folded[sentence.start : start]
        joint = next((w for w in (*words, " (", " ") if before.endswith(w)), "")
        if joint and start - len(joint) in towns and (published is None or year < published.year):
            told.append(
                _statement("previousEdition", year, mention, Span(start, end, "year"), "event-earlier-editions")
            )
    yield from told if len(told) > 1 else ()


def _dateline(found: Recognised) -> Iterator[Statement]:
    """The place of the dateline, where nothing in the sentences says the place."""
    for place, rule in datelines(found):
        yield Statement("place", place.value, Evidence(place.start, place.end, rule))
