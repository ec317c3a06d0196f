"""Sectors that an article on aid or cooperation names."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.quotations import spoken
from kg.extract.topic import AID_SECTORS, about_aid
from kg.model import ConferenceFact, CountFact, Evidence, FigureFact, SectorFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

Ranges = Sequence[tuple[int, int]]
"""Stretches of the article."""
_SEVERAL = 4
"""Fields that an article tells at least whose quotations name others only in passing."""
_AND = 8
"""Characters of a hyphen and a word such as "and" between the halves of a field."""


def sectors(
    found: Recognised,
    gatherings: Sequence[ConferenceFact],
    figures: Sequence[FigureFact] = (),
    counts: Sequence[CountFact] = (),
) -> list[SectorFact]:
    """One fact per sector, with every place that names it; none where the article is about other things.

    What the article says only in passing names no sector, but the one that a sum of ``figures`` is for. Things and
    people that are named only in somebody's own words ("every repair keeps a *school* open") name none where the
    article itself tells of several fields, unless those words ask or promise.
    """
    if not gatherings and not about_aid(found):
        return []
    passed = [(e.start, e.end) for count in counts for e in count.evidence]
    said = spoken(found)
    funded = {sector for figure in figures for sector in figure.sectors}
    places: dict[str, list[Evidence]] = {}
    told: set[str] = set()
    only_said: set[str] = set()
    for sentence in found.sentences:
        asks = bool(sentence.of("aid", "ask", "give", "pledge", "receive"))
        for span in (s for s in named_sectors(sentence) if not _half_of_post(found, sentence, s)):
            places.setdefault(str(span.value), []).append(Evidence(span.start, span.end, "sector-label"))
            if str(span.value) in funded:
                told.add(str(span.value))
            elif not _in_passing(sentence, span, passed):
                speech = not asks and _weak(sentence, span) and any(start <= span.start < end for start, end in said)
                (only_said if speech else told).add(str(span.value))
    if len(told) < _SEVERAL:
        told |= only_said
    return [SectorFact(sector, tuple(evidence)) for sector, evidence in sorted(places.items()) if sector in told]


def _in_passing(sentence: Sentence, sector: Span, passed: Ranges) -> bool:
    """True for what stands under a picture, and for things that are only counted: they weigh *300 children* a
    day. Who counts refugees speaks of aid for them.
    """
    if sentence.kind == "caption":
        return True
    return _weak(sentence, sector) and any(start <= sector.start < end for start, end in passed)


def _weak(sentence: Sentence, sector: Span) -> bool:
    """True for a field told by things or people that may be counted, whatever is told of them; not of aid's own."""
    return sector.value not in AID_SECTORS and any(_inside(sector, t) for t in sentence.of("countable"))


def named_sectors(sentence: Sentence) -> list[Span]:
    """The sectors that a sentence names, but for words inside names of bodies and posts or other phrases."""
    names = sentence.of("body", "post", "notsector")
    return [s for s in sentence.of("sector") if not any(_inside(s, name) for name in names)]


def _inside(sector: Span, name: Span) -> bool:
    """True for a word that begins in a name, but for one in small letters that opens a body's: l'*hôpital* de Hué."""
    if name.kind == "body" and name.start == sector.start and name.value.text[:1].islower():
        return not name.value.text.startswith(" ", sector.end - name.start)
    return name.start <= sector.start < name.end


def _half_of_post(found: Recognised, sentence: Sentence, sector: Span) -> bool:
    """True for the first half of the field of a post: *klima*- og miljøminister."""
    hyphen = found.folded.startswith("-", sector.end) or found.folded.startswith("-", sector.end - 1)
    return hyphen and any(0 < post.start - sector.end <= _AND for post in sentence.of("post"))
