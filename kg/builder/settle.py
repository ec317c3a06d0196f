"""Who the names of a store's articles are: all of them resolved, or what changed articles touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TypeVar

from pyoxigraph import Quad
from pyoxigraph import Store as Database

from kg.builder.memory import Known, Memory, article_quads, known_of, known_quads, placed_quads, report_quads, row_quads
from kg.mappers.entity import best_label
from kg.registry import Registry
from kg.resolve.again import Refreshed, refreshed, rows_of
from kg.resolve.contacts import Item
from kg.resolve.model import Entity, Merge, Resolution
from kg.resolve.nodes import Node
from kg.resolve.series_again import Moved, placed_again
from kg.resolve.sightings import Sighting
from kg.resolve.steps import Whole, in_series, resolve_all

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Settled:
    """Who is who, as far as the graphs of ``articles`` need it, and what has to be remembered of that.

    ``articles`` are those whose graphs may be other than they were, ``entities`` the ids of which something else is
    said, ``count`` the number of all entities. ``remember`` writes into the database of readings.
    """

    resolution: Resolution
    articles: frozenset[str]
    entities: tuple[str, ...]
    count: int
    remember: Callable[[Database], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What was done again: names resolved, and conferences placed in their series."""

    names: Refreshed
    series: Moved

    @property
    def moved(self) -> set[str]:
        """The conferences, there before and after, that are in another series or name other editions."""
        after = self.series.after.placed
        return {
            key
            for key, was in self.series.before.items()
            if key in after and (was.series, was.editions) != (after[key].series, after[key].editions)
        }


def settled_anew(sightings: Sequence[Sighting], registry: Registry) -> Settled:
    """Who the names of all articles are."""
    whole = resolve_all(sightings, registry)
    return Settled(
        whole.resolution,
        frozenset(one.article for one in sightings),
        tuple(entity.id for entity in whole.resolution.entities),
        len(whole.resolution.entities),
        partial(_remember_all, whole, sightings),
    )


def _remember_all(whole: Whole, sightings: Sequence[Sighting], database: Database) -> None:
    placed, resolution = whole.placement.placed, whole.resolution
    rows = rows_of(whole.table, whole.outcome)
    database.bulk_extend(quad for row in rows for quad in chain(row_quads(row), report_quads(row)))
    database.bulk_extend(quad for one in placed.values() for quad in placed_quads(one))
    database.bulk_extend(quad for one in sightings for quad in _seen_in(one))
    known = known_of(resolution.entities, resolution.merges, placed)
    database.bulk_extend(quad for one in known.values() for quad in known_quads(one))


def settled_again(
    memory: Memory,
    gone: Sequence[Sighting],
    fresh: Sequence[Sighting],
    sight: Callable[[str], Sighting],
    *,
    registry: Registry,
    count: int,
) -> Settled:
    """Who is who where the articles of ``gone`` were taken from those that ``memory`` knows, and ``fresh`` added.

    ``sight`` gives what resolution looks at in another article, ``count`` is the former number of entities.
    """
    names = refreshed(memory, gone, fresh, registry)
    conferences = {row.id for item, row in names.before.items() if not isinstance(item, Node)}
    found = Found(names, placed_again(memory, conferences, names.outcome.conferences))
    before, after = _known_before(memory, found), _known_after(memory, found)
    new = {one.article: one for one in fresh}
    touched = {one.article for one in gone} | new.keys() | set(_showing(memory, found, before, after))
    staying = [new.get(key) or sight(key) for key in sorted(touched - ({one.article for one in gone} - new.keys()))]
    return Settled(
        _resolution(memory, names, after, staying),
        frozenset(touched),
        tuple(sorted(key for key in before.keys() | after.keys() if _said(key, before) != _said(key, after))),
        count + len(after) - len(before),
        partial(_remember, found, before, after, gone, fresh),
    )


def _known_before(memory: Memory, found: Found) -> dict[str, Known]:
    """What was known of the entities that the items resolved again were, and of the series placed again."""
    wanted = {row.id for row in found.names.before.values()} | found.moved
    for placed in found.series.before.values():
        tied = {placed.series, *(edition for _, edition in placed.editions)}
        wanted |= tied - {""} - found.series.before.keys()
    return {key: known for key in sorted(wanted) if (known := memory.known(key)) is not None}


def _known_after(memory: Memory, found: Found) -> dict[str, Known]:
    """What is known of the same now."""
    outcome, after = found.names.outcome, found.series.after
    placed = {key: after.placed.get(key) or memory.placed(key) for key in outcome.conferences}
    entities = (in_series(one, placed.get(one.id)) for one in outcome.entities)
    known = known_of((*entities, *after.entities), outcome.merges, {key: its for key, its in placed.items() if its})
    for key in sorted(found.moved - known.keys()):
        was, its = memory.known(key), after.placed[key]
        assert was is not None, "every entity is remembered"
        known[key] = Known(in_series(was.entity, its), was.merges, its.editions)
    return known


