"""Who the names of a store's articles are: all of them resolved, or what changed articles touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import Quad
from pyoxigraph import Store as Database

from kg.builder.memory import Known, Memory, article_quads, known_of, known_quads, row_quads
from kg.mappers.entity import best_label
from kg.registry import Registry
from kg.resolve.again import Refreshed, refreshed, rows_of
from kg.resolve.contacts import Item
from kg.resolve.model import Entity, Merge, Resolution
from kg.resolve.nodes import Node
from kg.resolve.sightings import Sighting
from kg.resolve.steps import Outcome, resolve_table
from kg.resolve.table import Table, table_of


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


def settled_anew(sightings: Sequence[Sighting], registry: Registry) -> Settled:
    """Who the names of all articles are."""
    table = table_of(sightings)
    outcome = resolve_table(table, registry)
    resolution = Resolution(
        entities=outcome.entities,
        names={(one.article, name): outcome.ids[node] for one in sightings for name, node in one.names.items()},
        conferences={key: outcome.ids[key] for key in table.events},
        editions=outcome.editions,
        merges=outcome.merges,
        unknown=outcome.unknown,
    )
    return Settled(
        resolution,
        frozenset(one.article for one in sightings),
        tuple(entity.id for entity in outcome.entities),
        len(outcome.entities),
        partial(_remember_all, table, outcome, sightings),
    )


def _remember_all(table: Table, outcome: Outcome, sightings: Sequence[Sighting], database: Database) -> None:
    database.bulk_extend(quad for row in rows_of(table, outcome) for quad in row_quads(row))
    database.bulk_extend(quad for one in sightings for quad in _seen_in(one))
    database.bulk_extend(quad for known in known_of(outcome).values() for quad in known_quads(known))


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
    found = refreshed(memory, gone, fresh, registry)
    before = _known_before(memory, found)
    after = known_of(found.outcome)
    new = {one.article: one for one in fresh}
    touched = {one.article for one in gone} | new.keys() | set(_showing(memory, found, before, after))
    staying = [new.get(key) or sight(key) for key in sorted(touched - ({one.article for one in gone} - new.keys()))]
    return Settled(
        _resolution(memory, found, after, staying),
        frozenset(touched),
        tuple(sorted(key for key in before.keys() | after.keys() if _said(key, before) != _said(key, after))),
        count + len(after) - len(before),
        partial(_remember, found, before, after, gone, fresh),
    )


def _known_before(memory: Memory, found: Refreshed) -> dict[str, Known]:
    """What was known of the entities that the items resolved again were."""
    before: dict[str, Known] = {}
    wanted = sorted({row.id for row in found.before.values()})
    while wanted:
        key = wanted.pop()
        known = memory.known(key)
        if key not in before and known is not None:
            before[key] = known
            wanted += [*filter(None, [known.entity.in_series]), *(edition for _, edition in known.editions)]
    return before


def _showing(
    memory: Memory, found: Refreshed, before: Mapping[str, Known], after: Mapping[str, Known]
) -> Iterator[str]:
    """The articles whose graphs show an item otherwise than before."""
    for item, was in found.before.items():
        now = found.after.get(item)
        if now is None or _look(item, before[was.id], before) != _look(item, after[now.id], after):
            yield from memory.articles(item)


def _said(key: str, known: Mapping[str, Known]) -> tuple[Entity, tuple[Merge, ...]] | None:
    """What the graph of names says of an entity; None where there is none."""
    return (known[key].entity, known[key].merges) if key in known else None


def _look(item: Item, known: Known, others: Mapping[str, Known]) -> tuple[object, ...]:
    """What the graph of an article shows of what an item is.

    Of a name that is the label in its own language; of a conference, all labels, its series and other editions.
    """
    entity = known.entity
    if isinstance(item, Node):
        return entity.id, entity.type, best_label(entity, item.language)
    series = others[entity.in_series].entity.label if entity.in_series in others else ""
    editions = [(year, _labels(others[edition].entity)) for year, edition in known.editions if edition in others]
    return _labels(entity), series, editions


def _labels(entity: Entity) -> tuple[object, ...]:
    """The id of a conference, its series, and its one label in each language."""
    languages = sorted({tag for _, tag in (entity.label, *entity.labels)})
    return entity.id, entity.in_series, entity.label, [best_label(entity, language) for language in languages]


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
    known = dict(after)
    wanted = [*names.values(), *conferences.values()]
    while wanted:
        key = wanted.pop()
        if key not in known:
            its = memory.known(key)
            assert its is not None, "every entity is remembered"
            known[key] = its
            wanted += [*filter(None, [its.entity.in_series]), *(edition for _, edition in its.editions)]
    return Resolution(
        entities=tuple(known[key].entity for key in sorted(known)),
        names=names,
        conferences=conferences,
        editions={(key, year): edition for key, its in known.items() for year, edition in its.editions},
        merges=tuple(merge for key in sorted(after) for merge in after[key].merges),
    )


def _remember(
    found: Refreshed,
    before: Mapping[str, Known],
    after: Mapping[str, Known],
    gone: Sequence[Sighting],
    fresh: Sequence[Sighting],
    database: Database,
) -> None:
    old, new = (
        {
            *(quad for row in rows.values() for quad in row_quads(row)),
            *(quad for its in known.values() for quad in known_quads(its)),
            *(quad for one in sightings for quad in _seen_in(one)),
        }
        for rows, known, sightings in ((found.before, before, gone), (found.after, after, fresh))
    )
    for quad in old - new:
        database.remove(quad)
    database.extend(new - old)


def _seen_in(sighting: Sighting) -> Iterator[Quad]:
    for node in sighting.remarks:
        yield from article_quads(node, (sighting.article,))
