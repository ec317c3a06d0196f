"""Where everything of a neighbourhood stands: its middle in the middle, what is joined to it in columns beside it.

A column holds groups, one for each kind of edge, under a heading that names it: so names never meet, however long they
are, and the edges run in the gaps between columns. What is two steps away stands beyond what joins it, in line with it.
All numbers are whole, all orders fixed: one neighbourhood has one layout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from kg.picture.text import LINE, lines, width
from kg.views.neighbourhood import Edge, Neighbourhood, Node

#: Pixels: a box, the gap between columns, the margin of the picture, between boxes, and inside one.
WIDTH: Final = 216
GAP: Final = 76
MARGIN: Final = 12
BETWEEN: Final = 8
PADDING: Final = 9
#: Lines of a name: in the middle, and elsewhere.
_LINES: Final = (6, 4)
_HEADING: Final = 20


#: Left, top, right and bottom.
Area: TypeAlias = tuple[float, float, float, float]
#: Of the width of a text what stands to the left of the point that it hangs on.
_ANCHORS: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}
#: Where along an edge its name is tried.
_ALONG: Final = (0.5, 0.35, 0.65, 0.2, 0.8)


@dataclass(frozen=True, slots=True)
class Said:
    """A text and its language, empty where it is unknown."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What nodes and edges of a picture are called, and how it is said that a node has more neighbours."""

    node: Callable[[Node], Said]
    edge: Callable[[Edge], Said]
    more: Callable[[int], Said]