def _showing(memory: Memory, found: Found, before: Mapping[str, Known], after: Mapping[str, Known]) -> Iterator[str]:
    """The articles whose graphs show an item otherwise than before."""
    for item, was in found.names.before.items():
        now = found.names.after.get(item)
        if (
            now is None
            or now.id != was.id
            or (isinstance(item, Node) and _look(item, before[was.id]) != _look(item, after[now.id]))
        ):
            yield from memory.articles(item)
    changed = {key for key in before.keys() | after.keys() if _said(key, before) != _said(key, after)}
    moved = found.moved
    for key in sorted(found.series.before.keys() | (before.keys() & after.keys())):
        placed = memory.placed(key)
        if placed is None or (key in before and key not in after):
            continue
        tied = {key, placed.series, *(edition for _, edition in placed.editions)}
        if (key in moved or changed & tied) and _event(key, before, memory) != _event(key, after, memory):
            yield from memory.reports(key)


def _said(key: str, known: Mapping[str, Known]) -> tuple[Entity, tuple[Merge, ...]] | None:
    """What the graph of names says of an entity; None where there is none."""
    return (known[key].entity, known[key].merges) if key in known else None


def _look(node: Node, known: Known) -> tuple[object, ...]:
    """What the graph of an article shows of what a name is: its label in the name's language."""
    return known.entity.id, known.entity.type, best_label(known.entity, node.language)


def _event(key: str, known: Mapping[str, Known], memory: Memory) -> tuple[object, ...]:
    """What the graph of an article shows of a conference: all labels, its series, and the editions it names."""

    def entity(key: str) -> Entity:
        its = known.get(key) or memory.known(key)
        assert its is not None, "every entity is remembered"
        return its.entity

    def labels(one: Entity) -> tuple[object, ...]:
        """The id of a conference, its series, and its one label in each language."""
        languages = sorted({tag for _, tag in (one.label, *one.labels)})
        return one.id, one.in_series, one.label, [best_label(one, language) for language in languages]

    conference = known.get(key) or memory.known(key)
    assert conference is not None, "every entity is remembered"
    series = conference.entity.in_series
    editions = [(year, labels(entity(edition))) for year, edition in conference.editions]
    return labels(conference.entity), entity(series).label if series else (), editions


def _resolution(
    memory: Memory, found: Refreshed, after: Mapping[str, Known], sightings: Iterable[Sighting]
) -> Resolution:
    """Who the names of some articles are, with all that is known anew."""

    def id_of(item: Item) -> str:
        row = found.after.get(item) or memory.row(item)
        assert row is not None, "every item of an article is resolved"
        return row.id

    ones = list(sightings)
    names = {(one.article, name): id_of(node) for one in ones for name, node in one.names.items()}
    conferences = {key: id_of(key) for one in ones for key in one.events}
    known: dict[str, Known] = {}
    wanted = [*names.values(), *conferences.values()]
    while wanted:
        key = wanted.pop()
        if key not in known:
            its = after.get(key) or memory.known(key)
            assert its is not None, "every entity is remembered"
            known[key] = its
            wanted += [*filter(None, [its.entity.in_series]), *(edition for _, edition in its.editions)]
    known = {**after, **known}
    return Resolution(
        entities=tuple(known[key].entity for key in sorted(known)),
        names=names,
        conferences=conferences,
        editions={(key, year): edition for key, its in known.items() for year, edition in its.editions},
        merges=tuple(merge for key in sorted(after) for merge in after[key].merges),
    )


def _remember(
    found: Found,
    before: Mapping[str, Known],
    after: Mapping[str, Known],
    gone: Sequence[Sighting],
    fresh: Sequence[Sighting],
    database: Database,
) -> None:
    names, series = found.names, found.series
    old, new = set[Quad](), set[Quad]()
    _remember_change(names.before, names.after, row_quads, old, new)
    _remember_change(before, after, known_quads, old, new)
    _remember_change(series.before, series.after.placed, placed_quads, old, new)
    # These may be said by several: what did not change says them too.
    old.update(chain.from_iterable(map(report_quads, names.before.values())), *map(_seen_in, gone))
    new.update(chain.from_iterable(map(report_quads, names.after.values())), *map(_seen_in, fresh))
    for quad in old - new:
        database.remove(quad)
    database.extend(new - old)


def _remember_change(
    before: Mapping[Key, Value],
    after: Mapping[Key, Value],
    quads: Callable[[Value], Iterable[Quad]],
    old: set[Quad],
    new: set[Quad],
) -> None:
    """Add to ``old`` and ``new`` what was kept and is to be kept of values that are others now."""
    for key in before.keys() | after.keys():
        was, now = before.get(key), after.get(key)
        if was != now:
            old.update(() if was is None else quads(was))
            new.update(() if now is None else quads(now))


def _seen_in(sighting: Sighting) -> Iterator[Quad]:
    for node in sighting.remarks:
        yield from article_quads(node, (sighting.article,))
