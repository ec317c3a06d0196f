"""A reading with no more in it than resolution looks at, so that names can be resolved without reading it whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.model import (
    Article,
    ConferenceFact,
    CountFact,
    Evidence,
    Fact,
    FigureFact,
    MentionFact,
    QuotationFact,
    Reading,
    RoleFact,
)

_NOWHERE: Final = Evidence(0, 0, "")


def slim(reading: Reading) -> Reading:
    """The names of a reading with what is said around them: ``resolve`` gives the same for it."""
    article = reading.article
    about = Article(article.id, "", (), article.language, article.published, path=article.path)
    return Reading(about, tuple(_facts(reading.facts)))


def _facts(facts: tuple[Fact, ...]) -> Iterator[Fact]:
    for fact in facts:
        match fact:
            case RoleFact():
                yield RoleFact(fact.person, fact.position, "", (), fact.body)
            case FigureFact() if fact.donors or fact.recipients:
                yield FigureFact(Decimal(0), "", (), donors=fact.donors, recipients=fact.recipients)
            case CountFact() if fact.place is not None:
                yield CountFact(0, "", (), place=fact.place)
            case ConferenceFact():
                said = tuple(replace(statement, evidence=_NOWHERE) for statement in fact.statements)
                yield replace(fact, evidence=(), statements=said)
            case QuotationFact():
                yield QuotationFact("", fact.speaker, ())
            case MentionFact():
                # How often a name stands in an article is all that counts.
                yield MentionFact(fact.name, (_NOWHERE,) * len(fact.evidence))
