"""Who gives and who gets a sum where one phrase tells of both: two who sign for it, one who receives it of another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.extract.cases import styled_until
from kg.extract.lands import country_code, state_of
from kg.extract.sums.actors import NOBODY, of_next
from kg.extract.sums.clauses import GIVING, Clause, Party, both_words, unqualified
from kg.extract.sums.parties import actor
from kg.extract.sums.sumless import told_before
from kg.extract.topic import is_giver
from kg.model import Name
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span
from kg.recognise.sums.currencies import SHARED, is_own
from kg.registry import load_registry

BESIDE, APART = 12, 32
"""Characters between a verb of receiving and whom it is from, and between who receives and that verb."""


_LENT = frozenset({"AUD", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "JPY", "KRW", "NOK", "NZD", "SEK", "USD"})
"""Currencies in which states lend and give; in others a sum is told in the money of those who get it."""


def both_told(clause: Clause) -> dict[str, Party]:
    """Giver and receiver of a sum that one phrase tells both of: who sign for it, or who receives it from whom."""
    told = _signed(clause) or _posts_sign(clause) or _of_accord(clause) or _received_from(clause)
    return told or _between(clause) or _approved_from(clause)


def _signed(clause: Clause) -> dict[str, Party]:
    """Giver and receiver of a sum that two sign for ("Japan and Vietnam signed notes on a loan of 41 billion yen").

    The giver is a body beside a state, or the state whose currency it is (an ISO 4217 code begins with the country's
    ISO 3166-1 code); where neither tells, ``NOBODY`` is named.
    """
    last = clause.found.pack.names.get("verb_last")
    verbs = clause.ahead("sign") or (clause.behind("sign") if last else ())
    nouns = {s.start for s in clause.sentence.of("aid")}  # "a *grant* of 5 million"
    object_ = verbs[-1].end if verbs and not clause.found.pack.spaces else -1  # 签署|贷款|协议
    accord = tuple(clause.found.pack.raw["again"].get("accord", ())) if object_ >= 0 else ()
    nouns |= {s.start for s in clause.verbs if accord and clause.found.folded.startswith(accord, s.end)}  # 贷款|协议
    if not verbs and (both := _signers_behind(clause)):
        return _of_two(clause, both)
    if not verbs:
        return _of_two(clause, _signers_around(clause))
    if any(s.start > verbs[-1].start and s.start not in {*nouns, object_} for s in clause.verbs):
        return {}
    both = _signers_before(clause) if last else _signers(clause, verbs[-1])
    if len(both) == 1 and both[0].end <= verbs[-1].start:  # "*the bank* signed agreements worth 3 million"
        its = _is_its_money(country_code(both[0].name), clause.money.value.currency, alone=True)
        return {"donor": both[0]} if both[0].name and (its or is_giver(both[0].name)) else {}
    if len(both) == 1 and both[0].name and is_giver(both[0].name):  # "the minister signed *with the bank*"
        # a sum in the country's own money is what it gives
        gets = clause.money.value.currency == clause.found.pack.home.currency and not state_of(both[0].name)
        return {"recipient": both[0]} if gets else {"donor": both[0]}
    return _of_two(clause, both)


def _signers_around(clause: Clause) -> list[Party]:
    """The two who sign where the verb ends a clause whose other verb stands second: "*A* hat *mit dem Versorger B*
    einen Vertrag über 2 Millionen unterzeichnet".
    """
    verbs = clause.behind("sign")[:1] if clause.found.pack.names.get("verb_second") and not clause.verbs else ()
    able = [p for p in clause.before if p.span.kind in ("place", "body") and p.name and not p.has("in")]
    if not verbs or len(able) < 2 or set(clause.gap(clause.money.end, verbs[0].start)) & set(",;:"):
        return []
    between = clause.gap(able[0].end, able[1].start)
    words = {w.strip() for w in clause.listed("together")} & set(between.split())
    return able[:2] if words and not set(between) & set(",;:") and not able[0].has("to", "of", "by") else []


def _of_two(clause: Clause, both: Sequence[Party]) -> dict[str, Party]:
    """Which of the two who sign for a sum gives it, and which gets it."""
    if len(both) < 2:
        return {}
    bodies = [p for p in both if p.name and p.name.kind == "organization"]
    own = [p for p in both if _is_its_money(country_code(p.name), clause.money.value.currency, alone=not bodies)]
    able = [p for p in bodies if not (p.name and _works_for_others(p.name))]
    known = [p for p in able if p.name and is_giver(p.name)]
    if len(known) == 2 or able != bodies:  # a state's agency, a bank or a fund gives to the other
        known = [p for p in known if p.name and _funds(p.name)]
        home = [p for p in known if _is_its_money(state_of(p.name), clause.money.value.currency, alone=True)]
        known = home if len(known) == 2 and home else known
    missions = [p for p in both if _is_mission(clause, p)]
    giver = missions if len(missions) == 1 else own if len(own) == 1 else known if len(bodies) == 2 else able
    if len(giver) != 1:
        return {"donor": NOBODY, "recipient": NOBODY}
    return {"donor": giver[0], "recipient": both[1] if giver[0] == both[0] else both[0]}


def _is_mission(clause: Clause, party: Party) -> bool:
    """True for an embassy, which signs for what its country gives."""
    told = [s for s in clause.sentence.of("concept") if party.start <= s.start and s.end <= party.end]
    return any(s.value == "embassy" for s in told) and party.name is not None and party.name.kind == "place"


def _posts_sign(clause: Clause) -> dict[str, Party]:
    """Giver and receiver of a sum for which those sign who hold posts of two countries, of one of which the money is,
    or one of whom is its ambassador: "*Ann Lee, ambassador of Japan*, and *the minister of Chad* signed notes on 2
    million yen".
    """
    verbs = clause.ahead("sign")
    if not verbs and clause.found.pack.names.get("verb_last"):
        verbs = clause.behind("sign")
    until = min(verbs[-1].start, clause.money.start) if verbs else 0
    signing = [(e.start, r) for r in clause.roles for e in r.evidence if clause.start <= e.start < until]
    inside = [(at, r.body) for at, r in signing if r.body and r.body.kind == "place"]
    envoys = {r.body.known for _, r in signing if r.body and r.position == "ambassador"}
    lands = {body.known: Party(Span(at, at, "place", body), body) for at, body in inside if country_code(body)}
    own = [p for p in lands.values() if _is_its_money(country_code(p.name), clause.money.value.currency, alone=True)]
    home = [p for p in lands.values() if p.name and p.name.known in envoys]
    if len(own) != 1 or clause.money.value.currency not in _LENT:  # an ambassador signs for what comes from home
        own = home if len({r.person.text for _, r in signing}) > 1 and home else own
    if len(own) != 1 or len(lands) > 2:
        return {}
    others = [p for p in lands.values() if p is not own[0]]
    return {"donor": own[0], **({"recipient": others[0]} if others else {})}


def _funds(name: Name) -> bool:
    """True for a state's agency for aid, a bank or fund, and a union of states: others work with their money."""
    entry = load_registry().by_id.get(name.known)
    if entry is None or entry.type == "GovernmentBody":
        return entry is not None
    words = {word for label in entry.labels for word in label.text.casefold().split()}
    return bool(words & {"bank", "fund", "union", "commission"}) and "nations" not in words


