"""Who gives by the word of those who speak for it: "*the minister* confirmed 8 million"."""

from __future__ import annotations

from kg.extract.cases import governs
from kg.extract.referents import speaks_for
from kg.extract.sums.clauses import NEAR, Clause, Party, governed_by


def spoken_for(clause: Clause) -> Party | None:
    """The country whose post-holder stands after "by" behind the sum: "15 million announced *by the emir* of Qatar"."""
    owners = {s.end + 1: s.start for s in clause.behind("nation")}  # "by *Norwegian* Foreign Minister Lie"
    told = [
        s
        for s in clause.behind("post", "name")
        if governed_by(clause.found, clause.sentence, owners.get(s.start, s.start), s.end, "ablative")
    ]
    if not told or not clause.ahead("pledge", "give", "aid", "paid"):
        return None
    name = speaks_for(clause.found, clause.roles, told[0], clause.money.value.currency)
    return Party(told[0], name) if name else None


def speaker(clause: Clause) -> Party | None:
    """The country of the minister or ambassador who promises: "*The minister* confirmed 8 million"."""
    verbs = clause.verbs
    if not verbs or (clause.ahead("ask") and not clause.ahead("pledge", "paid")):
        return None
    gets = [s for s in clause.sentence.of("benefit") if verbs[0].start < s.start < clause.money.start]
    if gets or clause.ahead("receive", "raise"):
        return None
    inverted = [s for s in clause.ahead("post", "name") if 0 < s.start - verbs[0].end <= 2]
    before = [s for s in clause.words if s.end <= verbs[0].start]
    who = inverted[0] if inverted and clause.found.pack.names.get("verb_second") else before[-1] if before else None
    if who is None or verbs[0].start - who.end > NEAR:
        return None
    name = speaks_for(clause.found, clause.roles, who, clause.money.value.currency)
    return Party(who, name) if name else None


def marked_speaker(clause: Clause) -> Party | None:
    """Likewise, where words behind it mark the post or the person as the subject: 岸田首相|は|3億ドル…."""
    if not clause.listed("subject") or not clause.verbs or clause.ahead("receive"):
        return None
    told = [s for s in clause.ahead("post", "name", "honorific") if governs(clause.found, s.start, s.end, "subject")]
    who = told[-1] if told else None
    free = [p for p in clause.before if p.has("subject") or (p.span.kind == "anyone" and not p.has("governed"))]
    if who is not None and any(p.start >= who.end for p in free):
        return None  # 首相は、支援国が…すると発表した
    if who is not None and who.kind == "honorific":
        who = next((s for s in clause.ahead("name") if s.end == who.start), None)
    name = speaks_for(clause.found, clause.roles, who, clause.money.value.currency) if who else None
    return Party(who, name) if who and name else None
