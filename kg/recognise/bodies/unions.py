"""Unions told by the adjective of their continent beside a post that only they have: the *European* commissioner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Name
from kg.recognise.spans import Span

_UNIONS = {"place/europe": "organization/european-union"}
_POSTS = frozenset({"commissioner", "high-representative"})
"""Posts that a union has, and no continent."""


def unions(named: Sequence[Span], grown: Sequence[Span]) -> list[Span]:
    """``named`` with such adjectives right beside a post as bodies; ``grown`` has the posts of the sentence."""
    posts = [s for s in grown if s.kind == "post" and s.value.slug in _POSTS]
    return [_beside(s, posts) if s.kind == "nation" else s for s in named] if posts else list(named)


def _beside(nation: Span, posts: Sequence[Span]) -> Span:
    union = next((u for p in posts if (u := union_of(p.value.slug, nation.value))), None)
    inside = any(p.start < nation.start and nation.end < p.end for p in posts)
    beside = any(nation.start <= p.end + 1 and p.start <= nation.end + 1 for p in posts)
    return nation._replace(kind="body", value=union) if union and beside and not inside else nation


def union_of(slug: str, name: Name) -> Name | None:
    """The union that has the post ``slug``, of the continent ``name``; None for other posts and places."""
    known = _UNIONS.get(name.known) if slug in _POSTS else None
    return replace(name, kind="organization", known=known) if known else None
