"""Pieces that more than one class of fact is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.mappers.context import Context, Triple
from kg.model import MonthDay, Name, Period
from kg.vocab import RDF_TYPE, SECTOR, day, kg, month_day, segment, text


def fact_lines(node: NamedNode, cls: str, context: Context) -> Iterator[Triple]:
    """The class of a fact and the article it is stated in."""
    yield node, RDF_TYPE, kg(cls)
    yield node, kg("statedIn"), context.node


def period_lines(node: NamedNode, period: Period | None, context: Context) -> Iterator[Triple]:
    """First and last day of a period, where it is not open, and how the article wrote it."""
    if period is None:
        return
    if period.start is not None:
        yield node, kg("periodStart"), day(period.start)
    if period.end is not None:
        yield node, kg("periodEnd"), day(period.end)
    if period.label:
        yield node, kg("periodLabel"), text(period.label, context.article.language)


def entity_lines(node: NamedNode, predicate: str, names: Iterable[Name], context: Context) -> Iterator[Triple]:
    """``node`` in the relation ``predicate`` to each of the named entities."""
    return ((node, kg(predicate), context.entity(name)) for name in names)


def sector(slug: str) -> NamedNode:
    """The concept of a sector."""
    return NamedNode(SECTOR + segment(slug))


def day_literal(value: date | MonthDay) -> Literal:
    """A date, or a day of a month where the article states no year."""
    return month_day(value) if isinstance(value, MonthDay) else day(value)
