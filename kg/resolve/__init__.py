"""Names to entities, across articles and languages: the one step that sees all articles."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Reading
from kg.registry import Registry, load_registry
from kg.resolve.model import Entity, Merge, Resolution
from kg.resolve.sightings import Sighter
from kg.resolve.steps import resolve_all

__all__ = ["Entity", "Merge", "Resolution", "resolve"]


def resolve(readings: Sequence[Reading], *, registry: Registry | None = None) -> Resolution:
    """Who and what every name and conference of ``readings`` is; the same whatever their order.

    ``registry`` is the one that comes with kg unless given. Each merge has a rule and a reason, and names
    are kept apart where nothing supports their being one.
    """
    registry = load_registry() if registry is None else registry
    sighter = Sighter(registry)
    return resolve_all([sighter.sight(reading) for reading in readings], registry).resolution
