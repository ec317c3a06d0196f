"""Gatherings: which ones an article speaks of, and what it says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from kg import lang
from kg.extract.datelines import datelines, is_town
from kg.extract.actors import actor
from kg.extract.topic import about_cooperation
from kg.model import ConferenceFact, Evidence, MonthDay, Name, Period, Statement, StatementValue
from kg.recognise import Recognised, Sentence
from kg.recognise.dates import When, years
from kg.recognise.frames import find, rules
from kg.recognise.phrases import grow_left, grow_right, neighbours
from kg.recognise.spans import Span
from kg.registry import load_registry

LEAD_WEIGHT = 1
LEAD_REACH = 4
"""Paragraphs within which an article names the gathering that its opening sentence tells of."""
NEAR = 30
"""Characters within which a weekday after a gathering is its day ("at a conference in Brussels on Monday")."""
GENERIC = frozenset({"event", "meeting", "gathering", "ceremony"})


@dataclass(frozen=True, slots=True)
class _Mention:
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


def conferences(found: Recognised) -> list[ConferenceFact]:
    """The gatherings of an article on aid or cooperation, the one reported first."""
    mentions = [m for sentence in found.sentences for m in _mentions(found, sentence)]
    if not mentions:
        return []
    best = max(
        mentions,
        key=lambda m: (
            m.which != "earlier",
            m.which != "later",
            m.weight - 4 * (_ahead(found, m) or _past_year(found, m.sentence) is not None),
            -m.start,
        ),
    )
    lead = next(_lead(found, best), None)
    if best.which == "earlier" or (best.weight < 2 and lead is None) or not about_cooperation(found, best.weight):
        return []
    mentions = [m if m is best else _apart(found, m, best) for m in mentions]
    earlier = [m for m in mentions if m.which == "earlier"]
    reported = [m for m in mentions if _same(found, m, best)]
    if lead is not None and not _ahead(found, best):
        reported.append(lead)
    facts = [_conference(found, 0, reported, best, earlier)]
    others: dict[str, list[_Mention]] = {}
    for mention in mentions:
        told = mention.which != "earlier" or _held_elsewhere(found, mention)
        if not _same(found, mention, best) and mention.which and told:
            others.setdefault(mention.which, []).append(mention)
    for group in others.values():
        facts.append(_conference(found, len(facts), group, max(group, key=lambda m: m.weight), []))
    return [_with_numbered_editions(facts[0], facts[1:]), *facts[1:]]


def _with_numbered_editions(fact: ConferenceFact, others: Sequence[ConferenceFact]) -> ConferenceFact:
    """An edition of a lower number whose year is told is an earlier edition of the one reported."""
    number = _stated(fact, "ordinal")
    told = {s.value for s in fact.statements if s.property == "previousEdition"}
    earlier = []
    for other in others:
        ordinal, year = _stated(other, "ordinal"), _stated(other, "year")
        if number and ordinal and year and int(str(ordinal.value)) < int(str(number.value)) and year.value not in told:
            earlier.append(replace(year, property="previousEdition"))
    return replace(fact, statements=(*fact.statements, *earlier))


def _stated(fact: ConferenceFact, name: str) -> Statement | None:
    return next((s for s in fact.statements if s.property == name), None)


def _held_elsewhere(found: Recognised, mention: _Mention) -> bool:
    """True where the sentence says in which town an earlier gathering was held."""
    return bool(mention.sentence.of("hold")) and any(s.property == "place" for s in _where(found, mention))


def _lead(found: Recognised, best: _Mention) -> Iterator[_Mention]:
    """The opening sentence, where it tells of the gathering by a verb alone ("Donors met in Nairobi on Monday")."""
    for sentence in [s for s in found.sentences if s.kind == "text"][:2]:
        anchors = sentence.of("hold", "event") or (
            sentence.of("pledge") if best.kind == "donor-conference" or best.which.startswith("ordinal") else []
        )
        if (
            anchors
            and sentence is not best.sentence
            and best.sentence.paragraph - sentence.paragraph <= LEAD_REACH
            and (sentence.of("date") or any(map(is_town, sentence.of("place"))))
        ):
            anchor = anchors[0]
            yield replace(
                best,
                sentence=sentence,
                span=anchor,
                start=anchor.start,
                end=anchor.end,
                ordinal=None,
                ordinal_span=None,
                weight=LEAD_WEIGHT,
            )


def _apart(found: Recognised, mention: _Mention, best: _Mention) -> _Mention:
    """*A* meeting in another town than the one reported is another gathering."""
    before = found.folded[max(0, mention.start - 30) : mention.start]
    heads = (f" {before}", re.sub(r"(?<=\s)[^\W\d_]+ $", "", before))  # right before it, or before its adjective
    if mention.which or not any(head.endswith(tuple(found.pack.names.get("indefinite", ()))) for head in heads):
        return mention
    if (year := _year_after(found, mention)) is not None:
        return replace(mention, which=f"year {year}")
    here, there = (
        [s.value.known for s in _where(found, m) if s.property == "place" and isinstance(s.value, Name)]
        for m in (best, mention)
    )
    return replace(mention, which=f"at {there[0]}") if here and there and here != there else mention


def _year_after(found: Recognised, mention: _Mention) -> int | None:
    """The year before that of publication that stands close behind a gathering ("a meeting in Stockholm in 2023")."""
    near = [p.value for p in mention.sentence.of("period") if 0 <= p.start - mention.end <= NEAR and _one_year(p.value)]
    published = found.article.published
    past = [p.start.year for p in near if p.start and published and p.start.year < published.year]
    return past[0] if past else None


def _ahead(found: Recognised, mention: _Mention) -> bool:
    """True where the sentence sets the gathering on a day after the publication."""
    published = found.article.published
    days = [d.value.first for d in mention.sentence.of("date")]
    return published is not None and bool(days) and all(isinstance(d, date) and d > published for d in days)


def _same(found: Recognised, mention: _Mention, best: _Mention) -> bool:
    if mention.which == best.which:
        return True
    general = bool({mention.kind, best.kind} & GENERIC) or mention.label in found.pack.names.get("any_event", ())
    return not mention.which and (mention.kind == best.kind or general)


def _mentions(found: Recognised, sentence: Sentence) -> Iterator[_Mention]:
    near = neighbours(found.article.text, found.folded, sentence.spans, found.pack)
    for span in (s for s in sentence.frame.spans if s.kind == "event"):
        if _counted(found, sentence, span):
            continue
        start, left = grow_left(near, span.start)
        end, right = grow_right(near, span.end)
        ordinal = _ordinal(found, sentence, span, start)
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
        yield _Mention(
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


def _ordinal(found: Recognised, sentence: Sentence, span: Span, start: int) -> Span | None:
    """The ordinal of a gathering: a few words before it, or right after it where the language writes it so."""
    coded = [c for c in sentence.of("code") if c.start == span.start]
    if coded:
        return coded[0]
    before = [
        o
        for o in sentence.of("ordinal")
        if 0 <= span.start - o.end <= 40
        and "," not in found.folded[o.end : span.start]
        and not found.folded[o.end :].lstrip().startswith(tuple(found.pack.names.get("not_ordinal", ())))
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
    before = found.folded[max(sentence.start, span.start - 40) : span.start]
    if any(0 <= span.start - s.end <= 16 for s in sentence.of("succeeds")):
        return "earlier"
    for earlier in sentence.of("earlier"):
        if span.start <= earlier.start and earlier.end <= span.end:
            return "earlier"
        between = found.folded[span.end : earlier.start]
        if 0 <= span.start - earlier.end <= 16 or 0 <= earlier.start - span.end <= 2:
            return "earlier"
        if between in found.pack.names.get("relative", ()):  # "the conference, which was last held in 2019"
            return "earlier"
    for later in sentence.of("later"):
        if span.start <= later.start and later.end <= span.end:
            return "later"
        if 0 <= span.start - later.end <= 16 or 0 <= later.start - span.end <= 2:
            return "later"
    if (year := _past_year(found, sentence)) is not None:
        return f"year {year}"
    if match := re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)[^,.;]{0,12}$", before):
        published = found.article.published
        listed = len(_listed_years(found, sentence, every=False)) > 1
        if not listed and (published is None or int(match[1]) != published.year):
            return f"year {match[1]}"
    return ""


def _past_year(found: Recognised, sentence: Sentence) -> int | None:
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


def _conference(
    found: Recognised, key: int, mentions: Sequence[_Mention], best: _Mention, earlier: Sequence[_Mention]
) -> ConferenceFact:
    told = [s for m in earlier for s in _years(found, m) if s.property == "previousEdition"]
    more = [*_opening(found, best), *_hosts_told(found, best)] if key == 0 else []
    statements = list(_once([*_statements(found, mentions), *more, *told]))
    label = best.label
    return ConferenceFact(
        key=key,
        event_kind=best.kind,
        label=label,
        statements=tuple(statements),
        evidence=tuple(dict.fromkeys(Evidence(m.start, m.end, "event-mention") for m in mentions)),
        time=_time(found, best, statements),
    )


def _time(found: Recognised, best: _Mention, statements: Sequence[Statement]) -> str:
    published = found.article.published
    starts = [s.value for s in statements if s.property == "startDate"]
    if published and starts and isinstance(starts[0], date):
        return "future" if starts[0] > published else "past" if (published - starts[0]).days > 31 else "reported"
    return "past" if best.which.startswith("year") or best.which == "earlier" else "reported"


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


def _once(statements: Iterable[Statement]) -> Iterator[Statement]:
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


def _statements(found: Recognised, mentions: Sequence[_Mention]) -> Iterator[Statement]:
    ranked = sorted(mentions, key=lambda m: (-m.weight, m.start))
    for mention in ranked:
        if mention.ordinal is not None and mention.ordinal_span is not None:
            yield _statement("ordinal", mention.ordinal, mention, mention.ordinal_span, "event-ordinal")
    for mention in ranked:
        yield from _when(found, mention)
        yield from _where(found, mention)
        yield from _theme(found, mention)
        yield from _years(found, mention)
    begun = next((s.value for m in ranked for s in _when(found, m) if s.property == "startDate"), None)
    for mention in ranked:
        yield from _by_rules(found, mention, begun if isinstance(begun, date) else None)


def _statement(name: str, value: StatementValue, mention: _Mention, span: Span, rule: str) -> Statement:
    return Statement(name, value, Evidence(min(mention.start, span.start), max(mention.end, span.end), rule))


def _ends_with(found: Recognised, position: int, key: str) -> bool:
    before = " " + found.folded[max(0, position - 24) : position].replace("\n", " ")
    return any(before.endswith(word) for word in found.pack.names.get(key, ()))


def _when(found: Recognised, mention: _Mention) -> Iterator[Statement]:
    """The day of a gathering: a day in its sentence that no "as of" or "since" governs."""
    if mention.which.startswith("year"):
        year = int(mention.which.split()[1])
        yield Statement("year", year, Evidence(mention.start, mention.end, "event-year"))
    sentence = mention.sentence
    sure = mention.weight >= 3 or mention.weight == LEAD_WEIGHT or sentence.of("hold") or _dated(found, mention)
    if not (sure or _ends_with(found, mention.start, "during")):
        return
    lines = [m for rule in rules(found.pack.code, "dateline") for m in find(rule, sentence.frame)]
    for day in sorted(sentence.of("date"), key=lambda d: not d.value.stated):
        if any(m.start <= day.start < m.end for m in lines):
            continue
        when: When = day.value
        if any(_ends_with(found, day.start, key) for key in ("as_of", "not_event")):
            continue
        told = sentence.of("hold") or _ends_with(found, mention.start, "during")
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


def _only_year(mention: _Mention) -> Iterator[Statement]:
    """The one year of a sentence that states no day of its gathering: "was held in Accra in 2021"."""
    sentence = mention.sentence
    told = [p for p in sentence.of("period") if _one_year(p.value) and not mention.start <= p.start < mention.end]
    if len(told) == 1 and sentence.of("hold") and not sentence.of("money", "review", "date"):
        yield _statement("year", told[0].value.start.year, mention, told[0], "event-year")


def _one_year(period: Period) -> bool:
    first, last = period.start, period.end
    if first is None or last is None or first.year != last.year:
        return False
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _after_publication(found: Recognised, when: When) -> bool:
    published = found.article.published
    return published is not None and isinstance(when.first, date) and when.first > published


def _dated(found: Recognised, mention: _Mention) -> bool:
    """True where a day stands close behind the gathering in one phrase: "the conference in London 15 April"."""
    return any(
        0 <= day.start - mention.end <= 24 and not re.search(r"[,;:]", found.folded[mention.end : day.start])
        for day in mention.sentence.of("date")
    )


def _where(found: Recognised, mention: _Mention) -> Iterator[Statement]:
    """Place and venue: places in the gathering's sentence after a preposition of place, towns before countries."""
    sentence = mention.sentence
    venues = [s for s in sentence.frame.spans if s.kind == "venue"]
    if venues:
        yield _statement("venue", venues[0].value, mention, venues[0], "event-venue")
    places = [s for s in sentence.frame.spans if s.kind == "place" and _ends_with(found, s.start, "locative")]
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


