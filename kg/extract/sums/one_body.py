"""The one body to which an article says that money goes, for sums told without a receiver: "Donors pledge for *the
Climate Fund*. … France promised 6 million and Japan 5 million."
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from kg.extract.cases import styled_until
from kg.extract.lands import is_land, state_of
from kg.extract.leads import head_of, lead_of
from kg.extract.sums.clauses import GIVING, NEAR, Party, index_of
from kg.extract.sums.parties import parties_named
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence

_BACK = 3
"""How many sentences back such a body, or a sum that it got, is told at most."""
_OFTEN = 2
"""How many sentences of an article name it."""


def with_body(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, those that somebody gives and whose sentence tells of nobody else given the one body to which
    headline or lead say that aid goes, near where the article names it.
    """
    body = _body(found, figures) if any(f.donors and not f.recipients for f in figures) else None
    if body is None:
        return list(figures)
    named = {i for i, s in enumerate(found.sentences) if any(_same(p, body) for p in parties_named(found, s))}
    giving = {d.known for f in figures for d in f.donors}
    if len(named) < _OFTEN:
        return list(figures)
    out: list[FigureFact] = []
    for figure in figures:
        at = index_of(found, figure)
        near = not named.isdisjoint(range(at - _BACK, at + 1))
        gets = near and figure.donors and not figure.recipients and _is_free(found, figure, at, giving)
        named |= {at} if gets else set()
        out.append(replace(figure, recipients=(body,)) if gets else figure)
    return [f if f.alias is None else replace(f, recipients=f.recipients or out[f.alias].recipients) for f in out]


def _body(found: Recognised, figures: Sequence[FigureFact]) -> Name | None:
    """The only body that gets a sum of headline or lead, or for which they tell of aid and that gives nothing; none
    where the headline names a land that gives nothing, or the body is an agency of a state.
    """
    opening = lead_of(found)
    told = [r for f in figures if _told_in(f, opening) and f.status != "requested" for r in f.recipients]
    giving = {_key(d) for f in figures for d in f.donors} - {_key(r) for r in told}
    told += [p.name for s in opening for p in parties_named(found, s) if p.name and _is_helped(found, s, p)]
    keys = {_key(name) for name in told}
    if len(keys) != 1 or keys & giving or told[0].kind != "organization" or state_of(told[0]):
        return None
    return told[0] if all(_lands(s) <= giving for s in head_of(found)) else None


def _told_in(figure: FigureFact, sentences: Sequence[Sentence]) -> bool:
    return any(s.start <= figure.evidence[0].start < s.end for s in sentences)


def _key(name: Name) -> str:
    return name.known or name.text


def _same(party: Party, name: Name) -> bool:
    return party.name is not None and _key(party.name) == _key(name)


def _is_helped(found: Recognised, sentence: Sentence, party: Party) -> bool:
    """True for whom a word of aid or giving close before "for" goes to: "its aid *for UNRWA*", *UNRWA*への拠出."""
    if not party.has("to") or party.has("there", "which", "again") or is_land(party.span.value):
        return False
    behind = found.pack.names.get("postpositions")
    end = styled_until(found, party.end)
    for word in sentence.of("aid", *GIVING):
        gap = found.folded[end : word.start] if behind else found.folded[word.end : party.start]
        apart = word.start - end if behind else party.start - word.end
        own = party.start <= word.start and word.end <= party.end
        if not own and 0 <= apart <= NEAR and not set(gap) & set(",;:()"):
            return True
    return False


def _is_free(found: Recognised, figure: FigureFact, at: int, giving: Set[str]) -> bool:
    """True where the sentence of a sum names no land but those of ``giving``, who give something in the article, and
    nobody else who may get it, tells of nobody that receives or of a thing that it is for, and speaks of no cost.
    """
    sentence = found.sentences[at]
    if figure.status == "requested" or figure.sectors or sentence.of("elsewhere", "cost", "other", "ask", "receive"):
        return False
    told = (p for p in parties_named(found, sentence) if p.name and p.has("to", "in") and not p.has("there"))
    return _lands(sentence) <= giving and all(p.name.known in giving for p in told if p.name)


def _lands(sentence: Sentence) -> Set[str]:
    """The lands that a sentence names."""
    return {s.value.known for s in sentence.frame.spans if s.kind in ("place", "nation") and is_land(s.value)}
