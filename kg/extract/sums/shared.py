"""Sums that several give or get: to each its own, or to each the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.cases import governs
from kg.extract.sums.clauses import GIVING, NEAR, Clause, Party, both_words
from kg.model import FigureFact
from kg.recognise import Recognised
from kg.recognise.spans import Span


def for_each(clause: Clause, figure: FigureFact) -> list[FigureFact]:
    """One figure for each of several givers, or else receivers, where a word beside the sum says that each gives it."""
    beside = [s for s in clause.sentence.of("each") if _beside_sum(clause, s) and not _shares_out(clause, s)]
    if beside and len(figure.donors) > 1:
        return [replace(figure, donors=(giver,)) for giver in figure.donors]
    if beside and len(figure.recipients) > 1:
        return [replace(figure, recipients=(taker,)) for taker in figure.recipients]
    return [figure]


def _shares_out(clause: Clause, word: Span) -> bool:
    """True for a word that means *respectively* too, before a sum that "and" joins to a further one."""
    told = any(s.start == word.start for s in clause.sentence.of("respectively"))
    joins = {w.strip() for w in both_words(clause.found.pack)} - {""}
    return told and clause.end < clause.sentence.end and clause.gap(clause.money.end, clause.end).strip() in joins


def _beside_sum(clause: Clause, word: Span) -> bool:
    before = clause.start <= word.start and 0 <= clause.money.start - word.end <= NEAR
    # "30 million to Chad, *to each* of the others 10 million" is said of the next sum
    of_next = clause.end < clause.sentence.end and 0 <= clause.end - word.end < word.start - clause.money.end
    return before or (0 <= word.start - clause.money.end <= NEAR and not of_next)


def in_a_row(found: Recognised, sums: Sequence[Span]) -> bool:
    """True for sums that only marks and "and" part: each is the share of one of as many givers."""
    joints = {"", ",", "、", *(w.strip(" ,") for w in found.pack.bodies["and"])}
    gaps = (found.folded[a.end : b.start].strip(" ,") for a, b in pairwise(sums))
    return len(sums) > 1 and all(gap in joints for gap in gaps)


def shared_out(clauses: Sequence[Clause], figures: list[FigureFact]) -> list[FigureFact]:
    """Each giver with its own sum, where the words say so ("A and B will give 12 and 18 million respectively")."""
    last = bool(clauses) and bool(clauses[0].found.pack.names.get("verb_last"))
    before = [_sharers(clause, f, last=last) for clause, f in zip(clauses, figures, strict=True)]
    for index, sharers in enumerate(before):
        end = index + len(sharers)
        if len(sharers) < 2 or end > len(clauses) or any(before[index + 1 : end]):
            continue
        # not "the accord between A and B concerns"
        told = clauses[end - 1].behind if last else clauses[index].ahead
        if told(*GIVING, "aid", "receive", "sign"):
            gets = last and all(p.has("to") for p in sharers)
            status, givers = figures[index].status, figures[index].donors
            pairs = [(f, p.name) for f, p in zip(figures[index:end], sharers, strict=True) if p.name]
            figures[index:end] = [
                replace(f, recipients=(name,), donors=givers, status=status)
                if gets
                else replace(f, donors=(name,), recipients=figures[index].recipients, status=status)
                for f, name in pairs
            ]
    return figures


def _sharers(clause: Clause, figure: FigureFact, *, last: bool) -> list[Party]:
    """Those before a sum to whom it and the next ones may be shared out; where verbs stand ``last`` those of the last
    list before it, all of whom give or all of whom get.
    """
    named = [p for p in clause.before if p.name and (last or p.name not in figure.recipients)]
    if not last or not named:
        return named
    rows = [[named[0]]]
    for party in named[1:]:
        if clause.gap(rows[-1][-1].end, party.start) in (*both_words(clause.found.pack), ", "):
            rows[-1].append(party)
        else:
            rows.append([party])
    return next((row for row in reversed(rows) if len(row) > 1 and row[-1].has("subject", "to")), [])


def each_behind(clauses: Sequence[Clause], figures: list[FigureFact]) -> list[FigureFact]:
    """Each of a list with the sum before it, which it gives or gets by the verb behind the last or the first: 500万ドル
    は|ノルウェー、400万ドルは|世界銀行|が拠出する, "5 млн даст *Норвегия*, а 4 млн - *Всемирный банк*".
    """
    rows = [_right_behind(clause) for clause in clauses]
    for index in range(len(rows) - 1):
        end = index
        while end < len(rows) and rows[end] is not None and (end == index or _parted(clauses[end], rows[end - 1])):
            end += 1
        listed = [p for p in rows[index:end] if p is not None]
        does = _does(clauses[index:end], listed) if end - index > 1 else ""
        if not does:
            continue
        names = [p.name for p in listed if p.name is not None]
        for at, name in enumerate(names, index):
            givers = tuple(d for d in figures[at].donors if d not in names)
            takers = tuple(r for r in figures[at].recipients if r not in names)
            given, got = ((name,), takers) if does == "give" else (givers, (name,))
            figures[at] = replace(figures[at], donors=given, recipients=got)
        break
    return figures


def each_from(clauses: Sequence[Clause], figures: list[FigureFact]) -> list[FigureFact]:
    """Each giver behind its own sum, told in the same way as the one before: "5 mln pochodzi z *Japonii*, a 4 mln z
    *Norwegii*", where the verb is left out.
    """
    for at in range(1, len(clauses)):
        clause, before = clauses[at], next((p for p in clauses[at - 1].after if p.name in figures[at - 1].donors), None)
        own = next((p for p in clause.after if p.name), None)
        if before is None or own is None or own.name is None or own.name in figures[at].donors:
            continue
        if clause.verbs or clause.ahead("receive", "ask") or not _alike(clauses[at - 1], before, clause, own):
            continue
        takers = tuple(r for r in figures[at].recipients if r != own.name)
        figures[at] = replace(figures[at], donors=(own.name,), recipients=takers)
    return figures


def _alike(clause: Clause, before: Party, other: Clause, own: Party) -> bool:
    """True where the same preposition stands before two names behind their sums, or the same ending behind them."""
    told = clause.gap(clause.money.end, before.start).split()
    words = other.gap(other.money.end, own.start).strip(" -").split()
    if not words:
        return before.has("by") and own.has("by")
    return len(words) == 1 and words[0].isalpha() and told[-1:] == words


_LITTLE = 4
"""Characters of the particles between a sum and who gives it, or between that and a comma."""


def _right_behind(clause: Clause) -> Party | None:
    """Who stands right behind a sum, but for particles, a dash or a verb, and is governed by nothing."""
    party = next((p for p in clause.after if p.name), None)
    marked = clause.listed("subject")  # where が may say "by" too
    if party is None or party.has("to", "in", "of", "which", "left") or (party.has("by") and not marked):
        return None
    between = clause.gap(clause.money.end, party.start)
    verb = next((v for v in clause.behind(*GIVING, "receive") if v.end <= party.start), None)
    if verb is not None:
        between = between.replace(clause.gap(verb.start, verb.end), "")
    return party if len(between.strip(" -")) <= _LITTLE and not set(between) & set(",、;:(.") else None


def _parted(clause: Clause, before: Party | None) -> bool:
    """True where little more than a comma, or "and", parts who gives the sum before from this one."""
    between = clause.gap(before.end, clause.money.start) if before else "."
    joins = {w.strip() for w in both_words(clause.found.pack)} & set(between.split())
    return len(between) <= 2 * _LITTLE and bool(set(between) & set(",、，;") or joins) and not set(between) & set(":(.")


def _does(clauses: Sequence[Clause], listed: Sequence[Party]) -> str:
    """What those ``listed`` do, each with the sum of one of ``clauses``: "give" or "get"; empty where no verb tells."""
    first, last = clauses[0], clauses[-1]
    if last.listed("subject") and not listed[-1].has("subject", "by"):
        return ""
    words = [s for c in clauses for s in c.behind(*GIVING, "receive", "ask", "benefit")]
    told = [s for s in words if first.money.end <= s.start and s.end <= listed[0].start]
    told = told or [s for s in words if 0 <= s.start - listed[-1].end <= NEAR]
    gets = {s.kind == "receive" for s in words}
    plain = bool(told) and len(gets) == 1 and not any(s.kind in ("ask", "benefit") for s in words)
    return "" if not plain else "get" if True in gets else "give"


def told_in_brackets(clauses: Sequence[Clause], figures: list[FigureFact]) -> list[FigureFact]:
    """Each receiver of a list with the sum in brackets behind it: "to *Kenya* (5 million), *Uganda* (3 million) and
    *Sudan* (2 million)". The first says that all of them get; a sum of all before the list goes to none of them alone.
    """
    rows = [_bracketed(clause) for clause in clauses]
    for index, taker in enumerate(rows):
        before = rows[index - 1] if index else None
        if taker is None or (before is not None and _goes_on(clauses[index], taker)):
            continue
        end = index + 1
        while end < len(rows) and (party := rows[end]) is not None and _goes_on(clauses[end], party):
            end += 1
        head = figures[index]
        if end - index < 2 or not (head.recipients == (taker.name,) or _governed_behind(clauses[end - 1], taker)):
            continue
        names = [party.name for party in rows[index:end] if party is not None]
        figures[index:end] = [
            replace(f, recipients=(name,), donors=tuple(d for d in head.donors if d not in names), status=head.status)
            for f, name in zip(figures[index:end], names, strict=True)
            if name is not None
        ]
        if index and figures[index - 1].recipients == head.recipients and figures[index - 1].amount > head.amount:
            figures[index - 1] = replace(figures[index - 1], recipients=())
    return figures


def _governed_behind(clause: Clause, taker: Party) -> bool:
    """True where what says who gets stands behind the list's last bracket: 케냐(500만 달러), 수단(200만 달러)|에."""
    last = clause.found.pack.names.get("postpositions")
    return bool(last) and governs(clause.found, taker.start, clause.money.end + 1, "dative")


