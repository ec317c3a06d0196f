"""Which template shows which view: one function per kind of page, in a module for each."""

from __future__ import annotations

from kg.pages.shown.figures import figures
from kg.pages.shown.findings import findings
from kg.pages.shown.home import home
from kg.pages.shown.questions import api, queries, query

__all__ = ["api", "figures", "findings", "home", "queries", "query"]
