"""A build into a store on disk: what did not change since the last one is neither read nor written again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode
from pyoxigraph import Store as Database

from kg.builder.checks import checked_base, refuse, registry_of, summary_of
from kg.builder.digests import bytes_digest, graph_digest, kg_version, reading_digest, text_digest
from kg.builder.prints import article_prints, entity_prints
from kg.builder.reading import Files, Progress, named, read_files, with_ids
from kg.builder.shelf import Shelf, load_readings, load_shelf, write_shelf
from kg.builder.slim import slim
from kg.builder.update import Plan, changed, written_anew
from kg.errors import KgError
from kg.graph import Graph
from kg.model import Reading
from kg.resolve import resolve
from kg.store import Folder, Store, commit, open_store, read_folder, writing
from kg.store.folder import open_database
from kg.vocab import facts_graph

_NONE: Final = Shelf()


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
            "kg": kg_version(), "reading": reading_digest(), "graph": graph_digest(), "infer": "yes" if infer else "no",
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
        shelf = former.shelf
        if not _is_done(files, former, base, made_by):
            resolution = resolve(list(_names(files, ids, former)), registry=registry)
            articles = tuple(sorted(own for found in ids.values() for own in found))
            plan = Plan(articles, _finder(files, ids, former), resolution, base, infer)
            shelf = Shelf(
                files.rows,
                article_prints(_reading_prints(files, ids), plan.resolution),
                entity_prints(plan.resolution),
            )
            _write(store, plan, shelf, files, former, made_by)
    rows = [row for one in files.rows.values() for row in one.articles]
    summary = summary_of(
        rows, entities=len(shelf.entities), read=sum(map(len, files.read.values())),
        removed=len(former.shelf.articles.keys() - shelf.articles.keys()), skipped=files.skipped,
    )  # fmt: skip
    return Graph(open_store(store), summary)


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


def _names(files: Files, ids: Mapping[str, tuple[str, ...]], former: Former) -> Iterator[Reading]:
    """All readings as far as resolution looks at them, with the ids of their articles."""
    for key in files.rows:
        found = files.read.get(key)
        yield from with_ids(former.recall(key, slimmed=True) if found is None else tuple(map(slim, found)), ids[key])


def _finder(files: Files, ids: Mapping[str, tuple[str, ...]], former: Former) -> Callable[[str], Reading]:
    """What gives the whole reading of an article by its id."""
    places = {own: (key, number) for key, found in ids.items() for number, own in enumerate(found)}

    def find(article: str) -> Reading:
        key, number = places[article]
        found = files.read.get(key) or former.recall(key)
        return with_ids(found[number : number + 1], (article,))[0]

    return find


def _reading_prints(files: Files, ids: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """What tells one reading of an article from another, by its id."""
    return {
        own: text_digest(f"{row.read_by}\n{row.content}\n{row.path}\n{number}\n{own}")
        for key, row in files.rows.items()
        for number, own in enumerate(ids[key])
    }


def _write(store: Path, plan: Plan, shelf: Shelf, files: Files, former: Former, made_by: Mapping[str, str]) -> None:
    folder = former.folder
    alike = ("graph", "infer")
    link = (
        folder is not None
        and former.usable
        and folder.base == plan.base
        and all(folder.made_by.get(name) == made_by[name] for name in alike)
    )
    change = changed(plan, former.shelf, shelf) if link else written_anew(plan)

    def fill(graph: Database, readings: Database) -> None:
        change(graph)
        rows = files.read if link else {key: files.read.get(key) or former.recall(key) for key in files.rows}
        write_shelf(readings, shelf, rows.items(), files.gone if link else ())

    commit(store, fill, base=plan.base, made_by=made_by, former=folder if link else None)