def _near(found: Recognised, mention: _Mention) -> list[Sentence]:
    """The sentence of a mention, and the next one of its paragraph where that goes on about the same gathering."""
    index = found.sentences.index(mention.sentence)
    following = [s for s in found.sentences[index + 1 : index + 2] if s.paragraph == mention.sentence.paragraph]
    return [mention.sentence, *(s for s in following if not s.of("event"))]


def _introduces(between: str) -> bool:
    """Whether a word such as "theme" speaks of the quotation after it: a few words of one clause lie between."""
    return len(between) <= 45 and not re.search(r"[.;,!?。，；]", between)


def _theme(found: Recognised, mention: _Mention) -> Iterator[Statement]:
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


def _years(found: Recognised, mention: _Mention) -> Iterator[Statement]:
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
    listed = _listed_years(found, sentence, every=mention.which == "earlier")
    if len(listed) > 1 or (listed and sentence.of("earlier")):
        for start, end, year in listed:
            if found.article.published is None or year <= found.article.published.year:
                yield _statement("previousEdition", year, mention, Span(start, end, "year"), "event-earlier-editions")


def _listed_years(found: Recognised, sentence: Sentence, *, every: bool) -> list[tuple[int, int, int]]:
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


def _by_rules(found: Recognised, mention: _Mention, begun: date | None) -> Iterator[Statement]:
    """Organizers, participants and the like, as the pack's rules of family ``conference`` read them. A weekday that
    ends a gathering is the one after the day on which it has ``begun``.
    """
    matches = [
        match
        for sentence in _near(found, mention)
        for rule in rules(found.pack.code, "conference")
        for match in find(rule, sentence.frame)
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
                    if slot == "organizer" and span.kind == "place" and _ends_with(found, span.start, "locative"):
                        continue
                    value: Name = span.value
                    if slot == "organizer" and match.rule == "hosts-event" and span.kind == "place" and is_town(span):
                        slot = "place"  # "Nairobi hosted the conference"
                    yield Statement(slot, value, Evidence(match.start, match.end, match.rule))


def _hosts_told(found: Recognised, best: _Mention) -> Iterator[Statement]:
    """Hosts told in one of the next sentences, which names no gathering ("Switzerland and Sweden *were hosts*")."""
    index = found.sentences.index(best.sentence)
    for sentence in found.sentences[index + 1 : index + 4]:
        if sentence.of("event"):
            break
        for rule in (r for r in rules(found.pack.code, "conference") if r.name == "host-told"):
            for match in find(rule, sentence.frame):
                for host in match.slots.get("organizer", ()):
                    value = actor(sentence, host) if host.kind == "body" else host.value
                    yield Statement("organizer", value, Evidence(match.start, match.end, match.rule))


def _opening(found: Recognised, best: _Mention) -> Iterator[Statement]:
    """Day and place told without the gathering's name ("Réunis lundi à Genève, …") or by the dateline."""
    places: list[Statement] = []
    for sentence in found.sentences[:4]:
        for verb in sentence.of("hold"):
            near = [s for s in sentence.of("date", "place") if 0 <= s.start - verb.end <= 24]
            if near and not sentence.of("event"):
                there = replace(best, sentence=sentence, span=verb, start=verb.start, end=verb.end)
                yield from _when(found, there)
                places += _where(found, there)
    towns = [s for s in places if isinstance(s.value, Name) and load_registry().by_id[s.value.known].in_country]
    yield from (*towns, *_dateline(found), *places)
    yield from _editions(found, best)
    for sentence in (s for s in found.sentences if not s.of("event", "money")):
        there = replace(best, sentence=sentence, start=sentence.start, end=sentence.start)
        yield from _reviewed(found, there)
        yield from _editions(found, there)


def _reviewed(found: Recognised, mention: _Mention) -> Iterator[Statement]:
    """The past period that a sentence without the gathering's name says is reviewed there."""
    published, sentence = found.article.published, mention.sentence
    words = sentence.of("review")
    for period in (p for p in sentence.of("period") if words and p.start > words[0].start and p.value.start):
        last = period.value.end
        if published and last and period.value.start.year < last.year <= published.year and period.value.start.day == 1:
            yield _statement("reviewPeriodStart", period.value.start, mention, period, "event-reviews")
            yield _statement("reviewPeriodEnd", last, mention, period, "event-reviews")
            return


def _editions(found: Recognised, mention: _Mention) -> Iterator[Statement]:
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
