"""Editions of one series of conferences: one topic or organizer, told apart by number or year."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from kg.resolve.clusters import Clusters
from kg.resolve.conferences import Event, Events
from kg.resolve.contacts import Contacts, plain_key
from kg.resolve.nodes import Key

_ALIKE = 0.5
#: How many editions back a conference is compared with.
_BACK = 5


@dataclass(slots=True)
class Editions:
    """What the conferences of one series say together: (number, year) of each edition, 0 where not said."""

    numbered: set[tuple[int, int]]
    kinds: set[str]

    def absorb(self, other: Editions) -> None:
        """Add the editions of another series."""
        self.numbered |= other.numbered
        self.kinds |= other.kinds


@dataclass(frozen=True, slots=True)
class Series:
    """``clusters`` joins the nodes that stand for conferences; ``editions`` maps (node, year) to that year's."""

    clusters: Clusters[Key, Editions]
    editions: Mapping[tuple[Key, int], Key]


def find_series(events: Events, contacts: Contacts) -> Series:
    """The series of every conference that is numbered or names earlier editions."""
    conferences = {
        events.clusters.root(members[0]): [events.events[key] for key in members] for members in events.clusters.all()
    }
    clusters: Clusters[Key, Editions] = Clusters(veto=_differ, absorb=Editions.absorb)
    for conference in sorted(conferences):
        found = conferences[conference]
        numbered = {(_first(event.told.ordinal for event in found), _first(event.told.year for event in found))}
        clusters.add(conference, Editions(numbered, {event.told.kind for event in found} - {""}))
    groups: dict[tuple[Hashable, ...], list[Key]] = {}
    for conference in sorted(conferences):
        for value in sorted(set(_supports(conferences[conference])), key=plain_key):
            contacts.note(conference, "series", value)
            groups.setdefault(value, []).append(conference)
    for value in sorted(groups, key=plain_key):
        members = sorted(groups[value], key=lambda key: (max(event.told.year for event in conferences[key]), key))
        for index, other in enumerate(members):
            for first in members[max(0, index - _BACK) : index]:
                if _one_series(conferences[first], conferences[other], same_topic=value[0] == "topic"):
                    clusters.join(first, other, rule="same-series", reason="")
    return Series(clusters, _editions(clusters, conferences))


def _supports(events: list[Event]) -> Iterator[tuple[Hashable, ...]]:
    """What conferences of one series share."""
    for event in events:
        if not (event.told.ordinal or event.told.earlier or event.told.year):
            continue
        if event.told.bag.weight:
            yield "topic", event.told.bag.key
        for organizer in event.organizers:
            yield "organizer", organizer
        for place in event.places if event.told.earlier else ():
            yield "editions", place, event.told.earlier[:2]


def _one_series(ones: list[Event], others: list[Event], *, same_topic: bool) -> bool:
    """True where two conferences are about the same, and in many words, or one names the other's year as an edition."""
    a, b = (
        frozenset[str]().union(*(event.told.bag.core | event.told.bag.rest for event in side))
        for side in (ones, others)
    )
    linked = _names_year(ones, others) or _names_year(others, ones)
    if same_topic:
        return linked or len(a | b) > 1
    return bool(a and b) and len(a & b) >= _ALIKE * min(len(a), len(b))


def _names_year(ones: list[Event], others: list[Event]) -> bool:
    return any(event.told.year in other.told.earlier for event in ones if event.told.year for other in others)


def _differ(one: Editions, other: Editions) -> bool:
    """True where numbers and years of two series do not run alike, or their kinds differ."""
    if one.kinds and other.kinds and not one.kinds & other.kinds:
        return True
    return any(_contradict(a, b) for a in one.numbered for b in other.numbered)


def _contradict(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """True where two editions, which are known to be two, cannot be of one series."""
    (number, year), (other_number, other_year) = one, other
    if number and other_number:
        if number == other_number:
            return True
        return bool(year and other_year) and (year - other_year) * (number - other_number) < 0
    return not (number or other_number) and year == other_year


def _editions(clusters: Clusters[Key, Editions], conferences: Mapping[Key, list[Event]]) -> dict[tuple[Key, int], Key]:
    """For each conference and year the conference of its series that was held in it, where only one was."""
    found: dict[tuple[Key, int], Key] = {}
    for members in clusters.all():
        by_year: dict[int, list[Key]] = {}
        for conference in members:
            for year in sorted({event.told.year for event in conferences[conference]} - {0}):
                by_year.setdefault(year, []).append(conference)
        for year, held in by_year.items():
            if len(held) == 1:
                found.update({(conference, year): held[0] for conference in members if conference != held[0]})
    return found


def _first(numbers: Iterator[int]) -> int:
    return min((number for number in numbers if number), default=0)
