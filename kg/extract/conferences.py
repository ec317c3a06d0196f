"""Gatherings: which ones an article speaks of, and what it says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kg.extract.datelines import is_town
from kg.extract.gathering_mentions import GENERIC, LEAD_WEIGHT, Mention, is_ahead, mentions_in, past_year, year_after
from kg.extract.gathering_statements import hosts_told, once, opening, statements_of, where, years_told
from kg.extract.topic import about_cooperation
from kg.model import ConferenceFact, Evidence, Name, Statement
from kg.recognise import Recognised

LEAD_REACH = 4
"""Paragraphs within which an article names the gathering that its opening sentence tells of."""


def conferences(found: Recognised) -> list[ConferenceFact]:
    """The gatherings of an article on aid or cooperation, the one reported first."""
    mentions = [m for sentence in found.sentences for m in mentions_in(found, sentence)]
    if not mentions:
        return []
    best = max(
        mentions,
        key=lambda m: (
            m.which != "earlier",
            m.which != "later",
            m.weight - 4 * (is_ahead(found, m) or past_year(found, m.sentence) is not None),
            -m.start,
        ),
    )
    lead = next(_lead(found, best, mentions), None)
    if best.which == "earlier" or (best.weight < 2 and lead is None) or not about_cooperation(found, best.weight):
        return []
    mentions = [m if m is best else _apart(found, m, best) for m in mentions]
    earlier = [m for m in mentions if m.which == "earlier"]
    reported = [m for m in mentions if _same(found, m, best)]
    if lead is not None and not is_ahead(found, best):
        reported.append(lead)
    facts = [_conference(found, 0, reported, best, earlier)]
    others: dict[str, list[Mention]] = {}
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


def _held_elsewhere(found: Recognised, mention: Mention) -> bool:
    """True where the sentence says in which town an earlier gathering was held."""
    return bool(mention.sentence.of("hold")) and any(s.property == "place" for s in where(found, mention))


def _lead(found: Recognised, best: Mention, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The opening sentence, where it tells of the gathering by a verb alone ("Donors met in Nairobi on Monday")."""
    for sentence in [s for s in found.sentences if s.kind == "text"][:2]:
        anchors = sentence.of("hold", "event") or (
            sentence.of("pledge") if best.kind == "donor-conference" or best.which.startswith("ordinal") else []
        )
        if (
            anchors
            and sentence is not best.sentence
            and not any(
                _apart(found, m, best).which not in ("", best.which) for m in mentions if m.sentence is sentence
            )
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


def _apart(found: Recognised, mention: Mention, best: Mention) -> Mention:
    """*A* meeting in another town than the one reported is another gathering."""
    before = found.folded[max(0, mention.start - 30) : mention.start]
    heads = (f" {before}", re.sub(r"(?<=\s)[^\W\d_]+ $", "", before))  # right before it, or before its adjective
    if mention.which or not any(head.endswith(tuple(found.pack.names.get("indefinite", ()))) for head in heads):
        return mention
    if (year := year_after(found, mention)) is not None:
        return replace(mention, which=f"year {year}")
    here, there = (
        [s.value.known for s in where(found, m) if s.property == "place" and isinstance(s.value, Name)]
        for m in (best, mention)
    )
    return replace(mention, which=f"at {there[0]}") if here and there and here != there else mention


def _same(found: Recognised, mention: Mention, best: Mention) -> bool:
    if mention.which == best.which:
        return True
    general = bool({mention.kind, best.kind} & GENERIC) or mention.label in found.pack.names.get("any_event", ())
    return not mention.which and (mention.kind == best.kind or general)


def _conference(
    found: Recognised, key: int, mentions: Sequence[Mention], best: Mention, earlier: Sequence[Mention]
) -> ConferenceFact:
    told = [s for m in earlier for s in years_told(found, m) if s.property == "previousEdition"]
    more = [*opening(found, best), *hosts_told(found, best)] if key == 0 else []
    statements = list(once([*statements_of(found, mentions), *more, *told]))
    label = best.label
    return ConferenceFact(
        key=key,
        event_kind=best.kind,
        label=label,
        statements=tuple(statements),
        evidence=tuple(dict.fromkeys(Evidence(m.start, m.end, "event-mention") for m in mentions)),
        time=_time(found, best, statements),
    )


def _time(found: Recognised, best: Mention, statements: Sequence[Statement]) -> str:
    published = found.article.published
    starts = [s.value for s in statements if s.property == "startDate"]
    if published and starts and isinstance(starts[0], date):
        return "future" if starts[0] > published else "past" if (published - starts[0]).days > 31 else "reported"
    return "past" if best.which.startswith("year") or best.which == "earlier" else "reported"
