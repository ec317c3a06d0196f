"""Names beside posts, where blanks part words and no capital shows a name: Arabic.

A name begins behind a post, or behind what says whose post it is (وزير الخارجية|الياباني|تاكيشي إيوايا), and ends
where a known word begins: one that the lexicon holds, or that the pack lists as no name (``names.not_names``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg.lang import Pack
from kg.model import Name
from kg.recognise.spans import Span

_OWNERS = frozenset({"place", "nation", "body", "acronym", "honorific"})
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_OPEN = frozenset(
    {"weak-place", "weak-body", "short-place", "name", "person", "concept", "sector", "other", "honorific"}
)
"""Kinds of spans whose words may be part of a name."""
MOST, USUAL = 4, 2
"""Words of the longest name, small ones aside, and of a name after which an unknown word stands."""
SHORT = 4
"""Letters of the shortest listed word that is known behind one letter written together with it."""


class _Words(NamedTuple):
    """How a pack tells names: its small words, those that are no names, and what may stand behind a post."""

    particles: frozenset[str]
    others: frozenset[str]
    joins: re.Pattern[str]
    proclitics: re.Pattern[str]
    article: str


@cache
def _words(pack: Pack) -> _Words:
    return _Words(
        frozenset(pack.names.get("particles", ())),
        frozenset(pack.names.get("not_names", ())),
        re.compile(pack.names.get("joins_post", " ")),
        re.compile(pack.proclitics.get("any", "(?!)")),
        next(iter(pack.contracted), ""),
    )


def beside_posts(
    text: str, folded: str, start: int, end: int, framed: Sequence[Span], spans: Sequence[Span], pack: Pack
) -> Iterator[Span]:
    """Names beside the posts and honorifics of a sentence's frame; ``spans`` are all that were met in it."""
    taken = -1
    known = {s.start: s.end for s in framed}
    held = [s for s in spans if s.kind not in _OPEN]
    for place, span in enumerate(framed):
        if span.kind not in ("post", "honorific"):
            continue
        low = max(start, taken, framed[place - 1].end if place else start)
        found = [_before(text, folded, low, span, pack)] if span.kind == "post" else []
        found.append(_behind(text, folded, end, place, framed, known, held, pack))
        for name in found:
            if name is not None and name.start >= taken:
                yield name
                taken = name.end


def _behind(
    text: str,
    folded: str,
    end: int,
    place: int,
    framed: Sequence[Span],
    known: dict[int, int],
    held: Sequence[Span],
    pack: Pack,
) -> Span | None:
    """The name behind ``framed[place]``, or behind what says whose post it is."""
    words, at = _words(pack), framed[place].end
    owners = {s.start: s for s in framed[place + 1 : place + 8] if s.kind in _OWNERS}
    for _ in range(6):
        joined = words.joins.match(folded, at, end)
        following = joined.end() if joined else at
        if following in owners:
            at = owners[following].end
            continue
        if following == at or following in known:
            break
        at = following
        if not words.joins.match(folded, at - 1, end):
            break
    if folded[at - 1 : at] != " ":
        at = at + 1 if folded[at : at + 1] == " " else end
    return _run(text, folded, at, end, framed, held, pack)


def _run(
    text: str, folded: str, at: int, end: int, framed: Sequence[Span], held: Sequence[Span], pack: Pack
) -> Span | None:
    """The name that begins at ``at``: words up to one that is known; of many unknown ones no more than is usual."""
    words = _words(pack)
    limit = min([end, *(s.start for s in framed if s.start >= at)])
    found: list[tuple[int, int]] = []
    whole, open_, position = 0, False, at
    while position < limit and (match := _WORD.match(folded, position, limit)):
        if _is_word(match, held, words):
            break
        found.append(match.span())
        small = match[0] in words.particles
        whole += not open_ and not small  # a small word and the one behind it are part of the word before
        open_ = small
        position = match.end() + 1
        if whole > MOST or folded[match.end() : match.end() + 1] != " ":
            break
    closed = position >= limit or whole <= MOST
    if open_ or not found:
        return None
    found = _ended(folded, found, words, closed=closed and whole < MOST)
    if len(found) == 1 and (folded.count(folded[slice(*found[0])]) < 2 or found[0][1] - found[0][0] < SHORT):
        return None
    return _person(text, found[0][0], found[-1][1], pack)


def _ended(folded: str, found: list[tuple[int, int]], words: _Words, *, closed: bool) -> list[tuple[int, int]]:
    """The words of a name up to a surname with the article, or, where nothing closes it, as many as is usual."""
    count = 0
    for index, (low, high) in enumerate(found):
        word = folded[low:high]
        small = word in words.particles
        joined = index > 0 and folded[slice(*found[index - 1])] in words.particles
        count += not small and not joined
        if count < USUAL or small:
            continue
        follows = index + 1 < len(found) and folded[slice(*found[index + 1])] in words.particles
        article = bool(words.article) and word.startswith(words.article)
        if not follows and (article or (not closed and count >= USUAL)):
            return found[: index + 1]
    return found


def _before(text: str, folded: str, low: int, post: Span, pack: Pack) -> Span | None:
    """The name that a comma parts from the post behind it: أنطونيو غوتيريش، |الأمين العام."""
    words = _words(pack)
    lead = re.search(r", (\w{1,4})?$", folded[max(low, post.start - 6) : post.start])
    if lead is None:
        return None
    stretch = post.start - len(lead[0])
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(folded, low, stretch):
        if found and match.start() != found[-1][1] + 1:
            found = []
        found = [] if _is_word(match, (), words) else [*found, match.span()]
    alone = found and found[-1][1] == stretch and USUAL <= len(found) <= MOST
    return _person(text, found[0][0], found[-1][1], pack) if alone else None


def _is_word(match: re.Match[str], held: Sequence[Span], words: _Words) -> bool:
    """True for a word that the lexicon holds or the pack lists, with what is written together with it."""
    if match[0] in words.particles:
        return False
    if any(match.start() <= s.start < match.end() <= s.end for s in held) or match[0] in words.others:
        return True
    for at in range(1, min(4, len(match[0]) - 1)):
        rest = match[0][at:]
        if rest in words.others and len(rest) >= min(SHORT, at + 2) and words.proclitics.fullmatch(match[0], 0, at):
            return True
    return False


def _person(text: str, start: int, end: int, pack: Pack) -> Span:
    return Span(start, end, "name", Name("person", text[start:end], pack.code))
