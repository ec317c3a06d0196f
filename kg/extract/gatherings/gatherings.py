"""Gatherings: which ones an article speaks of, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.extract.datelines import capitals_told, is_town, place_id
from kg.extract.gatherings.mentions import (
    CLAUSE,
    GENERIC,
    PASSING,
    Mention,
    is_ahead,
    silent,
)
from kg.extract.gatherings.news import news_day
from kg.extract.gatherings.nouns import apportioned, mentions_in
from kg.extract.gatherings.same import agree, is_passing, own_days, same, spoken_of_again, town_beside, town_of
from kg.extract.gatherings.statements import hosts_told, once, opening, statements_of
from kg.extract.gatherings.times import when_told, years_told
from kg.extract.gatherings.towns import with_towns
from kg.extract.gatherings.verbs import deed_of, tells_itself, told_ahead, told_by_deeds, told_by_verbs
from kg.extract.gatherings.years import pairs
from kg.extract.leads import opening_sentences
from kg.extract.topic import SURE, TOLD, about_aid, about_cooperation
from kg.model import ConferenceFact, Evidence, Name, Statement
from kg.recognise import Recognised, Sentence

WEIGHTY = 2
"""The least weight of a gathering that is reported, where no opening sentence tells of it."""
LEAD_REACH = 4
"""Paragraphs within which an article names the gathering that its opening sentence tells of."""


def conferences(found: Recognised) -> list[ConferenceFact]:
    """The gatherings of an article on aid or cooperation, the one reported first."""
    found = with_towns(found)
    mentions = [m for sentence in found.sentences for m in mentions_in(found, sentence)]
    facts = _reported(found, mentions)
    if not facts:  # the article reports none, and may tell of others
        facts = [_conference(found, n, g, g[0], [], whole=False) for n, g in enumerate(_in_passing(found, mentions))]
    taken = {s.value for fact in facts for s in fact.statements if s.property in ("startDate", "monthDay")}
    for mention in told_ahead(found):
        fact = _conference(found, len(facts), [mention], mention, [], whole=False)
        if not taken.intersection(s.value for s in fact.statements):
            facts.append(fact)
    return facts


def _in_passing(found: Recognised, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The gatherings of which an article on aid or cooperation tells in passing, those told with a year included."""
    if not about_cooperation(found, TOLD):
        return []
    told = [m for m in mentions if m.kind and m.sentence.kind == "text"]
    groups = _others(found, [m for m in told if _tells_all(found, m) or _stands(found, m, "")])
    return [g for g in groups if any(m.year or _tells_all(found, m) for m in g)]


def _tells_all(found: Recognised, mention: Mention) -> bool:
    """True for a gathering told in passing by enough to be known by: the town right beside it, and its day, its number,
    that it is another than today's, or a noun that says more than *meeting*.
    """
    told = mention.ordinal is not None or mention.relation or mention.year or _timed(list(when_told(found, mention)))
    specific = mention.kind not in (*GENERIC, *PASSING)
    return bool(told or specific) and town_beside(found, mention)


def _reported(found: Recognised, mentions: list[Mention]) -> list[ConferenceFact]:
    """The gathering that an article reports, then those that it tells of besides."""
    best = max((m for m in mentions if m.kind), key=lambda m: _rank(found, m), default=None)
    if best is not None and _tells_little(found, best, mentions):
        fuller = (m for m in mentions if m.kind and not m.relation and not _tells_little(found, m, mentions))
        best = max(fuller, key=lambda m: _rank(found, m), default=best)
    told = next(told_by_verbs(found), None)
    if told is not None and (best is None or best.relation or is_ahead(found, best)) and about_aid(found):
        best = told
        mentions.append(told)
    little = best is None or _tells_little(found, best, mentions)
    weak = best is None or little or best.relation == "later" or is_ahead(found, best)
    sought = best is None or weak or _long_ago(found, best) or _bare(found, best, mentions)
    deed = next(told_by_deeds(found), None) if sought else None
    deed = deed or (deed_of(found, best) if best is not None and little else None)
    if weak or (deed is not None and deed.weight == SURE):
        best = deed or (None if little else best)
        mentions += [deed] if deed else []
    if best is None:
        return []
    lead = None if best is told else next(_lead(found, best, mentions), None)  # "donors met on 9 May. *Polls open* …"
    if lead is not None and best.relation:
        best = replace(lead, kind=best.kind)  # the article names only others: those before and after
        mentions.append(best)
    here = town_of(found, best) or (town_of(found, lead) if lead else "")
    if (
        best.relation == "earlier"
        or (best.weight < WEIGHTY and lead is None)
        or not about_cooperation(found, best.weight)
    ):
        return []
    mentions = [_numbered_before(m, best) for m in mentions]
    reported = [m for m in mentions if m is best or same(found, m, best, here)]
    again = spoken_of_again(found, mentions, reported, best)
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
    if best.kind == "ceremony" and not any(own_days(m, every=True) for m in reported):
        reported += [m for m in (deed_of(found, best),) if m]
    facts = [_conference(found, 0, reported, best, earlier)]
    for group in groups:
        facts.append(_conference(found, len(facts), group, max(group, key=lambda m: m.weight), []))
    return [_with_numbered_editions(facts[0], facts[1:]), *facts[1:]]


def _numbered_before(mention: Mention, best: Mention) -> Mention:
    """The mention, as one of an earlier gathering where it bears a lower number than the ``best`` one of its kind."""
    lower = mention.ordinal is not None and best.ordinal is not None and mention.ordinal < best.ordinal
    before = lower and mention.kind == best.kind and not mention.relation
    return replace(mention, relation="earlier") if before else mention


