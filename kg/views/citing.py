"""The quotes behind facts, each place of an article once."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.query.quotes import Quote, Quotes


def cited(quotes: Quotes, nodes: Iterable[NamedNode]) -> tuple[Quote, ...]:
    """The quotes of facts, in the order of articles and their text; where two rules read one place, the first."""
    found = quotes.all(nodes)
    return tuple({(quote.article, quote.start, quote.end): quote for quote in reversed(found)}.values())[::-1]
