"""Who gives a sum of money: short rules over a clause, tried in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.extract.cases import governs
from kg.extract.sums.any_verb import any_giver
from kg.extract.sums.called_giver import called_giver
from kg.extract.sums.clauses import GIVING, NEAR, Clause, Party, both_words, unqualified
from kg.extract.sums.nations import of_nation, says_who
from kg.extract.sums.parties import actor, is_media, item_of_list
from kg.extract.sums.speakers import marked_speaker, on_behalf, speaker, spoken_for
from kg.extract.sums.takers import elided_receiver, gets_right_behind, is_object, owns_sum, shares
from kg.extract.sums.whose import meant
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span
from kg.recognise.words.owners import owned_from

NOBODY = Party(Span(0, 0, "anyone"), None)
"""The giver where a clause tells that somebody gives who is not named: no further rule is asked."""


def by_rules(clause: Clause) -> tuple[dict[str, Party], str]:
    """Donor and recipient as the pack's rules of family ``aid`` read them around this sum, and the rule's name."""
    told: dict[str, Party] = {}
    name = ""
    gets = elided_receiver(clause)
    left = {p.start for p in (*clause.before, *clause.after) if p.has("left")}
    taken = any(gets_right_behind(clause, p) for p in clause.before)
    for match in read(clause.sentence.frame, clause.found.pack.code, "aid"):
        if clause.money not in match.slots.get("money", ()):
            continue
        for slot in ("donor", "recipient"):
            span = match.one(slot)
            span = None if span and span.start in left else span
            if (
                slot == "recipient"
                and span
                and (taken if span.start >= clause.money.end else gets and _of_former(clause, span))
            ):
                continue
            if slot == "donor" and span and (is_media(span) or (span.kind == "nation" and says_who(clause, span))):
                continue
            if slot not in told and span and not (span.start >= clause.money.end and of_next(clause, span)):
                if span.kind == "home":  # the government of the language's press
                    own = next((p for p in (*clause.before, *clause.after) if p.end == span.end), None)
                    if own is not None and not own.same(gets):
                        told[slot], name = own, name or match.rule
                    continue
                whole = _owned_by(clause, span)
                # one that a rule reads behind its sum may open a list: "from *Norad* and UNICEF"
                listed = frozenset({"by" if slot == "donor" else "to"} if span.start >= clause.money.end else ())
                party = Party(whole, actor(clause.sentence, whole), listed)
                if slot == "donor" and (party.same(gets) or shares(clause, party)):
                    continue
                told[slot], name = party, name or match.rule
    return told, name


def _of_former(clause: Clause, span: Span) -> bool:
    """True for a name before the sum before."""
    return not clause.first and span.end <= clause.start


def _owned_by(clause: Clause, owner: Span) -> Span:
    """The body beside its owner, of which a rule met only the other: "from *Germany's KfW*", "*quỹ CERF* của …"."""
    if (body := meant(clause.found, clause.sentence.of("body"), owner)) is not owner:
        return body
    behind = owner.end + 1 if clause.found.folded.startswith(" ", owner.end) else -1
    owned = owned_from(clause.found.folded, owner.end, clause.found.pack) or behind
    return next((s for s in clause.sentence.of("body") if s.start == owned), owner)


def donor(clause: Clause) -> Party | None:
    """Who gives: the first answer of the rules ``GIVERS``; None where nobody is named."""
    gets = elided_receiver(clause)
    for rule in GIVERS:
        if (party := rule(clause)) is not None and not party.same(gets):
            return party if party.name else None
    return None


def _right_before(clause: Clause) -> Party | None:
    """A giver after a comma and right before its sum, the verb left out: "through USAID, *Switzerland* 1 million"; or
    one whose sum follows in brackets: "by *Qatar* (100 million dollars) and *Turkey* (50 million)".
    """
    aid = clause.sentence.of(*GIVING, "aid") and not clause.sentence.of("ask")
    for party in (p for p in reversed(clause.before) if not shares(clause, p)):
        between = clause.gap(party.end, clause.money.start)
        elided = not clause.first and between in (" ", "") and _opens_part(clause, party, between)
        elided = elided and not clause.listed("subject")
        bracket = between in (" (", "(") and aid
        if elided or _item(clause, party) or (bracket and not party.has("to") and _owns_aid(clause, party)):
            return party
    return None


def _owns_aid(clause: Clause, party: Party) -> bool:
    """False for whose thing money is where a language says "of" and "by" alike: "wells *of* Kenya (5 million)"."""
    if not (party.has("of") and party.has("by")) or not clause.found.pack.spaces:
        return True
    return any(0 <= party.start - s.end <= NEAR // 2 for s in clause.sentence.of("aid", *GIVING))


def _opens_part(clause: Clause, party: Party, between: str) -> bool:
    """True behind a comma, or where a part of the sum before is told: "65 billion, *of which* Germany 10"."""
    if between and clause.found.folded.endswith(", ", 0, party.start):
        return True
    opened = [w.end for w in clause.sentence.of("parts") if w.end <= party.start]
    return (
        bool(opened) and not party.has("to", "in") and clause.gap(opened[-1], party.start)[-1:] in ("", ",", "、", ";")
    )


def _item(clause: Clause, party: Party) -> bool:
    """True for an item of a list of givers, each with its sum: "announced: *Germany*, EUR 75 million; Norway, …"."""
    between = clause.gap(party.end, clause.money.start).strip()
    if between in (":", "-") and item_of_list(clause.found, clause.sentence):
        return True
    opens = re.search(r"[:;] ?(?:\w{1,3} |\w')?$", clause.gap(max(clause.sentence.start, party.start - 8), party.start))
    return between in (",", ":") and opens is not None and bool(clause.sentence.of(*GIVING, "aid"))


def _subject(clause: Clause) -> Party | None:
    """The nearest free party before the verb of giving."""
    if not clause.verbs:
        return None
    verb = clause.verbs[-1]
    if verb.kind == "pledge" and any(s.start >= verb.end for s in clause.ahead("receive", "raise")):
        return None  # "announced that it has received 5 million"
    marked = bool(clause.listed("subject"))
    able = [
        p
        for p in clause.before
        if p.end <= verb.start
        and (p.has("subject") or not marked)
        and (not p.has("governed") or _acts(clause, p))
        and not p.has("which", "explains")
        and not _owns_words(clause, p)
        and not _hosts_only(clause, p)
        and not is_object(clause, p)
        and not (p.has("asks") and any(p.end < s.start < verb.start for s in clause.sentence.of("ask")))
        and not (p.has("aside") and "," in clause.gap(p.end, verb.start))
        and not any(p.end <= s.start < verb.start for s in clause.sentence.of("receive", "raise"))
    ]
    named = [p for p in able if p.span.kind != "anyone"]
    counted = _counted(clause, named[-1].end if named else clause.start, verb)
    if not named:
        return NOBODY if counted else None
    after = [p for p in clause.before if p.start >= named[-1].end and p.end <= verb.start and p.span.kind == "anyone"]
    after = [p for p in after if p.has("subject") or not marked]
    after += counted
    return NOBODY if after and not _in_apposition(clause, named[-1], after, verb) else named[-1]


def _hosts_only(clause: Clause, party: Party) -> bool:
    """True for who holds a gathering, where a relative clause tells what was given there: "*France* called a conference
    where 5 million was pledged".
    """
    verb = clause.verbs[-1]
    hosts = any(0 < s.start - party.end <= 2 or 0 < party.start - s.end <= 2 for s in clause.sentence.of("host"))
    if not hosts:
        return False
    events = [s.end for s in clause.sentence.of("event") if party.end <= s.start and s.end <= verb.start]
    there = clause.listed("there")
    return any(f" {word} " in clause.gap(end, verb.start) for end in events for word in there)


def _owns_words(clause: Clause, party: Party) -> bool:
    """True for the owner of words that tell of somebody else: "*the fund's* statement described Kenya's pledge"."""
    verb = clause.verbs[-1]
    if owned_from(clause.found.folded, party.end, clause.found.pack) is None or party.span.kind == "place":
        return False
    named = [s for s in clause.words if s.kind in ("post", "name", "body", *GIVING, "aid") and s.start > party.end]
    others = [p for p in clause.before if party.end < p.start and p.end <= verb.start and p.name]
    return bool(others) and (not named or named[0].start - party.end > NEAR)


def _counted(clause: Clause, since: int, verb: Span) -> list[Party]:
    """Givers counted right before the verb, a comma or a verb of saying apart from what is named before ``since``:
    "Egypt's president said that *60 countries* promised".
    """
    who = [s for s in clause.sentence.of("countable") if s.value in ("country", "organization", "ngo", "delegate")]
    numbers = {n.end for n in clause.ahead("number")}
    said = [s.start for s in clause.ahead("say") if s.start >= since]
    return [
        Party(s, None)
        for s in who
        if since < s.start < verb.start <= s.end + NEAR
        and not any(word in clause.gap(s.end, verb.start) for word in clause.found.pack.bodies["and"])
        and any(0 <= s.start - end <= 1 for end in numbers)
        and ("," in clause.gap(since, s.start) or any(at < s.start for at in said))
    ]


def _in_apposition(clause: Clause, party: Party, after: Sequence[Party], verb: Span) -> bool:
    """True where such a word only describes the name before it: "Canada, *one of the biggest donors*, announced"."""
    comma = clause.found.folded.startswith(", ", party.end)
    return comma and all("," in clause.gap(p.end, verb.start) for p in after)


def _acts(clause: Clause, party: Party) -> bool:
    """True for a name right before its verb, or before a relative clause that is one ("Germany, *which gave* …"); also
    for one with little before its verb that only a comma parts from a place ("in Nepal, *Norway* will give").
    """
    comma = clause.found.folded.endswith(", ", 0, party.start) and not party.has("in", "to", "of", "by")
    following = min((p.start for p in clause.before if p.start > party.end), default=clause.end)
    for verb in clause.verbs:
        between = clause.gap(party.end, verb.start) if 0 < verb.start - party.end <= NEAR else ""
        bare = between == " " and not clause.found.pack.names.get("verb_second") and not party.has("in", "to")
        alone = comma and following > verb.start and bool(between) and not set(between) & set(",;:()")
        if bare or alone or any(between.startswith(word) for word in clause.listed("relative")):
            return True
    return False


def _verbless(clause: Clause) -> Party | None:
    """The party just before a further sum whose verb is left out: "75 million, *Rome* 40 million"."""
    if clause.verbs or clause.first:
        return None
    marked = bool(clause.listed("subject"))
    near = [
        p
        for p in clause.before
        if (clause.money.start - p.end <= 12 or owns_sum(clause, p.end, clause.money.start))
        and (p.has("subject") or not marked)
        and clause.gap(p.end, clause.money.start) not in clause.found.pack.bodies["and"]
        and not p.has("in", "to")
        and not (p.has("again") and p.span.kind == "place")  # "of *the country's* 30 billion programme"
        and not (p.has("of") and _apart(clause, p))
        and not (p.has("governed") and _follows_case(clause, p))
        and not shares(clause, p)
    ]
    return near[-1] if near else None


def _apart(clause: Clause, party: Party) -> bool:
    """True where a mark or "and" parts a party from the sum: "in the region of *the Sahel*: 40 million"."""
    between = clause.gap(party.end, clause.money.start)
    joined = {w.strip() for w in both_words(clause.found.pack)} & set(between.split())
    return bool(set(between) & set(",:;") or joined)


def _follows_case(clause: Clause, party: Party) -> bool:
    """True where a preposition stands between a party and its sum: "set its plan for Chad and *Mali* at 3 million"."""
    between = clause.gap(party.end, clause.money.start)
    words = {w.strip() for key in ("locative", "dative") for w in clause.listed(key)}
    return unqualified(between.strip(), clause.found.pack.code) in words


def _first_of_list(clause: Clause) -> Party | None:
    """The first of a list of givers before their verb: "*Qatar* (100 million) and Turkey (50 million) pledged"."""
    sentence = clause.sentence
    if clause.verbs or not clause.first or not sentence.of("give", "pledge") or sentence.of("benefit", "ask"):
        return None
    listed = [p for p in clause.before if clause.gap(p.end, clause.money.start) == " (" and not p.has("in", "to")]
    listed = [p for p in listed if _owns_aid(clause, p)]
    return listed[-1] if listed else None


def _inverted(clause: Clause) -> Party | None:
    """The party right after its verb where the language puts the subject there ("i går ga *Norge* …"), and no other
    subject stands right before it.
    """
    if not (clause.verbs and clause.found.pack.names.get("verb_second")):
        return None
    verb = clause.verbs[-1]
    if any(0 < verb.start - p.end <= 2 and not p.has("governed") for p in clause.before):
        return None
    if clause.found.folded.endswith(clause.listed("infinitive"), 0, verb.start):
        return None  # "foreslår *å gi* Ukraina …": what follows is whom it is given to
    opened = re.sub(r" \([^()]{1,24}\) ?$", "", clause.gap(clause.start, verb.start)).rstrip()
    if opened and any(s.end == clause.start + len(opened) for s in clause.ahead("name", "post")):
        return None  # "minister *Anna Berg (M)* lovade Mali"
    return next((p for p in clause.before if 0 <= p.start - verb.end <= 5), None)


def _behind_its_sum(clause: Clause) -> Party | None:
    """The party behind the verb that follows a sum with which a clause opens, where the subject may stand there: "350
    millioner kroner vil *regjeringen* gi", "30 Millionen Euro gibt *Deutschland*".
    """
    party = next((p for p in clause.after if p.name or p.span.kind == "anyone"), None)
    if party is None or party.has("governed") or not clause.found.pack.names.get("verb_second"):
        return None
    opened = clause.gap(max(clause.start, clause.sentence.start), clause.money.start)
    verb = clause.gap(clause.money.end, party.start).split()
    if len(opened) > NEAR or set(opened) & set(";:(") or not 1 <= len(verb) <= 2 or not verb[0].isalpha():
        return None
    if verb[1:] and len(verb[1]) > 3:
        return None  # but an article
    acts = clause.behind(*GIVING, "receive", "ask", "hope", "not_given", "raise", "benefit", "aid")
    return party if acts and acts[0].kind in (*GIVING, "aid") else None


def _agent(clause: Clause) -> Party | None:
    """The party after "by" or "from" behind the sum, but for a gathering's host and the giver of the next sum."""
    hosted = min((s.start for s in clause.behind("event", "hold", "host")), default=clause.end)
    able = (p for p in clause.after if p.has("by") and p.start < hosted and not of_next(clause, p))
    able = (p for p in able if not (_acts_otherwise(clause, p) or _is_of_receiver(clause, p)))
    return next((p for p in able if not re.search(r"%|\d per", clause.gap(clause.money.end, p.start))), None)


