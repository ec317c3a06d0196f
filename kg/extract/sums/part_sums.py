"""Sums that an article tells one by one after their total: who gives the total gives each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract.sums.told_once import ROUNDED
from kg.model import FigureFact

RETOLD = "sum-in-brackets"
"""The rule that reads a sum told again in another currency: 412,380 dollars (*10.8 billion dong*)."""
FEWEST = 2
"""Parts that a total has at least."""


def with_totals(figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, those told right after a sum that is theirs together (also one that is told rounded) given its giver
    and receiver where they name none: "Rome gives *5 million*. … *3 million* for schools … *2 million* for wells".
    """
    out = list(figures)
    for index, total in enumerate(out):
        for at in _parts(out, index) if total.donors else ():
            part = out[at]
            recipients = part.recipients or total.recipients
            out[at] = replace(part, donors=total.donors, recipients=recipients, status=part.status or total.status)
    return out


def _parts(figures: Sequence[FigureFact], index: int) -> Iterator[int]:
    """The indices of the parts of the ``index``-th figure: the sums right behind it that make it up."""
    total, left, parts = figures[index], figures[index].amount, list[int]()
    if total.upper is not None:
        return
    for at in range(index + 1, len(figures)):
        part = figures[at]
        if part.alias is not None or part.evidence[0].rule == RETOLD:
            continue
        if part.upper is not None or part.currency != total.currency or part.status == "requested":
            return
        if part.donors and {d.known or d.text for d in part.donors} != {d.known or d.text for d in total.donors}:
            return
        left -= part.amount
        parts.append(at)
        if left <= 0:
            break
    low, high = ROUNDED.get(total.qualifier, (0, 0))
    if low <= -left / total.amount <= high and len(parts) >= FEWEST:
        yield from parts
