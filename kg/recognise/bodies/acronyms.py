"""Acronyms as the article itself explains them: ADB after "African Development Bank (ADB)" is no other bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.recognise.spans import Span

Rows = list[tuple[list[Span], list[Span]]]


def as_explained(text: str, rows: Rows) -> Rows:
    """``rows`` with every acronym that a registered body bears in brackets read as that body."""
    told: dict[str, str] = {}
    for span in (s for all_, _ in rows for s in all_ if s.kind == "body"):
        if span.value.known and span.value.acronym:
            told.setdefault(span.value.acronym, span.value.known)
    if not told:
        return rows

    def read(spans: Sequence[Span]) -> list[Span]:
        return [_as(s, told.get(text[s.start : s.end], "")) if s.kind in ("body", "acronym") else s for s in spans]

    return [(read(all_), read(framed)) for all_, framed in rows]


def _as(span: Span, known: str) -> Span:
    return span._replace(kind="body", value=replace(span.value, known=known)) if known else span
