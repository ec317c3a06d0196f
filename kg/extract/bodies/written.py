"""Bodies told by the way that their names are written, or by whose post is told.

A word joined of two (*BlueDragon*, *PeaceTrees* Vietnam), a paper's name (The Lagos *Herald*), a name before the word
for what it is (the Sinar Kota *newspaper*), and a body spoken of again as the owner of a post ("*the agency's* head").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg import lang
from kg.extract.bodies.met import bodies_like
from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.words.owners import owned_from

_JOINED = re.compile(r"(?<![\w.@/'’-])[A-Z][a-z]{2,}(?:[A-Z][a-z]{2,})+(?![\w@/.-]*[@/])(?![A-Z])")
_PREFIXES = frozenset({"mac", "van", "des", "fitz", "del", "der", "the"})
"""Beginnings of surnames that have a second capital: *Mac*Donald; and the article of a page's address."""
_CAPITALS = r"(?:[A-Z][\w'’-]*[ ]){1,4}"
_OWNED = 48
"""Characters between the owner of a post and the post: "the agency's *Pacific regional* director"."""


def written(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The bodies of a sentence whose names say that they are."""
    if found.pack.capitals:
        yield from _joined(found, sentence)
        yield from _before_word(found, sentence)
        yield from _papers(found, sentence)
        yield from _with_short_name(found, sentence)
        yield from _first_words(found, sentence)
    yield from _owners(found, sentence)


def _joined(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """A word joined of two capitalised ones, and the country right behind it; not a surname behind another name."""
    text = found.article.text
    names = {s.start: s for s in sentence.frame.spans if s.kind == "name"}
    places = {s.start: s.end for s in sentence.frame.spans if s.kind == "place"}
    for match in _JOINED.finditer(text, sentence.start, sentence.end):
        first = re.split(r"(?<=[a-z])(?=[A-Z])", match[0])[0]
        span = names.get(match.start())
        known = fold(first) in _PREFIXES or match[0] in found.pack.bodies.get("not_acronyms", ())
        if span is None or known or any(p.end == span.start - 1 for p in sentence.of("post", "honorific")):
            continue
        yield _body(found, span.start, places.get(span.end + 1, span.end) if text[span.end] == " " else span.end)


def _with_short_name(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """A body of three words or more with the one word of unknown meaning in brackets behind it, by which it goes:
    National Water Resources Board (*Banyu*).
    """
    names = {s.start: s for s in sentence.frame.spans if s.kind == "name"}
    for body in (s for s in sentence.frame.spans if s.kind == "body" and not s.value.acronym):
        short = names.get(body.end + 2) if found.folded.startswith(" (", body.end) else None
        if short is None or not found.folded.startswith(")", short.end) or body.value.text.count(" ") < 2:
            continue
        if short.value.text.isalpha():
            yield Span(body.start, short.end + 1, "body", replace(body.value, acronym=short.value.text))


def _before_word(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The capitalised words right before one that says what they name: the Sinar Kota *newspaper*."""
    text = found.article.text
    for match in _after(found.pack.code).finditer(found.folded, sentence.start, sentence.end):
        name = re.search(rf"(?<!\w){_CAPITALS}$", text[sentence.start : match.start() + 1])
        if name is None:
            continue
        start, end = sentence.start + name.start(), match.start()
        opens = text[start:end].split(" ")[0]
        if fold(opens) in found.pack.names.get("stop", ()):
            start += len(opens) + 1
        if start < end and not _held(sentence, start, end) and _has_name(sentence, start, end):
            yield _body(found, start, end)


def _papers(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The name of a paper, that of a place before one of the words that end them: *Lagos Herald*, *Daily Post*."""
    text = found.article.text
    openings = found.pack.names.get("paper_opens", ())
    for match in _paper(found.pack.code).finditer(text, sentence.start, sentence.end):
        start, end = match.span("name")
        told = any(fold(word) in openings for word in text[start:end].split(" "))
        placed = any(start <= s.start < end for s in sentence.of("place", "nation"))
        if (told or placed or match["article"]) and not _held(sentence, start, end):
            yield _body(found, start, end, kind="MediaOrganization")


def _held(sentence: Sentence, start: int, end: int) -> bool:
    """True where a registered body, a post, a venue or a gathering is a part of a stretch."""
    parts = sentence.of("body", "post", "event", "venue", "date")
    return any(s.start < end and start < s.end for s in parts)


def _has_name(sentence: Sentence, start: int, end: int) -> bool:
    """True where a capitalised word of unknown meaning stands in a stretch."""
    return any(start <= s.start < end for s in sentence.of("name"))


def _owners(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """A body named before, spoken of again as the owner of a post: that of its kind, or else the only one of the
    sentence before.
    """
    posts = sentence.of("post")
    for span in sentence.of("again") if posts else ():
        if span.value[0] != "body" or owned_from(found.folded, span.end, found.pack) is None:
            continue
        if not any(0 < p.start - span.end <= _OWNED and not _parted(found, span, p) for p in posts):
            continue
        named = bodies_like(found, span.start, span.value[1]) or _before(found, sentence)
        if len(distinct := {n.known or fold(n.text): n for n in named}) == 1:
            yield Span(span.start, span.end, "body", next(iter(distinct.values())))


def _first_words(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The first word of the name of one body named before, as the owner of a post: *Harbour's* director, behind Harbour
    International.
    """
    posts = sentence.of("post")
    for span in (s for s in sentence.frame.spans if posts and s.kind == "name" and " " not in s.value.text):
        if owned_from(found.folded, span.end, found.pack) is None:
            continue
        if not any(0 < p.start - span.end <= _OWNED and not _parted(found, span, p) for p in posts):
            continue
        met = (b.value for s in found.sentences for b in s.of("body") if b.end <= span.start)
        called = {n.known or fold(n.text): n for n in met if n.text.startswith(f"{span.value.text} ")}
        if len(called) == 1:
            yield Span(span.start, span.end, "body", next(iter(called.values())))


def _parted(found: Recognised, owner: Span, post: Span) -> bool:
    return bool(set(found.folded[owner.end : post.start]) & set(",.;:()"))


def _before(found: Recognised, sentence: Sentence) -> list[Name]:
    """The bodies that the sentence before names; of a ministry or a government nobody speaks as of an agency."""
    at = found.sentences.index(sentence)
    spans = found.sentences[at - 1].of("body") if at else ()
    return [s.value for s in spans if s.value.type != "GovernmentBody"]


def _body(found: Recognised, start: int, end: int, *, kind: str = "") -> Span:
    return Span(start, end, "body", Name("organization", found.article.text[start:end], found.pack.code, type=kind))


@cache
def _after(code: str) -> re.Pattern[str]:
    """A blank and a word that says what the name before it names."""
    words = sorted(lang.load(code).names.get("called_after", ()), key=len, reverse=True)
    return re.compile(rf"[ ](?:{'|'.join(map(re.escape, words)) or '(?!)'})(?!\w)")


@cache
def _paper(code: str) -> re.Pattern[str]:
    """The name of a paper, in capitalised words or in capitals."""
    heads = [h for word in lang.load(code).names.get("papers", ()) for h in (word.title(), word.upper())]
    ends = "|".join(map(re.escape, sorted(heads, key=len, reverse=True))) or "(?!)"
    name = rf"(?P<name>(?:[A-Z][\w'’-]*[ ]){{1,3}}(?:{ends}))"
    return re.compile(rf"(?<![\w-])(?P<article>(?:The|THE)[ ])?{name}(?![\w'’-])")
