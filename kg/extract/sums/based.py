"""Where somebody is based: the town or country told there gives and gets nothing ("the *Oslo*-based foundation")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg import lang
from kg.extract.sums.clauses import CASES, Party, governed_by
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_WORDS, _NAME = 48, 32
"""Characters of words such as "headquartered in the", and those within which the name of who is based there follows."""


def is_based(found: Recognised, sentence: Sentence, place: Span) -> bool:
    """True where the words beside ``place`` say that somebody is based there."""
    return _told_by(found, sentence, place) is not None


def unnamed_bodies(found: Recognised, sentence: Sentence, places: Sequence[Span]) -> Iterator[Party]:
    """Those of whom only is told where they are based ("*the Oslo-based* foundation gave"), as somebody not named."""
    bodies = sentence.of("body", "acronym")
    for place in places:
        words = _told_by(found, sentence, place) if place.kind == "place" else None
        if words is None or any(b.end <= place.start for b in bodies) or _another_acts(found, sentence, places, place):
            continue
        behind = next((b for b in bodies if place.end <= b.start <= words.end + _NAME), None)
        if words.start < place.start or behind is None:
            yield Party(Span(min(words.start, place.start), max(words.end, place.end), "anyone", None), None)


def _another_acts(found: Recognised, sentence: Sentence, places: Sequence[Span], place: Span) -> bool:
    """True where a place before ``place``, that no preposition governs, may be the subject: *Norway*, with the
    London-based group, gave.
    """
    before = (s for s in places if s.end <= place.start and s.kind == "place")
    return any(not any(governed_by(found, sentence, s.start, s.end, key) for _, key in CASES) for s in before)


def _told_by(found: Recognised, sentence: Sentence, place: Span) -> Span | None:
    """The words that say so: before ``place``, or right behind it."""
    before, behind = _patterns(found.pack.code)
    if behind and (told := behind.match(found.folded, place.end, sentence.end)):
        return Span(place.end, told.end(), "based", None)
    since = max(sentence.start, place.start - _WORDS)
    told = before.search(found.folded[since : place.start].replace("\n", " ")) if before else None
    return Span(since + told.start(), place.start, "based", None) if told else None


@cache
def _patterns(code: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    pack = lang.load(code)
    before, behind = pack.names.get("based_in"), pack.names.get("based_behind")
    edge = r"(?<!\w)" if pack.spaces else ""
    return re.compile(f"{edge}(?:{before})$") if before else None, re.compile(behind) if behind else None
