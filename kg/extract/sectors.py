"""Sectors that an article on aid or cooperation names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache

from kg.extract.quotations import spoken
from kg.extract.sums.clauses import both_words
from kg.extract.topic import AID_SECTORS, about_aid
from kg.model import ConferenceFact, CountFact, Evidence, FigureFact, Name, SectorFact
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.words.lexicon import lexicon
from kg.registry import load_registry

Ranges = Sequence[tuple[int, int]]
"""Stretches of the article."""
_SEVERAL = 4
"""Fields that an article tells at least whose quotations name others only in passing."""
_AND = 8
"""Characters of a hyphen and a word such as "and" between the halves of a field."""
_PEOPLE = frozenset({"children", "vulnerable-groups"})
"""Fields that are told by the people whom any aid may be for: another field beside them says little."""
_TRAINING = "workshop"
"""What is counted and is yet the field itself."""
_PAIR, _LIST = 2, 3
"""How many fields stand in a sentence that tells of a thing of a field, or of its people, as one of several."""
_CALLED = frozenset({"climate-change", "health", "humanitarian-aid"})
"""Fields that a body works in wherever an article names it, if its name tells them: not so UNICEF's *children*, the
*food* of the World Food Programme, or the *reconstruction* of a bank."""
_OF_WOMEN = frozenset({"agriculture", "education", "employment", "health", "private-sector", "vocational-training"})
"""Fields of which women and girls have less than others: what gives them more of one is for their equality too."""
_EQUALITY = "gender-equality"
_NEAR = 7
"""Characters of a blank, or of a preposition and an article, between a field and whose it is."""
_POINTED = re.compile(r"[,;:.()、，；。：（）·\d]")
_OF_ALL = frozenset({"GovernmentBody", "NonGovernmentalOrganization"})
"""Types of bodies that give for other fields too: a ministry of health, a charity called after relief."""
_DISASTER = "disaster-response"
"""The field of the words of ``words.hazard``."""


def sectors(
    found: Recognised,
    gatherings: Sequence[ConferenceFact],
    figures: Sequence[FigureFact] = (),
    counts: Sequence[CountFact] = (),
) -> list[SectorFact]:
    """One fact per sector, with every place that names it; none where the article is about other things.

    What the article says only in passing names no sector, but the one that a sum of ``figures`` is for.
    """
    if not gatherings and not about_aid(found):
        return []
    places: dict[str, list[Evidence]] = {}
    for sentence in found.sentences:
        for span in (s for s in named_sectors(sentence) if not _half_of_post(found, sentence, s)):
            places.setdefault(str(span.value), []).append(Evidence(span.start, span.end, "sector-label"))
    funded = {sector for figure in figures for sector in figure.sectors}
    told = _told(found, funded, [(e.start, e.end) for count in counts for e in count.evidence])
    others_told = {
        "sector-of-body": _called(found),
        "sector-of-hazard": _hazards(found),
        "sector-of-women": _of_women(found),
    }
    for rule, others in others_told.items():
        for sector, start, end in others:
            places.setdefault(sector, []).append(Evidence(start, end, rule))
            told.add(sector)
    return [
        SectorFact(sector, tuple(sorted(evidence, key=lambda e: e.start)))
        for sector, evidence in sorted(places.items())
        if sector in told
    ]


def _told(found: Recognised, funded: Set[str], passed: Ranges) -> set[str]:
    """The sectors that words of the article name, and not only in passing.

    Things and people (*schools*, *children*) name one where money, aid or another field stands beside them, or where
    several sentences tell of them, or where the article names no field else. Those that are named only in somebody's
    own words ("every repair keeps a *school* open") name none where the article itself tells of several fields, unless
    those words ask or promise.
    """
    said = spoken(found)
    told: set[str] = set()
    only_said: set[str] = set()
    faint: Counter[str] = Counter()
    for sentence in found.sentences:
        asks = bool(sentence.of("aid", "ask", "give", "pledge", "receive"))
        spans = [s for s in named_sectors(sentence) if not _half_of_post(found, sentence, s)]
        aided = bool(sentence.of("aid", "give", "pledge", "money"))
        fields = len({s.value for s in spans})
        faintly: set[str] = set()
        for span in spans:
            sector = str(span.value)
            if sector in funded:
                told.add(sector)
            elif _in_passing(sentence, span, passed):
                continue
            elif not _weak(sentence, span):
                told.add(sector)
            elif not asks and any(start <= span.start < end for start, end in said):
                only_said.add(sector)
            elif not aided and fields < (_LIST if sector in _PEOPLE else _PAIR):
                faintly.add(sector)
            else:
                told.add(sector)
        faint.update(faintly)
    told |= {sector for sector, times in faint.items() if times + (sector in only_said) > 1}
    several = len(told) >= _SEVERAL
    if not told:
        told = set(faint)
    return told if several else told | only_said


def _called(found: Recognised) -> Iterator[tuple[str, int, int]]:
    """Sectors that names of bodies tell, each with the place of the name: *OCHA*, the Green *Climate* Fund."""
    for sentence in found.sentences:
        for body in (s for s in sentence.of("body") if _type(s.value) not in _OF_ALL):
            inside = (s.value for s in sentence.of("sector") if body.start <= s.start < body.end)
            for sector in _CALLED.intersection(inside) | _fields_in_name(body.value.known, found.pack.code):
                yield sector, body.start, body.end


def _type(name: Name) -> str:
    """The class of a body, as the registry or its name tells it."""
    entry = load_registry().by_id.get(name.known)
    return entry.type if entry else name.type


@cache
def _fields_in_name(known: str, code: str) -> frozenset[str]:
    """The sectors that the name of a registered body in language ``code`` tells, of those that bodies work in."""
    entry = load_registry().by_id.get(known)
    texts = [label.text for label in entry.labels if label.lang == code] if entry else []
    named = (s.value for text in texts for s in lexicon(code).spans(text, fold(text)) if s.kind == "sector")
    return _CALLED.intersection(named)


def _hazards(found: Recognised) -> Iterator[tuple[str, int, int]]:
    """Cyclones and quakes, where several sentences tell of them: one that is told once is only the background."""
    told = [[s for s in x.of("hazard") if not _in_name(x, s)] for x in found.sentences if x.kind != "caption"]
    if sum(map(bool, told)) > 1:
        yield from ((_DISASTER, span.start, span.end) for spans in told for span in spans)


def _of_women(found: Recognised) -> Iterator[tuple[str, int, int]]:
    """Fields right beside a word for women: *girls' education*, *jobs for women*; not "women and health", nor things
    that are counted ("two schools for girls").
    """
    for sentence in found.sentences:
        counted = [s for s in sentence.of("countable") if not any(_inside(s, w) for w in sentence.of("women"))]
        for field in named_sectors(sentence) if sentence.of("women") and sentence.kind != "caption" else ():
            if field.value not in _OF_WOMEN or any(_inside(field, thing) for thing in counted):
                continue
            for women in (s for s in sentence.of("women") if not _in_name(sentence, s) and _beside(found, field, s)):
                yield _EQUALITY, min(women.start, field.start), max(women.end, field.end)


def _beside(found: Recognised, field: Span, women: Span) -> bool:
    """True for a word that is part of a field's label, or that only a preposition parts from it."""
    if field.start <= women.start and women.end <= field.end:
        return True
    first, then = sorted((women, field), key=lambda s: s.start)
    between = found.folded[first.end : then.start]
    near = first.end <= then.start and len(between) <= _NEAR and not _POINTED.search(between)
    return near and between.strip() not in both_words(found.pack)


def _in_name(sentence: Sentence, span: Span) -> bool:
    """True for a word that is part of a name of a body or a post."""
    return any(name.start <= span.start < name.end for name in sentence.of("body", "post"))


def _in_passing(sentence: Sentence, sector: Span, passed: Ranges) -> bool:
    """True for what stands under a picture, and for things that are only counted: they weigh *300 children* a
    day. Who counts refugees speaks of aid for them.
    """
    if sentence.kind == "caption":
        return True
    return _weak(sentence, sector) and any(start <= sector.start < end for start, end in passed)


def _weak(sentence: Sentence, sector: Span) -> bool:
    """True for a field told by things, people or disasters, whatever is told of them; not for those of aid's own."""
    named = [s for s in sentence.of("countable", "hazard", "thing") if s.value != _TRAINING]
    return sector.value not in AID_SECTORS and any(_inside(sector, thing) for thing in named)


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
