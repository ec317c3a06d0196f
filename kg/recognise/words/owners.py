"""Owners told by a sign of the genitive that stands apart from the name, as the pack's ``names.owner`` lists it."""

from __future__ import annotations

from kg.lang import Pack


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
