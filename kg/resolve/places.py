"""Places: those of the registry, and others by their spelling."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from kg.model import Name
from kg.registry import Registry
from kg.resolve.bags import bag
from kg.resolve.met import Met
from kg.resolve.nodes import Node, Nodes, folded, gather, groups, join_all, known_names, quoted, veto_of

KIND = "place"
_ALIKE = 0.5


def resolve_places(met: Met, registry: Registry) -> Nodes:
    """Every place name of every article; names the registry lacks are one place where their letters agree."""
    entries = known_names(KIND, registry)
    veto = veto_of(KIND, registry)
    pairs = []
    for article, name in met.of_kind(KIND):
        pairs.append(((article, name), Node(name.text, name.language, known=entries.id_of(name))))
    nodes = gather(pairs, veto)
    for group in groups(nodes.articles, lambda node: folded(node.text)):
        join_all(
            nodes, group, rule="same-letters", reason=lambda a, b: f"{quoted(a)} and {quoted(b)} are the same letters."
        )
    return nodes


def join_venues(places: Nodes, conferences: Iterable[Iterable[tuple[str, Name]]]) -> None:
    """Join venues, given as (article id, Name), of one conference: an article's only one with another's, where
    half of what their names mean agrees. Places of the registry stay what they are.
    """
    for venues in conferences:
        by_article: dict[str, set[Node]] = {}
        for article, name in venues:
            by_article.setdefault(article, set()).add(places.of_name[article, name])
        only = sorted({next(iter(found)) for found in by_article.values() if len(found) == 1})
        for one, other in combinations([node for node in only if not node.known], 2):
            if _means_the_same(one, other):
                reason = f"{quoted(one)} and {quoted(other)} mean the same, and both are where one conference was held."
                places.clusters.join(one, other, rule="same-event", reason=reason)


def _means_the_same(one: Node, other: Node) -> bool:
    a, b = (bag(node.text, node.language, events=True) for node in (one, other))
    if a.places and b.places and not a.places & b.places:
        return False
    return len(a.core & b.core) > 1 and len(a.core & b.core) >= _ALIKE * len(a.core | b.core)
