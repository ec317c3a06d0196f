"""Gatherings: which ones an article speaks of, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from kg.extract.datelines import capitals_told, is_town, place_id
from kg.extract.gatherings.mentions import (
    CLAUSE,
    GENERIC,
    NEAR,
    Mention,
    is_ahead,
    is_held_ceremony,
    opening_sentences,
    right_after,
    silent,
)
from kg.extract.gatherings.nouns import apportioned, mentions_in
from kg.extract.gatherings.statements import hosts_told, once, opening, statements_of, where
from kg.extract.gatherings.times import news_day, pairs, years_told
from kg.extract.gatherings.towns import with_towns
from kg.extract.gatherings.verbs import tells_itself, told_by_deeds, told_by_verbs
from kg.extract.topic import SURE, about_aid, about_cooperation
from kg.model import ConferenceFact, Evidence, Name, Statement
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

WEIGHTY = 2
"""The least weight of a gathering that is reported, where no opening sentence tells of it."""
LEAD_REACH = 4
"""Paragraphs within which an article names the gathering that its opening sentence tells of."""
_PASSING = frozenset({"session", "talks", "ceremony"})
"""Kinds that are no gathering of their own where they bear no number, and no day or town of theirs is told: two sides
talk, a gift is handed over.
"""


def _is_passing(mention: Mention) -> bool:
    """True for a gathering of such a kind without a number; not for a ceremony whose place or day is told."""
    return mention.kind in _PASSING and mention.ordinal is None and not is_held_ceremony(mention)


def conferences(found: Recognised) -> list[ConferenceFact]:
    """The gatherings of an article on aid or cooperation, the one reported first."""
    found = with_towns(found)
    mentions = [m for sentence in found.sentences for m in mentions_in(found, sentence)]
    best = max((m for m in mentions if m.kind), key=lambda m: _rank(found, m), default=None)
    told = next(told_by_verbs(found), None)
    if told is not None and (best is None or best.relation or is_ahead(found, best)) and about_aid(found):
        best = told
        mentions.append(told)
    little = best is None or _tells_little(found, best, mentions)
    weak = best is None or little or best.relation == "later" or is_ahead(found, best)
    deed = next(told_by_deeds(found), None) if best is None or weak or _long_ago(found, best) else None
    if weak or (deed is not None and deed.weight == SURE):
        best = deed or (None if little else best)
        mentions += [deed] if deed else []
    if best is None:
        return []
    lead = next(_lead(found, best, mentions), None)
    if lead is not None and best.relation:
        best = replace(lead, kind=best.kind)  # the article names only others: those before and after
        mentions.append(best)
    here = _town(found, best) or (_town(found, lead) if lead else "")
    if best.relation == "earlier" and about_cooperation(found, best.weight):
        return [
            _conference(found, n, g, g[0], [])
            for n, g in enumerate(_others(found, [m for m in mentions if _stands(found, m, "")]))
            if _dated(g)
        ]
    if (
        best.relation == "earlier"
        or (best.weight < WEIGHTY and lead is None)
        or not about_cooperation(found, best.weight)
    ):
        return []
    reported = [m for m in mentions if m is best or _same(found, m, best, here)]
    again = _again(found, mentions, reported, best)
    reported = [m for m in reported if m not in again]
    kept = _whole(found, [m for m in mentions if m in (*reported, *again) or m.relation or _stands(found, m, here)])
    reported = [kept[m] for m in reported]
    best = kept[best]
    again = [kept[m] for m in again]
    groups = _others(found, [m for m in kept.values() if m in again or (m not in reported and _stands(found, m, here))])
    groups = [g for g in groups if any(m not in again for m in g)]
    earlier = [m for m in kept.values() if m.relation == "earlier" and m not in reported]
    earlier = [] if best.span.kind in ("sign", "deed") else earlier  # what is signed has no editions
    if lead is not None and is_ahead(found, lead) >= is_ahead(found, best):
        reported.append(lead)
    facts = [_conference(found, 0, reported, best, earlier)]
    for group in groups:
        facts.append(_conference(found, len(facts), group, max(group, key=lambda m: m.weight), []))
    return [_with_numbered_editions(facts[0], facts[1:]), *facts[1:]]


def _long_ago(found: Recognised, best: Mention) -> bool:
    """True for a gathering that is told with a past year, as one at which something was announced."""
    published = found.article.published
    past = (p.value.end for p in best.of("period"))
    return best.relation == "earlier" or any(published and end and end.year < published.year for end in past)


def _tells_little(found: Recognised, best: Mention, mentions: Sequence[Mention]) -> bool:
    """True where an article names its gathering too little for it to be reported."""
    if _is_passing(best):
        return not tells_itself(found, best)
    return not best.relation and best.weight < WEIGHTY and next(_lead(found, best, mentions), None) is None


_DONORS = {"conference", "donor-conference"}
"""A conference, and what it is called where the article says that donors meet there."""


def _rank(found: Recognised, mention: Mention) -> tuple[bool, bool, bool, int, int]:
    """Sort: the mention that is the likeliest to be of the gathering reported comes last."""
    return (
        not _is_passing(mention) or tells_itself(found, mention),
        mention.relation != "earlier",
        mention.relation != "later",
        mention.weight - 4 * is_ahead(found, mention),
        -mention.start,
    )


def _same(found: Recognised, mention: Mention, best: Mention, here: str) -> bool:
    """True where a mention can be of the gathering reported, which is held in the town ``here``: nothing by which it is
    called sets it apart.
    """
    if mention.relation != best.relation and not _to_come(found, mention, best):
        return False
    if mention.ordinal is not None and best.ordinal is not None:
        return mention.ordinal == best.ordinal
    if mention.ordinal is not None and mention.kind and best.kind not in GENERIC and mention.kind != best.kind:
        return False
    if mention.ordinal is not None and best.ordinal is None and is_ahead(found, mention) > is_ahead(found, best):
        return False  # "a third workshop is planned"
    if (one := _years(mention)) and (other := _years(best)) and not one & other:
        return False
    if mention.town and here and here != mention.town:
        return False
    if best.span.kind in ("sign", "deed") and mention.kind not in (*GENERIC, *_PASSING):
        return False  # of what is signed a summit of years ago is no other word
    beside = mention.kind != best.kind or mention.sentence is best.sentence
    some_two = mention.sentence is best.sentence and _indefinite(found, mention) and _indefinite(found, best)
    if beside and _on_other_days(mention, best, every=some_two):
        return False
    if _passes(found, mention, best):
        return False
    some = mention.town and not here and mention.kind in GENERIC and best.kind not in GENERIC
    if some and _indefinite(found, mention) and is_ahead(found, mention) > is_ahead(found, best):
        return False  # "in September she will chair *a meeting* in Nairobi"
    if _indefinite(found, mention) and _indefinite(found, best) and is_ahead(found, mention) != is_ahead(found, best):
        return False  # "told *a meeting* in May that donors will gather at *a conference* in June"
    general = bool({mention.kind, best.kind} & GENERIC) or (
        {mention.kind, best.kind} != {"session", "summit"} and (_any_event(found, mention) or _any_event(found, best))
    )
    general = general or {mention.kind, best.kind} == _DONORS
    part = mention.kind in _PASSING and not _indefinite(found, mention) and _town(found, mention) in ("", here)
    return mention.kind == best.kind or general or part


def _passes(found: Recognised, mention: Mention, best: Mention) -> bool:
    """True for some gathering or other at which something happened, told after the one reported: "launched *at a
    meeting* hosted by Chad".
    """
    after = 0 < best.sentence.paragraph < mention.sentence.paragraph and mention.kind in GENERIC
    if not after or not _indefinite(found, mention) or _indefinite(found, best):
        return False
    before = found.folded[max(0, mention.start - NEAR) : mention.start]
    return any(word in f" {before}" for word in found.pack.names.get("during", ()))


def _again(found: Recognised, mentions: Sequence[Mention], reported: Sequence[Mention], best: Mention) -> list[Mention]:
    """Those of ``reported`` that speak again, by a word for any gathering ("the summit"), of another one of that kind
    that the article named last.
    """
    again: list[Mention] = []
    for mention in reported:
        alike = mention.kind in (*GENERIC, best.kind) or {mention.kind, best.kind} == _DONORS
        if mention is not best and not alike and _any_event(found, mention):
            before = [m for m in mentions if m.kind == mention.kind and m.start < mention.start]
            if before and (before[-1] not in reported or before[-1] in again):
                again.append(mention)
    return again


def _to_come(found: Recognised, mention: Mention, best: Mention) -> bool:
    """True where the one is called the *next*, and the other is told as something to come."""
    relations = {mention.relation, best.relation}
    plain = best if not best.relation else mention
    named = mention.ordinal is None or best.ordinal is None
    return relations == {"", "later"} and named and mention.kind == best.kind and is_ahead(found, plain)


def _years(mention: Mention) -> set[int]:
    """The years that a mention tells: the one it is called by, and those of its days."""
    days = {
        day.value.first.year for day in mention.of("date") if day.value.stated and isinstance(day.value.first, date)
    }
    return days | ({mention.year} if mention.year else set())


def _on_other_days(one: Mention, other: Mention, *, every: bool = False) -> bool:
    """True for two gatherings of which each has a day of its own close behind its name, or anywhere in its part of the
    sentence where ``every`` day of that counts.
    """
    first, second = _own_days(one, every=every), _own_days(other, every=every)
    return bool(first and second) and not any(a[0] <= b[1] and b[0] <= a[1] for a in first for b in second)


def _own_days(mention: Mention, *, every: bool = False) -> set[tuple[date, date]]:
    """First and last day of each time that stands close behind the name of a gathering, or of ``every`` one."""
    days = [d for d in mention.of("date") if d.value.stated]
    near = [d.value for d in days if every or 0 <= _words_between(mention, d) <= NEAR]
    return {(w.first, w.last if isinstance(w.last, date) else w.first) for w in near if isinstance(w.first, date)}


def _words_between(mention: Mention, day: Span) -> int:
    """Characters between a gathering and a day behind it, who holds it and where it is left out; negative before it."""
    between = (s for s in mention.of("place", "body", "acronym", "venue", "hold") if mention.end <= s.start < day.start)
    framed = {s.start for s in mention.sentence.frame.spans}
    return day.start - mention.end - sum(s.end - s.start for s in between if s.start in framed)


def _any_event(found: Recognised, mention: Mention) -> bool:
    """True for words that may call any gathering when it is spoken of again ("the conference")."""
    words = found.pack.names.get("any_event", ())
    return (mention.label in words or mention.label.lower() in words) and not _indefinite(found, mention)


def _indefinite(found: Recognised, mention: Mention) -> bool:
    """True right after an indefinite article, or one and an adjective."""
    return right_after(found, mention, "indefinite")


@lru_cache(maxsize=64)
def _town(found: Recognised, mention: Mention) -> str:
    """Where a gathering is held, as its mention says; asked for each pair of mentions."""
    told = (s.value for s in where(found, mention) if s.property == "place")
    return mention.town or next((place_id(v) for v in told if isinstance(v, Name)), "")


def _whole(found: Recognised, mentions: Sequence[Mention]) -> dict[Mention, Mention]:
    """Each mention with all of its sentence that no other one of ``mentions`` tells of."""
    shared: dict[int, list[Mention]] = {}
    for mention in mentions:
        shared.setdefault(mention.sentence.start, []).append(mention)
    found_again: dict[Mention, Mention] = {}
    for rows in shared.values():
        ordered = sorted(rows, key=lambda m: m.start)
        parts = sorted(apportioned(found, ordered[0].sentence, ordered), key=lambda m: m.start)
        found_again.update(zip(ordered, parts, strict=True))
    return found_again


def _others(found: Recognised, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions of other gatherings, those of one together."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        group = next((g for g in groups if all(_agree(found, m, mention) for m in g)), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    return groups


def _stands(found: Recognised, mention: Mention, here: str) -> bool:
    """True where enough is told of another gathering: its number, its town, or when it will be."""
    if mention.relation == "earlier":
        return bool(_town(found, mention)) and len(pairs(found, mention)) < 2
    if _is_passing(mention) and not mention.relation:
        return False
    there = _town(found, mention)
    told = mention.ordinal is not None or mention.relation in ("earlier", "later") or _own_days(mention)
    return bool(told or (there and there != here))


def _agree(found: Recognised, one: Mention, other: Mention) -> bool:
    """True where two mentions of gatherings other than the one reported can be of the same."""
    if one.ordinal and other.ordinal:
        return one.ordinal == other.ordinal
    told: list[tuple[object, object]] = [(one.year, other.year), (_town(found, one), _town(found, other))]
    kinds = {one.kind, other.kind}
    alike = one.kind == other.kind or bool(kinds & GENERIC) or kinds == {"conference", "donor-conference"}
    related = one.relation == other.relation or (
        bool(told[1][0]) and told[1][0] == told[1][1] and one.sentence != other.sentence
    )
    return alike and related and all(a == b for a, b in told if a and b)


def _dated(group: Sequence[Mention]) -> bool:
    """True where the year of a gathering before is told: an article on other things may speak of it so."""
    return any(mention.year for mention in group)


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


def _lead(found: Recognised, best: Mention, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The opening sentence, where it tells of the gathering by a verb alone ("Donors met in Nairobi on Monday")."""
    for sentence in opening_sentences(found, 2):
        if sentence is best.sentence or best.sentence.paragraph - sentence.paragraph > LEAD_REACH:
            continue
        high = _until_another(found, sentence, best, mentions)
        donors = best.kind == "donor-conference" or best.ordinal is not None or sentence.of("anyone")
        verbs = [s for s in sentence.of("hold", "event", "pledge", "raise") if s.end <= high]
        anchors = [s for s in verbs if s.kind in ("hold", "event")] or (verbs if donors else [])
        if anchors:
            lead = replace(silent(sentence, anchors[0]), high=high)
            towns = [*filter(is_town, lead.of("place")), *capitals_told(found, sentence)]
            if lead.of("date") or any(town.start < high for town in towns):
                yield lead


