"""Candidates for persons' names and acronyms, between the spans of a sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.lang import Pack
from kg.recognise.people import han, names, worded
from kg.recognise.people.openings import behind_territory
from kg.recognise.people.posted import beside_posts
from kg.recognise.people.titled import behind_titles
from kg.recognise.spans import Span

SURNAME = 6
"""Letters from which on capitals behind a post are rather a surname than an acronym."""


def candidates(
    text: str, folded: str, start: int, end: int, framed: Sequence[Span], spans: Sequence[Span], pack: Pack
) -> Iterable[Span]:
    """Candidates for persons' names and acronyms between the spans of a frame; ``spans`` are all of the sentence."""
    gaps = zip([start, *(s.end for s in framed)], [*(s.start for s in framed), end], strict=True)
    capitals = [gap for gap in gaps if gap[1] - gap[0] > 1 and text[slice(*gap)] != folded[slice(*gap)]]
    if pack.spaces and not pack.capitals:
        yield from worded.beside_posts(text, folded, start, end, framed, spans, pack)
    if pack.spaces:
        titles = {s.end: s.kind for s in framed if s.kind in ("post", "honorific")}
        told = {s.end: s for s in framed if s.kind in ("post", "place")}
        for low, high in capitals:
            for span in names.latin(text, low, high, pack, sentence=(start, end)):
                yield from behind_territory(text, _as_surname(span, titles.get(span.start - 1, "")), told, pack)
        return
    for low, high in capitals:
        yield from names.acronyms(text, low, high, pack)
    if pack.names.get("parts"):
        yield from behind_titles(text, start, end, framed, spans, pack)
        return
    if pack.names.get("foreign"):
        yield from beside_posts(text, start, end, framed, pack)
        return
    for place, span in enumerate(framed):
        if span.kind == "post":
            titled = framed[place + 1 : place + 2] if names.titled(framed, place, pack) else []
            at = titled[0].end if titled else span.end
            following = itertools.islice(framed, place + 1 + len(titled), None)
            high = next((s.start for s in following if not _may_be_syllable(s, text)), end)
            after = han.after_post(text, at, end if han.dotted(text, at, end) else high, pack)
            if after:
                yield after
            elif found := han.before_post(text, *_before_post(text, framed, start, place), pack):
                yield found


def _as_surname(span: Span, title: str) -> Span:
    """A surname in capitals, which looks like an acronym, right behind an honorific or post: Ambassador *WATANABE*."""
    if (
        span.kind != "acronym"
        or not title
        or not span.value.text.isupper()
        or (title == "post" and span.end - span.start < SURNAME)
    ):
        return span
    return span._replace(kind="name", value=replace(span.value, kind="person", acronym=""))


def _may_be_syllable(span: Span, text: str) -> bool:
    """True for one character that is a number or says how exact one is, with no digits after it: 米尔济|约|耶夫."""
    single = span.end - span.start == 1 and span.kind in ("number", "qualifier") and not text[span.start].isdigit()
    return single and not text[span.end : span.end + 1].isdigit()


def _before_post(text: str, framed: Sequence[Span], start: int, place: int) -> tuple[int, int]:
    """Between what a name before the post ``framed[place]`` may stand: before the bracket that holds whose post it is,
    too.
    """
    at = first = framed[place].start
    low = framed[place - 1].end if place else start
    if place and low == at and framed[place - 1].kind in ("place", "nation", "body", "acronym"):
        first = framed[place - 1].start
    if text[first - 1 : first] not in ("(", "（"):
        return low, at
    return next((s.end for s in reversed(framed[:place]) if s.end < first), start), first - 1
