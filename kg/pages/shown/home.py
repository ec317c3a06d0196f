"""The start page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pages.bars import bars
from kg.store import Store
from kg.views.home import home as view_home

if TYPE_CHECKING:
    from kg.pages import Asked


def home(store: Store, asked: Asked) -> tuple[str, dict[str, object]]:
    """The start page."""
    found = view_home(store, language=asked.language)
    return "home.html", {"home": found, "bars": bars(list(found.times.items()))}
