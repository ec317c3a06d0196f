"""Pages as HTML: a view of the store, put into a template, in the reader's language.

Text of articles, names and parameters reach a template as values and are escaped there, always.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.pages import editor, shown
from kg.pages.around import around
from kg.pages.links import Links, outward
from kg.pages.words import LANGUAGES, Interface, interface
from kg.resources import web_folder
from kg.store import Store
from kg.views.reading import by_id

__all__ = ["LANGUAGES", "Asked", "Chapter", "Page", "page", "piece", "style", "whole"]

#: Characters that HTML has no place for, which a text or a parameter may have all the same.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Longer numbers are nobody's page.
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks for.

    ``path`` stands below the server's root, decoded, without its first slash; ``parameters`` are the query's, in
    order, without ``lang``; ``language`` is the interface's, one of ``LANGUAGES``; ``links`` lead on from the page.
    """

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    links: Links

    def value(self, name: str) -> str:
        """The first value of a parameter, or the empty text."""
        return next((value for key, value in self.parameters if key == name), "")

    def number(self, name: str) -> int:
        """A parameter that is a number from 1; 1 for anything else."""
        value = self.value(name)
        return max(1, int(value)) if value.isascii() and value.isdecimal() and len(value) < _DIGITS else 1

    def in_language(self, language: str) -> str:
        """The query that leads to this page in another language of the interface."""
        return f"?{urlencode([*self.parameters, ('lang', language)])}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its status as HTTP has it (200, 400, 404), and its HTML."""

    status: int
    html: str


#: What a kind of page needs: the store and what is asked; it returns a template's name and values, None if not there.
#: A value ``status`` is the page's, where that is not 200.
Shown = Callable[[Store, Asked], "tuple[str, dict[str, object]] | None"]

#: Pages by the form of their paths, first match first. The last are the paths of IRIs.
PAGES: Final[tuple[tuple[re.Pattern[str], Shown], ...]] = (
    (re.compile(r""), shown.home),
    (re.compile(r"sparql"), editor.sparql),
    (re.compile(r"figures"), shown.figures),
    (re.compile(r"differences"), shown.differences),
    (re.compile(r"queries"), shown.queries),
    (re.compile(r"queries/[^/]+"), shown.query),
    (re.compile(r"api"), shown.api),
    (re.compile(r"findings"), shown.findings),
    (re.compile(r"search"), shown.search),
    (re.compile(r"articles"), shown.articles),
    (re.compile(r"people|organizations|conferences|places"), shown.things),
    (re.compile(r".+/conference/.+"), shown.conference),
    (re.compile(r".+"), shown.article),
    (re.compile(r".+"), shown.entity),
)


def page(store: Store, asked: Asked) -> Page:
    """The page that is asked for; one with status 404 that says so where there is none."""
    found = _found(store, asked)
    if found is None:
        return Page(404, _render(store, "missing.html", asked, {"path": asked.path}))
    template, values = found
    status = values.get("status", 200)
    assert isinstance(status, int)
    return Page(status, _render(store, template, asked, values))


def piece(store: Store, asked: Asked) -> str:
    """What stands in the middle of a page, for a file that holds many; empty where there is no such page."""
    found = _found(store, asked)
    return "" if found is None else _render(store, found[0], asked, {**found[1], "piece": True})


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pieces of pages that stand together, each with its anchor; ``name`` is that of ``nav.NAME`` in ``words/``."""

    name: str
    pieces: tuple[tuple[str, str], ...]


def whole(language: str, title: str, chapters: Sequence[Chapter], look: str, trusted: str) -> str:
    """Chapters as one document that allows nothing but the style ``look``, ``trusted`` as a policy names it."""
    told = {"w": interface(language), "title": title, "chapters": chapters, "style": look, "trusted": trusted}
    return _templates().get_template("dossier.html").render(told)


def style() -> str:
    """The style of all pages."""
    return (Path(__file__).parent / "files" / "style.css").read_text(encoding="utf-8")


def _found(store: Store, asked: Asked) -> tuple[str, dict[str, object]] | None:
    """Template and values of the first page that has the path and is there."""
    shows = (show for form, show in PAGES if form.fullmatch(asked.path))
    return next((found for show in shows if (found := show(store, asked)) is not None), None)


def _render(store: Store, template: str, asked: Asked, values: dict[str, object]) -> str:
    words: Interface = interface(asked.language)
    told = {
        "w": words,
        "links": asked.links,
        "asked": asked,
        "outward": outward,
        "around": partial(around, store, asked),
        "brief": by_id(store).get,
        "languages": [interface(each) for each in LANGUAGES],
        "scripted": web_folder() is not None,
        "piece": False,
    }
    return _CONTROLS.sub("\ufffd", _templates().get_template(template).render({**told, **values}))


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("kg.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
