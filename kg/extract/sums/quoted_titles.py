"""Titles of programmes and reports in quotation marks: who is named in one gives nothing and gets nothing."""

from __future__ import annotations

import re

from kg.recognise import Recognised, Sentence

_QUOTED = re.compile(r'"([^"\n]{8,160})"')
LONG = 4
"""Letters from which a word of a title bears a capital."""


def quoted_titles(found: Recognised, sentence: Sentence) -> list[tuple[int, int]]:
    """Where titles stand: quoted words of which all but the small ones bear capitals ("the *Dhaka* Transport Project").

    Where there are no spaces or no capitals nothing tells a title from speech.
    """
    if not found.pack.spaces:
        return []
    told = (match.span(1) for match in _QUOTED.finditer(found.folded, sentence.start, sentence.end))
    return [(start, end) for start, end in told if _capitals(found.article.text[start:end])]


def _capitals(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= LONG]
    return len(words) > 1 and all(word[0].isupper() for word in words)
