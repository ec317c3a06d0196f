"""Aid figures: sums of money."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.mappers.context import Context, Line, Mapper, shown
from kg.mappers.parts import entity_lines, fact_lines, period_lines, sector
from kg.model import FigureFact, Name
from kg.vocab import TRUE, decimal, decimal_text, kg, segment, text


def local(fact: FigureFact, _context: Context) -> str:
    """``figure/1140000000-usd``."""
    return f"figure/{decimal_text(fact.amount)}-{segment(fact.currency.lower())}"


def names(fact: FigureFact) -> Iterator[Name]:
    """Donors and recipients."""
    yield from fact.donors
    yield from fact.recipients


def lines(fact: FigureFact, node: NamedNode, context: Context) -> Iterator[Line]:
    """A kg:AidFigure."""
    yield from fact_lines(node, "AidFigure", context)
    yield node, kg("amount"), decimal(fact.amount)
    if fact.upper is not None:
        yield node, kg("upperAmount"), decimal(fact.upper)
    yield node, kg("currency"), text(fact.currency)
    if fact.currency_as_written:
        yield node, kg("currencyAsWritten"), text(fact.currency_as_written)
    if fact.currency_assumed:
        yield node, kg("currencyAssumed"), TRUE
    yield node, kg("qualifier"), kg(fact.qualifier)
    yield from period_lines(node, fact.period, context)
    yield from entity_lines(node, "donor", fact.donors, context)
    yield from entity_lines(node, "recipient", fact.recipients, context)
    for slug in fact.sectors:
        yield node, kg("sector"), sector(slug)
    if fact.status:
        yield node, kg("status"), kg(fact.status)
    conference = context.conference(fact.conference)
    if conference is not None:
        yield node, kg("announcedAt"), conference
    same = None if fact.alias is None else context.figures[fact.alias]
    if same is not None:
        yield node, kg("sameFigureAs"), same
    yield from shown(node, fact.evidence)


AID_FIGURE = Mapper(FigureFact, names, lines, local)
