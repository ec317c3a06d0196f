"""Where the text of an article begins: pages put bylines, captions and short lines of a summary before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import read

_ENDS = re.compile(r"[.!?。！？؟…][\"”»’')）」]*$")
_LINE = 30
"""Characters of the shortest line that tells anything; shorter ones are bylines and names of sections."""
_LEAD = 3
"""The sentences, headline included, in which an article says what it is about."""
_TOP = 4
"""The sentences, most of them lines, at the top of a page within which its headline stands."""
_HEAD = 10
"""Sentences and lines among which a dateline stands."""


def is_whole(found: Recognised, sentence: Sentence) -> bool:
    """True where a sentence of the text ends as sentences do, which captions and labels do not."""
    return (
        sentence.kind == "text" and _ENDS.search(found.article.text[sentence.start : sentence.end].rstrip()) is not None
    )


def whole_sentences(found: Recognised) -> Iterator[Sentence]:
    """The whole sentences of the text, in order."""
    return (s for s in found.sentences if is_whole(found, s))


def lines_above(found: Recognised, count: int) -> Iterator[Sentence]:
    """What stands above the first whole sentence of an article, among its first ``count`` sentences and lines."""
    return takewhile(lambda sentence: not is_whole(found, sentence), found.sentences[:count])


def lead_of(found: Recognised) -> list[Sentence]:
    """The headline and the first whole sentences of the text; pages put captions and labels between them."""
    head = head_of(found)
    return [*head, *islice(whole_sentences(found), _LEAD - min(1, len(head)))] or list(found.sentences[:_LEAD])


def head_of(found: Recognised) -> list[Sentence]:
    """The headline, and the lines of a page before its first whole sentence: its real headline may stand below the name
    of the site.
    """
    head = [s for s in found.sentences if s.kind == "headline"][:1]
    return [*head, *(s for s in lines_above(found, _TOP) if s.kind == "text")] if head else []


def opening_sentences(found: Recognised, count: int) -> list[Sentence]:
    """The first sentences of an article's text, from the first whole one or the one that a dateline opens, without
    lines that are too short to tell anything.
    """
    least = _LINE if found.pack.spaces else 0
    text = [s for s in found.sentences if s.kind == "text" and s.end - s.start >= least]
    lines = [s for s in text[:_HEAD] if any(m.start == s.start for m in read(s.frame, found.pack.code, "dateline"))]
    first = next((s.start for s in lines or whole_sentences(found) if s.end - s.start >= least), 0)
    return [s for s in text if s.start >= first][:count]


def lead_paragraph(found: Recognised) -> int:
    """The number of the paragraph in which the text begins; 1 where only the headline stands before it."""
    return max(1, next((s.paragraph for s in opening_sentences(found, 1)), 1))
