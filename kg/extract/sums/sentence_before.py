"""What the sentence before tells of a sum whose own names nobody: "Japan will back a school programme in Chad from 2027
to 2030. *The budget is 5 million*", "Norway steps up its aid to Mali. *In all 40 million have been set aside*."
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.lands import is_land
from kg.extract.sectors import named_sectors
from kg.extract.sums.actors import donor
from kg.extract.sums.clauses import GIVING, NEAR, Clause, Party, index_of
from kg.extract.sums.giver import is_given, others_give, speaks_of_it, subject_of, tells_amount
from kg.extract.sums.handled import said_until
from kg.extract.sums.parties import parties
from kg.extract.sums.signers import both_told
from kg.extract.sums.sumless import at_end
from kg.extract.sums.takers import recipient
from kg.extract.sums.thanks import thanked
from kg.extract.topic import is_giver
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_SOMEBODY = ("nation", "post", "home", "authorities", "event")
"""Kinds of words that tell of somebody, besides those who may give or get."""
_APART = ("money", "ask", "other", "withhold", "withheld", "debt", "not_given")
"""Kinds of words for which the sentence before tells of no gift."""


def of_sentence_before(found: Recognised, figure: FigureFact) -> FigureFact:
    """``figure`` with giver, receiver, fields and years of what the sentence before tells, where its own tells no more
    than the amount; with giver and receiver alone, where its own names nobody and says that the sum is given.
    """
    at = index_of(found, figure)
    sentence, before = found.sentences[at], found.sentences[at - 1]
    sums = sentence.of("money")
    whole = bool(figure.donors and figure.recipients)
    if not at or whole or figure.alias is not None or figure.status == "requested" or len(sums) != 1:
        return figure
    apart = bool(before.of("money", "ask", "other", "budget", "estimates"))
    apart = apart or (before.paragraph != sentence.paragraph and not _names_nobody(found, sentence))
    if apart or sentence.of("ask", "hope", "other", "receive", "cost"):
        return figure
    amount = tells_amount(found, sentence, sums[0].start) or speaks_of_it(found, sentence, sums[0].start)
    if not amount and not (_names_nobody(found, sentence) and is_given(sentence, sums[0]) and not before.of(*_APART)):
        return figure
    name, takers = _told_in(found, before, sums[0])
    if name is None or not (is_land(name) or is_giver(name)):
        return figure
    if figure.donors and figure.donors != (name,):
        return figure
    getting = replace(figure, recipients=(*figure.recipients, *takers))
    if name in getting.recipients or others_give(found, sentence, name, [getting]):
        return figure
    given = replace(figure, donors=(name,), recipients=figure.recipients or takers)
    if not amount:
        return given
    years = [p.value for p in before.of("period") if p.value.start and p.value.end and p.value.start < p.value.end]
    return replace(
        given,
        sectors=figure.sectors or fields_named(before),
        period=figure.period or (years[0] if len(years) == 1 and years[0].start.year < years[0].end.year else None),
    )


def fields_named(sentence: Sentence) -> tuple[str, ...]:
    """The fields that a sentence names."""
    return tuple(dict.fromkeys(str(s.value) for s in named_sectors(sentence)))


def _names_nobody(found: Recognised, sentence: Sentence) -> bool:
    persons = any(" " in s.value.text or not found.pack.spaces for s in sentence.of("name"))
    return not (persons or sentence.of(*_SOMEBODY) or parties(found, sentence))


def _told_in(found: Recognised, sentence: Sentence, money: Span) -> tuple[Name | None, tuple[Name, ...]]:
    """Who gives by a sentence without a sum, and the land that gets: of two who sign, or of whoever helps somebody."""
    clause = at_end(found, sentence, money)
    both = thanked(clause) or both_told(clause)
    if both and both["donor"].name is None:
        return None, ()
    giver = both.get("donor") or donor(clause)
    name = giver.name if giver else subject_of(found, sentence) or _first_named(clause)
    taker = both.get("recipient") or recipient(clause, giver, None) or _land_helped(clause, name)
    lands = taker is not None and taker.name is not None and taker.span.kind == "place"
    known = {p.name.known or p.name.text for p in (*clause.before, *clause.after) if p.name}
    if giver is None and name and taker and taker.name and known - {name.known or name.text, taker.name.known}:
        return None, ()  # "Laos wants *Japan* to help Mali"
    takers = (taker.name,) if taker and taker.name and lands and taker.name != name else ()
    return (name, takers) if giver or takers else (None, ())


def _first_named(clause: Clause) -> Name | None:
    """The first of a sentence where one word stands before it, as verbs do in some languages, and no preposition."""
    first = next((p for p in clause.before if p.name), None)
    if first is None or first.has("to", "in", "of", "by", "governed", "which", "left", "there", "again"):
        return None
    opened = clause.gap(clause.start, first.start)
    return first.name if len(opened.split()) <= 1 and len(opened) <= NEAR // 2 and "," not in opened else None


def _land_helped(clause: Clause, giver: Name | None) -> Party | None:
    """The only other land of a sentence that speaks of aid, whose things are helped: "school meals *in Laos*"; where
    words behind a name or no blanks part words it may be bare, as the subject is told and objects stand by their verb.
    """
    others = [
        p
        for p in (*clause.before, *clause.after)
        if giver and p.name and is_land(p.name) and p.name.known != giver.known
    ]
    lands = {p.name.known for p in others if p.name}
    if len(lands) != 1 or others[0].has("left", "there"):
        return None
    if said_until(clause.found, clause.sentence, others[0].span, "helps") is not None:
        return others[0]  # "Japan *helps* Laos build schools"
    if not clause.sentence.of("aid", *GIVING):
        return None
    marked = bool(clause.listed("subject")) and not others[0].has("subject", "by")
    object_ = not clause.found.pack.spaces and any(s.end == others[0].start for s in clause.sentence.of("aid", *GIVING))
    return others[0] if marked or object_ or others[0].has("of", "in", "to") else None
