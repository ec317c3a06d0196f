"""Names in headlines that write every word with a capital: *Minister Hails* Aid To Schools names nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import Found
from kg.recognise.spans import Span

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_LONG = 4
"""Letters of the shortest word that only such a headline writes with a capital."""
_OPENING = 24
"""Characters by which a line below a headline is told to repeat it, as a caption."""


def in_headline(found: Recognised, sentence: Sentence, match: Found) -> Found | None:
    """A match without the words of its name that the text below such a headline does not have (President *Mwale*
    Thanks Japan); None where it has none of them. Other matches stay.
    """
    name = match.one("name")
    if name is None or not _capitals(found, sentence):
        return match
    if not found.article.text[sentence.start : name.start].rstrip()[-1:].isalnum():
        return match  # Minister of Health: *Ann Moe*
    below = _below(found)
    words = name.value.text.split(" ")
    size = next((i for i, word in enumerate(words) if word.strip(".") not in below), len(words))
    if size == len(words) or not below:
        return match
    if not size:
        return None
    text = " ".join(words[:size])
    short = Span(name.start, name.start + len(text), name.kind, replace(name.value, text=text))
    return replace(match, slots={**match.slots, "name": (short,)})


@lru_cache(maxsize=2)
def _below(found: Recognised) -> frozenset[str]:
    """The words of an article but for those of such lines."""
    told = (_words(found, sentence) for sentence in found.sentences if not _capitals(found, sentence))
    return frozenset(word.strip(".") for words in told for word in words)


def _words(found: Recognised, sentence: Sentence) -> list[str]:
    return _WORD.findall(found.article.text, sentence.start, sentence.end)


def _capitals(found: Recognised, sentence: Sentence) -> bool:
    """True for a headline, or a line that repeats it, all of whose longer words begin with a capital."""
    headline, text = found.article.headline or "", found.article.text
    again = bool(headline) and text.startswith(headline[:_OPENING], sentence.start)
    if not found.pack.spaces or not (sentence.kind == "headline" or again):
        return False
    long = [word for word in _words(found, sentence) if len(word) >= _LONG]
    return len(long) > 2 and all(word[0].isupper() for word in long)
