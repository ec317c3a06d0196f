"""Sums that several give or get: to each its own, or to each the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.sums.clauses import GIVING, NEAR, Clause, both_words
from kg.model import FigureFact
from kg.recognise import Recognised
from kg.recognise.spans import Span


def for_each(clause: Clause, figure: FigureFact) -> list[FigureFact]:
    """One figure for each of several givers, or else receivers, where a word beside the sum says that each gives it."""
    both = {(s.start, s.end) for s in clause.sentence.of("respectively")} if _goes_on(clause) else set()
    beside = [s for s in clause.sentence.of("each") if _beside_sum(clause, s) and (s.start, s.end) not in both]
    if beside and len(figure.donors) > 1:
        return [replace(figure, donors=(giver,)) for giver in figure.donors]
    if beside and len(figure.recipients) > 1:
        return [replace(figure, recipients=(taker,)) for taker in figure.recipients]
    return [figure]


def _goes_on(clause: Clause) -> bool:
    """True for a sum that "and" joins to the next or to the one before: of *4천만유로*와 *2천만유로* each is one's."""
    sums = clause.sentence.of("money")
    at = sums.index(clause.money)
    return any(in_a_row(clause.found, row) for row in (sums[at : at + 2], sums[max(0, at - 1) : at + 1]))


def _beside_sum(clause: Clause, word: Span) -> bool:
    return 0 <= word.start - clause.money.end <= NEAR or 0 <= clause.money.start - word.end <= NEAR


def in_a_row(found: Recognised, sums: Sequence[Span]) -> bool:
    """True for sums that only marks and "and" part: each is the share of one of as many givers."""
    joints = {"", ",", "、", *(w.strip(" ,") for w in both_words(found.pack))}
    gaps = (found.folded[a.end : b.start].strip(" ,") for a, b in pairwise(sums))
    return len(sums) > 1 and all(gap in joints for gap in gaps)


def shared_out(clauses: Sequence[Clause], figures: list[FigureFact]) -> list[FigureFact]:
    """Each giver with its own sum, where the words say so ("A and B will give 12 and 18 million respectively")."""
    before = [
        [p.name for p in clause.before if p.name and p.name not in f.recipients]
        for clause, f in zip(clauses, figures, strict=True)
    ]
    for index, givers in enumerate(before):
        end = index + len(givers)
        given = clauses[index].ahead(*GIVING, "aid", "receive", "sign")  # not "the accord between A and B concerns"
        if clauses[index].found.pack.names.get("verb_last"):
            given = clauses[index].verbs
        if len(givers) > 1 and given and end <= len(clauses) and not any(before[index + 1 : end]):
            pairs = zip(figures[index:end], givers, strict=True)
            status = figures[index].status
            figures[index:end] = [replace(f, donors=(giver,), status=status) for f, giver in pairs]
    return figures
