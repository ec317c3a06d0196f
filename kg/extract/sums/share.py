"""Whose contribution or share a sum is: "*Japan's* contribution amounts to 5 million", "*KfW's* part, 3 million"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.lands import is_land
from kg.extract.sums.any_verb import getting
from kg.extract.sums.clauses import GIVING, Clause, Party, unqualified
from kg.extract.sums.handled import said_until
from kg.extract.topic import is_giver

_WORDS, _SIGNS = 6, 10
"""Words, or signs where no blanks part words, between whose share it is and the sum: "has risen to"."""
_OTHERWISE = (*GIVING, "ask", "receive", "raise", "hope", "not_given", "withhold", "withheld", "debt", "cost", "other")
"""Kinds of words there by which something else is told of the sum."""


def share_owner(clause: Clause) -> Party | None:
    """Who gives a sum that is called a contribution of theirs, or a share: the latter only of a state or a body that
    gives aid, and to which nothing goes in the article, as those who receive have shares too.
    """
    for party, key, until in _owners(clause):
        if key == "contribution" or (not _is_shared(clause, until) and _gives_only(clause, party)):
            return party
    return None


def share_taker(clause: Clause) -> Party | None:
    """Who gets a sum that is called a share of theirs of some aid, where the article says that something goes to them:
    "*Mali's* share of the grants is 5 million".
    """
    told = (party for party, key, until in _owners(clause) if key == "portion" and _is_shared(clause, until))
    return next((p for p in told if _name(p) in getting(clause.found)), None)


def _owners(clause: Clause) -> Iterator[tuple[Party, str, int]]:
    """Those whose contribution or share the sum is called, the nearest first, with the pack's key by which it is so
    called and where the words of that end.
    """
    found, sentence = clause.found, clause.sentence
    nations = [Party(s, s.value) for s in clause.ahead("nation")]
    able = [p for p in (*clause.before, *nations) if p.name and not p.has("to", "left", "which", "there")]
    for party in sorted(able, key=lambda p: p.start, reverse=True):
        for key in ("contribution", "portion"):
            until = said_until(found, sentence, party.span, key)
            if until is not None and until <= clause.money.start and _is_told(clause, until):
                yield party, key, until


def _is_told(clause: Clause, start: int) -> bool:
    """True where little stands between ``start`` and the sum: a verb and what tells when, or a comma."""
    written = clause.gap(start, clause.money.start).strip()
    words = unqualified(written.strip(" ,"), clause.found.pack.code)
    length, most = (len(words.split()), _WORDS) if clause.found.pack.spaces else (len(words), _SIGNS)
    apposed = not written.startswith(",") or length <= 1
    told = any(start <= s.start and s.end <= clause.money.start for s in clause.ahead(*_OTHERWISE))
    return apposed and length <= most and not told and not set(words) & set(",;:()，；")


def _is_shared(clause: Clause, until: int) -> bool:
    """True where a word for aid right behind a share tells of what it is one."""
    aid = next((s for s in clause.ahead("aid") if s.start >= until), None)
    between = clause.gap(until, aid.start) if aid else ","
    return not set(between) & set(",;:()，；") and len(between) <= _SIGNS


def _gives_only(clause: Clause, party: Party) -> bool:
    """True for a giver to which nothing goes in the article, where no other name before it may be the subject."""
    name = party.name
    free = (p for p in clause.before if p.end <= party.start and p.name and not p.has("governed"))
    if name is None or not (is_land(name) or is_giver(name)) or clause.ahead("parts") or any(free):
        return False
    return _name(party) not in getting(clause.found)


def _name(party: Party) -> str:
    return (party.name.known or party.name.text) if party.name else ""