def _bracketed(clause: Clause) -> Party | None:
    """Who stands right before the bracket that holds the sum alone."""
    party = clause.before[-1] if clause.before else None
    opened = party is not None and party.name is not None and clause.gap(party.end, clause.money.start) in ("(", " (")
    return party if opened and clause.found.folded.startswith(")", clause.money.end) else None


def _goes_on(clause: Clause, party: Party) -> bool:
    """True where only a mark or "and", and a preposition, part who stands before a sum from the bracket before."""
    joint = clause.gap(clause.start, party.start)
    bare = joint.removeprefix(")").strip(" ,;、")
    words = {w.strip(" ,、") for w in both_words(clause.found.pack)} | {w.strip() for w in clause.listed("dative")}
    return joint.startswith(")") and all(word in words for word in bare.split())


def beside_its_sum(clause: Clause, sectors: Sequence[Span]) -> Sequence[Span]:
    """Those of ``sectors`` that one of several sums is for, where verbs are last: they stand before it (교육에| 200만
    달러, …), but behind it up to the next mark where a word there joins it to them: 500万ドル|を教育に、….
    """
    found, money = clause.found, clause.money
    marks = (found.folded.find(mark, money.end, clause.end) for mark in ",、")
    until = min((at for at in marks if at >= 0), default=clause.end)
    before = [s for s in sectors if clause.start <= s.start < money.start]
    behind = [s for s in sectors if money.end <= s.start < until]
    return (behind or before) if governs(found, money.start, money.end, "genitive") else (before or behind)
