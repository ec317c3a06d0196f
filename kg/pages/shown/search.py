"""The search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store import Store
from kg.views.search import SHOWN
from kg.views.search import search as view_search

if TYPE_CHECKING:
    from kg.pages import Asked


def search(store: Store, asked: Asked) -> tuple[str, dict[str, object]]:
    """What is called as asked for."""
    return "search.html", {
        "found": view_search(store, asked.value("q").strip(), language=asked.language),
        "most": SHOWN,
    }