@dataclass(frozen=True, slots=True)
class Box:
    """A node: its left upper corner, its size, and its name in lines; ``more`` is the last line, if any."""

    node: Node
    said: Said
    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    more: str = ""
    width: int = WIDTH

    @property
    def middle(self) -> int:
        """Half way down."""
        return self.y + self.height // 2

    @property
    def area(self) -> Area:
        """The room it takes."""
        return self.x, self.y, self.x + self.width, self.y + self.height


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a kind of edge: above what it leads to, or on an edge.

    ``x`` is its left end, its middle or its right end, as ``anchor`` says: ``start``, ``middle`` or ``end``.
    """

    said: Said
    text: str
    x: int
    y: int
    anchor: str

    @property
    def left(self) -> float:
        """Its left end, estimated."""
        return self.x - width(self.text) * _ANCHORS[self.anchor]

    @property
    def area(self) -> Area:
        """The room it takes, estimated."""
        return self.left, self.y - 12, self.left + width(self.text), self.y + 4


@dataclass(frozen=True, slots=True)
class Curve:
    """An edge from one box to another, as two ends and the x of the handles by which it is bent."""

    edge: Edge
    start: tuple[int, int]
    end: tuple[int, int]
    handles: tuple[int, int]
    tree: bool

    def at(self, share: float) -> tuple[int, int]:
        """The point that far along the curve (0 its start, 1 its end), in whole pixels."""
        rest = 1 - share
        weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        xs = (self.start[0], *self.handles, self.end[0])
        ys = (self.start[1], self.start[1], self.end[1], self.end[1])
        return tuple(round(sum(w * v for w, v in zip(weights, values, strict=True))) for values in (xs, ys))  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture's size and all that stands in it, in pixels."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    headings: tuple[Heading, ...]
    curves: tuple[Curve, ...]


def layout(shown: Neighbourhood, saying: Saying) -> Layout:
    """Where the nodes and edges of ``shown`` stand."""
    return _Columns(shown, saying).layout()


@dataclass(frozen=True, slots=True)
class _Group:
    """Children of one node under one heading."""

    said: Said
    nodes: tuple[Node, ...]


class _Columns:
    """The tree of a neighbourhood while it is laid out."""

    def __init__(self, shown: Neighbourhood, saying: Saying) -> None:
        self.shown = shown
        self.saying = saying
        self.root = shown.nodes[0]
        self.parents = self._parents()
        self.groups = self._groups()
        self.boxes: dict[NamedNode, Box] = {}
        self.sides: dict[NamedNode, int] = {self.root.iri: 0}
        self.headings: list[Heading] = []
        self.over: dict[NamedNode, str] = {}

    def layout(self) -> Layout:
        """Everything in its place; the corner of the picture is at 0, 0."""
        sides = self._balanced()
        heights = {side: sum(map(self._height, groups)) for side, groups in sides.items()}
        root = self._box(self.root, 0, 0)
        whole = max(root.height, *heights.values())
        self.boxes[self.root.iri] = self._box(self.root, 0, (whole - root.height) // 2)
        for side, groups in sides.items():
            self._place(groups, side, 1, (whole - heights[side]) // 2)
        left = min(box.x for box in self.boxes.values()) - MARGIN
        return self._moved(-left, MARGIN, max(box.x for box in self.boxes.values()) + WIDTH + MARGIN - left, whole)

    def _parents(self) -> dict[NamedNode, tuple[NamedNode, tuple[Edge, ...]]]:
        """For each node but the root one that is a step nearer, and the edges between the two."""
        steps = {node.iri: node.step for node in self.shown.nodes}
        order = {node.iri: place for place, node in enumerate(self.shown.nodes)}
        found: dict[NamedNode, dict[NamedNode, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        for edge in self.shown.edges:
            for here, there in ((edge.source, edge.target), (edge.target, edge.source)):
                if steps[there] == steps[here] - 1:
                    found[here][there].append(edge)
        nearest = {node: min(ends, key=lambda end: order[end]) for node, ends in found.items()}
        return {node: (parent, tuple(found[node][parent])) for node, parent in nearest.items()}

    def _groups(self) -> dict[NamedNode, list[_Group]]:
        """The children of each node by the names of the edges that lead to them."""
        told: dict[NamedNode, list[tuple[Said, Node]]] = defaultdict(list)
        for node in self.shown.nodes:
            if node.iri in self.parents:
                parent, edges = self.parents[node.iri]
                names = dict.fromkeys(self.saying.edge(edge) for edge in edges)
                said = Said(", ".join(name.text for name in names), next(iter(names)).language)
                told[parent].append((said, node))
        groups = {}
        for parent, children in told.items():
            children.sort(key=lambda each: (each[0].text, each[1].kind, each[1].iri.value))
            groups[parent] = [
                _Group(said, tuple(node for _, node in each))
                for said, each in groupby(children, key=lambda one: one[0])
            ]
        return groups

    def _balanced(self) -> dict[int, list[_Group]]:
        """The groups of the root to the right and to the left, about as high."""
        sides: dict[int, list[_Group]] = {1: [], -1: []}
        heights = {1: 0, -1: 0}
        for group in sorted(self.groups.get(self.root.iri, []), key=lambda each: -self._height(each)):
            side = 1 if heights[1] <= heights[-1] else -1
            sides[side].append(group)
            heights[side] += self._height(group)
        return {side: sorted(groups, key=lambda each: each.said.text) for side, groups in sides.items()}

    def _height(self, group: _Group) -> int:
        return _HEADING + sum(map(self._block, group.nodes)) + BETWEEN

    def _block(self, node: Node) -> int:
        """The height of a node with all that hangs on it."""
        own = self._box(node, 0, 0).height + BETWEEN
        return max(own, sum(map(self._height, self.groups.get(node.iri, []))))

    def _place(self, groups: list[_Group], side: int, column: int, top: int) -> None:
        x = side * column * (WIDTH + GAP)
        for group in groups:
            text = lines(group.said.text, WIDTH, most=1)[0]
            self.headings.append(
                Heading(group.said, text, x + (WIDTH if side < 0 else 0), top + 14, "end" if side < 0 else "start")
            )
            top += _HEADING
            for node in group.nodes:
                self.boxes[node.iri] = self._box(node, x, top)
                self.sides[node.iri] = side
                self.over[node.iri] = group.said.text
                self._place(self.groups.get(node.iri, []), side, column + 1, top)
                top += self._block(node)
            top += BETWEEN

    def _box(self, node: Node, x: int, y: int) -> Box:
        said = self.saying.node(node)
        broken = lines(said.text, WIDTH - 2 * PADDING, most=_LINES[min(node.step, 1)])
        more = lines(self.saying.more(node.more).text, WIDTH - 2 * PADDING, most=1)[0] if node.more else ""
        height = LINE * (len(broken) + bool(more)) + PADDING
        return Box(node, said, x, y, height, tuple(broken), more)

    def _curve(self, edge: Edge) -> Curve:
        """An edge along the sides that face each other; between two of one column, along their outer sides."""
        here, there = self.boxes[edge.source], self.boxes[edge.target]
        tree = any(
            edge in edges for _, edges in (self.parents.get(end, (None, ())) for end in (edge.source, edge.target))
        )
        if here.x == there.x:
            side = self.sides[edge.source] or 1
            x = here.x + (WIDTH if side > 0 else 0)
            return Curve(edge, (x, here.middle), (x, there.middle), (x + side * GAP // 2, x + side * GAP // 2), tree)
        onward = here.x < there.x
        start, end = here.x + (WIDTH if onward else 0), there.x + (0 if onward else WIDTH)
        bend = (start + end) // 2
        return Curve(edge, (start, here.middle), (end, there.middle), (bend, bend), tree)

    def _moved(self, right: int, down: int, width: int, height: int) -> Layout:
        """The layout with its corner at 0, 0."""
        self.boxes = {
            iri: Box(box.node, box.said, box.x + right, box.y + down, box.height, box.lines, box.more)
            for iri, box in self.boxes.items()
        }
        headings = (Heading(each.said, each.text, each.x + right, each.y + down, each.anchor) for each in self.headings)
        curves = [self._curve(edge) for edge in self.shown.edges if edge.source != edge.target]
        return Layout(
            width,
            height + 2 * down,
            tuple(self.boxes[node.iri] for node in self.shown.nodes),
            self._named(list(headings), curves, (width, height + 2 * down)),
            tuple(sorted(curves, key=lambda curve: curve.tree)),
        )

    def _named(self, headings: list[Heading], curves: list[Curve], size: tuple[int, int]) -> tuple[Heading, ...]:
        """The headings, and the names of edges that no heading at their ends tells, where there is room for them."""
        taken = [*(box.area for box in self.boxes.values()), *(heading.area for heading in headings)]
        for curve in curves:
            said = self.saying.edge(curve.edge)
            text = lines(said.text, WIDTH, most=1)[0]
            told = curve.tree or said.text in (self.over.get(curve.edge.source), self.over.get(curve.edge.target))
            tried = [] if told else [curve.at(share) for share in _ALONG]
            for x, y in tried:
                heading = Heading(said, text, x, y + 4, "middle")
                left, top, right, bottom = heading.area
                inside = left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]
                if inside and all(_apart(heading.area, area) for area in taken):
                    headings.append(heading)
                    taken.append(heading.area)
                    break
        return tuple(headings)


def _apart(one: Area, other: Area) -> bool:
    """Whether two areas have no point in common but of their borders."""
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
