"""Joined conferences as entities with ids and labels, and as what their series hang on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.resolve.conferences import Event, Events
from kg.resolve.contacts import Contacts
from kg.resolve.editions import Edition, best_label, edition_of
from kg.resolve.entities import distinct
from kg.resolve.model import Entity, Merge
from kg.resolve.nodes import Key
from kg.resolve.spelling import latin_slug, slug_of


@dataclass(frozen=True, slots=True)
class NamedEvents:
    """Conferences as entities that are in no series yet; the id of each conference of an article; and as editions."""

    entities: tuple[Entity, ...]
    ids: Mapping[Key, str]
    merges: tuple[Merge, ...]
    editions: Mapping[str, Edition]


def name_events(events: Events, contacts: Contacts) -> NamedEvents:
    """An entity for every conference."""
    members = {events.clusters.root(keys[0]): [events.events[key] for key in keys] for keys in events.clusters.all()}
    roots = sorted(members)
    wanted = [(f"conference/{_slug(members[root])}", _more(members[root]), root) for root in roots]
    ids = dict(zip((root for _, _, root in sorted(wanted)), distinct(sorted(wanted), contacts.note_id), strict=True))
    return NamedEvents(
        entities=tuple(_conference(ids[root], members[root]) for root in roots),
        ids={event.key: ids[root] for root in roots for event in members[root]},
        merges=tuple(_merges(events, ids)),
        editions={ids[root]: edition_of(ids[root], members[root], _labels(members[root])) for root in roots},
    )


def _labels(members: list[Event]) -> Counter[tuple[str, str]]:
    return Counter((event.told.label, event.told.language) for event in members if event.told.label)


def _slug(members: list[Event]) -> str:
    count = _labels(members)
    year = _year(members)
    slug = slug_of(best_label(count)[0]) if count else _more(members)[0]
    return f"{slug}-{year}" if year and str(year) not in slug else slug or "event"


def _year(members: list[Event]) -> int:
    """The year of an event: of its date, else as stated, else of the report on it."""
    for years in ({e.told.day.year for e in members if e.told.day}, {e.told.year for e in members if e.told.year}):
        if years:
            return min(years)
    return 0


def _more(members: list[Event]) -> tuple[str, ...]:
    """What tells an event from others of its name, one after the other: place and day, and the article."""
    days = sorted(event.told.day.isoformat() for event in members if event.told.day)
    places = sorted(latin_slug(str(place.text)) for event in members for place in event.places)
    where = "-".join([members[0].told.kind or "event", *places[:1], *days[:1]])
    article = latin_slug(min(event.key[0] for event in members))
    return (where, f"{where}-{article}") if days or places else (article,)


def _conference(key: str, members: list[Event]) -> Entity:
    count = _labels(members)
    kinds = sorted({event.told.kind for event in members if event.told.kind})
    label = best_label(count) if count else ((kinds[0] if kinds else "event").replace("-", " "), "en")
    labels = sorted(count, key=lambda s: (s[1], -count[s], -len(s[0]), s[0])) or [label]
    return Entity(id=key, kind="conference", type="Conference", label=label, labels=tuple(labels))


def _merges(events: Events, ids: Mapping[Key, str]) -> Iterator[Merge]:
    for join in events.clusters.joins:
        names = tuple(
            sorted(
                (event.told.label or event.told.kind, event.told.language, event.key[0])
                for event in (events.events[join.one], events.events[join.other])
            )
        )
        yield Merge(ids[events.clusters.root(join.one)], names, join.reason, join.rule)
