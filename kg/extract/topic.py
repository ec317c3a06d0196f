"""What an article is about, so far as it decides what may be read from it."""

from __future__ import annotations

from kg.recognise import Recognised, Sentence
from kg.registry import load_registry


def aid_words(found: Recognised) -> int:
    """How many words of aid and cooperation (``aid`` of the pack) the article holds."""
    return sum(len(sentence.of("aid")) for sentence in found.sentences)


def about_aid(found: Recognised) -> bool:
    """True where the article is about aid or cooperation: it says so more than once, and more than it speaks of
    markets, matches or crime (``other`` of the pack).
    """
    other = sum(len(sentence.of("other")) for sentence in found.sentences)
    words = aid_words(found) + _givers(found)
    return words >= 2 and words > other


def _givers(found: Recognised) -> int:
    """How often the article names a body that gives or organizes aid."""
    kinds = {"InternationalOrganization", "NonGovernmentalOrganization"}
    entries = load_registry().by_id
    return sum(
        1
        for sentence in found.sentences
        for span in sentence.of("body")
        if span.value.known in entries and entries[span.value.known].type in kinds
    )


def off_topic(sentence: Sentence) -> bool:
    """True where a sentence speaks of profits, prices or transfers rather than of aid."""
    return bool(sentence.of("other")) and not sentence.of("aid")
