"""Sectors that an article on aid or cooperation names."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.topic import about_aid
from kg.model import ConferenceFact, Evidence, SectorFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span


def sectors(found: Recognised, gatherings: Sequence[ConferenceFact]) -> list[SectorFact]:
    """One fact per sector, with every place that names it; none where the article is about other things."""
    if not gatherings and not about_aid(found):
        return []
    places: dict[str, list[Evidence]] = {}
    for sentence in found.sentences:
        for span in named_sectors(sentence):
            places.setdefault(str(span.value), []).append(Evidence(span.start, span.end, "sector-label"))
    return [SectorFact(sector, tuple(evidence)) for sector, evidence in sorted(places.items())]


def named_sectors(sentence: Sentence) -> list[Span]:
    """The sectors that a sentence names, but for words inside names of bodies and posts or other phrases."""
    names = sentence.of("body", "post", "notsector")
    return [s for s in sentence.of("sector") if not any(b.start <= s.start and s.end <= b.end for b in names)]