def _bare(found: Recognised, best: Mention, mentions: Sequence[Mention]) -> bool:
    """True where neither a lead nor any mention of a kind tells a day, a town or a number: they speak of "the *results*
    of the summit".
    """
    alike = (m for m in mentions if m.kind == best.kind)
    told = any(m.ordinal or m.of("date", "venue") or town_of(found, m) for m in alike)
    return not told and next(_lead(found, best, mentions), None) is None


def _long_ago(found: Recognised, best: Mention) -> bool:
    """True for a gathering that is told with a past year, as one at which something was announced."""
    published = found.article.published
    past = (p.value.end for p in best.of("period"))
    return best.relation == "earlier" or any(published and end and end.year < published.year for end in past)


def _held_before(found: Recognised, mention: Mention) -> bool:
    """True for a gathering whose own days, right behind its name, are months before the publication."""
    published = found.article.published
    days = own_days(mention)
    return bool(published and days and all((published - last).days > _MONTHS for _, last in days))


_MONTHS = 60
"""Days after which no article reports a gathering, but looks back on it."""


def _tells_little(found: Recognised, best: Mention, mentions: Sequence[Mention]) -> bool:
    """True where an article names its gathering too little for it to be reported."""
    if is_passing(best):
        return not tells_itself(found, best)
    return not best.relation and best.weight < WEIGHTY and next(_lead(found, best, mentions), None) is None


def _rank(found: Recognised, mention: Mention) -> tuple[bool, bool, bool, bool, int, int]:
    """Sort: the mention that is the likeliest to be of the gathering reported comes last."""
    return (
        not is_passing(mention) or tells_itself(found, mention),
        not _held_before(found, mention),
        mention.relation != "earlier",
        mention.relation != "later",
        mention.weight - 4 * is_ahead(found, mention),
        -mention.start,
    )


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
        group = next((g for g in groups if all(agree(found, m, mention) for m in g)), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    return groups


def _stands(found: Recognised, mention: Mention, here: str) -> bool:
    """True where enough is told of another gathering: its number, its town, or when it will be."""
    if mention.relation == "earlier":
        return bool(town_of(found, mention)) and len(pairs(found, mention)) < 2
    if is_passing(mention) and not mention.relation:
        return False
    there = town_of(found, mention)
    told = mention.ordinal is not None or mention.relation in ("earlier", "later") or own_days(mention)
    return bool(told or (there and there != here))


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
    here = town_of(found, best)
    others = [m for m in mentions if m.sentence is sentence and not best.relation and not same(found, m, best, here)]
    if not others:
        return sentence.end
    breaks = [b.start() for b in CLAUSE.finditer(found.folded, sentence.start, others[0].start)]
    return breaks[-1] if breaks else sentence.start


def _conference(
    found: Recognised,
    key: int,
    mentions: Sequence[Mention],
    best: Mention,
    earlier: Sequence[Mention],
    *,
    whole: bool = True,
) -> ConferenceFact:
    """The fact of the gathering that ``mentions`` speak of; the one reported is told by the ``whole`` article."""
    told = [s for m in earlier for s in years_told(found, m) if s.property == "previousEdition"]
    told_of = list(statements_of(found, mentions))
    places = [s.value for s in told_of if s.property == "place" and isinstance(s.value, Name)]
    here = place_id(places[0]) if places else ""
    begun = next((s.value for s in told_of if s.property == "startDate"), None)
    more = [*opening(found, best, here, begun=begun), *hosts_told(found, best, here)] if key == 0 and whole else []
    statements = _with_its_end(list(once([*told_of, *more, *told])))
    if best.relation == "earlier":  # its own year is no edition before it
        statements = [s for s in statements if s.property != "previousEdition"]
    if key == 0 and whole and not best.relation and not is_ahead(found, best) and not _timed(statements):
        statements += news_day(found, best)
    return ConferenceFact(
        key=key,
        event_kind=best.kind or "event",
        label=best.label,
        statements=tuple(statements),
        evidence=tuple(dict.fromkeys(Evidence(m.start, m.end, "event-mention") for m in mentions)),
        time=_time(found, best, statements, whole=whole),
    )


def _with_its_end(statements: list[Statement]) -> list[Statement]:
    """The statements without a last day that is before the first, or that other words tell and that is weeks after it:
    of "Donors met on 4 June. The rains *will last until 30 October*" it is that of the rains.
    """
    first, last = (next((s for s in statements if s.property == name), None) for name in ("startDate", "endDate"))
    if first is None or last is None or not isinstance(first.value, date) or not isinstance(last.value, date):
        return statements
    days = (last.value - first.value).days
    ended = days >= 0 and (days <= _WEEKS or first.evidence.start == last.evidence.start)
    return statements if ended else [s for s in statements if s is not last]


_WEEKS = 31
"""Days that no gathering lasts whose last day other words tell than its first."""


def _timed(statements: Sequence[Statement]) -> bool:
    return any(s.property in ("startDate", "endDate", "monthDay", "year") for s in statements)


def _time(found: Recognised, best: Mention, statements: Sequence[Statement], *, whole: bool) -> str:
    """How the article sees a gathering; one that it only ``named`` is not what it reports, where no day says so."""
    published = found.article.published
    starts = [s.value for s in statements if s.property == "startDate"]
    if published and starts and isinstance(starts[0], date):
        return "future" if starts[0] > published else "past" if (published - starts[0]).days > 31 else "reported"
    return {"earlier": "past", "later": "future"}.get(best.relation, "reported" if whole else "named")
