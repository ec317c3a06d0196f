"""Names of persons where blanks part the words of a name, and words otherwise only where a clause ends: Thai.

A name has a title or a post right before it (นาย|มานะ ใจดี, ประธานาธิบดี|เอ็มมานูเอล มาครง), or stands between the edge of a
clause and a post (อันโตนิอู กูแตเรช| เลขาธิการ…). It has two words, and more where small words join them or a post closes
it; none of them holds a word that the lexicon or the pack knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.spans import Span

_OWNERS = frozenset({"place", "body", "acronym"})
_OPEN = frozenset({"weak-place", "weak-body", "short-place", "name", "person", "concept", "number", "numword", "month"})
"""Kinds of spans whose words may stand in a name."""
_VERBS = frozenset({"say", "post", "hold", "host", "give", "pledge", "meet", "sign", "ask", "event", "date", "receive"})
"""Kinds of spans that end a name behind a title though they are written together with it."""
_MOST = 4
"""Words of the longest name, small ones aside."""
_KNOWN = 4
"""Letters of the shortest listed word that no part of a name holds anywhere; shorter ones only do not begin it."""
_LONGEST = 24
"""Letters of the longest word of a name."""


class _Words(NamedTuple):
    """How a pack tells names: their words, small ones, what begins none, what none holds, verbs that persons go with,
    what titles are none before, what joins a post to its owner, and what names stand right behind.
    """

    part: re.Pattern[str]
    particles: frozenset[str]
    edges: tuple[str, ...]
    inside: re.Pattern[str]
    speech: re.Pattern[str]
    not_names: tuple[str, ...]
    joins: re.Pattern[str]
    before: tuple[str, ...]


@cache
def _words(code: str) -> _Words:
    names = lang.load(code).names
    after = names.get("after", ())
    return _Words(
        re.compile(names["parts"]),
        frozenset(names.get("particles", ())),
        tuple(after),
        _any(word for word in after if len(word) >= _KNOWN),
        _any(names.get("speech", ())),
        tuple(names.get("not_names", ())),
        re.compile(names.get("joins_post", "(?!)")),
        tuple(names.get("before_name", ())),
    )


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def behind_titles(
    text: str, start: int, end: int, framed: Sequence[Span], spans: Sequence[Span], pack: Pack
) -> Iterator[Span]:
    """Names beside the posts and honorifics of a sentence's frame; ``spans`` are all that were met in it."""
    taken, words = -1, _words(pack.code)
    held = [s for s in spans if s.kind not in _OPEN and s.kind != "honorific"]
    for place, span in enumerate(framed):
        if span.kind == "honorific" and not text.startswith(words.not_names, span.start):
            found = [_behind_title(text, end, place, framed, held, words)]
        elif span.kind == "post":
            found = [
                _before_post(text, max(start, taken), place, framed, held, words),
                _behind_post(text, end, place, framed, held, words),
            ]
        else:
            continue
        for name in found:
            if name is not None and name[0] >= taken:
                yield Span(*name, "name", Name("person", text[slice(*name)], pack.code))
                taken = name[1]


def _behind_title(
    text: str, end: int, place: int, framed: Sequence[Span], held: Sequence[Span], words: _Words
) -> tuple[int, int] | None:
    """The name behind the honorific ``framed[place]``, with or without a blank between; no other follows it."""
    title = framed[place]
    own = title.start == 0 or not _letter(text[title.start - 1], words)
    own = own or text.endswith(words.before, 0, title.start)
    if not own and not any(s.end == title.start for s in (*framed, *held)):
        return None  # เจ้า|นาย is no title
    following = framed[place + 1] if place + 1 < len(framed) else None
    at = title.end + (text[title.end : title.end + 1] == " ")
    if following is not None and following.kind == "honorific" and following.start in (title.end, at):
        return None
    return _run(text, at, end, framed, held, words, titled=True)


