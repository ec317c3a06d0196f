"""Typed stretches of an article's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Span(NamedTuple):
    """``text[start:end]`` is a ``kind``; ``value`` is what it stands for (a slug, a number, a date …)."""

    start: int
    end: int
    kind: str
    value: Any = None


def _from_start(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def longest_first(spans: Iterable[Span]) -> list[Span]:
    """The spans in text order; of those with one beginning the longest first, of equal ones the first given."""
    return sorted(spans, key=_from_start)


def longest(spans: Iterable[Span]) -> list[Span]:
    """The spans in text order without those that lie inside, or begin inside, an earlier or longer one.

    Of spans with one beginning the longest stays; of equal ones the first given.
    """
    kept: list[Span] = []
    end = -1
    for span in longest_first(spans):
        if span.start >= end:
            kept.append(span)
            end = span.end
    return kept


def outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans in text order without those that lie wholly inside another of their own kind."""
    reach: dict[str, int] = {}
    kept: list[Span] = []
    for span in longest_first(spans):
        if span.end > reach.get(span.kind, -1):
            reach[span.kind] = span.end
            kept.append(span)
    return kept
