"""Names to entities, across articles and languages: the one step that sees all articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Name, Reading
from kg.registry import Registry, load_registry
from kg.resolve.conferences import Events, resolve_conferences
from kg.resolve.entities import Named, name_entities
from kg.resolve.events import NamedEvents, name_events
from kg.resolve.met import meet
from kg.resolve.model import Entity, Merge, Resolution
from kg.resolve.organizations import join_by_event, join_by_post, resolve_organizations
from kg.resolve.people import resolve_people
from kg.resolve.places import join_venues, resolve_places

__all__ = ["Entity", "Merge", "Resolution", "resolve"]


def resolve(readings: Sequence[Reading], *, registry: Registry | None = None) -> Resolution:
    """Who and what every name and conference of ``readings`` is; the same whatever their order.

    ``registry`` is the one that comes with kg unless given. Each merge has a rule and a reason, and names
    are kept apart where nothing supports their being one.
    """
    registry = load_registry() if registry is None else registry
    met = meet(readings, registry)
    places = resolve_places(met, registry)
    bodies = resolve_organizations(met, registry)
    events = resolve_conferences(met, registry, places, bodies)
    join_by_event(bodies, _named_as(events, "organizer", "organization"))
    join_venues(places, _named_as(events, "venue", "place"))
    join_by_post(bodies, met)
    people = resolve_people(met, registry, places, bodies)
    tables = {"place": places, "organization": bodies.nodes, "person": people.nodes}
    named = {kind: name_entities(kind, nodes, registry) for kind, nodes in tables.items()}
    conferences = name_events(events)
    parts: tuple[Named | NamedEvents, ...] = (*named.values(), conferences)
    return Resolution(
        entities=tuple(sorted((entity for part in parts for entity in part.entities), key=lambda entity: entity.id)),
        names={pair: named[kind].ids[node] for kind, nodes in tables.items() for pair, node in nodes.of_name.items()},
        conferences=conferences.ids,
        editions=conferences.editions,
        merges=tuple(sorted((merge for part in parts for merge in part.merges), key=repr)),
        unknown=tuple(row for kind in sorted(named) for row in named[kind].unknown),
    )


def _named_as(events: Events, part: str, kind: str) -> Iterator[list[tuple[str, Name]]]:
    """For each conference the names of one kind that are its organizers, venues …, with their articles."""
    for keys in events.clusters.all():
        statements = ((key[0], statement) for key in keys for statement in events.events[key].fact.statements)
        yield [
            (article, statement.value)
            for article, statement in statements
            if statement.property == part and isinstance(statement.value, Name) and statement.value.kind == kind
        ]
