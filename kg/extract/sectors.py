"""Sectors that an article on aid or cooperation names."""

from __future__ import annotations

from kg.extract.topic import about_aid
from kg.model import Evidence, SectorFact
from kg.recognise import Recognised


def sectors(found: Recognised) -> list[SectorFact]:
    """One fact per sector, with every place that names it; none where the article is about other things."""
    if not about_aid(found):
        return []
    places: dict[str, list[Evidence]] = {}
    for sentence in found.sentences:
        bodies = sentence.of("body", "post")
        for span in sentence.of("sector"):
            if not any(b.start <= span.start and span.end <= b.end for b in bodies):
                places.setdefault(str(span.value), []).append(Evidence(span.start, span.end, "sector-label"))
    return [SectorFact(sector, tuple(evidence)) for sector, evidence in sorted(places.items())]
