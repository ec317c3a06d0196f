"""Words such as *week* or *review mission*, which name a gathering only where it is numbered, annual, opened, next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.gatherings.ordinals import counts_else, ordinal_of
from kg.recognise import Recognised, Sentence, grouped
from kg.recognise.rules.frames import frame
from kg.recognise.spans import Span, longest_first

_NAMES = frozenset({"body", "name"})
"""What the words of such a gathering's name look like else: the 31st *Joint Review Mission*."""
_TELLS = ("hold", "host", "closes", "date", "venue", "place")
"""What says that one is held somewhere, or some day."""
_SHORT = 4
"""Letters of a word too long to be a preposition or an article."""
_REACH = 40
"""Characters between a word such as *annual* and the noun."""


def with_numbered(found: Recognised) -> Recognised:
    """``found`` with the words of the pack's ``words.numbered`` as gatherings, where an ordinal or a word such as
    *annual* or *opening of* is before them and the sentence says that something is held.
    """
    told = [list(_told(found, sentence)) for sentence in found.sentences]
    if not any(told):
        return found
    rows = (_with(found, s, spans) if spans else s for s, spans in zip(found.sentences, told, strict=True))
    return replace(found, sentences=tuple(rows))


def _told(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The nouns that name a gathering in a sentence, as spans of kind event."""
    events = sentence.of("event")
    for noun in sentence.of("numbered") if sentence.of(*_TELLS) else ():
        free = not any(e.start < noun.end and noun.start < e.end for e in events)
        named = _is_name(found, noun) and (_bears_number(found, sentence, noun) or _opened(found, noun))
        if free and (named or _is_next(found, sentence, noun)):
            yield noun._replace(kind="event", value="event")


def _is_name(found: Recognised, noun: Span) -> bool:
    """True for a noun with a capital, or of several words: in the third *week* of May nothing is held."""
    written = found.article.text[noun.start : noun.end]
    return not found.pack.capitals or " " in written or written[0].isupper()


def _bears_number(found: Recognised, sentence: Sentence, noun: Span) -> bool:
    """True for a noun with an ordinal before it, or behind a capitalised word of its name: no tuần lễ *thứ hai*."""
    ordinal = ordinal_of(found, sentence, noun)
    if ordinal is None:
        return False
    between = found.article.text[min(noun.end, ordinal.end) : max(noun.start, ordinal.start)]
    words = between.split()
    if ordinal.start < noun.start:  # not the second *Sunday of* Trade Week
        named = not any(w.islower() and len(w) < _SHORT for w in words)
    else:
        names = found.article.text[noun.start : noun.end].split()  # Komisi Bersama| ke-3
        titled = len(names) > 1 and all(word[:1].isupper() for word in names)
        named = any(c.isupper() for c in between) or (titled and not words)
    return named and not set(between) & set(",;:.()")


def _is_next(found: Recognised, sentence: Sentence, noun: Span) -> bool:
    """True where a word such as *next* stands beside a noun, and a verb of holding with a place or day close behind:
    "the *next* review will be *held* in *Lusaka*".
    """
    words = [w for w in sentence.of("later", "earlier") if 0 <= noun.start - w.end <= 1 or 0 <= w.start - noun.end <= 1]
    held = [v for v in sentence.of("hold", "host") if 0 <= v.start - noun.end <= _REACH]
    told = any(s.start >= noun.end for s in sentence.of("date", "venue", "place", "period"))
    return bool(words and held and told) and not any(counts_else(found, w) for w in words)


def _opened(found: Recognised, noun: Span) -> bool:
    """True where a phrase such as *opening of the* stands before a noun, with nothing but words of its name between."""
    before = found.folded[max(0, noun.start - _REACH) : noun.start]
    ends = [before.rfind(w) + len(w) for w in found.pack.names.get("numbered_by", ()) if w in before]
    between = found.article.text[noun.start - len(before) : noun.start][max(ends) :] if ends else ""
    plain = all(w[:1].isupper() or len(w) <= 3 for w in between.split())
    return bool(ends) and plain and not set(between) & set(",;:.()")


def _with(found: Recognised, sentence: Sentence, told: list[Span]) -> Sentence:
    """The sentence with the gatherings ``told`` in place of the bodies and names that hold or touch their nouns."""

    def stays(span: Span) -> bool:
        return span.kind not in _NAMES or not any(e.start < span.end and span.start < e.end for e in told)

    spans = longest_first([*told, *filter(stays, sentence.spans)])
    framed = longest_first([*told, *filter(stays, sentence.frame.spans)])
    return replace(
        sentence,
        spans=tuple(spans),
        frame=frame(found.folded, sentence.start, sentence.end, framed, found.pack.code),
        by_kind=grouped(spans),
    )
