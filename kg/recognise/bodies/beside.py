"""Bodies named by a head and capitalised words beside it that no list holds: Lundby *förskola*, *basisschool* De Linde.

A pack says on which side of which heads such names stand (``bodies.names_before``, ``bodies.names_behind``): where
nouns are written small, a capital before one is a name's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lang import Pack
from kg.model import Name
from kg.recognise.bodies.given import acronym_after
from kg.recognise.bodies.growing import is_head
from kg.recognise.figures import overlaps
from kg.recognise.fold import fold
from kg.recognise.spans import Span

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’&-]*"
_BEFORE = re.compile(rf"(?<![\w-])(?:{_CAPITAL} ){{1,4}}$")
_HYPHEN = re.compile(rf"(?<![\w-])(?:{_CAPITAL} ){{0,2}}[^\W\d_a-zß-öø-ÿ][\w'’&-]*-$")
_BEHIND = re.compile(rf"[ ]{_CAPITAL}(?:[ -](?:(?:van|de|der|den|la|av|af|och|og) ){{0,2}}{_CAPITAL}){{0,3}}")
_GOES_ON = re.compile(r"[\w,;)»”] $")
"""What stands before a word that opens no sentence."""
_HELD = frozenset({"post", "honorific", "event", "body", "month", "weekday", "date", "name"})
"""Kinds of spans over which no such name reaches."""


def beside(text: str, start: int, spans: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """The bodies so named among the ``spans`` of a sentence that begins at ``start``."""
    before, behind = (pack.bodies.get(key, ()) for key in ("names_before", "names_behind"))
    held = [s for s in spans if s.kind in _HELD]
    for head in (s for s in spans if is_head(s) and s.value in {*before, *behind}):
        if head.value in before and (at := _first(text, start, head, held, pack)) is not None:
            yield _body(text, at, head.end, pack)
        elif head.value in behind and (end := _last(text, head, held, pack)) is not None:
            yield _body(text, head.start, end, pack)


def _first(text: str, start: int, head: Span, held: Sequence[Span], pack: Pack) -> int | None:
    """Where the capitalised words before a head begin; None where there are none, or one alone opens the sentence."""
    match = _HYPHEN.search(text[start : head.start])
    if match is None and not pack.bodies.get("capitals"):
        match = _BEFORE.search(text[start : head.start])
    if match is None:
        return None
    at = max([start + match.start(), *(s.end + 1 for s in held if s.end <= head.start and s.kind != "body")])
    words = text[at : head.start].split(" ")
    while words and (fold(words[0]) in pack.names.get("stop", ()) or len(words[0]) == 1):
        at += len(words[0]) + 1
        words = words[1:]
    if at >= head.start or any(s.start < head.start and at < s.end for s in held):
        return None
    opens = not _GOES_ON.search(text[max(start, at - 2) : at])
    return None if opens and text[head.start].islower() and text.count(" ", at, head.start) < 2 else at


def _last(text: str, head: Span, held: Sequence[Span], pack: Pack) -> int | None:
    """Where the capitalised words behind a head end; None where there are none."""
    match = _BEHIND.match(text, head.end)
    words = match[0].split() if match else []
    opens = words[1:] if words and fold(words[0]) in pack.names.get("articles", ()) else words
    if match is None or not opens or fold(opens[0]) in pack.names.get("stop", ()):
        return None
    name = Span(match.start() + 1, match.end(), "name", None)
    return None if overlaps(name, held) else match.end()


def _body(text: str, start: int, end: int, pack: Pack) -> Span:
    given = acronym_after(text, end, pack)
    name = Name("organization", text[start:end], pack.code, acronym=given[1] if given else "")
    return Span(start, given.end() if given else end, "body", name)
