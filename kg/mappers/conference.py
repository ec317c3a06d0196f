"""Conferences: what an article says of a gathering that other articles may speak of too.

Every triple about the conference is a claim with its own quote, so that each can be traced to each article.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import NamedNode

from kg.mappers.context import Claim, Context, Line, Mapper, Shown, Term, shown
from kg.mappers.entity import description
from kg.mappers.parts import day_literal
from kg.model import ConferenceFact, MonthDay, Name, Statement
from kg.vocab import EVENTKIND, LABEL, RDF_TYPE, integer, kg, segment, text


def names(fact: ConferenceFact) -> Iterator[Name]:
    """Places, organizers and participants."""
    return (s.value for s in fact.statements if isinstance(s.value, Name))


def lines(fact: ConferenceFact, article: NamedNode, context: Context) -> Iterator[Line]:
    """A kg:Conference, its labels, and a claim for each of its statements."""
    entity = context.resolution.conference_of(context.article.id, fact.key)
    node = context.iri(entity)
    yield from description(entity, [(fact.label, context.article.language)] if fact.label else [], context)
    yield article, kg("reports" if fact.time == "reported" else "mentions"), node
    if fact.event_kind:
        yield Claim(node, kg("eventKind"), NamedNode(EVENTKIND + segment(fact.event_kind)), fact.evidence[0])
    for number, statement in enumerate(fact.statements, start=1):
        if statement.property == "previousEdition":
            yield from _edition(statement, node, context)
        elif statement.property == "topic":
            yield from _session(statement, f"session/{fact.key + 1}-{number}", node, context)
        else:
            yield Claim(node, kg(statement.property), _value(statement, context), statement.evidence)
    yield from shown(node, fact.evidence)


def _value(statement: Statement, context: Context) -> Term:
    value = statement.value
    if isinstance(value, Name):
        return context.entity(value)
    if isinstance(value, (date, MonthDay)):
        return day_literal(value)
    if isinstance(value, int):
        return integer(value)
    return text(value, context.article.language)


def _edition(statement: Statement, conference: NamedNode, context: Context) -> Iterator[Line]:
    """An earlier edition, known only by its year."""
    year = int(str(statement.value))
    entity = context.resolution.edition_of(conference.value.removeprefix(context.base), year)
    node = context.iri(entity)
    yield from description(entity, [], context)
    yield Claim(conference, kg("previousEdition"), node, statement.evidence)
    yield Claim(node, kg("year"), integer(year), statement.evidence)


def _session(statement: Statement, path: str, conference: NamedNode, context: Context) -> Iterator[Line]:
    """A session that is part of a conference, known by its topic."""
    node, topic = context.below(path), text(str(statement.value), context.article.language)
    yield node, RDF_TYPE, kg("Conference")
    yield node, LABEL, topic
    yield node, kg("theme"), topic
    yield Claim(conference, kg("session"), node, statement.evidence)
    yield Shown(node, statement.evidence)


CONFERENCE = Mapper(ConferenceFact, names, lines)
