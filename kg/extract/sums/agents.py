"""Who pays by words before the sum, though something else is the subject: "financed *by the World Bank* to the tune of
60 million", "with 5 million *from Denmark*, UNDP clears mines".
"""

from __future__ import annotations

from kg.extract.lands import is_land
from kg.extract.sums.clauses import ASIDE, GIVING, NEAR, Clause, Party, unqualified
from kg.extract.topic import is_giver


def payer_before(clause: Clause) -> Party | None:
    """Who pays by such words: an agent, or whose money it is with which a sentence opens."""
    return _agent_before(clause) or _with_money_of(clause)


def _agent_before(clause: Clause) -> Party | None:
    """The agent right behind a verb of giving before the sum, or right before it where the language has it there."""
    for party in reversed(clause.before):
        if not _pays(party) or not party.has("by") or party.has("to", "in", "of"):
            continue
        verbs = [
            v
            for v in clause.ahead(*GIVING)
            if -NEAR // 2 <= v.start - party.end <= 4 or 0 < party.start - v.end <= NEAR
        ]
        gap = clause.gap(party.end, clause.money.start)
        if verbs and len(gap) <= ASIDE and not set(gap) & set(",;:()"):
            return party
    return None


def _with_money_of(clause: Clause) -> Party | None:
    """Whose money it is with which a sentence opens: "*with* 5 million euros *of Spain*, the FAO will help"."""
    opened = unqualified(clause.gap(clause.sentence.start, clause.money.start).strip(), clause.found.pack.code)
    party = next(iter(clause.after), None)
    if not clause.first or opened not in clause.listed("together") or party is None or not _pays(party):
        return None
    gap = clause.gap(clause.money.end, party.start)
    comma = clause.found.folded.startswith(",", party.end)
    return party if party.has("of", "by") and len(gap.split()) <= 2 and comma and not party.has("to", "in") else None


def _pays(party: Party) -> bool:
    return party.name is not None and (is_land(party.name) or is_giver(party.name)) and not party.has("left", "there")
