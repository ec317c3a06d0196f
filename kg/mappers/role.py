"""Roles: a person's post as the article states it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.mappers.context import Context, Line, Mapper, shown
from kg.mappers.parts import fact_lines
from kg.model import Name, RoleFact
from kg.vocab import POSITION, day, kg, segment, text


def local(fact: RoleFact, context: Context) -> str:
    """``role/bui-thanh-son-deputy-prime-minister``, with the body where one is stated."""
    parts = [context.slug(fact.person), segment(fact.position)]
    if fact.body is not None:
        parts.append(context.slug(fact.body))
    return f"role/{'-'.join(parts)}"


def names(fact: RoleFact) -> Iterator[Name]:
    """The person and the body."""
    yield fact.person
    if fact.body is not None:
        yield fact.body


def lines(fact: RoleFact, node: NamedNode, context: Context) -> Iterator[Line]:
    """A kg:Role."""
    yield from fact_lines(node, "Role", context)
    yield node, kg("heldBy"), context.entity(fact.person)
    yield node, kg("position"), NamedNode(POSITION + segment(fact.position))
    if fact.body is not None:
        yield node, kg("roleIn"), context.entity(fact.body)
    if fact.title:
        yield node, kg("title"), text(fact.title, context.article.language)
    if fact.observed is not None:
        yield node, kg("observedOn"), day(fact.observed)
    yield from shown(node, fact.evidence)


ROLE = Mapper(RoleFact, names, lines, local)
