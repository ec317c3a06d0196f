"""Of two names side by side, the one that is meant: of "the U.N. Central Emergency Response Fund" the fund."""

from __future__ import annotations

from collections.abc import Sequence

from kg.recognise import Recognised
from kg.recognise.spans import Span
from kg.recognise.words.owners import owner_until

UNIONS = frozenset({"organization/united-nations", "organization/european-union"})
"""Bodies that own many others, which are named with them: CERF *PBB*, quỹ CERF *của Liên hợp quốc*."""


def without_owners(found: Recognised, actors: Sequence[Span]) -> list[Span]:
    """``actors``, those of a sentence, without whoever only owns the one beside it."""
    folded, pack = found.folded, found.pack
    bodies = {s.start for s in actors if s.kind == "body"}
    owned = {end for at in bodies if (end := owner_until(folded, at, pack)) is not None}
    owners = {s for s in actors if s.kind == "body" and _owns_the_one_before(found, actors, s)}
    joined = {at - 1 for at in bodies - {s.start for s in owners} if folded.startswith(" ", at - 1)}
    named = [s for s in actors if s not in owners and s.end not in (owned if s.kind == "place" else joined | owned)]
    if not pack.spaces:  # of 香港|世界宣明会 the second is meant
        named = [s for s in named if s.kind != "place" or s.end not in bodies]
    return named


def meant(found: Recognised, actors: Sequence[Span], span: Span) -> Span:
    """The body of ``actors`` that ``span`` owns, where it is a union right behind it; else ``span``."""
    return next((s for s in actors if s.end < span.start and _owns(found, s, span)), span)


def _owns_the_one_before(found: Recognised, actors: Sequence[Span], span: Span) -> bool:
    return any(_owns(found, s, span) for s in actors if s.end < span.start)


def _owns(found: Recognised, body: Span, span: Span) -> bool:
    """True for a union right behind a body of its own, where a language names owners last."""
    last = found.pack.bodies.get("domain_right") and not found.pack.bodies.get("domain_left")
    if not last or body.kind != "body" or body.value.known in UNIONS or getattr(span.value, "known", "") not in UNIONS:
        return False
    parts = {" ", ") "} | {w for w in found.pack.bodies.get("connectors", ()) if w in found.pack.names["genitive"]}
    return found.folded[body.end : span.start] in parts
