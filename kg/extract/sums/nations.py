"""Adjectives of nationality that say who gives: *Japanese* lending, *norsk* bistand."""

from __future__ import annotations

import re

from kg.extract.sums.clauses import NEAR, Clause, Party
from kg.recognise.spans import Span


def of_nation(clause: Clause) -> Party | None:
    """A nationality right before a word of giving or aid (*Japanese* lending, *norsk* bistand, *US* aid), or before a
    post whose holder gives ("the *German* development minister announced").
    """
    short = [p.span for p in clause.before if p.span.kind == "place" and p.span.value.text.isupper()]
    nations = sorted(s for s in (*clause.ahead("nation"), *short) if _nation_gives(clause, s))
    return Party(nations[-1], nations[-1].value) if nations else None


def _nation_gives(clause: Clause, nation: Span) -> bool:
    sentence = clause.sentence
    posts = [s for s in sentence.of("post") if 0 <= s.start - nation.end <= 2 or 0 <= nation.start - s.end <= 2]
    if posts and any(v.start >= posts[0].end for v in clause.verbs):
        return True
    if _is_side(clause, nation):
        return not clause.ahead("ask", "receive")
    following = [s for s in sentence.spans if s.kind in ("give", "aid", "pledge") and s.start >= nation.end]
    if says_who(clause, nation) or _is_for(clause, nation):
        return False
    return any(not clause.gap(nation.end, s.start).split() for s in following[:2])


def _is_side(clause: Clause, nation: Span) -> bool:
    """True for a nationality beside a word that with it stands for its country: "från *svensk* sida"."""
    words = clause.listed("sides")
    before = clause.gap(max(clause.start, nation.start - NEAR), nation.start).split()[-1:]  # *côté* français
    behind = re.match(r"\w* (\w+)", clause.gap(nation.end, clause.money.start))
    return bool({*before} & {*words}) or (behind is not None and behind[1] in words)


def _is_for(clause: Clause, nation: Span) -> bool:
    """True for a nationality after a preposition such as "to", of those who get something: "5 million til det *danske*
    sivilsamfunnet".
    """
    before = " " + clause.gap(max(clause.sentence.start, nation.start - NEAR), nation.start)
    bare = re.sub(r"(?<= )\w{1,3} $", "", before)
    cases = tuple(w for w in clause.listed("dative") if w.startswith(" "))
    return (clause.found.pack.spaces and before.endswith(cases)) or (bare is not before and bare.endswith(cases))


def says_who(clause: Clause, nation: Span) -> bool:
    """True for a nationality right before those whom aid is for: "*Syrian* refugees"."""
    return any(s.value in _PEOPLE and 0 <= s.start - nation.end <= 1 for s in clause.sentence.of("sector"))


_PEOPLE = frozenset({"refugees", "vulnerable-groups", "children"})
"""Sectors that are called by those whom they are for."""