def _works_for_others(name: Name) -> bool:
    """True for an agency of the United Nations and its like: beside a state it may give, or be paid by it."""
    entry = load_registry().by_id.get(name.known)
    return entry is not None and entry.type == "InternationalOrganization" and not _funds(name)


def _between(clause: Clause) -> dict[str, Party]:
    """Giver and receiver of a loan or grant between two ``side`` of a rule of the pack, one of which gives aid: "a loan
    *between the government and the World Bank* of 110 million".
    """
    for match in read(clause.sentence.frame, clause.found.pack.code, "aid"):
        sides = [Party(s, actor(clause.sentence, s)) for s in match.slots.get("side", ())]
        giver = [p for p in sides if p.name and p.name.kind == "organization" and is_giver(p.name)]
        if clause.money in match.slots.get("money", ()) and len(giver) == 1:
            other = [p for p in sides if p is not giver[0]]
            return {"donor": giver[0], **({"recipient": other[0]} if other else {})}
    return {}


def _is_its_money(country: str, currency: str, *, alone: bool) -> bool:
    """True where a currency is a country's own; one that several share only where ``alone`` (no body signs too)."""
    return is_own(currency, country) and (alone or country not in SHARED.get(currency, ()))


def _of_accord(clause: Clause) -> dict[str, Party]:
    """The same for a sum of what was signed in the sentence before: "A signed a deal with B. *The deal* covers"."""
    found, sentence = clause.found, clause.sentence
    blank = " " if found.pack.spaces else ""
    words = tuple(f"{word}{blank}" for word in found.pack.raw.get("again", {}).get("accord", ()))
    opens = found.folded.startswith(words, sentence.start)
    under = tuple(f"{word} " for word in clause.listed("under"))
    lead = next((len(w) for w in under if found.folded.startswith(w, sentence.start)), 0)
    under_it = bool(lead) and found.folded.startswith(
        (*words, *(f"{w.strip()}," for w in words)), sentence.start + lead
    )
    at = found.sentences.index(sentence) if opens or under_it else 0
    if not at:
        return {}
    before = found.sentences[at - 1]
    told = told_before(clause, before)
    both = _signed(told) if clause.first and before.of("sign") and not before.of("money") else {}
    named = [p.name for p in clause.before if p.name and not p.has("to", "in", "of", "by")]
    signers = {(p.name.known or p.name.text) for p in both.values() if p.name}
    # "under the deal *Japan* will also give": who signed neither gives for itself
    return {} if under_it and any((n.known or n.text) not in signers for n in named) else both


