"""The one giver of an article that tells of one giver's aid, for sums told without a giver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.clauses import GIVING, NEAR
from kg.extract.parties import parties
from kg.extract.receiver import LEAD
from kg.extract.referents import is_land
from kg.extract.topic import is_giver
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence

GIVEN = 2 * NEAR
"""Characters before a sum within which a word tells that it is given: "*received* a first loan of 5 million"."""


def with_giver(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, those without a giver given the only one that the article names, where its lead tells what that
    gives, their sentence names nobody else who may give, and says that they are given.

    Only in languages whose packs list words for what a thing costs in all (``words.cost``): of that a giver need give
    no more than a part.
    """
    giver = _giver(found, figures) if found.pack.words.get("cost") else None
    if giver is None:
        return list(figures)
    out = [replace(f, donors=(giver,)) if _may_be_its(found, f, giver) else f for f in figures]
    return [replace(f, donors=out[f.alias].donors) if f.alias is not None and not f.donors else f for f in out]


def _giver(found: Recognised, figures: Sequence[FigureFact]) -> Name | None:
    """The only giver of an article, told in its lead: a country, or a body that gives aid."""
    names = {d.known or d.text: d for f in figures for d in f.donors}
    lead = found.sentences[:LEAD][-1].end if found.sentences else 0
    told = any(f.donors and f.evidence[0].start < lead for f in figures)
    giver = next(iter(names.values())) if len(names) == 1 else None
    return giver if giver and told and (is_land(giver) or is_giver(giver)) else None


def _may_be_its(found: Recognised, figure: FigureFact, giver: Name) -> bool:
    """True for a sum without a giver that its sentence calls given, and that nobody else named there may give."""
    if figure.donors or figure.alias is not None or figure.status == "requested":
        return False
    start = figure.evidence[0].start
    sentence = next(s for s in found.sentences if s.start <= start < s.end)
    if giver.known in {r.known for r in figure.recipients}:
        return False
    if sentence.of("ask", "hope", "other", "cost", "raise", "elsewhere"):
        return False
    money = next((m for m in sentence.of("money") if m.value.amount == figure.amount), None)
    unnamed = any(0 <= v.start - s.end <= NEAR for s in sentence.of("anyone") for v in sentence.of(*GIVING))
    given = money is not None and _is_given(sentence, money.start)
    return given and not unnamed and not _others(found, sentence, figure, giver)


def _is_given(sentence: Sentence, start: int) -> bool:
    """True where a verb of giving or getting, or a word for aid, stands close before a sum."""
    words = [s for s in sentence.frame.spans if s.kind in ("give", "paid", "benefit", "receive", "aid")]
    return any(0 <= start - s.end <= GIVEN for s in words)


def _others(found: Recognised, sentence: Sentence, figure: FigureFact, giver: Name) -> bool:
    """True where a sentence names somebody, beside giver and receivers, who may give."""
    known = {giver.known, *(r.known for r in figure.recipients)}
    told = [p for p in parties(found, sentence) if p.name and not p.has("to", "in", "there", "which")]
    nations = [s.value for s in sentence.of("nation")]
    return any(n.known not in known or not n.known for n in (*(p.name for p in told if p.name), *nations))
