"""Quotations: words between quotation marks and who said them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.mappers.context import Context, Line, Mapper, shown
from kg.mappers.parts import fact_lines
from kg.model import Name, QuotationFact
from kg.vocab import kg, text


def local(fact: QuotationFact, context: Context) -> str:
    """``quotation/bui-thanh-son``."""
    return f"quotation/{context.slug(fact.speaker)}"


def names(fact: QuotationFact) -> tuple[Name, ...]:
    """The speaker."""
    return (fact.speaker,)


def lines(fact: QuotationFact, node: NamedNode, context: Context) -> Iterator[Line]:
    """A kg:Quotation."""
    yield from fact_lines(node, "Quotation", context)
    yield node, kg("quotedText"), text(fact.text, context.article.language)
    yield node, kg("speaker"), context.entity(fact.speaker)
    yield from shown(node, fact.evidence)


QUOTATION = Mapper(QuotationFact, names, lines, local)
