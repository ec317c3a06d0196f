"""Conferences of articles to conferences of the world: number, time, place and kind allow it, something supports it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from kg.registry import Registry
from kg.resolve.clusters import Clusters
from kg.resolve.contacts import ASKS, OFFERS, Contacts, plain_key
from kg.resolve.nodes import Key, Node, Nodes
from kg.resolve.sightings import Told
from kg.resolve.spelling import slug_of
from kg.resolve.table import Table

T = TypeVar("T")

#: Kinds of event that articles use for one another.
_FAMILIES: Final = (
    frozenset({"conference", "summit", "forum", "congress", "symposium", "assembly"}),
    frozenset({"conference", "meeting", "session", "dialogue", "talks", "consultation"}),
    frozenset({"conference", "seminar", "workshop", "symposium", "forum"}),
)
#: Rules, the surest first, and what two events that one joins have in common.
_RULES: Final = {
    "same-number-day-place": "carry the same number, day and place",
    "same-number-organizer": "carry the same number and have an organizer in common",
    "same-number-editions": "carry the same number and name the same earlier editions",
    "same-number-theme": "carry the same number and theme",
    "same-number-review": "carry the same number and look back on the same years",
    "same-number-topic": "carry the same number and are about the same",
    "same-day-place-topic": "are on the same day in the same place, about the same",
    "same-day-organizer-topic": "are on the same day by the same organizer, about the same",
    "same-year-topic": "bear the same name in the same year",
}
_YEAR: Final = re.compile(r"-(?:19|20)\d\d$")
_ALIKE: Final = 0.5
_LONGEST: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Event:
    """What one article says of a conference, with its places and organizers as the nodes that stand for them."""

    key: Key
    told: Told
    places: frozenset[Node]
    organizers: frozenset[Node]


@dataclass(slots=True)
class EventSum:
    """What the events of one cluster say together."""

    ordinals: set[int]
    days: set[tuple[date, date]]
    month_days: set[tuple[int, int]]
    years: set[int]
    near: set[int]
    places: set[Node]
    kinds: set[str]
    labels: set[tuple[str, str]]
    articles: dict[str, list[Event]]

    def absorb(self, other: EventSum) -> None:
        """Add what another cluster says."""
        self.ordinals |= other.ordinals
        self.days |= other.days
        self.month_days |= other.month_days
        self.years |= other.years
        self.near |= other.near
        self.places |= other.places
        self.kinds |= other.kinds
        self.labels |= other.labels
        for article, events in other.articles.items():
            self.articles.setdefault(article, []).extend(events)


@dataclass(frozen=True, slots=True)
class Events:
    """All conferences of all articles and how they are joined."""

    events: Mapping[Key, Event]
    clusters: Clusters[Key, EventSum]


def resolve_conferences(table: Table, registry: Registry, places: Nodes, bodies: Nodes) -> Events:
    """Every conference of every article, joined with those it is one with."""
    tables = {"place": places, "organization": bodies}

    def stands(nodes: Iterable[Node]) -> frozenset[Node]:
        return frozenset(tables[node.kind].stand(node).node for node in nodes)

    events = {key: Event(key, told, stands(told.places), stands(told.organizers)) for key, told in table.events.items()}
    separate = _separate(registry)
    clusters: Clusters[Key, EventSum] = Clusters(
        veto=lambda one, other: _differ(one, other) or _separated(one, other, separate), absorb=EventSum.absorb
    )
    for key in sorted(events):
        clusters.add(key, _sum(events[key]))
    supports = _supports(events, table.contacts)
    for rule, reason in _RULES.items():
        for value in sorted(supports.get(rule, {}), key=plain_key):
            members = sorted(supports[rule][value], key=lambda key: _known_first(events[key]))
            _join_group(members, rule, reason, events, clusters)
    return Events(events, clusters)


def _sum(event: Event) -> EventSum:
    return EventSum(
        ordinals={event.told.ordinal} - {0},
        days={(event.told.day, max(event.told.day, event.told.last or event.told.day))} if event.told.day else set(),
        month_days={event.told.month_day} if event.told.month_day else set(),
        years={event.told.year} - {0},
        near={event.told.near} - {0},
        places=set(event.places),
        kinds={event.told.kind} - {""},
        labels={(event.told.label, event.told.language)},
        articles={event.key[0]: [event]},
    )


def _supports(events: Mapping[Key, Event], contacts: Contacts) -> dict[str, dict[Hashable, list[Key]]]:
    """For each rule the events that share what it asks for, so that only those are compared."""
    rules: dict[str, dict[Hashable, list[Key]]] = {}
    for key in sorted(events):
        for rule, value in _support(events[key]):
            _note(events[key], rule, value, contacts)
            rules.setdefault(rule, {}).setdefault(value, []).append(key)
    return rules


def _note(event: Event, rule: str, value: Hashable, contacts: Contacts) -> None:
    """Note with what ``event`` is compared: of one number, what is of its own year or the next, or of none known."""
    text = plain_key(value)
    if not rule.startswith("same-number"):
        contacts.note(event.key, rule, text)
    elif event.told.near:
        contacts.note(event.key, rule, (text, event.told.near))
        contacts.note(event.key, rule, (text, event.told.near + 1))
        contacts.note(event.key, rule, text, OFFERS)
    else:
        contacts.note(event.key, rule, text)
        contacts.note(event.key, rule, text, ASKS)


def _support(event: Event) -> Iterator[tuple[str, Hashable]]:
    if event.told.ordinal:
        for rule, value in _numbered(event):
            yield f"same-number-{rule}", (event.told.ordinal, value)
    if event.told.day:
        yield from (("same-day-place-topic", (event.told.day, place)) for place in event.places)
        yield from (("same-day-organizer-topic", (event.told.day, organizer)) for organizer in event.organizers)
    if event.told.year and event.told.bag.weight > 1:
        yield "same-year-topic", (event.told.year, event.told.bag.key)


def _numbered(event: Event) -> Iterator[tuple[str, Hashable]]:
    if event.told.day:
        yield from (("day-place", (event.told.day, place)) for place in event.places)
    yield from (("organizer", organizer) for organizer in event.organizers)
    yield from (("editions", years) for years in zip(event.told.earlier, event.told.earlier[1:], strict=False))
    yield from (("theme", theme) for theme in event.told.themes)
    if event.told.reviewed:
        yield "review", event.told.reviewed
    if event.told.bag.weight > 1:
        yield "topic", event.told.bag.key


def _join_group(
    members: list[Key], rule: str, reason: str, events: Mapping[Key, Event], clusters: Clusters[Key, EventSum]
) -> None:
    """Join each member with the first cluster of the group that admits it."""
    both = rule.startswith("same-day")
    firsts: dict[Hashable, Key] = {}
    for key in members:
        topic = (events[key].told.bag.key, events[key].told.language, events[key].told.near)
        # Of events already joined that are about the same, one is enough.
        if (clusters.root(key), topic) in firsts or (both and not _topic(events[key])):
            continue
        for first in firsts.values():
            if not _years_meet(events[first], events[key]):
                continue
            if _topics_meet(events[first], events[key], both=both) and clusters.join(
                first, key, rule=rule, reason=f"{_said_of(events[first])} and {_said_of(events[key])} {reason}."
            ):
                break
        firsts.setdefault((clusters.root(key), topic), key)


def _topic(event: Event) -> frozenset[str]:
    return event.told.bag.core | event.told.bag.rest


def _said_of(event: Event) -> str:
    name = event.told.label or event.told.kind or "an event"
    return f"“{name}” ({event.key[0]})"


def _topics_meet(one: Event, other: Event, *, both: bool) -> bool:
    """True where the topics of two events agree in half their concepts; with ``both``, each must say its topic."""
    a, b = _topic(one), _topic(other)
    if not a or not b:
        return not both
    # Words that are no concept cannot be compared across languages.
    if not both and one.told.language != other.told.language and (one.told.bag.rest or other.told.bag.rest):
        return True
    return len(a & b) >= _ALIKE * min(len(a), len(b))


def _years_meet(one: Event, other: Event) -> bool:
    """True where two events may be of one year as far as the reports say; whatever their clusters are told besides."""
    return not one.told.near or not other.told.near or abs(one.told.near - other.told.near) <= 1


def _known_first(event: Event) -> tuple[int, int, Key]:
    """Sort: events of which most is known first, so that they are what the others are held against."""
    return (
        -sum(map(bool, (event.told.day, event.told.year, event.places, event.organizers))),
        event.told.year,
        event.key,
    )


def _differ(one: EventSum, other: EventSum) -> bool:
    """True where two clusters cannot be one event: number, place, time or kind, or an article tells them apart."""
    return (
        _clash(one.ordinals, other.ordinals)
        or _clash(one.places, other.places)
        or not _times_meet(one, other)
        or not _kinds_meet(one.kinds, other.kinds)
        or _told_apart(one, other)
    )


def _separate(registry: Registry) -> dict[tuple[str, str], set[str]]:
    """For each name that the registry keeps from a conference, the readable parts of those conferences' ids."""
    found: dict[tuple[str, str], set[str]] = {}
    for entry in registry.entries:
        if entry.kind == "conference":
            for spelling in entry.separate_names:
                found.setdefault(spelling, set()).add(_YEAR.sub("", entry.id.partition("/")[2]))
    return found


