"""Bodies that stand inside the words of a post: the *外交部* of 外交部发言人, the *财政部* of 财政部长."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.bodies.growing import is_head
from kg.recognise.spans import Span, longest

_WORD = re.compile(r"\w+")
_OPENING = frozenset({"parliament", "committee", "council", "court", "government"})
"""Heads that words for a post may begin with."""


def in_posts(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The bodies that the posts of a sentence hide: those that begin in one, and the ministry that a minister's post
    names before its last sign, with the country right before it.
    """
    shown = [s for s in sentence.frame.spans if s.kind in ("body", "venue")]
    for post in (s for s in sentence.frame.spans if s.kind == "post"):
        held = [s for s in sentence.of("body") if _inside(s, post)]
        held += _ministries(found, sentence, post)
        held += _by_acronym(found, post)
        yield from (s for s in longest(held) if not any(s.start < b.end and b.start < s.end for b in shown))


def _inside(body: Span, post: Span) -> bool:
    """True for a body that begins in a post and does not end with it, or ends it: người phát ngôn *Bộ Ngoại giao*."""
    return post.start < body.start < post.end or (post.start == body.start and body.end != post.end)


def _by_acronym(found: Recognised, post: Span) -> Iterator[Span]:
    """The ministry that a post names by its acronym: szef *MSZ*."""
    for match in _WORD.finditer(found.article.text, post.start, post.end):
        if match[0] in found.pack.bodies.get("acronyms", ()):
            name = Name("organization", match[0], found.pack.code, acronym=match[0], type="GovernmentBody")
            yield Span(match.start(), match.end(), "body", name)


def _ministries(found: Recognised, sentence: Sentence, post: Span) -> Iterator[Span]:
    """The ministry whose name with one sign more is the post (财政部|长), and a country's body that opens the post:
    越南|国会|副主席.
    """
    if found.pack.spaces:
        return
    yield from _before_blank(found, sentence, post)
    owners = {s.end: s.start for s in sentence.of("place")}
    joiners = found.pack.bodies.get("joiners", ())
    fields = {s.start: s.end for s in sentence.of("concept") if not is_head(s)}
    joined = {end + 1 for end in fields.values() if found.folded[end : end + 1] in joiners}  # 外交|与|东非合作部长
    whole = [s.end for s in sentence.of("body") if s.start == post.start]  # 财政部|副部长
    for head in (s for s in sentence.of("concept") if is_head(s) and post.start <= s.start < s.end < post.end):
        last = head.value == "ministry" and head.end == post.end - 1 and post.start in fields
        last = last and not any(end < head.start for end in whole)
        first = head.value in _OPENING and head.start == post.start in owners
        owner = owners.get(post.start, post.start)
        if (last and owner not in joined) or first:
            name = Name("organization", found.article.text[owner : head.end], found.pack.code, type="GovernmentBody")
            yield Span(owner, head.end, "body", name)


def _before_blank(found: Recognised, sentence: Sentence, post: Span) -> Iterator[Span]:
    """The body that opens a post, parted from the rest by a blank, with the country before it: 케냐 교육부| 장관."""
    pattern = found.pack.bodies.get("in_posts")
    body = re.compile(pattern).match(found.folded, post.start, post.end) if pattern else None
    if body is not None:
        owner = next((s.start for s in sentence.of("place") if s.end == post.start - 1), post.start)
        name = Name("organization", found.article.text[owner : body.end()], found.pack.code, type="GovernmentBody")
        yield Span(owner, body.end(), "body", name)
