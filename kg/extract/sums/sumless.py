"""Sentences that tell of no sum, read as if one stood at their end, or before their verb where that is last."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.sums.clauses import GIVING, Clause
from kg.extract.sums.parties import parties
from kg.model import RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span


def told_before(clause: Clause, sentence: Sentence) -> Clause:
    """A sentence before that of ``clause``, as if the sum of ``clause`` stood at its end."""
    return at_end(clause.found, sentence, clause.money, clause.roles)


def at_end(found: Recognised, sentence: Sentence, money: Span, roles: Sequence[RoleFact] = ()) -> Clause:
    """A sentence without a sum, as if ``money`` stood at its end, or before its verb of giving where verbs are last."""
    last = found.pack.names.get("verb_last")
    verbs = [s.start for s in sentence.frame.spans if s.kind in GIVING] if last else []
    at = verbs[-1] if verbs else sentence.end
    able = parties(found, sentence, roles, money)
    return Clause(
        found=found,
        sentence=sentence,
        money=money._replace(start=at, end=at),
        start=sentence.start,
        end=sentence.end,
        first=True,
        before=tuple(p for p in able if p.end <= at),
        after=tuple(p for p in able if p.start >= at),
        words=sentence.frame.spans,
        roles=roles,
    )
