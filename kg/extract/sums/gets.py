"""Who gets a sum as the subject of a verb of receiving: "*Nepal* secured a loan of 90 million from the World Bank"."""

from __future__ import annotations

from kg.extract.sums.clauses import ASIDE, NEAR, Clause, Party
from kg.recognise.spans import Span

OPENING = 4
"""Characters before the name with which a sentence opens: room for an article."""
_WORDS, _SIGNS = 3, 6
"""Words, or signs where no blanks part words, between such a subject and its verb: "has *since then* received"."""


def who_receives(clause: Clause) -> Party | None:
    """The subject right before a verb of receiving, also one that is not named here: "*the country* received"."""
    verbs = clause.ahead("receive")
    if not verbs:
        return _receives_behind(clause)
    able = [p for p in clause.before if p.name and p.has("again") and abs(verbs[-1].start - p.end) <= NEAR]
    if able and not any(p.has("to", "in", "of", "by") for p in able):
        return able[-1]
    return _opens_and_receives(clause, verbs[-1]) or _right_before(clause, verbs[-1])


def _receives_behind(clause: Clause) -> Party | None:
    """The party behind the verb of receiving or needing that follows a sum with which a sentence opens, where the
    language puts the subject there: "5 millioner kroner får *Mali*".
    """
    verb = next(iter(clause.behind("receive", "ask")), None)
    opens = clause.first and clause.money.start - clause.sentence.start <= NEAR
    if not (opens and verb and clause.found.pack.names.get("verb_second")) or verb.start - clause.money.end != 1:
        return None
    return next((p for p in clause.after if p.name and 0 < p.start - verb.end <= 5 and not p.has("governed")), None)


def _opens_and_receives(clause: Clause, verb: Span) -> Party | None:
    """The one free name before a verb of receiving, with which its sentence opens: "*Mali*, which borders on Niger, has
    in these three years received".
    """
    before = [p for p in clause.before if p.name and p.end <= verb.start]
    free = [p for p in before if not p.has("to", "in", "of", "by", "governed", "aside", "which", "explains")]
    opens = clause.first and len(free) == 1 and free[0].start - clause.sentence.start <= OPENING
    acts = bool(clause.verbs)
    return free[0] if opens and not acts and not clause.found.pack.names.get("verb_second") else None


def _right_before(clause: Clause, verb: Span) -> Party | None:
    """The free name close before a verb of receiving whose object is the sum, or the loan that is told by it."""
    pack = clause.found.pack
    named = [p for p in clause.before if p.name and p.end <= verb.start]
    who = named[-1] if named and not pack.names.get("verb_last") else None
    if who is None or who.has("to", "in", "of", "by", "governed", "there", "which", "left", "aside", "explains"):
        return None
    between, object_ = clause.gap(who.end, verb.start), clause.gap(verb.end, clause.money.start)
    near = len(between.split()) <= _WORDS if pack.spaces else len(between) <= _SIGNS
    others = {w.strip() for w in (*clause.listed("dative"), *pack.bodies["and"])} & set(object_.split())
    told = bool(others) or any(v.start >= verb.end for v in clause.ahead("pledge", "ask", "say"))
    told = told or any(who.end <= s.start < verb.start for s in clause.sentence.of("again", "anyone"))
    plain = len(object_) <= ASIDE and not set(between + object_) & set(",;:()，；、")
    return who if near and plain and not told else None
