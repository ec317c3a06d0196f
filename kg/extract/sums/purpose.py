"""The land that a sum serves, by the words that say what it is for: "20 million to strengthen *Ghana's* borders"."""

from __future__ import annotations

from kg.extract.sums.clauses import ASIDE, NEAR, Clause, Party
from kg.extract.sums.handled import said_until

_OTHERWISE = ("say", "hold", "host", "event", "post", "pledge", "receive", "ask", "compared", "change")
"""Kinds of words between a sum and a land by which that stands there for another reason."""


def land_served(clause: Clause, giver: Party | None) -> Party | None:
    """The only land besides the giver's behind a sum (before it, where verbs are last), to which the words of purpose
    lead that the pack's ``names.purpose`` tells; or where the thing is that is paid for: "the bridge *in Laos* for 5
    million was paid for by Japan".
    """
    if giver is None or giver.name is None:
        return None
    if (there := _thing_there(clause)) and there.name != giver.name:
        return there
    last = clause.found.pack.names.get("verb_last")
    told = [p for p in clause.before if p.start >= giver.end] if last else clause.after
    lands = [p for p in told if p.name and p.has("country") and p.name != giver.name]
    if len({p.name.known for p in lands if p.name}) != 1:
        return None
    land = lands[0]
    start, end = (land.end, clause.money.start) if last else (clause.money.end, land.start)
    other = any(start <= s.start and s.end <= end for s in clause.sentence.of(*_OTHERWISE))
    far = end - start > ASIDE + NEAR or set(clause.gap(start, end)) & set(";:()")
    if other or far or land.has("left", "there", "which", "subject") or land.name == giver.name:
        return None
    return land if said_until(clause.found, clause.sentence, land.span, "purpose") is not None else None


def _thing_there(clause: Clause) -> Party | None:
    """The one country in which the thing stands with which a sentence opens, right before the sum that it cost."""
    lands = [p for p in clause.before if p.name and p.has("country")]
    there = [p for p in lands if p.has("in") and not p.has("there", "left", "again")]
    if not clause.first or clause.verbs or len(there) != 1 or clause.ahead(*_OTHERWISE, "anyone", "benefit"):
        return None
    opened, gap = clause.gap(clause.start, there[0].start), clause.gap(there[0].end, clause.money.start)
    thing = len(opened.split()) > 1 if clause.found.pack.spaces else len(opened) > 2
    near = len(opened) <= 2 * NEAR and len(gap) <= NEAR and lands[-1] is there[0]
    return there[0] if thing and near and not set(opened + gap) & set(",;:()，") else None
