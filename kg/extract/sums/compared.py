"""Sums that are compared with the one before, of which all else is told: "98 million, *down from* 214 million"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.sums.clauses import NEAR, unqualified
from kg.model import FigureFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span


def as_compared(
    found: Recognised, sentence: Sentence, money: Span, figure: FigureFact, told: Sequence[tuple[Span, FigureFact]]
) -> FigureFact:
    """``figure``, where the words right before its sum compare it with the one before, of which all else is told: "98
    million for schools next year, *down from* 214 million".
    """
    words = sentence.of("against")
    before = unqualified(found.folded[sentence.start : money.start].rstrip(), found.pack.code).rstrip()
    near = any(w.end == sentence.start + len(before) for w in words)
    near = near and not any(0 <= w.start - money.end <= NEAR for w in sentence.of("debt", "cost", "not_given", "other"))
    if not (told and near) or told[-1][1].status == "requested" or figure.currency != told[-1][1].currency:
        return figure
    whole = told[-1][1]
    return replace(
        figure,
        donors=figure.donors or whole.donors,
        recipients=figure.recipients or whole.recipients,
        sectors=figure.sectors or whole.sectors,
    )
