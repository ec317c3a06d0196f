"""Bodies that bear the name of somebody with a title: *King Faisal Hospital*, Universitas *Jenderal* Soedirman."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lang import Pack
from kg.model import Name
from kg.recognise.bodies.given import acronym_after
from kg.recognise.bodies.growing import is_head
from kg.recognise.fold import fold
from kg.recognise.spans import Span

_HEADS = frozenset({"hospital", "institute", "school", "university"})
_POSTS = frozenset({"crown-prince", "emir", "king", "pope", "president", "prince", "princess", "queen", "sultan"})
"""Posts by which such names tell who is honoured."""
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’-]*\.?"
_MIDDLE = re.compile(rf" (?:{_CAPITAL} ){{0,2}}")
_NAME = re.compile(rf"\.? {_CAPITAL}(?: (?:(?:van|de|del|der|la|of) ){{0,2}}{_CAPITAL}){{0,3}}")
_BEFORE = re.compile(rf"\.? (?:{_CAPITAL} ){{1,4}}")
_BEHIND = re.compile(rf" of {_CAPITAL}(?: {_CAPITAL})?")
_WORD = re.compile(r" [^\W\d_]+")
_LED = re.compile(r"[^,.;:()]{1,12}")
"""What stands between a post and the body whose it is, whose holder may follow: the rector of the *Universitas*."""


def honoured(text: str, spans: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """The bodies so named among the ``spans`` of a sentence; none where the title may be that of who heads the body."""
    heads = [s for s in spans if is_head(s) and s.value in _HEADS] if pack.spaces else []
    if not heads:
        return
    posts = [s for s in spans if s.kind == "post"]
    titles = [s for s in spans if s.kind == "honorific" or (s.kind == "post" and s.value in _POSTS)]
    for head in heads:
        last = bool(pack.bodies.get("head_last")) or not pack.bodies["right"]
        named = _before(text, head, titles) if last else _behind(text, head, titles, posts, pack)
        if named:
            start, end = named
            given = acronym_after(text, end, pack)
            name = Name("organization", text[start:end], pack.code, acronym=given[1] if given else "")
            yield Span(start, given.end() if given else end, "body", name)


def _before(text: str, head: Span, titles: Sequence[Span]) -> tuple[int, int] | None:
    """Where the name begins and ends whose head stands last: *Queen* Elizabeth Central Hospital."""
    first = next(
        (
            t.start
            for t in titles
            if t.end < head.start and text[t.start].isupper() and _BEFORE.fullmatch(text, t.end, head.start)
        ),
        None,
    )
    if first is None or not text[head.start].isupper():
        return None
    more = _BEHIND.match(text, head.end) if head.value == "university" else None
    return first, more.end() if more else head.end


def _behind(text: str, head: Span, titles: Sequence[Span], posts: Sequence[Span], pack: Pack) -> tuple[int, int] | None:
    """Where the name begins and ends whose head stands first: Hospital *Doctor* Gustavo Fricke."""
    between = _MIDDLE if pack.capitals else re.compile(" ")
    title = next((t for t in titles if t.start > head.end and between.fullmatch(text, head.end, t.start)), None)
    if title is None or not (text[title.start].isupper() or not pack.capitals):
        return None
    led = any(p.end < head.start and _LED.fullmatch(text, p.end, head.start) for p in posts)
    if led and title.kind == "honorific":
        return None  # directrice de l'hôpital | *Dr* Awa Ba
    if pack.capitals:
        name = _NAME.match(text, title.end)
        return (head.start, name.end()) if name else None
    end = title.end
    while word := _WORD.match(text, end):
        small = fold(word[0].strip()) in pack.names.get("particles", ())
        follows = _WORD.match(text, word.end())
        end = word.end()
        if not small and not (follows and fold(follows[0].strip()) in pack.names.get("particles", ())):
            break
    return (head.start, end) if end > title.end else None
