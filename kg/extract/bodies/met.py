"""The bodies that an article names before a place where one of them is spoken of again: "the bank", "the agency"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg import lang
from kg.model import Name
from kg.recognise import Recognised
from kg.recognise.fold import fold
from kg.registry import load_registry


def bodies_like(found: Recognised, end: int, stem: str) -> list[Name]:
    """The bodies named before ``end`` with ``stem`` in one of their names: for "the bank" a development bank."""
    met = _first_met(found, stem)
    return [name for at, name in met[:2] if at <= end]  # a third changes nothing: one must be the only one


@lru_cache(maxsize=16)
def _first_met(found: Recognised, stem: str) -> list[tuple[int, Name]]:
    """The bodies with ``stem`` in one of their names, each where it is named first, in text order."""
    entries = load_registry().by_id
    met: dict[str, tuple[int, Name]] = {}

    def called(name: Name) -> Iterator[str]:
        yield name.text
        if entry := entries.get(name.known):
            yield from (label.text for label in entry.labels if label.lang in ("", *lang.kin(found.pack.code)))

    for sentence in found.sentences:
        for span in (s for s in sentence.frame.spans if s.kind in ("body", "acronym")):
            key = span.value.known or fold(span.value.text)
            if not found.pack.spaces and any(fold(n.text).endswith(fold(span.value.text)) for _, n in met.values()):
                continue  # 应急基金 for 联合国中央|应急基金
            if key not in met and any(stem in fold(text) for text in called(span.value)):
                met[key] = (span.end, span.value)
    return list(met.values())
