"""Joined conferences and their series as entities with ids and labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.resolve.conferences import Event, Events
from kg.resolve.contacts import Contacts
from kg.resolve.entities import distinct
from kg.resolve.model import Entity, Merge
from kg.resolve.nodes import Key
from kg.resolve.series import Series, find_series
from kg.resolve.spelling import is_han, latin_slug, slug_of

_NUMBER: Final = re.compile(
    r"第\s*[0-9一二三四五六七八九十百]+\s*[次届屆]|\b(?:19|20)\d\d\b|\b\d+\s?(?:st|nd|rd|th|er|re|ère|e|è?me|º|ª)?\b\.?"
)
_EDGES: Final = " ,;:-–—()"


@dataclass(frozen=True, slots=True)
class NamedEvents:
    """Conferences and series as entities; the id of each conference of an article, and of editions by year."""

    entities: tuple[Entity, ...]
    ids: Mapping[Key, str]
    editions: Mapping[tuple[str, int], str]
    merges: tuple[Merge, ...]


def name_events(events: Events, contacts: Contacts) -> NamedEvents:
    """An entity for every conference, for every series of several, and for editions known only by their year."""
    series = find_series(events, contacts)
    members = {events.clusters.root(keys[0]): [events.events[key] for key in keys] for keys in events.clusters.all()}
    roots = sorted(members)
    wanted = [(f"conference/{_slug(members[root])}", _more(members[root])) for root in roots]
    order = sorted(range(len(roots)), key=lambda index: (wanted[index], roots[index]))
    ids = dict(zip((roots[i] for i in order), distinct([(*wanted[i], roots[i]) for i in order], contacts), strict=True))
    in_series = _series_ids(series, members, contacts)
    found = [_conference(ids[root], members[root], in_series.get(root, "")) for root in roots]
    groups = {key: [root for root in roots if in_series.get(root) == key] for key in sorted(set(in_series.values()))}
    found += [_series(key, [event for root in groups[key] for event in members[root]]) for key in groups]
    editions = {(ids[root], year): ids[other] for (root, year), other in series.editions.items()}
    labels = {entity.id: entity for entity in found}
    for (conference, year), entity in _by_year(members, ids, in_series, labels, editions, contacts):
        editions[conference, year] = entity.id
        labels[entity.id] = entity
    return NamedEvents(
        entities=tuple(labels.values()),
        ids={event.key: ids[root] for root in roots for event in members[root]},
        editions=editions,
        merges=tuple(_merges(events, ids)),
    )


def _labels(members: list[Event]) -> Counter[tuple[str, str]]:
    return Counter((event.told.label, event.told.language) for event in members if event.told.label)


def _best(count: Counter[tuple[str, str]]) -> tuple[str, str]:
    """The label to show: English first, then other Latin ones by language; the fullest that most articles give."""
    return min(
        count,
        key=lambda s: (is_han(s[0]), s[1] != "en", s[1], -min(len(slug_of(s[0]).split("-")), 12), -count[s], s[0]),
    )


def _slug(members: list[Event]) -> str:
    count = _labels(members)
    year = _year(members)
    slug = slug_of(_best(count)[0]) if count else _more(members)
    return f"{slug}-{year}" if year and str(year) not in slug else slug or "event"


def _year(members: list[Event]) -> int:
    """The year of an event: of its date, else as stated, else of the report on it."""
    for years in ({e.told.day.year for e in members if e.told.day}, {e.told.year for e in members if e.told.year}):
        if years:
            return min(years)
    return 0


def _more(members: list[Event]) -> str:
    """What tells an event from another of its name: place and day, else the article."""
    days = sorted(event.told.day.isoformat() for event in members if event.told.day)
    places = sorted(latin_slug(str(place.text)) for event in members for place in event.places)
    return (
        "-".join([members[0].told.kind or "event", *places[:1], *days[:1]])
        if days or places
        else latin_slug(min(event.key[0] for event in members))
    )


def _conference(key: str, members: list[Event], series: str) -> Entity:
    count = _labels(members)
    kinds = sorted({event.told.kind for event in members if event.told.kind})
    label = _best(count) if count else ((kinds[0] if kinds else "event").replace("-", " "), "en")
    labels = sorted(count, key=lambda s: (s[1], -count[s], -len(s[0]), s[0])) or [label]
    return Entity(id=key, kind="conference", type="Conference", label=label, labels=tuple(labels), in_series=series)


def _series_ids(series: Series, members: Mapping[Key, list[Event]], contacts: Contacts) -> dict[Key, str]:
    """The id of the series of each conference that is one of several known editions."""
    groups = [
        group
        for group in series.clusters.all()
        if len(group) > 1 or any(event.told.earlier for event in members[group[0]])
    ]
    slugs = [
        slug_of(_bare(_best_of([event for root in group for event in members[root]])[0])) or "series"
        for group in groups
    ]
    order = sorted(range(len(groups)), key=lambda index: (slugs[index], groups[index]))
    named = distinct([(f"series/{slugs[index]}", "", groups[index][0]) for index in order], contacts)
    return {root: key for index, key in zip(order, named, strict=True) for root in groups[index]}


def _best_of(members: list[Event]) -> tuple[str, str]:
    count = _labels(members)
    return _best(count) if count else ("series", "en")


def _bare(text: str) -> str:
    """An event's name without its number and year."""
    return re.sub(r"\s+", " ", _NUMBER.sub(" ", text)).strip(_EDGES) or text


def _series(key: str, members: list[Event]) -> Entity:
    count = Counter((_bare(event.told.label), event.told.language) for event in members if event.told.label)
    label = _best(count) if count else ("series", "en")
    labels = tuple(sorted(count, key=lambda s: (s[1], -count[s], -len(s[0]), s[0]))) or (label,)
    return Entity(id=key, kind="series", type="ConferenceSeries", label=label, labels=labels)


def _by_year(
    members: Mapping[Key, list[Event]],
    ids: Mapping[Key, str],
    in_series: Mapping[Key, str],
    labels: Mapping[str, Entity],
    editions: Mapping[tuple[str, int], str],
    contacts: Contacts,
) -> Iterator[tuple[tuple[str, int], Entity]]:
    """((conference id, year), entity) for each earlier edition of which nothing is known but its year."""
    for root in sorted(members):
        for year in sorted({year for event in members[root] for year in event.told.earlier}):
            if (ids[root], year) not in editions and root in in_series:
                series = labels[in_series[root]]
                known = f"conference/{series.id.partition('/')[2]}-{year}"
                label = (f"{series.label[0]} ({year})", series.label[1])
                entity = Entity(known, "conference", "Conference", label, (label,), in_series=series.id)
                # An article's own conference may have taken this id.
                contacts.note(root, "id", known)
                contacts.note(root, "id", f"{known}-edition")
                taken = labels.get(known)
                yield (
                    (ids[root], year),
                    entity if taken is None or taken == entity else replace(entity, id=f"{known}-edition"),
                )


def _merges(events: Events, ids: Mapping[Key, str]) -> Iterator[Merge]:
    for join in events.clusters.joins:
        names = tuple(
            sorted(
                (event.told.label or event.told.kind, event.told.language, event.key[0])
                for event in (events.events[join.one], events.events[join.other])
            )
        )
        yield Merge(ids[events.clusters.root(join.one)], names, join.reason, join.rule)
