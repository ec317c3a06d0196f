"""Who gives by a verb that no list holds: "*Japan* stumped up 5 million for schools in Chad"."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.lands import is_land
from kg.extract.referents import speaks_for
from kg.extract.sums.clauses import GIVING, NEAR, Clause, Party, unqualified
from kg.extract.sums.parties import parties_named
from kg.extract.topic import is_giver
from kg.recognise import Recognised

_WORDS = 8
"""Words of such a verb, its object before the sum, and what tells when."""
_TOLD = (*GIVING, "ask", "receive", "raise", "hope", "benefit", "not_given", "withhold", "withheld", "change", "debt")
"""Kinds of words that tell what is done with the sum, or that nobody gives it."""
_OTHER = (*_TOLD, "business", "other", "cost", "sign", "parts", "compared", "countable", "estimates")
_FREE = ("governed", "there", "which", "left", "explains", "aside", "asks", "town")


def any_giver(clause: Clause) -> Party | None:
    """The state, or body that gives aid, with which a clause opens, where a few words of no list part it from its sum,
    and behind that somebody is named to whom it goes; or where a word of aid stands beside the sum, or others give in
    the same sentence, and nothing tells that the state gets something.
    """
    pack = clause.found.pack
    if pack.names.get("verb_last") or not pack.spaces or _told_otherwise(clause):
        return None
    free = [p for p in clause.before if (p.name or p.span.kind == "anyone") and not p.has("governed", "to", "in")]
    who = free[0] if len(free) == 1 else None if free else _envoy(clause)
    if who is None or who.name is None or who.has(*_FREE) or not (is_land(who.name) or is_giver(who.name)):
        return None
    if any(p.start > who.end for p in clause.before):
        return None
    opened = clause.gap(clause.sentence.start if clause.first else clause.start, who.start)
    behind = clause.gap(who.end, clause.money.start)
    behind = behind if free else behind.removeprefix(",")  # "the ambassador, *Ann Lee*, pointed to"
    words = unqualified(behind.strip(), pack.code)
    plain = re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*", words) and behind.startswith(" ")
    if len(opened) > 2 * NEAR or not plain or len(words.split()) > _WORDS:
        return None
    if any(0 <= s.start - who.end <= 1 for s in clause.sentence.of("aid", *GIVING)):
        return None  # of "*Yemen* aid worth 7 million" it gets it
    cases = {w.strip() for key in ("dative", "locative", "genitive", "ablative") for w in clause.listed(key)}
    if cases & set(words.split()[:1]):
        return None
    known = who.name.known or who.name.text
    return who if _goes_to_another(clause, who) or (_is_aid(clause) and known not in getting(clause.found)) else None


def _told_otherwise(clause: Clause) -> bool:
    """True where a word before the sum, or right behind it, tells what is done with it, or that nobody gives it."""
    end = clause.money.end
    behind = (s for s in clause.behind(*_TOLD) if 2 < s.start - end <= 2 * NEAR)  # but "a 3 million *grant*"
    held = clause.ahead("hold", "host") if clause.sentence.of("event") else ()
    return bool(clause.ahead(*_OTHER) or held) or any("," not in clause.gap(end, s.start) for s in behind)


def _envoy(clause: Clause) -> Party | None:
    """The country, or the Union, whose ambassador or commissioner speaks of what it gives: "*The Japanese ambassador*
    pointed to a grant of 5 million".
    """
    who = next(reversed(clause.ahead("post", "name")), None)
    held = [r for r in clause.roles for e in r.evidence if who and e.start <= who.start and who.end <= e.end]
    if who is None or not held or not {r.position for r in held} <= _ENVOYS:
        return None
    name = speaks_for(clause.found, clause.roles, who, clause.money.value.currency)
    return Party(who, name) if name is not None else None


_ENVOYS = frozenset({"ambassador", "commissioner", "high-representative"})
"""Posts whose holders speak abroad of what those give who sent them."""


def _goes_to_another(clause: Clause, who: Party) -> bool:
    """True where somebody else stands behind a sum, to whom or where it goes."""
    others = [p for p in clause.after if p.name and who.name and p.name.known != who.name.known]
    return bool(others) and others[0].has("to", "in") and not others[0].has("there", "by", "which", "town")


def _is_aid(clause: Clause) -> bool:
    """True where a word of aid stands in the clause, or its sentence tells what others give."""
    beside = clause.ahead("aid") or any(s.start - clause.money.end <= NEAR for s in clause.behind("aid"))
    return bool(beside) or bool(clause.sentence.of("give", "pledge"))


@lru_cache(maxsize=2)
def getting(found: Recognised) -> frozenset[str]:
    """Those to whom, or in whose land, something goes by any sentence of the article."""
    told = (p for s in found.sentences for p in parties_named(found, s) if p.name)
    return frozenset(p.name.known or p.name.text for p in told if p.name and p.has("to", "in"))
