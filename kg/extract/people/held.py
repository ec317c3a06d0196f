"""Whose the post is that a span beside it names."""

from __future__ import annotations

from dataclasses import replace

from kg.lang import Pack
from kg.model import Name
from kg.recognise import Sentence
from kg.recognise.spans import Span


def common(sentence: Sentence, span: Span, pack: Pack) -> bool:
    """True for a noun that names no body of its own, where all nouns have capitals: die Leiterin des *Vereins*."""
    plain = pack.bodies.get("plain", True)
    return not plain and span.kind == "name" and any(s[:2] == span[:2] for s in sentence.of("concept", "countable"))


def body_of(span: Span) -> Name:
    """The name in a span as a body's, where it looks like a person's."""
    name: Name = span.value
    return replace(name, kind="organization") if name.kind == "person" else name


_OF_NO_STATE = frozenset({"director", "manager", "author"})
"""Posts that no state has."""


_UNIONS = {"place/europe": "organization/european-union"}
_OF_UNIONS = frozenset({"commissioner", "high-representative"})
"""Posts that a union of states has, and no continent."""


def _union(slug: str, place: Name) -> Name | None:
    """The union whose post is told by the adjective of its continent: the *European* commissioner."""
    known = _UNIONS.get(place.known) if slug in _OF_UNIONS else None
    return replace(place, kind="organization", known=known) if known else None


def held_in(slug: str, span: Span) -> Name | None:
    """Whose post it is. A capitalised name that no list holds is a body's; a place's, where its holder governs one; and
    no more than a field, where a minister or commissioner holds it: *viceministro de* Recursos Hídricos. A nationality
    says where a director comes from: the *French* director.
    """
    if span.kind == "nation" and slug in _OF_NO_STATE:
        return None
    if span.kind != "name":
        return _union(slug, span.value) or body_of(span)
    if "minister" in slug or slug in ("state-secretary", "commissioner"):
        return None
    return replace(span.value, kind="place") if slug in ("governor", "mayor") else body_of(span)
