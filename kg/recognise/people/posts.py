"""Posts with their domain: "Minister of Health", « ministre de l'Éducation », 外交部长."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.recognise.bodies.growing import Neighbours, connectors, is_head, joined_unit
from kg.recognise.bodies.heads import ANY_BODY
from kg.recognise.spans import Span
from kg.recognise.words.lexicon import lexicon


class Post(NamedTuple):
    """A post: slug of the position scheme and the bag of concepts of its domain ("Minister of *Health*")."""

    slug: str
    domain: frozenset[str] = frozenset()


def posts(near: Neighbours, spans: Sequence[Span]) -> list[Span]:
    """Posts with the domain that stands before or after them; values are ``Post``."""
    pack = near.pack
    fields = {s.start: s for s in sorted(spans, key=lambda s: s.end) if s.kind == "sector"} if pack.spaces else {}
    found = []
    for met in spans:
        if met.kind != "post":
            continue
        span = _around_nation(near, met) or met
        start, end, units = span.start, span.end, list[Span]()
        inner = [s for s in near.ending.get(end, ()) if s.kind == "concept" and s.start > start and not is_head(s)]
        inner = [s for s in inner if s.value not in ANY_BODY]  # the "general" of a director general is no field
        if over := _over_end(near, span, fields):  # "deputy minister of *water* resources"
            inner, end = [*(inner if over.kind == "sector" else ()), over], over.end
        if span.value in _TAKES_DOMAIN or inner:
            if pack.bodies.get("domain_right", True):
                reach, units = _domain_right(near, end if inner else _past_adjectives(near, end), inner, fields)
                end = reach if units else end
            if pack.bodies.get("domain_left", True) and not units:
                start, units = _domain_left(near, start)
        domain = frozenset(str(u.value) for u in units if u.kind == "concept")
        found.append(Span(start, end, "post", Post(refine(span.value, domain), domain)))
    return found


def _around_nation(near: Neighbours, span: Span) -> Span | None:
    """The longer post of which ``span`` is the first part, with a nationality before its last words, as languages with
    cases have it: *szef* polskiego *rządu*, *глава* британского *правительства*.
    """
    known = lexicon(near.pack.code)
    for nation in near.starting.get(span.end + 1, ()) if near.pack.declension else ():
        rest = _REST.match(near.folded, nation.end) if nation.kind == "nation" else None
        for size in range(len(rest[0].split(" ")) - 1 if rest else 0, 0, -1):
            words = " ".join(rest[0].split(" ")[: size + 1]) if rest else ""
            label = near.folded[span.start : span.end] + words
            row = known.rows[known.labels[label]].entries if label in known.labels else ()
            if value := next((e.value for e in row if e.kind == "post" and e.value), None):
                return Span(span.start, nation.end + len(words), "post", value)
    return None


_REST = re.compile(r"(?: [^\W\d_]+){1,3}")
"""The words behind a nationality that may belong to the post before it."""


def _over_end(near: Neighbours, post: Span, fields: Mapping[int, Span]) -> Span | None:
    """The field of a post that goes on where the post's label ends."""
    inside = range(post.start + 1, post.end)
    over = (s for at in inside for s in near.starting.get(at, ()) if s.end > post.end)
    concept = next((s for s in over if s.kind == "concept" and not is_head(s)), None)
    return concept or next((fields[at] for at in inside if at in fields and fields[at].end > post.end), None)


_TAKES_DOMAIN = frozenset({"minister", "deputy-minister", "assistant-minister", "state-secretary", "commissioner"})
_DEVELOPMENT = frozenset({"development", "cooperation", "international", "aid", "humanitarian", "trade"})


def refine(slug: str, domain: frozenset[str]) -> str:
    """The narrower position that a domain makes of ``slug``: a minister of foreign affairs is a foreign-minister."""
    if "foreign-affairs" in domain:
        return {"minister": "foreign-minister", "deputy-minister": "deputy-foreign-minister"}.get(slug, slug)
    if slug == "minister" and domain <= _DEVELOPMENT and domain & {"development", "aid"}:
        return "development-minister"
    if slug == "deputy-prime-minister" and "university" in domain:
        return "head"  # the vice-chancellor of a university leads it, that of a state is its chancellor's deputy
    return slug


def _past_adjectives(near: Neighbours, end: int) -> int:
    """Past a nationality, and words of the pack such as "federal", that stand between a post and its domain."""
    words = tuple(f" {word}" for word in near.pack.bodies.get("post_words", ()))
    for _ in range(2):
        nations = [s.end for s in near.starting.get(end + 1, ()) if s.kind == "nation"]
        word = next(
            (w for w in words if near.folded.startswith(w, end) and not near.folded[end + len(w) :][:1].isalpha()), ""
        )
        end = max(nations) if nations else end + len(word)
    return end


def _domain_right(
    near: Neighbours, end: int, inner: Sequence[Span], fields: Mapping[int, Span]
) -> tuple[int, list[Span]]:
    """How far a post's domain reaches; ``inner`` is the part of it that its label holds already, ``fields`` are sectors
    by where they begin, which may be longer than a concept: Minister for *Medical Services*.
    """
    connect, both = connectors(near.pack.code)
    units: list[Span] = list(inner)
    at = end
    while len(units) < 8:
        match = (both.match(near.folded, at) if units else None) or connect.match(near.folded, at)
        if match is None or (match.end() == at and near.pack.spaces):
            break
        begin = at if not near.pack.spaces and near.starting.get(at) else match.end()
        found = [s for s in near.starting.get(begin, ()) if s.kind == "concept" and not is_head(s)]
        field = fields.get(begin)
        if begin in near.stops or not (found or field):
            break
        unit = max([*found, field] if field else found, key=lambda s: s.end)
        if any(s.kind == "place" and s.end > unit.end for s in near.starting.get(unit.start, ())):
            break  # "Minister of Health of the *Islamic* Republic of Iran"
        units += [s for s in found if s.end < unit.end and unit is field] + [unit]
        at = unit.end
    return (at, units) if units else (end, [])


def _domain_left(near: Neighbours, start: int) -> tuple[int, list[Span]]:
    end = start - 1 if near.pack.spaces and near.text[start - 1 : start] in (" ", "-") else start
    if near.pack.spaces and end == start:
        return start, []
    units: list[Span] = []
    while len(units) < 8:
        found = [s for s in near.ending.get(end, ()) if s.kind == "concept" and not is_head(s)]
        unit = min(found, key=lambda s: s.start, default=None)
        if unit is None and not near.pack.spaces:
            unit = joined_unit(near, end, end)
        if unit is None:
            break
        units.insert(0, unit)
        start = end = unit.start
        if near.pack.spaces:
            break
    return start, units
