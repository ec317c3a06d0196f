"""The number that a gathering bears."""

from __future__ import annotations

import re

from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

REACH, EDITION, _WORD = 40, 90, 4
"""Characters between an ordinal and its gathering, and those where words such as *round of* come between;
letters of a word such as *since*."""


_CODED = re.compile(r" ?|[^.,;:()。、]{0,40} ?\(")
"""What may stand between a gathering and the letters of its series, with its number."""
_CAPITALS = re.compile(r"(?: \([A-Z]+\))?(?: [A-Z][\w'’]*)+ [A-Z]")
"""Capitalised words behind the name of a body, the last of them a gathering's noun or a part of it."""


def ordinal_of(found: Recognised, sentence: Sentence, span: Span) -> Span | None:
    """The ordinal of a gathering: a few words before it, or right after it where the language writes it so, also in
    the letters of its series: the climate conference (*COP29*).
    """
    codes = [c for c in sentence.of("code") if c.start >= span.start]
    coded = [c for c in codes if c.start == span.start or _CODED.fullmatch(found.folded, span.end, c.start)]
    if coded:
        return coded[0]
    days = sentence.of("date")
    ordinals = [o for o in sentence.of("ordinal") if not any(d.start <= o.start and o.end <= d.end for d in days)]
    before = [
        o
        for o in ordinals  # those of no day: أول من أمس
        if 0 <= span.start - o.end <= _reach(found, o)
        and "," not in found.folded[o.end : span.start]
        and not counts_else(found, o)
        and not _of_others(found, o, span)
        and not _since(found, o, span)
    ]
    if before and not any(
        before[-1].end <= e.start < span.start and not _in_its_name(found, sentence, e, span)
        for e in sentence.of("event", "hold", "money")
    ):
        return before[-1]
    if told := _told_behind(found, sentence, span):
        return told
    after = [o for o in ordinals if 0 <= o.start - span.end <= found.pack.names.get("ordinal_after", 0)]
    if after and not re.search(r"[,.;:]", found.folded[span.end : after[0].start]):
        return after[0]
    return None


def _told_behind(found: Recognised, sentence: Sentence, span: Span) -> Span | None:
    """The ordinal that a sentence tells of the gathering that opens it: 보고회는 2019년에 이어 *세 번째*다."""
    pattern = found.pack.names.get("ordinal_behind")
    if not pattern or any(e.start > span.end for e in sentence.of("event")):
        return None
    told = (o for o in sentence.of("ordinal") if 0 < o.start - span.end <= EDITION)
    return next((o for o in told if re.compile(pattern).match(found.folded, o.end)), None)


def _in_its_name(found: Recognised, sentence: Sentence, other: Span, event: Span) -> bool:
    """True for a word inside a body's name with which a gathering's begins: the 9th *Lake Forum* Leaders' Meeting."""
    bodies = [b for b in sentence.of("body") if b.start < other.start < b.end <= event.start]
    return any(_CAPITALS.match(found.article.text, b.end, event.end) for b in bodies)


def _of_others(found: Recognised, ordinal: Span, event: Span) -> bool:
    """True where a preposition parts an ordinal and a gathering: *andre* partnere til møtet are other partners, and no
    second meeting. Editions and rounds of it bear its number all the same.
    """
    between = found.folded[ordinal.end : event.start]
    told = found.pack.spaces and any(w in between for w in found.pack.names.get("dative", ()))
    return told and _reach(found, ordinal) == REACH


def _since(found: Recognised, ordinal: Span, event: Span) -> bool:
    """True for one that is only the first of its kind since something: "the *first* conference *since* 2011"."""
    behind = found.folded[event.end : event.end + REACH].lstrip()
    words = tuple(w for w in found.pack.names.get("not_event", ()) if len(w.strip()) >= _WORD)
    return bool(ordinal.value == 1 and found.pack.spaces and behind.startswith(words))


def _reach(found: Recognised, ordinal: Span) -> int:
    """How many characters after an ordinal its gathering may stand: more where *round of* and the like come between."""
    words = tuple(found.pack.names.get("edition", ()))
    between = found.folded[ordinal.end : ordinal.end + 20].lstrip()
    return EDITION if words and between.startswith(words) else REACH


def counts_else(found: Recognised, ordinal: Span) -> bool:
    """True for an ordinal, or a word such as *next*, whose next word makes it no gathering's: the third *time* (not 12.
    *årskonferanse*), next *week*.
    """
    following = found.folded[ordinal.end : ordinal.end + 30].lstrip()
    words = found.pack.names.get("not_ordinal", ())
    return any(following.startswith(w) and not following[len(w) : len(w) + 2].isalpha() for w in words)
