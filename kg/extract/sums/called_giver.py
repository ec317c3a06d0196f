"""Who is called the giver: the largest donor was *Japan*."""

from __future__ import annotations

from kg.extract.sums.clauses import ASIDE, NEAR, Clause, Party


def called_giver(clause: Clause) -> Party | None:
    """Who is called the giver beside a sum: "*Japan* is the largest donor, with 5 million", "the largest donor was
    *Japan* with 5 million", "with 5 million, *Japan* is the largest donor".
    """
    told = [s for s in clause.sentence.of("giver") if clause.start <= s.start and s.end <= clause.end]
    if not told or clause.sentence.of("ask", "say", "raise", "receive"):
        return None
    noun = told[0]

    def apart(party: Party) -> str:
        return clause.gap(*((party.end, noun.start) if party.end <= noun.start else (noun.end, party.start)))

    named = [p for p in (*clause.before, *clause.after) if p.span.kind != "anyone"]
    is_ = {"", *(w.strip() for w in clause.listed("subject"))}  # 最大の拠出国|は|日本で
    owner = (*clause.listed("owner"), *(("s ",) if clause.found.pack.bodies.get("genitive") else ()))
    named = [p for p in named if not (p.end < noun.start and clause.found.folded.startswith(owner, p.end))]
    free = [p for p in named if p.name and (not p.has("governed", "which") or apart(p) in is_)]
    free = [p for p in free if len(apart(p)) <= 2 * NEAR]
    free = [p for p in free if not set(apart(p)) & set(",;:()，；")]
    who = min(free, key=lambda p: len(apart(p)), default=None)
    others = [p for p in clause.before if p.start >= noun.end and not p.same(who)]
    if who is None or any(p.end <= v.start for p in others for v in clause.verbs):
        return None
    last, first = max(noun.end, who.end), min(noun.start, who.start)
    between = (
        clause.gap(last, clause.money.start) if last <= clause.money.start else clause.gap(clause.money.end, first)
    )
    return who if len(between) <= ASIDE and between.count(",") <= 1 and not set(between) & set(";:；") else None
