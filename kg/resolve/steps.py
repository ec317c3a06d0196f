"""All steps of resolution, one after the other, on a table of names: of all articles, or of those a change touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.registry import Registry
from kg.resolve.conferences import resolve_conferences
from kg.resolve.contacts import Item
from kg.resolve.editions import Edition, linked
from kg.resolve.entities import Named, name_entities
from kg.resolve.events import NamedEvents, name_events
from kg.resolve.model import Entity, Merge, Resolution
from kg.resolve.nodes import Node, Nodes, Stand
from kg.resolve.organizations import join_by_event, join_by_post, resolve_organizations
from kg.resolve.people import resolve_people
from kg.resolve.places import join_venues, resolve_places
from kg.resolve.series import Placed, Placement, place
from kg.resolve.sightings import Sighting
from kg.resolve.table import Table, table_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who and what everything in a table is: the id of each item, entities, merges, and the unknown names.

    ``conferences`` are as their series hang on them, which is found next (``kg.resolve.series``): the entities here
    are in none yet. ``early`` and ``late`` are how places and bodies stand for conferences and for people.
    """

    ids: Mapping[Item, str]
    entities: tuple[Entity, ...]
    merges: tuple[Merge, ...]
    conferences: Mapping[str, Edition]
    unknown: tuple[tuple[str, str, str], ...]
    early: Mapping[Node, Stand]
    late: Mapping[Node, Stand]


def resolve_table(table: Table, registry: Registry) -> Outcome:
    """Resolve what is in ``table``, whose contacts are told what is compared with what."""
    places = resolve_places(table, registry)
    bodies = resolve_organizations(table, registry)
    early = _stands(places, bodies)
    events = resolve_conferences(table, registry, places, bodies)
    join_by_event(bodies, events, table)
    join_venues(places, events, table.contacts)
    join_by_post(bodies, table.contacts)
    late = _stands(places, bodies)
    people = resolve_people(table, registry, places, bodies)
    kinds = {"place": places, "organization": bodies, "person": people}
    named = {kind: name_entities(kind, nodes, registry, table.contacts) for kind, nodes in kinds.items()}
    conferences = name_events(events, table.contacts)
    parts: tuple[Named | NamedEvents, ...] = (*named.values(), conferences)
    return Outcome(
        ids={item: key for part in parts for item, key in part.ids.items()},
        entities=tuple(sorted((entity for part in parts for entity in part.entities), key=lambda entity: entity.id)),
        merges=tuple(sorted((merge for part in parts for merge in part.merges), key=repr)),
        conferences=conferences.editions,
        unknown=tuple(row for kind in sorted(named) for row in named[kind].unknown),
        early=early,
        late=late,
    )


def _stands(places: Nodes, bodies: Nodes) -> dict[Node, Stand]:
    """How each cluster stands, looked up once for all its members."""
    found: dict[Node, Stand] = {}
    for nodes in (places, bodies):
        for members in nodes.clusters.all():
            found.update(dict.fromkeys(members, nodes.stand(members[0])))
    return found


@dataclass(frozen=True, slots=True)
class Whole:
    """The names of all articles: the table of them, what each is, the series of conferences, and all of it as asked."""

    table: Table
    outcome: Outcome
    placement: Placement
    resolution: Resolution


def resolve_all(sightings: Sequence[Sighting], registry: Registry) -> Whole:
    """Resolve the names of all articles; the same whatever their order."""
    table = table_of(sightings)
    found = resolve_table(table, registry)
    placement = place(found.conferences, linked(found.conferences), is_taken=found.conferences.__contains__)
    entities = [in_series(one, placement.placed.get(one.id)) for one in found.entities]
    resolution = Resolution(
        entities=tuple(sorted((*entities, *placement.entities), key=lambda entity: entity.id)),
        names={(one.article, name): found.ids[node] for one in sightings for name, node in one.names.items()},
        conferences={key: found.ids[key] for key in table.events},
        editions={(key, year): own for key, its in placement.placed.items() for year, own in its.editions},
        merges=found.merges,
        unknown=found.unknown,
    )
    return Whole(table, found, placement, resolution)


def in_series(entity: Entity, placed: Placed | None) -> Entity:
    """A conference as one of its series; any other entity as it is."""
    return entity if placed is None or placed.series == entity.in_series else replace(entity, in_series=placed.series)
