"""Sentences that tell of no sum, read as if one stood at their end."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.sums.clauses import Clause
from kg.extract.sums.parties import parties
from kg.model import RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span


def told_before(clause: Clause, sentence: Sentence) -> Clause:
    """A sentence before that of ``clause``, as if the sum of ``clause`` stood at its end."""
    return at_end(clause.found, sentence, clause.money, clause.roles)


def at_end(found: Recognised, sentence: Sentence, money: Span, roles: Sequence[RoleFact] = ()) -> Clause:
    """A sentence without a sum, as if ``money`` stood at its end."""
    return Clause(
        found=found,
        sentence=sentence,
        money=money._replace(start=sentence.end, end=sentence.end),
        start=sentence.start,
        end=sentence.end,
        first=True,
        before=tuple(parties(found, sentence, roles, money)),
        after=(),
        words=sentence.frame.spans,
        roles=roles,
    )
