"""Which template shows which view: one function per kind of page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store import Store
from kg.views.home import home as view_home

if TYPE_CHECKING:
    from kg.pages import Asked


def home(store: Store, _: Asked) -> tuple[str, dict[str, object]]:
    """The start page."""
    return "home.html", {"home": view_home(store)}
