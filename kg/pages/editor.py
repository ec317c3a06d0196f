"""The SPARQL page: a form that works by itself, and what a script needs to make it an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import KgError
from kg.pages.words import interface
from kg.store import Store
from kg.views.editor import editor
from kg.vocab import BASE

if TYPE_CHECKING:
    from kg.pages import Asked

#: What the script says, by key of ``words/``; ``{count}`` and ``{shown}`` it fills in itself.
SAID: Final = ("running", "failed", "answer", "rows", "triples", "first", "yes", "no", "table")

#: Formats of an answer that a browser can be given, by what is asked for: rows, or triples.
FORMATS: Final = {"rows": ("csv", "tsv", "json", "xml"), "triples": ("turtle", "json-ld", "n-triples")}


def sparql(store: Store, asked: Asked) -> tuple[str, dict[str, object]] | None:
    """The page; None for an example that there is not."""
    try:
        shown = editor(store, example=asked.value("example"), language=asked.language)
    except KgError:
        return None
    words = interface(asked.language)
    told = {
        "language": asked.language,
        "words": {key: words.texts[f"sparql.{key}"] for key in SAID},
        "prefixes": shown.prefixes,
        "classes": shown.classes,
        "properties": shown.properties,
        "ours": [store.base, BASE.removesuffix("id/")],
        "home": asked.links.page(""),
    }
    return "sparql.html", {"editor": shown, "told": told, "formats": FORMATS}