def _behind_post(
    text: str, end: int, place: int, framed: Sequence[Span], held: Sequence[Span], words: _Words
) -> tuple[int, int] | None:
    """The name right behind the post ``framed[place]``, or behind what says whose it is and a blank."""
    at = framed[place].end
    for _ in range(3):
        joined = words.joins.match(text, at)
        begins = joined.end() if joined else at
        owner = next((s for s in framed[place + 1 : place + 6] if s.kind in _OWNERS and s.start in (at, begins)), None)
        if owner is None:
            break
        at = owner.end
    if at > framed[place].end and text[at : at + 1] != " ":
        return None
    if any(s.kind == "honorific" and s.start - at in (0, 1) for s in framed[place + 1 : place + 6]):
        return None  # นายกรัฐมนตรี น.ส.|มาลี ใจดี: the title has the name
    return _run(text, at + (text[at : at + 1] == " "), end, framed, held, words)


def _before_post(
    text: str, low: int, place: int, framed: Sequence[Span], held: Sequence[Span], words: _Words
) -> tuple[int, int] | None:
    """The two words of a name between the edge of a clause, or a word that names stand behind, and a blank before the
    post ``framed[place]``.
    """
    post = framed[place]
    if text[post.start - 1 : post.start] != " ":
        return None
    low = max([low, *(s.end for s in framed[:place])])
    parts = text[low : post.start - 1].split(" ")
    if len(parts) < 2:
        return None
    first = next((parts[-2][len(w) :] for w in words.before if parts[-2].startswith(w)), parts[-2])
    name = (post.start - 2 - len(parts[-1]) - len(first), post.start - 1)
    clean = all(
        words.part.fullmatch(word) and _clean(text, at, at + len(word), held, words)
        for word, at in ((first, name[0]), (parts[-1], name[1] - len(parts[-1])))
    )
    return name if clean else None


def _run(
    text: str,
    at: int,
    end: int,
    framed: Sequence[Span],
    held: Sequence[Span],
    words: _Words,
    *,
    titled: bool = False,
) -> tuple[int, int] | None:
    """The name that begins at ``at``: two words, the last of which may have others written behind it; of three and four
    only where a small word joins them, or where something known follows.
    """
    found: list[tuple[int, int]] = []
    starts = {s.start for s in framed}
    whole, joined, position = 0, False, at
    while whole < _MOST and (match := words.part.match(text, position, end)):
        small = match[0] in words.particles
        stop = match.end() if small else _cut(text, *match.span(), held, words, titled=titled, first=not found)
        if stop - match.start() < 2 or (not whole and stop < match.end()):
            break
        found.append((match.start(), stop))
        whole += not small
        joined, position = small, match.end() + 1
        if stop < match.end() or text[match.end() : match.end() + 1] != " ":
            break
    names = [part for part in found if text[slice(*part)] not in words.particles]
    if len(names) < 2 or joined:
        return None
    second, last = found.index(names[1]), found[-1][1]
    known = last >= end or last in starts or last + 1 in starts or text[last : last + 1] in '(),"'
    if second + 1 < len(found) and not (known or text[slice(*found[second + 1])] in words.particles):
        found = found[: second + 1]
    return found[0][0], found[-1][1]


def _cut(
    text: str, start: int, end: int, held: Sequence[Span], words: _Words, *, titled: bool = False, first: bool = False
) -> int:
    """Where a word of a name ends before what is written together with it; ``start`` where it is no part of a name.

    Behind a title a name may hold words by chance: the ``first`` may begin with one, and only a verb that persons go
    with, or a post, ends it.
    """
    if end - start > 2 * _LONGEST or (text.startswith(words.edges, start) and not (titled and first)):
        return start
    begun = [s for s in held if s.start == start and (not titled or s.kind in _VERBS or s.end >= end)]
    if begun or (not titled and words.inside.search(text, start, end)):
        return start
    said = words.speech.search(text, start, end)
    ends = [s.start for s in held if start < s.start < end and (s.kind in _VERBS if titled else _tells(s))]
    return min([end, *ends, *([said.start()] if said else [])])


def _tells(span: Span) -> bool:
    """True for a listed word that is too long to be part of a name by chance."""
    return span.end - span.start >= _KNOWN


def _clean(text: str, start: int, end: int, held: Sequence[Span], words: _Words) -> bool:
    return 1 < end - start <= _LONGEST and _cut(text, start, end, held, words) == end


def _letter(char: str, words: _Words) -> bool:
    """True for a letter that names are written with."""
    return words.part.fullmatch(char + char) is not None
