"""Callings, which are posts beside a person's name alone: the *teacher* Ann Moe; not: schools, teachers and books."""

from __future__ import annotations

from collections.abc import Sequence

from kg import schemes
from kg.lang import Pack
from kg.recognise.spans import Span

_REACH = 40
"""Characters between a calling and the name of who has it, over whose it is: a *nurse* at the clinic, Ann Moe."""


def without_name(framed: Sequence[Span], people: Sequence[Span]) -> list[Span]:
    """The posts in a frame that are callings and have none of the ``people`` beside them: no post of anybody."""
    callings = schemes.load().callings
    posts = [s for s in framed if s.kind == "post" and s.value.slug in callings]
    names = [s for s in (*people, *(s for s in framed if s.kind == "name")) if s.kind == "name"] if posts else []
    return [p for p in posts if not any(n.start - p.end <= _REACH and p.start - n.end <= _REACH for n in names)]


def untitled(span: Span, text: str, pack: Pack) -> bool:
    """True for an honorific before no name, where capitals show names: it is rather a post, the *bishop* of Gulu."""
    if span.kind != "honorific" or not (pack.spaces and pack.capitals):
        return False
    return not (text[span.end : span.end + 1] == " " and text[span.end + 1 : span.end + 2].isupper())
