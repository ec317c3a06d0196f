"""What is in a store: articles, facts, entities, triples, what made it, and its size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions

from kg.builder.shelf import Row, Shelf, load_shelf
from kg.store import Folder, Store, count_triples, open_store, read_folder
from kg.store.folder import open_database
from kg.store.own import own_graphs
from kg.vocab import KG, RDF_TYPE, own_prefix, shared_graph


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is known of a store: what it is about, which of these, and the value."""

    about: str
    name: str
    value: str


def info(path: Path) -> list[Item]:
    """What is in the store at ``path``, in one order. Raises KgError where there is none that can be read."""
    folder, store = read_folder(path), open_store(path)
    items = [*_made(folder), *_size(folder)]
    shelf = load_shelf(open_database(folder.readings, path=path)) if folder.readings is not None else None
    items += _articles(shelf) if shelf is not None else [Item("articles", "all", str(_count(store, _ARTICLES)))]
    return [*items, *_entities(store), *_triples(store)]


_ARTICLES = f"SELECT (COUNT(DISTINCT ?article) AS ?n) {{ ?article a <{KG}Article> }}"


def _made(folder: Folder) -> Iterator[Item]:
    """What made the store, as its ``kg.json`` says."""
    yield Item("store", "folder", str(folder.path))
    yield Item("store", "base", folder.base)
    yield Item("store", "layout", str(folder.layout))
    names = {
        "kg": "kg version", "reading": "packs and readers", "graph": "ontology and code", "infer": "inferences",
        "names": "file of names",
    }  # fmt: skip
    for key, name in names.items():
        if folder.made_by.get(key):
            yield Item("store", name, folder.made_by[key])


def _size(folder: Folder) -> Iterator[Item]:
    """Bytes on disk of the facts, and of what is remembered of the articles."""
    parts = {"facts": folder.graph, "readings": folder.readings}
    for name, part in parts.items():
        if part is not None:
            yield Item("bytes", name, str(sum(file.stat().st_size for file in part.rglob("*") if file.is_file())))


def _articles(shelf: Shelf) -> Iterator[Item]:
    """Articles by language, and facts by kind and language."""
    rows = [row for file in shelf.files.values() for row in file.articles]
    yield Item("articles", "all", str(len(rows)))
    yield from _counted("articles", Counter(row.language for row in rows))
    yield from _counted("facts", _facts(rows))
    for language in sorted({row.language for row in rows}):
        yield from _counted(f"facts in {language}", _facts([row for row in rows if row.language == language]))
    left_out = sum(row.unproven for row in rows)
    if left_out:
        yield Item("facts", "left out, their evidence does not check", str(left_out))


def _facts(rows: list[Row]) -> Counter[str]:
    count: Counter[str] = Counter()
    for row in rows:
        count.update(row.facts)
    return count


def _entities(store: Store) -> Iterator[Item]:
    """Entities by class."""
    quads = store.match(None, RDF_TYPE, None, shared_graph("names", base=store.base))
    count = Counter(quad.object.value.removeprefix(KG) for quad in quads if isinstance(quad.object, NamedNode))
    merges = count.pop("Merge", 0)
    yield Item("entities", "all", str(sum(count.values())))
    yield from _counted("entities", count)
    yield Item("merges", "all", str(merges))


def _triples(store: Store) -> Iterator[Item]:
    """Merged triples, and quads by what their graphs are; those of a user's own by name."""
    yield Item("triples", "merged", str(count_triples(store.db)))
    for name in ("names", "inferred", "ontology", "vocabularies"):
        graph = shared_graph(name, base=store.base).value
        yield Item("triples", name, str(_count(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")))
    yield Item("graphs", "all", str(sum(1 for _ in store.db.named_graphs())))
    for own in own_graphs(store.db, base=store.base):
        count = sum(1 for _ in store.db.quads_for_pattern(None, None, None, own))
        yield Item("a user's own", own.value.removeprefix(own_prefix(store.base)), str(count))


def _count(store: Store, query: str) -> int:
    rows = store.db.query(query)
    assert isinstance(rows, QuerySolutions), "it is a SELECT"
    return int(next(rows)["n"].value)


def _counted(about: str, count: Counter[str]) -> Iterator[Item]:
    yield from (Item(about, name, str(number)) for name, number in sorted(count.items()))
