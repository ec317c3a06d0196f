"""Who gives or gets a sum together with somebody: the names joined to theirs."""

from __future__ import annotations

import re

from kg.extract.cases import styled_until
from kg.extract.sums.actors import of_next
from kg.extract.sums.clauses import GIVING, NEAR, Clause, Party, both_words
from kg.extract.sums.parties import is_list


def partners(clause: Clause, giver: Party) -> list[Party]:
    """Those who give a sum together with ``giver``: the names joined to it on its left ("*A, B and* C will give")."""
    words = {w.strip(" ,") for w in both_words(clause.found.pack)} - {""}
    both = "|".join(re.escape(w.strip()) for w in both_words(clause.found.pack))
    joint = re.compile(rf",? ?(?:{both}|,) ?(?:\w{{1,3}} |\w')?")
    joined: list[Party] = []
    for one in reversed([p for p in clause.before if p.name and p.end <= giver.start]):
        right = joined[-1].start if joined else giver.start
        if not joint.fullmatch(clause.found.folded, one.end, right) or one.has("to", "in", "of", "by", "left"):
            break
        opened, _, word = clause.gap(one.end, right).strip().partition(",")
        comma = not joined and not opened and "," in clause.gap(one.end, right) and word.strip() not in words
        if comma and not _list_of_three(clause, giver):
            break  # of "under the plan, *Japan* will give" the first is no giver
        joined.append(one)
        if len(joined) == 6:
            break
    if joined and clause.listed("subject") and not is_list(clause.found, [*reversed(joined), giver]):
        return []  # 国連WFP、日本|から
    return [*joined, *_with_the_first(clause, giver), *_alongside(clause, giver)]


def _alongside(clause: Clause, giver: Party) -> list[Party]:
    """Who opens a sentence behind "together with", and only a comma or the verb parts from the giver."""
    first = next((p for p in clause.before if p.name), None)
    if first is None or first.end > giver.start or not clause.first:
        return []
    words = {w for w in clause.listed("together") if " " in w or not clause.found.pack.spaces}
    gap = clause.gap(first.end, giver.start).strip()
    comma = re.fullmatch(r",(?: ?\w{1,3}'?)?", gap) is not None  # and an article
    near = comma or (bool(clause.found.pack.names.get("verb_second")) and gap.isalpha())
    opened = clause.gap(clause.start, first.start).strip()
    return [first] if near and (opened in words or opened.rpartition(" ")[0] in words) else []


def _list_of_three(clause: Clause, giver: Party) -> bool:
    """True where ``giver`` ends a list of three or more that commas alone part, and a word behind it says that they
    give: 일본, 호주, 싱가포르|는.
    """
    left, right = 0, giver.start
    for one in reversed([p for p in clause.before if p.name and p.end <= giver.start]):
        if clause.gap(one.end, right) not in (", ", "、", ","):
            break
        left, right = left + 1, one.start
    return bool(clause.listed("subject")) and left > 1


def _with_the_first(clause: Clause, giver: Party) -> list[Party]:
    """Those joined on its right to a giver that opens their list, up to their verb, where "and" is written as "with" is
    and only the first is free ("*日本*、挪威和韩国提供").
    """
    joiners = clause.found.pack.bodies.get("joiners", ())
    verb = next((v.start for v in clause.verbs if v.start >= giver.end), None)
    if not joiners or verb is None or giver.name is None:
        return []
    last, joined = giver, list[Party]()
    for one in clause.before:
        if one.name and one.start >= last.end and clause.gap(last.end, one.start) in joiners:
            joined.append(one)
            last = one
    apart = verb - last.end > NEAR or set(clause.gap(last.end, verb)) & set(",;:")
    return [] if apart or last.end > verb else joined


def fellows(clause: Clause, party: Party) -> list[Party]:
    """Those named with ``party`` on its right, in a list that ends in "and" ("from *A*, B and C", "for *A* and B").

    None where it stands before its verb (``partners`` tells), where the list is not closed, or where a sum or verb of
    its own follows the last ("for Chad, and Germany will give …").
    """
    verb = clause.verbs[-1].end if clause.verbs else clause.sentence.end
    object_ = verb <= party.start and party.end <= clause.money.start  # "will give *Tuvalu* and Kiribati 3 million"
    if not party.has("to", "by", "in") and not object_:
        return []
    if clause.found.pack.names.get("postpositions"):
        return _listed_before(clause, party)
    found, last = clause.found, party
    listed: list[Party] = []
    joints = {w.strip(" ,、"): w for w in both_words(found.pack)}
    joint = re.compile(
        rf"(?:,? ?({'|'.join(re.escape(w) for w in joints if w)})|[,、]) ?(?:\w{{1,4}} |\w')?(?:\w{{2}} \w')?"
    )
    closed = 0
    for one in [
        p for p in (*clause.before, *clause.after) if p.start >= party.end and p.span.kind in ("place", "body")
    ]:
        match = joint.fullmatch(found.folded, last.end, one.start)
        by_another = one.has("by") and not one.has("to") and not party.has("by", "of")  # "for A, *by B* and C"
        if match is None or len(listed) == 8 or by_another:
            break
        listed.append(one)
        last = one
        closed = len(listed) if match[1] else closed
    own = min(
        (s.start for s in clause.words if s.kind in (*GIVING, "ask", "receive") and s.start >= last.end), default=0
    )
    # where there are no spaces whoever gets something stands before its verb
    acts = bool(own) and own - last.end <= NEAR and not found.pack.bodies.get("joiners")
    return listed[:closed] if closed == len(listed) and not acts and not of_next(clause, last) else []


def _listed_before(clause: Clause, party: Party) -> list[Party]:
    """Those joined to ``party`` on its left, where what governs their list stands behind the last."""
    joints, listed = both_words(clause.found.pack), [party]
    for one in reversed([p for p in (*clause.before, *clause.after) if p.end <= party.start]):
        gap = clause.gap(styled_until(clause.found, one.end), listed[0].start)
        if one.span.kind not in ("place", "body") or gap not in joints:
            break
        listed.insert(0, one)
    return listed[-9:-1] if is_list(clause.found, listed) else []
