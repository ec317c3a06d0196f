"""Towns and halls that no registry holds, told by the words around them: in *Gulu*, Uganda; at *Ifema*, Madrid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.datelines import is_town
from kg.model import Name
from kg.recognise import Recognised, Sentence, grouped
from kg.recognise.rules.frames import frame, read
from kg.recognise.spans import Span

_WORDS = 4
"""Words of the longest name that may be a town's."""


def with_towns(found: Recognised) -> Recognised:
    """``found`` with the towns and halls that the pack's rules ``town`` read as spans of kinds place and venue, and so
    each time the article writes their names again where something is.
    """
    # earlier rules win
    told = [dict(reversed(list(_told(found, sentence)))) for sentence in found.sentences]
    names = {_text(span): span for row in told for span in row.values() if span.kind == "place"}
    surnames = {s.value.text.rpartition(" ")[2] for sentence in found.sentences for s in _plain(sentence, " ")}
    sentences = tuple(
        _with(found, sentence, {**dict(_again(found, sentence, set(names) - surnames)), **row})
        for sentence, row in zip(found.sentences, told, strict=True)
    )
    return replace(found, sentences=sentences) if any(told) else found


def _plain(sentence: Sentence, within: str = "") -> list[Span]:
    """Capitalised words of unknown meaning in a sentence that hold ``within``."""
    return [s for s in sentence.frame.spans if s.kind == "name" and within in s.value.text]


def _text(span: Span) -> str:
    return str(span.value.text)


def _told(found: Recognised, sentence: Sentence) -> Iterator[tuple[int, Span]]:
    """Each town and hall told in a sentence, by its offset; a hall is one where the rule's place is a town."""
    if not any(s.kind in ("name", "acronym") for s in sentence.frame.spans):
        return
    for match in read(sentence.frame, found.pack.code, "town"):
        in_town = any(is_town(s) for s in match.slots.get("of", ()) if s.kind == "place")
        for slot, kind, right in (("town", "place", not in_town), ("hall", "venue", in_town)):
            for span in match.slots.get(slot, ()):
                if right and len(_text(span).split()) <= _WORDS:
                    yield span.start, _named(found, span, kind)


def _named(found: Recognised, span: Span, kind: str) -> Span:
    text = _text(span)
    return Span(span.start, span.end, kind, Name("place", text.title() if text.isupper() else text, found.pack.code))


def _again(found: Recognised, sentence: Sentence, names: set[str]) -> Iterator[tuple[int, Span]]:
    """The names of towns told elsewhere that stand after a preposition of place."""
    before = tuple(found.pack.names.get("locative", ()))
    for span in _plain(sentence) if names else ():
        if _text(span) in names and f" {found.folded[sentence.start : span.start]}".endswith(before):
            yield span.start, _named(found, span, "place")


def _with(found: Recognised, sentence: Sentence, told: dict[int, Span]) -> Sentence:
    """The sentence with the spans ``told`` in place of the names that began there."""
    if not told:
        return sentence
    spans = tuple(told.get(s.start, s) if s.kind in ("name", "acronym") else s for s in sentence.spans)
    framed = [told.get(s.start, s) for s in sentence.frame.spans]
    return replace(
        sentence,
        spans=spans,
        frame=frame(found.folded, sentence.start, sentence.end, framed, found.pack.code),
        by_kind=grouped(spans),
    )
