"""Which template shows which view: one function per kind of page, in a module for each."""

from __future__ import annotations

from kg.pages.shown.article import article
from kg.pages.shown.conference import conference
from kg.pages.shown.differences import differences
from kg.pages.shown.entity import entity
from kg.pages.shown.figures import figures
from kg.pages.shown.findings import findings
from kg.pages.shown.home import home
from kg.pages.shown.lists import articles, things
from kg.pages.shown.questions import api, queries, query
from kg.pages.shown.search import search

__all__ = [
    "api", "article", "articles", "conference", "differences", "entity", "figures", "findings", "home", "queries",
    "query", "search", "things",
]  # fmt: skip
