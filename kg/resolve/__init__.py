"""Names to entities, across articles and languages: the one step that sees all articles."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Reading
from kg.registry import Registry, load_registry
from kg.resolve.model import Entity, Merge, Resolution
from kg.resolve.sightings import Sighter
from kg.resolve.steps import resolve_table
from kg.resolve.table import table_of

__all__ = ["Entity", "Merge", "Resolution", "resolve"]


def resolve(readings: Sequence[Reading], *, registry: Registry | None = None) -> Resolution:
    """Who and what every name and conference of ``readings`` is; the same whatever their order.

    ``registry`` is the one that comes with kg unless given. Each merge has a rule and a reason, and names
    are kept apart where nothing supports their being one.
    """
    registry = load_registry() if registry is None else registry
    sighter = Sighter(registry)
    sightings = [sighter.sight(reading) for reading in readings]
    table = table_of(sightings)
    found = resolve_table(table, registry)
    return Resolution(
        entities=found.entities,
        names={(one.article, name): found.ids[node] for one in sightings for name, node in one.names.items()},
        conferences={key: found.ids[key] for key in table.events},
        editions=found.editions,
        merges=found.merges,
        unknown=found.unknown,
    )
