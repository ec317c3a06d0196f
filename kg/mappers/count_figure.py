"""Count figures: numbers of things."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.mappers.context import Claim, Context, Line, Mapper, shown
from kg.mappers.parts import day_literal, entity_lines, fact_lines, period_lines
from kg.model import CountFact, Name
from kg.vocab import COUNTABLE, integer, kg, segment


def local(fact: CountFact, _context: Context) -> str:
    """``count/379-ngo``."""
    return f"count/{fact.value}-{segment(fact.counts)}"


def names(fact: CountFact) -> Iterator[Name]:
    """The place, where one is stated."""
    if fact.place is not None:
        yield fact.place


def lines(fact: CountFact, node: NamedNode, context: Context) -> Iterator[Line]:
    """A kg:CountFigure; a number of sessions is also said of its conference."""
    yield from fact_lines(node, "CountFigure", context)
    yield node, kg("value"), integer(fact.value)
    yield node, kg("counts"), NamedNode(COUNTABLE + segment(fact.counts))
    yield node, kg("qualifier"), kg(fact.qualifier)
    if fact.as_of is not None:
        yield node, kg("asOf"), day_literal(fact.as_of)
    yield from period_lines(node, fact.period, context)
    yield from entity_lines(node, "place", names(fact), context)
    conference = context.conference(fact.session_of)
    if conference is not None:
        yield Claim(conference, kg("session"), node, fact.evidence[0])
    yield from shown(node, fact.evidence)


COUNT_FIGURE = Mapper(CountFact, names, lines, local)
