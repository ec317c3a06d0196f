"""Who is thanked for a sum gave it, and who thanks got it: "*Kenya's* president thanked *Japan* for 5 million"."""

from __future__ import annotations

from kg.extract.lands import is_land
from kg.extract.sums.clauses import ASIDE, Clause, Party
from kg.extract.sums.handled import said_until
from kg.extract.sums.receiver import FOR_OTHERS
from kg.extract.topic import is_giver

_OTHERWISE = ("event", "hold", "host", "ask", "say", "sign", "hope", "not_given", "debt", "change", "withhold")
"""Kinds of words between the thanks and the sum by which something else is thanked for than the sum."""


def thanked(clause: Clause) -> dict[str, Party]:
    """Giver and receiver of a sum for which one thanks the other; empty where nobody is thanked for it."""
    found, sentence = clause.found, clause.sentence
    nations = (Party(s, s.value) for s in (*clause.ahead("nation"), *clause.behind("nation")))
    told = sorted((*clause.before, *clause.after, *nations), key=lambda p: p.start)
    able = [p for p in told if p.name and (is_land(p.name) or is_giver(p.name) or p.name.kind == "organization")]
    for party in reversed(able):  # where verbs come first who thanks stands between
        until = said_until(found, sentence, party.span, "thanks")
        if until is None or not _for_the_sum(clause, party, until):
            continue
        thanking = [p for p in clause.before if p.name != party.name and p.end <= party.start and p in able]
        thanking = [p for p in thanking if not p.has("in", "there", "left", "again", "to") or p.has("of", "subject")]
        who = thanking[-1] if thanking and thanking[-1].name else None
        gets = who is not None and who.name is not None and who.name.known not in FOR_OTHERS
        return {"donor": party, **({"recipient": who} if who and gets else {})}
    return {}


def _for_the_sum(clause: Clause, party: Party, until: int) -> bool:
    """True where little stands between thanks and sum, and nothing that tells what else the thanks are for."""
    money = clause.money
    start, end = (until, money.start) if until <= money.start else (money.end, party.start)
    between = clause.gap(start, end) if start <= end else ""
    told = any(start <= s.start and s.end <= end for s in clause.sentence.of(*_OTHERWISE))
    acts = any(start <= p.start and p.end <= end and p.name and not p.has("governed") for p in clause.before)
    return len(between) <= ASIDE and not (told or acts) and not set(between) & set(";:()；") and between.count(",") <= 1
