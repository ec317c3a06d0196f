"""Marks in a text: spans that overlap or nest, as segments one after the other, and as elements one inside another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text in which no span begins or ends; ``inside`` are the indexes of the spans it is in.

    ``start`` and ``end`` count characters, ``end`` is exclusive. The outermost span comes first: the one that begins
    first, of those that begin together the longest.
    """

    start: int
    end: int
    inside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How a segment is reached from the one before: so many elements are closed, then those of some spans opened.

    ``opened`` are (index of the span, whether this is where it begins). After the last segment all are closed.
    """

    segment: Segment
    closed: int
    opened: tuple[tuple[int, bool], ...]


def segments(start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """The text from ``start`` to ``end`` in segments, cut where a span begins or ends; joined they are that text."""
    order = sorted(
        (index for index, (first, last) in enumerate(spans) if first < end and last > start and first < last),
        key=lambda index: (spans[index][0], -spans[index][1], index),
    )
    edges = {edge for index in order for edge in spans[index] if start < edge < end}
    cuts = [start, *sorted(edges), end]
    coming = iter([*order, -1])
    following = next(coming)
    active: list[int] = []
    for first, last in pairwise(cuts):
        active = [index for index in active if spans[index][1] > first]
        while following >= 0 and spans[following][0] <= first:
            active.append(following)
            following = next(coming)
        if first < last:
            yield Segment(first, last, tuple(active))


def nested(found: Iterable[Segment], spans: Sequence[tuple[int, int]]) -> Iterator[Step]:
    """Elements for the spans of each segment: one for each span, or several where spans cross or a text is cut."""
    stack: tuple[int, ...] = ()
    for segment in found:
        same = 0
        for before, now in zip(stack, segment.inside, strict=False):
            if before != now:
                break
            same += 1
        opened = tuple((index, spans[index][0] == segment.start) for index in segment.inside[same:])
        yield Step(segment, len(stack) - same, opened)
        stack = segment.inside


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of a text begin and end, without their ends; empty ones are left out."""
    start = 0
    for line in text.split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1
