"""The page of a conference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.pages.shown.entity import FORMS
from kg.pages.terms import is_node, terms
from kg.pages.timeline import timeline
from kg.store import Store
from kg.views.conference import conference as view_conference
from kg.views.entity import entity as view_entity
from kg.views.paths import node_at

if TYPE_CHECKING:
    from kg.pages import Asked


def conference(store: Store, asked: Asked) -> tuple[str, dict[str, object]] | None:
    """What is told of the conference whose IRI has the path; None where that is no conference."""
    node = node_at(store, asked.path)
    told = None if node is None else view_conference(store, node)
    if told is None:
        return None
    values = {
        "entity": view_entity(store, told.node, language=asked.language),
        "told": told,
        "line": timeline(told),
        "is_node": is_node,
        "forms": FORMS,
    }
    return "conference.html", {**values, **terms(store, asked.language)}
