"""The page that lays side by side what sources say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pages.terms import is_node, terms
from kg.query.entities import by_iri
from kg.store import Store
from kg.views.differences import differences as view_differences

if TYPE_CHECKING:
    from kg.pages import Asked


def differences(store: Store, asked: Asked) -> tuple[str, dict[str, object]] | None:
    """Where sources differ; ``about`` a thing (an IRI, or what follows the base), ``language`` one that leaves out.

    None for a thing that is not there.
    """
    about = by_iri(store, asked.value("about")) if asked.value("about") else None
    if asked.value("about") and about is None:
        return None
    shown = view_differences(store, about=about, language=asked.value("language"))
    return "differences.html", {"shown": shown, "about": about, "is_node": is_node, **terms(store, asked.language)}
