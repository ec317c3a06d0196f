"""Sectors an article names."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.mappers.context import Claim, Context, Line, Mapper
from kg.mappers.parts import sector
from kg.model import Name, SectorFact
from kg.vocab import kg


def names(_fact: SectorFact) -> tuple[Name, ...]:
    """None: a sector is a concept."""
    return ()


def lines(fact: SectorFact, article: NamedNode, _context: Context) -> Iterator[Line]:
    """One claim ``article kg:mentionsSector sector`` for each place."""
    return (Claim(article, kg("mentionsSector"), sector(fact.sector), item) for item in fact.evidence)


SECTOR_NAMED = Mapper(SectorFact, names, lines)
