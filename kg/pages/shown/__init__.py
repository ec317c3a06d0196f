"""Which template shows which view: one function per kind of page, in a module for each."""

from __future__ import annotations

from kg.pages.shown.figures import figures
from kg.pages.shown.home import home

__all__ = ["figures", "home"]
