"""Things joined into clusters, each join with its rule and reason; a veto keeps clusters apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Join(Generic[K]):
    """Two nodes that were taken for one, why, and by which rule."""

    one: K
    other: K
    rule: str
    reason: str


@dataclass(slots=True)
class Clusters(Generic[K, V]):
    """Disjoint sets of nodes, each with a value that sums up its members.

    ``veto(value, value)`` is asked before each join; True refuses it. ``absorb(large, small)`` adds the
    small cluster's value to the large one's, so that all joins together take time nearly linear in the nodes.
    """

    veto: Callable[[V, V], bool]
    absorb: Callable[[V, V], None]
    joins: list[Join[K]] = field(default_factory=list)
    _parent: dict[K, K] = field(default_factory=dict)
    _members: dict[K, list[K]] = field(default_factory=dict)
    _values: dict[K, V] = field(default_factory=dict)

    def add(self, node: K, value: V) -> None:
        """Make ``node`` a cluster of its own."""
        self._parent[node] = node
        self._members[node] = [node]
        self._values[node] = value

    def root(self, node: K) -> K:
        """The node that stands for the cluster of ``node``, until the next join."""
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def members(self, node: K) -> list[K]:
        """All nodes of the cluster of ``node``."""
        return self._members[self.root(node)]

    def value(self, node: K) -> V:
        """What sums up the cluster of ``node``."""
        return self._values[self.root(node)]

    def together(self, one: K, other: K) -> bool:
        """True where two nodes are in one cluster."""
        return self.root(one) == self.root(other)

    def join(self, one: K, other: K, *, rule: str, reason: str) -> bool:
        """Make one cluster of two; True where they are one afterwards."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        if self.veto(self._values[a], self._values[b]):
            return False
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        self.absorb(self._values[a], self._values.pop(b))
        self.joins.append(Join(one, other, rule, reason))
        return True

    def all(self) -> list[list[K]]:
        """The members of every cluster, sorted, in order of the first."""
        return sorted(sorted(members) for members in self._members.values())  # type: ignore[type-var]
