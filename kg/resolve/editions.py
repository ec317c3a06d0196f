"""What conferences are told to be as editions of a series, and which of them may be of one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kg.resolve.conferences import Event
from kg.resolve.contacts import plain_key
from kg.resolve.spelling import is_latin, slug_of

#: Where a conference stands among those that share something: its last year and its id.
Place: TypeAlias = tuple[int, str]

#: How many editions back a conference is compared with.
BACK: Final = 5
_ALIKE: Final = 0.5
_TOPIC: Final = "topic"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the reports of a conference say together, as far as its series hangs on it.

    ``id`` is that of the conference. ``number`` and ``year`` are 0 where not said, ``last`` is the last of its years.
    ``topic`` are concepts and words, ``earlier`` the years of editions that it names, ``labels`` (text, language,
    number of articles). ``shared`` is what other editions of its series may have too.
    """

    id: str
    number: int
    years: tuple[int, ...]
    kinds: frozenset[str]
    topic: frozenset[str]
    earlier: tuple[int, ...]
    labels: tuple[tuple[str, str, int], ...]
    shared: tuple[str, ...]

    @property
    def year(self) -> int:
        """The first of its years; 0 where none is said."""
        return min(self.years, default=0)

    @property
    def place(self) -> Place:
        """Where it stands among those that share something with it."""
        return max(self.years, default=0), self.id


def edition_of(key: str, events: Sequence[Event], labels: Mapping[tuple[str, str], int]) -> Edition:
    """The conference ``key`` as an edition, from what articles say of it and how often they call it what."""
    told = [event.told for event in events]
    topic = frozenset[str]().union(*(one.bag.core | one.bag.rest for one in told))
    return Edition(
        id=key,
        number=min((one.ordinal for one in told if one.ordinal), default=0),
        years=tuple(sorted({one.year for one in told} - {0})),
        kinds=frozenset(one.kind for one in told) - {""},
        topic=topic,
        earlier=tuple(sorted({year for one in told for year in one.earlier})),
        labels=tuple((text, language, count) for (text, language), count in sorted(labels.items())),
        shared=tuple(sorted(set(_shared(events, topic)))),
    )


def _shared(events: Iterable[Event], topic: frozenset[str]) -> Iterator[str]:
    """What conferences of one series share: a topic; or a word of it, and organizers or the editions they name."""
    for event in events:
        if not (event.told.ordinal or event.told.earlier or event.told.year):
            continue
        if event.told.bag.weight:
            yield f"{_TOPIC} {plain_key(event.told.bag.key)}"
        for word in topic:
            yield from (f"organizer {plain_key((word, organizer))}" for organizer in event.organizers)
            for place in event.places if event.told.earlier else ():
                yield f"editions {plain_key((word, place, event.told.earlier[:2]))}"


def linked(editions: Mapping[str, Edition]) -> dict[str, set[str]]:
    """For each conference those that may be of its series, were numbers and years to allow it."""
    orders: dict[str, list[Place]] = {}
    for edition in editions.values():
        for value in edition.shared:
            orders.setdefault(value, []).append(edition.place)
    places = {value: sorted(order) for value, order in orders.items()}
    links: dict[str, set[str]] = {key: set() for key in editions}
    for value, order in places.items():
        for index, (_, key) in enumerate(order):
            for _, other in order[max(0, index - BACK) : index]:
                if other not in links[key] and may_be_one(editions[other], editions[key], value):
                    links[key].add(other)
                    links[other].add(key)
    return links


def links_of(edition: Edition, order: Callable[[str], Sequence[Place]], at: Callable[[str], Edition]) -> set[str]:
    """As ``linked``, for one; ``order`` gives those that share a value, sorted, and ``at`` an edition by its id."""
    found: set[str] = set()
    for value in edition.shared:
        places = order(value)
        index = bisect_left(places, edition.place)
        for _, other in (*places[max(0, index - BACK) : index], *places[index + 1 : index + 1 + BACK]):
            if other not in found and may_be_one(edition, at(other), value):
                found.add(other)
    return found


def may_be_one(one: Edition, other: Edition, value: str) -> bool:
    """True where two conferences that share ``value`` are about the same, and in many words, or one names the
    other's year as an edition.
    """
    if value.startswith(_TOPIC):
        return len(one.topic | other.topic) > 1 or _names_year(one, other) or _names_year(other, one)
    a, b = one.topic, other.topic
    return bool(a and b) and len(a & b) >= _ALIKE * min(len(a), len(b))


def _names_year(one: Edition, other: Edition) -> bool:
    return any(year in other.earlier for year in one.years)


def best_label(count: Mapping[tuple[str, str], int]) -> tuple[str, str]:
    """The label to show: English first, then other Latin ones by language; the fullest that most articles give."""
    return min(
        count,
        key=lambda s: (
            not is_latin(s[0]),
            s[1] != "en",
            s[1],
            -min(len(slug_of(s[0]).split("-")), 12),
            -count[s],
            s[0],
        ),
    )


def near(order: Sequence[Place], changed: Container[str]) -> Iterator[str]:
    """Those in ``order`` that are compared with, or across, one of ``changed``."""
    for index, (_, key) in enumerate(order):
        if key in changed:
            yield from (other for _, other in order[max(0, index - BACK) : index + 1 + BACK])
