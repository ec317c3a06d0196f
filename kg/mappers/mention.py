"""Mentions: persons, organizations and places an article names."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.mappers.context import Context, Line, Mapper, shown
from kg.model import MentionFact, Name
from kg.vocab import kg


def names(fact: MentionFact) -> tuple[Name, ...]:
    """The name."""
    return (fact.name,)


def lines(fact: MentionFact, article: NamedNode, context: Context) -> Iterator[Line]:
    """``article kg:mentions entity``, and every place where the entity is named."""
    entity = context.entity(fact.name)
    yield article, kg("mentions"), entity
    yield from shown(entity, fact.evidence)


MENTION = Mapper(MentionFact, names, lines)
