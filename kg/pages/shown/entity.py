"""Pages of entities, concepts, facts and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.pages.words import interface
from kg.store import Store
from kg.views.entity import entity as view_entity
from kg.views.paths import node_at

if TYPE_CHECKING:
    from kg.pages import Asked


#: Forms of RDF that a page offers: name, media type, and what people call it.
FORMS: Final = (("turtle", "text/turtle", "Turtle"), ("jsonld", "application/ld+json", "JSON-LD"))


def entity(store: Store, asked: Asked) -> tuple[str, dict[str, object]] | None:
    """All that is said of the node whose IRI has the path; None where there is none."""
    node = node_at(store, asked.path)
    if node is None:
        return None
    found = view_entity(store, node, language=asked.language)
    return "entity.html", {
        "entity": found,
        "name": interface(asked.language).said(found.explanation.name),
        "others": found.named.others(asked.language) if found.named else [],
        "forms": FORMS,
    }
