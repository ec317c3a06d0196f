"""Places: those of the registry, and others by their spelling."""

from __future__ import annotations

from kg.registry import Registry
from kg.resolve.met import Met
from kg.resolve.nodes import Node, Nodes, folded, gather, groups, join_all, known_names, quoted, veto_of

KIND = "place"


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