def _received_from(clause: Clause) -> dict[str, Party]:
    """Who receives a sum, and from whom, where both stand before it: "Malawi will receive *from Norway* 3 million"."""
    verbs = clause.ahead("receive")
    if not verbs or any(v.start > verbs[-1].start for v in clause.verbs):
        return {} if verbs or clause.verbs or clause.first else _from_behind(clause)
    verb = verbs[-1]
    from_ = [p for p in clause.before if p.name and 0 < p.start - verb.end <= BESIDE and p.has("of", "by")]
    near = [p for p in clause.before if 0 < verb.start - p.end <= APART and p.name]
    if not from_:
        return _from_behind(clause)
    if not near or near[-1].has("to", "in", "of", "by"):
        return {}
    plain = unqualified(clause.gap(from_[0].end, clause.money.start).strip(), clause.found.pack.code) == ""
    return {"donor": from_[0], "recipient": near[-1]} if plain else {}


def _from_behind(clause: Clause) -> dict[str, Party]:
    """Who gives what somebody receives, right behind the sum: "we got 3 million *from Japan* and 2 *from Mali*"."""
    told = [s for s in clause.sentence.of(*GIVING, "receive", "ask", "raise") if s.end <= clause.money.start]
    if not told or max(told, key=lambda s: s.end).kind != "receive":
        return {}
    end = clause.money.end
    able = [p for p in clause.after if p.name and 0 < p.start - end <= BESIDE and p.has("of", "by")]
    able = [p for p in able if "," not in clause.gap(end, p.start) and not of_next(clause, p)]
    return {"donor": able[0]} if able else {}