def _separated(one: EventSum, other: EventSum, separate: Mapping[tuple[str, str], set[str]]) -> bool:
    """True where the registry keeps a name of one cluster from the conference that the other is."""
    return bool(separate) and any(
        _YEAR.sub("", slug_of(text)) in separate[spelling]
        for names, conference in ((one, other), (other, one))
        for spelling in names.labels & separate.keys()
        for text, _ in conference.labels - {spelling}
    )


def _clash(one: set[T], other: set[T]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _times_meet(one: EventSum, other: EventSum) -> bool:
    """True where all that is known of the times of two clusters can be true of one event."""
    if one.days and other.days:
        return any(_overlap(a, b) for a in one.days for b in other.days)
    if one.month_days and other.month_days and one.month_days.isdisjoint(other.month_days):
        return False
    if one.years and other.years:
        return not one.years.isdisjoint(other.years)
    return not one.near or not other.near or any(abs(a - b) <= 1 for a in one.near for b in other.near)


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    first, second = sorted((one, other))
    return second[0] <= first[1] and first[1] - first[0] <= _LONGEST


def _kinds_meet(one: set[str], other: set[str]) -> bool:
    if not one or not other or one & other:
        return True
    return any(one & family and other & family for family in _FAMILIES)


def _told_apart(one: EventSum, other: EventSum) -> bool:
    """True where one article speaks of both as two: without the same number or the same day."""
    small, large = sorted((one.articles, other.articles), key=len)
    return any(
        not (
            (a.told.ordinal and a.told.ordinal == b.told.ordinal)
            or (a.told.day and a.told.day == b.told.day and a.told.time == b.told.time)
        )
        for article in small
        if article in large
        for a in small[article]
        for b in large[article]
    )
