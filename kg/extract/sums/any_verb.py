"""Who gives by a verb that no list holds: "*Japan* stumped up 5 million for schools in Chad"."""

from __future__ import annotations

from kg.extract.referents import is_land
from kg.extract.sums.clauses import GIVING, NEAR, Clause, Party, unqualified
from kg.extract.topic import is_giver

_WORDS = 4
"""Words of such a verb, its object before the sum, and what tells when."""
_TOLD = (*GIVING, "ask", "receive", "raise", "hope", "benefit", "not_given", "withhold", "withheld", "change", "debt")
"""Kinds of words that tell what is done with the sum, or that nobody gives it."""
_OTHER = (*_TOLD, "business", "other", "cost", "say", "hold", "host", "sign", "parts", "compared")
_FREE = ("governed", "there", "which", "left", "explains", "aside", "asks", "town")


def any_giver(clause: Clause) -> Party | None:
    """The state, or body that gives aid, with which a clause opens, where a few words of no list part it from its sum,
    and behind that somebody else is named to whom it goes.
    """
    pack = clause.found.pack
    if pack.names.get("verb_last") or not pack.spaces or clause.ahead(*_OTHER) or clause.behind(*_TOLD):
        return None
    named = [p for p in clause.before if p.name or p.span.kind == "anyone"]
    who = named[0] if len(named) == 1 else None
    if who is None or who.name is None or who.has(*_FREE) or not (is_land(who.name) or is_giver(who.name)):
        return None
    opened = clause.gap(clause.sentence.start if clause.first else clause.start, who.start)
    words = unqualified(clause.gap(who.end, clause.money.start).strip(), pack.code)
    plain = words.replace(" ", "").replace("-", "").isalpha() and clause.gap(who.end, who.end + 1) == " "
    if len(opened) > 2 * NEAR or not plain or len(words.split()) > _WORDS:
        return None
    cases = {w.strip() for key in ("dative", "locative", "genitive", "ablative") for w in clause.listed(key)}
    return who if not cases & set(words.split()[:1]) and _goes_to_another(clause, who) else None


def _goes_to_another(clause: Clause, who: Party) -> bool:
    """True where somebody else stands behind a sum, to whom or where it goes."""
    others = [p for p in clause.after if p.name and who.name and p.name.known != who.name.known]
    return bool(others) and others[0].has("to", "in") and not others[0].has("there", "by", "which", "town")
