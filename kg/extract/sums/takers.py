"""Who gets a sum of money, or asks for it: short rules over a clause, tried in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.referents import speaks_for
from kg.extract.sums.clauses import ASIDE, GIVING, NEAR, Clause, Party, unqualified
from kg.extract.sums.parties import parties_named
from kg.recognise import Sentence
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span

_ASIDE = re.compile(r" -+ [^;:()]{1,80}? -+ ")
OPENING = 4
"""Characters before the name with which a sentence opens: room for an article."""


def recipient(clause: Clause, giver: Party | None, earlier: Sentence | None) -> Party | None:
    """Who gets a sum: the actor after "to" or "for", the object of the verb of giving, else the place it goes to.

    ``earlier`` is the sentence before, where it is of the same paragraph.
    """
    listed = [p for p in clause.before if p.name and shares(clause, p)]
    if listed:
        return listed[-1]
    able = [p for p in _in_order(clause) if p.span.kind in ("place", "body") and not p.same(giver)]
    # neither "the country" nor "during a visit *to Denmark* the Danish government" gets what it gives
    able = [p for p in able if not (p.has("again", "in") and giver and _name(giver) == _name(p))]
    gets = _who_receives(clause) or elided_receiver(clause)
    if gets and not gets.same(giver):
        return gets
    if clause.listed("subject") and (beside := _unmarked(clause)) and not beside.same(giver):
        return beside
    given = [p for p in able if p.has("to") and not p.has("there") and not _of_former(clause, p)]
    given = [p for p in given if not _of_next_item(clause, p) and not _before_relative(clause, p)]
    given = [p for p in given if not _of_next_clause(clause, p, given) and not _visited(clause, p)]
    given = _before_its_own(clause, given)
    verbs = clause.verbs
    direct = [p for p in able if verbs and _is_indirect(clause, p, verbs[-1])]
    if given and not (direct and all(p.end <= verbs[-1].start for p in given)):
        return min(given, key=lambda p: (p.has("again"), p.has("in") and p.span.kind == "place"))
    if not clause.found.pack.spaces:  # 提供|加沙|地区援助,分别捐助
        direct = direct or [p for p in clause.before if p.span.kind == "place" and p.start in {v.end for v in verbs}]
    if direct and not direct[0].same(giver):
        return direct[0]
    if opening := _opening(clause, giver):
        return opening
    if giver is None:
        there = [p for p in clause.before if _is_there(p) and not _before_relative(clause, p)]
        if there or not able:
            named = parties_named(clause.found, earlier) if earlier is not None and not there else ()
            there = there or [p for p in named if _is_there(p)]
            return there[-1] if there else None
    return _for_use_in(clause, giver)


def _before_its_own(clause: Clause, given: list[Party]) -> list[Party]:
    """Those of ``given`` but who get the next sum, where each stands before its own: "for Chad 3 million, *for Mali* 2
    million".
    """
    if clause.found.pack.names.get("verb_last"):
        return given
    if own := [p for p in given if gets_right_behind(clause, p)]:
        return own
    before = any(p.end <= clause.money.start for p in given)
    return [p for p in given if not (before and p.start >= clause.money.end and _owns_next(clause, p))]


def gets_right_behind(clause: Clause, party: Party) -> bool:
    """True for who stands behind "for" and right before a sum: "*for Mali* 2 million"."""
    before = party.end <= clause.money.start and party.has("to") and not party.has("there", "which", "town")
    return before and owns_sum(clause, party.end, clause.money.start)


def _owns_next(clause: Clause, party: Party) -> bool:
    """True for a name between a sum and the next one that stands right before the latter."""
    return clause.end < clause.sentence.end and owns_sum(clause, party.end, clause.end)


def _visited(clause: Clause, party: Party) -> bool:
    """True for a town where somebody goes before giving: "on a visit *to Amman*, the minister announced 4 million"; or
    of which is spoken before a colon: "a signal *to Moscow*: partners give".
    """
    folded, verbs = clause.found.folded, clause.verbs
    if party.has("town") and ":" in folded[party.end : clause.money.start]:
        return True
    apart = bool(verbs) and party.end < verbs[0].start and "," in folded[party.end : verbs[0].start]
    return party.has("town") and apart and any(p.has("country") and p.start > party.end for p in clause.after)


def direct_body(clause: Clause) -> Party | None:
    """A body that is given a sum, right between the verb and the sum: "gave *WFP* 6 million for its work in Chad"."""
    told = [p for p in clause.before if p.span.kind == "body" and p.name and not p.has("of", "by")]
    words = ("", *clause.listed("articles"), *(w.strip() for w in clause.listed("dative")))
    verb = clause.verbs[-1].end if clause.verbs else clause.sentence.end
    start = clause.verbs[-1].start if clause.verbs else 0
    gives = any(p.name and p.end <= start and not p.has("to", "in", "of", "by") for p in clause.before)
    if clause.found.pack.names.get("verb_second") and not gives:
        return None  # "According to the fund gives *WFP* 5 million"
    owned = [p for p in told if p.start > verb and owns_sum(clause, p.end, clause.money.start)]
    return next((p for p in owned if clause.gap(verb, p.start).strip() in words), None)


def is_object(clause: Clause, party: Party) -> bool:
    """True for a place right behind a verb of giving, where no blanks part words and another such verb follows: of
    合作提供|加沙|援助,分别捐助 it is the object.
    """
    if clause.found.pack.spaces or clause.listed("subject") or party.span.kind != "place":
        return False
    return any(v.kind == "give" and v.end == party.start for v in clause.verbs)


def _is_indirect(clause: Clause, party: Party, verb: Span) -> bool:
    """True for a country right behind the verb of giving, or a body between it and the sum: "gave *WFP* 6 million"."""
    between = clause.gap(verb.end, party.start).strip()
    if party.start < verb.end or party.end > clause.money.start or between not in ("", *clause.listed("articles")):
        return False
    return party.span.kind == "place" or owns_sum(clause, party.end, clause.money.start)


def _unmarked(clause: Clause) -> Party | None:
    """One right before its sum, where words behind a name say who gives, and none does: 이라크 500만 달러."""
    last = next(reversed(clause.before), None)
    alone = (
        last is not None
        and not last.has("subject", "governed")
        and not clause.gap(last.end, clause.money.start).strip()
    )
    told = clause.sentence.of("aid", "receive", "benefit", *GIVING)  # else it may list those who give
    return last if alone and told and len(clause.sentence.of("money")) > 1 else None


def _in_order(clause: Clause) -> Sequence[Party]:
    """Those who may get a sum, the likeliest first: those behind it; where the verb is last the nearest before it, and
    those behind it in its own stretch.
    """
    if not clause.found.pack.names.get("verb_last"):
        return (*clause.after, *clause.before)
    own = [p for p in clause.after if not set(clause.gap(clause.money.end, p.start)) & set(",、，;")]
    return (*reversed(clause.before), *own)


def _of_former(clause: Clause, party: Party) -> bool:
    """True for who gets the sum before: "3 million for *Chad*, and a gift of 4 million"."""
    if clause.first or party.start > clause.money.start or any(v.start > party.end for v in clause.verbs):
        return False
    told = _ASIDE.sub(" ", clause.gap(party.end, clause.money.start))
    if re.fullmatch(r", \w{2,3} [^,]{0,12}", told) and not told.startswith(tuple(clause.found.pack.bodies["and"]), 1):
        return False  # "and an appeal for Mali, *of* some 4 million"
    return "," in told or any(word in told for word in clause.found.pack.bodies["and"] if word.strip())


def _before_relative(clause: Clause, party: Party) -> bool:
    """True for a place where somebody goes, before a relative clause that tells of others what they were given: "goes
    to *Poland* to meet the agencies, which we have given 5 million".
    """
    verbs = clause.verbs
    if not verbs or party.end > verbs[-1].start or party.has("again"):
        return False
    words = clause.listed("relative")
    opened = max((clause.found.folded.rfind(w, party.end, verbs[-1].start) for w in words), default=0)
    return opened - party.end > NEAR


def _of_next_item(clause: Clause, party: Party) -> bool:
    """True for who gets the next sum of a list whose items semicolons part: "for *Chad*, 3 million; for *Mali*, 4"; and
    where no blanks part words, for one behind a comma before a verb of giving: 提供3万元,向|乍得|提供4万元.
    """
    if clause.end == clause.sentence.end:
        return False
    marks = set(clause.gap(clause.money.end, party.start))
    before_verb = not clause.found.pack.spaces and any(v.start >= party.end for v in clause.behind("give"))
    return bool({";", "；"} & marks) or (before_verb and bool({",", "，"} & marks))


def _of_next_clause(clause: Clause, party: Party, able: Sequence[Party]) -> bool:
    """True behind another who gets the sum, a comma and "and": "3 million to Mali, *and* an appeal for *Chad*"."""
    words = tuple(f",{word}" for word in clause.found.pack.bodies["and"] if word.strip())
    before = [p.end for p in able if clause.money.end <= p.start and p.end < party.start]
    return bool(before) and any(word in clause.gap(before[0], party.start) for word in words)


def shares(clause: Clause, party: Party) -> bool:
    """True in a list of those who get a share: "it will benefit Chad (40 million euros) and Mali (35 million)"."""
    between = clause.gap(party.end, clause.money.start).strip()
    return between == "(" and any(s.start < party.start for s in clause.sentence.of("benefit"))


def _who_receives(clause: Clause) -> Party | None:
    """The subject right before a verb of receiving, also one that is not named here: "*the country* received"."""
    verbs = clause.ahead("receive")
    if not verbs:
        return _receives_behind(clause)
    able = [p for p in clause.before if p.name and p.has("again") and abs(verbs[-1].start - p.end) <= NEAR]
    if able and not any(p.has("to", "in", "of", "by") for p in able):
        return able[-1]
    return _opens_and_receives(clause, verbs[-1])


def _receives_behind(clause: Clause) -> Party | None:
    """The party behind the verb of receiving or needing that follows a sum with which a sentence opens, where the
    language puts the subject there: "5 millioner kroner får *Mali*".
    """
    verb = next(iter(clause.behind("receive", "ask")), None)
    opens = clause.first and clause.money.start - clause.sentence.start <= NEAR
    if not (opens and verb and clause.found.pack.names.get("verb_second")) or verb.start - clause.money.end != 1:
        return None
    return next((p for p in clause.after if p.name and 0 < p.start - verb.end <= 5 and not p.has("governed")), None)


def _opens_and_receives(clause: Clause, verb: Span) -> Party | None:
    """The one free name before a verb of receiving, with which its sentence opens: "*Mali*, which borders on Niger, has
    in these three years received".
    """
    before = [p for p in clause.before if p.name and p.end <= verb.start]
    free = [p for p in before if not p.has("to", "in", "of", "by", "governed", "aside", "which", "explains")]
    opens = clause.first and len(free) == 1 and free[0].start - clause.sentence.start <= OPENING
    acts = bool(clause.verbs)
    return free[0] if opens and not acts and not clause.found.pack.names.get("verb_second") else None


def elided_receiver(clause: Clause) -> Party | None:
    """A receiver whose verb is left out: "the Red Cross gets 46 million and *Oxfam* 30 million", or who comes next:
    "Mali receives 12 million, followed by *Chad* with 9 million and *Niger* (4 million)".
    """
    if clause.first:
        return None
    told = [s for s in clause.sentence.of(*GIVING, "ask", "receive") if s.end <= clause.start]
    told += _received(clause)
    last = max(told, key=lambda s: (s.end, s.kind == "receive"), default=None)
    if last is None or (last.kind != "receive" and not _gives_each(clause, last)):
        return None
    if any(v.start >= last.end for v in clause.ahead(*GIVING, "receive", "ask")):
        return None
    if last.value == _BEHIND:
        behind = clause.after[0] if clause.after else None
        return behind if behind and not clause.gap(clause.money.end, behind.start).strip(" -") else None
    near = [p for p in clause.before if p.name and _elides(clause, p, last)]
    return near[-1] if near else None


def _elides(clause: Clause, party: Party, verb: Span) -> bool:
    """True for who stands right before a sum, but for the word that stands before the first sum too (تحصل … *على* 5
    ملايين وتشاد *على* 3), or comes next behind ``verb``.
    """
    between = clause.gap(party.end, clause.money.start)
    own = owns_sum(clause, party.end, clause.money.start)
    first = clause.gap(verb.end, clause.sentence.of("money")[0].start).split()[-1:]
    plain = own or between.split() == first
    plain = plain and not party.has("governed") and (between[:1] == " " or not clause.found.pack.spaces)
    plain = plain and not set(between) & set("(:")
    return plain or (own and comes_next(clause, verb.end, party.start))


_BEHIND = "behind"


def _received(clause: Clause) -> Sequence[Span]:
    """What the pack's rules read before this sum of somebody who gets another one, as a verb of receiving; its value
    tells whether its subject stands ``behind`` its sum: 3 млн получит Чад, 2 млн - *Мали*.
    """
    found, sentence = clause.found, clause.sentence
    if found.pack.names.get("verb_last"):
        return ()
    gives = min((s.start for s in sentence.of(*GIVING) if s.end <= clause.start), default=clause.start)
    told: list[Span] = []
    for match in read(sentence.frame, found.pack.code, "aid"):
        taker, money = match.one("recipient"), match.one("money")
        if (
            taker is None
            or money is None
            or match.one("donor")
            or not money.start < clause.start
            or taker.start > gives
        ):
            continue
        first, second = sorted((taker, money), key=lambda s: s.start)
        told.append(Span(first.end, second.start, "receive", "" if first is taker else _BEHIND))
    return told


def _gives_each(clause: Clause, verb: Span) -> bool:
    """True where whoever gets the first sum stands between its verb and it, so that a name before a later sum tells
    who gets that: "gives *Chad* 5 million and *Mali* 3 million".
    """
    first = next((m.start for m in clause.sentence.of("money") if m.start > verb.end), verb.end)
    words = ("", *clause.listed("articles"))
    named = [p for p in parties_named(clause.found, clause.sentence) if p.name]
    gives = any(p.end <= verb.start and not p.has("to", "in", "of", "by") for p in named)
    told = (p for p in named if verb.end < p.start < first)
    return (
        verb.kind in GIVING
        and gives
        and any(
            p.span.kind == "place" and owns_sum(clause, p.end, first) and clause.gap(verb.end, p.start).strip() in words
            for p in told
        )
    )


def comes_next(clause: Clause, start: int, end: int) -> bool:
    """True where words between two offsets tell that others follow: "Mali, *followed by* Chad and"."""
    between = clause.gap(start, end)
    return any(word in between for word in clause.listed("followed"))


def owns_sum(clause: Clause, start: int, end: int) -> bool:
    """True where only a blank, a bracket, a colon, or "with", also with a qualifier or words between dashes, parts a
    name and a sum.
    """
    between = unqualified(_ASIDE.sub(" ", clause.gap(start, end)).strip(" (:-"), clause.found.pack.code)
    return between in ("", *clause.listed("together"))


def _opening(clause: Clause, giver: Party | None) -> Party | None:
    """The country with which a sentence opens, before giver and verb: "In *Nepal*, the bank approved 3 million"."""
    told = [p for p in clause.before if p.has("country") and p.has("in", "to") and not p.has("there")]
    if giver is None or not (clause.first and told) or any(v.start < told[0].end for v in clause.verbs):
        return None
    comma = clause.gap(told[0].end, told[0].end + 1) == "," and "," not in clause.gap(clause.start, told[0].start)
    return told[0] if comma and giver.start > told[0].end and giver.name != told[0].name else None


def _for_use_in(clause: Clause, giver: Party | None) -> Party | None:
    """The one country where given money is used: "260 million kroner for schools in *Mozambique*"."""
    there = [p for p in clause.after if _is_there(p)]
    end = clause.money.end
    if not there and clause.verbs:  # "strengthens schools *in Nepal* with 4 million"
        opens = clause.verbs[-1].end
        before = [p for p in clause.before if _is_there(p) and p.start > opens]
        near = bool(before) and clause.money.start - before[0].end <= NEAR
        return before[0] if len(before) == 1 and near and before[0].name != (giver and giver.name) else None
    if len(there) != 1 or there[0].start - end > ASIDE:
        return None
    if giver is not None and there[0].span.value.known == giver.span.value.known:
        return None
    # behind a sum that is the object of no verb a comma parts it from what is done with it
    others = [p for p in clause.after if p.name and not p.same(giver) and p.start < there[0].start]
    used = clause.first and not clause.verbs and giver is not None and not others
    broken = re.search(r"[;:(]" if used else r"[,;:(]", clause.gap(end, there[0].start))
    between = clause.sentence.of(
        "say", "hold", "host", "event", "post", "pledge", "receive", *(() if used else ("give", "benefit"))
    )
    return None if broken or any(end <= s.start < there[0].start for s in between) else there[0]


def _is_there(party: Party) -> bool:
    return party.has("country") and party.has("in") and not party.has("there")


def _name(party: Party) -> str:
    return (party.name.known or party.name.text) if party.name else ""


def needed(clause: Clause) -> bool:
    """True for a sum of which somebody announces that it needs it: "Mali announced that it *needs* 5 million"."""
    if clause.found.pack.names.get("verb_last"):
        words = clause.behind(*GIVING, "ask")
        told = [s.kind for s in words[:2]] == ["ask", "pledge"] and words[1].start - words[0].end <= OPENING
        return told and not clause.behind("give")
    asks, verbs = clause.ahead("ask"), clause.verbs
    if not asks or not verbs or verbs[-1].kind != "pledge" or verbs[-1].end > asks[-1].start:
        return False
    return not unqualified(clause.gap(asks[-1].end, clause.money.start).strip(), clause.found.pack.code)


def asker(clause: Clause) -> Party | None:
    """Who asks for a sum, or needs it: the nearest free party before the verb, or whose president or minister asks."""
    last = clause.found.pack.names.get("verb_last")
    verbs = clause.behind("ask") if last else clause.ahead("ask")
    if not verbs:
        return None
    if last:
        return next(
            (p for p in reversed(clause.before) if p.name and p.has("subject") and p.span.kind != "anyone"), None
        )
    subjects = [p for p in clause.before if p.name and p.end <= verbs[0].start and not p.has("to", "in", "of", "by")]
    nations = [s for s in clause.ahead("nation") if s.end <= verbs[0].start and _has_post(clause, s)]
    posts = [s for s in clause.ahead("post", "name") if 0 < verbs[0].start - s.end <= NEAR]
    name = speaks_for(clause.found, clause.roles, posts[-1], clause.money.value.currency) if posts else None
    return next(
        iter(
            [
                *subjects[-1:],
                *(Party(s, s.value) for s in nations[-1:]),
                *([Party(posts[-1], name)] if name and name.kind == "place" else []),
            ]
        ),
        None,
    )


def _has_post(clause: Clause, nation: Span) -> bool:
    return any(0 <= s.start - nation.end <= 2 or 0 <= nation.start - s.end <= 2 for s in clause.sentence.of("post"))
