"""Who gives by the word of those who speak for it: "*the minister* confirmed 8 million"."""

from __future__ import annotations

from kg.extract.cases import governs
from kg.extract.lands import is_land
from kg.extract.referents import speaks_for
from kg.extract.sums.clauses import NEAR, Clause, Party, governed_by
from kg.recognise.spans import Span


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
    second = clause.found.pack.names.get("verb_second")
    who = inverted[0] if inverted and second else _holder(clause, before[-1]) if before else None
    if who is None or verbs[0].start - who.end > NEAR:
        return None
    name = speaks_for(clause.found, clause.roles, who, clause.money.value.currency)
    return Party(who, name) if name else None


def on_behalf(clause: Clause) -> Party | None:
    """The one on whose behalf somebody promises: "*On behalf of the fund*, Ann Lee announced 8 million"."""
    if not clause.verbs or clause.ahead("ask", "receive", "raise"):
        return None
    found, sentence = clause.found, clause.sentence
    named = [p for p in clause.before if p.name and (is_land(p.name) or p.name.kind == "organization")]
    told = [p for p in named if governed_by(found, sentence, p.start, p.end, "on_behalf")]
    return told[0] if len(told) == 1 else None


def _holder(clause: Clause, last: Span) -> Span:
    """``last``, or where it is the end of what is told of somebody's post ("Ann Lee, director of *the bank*, promised")
    all of that, as the one who is told of.
    """
    told = [(role, e) for role in clause.roles for e in role.evidence if e.start < last.start and last.end <= e.end]
    if last.kind in ("post", "name") or not told:
        return last
    role, evidence = max(told, key=lambda item: item[1].start)
    return Span(evidence.start, last.end, "name", role.person)


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


def by_person(clause: Clause) -> bool:
    """True where somebody who holds no post gives the sum: "and the singer *Ann Lee* gave 3 million"."""
    held = {role.person.text for role in clause.roles}
    last = clause.found.pack.names.get("postpositions")
    for name in (s for s in clause.ahead("name") if s.value.text not in held):
        end = next((h.end for h in clause.ahead("honorific") if 0 <= h.start - name.end <= 1), name.end)
        if governs(clause.found, name.start, end, "subject") if last else _right_behind(clause, end):
            return True
    return False


def _right_behind(clause: Clause, end: int) -> bool:
    """True where a verb of giving is the next word."""
    return any(0 < verb.start - end <= 1 for verb in clause.verbs)
