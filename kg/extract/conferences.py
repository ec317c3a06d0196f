"""Gatherings: which ones an article speaks of, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.extract.datelines import capitals_told, is_town
from kg.extract.gathering_mentions import GENERIC, NEAR, Mention, is_ahead, mentions_in, silent
from kg.extract.gathering_statements import hosts_told, once, opening, statements_of, where
from kg.extract.gathering_times import pairs, years_told
from kg.extract.topic import about_cooperation
from kg.model import ConferenceFact, Evidence, Name, Statement
from kg.recognise import Recognised, Sentence

LEAD_REACH = 4
"""Paragraphs within which an article names the gathering that its opening sentence tells of."""
_PASSING = frozenset({"session", "talks", "ceremony"})
"""Kinds that an article on another gathering mentions without reporting them."""


def conferences(found: Recognised) -> list[ConferenceFact]:
    """The gatherings of an article on aid or cooperation, the one reported first."""
    mentions = [m for sentence in found.sentences for m in mentions_in(found, sentence)]
    best = max((m for m in mentions if m.kind), key=lambda m: _rank(found, m), default=None)
    if best is None:
        return []
    lead = next(_lead(found, best, mentions), None)
    here = _town(found, best) or (_town(found, lead) if lead else "")
    if best.relation == "earlier" or (best.weight < 2 and lead is None) or not about_cooperation(found, best.weight):
        return []
    reported = [m for m in mentions if m is best or _same(found, m, best, here)]
    groups = _others(found, [m for m in mentions if m not in reported], here)
    earlier = [m for m in mentions if m.relation == "earlier" and m not in reported]
    if lead is not None and not is_ahead(found, best):
        reported.append(lead)
    facts = [_conference(found, 0, reported, best, earlier)]
    for group in groups:
        facts.append(_conference(found, len(facts), group, max(group, key=lambda m: m.weight), []))
    return [_with_numbered_editions(facts[0], facts[1:]), *facts[1:]]


def _rank(found: Recognised, mention: Mention) -> tuple[bool, bool, int, int]:
    """Sort: the mention that is the likeliest to be of the gathering reported comes last."""
    return (
        mention.relation != "earlier",
        mention.relation != "later",
        mention.weight - 4 * is_ahead(found, mention),
        -mention.start,
    )


def _same(found: Recognised, mention: Mention, best: Mention, here: str) -> bool:
    """True where a mention can be of the gathering reported, which is held in the town ``here``: nothing by which it is
    called sets it apart.
    """
    if mention.relation != best.relation:
        return False
    if mention.ordinal is not None and best.ordinal is not None:
        return mention.ordinal == best.ordinal
    if mention.ordinal is not None and mention.kind and best.kind not in GENERIC and mention.kind != best.kind:
        return False
    if mention.year and best.year and mention.year != best.year:
        return False
    if mention.town and here and here != mention.town:
        return False
    any_event = mention.label in found.pack.names.get("any_event", ()) and not _indefinite(found, mention)
    return mention.kind == best.kind or bool({mention.kind, best.kind} & GENERIC) or any_event


def _indefinite(found: Recognised, mention: Mention) -> bool:
    """True right after an indefinite article, or one and an adjective."""
    before = " " + found.folded[max(0, mention.start - NEAR) : mention.start]
    heads = (before, before.rstrip(" ").rpartition(" ")[0] + " ")
    return any(head.endswith(tuple(found.pack.names.get("indefinite", ()))) for head in heads)


def _town(found: Recognised, mention: Mention) -> str:
    told = (s.value for s in where(found, mention) if s.property == "place")
    return mention.town or next((v.known for v in told if isinstance(v, Name)), "")


def _others(found: Recognised, mentions: Sequence[Mention], here: str) -> list[list[Mention]]:
    """The mentions of other gatherings, those of one together, where the article says what gathering it is."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if not _stands(found, mention, here):
            continue
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
    if mention.kind in _PASSING and mention.ordinal is None and not mention.relation:
        return False
    apart = mention.town and mention.town != here
    return bool(mention.ordinal is not None or mention.relation or apart)


def _agree(found: Recognised, one: Mention, other: Mention) -> bool:
    """True where two mentions of gatherings other than the one reported can be of the same."""
    if one.ordinal and other.ordinal:
        return one.ordinal == other.ordinal
    told: list[tuple[object, object]] = [(one.year, other.year), (_town(found, one), _town(found, other))]
    alike = one.kind == other.kind or bool({one.kind, other.kind} & GENERIC)
    return alike and one.relation == other.relation and all(a == b for a, b in told if a and b)


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
    for sentence in [s for s in found.sentences if s.kind == "text"][:2]:
        donors = best.kind == "donor-conference" or best.ordinal is not None or sentence.of("anyone")
        anchors = sentence.of("hold", "event") or (sentence.of("pledge") if donors else [])
        if (
            anchors
            and sentence is not best.sentence
            and not _tells_another(found, sentence, best, mentions)
            and best.sentence.paragraph - sentence.paragraph <= LEAD_REACH
            and (sentence.of("date") or any(map(is_town, sentence.of("place"))) or capitals_told(found, sentence))
        ):
            yield silent(sentence, anchors[0])


def _tells_another(found: Recognised, sentence: Sentence, best: Mention, mentions: Sequence[Mention]) -> bool:
    """True where a sentence names a gathering that is not the one reported."""
    here = _town(found, best)
    there = [m for m in mentions if m.sentence is sentence]
    return any(not _same(found, m, best, here) and _stands(found, m, here) for m in there)


def _conference(
    found: Recognised, key: int, mentions: Sequence[Mention], best: Mention, earlier: Sequence[Mention]
) -> ConferenceFact:
    told = [s for m in earlier for s in years_told(found, m) if s.property == "previousEdition"]
    more = [*opening(found, best), *hosts_told(found, best)] if key == 0 else []
    statements = list(once([*statements_of(found, mentions), *more, *told]))
    return ConferenceFact(
        key=key,
        event_kind=best.kind or "event",
        label=best.label,
        statements=tuple(statements),
        evidence=tuple(dict.fromkeys(Evidence(m.start, m.end, "event-mention") for m in mentions)),
        time=_time(found, best, statements),
    )


def _time(found: Recognised, best: Mention, statements: Sequence[Statement]) -> str:
    published = found.article.published
    starts = [s.value for s in statements if s.property == "startDate"]
    if published and starts and isinstance(starts[0], date):
        return "future" if starts[0] > published else "past" if (published - starts[0]).days > 31 else "reported"
    return {"earlier": "past", "later": "future"}.get(best.relation, "reported")