def _is_of_receiver(clause: Clause, party: Party) -> bool:
    """True where a language says "of" and "by" alike, for whose the place is to which money goes: 5 miljoen gaat naar
    een kliniek in het westen *van Tanzania*.
    """
    if not (party.has("of") and party.has("by")):
        return False
    if party.has("in"):
        return True
    between = clause.gap(clause.money.end, party.start)
    told = [s.end - clause.money.end for s in clause.behind("benefit") if s.end <= party.start]
    gets = max([*told, *(between.rfind(w) for w in clause.listed("dative")), -1])
    named = any(clause.money.end + gets <= p.start < party.start for p in clause.after)
    where = any(w in between[gets:] for w in clause.listed("locative"))
    return gets >= 0 and where and not named and not set(",;:") & set(between[gets:])


def _acts_otherwise(clause: Clause, party: Party) -> bool:
    """True for a name after "by" in a stretch of its own that speaks of no giving: "5 million, answering a call *by the
    bank*".
    """
    comma = clause.found.folded.rfind(", ", clause.money.end, party.start)
    told = clause.behind(*GIVING, "aid", "paid", "benefit", "raise", "receive")
    last = [party, *fellows_of(clause, party)][-1].end
    given = any(0 <= s.start - last <= NEAR // 4 for s in clause.behind("give"))  # do A và B đồng *tài trợ*
    near = any(comma <= s.start < party.start or 0 <= s.start - party.end <= 2 for s in told)
    return comma >= 0 and not (near or given)


def fellows_of(clause: Clause, party: Party) -> Iterator[Party]:
    """Those joined to a party behind the sum on its right, or told in brackets: "*A* (*B*), *C* and *D*"."""
    joints, last = {"(", ",", *(w.strip(" ,") for w in both_words(clause.found.pack))}, party
    for other in clause.after:
        if other.start >= last.end and clause.gap(last.end, other.start).strip(" ),") in joints | {""}:
            yield (last := other)


GIVERS: tuple[Callable[[Clause], Party | None], ...] = (
    _right_before,
    called_giver,
    _subject,
    _verbless,
    _first_of_list,
    _inverted,
    _behind_its_sum,
    of_nation,
    _agent,
    on_behalf,
    speaker,
    spoken_for,
    marked_speaker,
    any_giver,
)
"""The rules for givers, the surest first."""


def of_next(clause: Clause, party: Party | Span) -> bool:
    """True for a name right before the next sum, which is its own ("followed by *France* (110 million)")."""
    return (
        clause.end < clause.sentence.end and clause.end - party.end <= NEAR and owns_sum(clause, party.end, clause.end)
    )


def has_actor(clause: Clause, taker: Party | None = None) -> bool:
    """True where somebody who can give, and is not ``taker``, is named between the sum before and this one."""
    marked = bool(clause.listed("subject"))
    return any(
        p.name
        and (p.has("subject", "by") or not marked)
        and not p.same(taker)
        and not p.has("in", "to")
        and not (p.has("of") and p.has("town"))
        for p in clause.before
    )


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


def next_giver(clause: Clause) -> int:
    """Where a subject begins after a sum: the giver of the next one ("138 million, while *Tokyo* …")."""
    return min((p.start for p in clause.after if p.name and not p.has("to", "in", "of", "by")), default=clause.end)
