"""The town that opens an article: "BRUSSELS (AFP) – …"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.recognise import Recognised
from kg.recognise.frames import read
from kg.recognise.spans import Span
from kg.registry import load_registry


def datelines(found: Recognised) -> Iterator[tuple[Span, str]]:
    """Each town in the dateline of ``found``, with the name of the pack's rule that read it."""
    for sentence in found.sentences[:3]:
        for match in read(sentence.frame, found.pack.code, "dateline"):
            place = match.one("place")
            if place is not None and is_town(place):
                yield place, match.rule


def is_town(span: Span) -> bool:
    """True for a registered place that lies in a country."""
    entry = load_registry().by_id.get(span.value.known)
    return entry is not None and bool(entry.in_country)


def country_of(town: Span) -> str:
    """ISO 3166-1 code of the country a town lies in; empty where it is not registered."""
    by_id = load_registry().by_id
    entry = by_id.get(town.value.known)
    country = by_id.get(entry.in_country) if entry else None
    return country.country if country else ""
