"""All steps of resolution, one after the other, on a table of names: of all articles, or of those a change touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.registry import Registry
from kg.resolve.conferences import resolve_conferences
from kg.resolve.contacts import Item
from kg.resolve.entities import Named, name_entities
from kg.resolve.events import NamedEvents, name_events
from kg.resolve.model import Entity, Merge
from kg.resolve.nodes import Node, Nodes, Stand
from kg.resolve.organizations import join_by_event, join_by_post, resolve_organizations
from kg.resolve.people import resolve_people
from kg.resolve.places import join_venues, resolve_places
from kg.resolve.table import Table


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who and what everything in a table is: the id of each item, entities, merges, editions, and the unknown names.

    ``early`` and ``late`` are how places and bodies stand for conferences and for people.
    """

    ids: Mapping[Item, str]
    entities: tuple[Entity, ...]
    merges: tuple[Merge, ...]
    editions: Mapping[tuple[str, int], str]
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
        editions=conferences.editions,
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
