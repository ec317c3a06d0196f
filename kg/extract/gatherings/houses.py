"""Bodies in whose house a gathering is: held *at Makerere University*, the talks *at the Embassy of Japan*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.cases import governs
from kg.extract.gatherings.mentions import Mention
from kg.recognise import Recognised
from kg.recognise.bodies.growing import is_head
from kg.recognise.spans import Span

_HOUSED = frozenset(
    {"centre", "university", "school", "hospital", "institute", "embassy", "ministry", "parliament", "court", "office"}
)
"""Heads of bodies that have a house of their own, and are known by it."""
_TOLD_BY = ("hold", "host", "sign", "date", "place")
"""What the house stands right beside, other than the gathering's noun."""
_BESIDE = 12
"""Characters between such a word and the body, but for a weekday: "held Monday *at the* University of Ghana"."""


def houses(found: Recognised, mention: Mention) -> Iterator[Span]:
    """The bodies with a house of their own that a preposition of place puts right beside a gathering's noun, its verb,
    its day or its town; as halls.
    """
    sentence = mention.sentence
    heads = [s for s in sentence.spans if is_head(s) and s.value in _HOUSED]
    beside = [mention.span, *mention.of(*_TOLD_BY)]
    behind = bool(found.pack.names.get("postpositions"))
    for body in (s for s in mention.of("body") if s in sentence.frame.spans):
        headed = any(body.start <= h.start and h.end <= body.end for h in heads)
        gaps = [(body.end, s.start) if behind else (s.end, body.start) for s in beside]
        near = any(low < high and _is_short(found, low, high) for low, high in gaps)
        if headed and near and governs(found, body.start, body.end, "locative"):
            yield body._replace(kind="venue", value=replace(body.value, kind="place", known="", acronym="", type=""))


def _is_short(found: Recognised, low: int, high: int) -> bool:
    words = (word for word in found.folded[low:high].split() if word not in found.pack.weekdays)
    return len(" ".join(words)) <= _BESIDE
