"""Bodies that the words behind their names tell: *Blue Delta*, a Nairobi-based charity, …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import lang
from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.spans import Span

_UNKNOWN = frozenset({"name", "acronym"})
_LED = re.compile(r"([^\W\d_a-zà-þ][\w'’-]*(?: [^\W\d_a-zà-þ][\w'’-]*)*) $")
"""Capitalised words before a small one that joins them to a name."""


def apposed(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The names of a sentence that an apposition calls bodies; no person's, of whom a post or title is told."""
    pattern = _apposition(found.pack.code)
    names = [s for s in sentence.frame.spans if s.kind in _UNKNOWN] if pattern else []
    titled = {p.end + 1 for p in sentence.of("post", "honorific")}
    for name in names:
        match = pattern.match(found.folded, name.end, sentence.end) if pattern else None
        if match is None or name.start in titled or _holds_more(found, sentence, match):
            continue
        start = _from_first(found, sentence, name.start)
        written = found.article.text[start : name.end]
        yield Span(start, name.end, "body", Name("organization", written, found.pack.code))


def _holds_more(found: Recognised, sentence: Sentence, match: re.Match[str]) -> bool:
    """True for an apposition that tells a post, or goes over a small word behind its article: a lawyer *at* a bank."""
    start = match.start("words")
    words = [fold(word) for word in match["words"].split()]
    stops = {*found.pack.names.get("stop", ())} - {*found.pack.bodies.get("generic", ())}
    return any(w in stops for w in words) or any(start < s.end and s.start < match.end() for s in sentence.of("post"))


def _from_first(found: Recognised, sentence: Sentence, start: int) -> int:
    """Where the name begins whose last words do at ``start``: *Wells for* Winter."""
    text = found.article.text
    for link in found.pack.names.get("apposed_links", ()):
        if text.endswith(f" {link} ", sentence.start, start):
            led = _LED.search(text, sentence.start, start - len(link) - 1)
            words = led[1].split(" ") if led else []
            while words and fold(words[0]) in found.pack.names.get("stop", ()):
                words = words[1:]
            return start - len(link) - 2 - len(" ".join(words)) if words else start
    return start


@cache
def _apposition(code: str) -> re.Pattern[str] | None:
    pattern = lang.load(code).names.get("apposed")
    return re.compile(pattern) if pattern else None
