"""Facts to triples: one module per class; nothing here knows how the text was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pyoxigraph import NamedNode, Quad

from kg.mappers.aid_figure import AID_FIGURE
from kg.mappers.article import article_lines, map_body
from kg.mappers.conference import CONFERENCE
from kg.mappers.context import Claim, Context, Line, Mapper, Shown, Triple
from kg.mappers.count_figure import COUNT_FIGURE
from kg.mappers.entity import entities_met, map_entities
from kg.mappers.evidence import Unproven, claim_lines, evidence_lines, numbered, proven, unproven
from kg.mappers.mention import MENTION
from kg.mappers.quotation import QUOTATION
from kg.mappers.role import ROLE
from kg.mappers.sector import SECTOR_NAMED
from kg.mappers.source import map_source
from kg.model import ConferenceFact, Fact, FigureFact, Reading
from kg.resolve.model import Resolution
from kg.vocab import BASE, article_iri, facts_graph

__all__ = ["MAPPERS", "Unproven", "map_body", "map_entities", "map_reading", "map_source", "unproven"]

#: Every mapper; a kind of fact is written because it is in this list.
MAPPERS: Final[tuple[Mapper[Any], ...]] = (
    ROLE,
    CONFERENCE,
    AID_FIGURE,
    COUNT_FIGURE,
    SECTOR_NAMED,
    QUOTATION,
    MENTION,
)
_BY_FACT: Final[Mapping[type, Mapper[Any]]] = {mapper.fact: mapper for mapper in MAPPERS}


def map_reading(reading: Reading, resolution: Resolution, *, base: str = BASE) -> list[Quad]:
    """All that an article states, as quads of its graph of facts, each once.

    A fact whose evidence does not check is not written; ``unproven(reading)`` names those.
    Raises KeyError for a name or conference that ``resolution`` does not hold.
    """
    facts, _ = proven(reading)
    context = Context(reading.article, resolution, base, NamedNode(article_iri(reading.article.id, base=base)))
    nodes = _nodes(facts, context)
    context = replace(context, figures=_figures(reading, nodes), conferences=_conferences(facts, context))
    graph = facts_graph(reading.article.id, base=base)
    shown: list[Shown] = []
    stated = dict.fromkeys(_triples(facts, nodes, context, shown))
    # most triples are evidence, and those are made once each
    return [Quad(*triple, graph) for lines in (stated, evidence_lines(shown, context)) for triple in lines]


def _triples(
    facts: Mapping[int, Fact], nodes: Mapping[int, NamedNode], context: Context, shown: list[Shown]
) -> Iterator[Triple]:
    """What facts state. Where each is ``shown`` in the text is left there for its evidence."""
    yield from article_lines(context)
    yield from entities_met((name for fact in facts.values() for name in _BY_FACT[type(fact)].names(fact)), context)
    claims: list[Claim] = []
    for index, fact in facts.items():
        lines: Iterator[Line] = _BY_FACT[type(fact)].lines(fact, nodes.get(index, context.node), context)
        for line in lines:
            if isinstance(line, Shown):
                shown.append(line)
            elif isinstance(line, Claim):
                claims.append(line)
            else:
                yield line
    yield from claim_lines(claims, context)


def _nodes(facts: Mapping[int, Fact], context: Context) -> dict[int, NamedNode]:
    """The IRI of each fact that has its own; those of one name are numbered in text order."""
    used: dict[str, int] = {}
    nodes: dict[int, NamedNode] = {}
    for index, fact in sorted(facts.items(), key=lambda item: (item[1].evidence[0].start, item[0])):
        local = _BY_FACT[type(fact)].local
        if local is not None:
            name = local(fact, context)
            used[name] = used.get(name, 0) + 1
            nodes[index] = context.below(numbered(name, used[name]))
    return nodes


def _figures(reading: Reading, nodes: Mapping[int, NamedNode]) -> tuple[NamedNode | None, ...]:
    return tuple(nodes.get(index) for index, fact in enumerate(reading.facts) if isinstance(fact, FigureFact))


def _conferences(facts: Mapping[int, Fact], context: Context) -> dict[int, NamedNode]:
    return {
        fact.key: context.iri(context.resolution.conference_of(context.article.id, fact.key))
        for fact in facts.values()
        if isinstance(fact, ConferenceFact)
    }