def _until_another(found: Recognised, sentence: Sentence, best: Mention, mentions: Sequence[Mention]) -> int:
    """Where a sentence begins to speak of a gathering that is not the one reported; else its end."""
    here = _town(found, best)
    others = [m for m in mentions if m.sentence is sentence and not best.relation and not _same(found, m, best, here)]
    if not others:
        return sentence.end
    breaks = [b.start() for b in CLAUSE.finditer(found.folded, sentence.start, others[0].start)]
    return breaks[-1] if breaks else sentence.start


def _conference(
    found: Recognised, key: int, mentions: Sequence[Mention], best: Mention, earlier: Sequence[Mention]
) -> ConferenceFact:
    told = [s for m in earlier for s in years_told(found, m) if s.property == "previousEdition"]
    told_of = list(statements_of(found, mentions))
    places = [s.value for s in told_of if s.property == "place" and isinstance(s.value, Name)]
    here = place_id(places[0]) if places else ""
    more = [*opening(found, best, here), *hosts_told(found, best)] if key == 0 else []
    statements = list(once([*told_of, *more, *told]))
    if best.relation == "earlier":  # its own year is no edition before it
        statements = [s for s in statements if s.property != "previousEdition"]
    if key == 0 and not best.relation and not is_ahead(found, best) and not _timed(statements):
        statements += news_day(found)
    return ConferenceFact(
        key=key,
        event_kind=best.kind or "event",
        label=best.label,
        statements=tuple(statements),
        evidence=tuple(dict.fromkeys(Evidence(m.start, m.end, "event-mention") for m in mentions)),
        time=_time(found, best, statements),
    )


def _timed(statements: Sequence[Statement]) -> bool:
    return any(s.property in ("startDate", "endDate", "monthDay", "year") for s in statements)


def _time(found: Recognised, best: Mention, statements: Sequence[Statement]) -> str:
    published = found.article.published
    starts = [s.value for s in statements if s.property == "startDate"]
    if published and starts and isinstance(starts[0], date):
        return "future" if starts[0] > published else "past" if (published - starts[0]).days > 31 else "reported"
    return {"earlier": "past", "later": "future"}.get(best.relation, "reported")
