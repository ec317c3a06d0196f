"""Places: those of the registry, and others by their spelling."""

from __future__ import annotations

from itertools import combinations

from kg.registry import Registry
from kg.resolve.bags import bag
from kg.resolve.conferences import Events
from kg.resolve.contacts import Contacts
from kg.resolve.nodes import Node, Nodes, folded, gather, groups, join_all, quoted, veto_of
from kg.resolve.table import Table

KIND = "place"
_ALIKE = 0.5


def resolve_places(table: Table, registry: Registry) -> Nodes:
    """Every place name of every article; names the registry lacks are one place where their letters agree."""
    nodes = gather(table.of_kind(KIND), veto_of(KIND, registry), table.contacts, table.others.early)
    for group in groups(nodes.seen, lambda node: folded(node.text), "same-letters", table.contacts):
        join_all(
            nodes, group, rule="same-letters", reason=lambda a, b: f"{quoted(a)} and {quoted(b)} are the same letters."
        )
    return nodes


def join_venues(places: Nodes, events: Events, contacts: Contacts) -> None:
    """Join venues of one conference: an article's only one with another's, where half of what their names mean
    agrees. Places of the registry stay what they are.
    """
    for keys in events.clusters.all():
        by_article: dict[str, set[Node]] = {}
        for key in keys:
            by_article.setdefault(key[0], set()).update(events.events[key].told.venues)
        only = sorted({next(iter(found)) for found in by_article.values() if len(found) == 1})
        for one, other in combinations([node for node in only if not node.known], 2):
            if _means_the_same(one, other):
                contacts.note_all((one, other, *keys), "venues", keys[0])
                if one in places.seen and other in places.seen:
                    reason = (
                        f"{quoted(one)} and {quoted(other)} mean the same, and both are where one conference was held."
                    )
                    places.clusters.join(one, other, rule="same-event", reason=reason)


def _means_the_same(one: Node, other: Node) -> bool:
    a, b = (bag(node.text, node.language, events=True) for node in (one, other))
    if a.places and b.places and not a.places & b.places:
        return False
    return len(a.core & b.core) > 1 and len(a.core & b.core) >= _ALIKE * len(a.core | b.core)
