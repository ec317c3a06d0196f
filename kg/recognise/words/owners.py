"""Owners told by a sign of the genitive that stands apart from the name, as the pack's ``names.owner`` lists it; and
what follows a name and is no part of it.
"""

from __future__ import annotations

from kg.lang import Pack
from kg.recognise.spans import Span

_JOINT = frozenset({"cooperation", "union", "association"})
"""Concepts of nouns by which two act together."""


def owned_from(folded: str, end: int, pack: Pack) -> int | None:
    """Where begins what the name that ends at ``end`` owns: "Germany's *KfW*"; None where no such sign follows."""
    sign = next((s for s in pack.names.get("owner", ()) if folded.startswith(f"{s} ", end)), "")
    return end + len(sign) + 1 if sign else None


def owner_until(folded: str, start: int, pack: Pack) -> int | None:
    """Where the owner ends of what begins at ``start``; None where no such sign stands before it."""
    sign = next((s for s in pack.names.get("owner", ()) if folded.endswith(f"{s} ", 0, start)), "")
    return start - len(sign) - 1 if sign else None


def unowned(folded: str, end: int, pack: Pack) -> int:
    """The end of a name without its sign of the genitive, if it has one before ``end``."""
    sign = next((s for s in pack.names.get("owner", ()) if folded.endswith(s, 0, end)), "")
    return end - len(sign)


def jointly(text: str, folded: str, span: Span, pack: Pack) -> bool:
    """True for the noun of "*in collaboration with*" in small letters, which is no field of the body before it."""
    if span.kind != "concept" or span.value not in _JOINT or not text[span.start].islower():
        return False
    behind = tuple(f" {word}" for word in pack.names.get("together", ()))
    return folded.startswith(behind, span.end) and folded.endswith(tuple(pack.names.get("locative", ())), 0, span.start)