def _approved_from(clause: Clause) -> dict[str, Party]:
    """Who lends a sum that its receiver approves, and who receives it: "Kenya's cabinet *approved* a loan agreement
    *with the World Bank* for 3 million", "the parliament *ratified* a credit of 3 million *from the fund*".
    """
    if not clause.verbs or clause.verbs[-1].value not in clause.listed("approve"):
        return {}
    verb = clause.verbs[-1]
    who = [p for p in clause.before if 0 <= verb.start - p.end <= APART and p.name]
    lead = _joined_by(clause, (*clause.listed("together"), *clause.listed("ablative")))
    behind = [p for p in (*clause.before, *clause.after) if p.start > verb.end and p.name and _funds(p.name)]
    lenders = [p for p in behind if p.has("of", "by") or lead.search(_lead(clause, p))]
    if not lenders or (who and who[-1].name and _funds(who[-1].name)):
        return {}
    state = who[-1:] if who and country_code(who[-1].name) and who[-1].span.kind == "place" else []
    return {"donor": lenders[0], **({"recipient": state[0]} if state else {})}


def _signers_behind(clause: Clause) -> list[Party]:
    """The two between whom a sum is told, behind it, to be signed: "a loan of 2 million signed *between A and B*"."""
    if not clause.behind("sign"):
        return []
    able = [p for p in clause.after if p.span.kind in ("place", "body") and p.name]
    opens: Mapping[str, str] = clause.found.pack.raw["numbers"].get("range_opens", {})
    for one, other in pairwise(able):
        words = opens.get(_joint(clause, one, other).partition(" ")[0], "(?!)")
        if re.search(rf"(?<!\w)(?:{words}) ?(?:\w{{1,3}} |\w')?$", _lead(clause, one)):
            return [one, other]
    return []


def _signers(clause: Clause, verb: Span) -> list[Party]:
    """The two who sign: joined before the verb ("*A and B* signed"), or one with the other ("A signed *with B*")."""
    able = [p for p in (*clause.before, *clause.after) if p.span.kind in ("place", "body")]
    before = [p for p in able if p.end <= verb.start and not p.has("to", "in", "of", "by")][-2:]
    if len(before) == 2 and _joint(clause, *before) in _joints(clause):
        return before
    after = _joined_by(clause, clause.listed("together"))
    others = [p for p in able if p.start >= (before[-1].end if before else verb.end) and after.search(_lead(clause, p))]
    return [*before[-1:], *others[:1]]


def _joint(clause: Clause, one: Party, other: Party) -> str:
    """The words between two who sign, but for one such as "government" beside the second."""
    start = styled_until(clause.found, one.end)
    home = next(
        (s for s in clause.sentence.of("home", "authorities") if start <= s.start and s.end <= other.start), None
    )
    return clause.gap(start, home.start if home else other.start).strip(" ,")


def _signers_before(clause: Clause) -> list[Party]:
    """The two who sign where the verb is last: joined ("A*と*Bは署名"), or one with a word such as "with" behind it
    ("Aは、B*との間で*").
    """
    able = [p for p in clause.before if p.span.kind in ("place", "body") and p.name]
    free = [p for p in able if not p.has("to", "in", "of", "by", "governed")]
    if len(free) > 1 and _joint(clause, *free[-2:]) in _joints(clause):
        return free[-2:]
    words = clause.listed("together")
    others = [p for p in able if clause.gap(p.end, clause.money.start).lstrip(" '’").startswith(words)]
    others = [p for p in others if p not in free[-1:]]
    return [*free[-1:], *others[-1:]]


def _joined_by(clause: Clause, words: Sequence[str]) -> re.Pattern[str]:
    """A pattern of what ends in one of ``words``, and perhaps an article."""
    joined = "|".join(re.escape(w.strip()) for w in words) or "(?!)"
    edge = r"(?<!\w)" if clause.found.pack.spaces else ""
    return re.compile(rf"{edge}(?:{joined}) ?(?:\w{{1,3}} |\w')?$")


def _lead(clause: Clause, party: Party) -> str:
    """The few characters before a party."""
    return clause.gap(max(clause.start, party.start - 24), party.start)


def _joints(clause: Clause) -> set[str]:
    words = [w.strip(" ,") for w in (*both_words(clause.found.pack), *clause.listed("together"))]
    return {"", *words, *(f"{w} {a}" for w in words for a in clause.listed("articles"))}
