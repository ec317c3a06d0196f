"""Whom words without a name stand for: "the bank", "his country", "we", "the minister"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.registry import load_registry

BACK = 3
"""How many sentences back a speaker is looked for."""


def referent(
    found: Recognised, sentence: Sentence, span: Span, roles: Sequence[RoleFact], *, gets: bool
) -> Name | None:
    """Whom ``span``, a word of the pack's ``[again]``, stands for; None where none, or more than one, fits.

    ``gets``: the word stands for who gets something, so it is not the country whose minister speaks.
    """
    kind, stem = span.value
    if kind == "speaker":
        names = _of_speaker(found, sentence, roles)
    elif kind == "country":
        names = _country_before(found, sentence, span, gets=gets)
    else:
        names = _bodies_like(found, span.start, stem)
    distinct = {n.known or fold(n.text): n for n in names}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def _bodies_like(found: Recognised, end: int, stem: str) -> list[Name]:
    """The bodies named before ``end`` with ``stem`` in one of their names: for "the bank" a development bank."""
    spans = (s for sentence in found.sentences if sentence.start < end for s in sentence.frame.spans)
    named = [s.value for s in spans if s.kind in ("body", "acronym") and s.end <= end]
    entries = load_registry().by_id

    def called(name: Name) -> Iterator[str]:
        yield name.text
        if entry := entries.get(name.known):
            yield from (label.text for label in entry.labels if label.lang in (found.pack.code, ""))

    return [name for name in named if any(stem in fold(text) for text in called(name))]


def _country_before(found: Recognised, sentence: Sentence, span: Span, *, gets: bool) -> list[Name]:
    """The countries named in the sentence before and in this one before ``span``."""
    names = []
    for here in (*_back(found, sentence, 1), sentence):
        told = [s for s in here.of("place", "nation") if s.end <= span.start and is_land(s.value)]
        names += [s.value for s in told if not (gets and _beside(found, s, here.of("post")))]
    return names


def _of_speaker(found: Recognised, sentence: Sentence, roles: Sequence[RoleFact]) -> list[Name]:
    """The countries and bodies of those who hold a post in this sentence, or else in the nearest before."""
    for here in (sentence, *_back(found, sentence, BACK)):
        told = [r.body for r in roles if r.body and any(here.start <= e.start < here.end for e in r.evidence)]
        posts = here.of("post")
        owners = [s.value for s in here.of("nation", "place") if is_land(s.value) and _beside(found, s, posts)]
        if names := [*told, *owners]:
            return [n for n in names if n.kind == "place"] or names
        if posts:
            return []
    return []


def _beside(found: Recognised, owner: Span, posts: Sequence[Span]) -> bool:
    """True for the owner of a post: "*Danish* foreign minister", "*Ghana*'s envoy", « ministre *belge* »."""
    near = found.folded
    return any(
        (0 <= p.start - owner.end <= 3 and near[owner.end : p.start].strip() in ("", "'s"))
        or (owner.kind == "nation" and 0 <= owner.start - p.end <= 1)
        for p in posts
    )


def _back(found: Recognised, sentence: Sentence, count: int) -> list[Sentence]:
    """The sentences before ``sentence``, the nearest first."""
    at = found.sentences.index(sentence)
    return list(reversed(found.sentences[max(0, at - count) : at]))


def is_land(name: Name) -> bool:
    """True for a registered country, or a union of them."""
    entry = load_registry().by_id.get(name.known)
    return entry is not None and entry.kind == "place" and not entry.in_country


def speaks_for(found: Recognised, roles: Sequence[RoleFact], span: Span, currency: str) -> Name | None:
    """The country for which a post or person promises a sum: "*The minister* confirmed 8 million"."""
    bodies = {r.body.known: r.body for r in roles if r.body and r.body.kind == "place" and _is_speaker(r, span)}
    if not bodies:
        bodies = _at_home(found, currency, {r.position for r in roles if not r.body and _is_speaker(r, span)})
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _at_home(found: Recognised, currency: str, positions: set[str]) -> dict[str, Name]:
    """The country of a minister whose country is not told: that of the language's press, for a sum in its money."""
    home = found.pack.names.get("home", {})
    if currency != home.get("currency") or not any(p.endswith(("minister", "state-secretary")) for p in positions):
        return {}
    text, code = load_registry().by_id[home["place"]].label(found.pack.code)
    return {home["place"]: Name("place", text, code, known=home["place"])}


def _is_speaker(role: RoleFact, span: Span) -> bool:
    if span.kind == "post":
        slug = span.value.slug
        return role.position in (slug, f"foreign-{slug}", f"development-{slug}")
    return span.kind == "name" and fold(span.value.text) in fold(role.person.text)
