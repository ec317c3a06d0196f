"""Lists of things and of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.store import Store
from kg.views.lists import ORDERS, ArticlesAsked
from kg.views.lists import articles as view_articles
from kg.views.lists import things as view_things
from kg.views.names import names

if TYPE_CHECKING:
    from kg.pages import Asked


#: The kind of thing that is listed at a path.
LISTED: Final = {"people": "person", "organizations": "organization", "conferences": "conference", "places": "place"}


def things(store: Store, asked: Asked) -> tuple[str, dict[str, object]]:
    """The things of a kind."""
    order = asked.value("order") if asked.value("order") in ORDERS else ORDERS[0]
    part = view_things(store, LISTED[asked.path], language=asked.language, order=order, number=asked.number("page"))
    return "things.html", {"part": part, "order": order, "orders": ORDERS}


def articles(store: Store, asked: Asked) -> tuple[str, dict[str, object]]:
    """Articles, all or of a language, a time, or a thing they name."""
    chosen = {name: asked.value(name) for name in ("language", "day", "about") if asked.value(name)}
    part = view_articles(store, ArticlesAsked(**chosen), number=asked.number("page"))
    named = names(store).get(chosen.get("about", ""))
    return "articles.html", {"part": part, "chosen": chosen, "about": named and named.label(asked.language)}
