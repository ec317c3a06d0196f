"""What stands around an entity: things that facts join to it, and, a step farther, what is joined to those.

Persons, bodies, places and gatherings are nodes; so are sums, each once however many articles tell it. A post is an
edge from its holder to where it is held, or to the post itself where no article says where. Concepts and sums of other
things lead no farther: through them everything would be a neighbour of everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.dataset import Dataset
from kg.query.quotes import Quote, Quotes
from kg.views.citing import cited
from kg.views.figures import Sum, sums_of, sums_with
from kg.vocab import EVENTKIND, POSITION, SECTOR, kg, term

#: A neighbourhood reaches so many steps, and no farther.
DEEPEST: Final = 2
#: Nodes of a neighbourhood, the one in the middle among them.
MOST: Final = 32

_STATED: Final = (
    "organizer", "participant", "place", "venue", "previousEdition", "inSeries", "basedIn", "eventKind", "session",
)  # fmt: skip
_OF_SUMS: Final = ("donor", "recipient", "sector", "announcedAt")
_CONCEPTS: Final = (POSITION, SECTOR, EVENTKIND)


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: ``kind`` is person, organization, place, conference, series, sum, count or concept.

    ``step`` counts edges from the middle; ``more`` the neighbours of it that are not shown. ``sum`` is there where it
    is one; ``count``, a number and what it counts, where it is one of those.
    """

    iri: NamedNode
    kind: str
    step: int
    more: int = 0
    sum: Sum | None = None
    count: tuple[str, NamedNode] | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` has ``label`` (a property, or the post) ``target``, as ``facts`` say, which ``quotes`` back."""

    source: NamedNode
    label: NamedNode
    target: NamedNode
    facts: tuple[NamedNode, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The node in the middle comes first, then those one step from it, then two. ``more`` nodes are not shown."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    depth: int

    @property
    def more(self) -> int:
        """How many neighbours were left out, each counted at every shown node that it stands beside."""
        return sum(node.more for node in self.nodes)


def neighbourhood(store: Dataset, about: NamedNode, *, depth: int = 1, most: int = MOST) -> Neighbourhood:
    """What stands within ``depth`` steps (1 or 2) of ``about``, at most ``most`` nodes.

    Where there are more, every kind of edge has its turn before one is shown again, those that most facts state first.
    """
    depth = min(max(depth, 1), DEEPEST)
    joined = _Joined(store)
    about = joined.itself(about)
    steps: dict[NamedNode, int] = {about: 0}
    around: dict[NamedNode, list[Edge]] = {}
    for step in range(1, depth + 1):
        for node in [node for node, at in steps.items() if at == step - 1]:
            around[node] = joined.edges(node) if step == 1 or joined.kind(node) in _LEADING else []
        for edge in _in_turn(around[node] for node, at in steps.items() if at == step - 1):
            if len(steps) < (most if step == depth else most * 2 // 3):
                for end in (edge.source, edge.target):
                    steps.setdefault(end, step)
    for node in steps:
        around.setdefault(node, joined.edges(node) if joined.kind(node) in _LEADING else [])
    return _shown(joined, steps, around, depth)


def _shown(
    joined: _Joined, steps: dict[NamedNode, int], around: dict[NamedNode, list[Edge]], depth: int
) -> Neighbourhood:
    edges = {edge: None for each in around.values() for edge in each if edge.source in steps and edge.target in steps}
    nodes = [
        Node(
            node,
            joined.kind(node),
            step,
            len({end for edge in around[node] for end in (edge.source, edge.target)} - steps.keys()),
            joined.sums.get(node),
            joined.counts.get(node),
        )
        for node, step in steps.items()
    ]
    quotes = Quotes(joined.store)
    quoted = (Edge(e.source, e.label, e.target, e.facts, cited(quotes, e.facts)) for e in edges)
    return Neighbourhood(
        tuple(sorted(nodes, key=lambda node: (node.step, node.kind, node.iri.value))),
        tuple(sorted(quoted, key=lambda edge: (edge.source.value, edge.label.value, edge.target.value))),
        depth,
    )


def _in_turn(around: Iterable[list[Edge]]) -> Iterator[Edge]:
    """The edges of several nodes, of each kind one, then of each kind the next."""
    ranked = []
    for number, edges in enumerate(around):
        turns: dict[NamedNode, int] = defaultdict(int)
        for edge in sorted(edges, key=lambda each: (-len(each.facts), each.target.value, each.source.value)):
            post = edge.label.value.startswith(POSITION)
            kind = kg("position") if post else edge.label
            ranked.append((turns[kind], number, edge.label.value, edge.target.value, edge.source.value, edge))
            turns[kind] += 1
    return (each[-1] for each in sorted(ranked, key=lambda each: each[:-1]))


#: Kinds of nodes from which one goes on.
_LEADING: Final = ("person", "organization", "place", "conference", "series", "sum")


class _Joined:
    """Reads the edges at a node; what it has read it remembers."""

    def __init__(self, store: Dataset) -> None:
        self.store = store
        self.sums: dict[NamedNode, Sum] = {}
        self.counts: dict[NamedNode, tuple[str, NamedNode]] = {}

    def itself(self, node: NamedNode) -> NamedNode:
        """The node of the sum that a figure is of; any other node itself."""
        return next((self._known(one) for one in sums_of(self.store, [node])), node)

    def kind(self, node: NamedNode) -> str:
        """What sort of thing a node is, by its IRI."""
        if node in self.sums:
            return "sum"
        if node in self.counts:
            return "count"
        if node.value.startswith(_CONCEPTS):
            return "concept"
        local = node.value.removeprefix(self.store.base)
        return "conference" if "/session/" in local else local.partition("/")[0]

    def edges(self, node: NamedNode) -> list[Edge]:
        """Every edge at ``node``, each once."""
        found: dict[tuple[NamedNode, NamedNode, NamedNode], set[NamedNode]] = defaultdict(set)
        for triple, fact in (*self._stated(node), *self._posts(node), *self._sums(node)):
            found[triple] |= fact
        return [Edge(*triple, tuple(sorted(facts, key=lambda fact: fact.value))) for triple, facts in found.items()]

    def _stated(self, node: NamedNode) -> Iterator[_Found]:
        for name in _STATED:
            for quad in (*self.store.match(node, kg(name)), *self.store.match(None, kg(name), node)):
                start, end = quad.subject, quad.object
                if not isinstance(start, NamedNode) or not isinstance(end, NamedNode) or self._counted(start):
                    continue  # a number of things has a place, and is no thing of that place
                yield (start, kg(name), self._once(start, end)), self._statements(start, kg(name), end)

    def _once(self, whole: NamedNode, part: NamedNode) -> NamedNode:
        """Of numbers of sessions that several articles tell of a conference the first; any other node itself."""
        number = self._counted(part)
        if number is None:
            return part
        parts = (quad.object for quad in self.store.match(whole, kg("session")))
        alike = (each for each in parts if isinstance(each, NamedNode) and self._counted(each) == number)
        first = min(alike, key=lambda each: each.value)
        self.counts[first] = number
        return first

    def _counted(self, node: NamedNode) -> tuple[str, NamedNode] | None:
        """Number and countable of a kg:CountFigure; None for anything else."""
        value = next((quad.object for quad in self.store.match(node, kg("value"))), None)
        countable = self._values(node, "counts")
        return (value.value, countable[0]) if isinstance(value, Literal) and countable else None

    def _statements(self, subject: NamedNode, predicate: NamedNode, value: NamedNode) -> set[NamedNode]:
        """The rdf:Statements of a triple; none for one from the registry of names."""
        return {
            quad.subject
            for quad in self.store.match(None, term("rdf:object"), value)
            if isinstance(quad.subject, NamedNode)
            and any(self.store.match(quad.subject, term("rdf:subject"), subject))
            and any(self.store.match(quad.subject, term("rdf:predicate"), predicate))
        }

    def _posts(self, node: NamedNode) -> Iterator[_Found]:
        roles = [*self.store.match(None, kg("heldBy"), node), *self.store.match(None, kg("roleIn"), node)]
        for quad in roles:
            role = quad.subject
            if not isinstance(role, NamedNode):
                continue
            posts, bodies = self._values(role, "position"), self._values(role, "roleIn")
            for person in self._values(role, "heldBy"):
                for post in posts:
                    for body in bodies or [post]:
                        yield (person, post if bodies else kg("position"), body), {role}

    def _sums(self, node: NamedNode) -> Iterator[_Found]:
        own = [self.sums[node]] if node in self.sums else []
        for one in (*own, *sums_with(self.store, node, *_OF_SUMS)):
            here = self._known(one)
            for name in _OF_SUMS:
                for figure in one.figures:
                    for part in getattr(figure, "announced" if name == "announcedAt" else name):
                        if node in (part, here):
                            yield (here, kg(name), part), {figure.node}

    def _known(self, one: Sum) -> NamedNode:
        self.sums[one.first.node] = one
        return one.first.node

    def _values(self, node: NamedNode, name: str) -> list[NamedNode]:
        found = (quad.object for quad in self.store.match(node, kg(name)))
        return sorted((each for each in found if isinstance(each, NamedNode)), key=lambda each: each.value)


_Found = tuple[tuple[NamedNode, NamedNode, NamedNode], set[NamedNode]]
