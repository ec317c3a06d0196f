"""Sectors that an article on aid or cooperation names."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.topic import about_aid
from kg.model import ConferenceFact, CountFact, Evidence, SectorFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_AND = 8
"""Characters of a hyphen and a word such as "and" between the halves of a field."""
_COUNTED = {"children": "child", "education": "school"}
"""Sectors whose words name things that are counted, too: 300 *children* fled, 480 *schools* get clean water."""


def sectors(found: Recognised, gatherings: Sequence[ConferenceFact], counts: Sequence[CountFact]) -> list[SectorFact]:
    """One fact per sector, with every place that names it but those where a thing of ``counts`` is counted; none where
    the article is about other things.
    """
    if not gatherings and not about_aid(found):
        return []
    places: dict[str, list[Evidence]] = {}
    for sentence in found.sentences:
        for span in (s for s in named_sectors(sentence) if not _half_of_post(found, sentence, s)):
            if _is_counted(span, counts):
                continue
            places.setdefault(str(span.value), []).append(Evidence(span.start, span.end, "sector-label"))
    return [SectorFact(sector, tuple(evidence)) for sector, evidence in sorted(places.items())]


def named_sectors(sentence: Sentence) -> list[Span]:
    """The sectors that a sentence names, but for words inside names of bodies and posts or other phrases."""
    names = sentence.of("body", "post", "notsector")
    return [s for s in sentence.of("sector") if not any(_inside(s, name) for name in names)]


def _inside(sector: Span, name: Span) -> bool:
    """True for a word that begins in a name, but for one in small letters that opens a body's: l'*hôpital* de Hué."""
    if name.kind == "body" and name.start == sector.start and name.value.text[:1].islower():
        return not name.value.text.startswith(" ", sector.end - name.start)
    return name.start <= sector.start < name.end


def _is_counted(sector: Span, counts: Sequence[CountFact]) -> bool:
    """True for a word that only says what a number counts."""
    told = (c.evidence[0] for c in counts if c.counts == _COUNTED.get(str(sector.value)))
    return any(e.start < sector.start and sector.end <= e.end for e in told)


def _half_of_post(found: Recognised, sentence: Sentence, sector: Span) -> bool:
    """True for the first half of the field of a post: *klima*- og miljøminister."""
    hyphen = found.folded.startswith("-", sector.end) or found.folded.startswith("-", sector.end - 1)
    return hyphen and any(0 < post.start - sector.end <= _AND for post in sentence.of("post"))
