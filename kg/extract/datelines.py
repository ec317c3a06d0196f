"""Towns that open an article ("BRUSSELS (AFP) – …"), and capitals told by their country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.leads import opening_sentences
from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import read
from kg.recognise.spans import Span
from kg.registry import Entry, load_registry


def datelines(found: Recognised) -> Iterator[tuple[Span, str]]:
    """Each town in the dateline of ``found``, with the name of the pack's rule that read it."""
    for sentence in dict.fromkeys((*found.sentences[:3], *opening_sentences(found, 1))):
        for match in read(sentence.frame, found.pack.code, "dateline"):
            place = match.one("place")
            if place is not None and is_town(place):
                yield place, match.rule


def is_town(span: Span) -> bool:
    """True for a place that lies in a country, or that no registry holds: the rules ``town`` read towns alone."""
    return is_towns_name(span.value)


def is_country(span: Span) -> bool:
    """True for a place that has a government of its own."""
    entry = load_registry().by_id.get(span.value.known)
    return bool(entry and entry.country)


def is_towns_name(name: Name) -> bool:
    """True for the name of a town, as :func:`is_town`."""
    entry = load_registry().by_id.get(name.known)
    return bool(entry.in_country) if entry else not name.known


def place_id(name: Name) -> str:
    """By what a place is told from others: its id in the registry, else its name."""
    return name.known or name.text


def capitals_told(found: Recognised, sentence: Sentence) -> list[Span]:
    """Capitals told by their country ("the Norwegian *capital*"), as the pack's rules ``capital`` read them."""
    told = []
    for match in read(sentence.frame, found.pack.code, "capital"):
        country = match.one("of")
        capital = _capitals().get(country.value.known) if country else None
        if capital is not None:
            told.append(Span(match.start, match.end, "place", capital.name(found.pack.code)))
    return told


@cache
def _capitals() -> Mapping[str, Entry]:
    """The capital of each country of the registry; that of a union of states is its own country's (Brussels)."""
    towns = [entry for entry in load_registry().entries if entry.capital_of and entry.in_country]
    return {e.capital_of if e.capital_of.startswith("place/") else e.in_country: e for e in towns}
