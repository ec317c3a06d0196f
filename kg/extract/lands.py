"""Which countries an article is of: those it names, that of its press, and that from which it is dated."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.rules.frames import read
from kg.registry import Entry, load_registry


def land_of(known: str) -> Entry | None:
    """The country that a registered place lies in, or the place itself; None for others."""
    entries = load_registry().by_id
    entry = entries.get(known)
    return entries.get(entry.in_country, entry) if entry else None


def is_land(name: Name) -> bool:
    """True for a registered country, or a union of them."""
    entry = load_registry().by_id.get(name.known)
    return entry is not None and entry.kind == "place" and not entry.in_country


def country_code(name: Name | None) -> str:
    """ISO 3166-1 code of a registered country, or of the one that a place lies in; empty for others."""
    land = land_of(name.known) if name and name.known.startswith("place/") else None
    return land.country if land else ""


def state_of(name: Name | None) -> str:
    """ISO 3166-1 code of the state whose agency or other body this is; empty for others."""
    state = seat_of(name) if name else None
    return state.country if state else ""


def seat_of(name: Name) -> Entry | None:
    """The country whose ministry, agency or other body of government this is; None for others."""
    entry = load_registry().by_id.get(name.known)
    return land_of(entry.based_in) if entry is not None and entry.type == "GovernmentBody" else None


def countries_in(sentences: Iterable[Sentence]) -> dict[str, Name]:
    """The countries that ``sentences`` name themselves, not by a town of theirs, by their code; in text order."""
    entries = load_registry().by_id
    told = (s.value for x in sentences for s in x.frame.spans if s.kind in ("place", "nation"))
    return {entry.country: name for name in told if (entry := entries.get(name.known)) and entry.country}


@lru_cache(maxsize=2)
def lands_of(found: Recognised) -> tuple[Entry, ...]:
    """The registered countries and regions that an article names, themselves or by a town of theirs, in its order."""
    named = (land_of(p.value.known) for s in found.sentences for p in s.of("place", "nation"))
    return tuple({entry.id: entry for entry in named if entry}.values())


def home_of(found: Recognised) -> Name | None:
    """The country of the language's press, where it is one country's."""
    place = found.pack.home.place
    return load_registry().by_id[place].name(found.pack.code) if place else None


def dated_from(found: Recognised) -> Name | None:
    """The country that an article is dated from, or from whose capital: "*Qatar*: …", "DOHA (QNA) – …"."""
    for sentence in found.sentences[:_TOP]:
        for match in read(sentence.frame, found.pack.code, "dateline"):
            place = match.one("place")
            entry = load_registry().by_id.get(place.value.known) if place else None
            land = load_registry().by_id.get(entry.capital_of, entry) if entry else None
            if land is not None and land.country:
                return land.name(found.pack.code)
    return None


_TOP = 3
"""The sentences, headline included, that a dateline opens."""
