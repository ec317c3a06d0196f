"""A build into a store on disk: what did not change since the last one is neither read nor written again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import NamedNode
from pyoxigraph import Store as Database

from kg.builder.checks import checked_base, refuse, registry_of, summary_of
from kg.builder.digests import bytes_digest, graph_digest, reading_digest
from kg.builder.memory import Memory
from kg.builder.reading import Files, Progress, named, read_files, with_ids
from kg.builder.settle import Settled, settled_again, settled_anew
from kg.builder.shelf import Shelf, load_readings, load_shelf, write_shelf
from kg.builder.slim import slim
from kg.builder.update import Change, Plan, changed, written_anew
from kg.errors import KgError
from kg.graph import Graph
from kg.load.known import Known, hand_on, recall_in
from kg.model import Reading
from kg.registry import Registry
from kg.resolve.sightings import Sighter
from kg.resources import VERSION
from kg.store import Folder, Store, commit, open_store, read_folder, writing
from kg.store.folder import open_database
from kg.store.own import kept_own, put_own
from kg.vocab import facts_graph, merged_graph

_NONE: Final = Shelf()
#: The ids of the articles of each file, by its key.
Ids: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Former:
    """The store as it was: its folder (None where there was none), its tables and its readings.

    ``usable`` is False where the tables are not to be had: then ``shelf`` is empty.
    """

    folder: Folder | None = None
    shelf: Shelf = _NONE
    readings: Database | None = None
    usable: bool = True

    def recall(self, key: str, *, slimmed: bool = False) -> tuple[Reading, ...]:
        """What was read from the file ``key``; ``slimmed``, with no more than resolution looks at."""
        assert self.readings is not None, "there are files in the tables"
        return load_readings(self.readings, key, slimmed=slimmed)


def build_store(
    paths: Iterable[str | Path],
    *,
    store: Path,
    base: str | None,
    strict: bool,
    progress: Progress | None,
    infer: bool,
    names: str | Path | None,
    prune: bool,
    jobs: int,
    wait: float,
    told: Callable[[str], None] | None,
) -> Graph:
    """As ``kg.build.build``, on disk."""
    checked_base(base)
    with writing(store, wait=wait, told=told):
        former = _former(store)
        base = checked_base(former.folder.base if base is None and former.folder else base)
        registry = registry_of(names, base=base)
        made_by = {
            "kg": VERSION, "reading": reading_digest(), "graph": graph_digest(), "infer": "yes" if infer else "no",
            "names": "" if names is None else bytes_digest(Path(names).read_bytes()),
        }  # fmt: skip
        files = read_files(
            paths, store=store, known=former.shelf.files, recall=former.recall, prune=prune, jobs=jobs,
            progress=progress,
        )  # fmt: skip
        refuse(files, strict=strict)
        ids = named(files)
        if not (former.usable or prune):
            _refuse_loss(store, {own for found in ids.values() for own in found})
        shelf, were = former.shelf, named(Files(former.shelf.files, {}))
        if not _is_done(files, former, base, made_by):
            link = _may_add(former, base, made_by)
            find = _finder(files, ids, former)
            settled = (
                _settled_again(files, ids, were, former, registry, find)
                if link
                else _settled_anew(files, ids, former, registry)
            )
            articles = tuple(sorted(own for found in ids.values() for own in found))
            plan = Plan(articles, find, settled.resolution, base, infer)
            shelf = _write(store, plan, settled, files, former, made_by, link=link)
    rows = [row for one in files.rows.values() for row in one.articles]
    summary = summary_of(
        rows, entities=shelf.entities, triples=shelf.triples, read=sum(map(len, files.read.values())),
        removed=len(_all(were) - _all(ids)), skipped=files.skipped,
    )  # fmt: skip
    return Graph(open_store(store), summary)


def stored_readings(store: Path) -> Iterator[Reading]:
    """What was read from each article of the store, file by file.

    Raises KgError where there is no store, or it was made by a kg that remembered otherwise.
    """
    read_folder(store)  # says what is wrong where there is none
    former = _former(store)
    if former.readings is None or not former.usable:
        raise KgError(
            f"the store '{store}' was made by another version of kg", where="--store", hint="Build it again first."
        )
    ids = named(Files(former.shelf.files, {}))
    for key in ids:
        yield from with_ids(former.recall(key), ids[key])


def _former(store: Path) -> Former:
    try:
        folder = read_folder(store)
    except KgError:
        if (store / "kg.json").exists():
            raise
        return Former()
    if folder.readings is None or not folder.readings.is_dir():
        return Former(folder, usable=False)
    database = open_database(folder.readings, path=store)
    shelf = load_shelf(database)
    return Former(folder, shelf or _NONE, database, usable=shelf is not None)


def _refuse_loss(store: Path, given: set[str]) -> None:
    """Raise KgError where a store that cannot be added to holds articles that are not given now."""
    opened = open_store(store)
    kept = {facts_graph(own, base=opened.base).value for own in given}
    lost = [name for name in _article_graphs(opened) if name not in kept]
    if lost:
        articles = "1 article" if len(lost) == 1 else f"{len(lost)} articles"
        raise KgError(
            f"the store '{store}' was made by another version of kg, and {articles} of it would be lost",
            where="--store",
            hint="Give them too; or, to keep only what is given now, add --prune.",
        )


def _article_graphs(store: Store) -> Iterator[str]:
    for graph in store.db.named_graphs():
        if isinstance(graph, NamedNode) and graph.value.endswith("/facts"):
            yield graph.value


def _is_done(files: Files, former: Former, base: str, made_by: Mapping[str, str]) -> bool:
    """Whether the store already is what it is to be."""
    folder = former.folder
    same = folder is not None and folder.base == base and folder.made_by == made_by
    return same and former.usable and not files.read and not files.gone


def _may_add(former: Former, base: str, made_by: Mapping[str, str]) -> bool:
    """Whether the store was made as it would be now, so that what did not change in it can stay."""
    folder = former.folder
    alike = ("graph", "infer", "names")
    same = folder is not None and folder.base == base and all(folder.made_by.get(key) == made_by[key] for key in alike)
    return same and former.usable


def _all(ids: Ids) -> set[str]:
    return {own for found in ids.values() for own in found}


def _slimmed(key: str, files: Files, former: Former) -> tuple[Reading, ...]:
    """What was read from a file now or else before, as far as resolution looks at it."""
    found = files.read.get(key)
    return former.recall(key, slimmed=True) if found is None else tuple(map(slim, found))


def _settled_anew(files: Files, ids: Ids, former: Former, registry: Registry) -> Settled:
    sighter = Sighter(registry)
    readings = chain.from_iterable(with_ids(_slimmed(key, files, former), ids[key]) for key in files.rows)
    return settled_anew(list(map(sighter.sight, readings)), registry)


def _settled_again(
    files: Files, ids: Ids, were: Ids, former: Former, registry: Registry, find: Callable[[str], Reading]
) -> Settled:
    assert former.readings is not None, "the store can be added to"
    sighter = Sighter(registry)
    changed = {key for key in {**were, **ids} if key in files.read or were.get(key) != ids.get(key)}
    gone = [
        sighter.sight(one)
        for key in sorted(changed & were.keys())
        for one in with_ids(former.recall(key, slimmed=True), were[key])
    ]
    fresh = [
        sighter.sight(one)
        for key in sorted(changed & ids.keys())
        for one in with_ids(_slimmed(key, files, former), ids[key])
    ]
    return settled_again(
        Memory(former.readings), gone, fresh, lambda own: sighter.sight(slim(find(own))), registry=registry,
        count=former.shelf.entities,
    )  # fmt: skip


def _finder(files: Files, ids: Ids, former: Former) -> Callable[[str], Reading]:
    """What gives the whole reading of an article by its id."""
    places = {own: (key, number) for key, found in ids.items() for number, own in enumerate(found)}

    def find(article: str) -> Reading:
        key, number = places[article]
        found = files.read.get(key) or former.recall(key)
        return with_ids(found[number : number + 1], (article,))[0]

    return find


def _write(
    store: Path, plan: Plan, settled: Settled, files: Files, former: Former, made_by: Mapping[str, str], *, link: bool
) -> Shelf:
    """Make the store what it is to be, and return its tables."""
    change = changed(plan, settled.articles, settled.entities) if link else written_anew(plan)
    shelf, done = Shelf(files.rows, settled.count), Change(0)
    known = recall_in(former.folder.path / former.folder.data) if link and former.folder is not None else Known({})

    def fill(graph: Database, readings: Database) -> None:
        nonlocal shelf, done
        if not link and former.folder is not None:
            put_own(graph, kept_own(former.folder, base=plan.base), base=plan.base)
        done = change(graph)
        shelf = replace(shelf, triples=done.grown + (former.shelf.triples if link else 0))
        rows = files.read if link else {key: files.read.get(key) or former.recall(key) for key in files.rows}
        write_shelf(readings, shelf, rows.items(), files.gone if link else ())
        settled.remember(readings)
        if not link:
            # What many batches left is put in order now: else every later build would begin on it, and not end.
            graph.optimize()
            readings.optimize()

    commit(store, fill, base=plan.base, made_by=made_by, former=former.folder if link else None)
    hand_on(known, store / read_folder(store).data, {*done.graphs, merged_graph(plan.base).value})
    return shelf
