"""Articles with their facts marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.explain.pieces import DASH
from kg.pages.words import interface
from kg.store import Store
from kg.views.article import KINDS, Mark
from kg.views.article import article as view_article
from kg.views.paths import node_at

if TYPE_CHECKING:
    from kg.pages import Asked


def article(store: Store, asked: Asked) -> tuple[str, dict[str, object]] | None:
    """The article whose IRI has the path; None where there is none."""
    node = node_at(store, asked.path)
    found = None if node is None else view_article(store, node, language=asked.language)
    if found is None:
        return None
    words = interface(asked.language)

    def told(mark: Mark) -> str:
        """What is said at a mark, a line for each thing, with the rules that read it."""
        lines = []
        for each in found.at(mark):
            rules = ", ".join(
                sorted({rule for start, end, rule in each.places if (start, end) == (mark.start, mark.end)})
            )
            said = words.said((*each.about, DASH, *each.pieces) if each.about else each.pieces)
            lines.append(f"{words(f'kind.{each.kind}')}{words('mark.colon')}{said} [{rules}]")
        return "\n".join(lines)

    first: dict[int, int] = {}
    for index, mark in enumerate(found.marks):
        first.setdefault(mark.start, index)
    return "article.html", {"article": found, "kinds": KINDS, "told": told, "first": first}
