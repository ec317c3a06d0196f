"""What an article is about, so far as it decides what may be read from it."""

from __future__ import annotations

from kg.recognise import Recognised, Sentence


def aid_words(found: Recognised) -> int:
    """How many words of aid and cooperation (``aid`` of the pack) the article holds."""
    return sum(len(sentence.of("aid")) for sentence in found.sentences)


def about_aid(found: Recognised) -> bool:
    """True where the article is about aid or cooperation: it says so more than once, and more than it speaks of
    markets, matches or crime (``other`` of the pack)."""
    other = sum(len(sentence.of("other")) for sentence in found.sentences)
    return aid_words(found) >= 2 and aid_words(found) > other


def off_topic(sentence: Sentence) -> bool:
    """True where a sentence speaks of profits, prices or transfers rather than of aid."""
    return bool(sentence.of("other")) and not sentence.of("aid")
