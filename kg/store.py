"""The store: an Oxigraph dataset of named graphs, on disk or in memory, with the merged facts as its default graph.

On disk a store is a folder that holds ``kg.json`` and one generation of the data, ``data-N``. A write
makes a new generation and then puts a new ``kg.json`` in place of the old one, so a reader sees the old
store or the new one, never half of either. The default graph holds each triple of the named graphs
once, article bodies left out: Oxigraph's own union counts a triple once for each graph that has it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)
from pyoxigraph import Store as Database

from kg.errors import KgError
from kg.vocab import PREFIXES

#: Raised by one with every change that an older kg could not read.
LAYOUT: Final = 1

_MANIFEST: Final = "kg.json"
_GENERATION: Final = re.compile(r"data-(\d+)")


@dataclass(frozen=True, slots=True)
class Store:
    """An open store: its database, the base of its minted IRIs, and its folder (None in memory)."""

    db: Database
    base: str
    path: Path | None = None

    def quads(self, *, with_text: bool = False) -> Iterator[Quad]:
        """The quads of the named graphs; those of article bodies only ``with_text``."""
        for quad in self.db:
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and (with_text or not is_body(graph, base=self.base)):
                yield quad

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads of a graph, the merged facts if none is named, with these terms; None is any."""
        return self.db.quads_for_pattern(subject, predicate, value, graph or DefaultGraph())

    def answer(self, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """What the engine answers to a query, our prefixes known. Raises what it raises."""
        return self.db.query(text, prefixes={**PREFIXES, "kgid": self.base})

    def read_ahead(self, nodes: Iterable[NamedNode]) -> None:
        """Nothing, as all is at hand: a store elsewhere reads here what ``match`` will be asked of these nodes."""

    def triples(self, *, with_text: bool = False) -> Iterator[Triple]:
        """The merged facts, each once; with the article bodies only ``with_text``."""
        for quad in self.db.quads_for_pattern(None, None, None, DefaultGraph()):
            yield quad.triple
        if with_text:
            for graph in self.db.named_graphs():
                if is_body(graph, base=self.base):
                    yield from (quad.triple for quad in self.db.quads_for_pattern(None, None, None, graph))


def is_body(graph: NamedNode | BlankNode, *, base: str) -> bool:
    """Whether ``graph`` is the one of an article's body."""
    return isinstance(graph, NamedNode) and graph.value.startswith(f"{base}article/") and graph.value.endswith("/body")


def write_store(quads: Iterable[Quad], *, base: str, path: Path | None = None) -> Store:
    """A store of ``quads`` (in named graphs) in memory, or on disk where ``path`` is given, in place of what was there.

    The default graph is filled from the named ones. Raises KgError where the folder cannot be written,
    is being written by another process, or holds something else.
    """
    if path is None:
        memory = Database()
        memory.bulk_extend(_with_default_graph(quads, base=base))
        return Store(memory, base)
    try:
        generation = _fresh_generation(path)
        database = _open(generation, write=True, path=path)
        database.bulk_extend(_with_default_graph(quads, base=base))
        database.flush()
        del database
        _point_at(path, generation.name, base=base)
        _remove_generations(path, keep=generation.name)
    except OSError as error:
        raise _unwritable(path, error) from error
    return open_store(path)


def open_store(path: Path, *, write: bool = False) -> Store:
    """The store at ``path``, as it stands now; ``write`` takes it for changing, one process at a time.

    Raises KgError for a folder that is missing, holds no store or a damaged one, was written by a
    newer kg, or (with ``write``) is taken or may not be written.
    """
    manifest = _read_manifest(path)
    data = path / manifest["data"]
    if not data.is_dir():
        raise _damaged(path, f"'{manifest['data']}' is missing")
    return Store(_open(data, write=write, path=path), manifest["base"], path)


def _with_default_graph(quads: Iterable[Quad], *, base: str) -> Iterator[Quad]:
    """Each quad, and again in the default graph unless it is of an article's body."""
    for quad in quads:
        graph = quad.graph_name
        assert isinstance(graph, NamedNode), "facts stand in named graphs"
        yield quad
        if not is_body(graph, base=base):
            yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _read_manifest(path: Path) -> dict[str, str]:
    """What ``kg.json`` says: ``data``, the folder of the generation, and ``base``."""
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if path.is_dir() and any(path.iterdir()):
            raise KgError(f"'{path}' is not a store of kg", where="--store", hint="Name another folder.") from None
        raise KgError(
            f"there is no store at '{path}'", where="--store", hint=f"Make one: kg build ARTICLES --store {path}"
        ) from None
    except NotADirectoryError:
        raise KgError(f"'{path}' is not a folder", where="--store", hint="Name another folder.") from None
    except ValueError as error:
        raise _damaged(path, f"{_MANIFEST}: {error}") from None
    except OSError as error:
        raise KgError(f"the store '{path}' cannot be read: {error.strerror or error}", where="--store") from error
    layout = manifest.get("layout") if isinstance(manifest, dict) else None
    if not isinstance(layout, int):
        raise _damaged(path, f"{_MANIFEST} names no layout")
    if layout > LAYOUT:
        raise KgError(
            f"the store '{path}' was written by a newer kg (layout {layout}; this one knows {LAYOUT})",
            where="--store",
            hint="Upgrade kg, or build the store again.",
        )
    data, base = manifest.get("data"), manifest.get("base")
    if not isinstance(data, str) or not _GENERATION.fullmatch(data) or not isinstance(base, str):
        raise _damaged(path, f"{_MANIFEST} names no data or no base")
    return {"data": data, "base": base}


def _fresh_generation(path: Path) -> Path:
    """A folder for the next generation, not there yet; what a killed write left in its place is removed."""
    path.mkdir(parents=True, exist_ok=True)
    if not (path / _MANIFEST).exists() and any(not _GENERATION.fullmatch(entry.name) for entry in path.iterdir()):
        raise KgError(
            f"'{path}' holds other things than a store of kg, so it is left alone",
            where="--store",
            hint="Name another folder, or an empty one.",
        )
    current = int(_read_manifest(path)["data"].removeprefix("data-")) if (path / _MANIFEST).exists() else 0
    generation = path / f"data-{current + 1}"
    if generation.exists():
        _open(generation, write=True, path=path)  # raises where another process is writing it
        shutil.rmtree(generation)
    return generation


def _open(data: Path, *, write: bool, path: Path) -> Database:
    """The database in ``data``. Raises KgError where it is damaged, taken, or cannot be written."""
    try:
        return Database(data) if write else Database.read_only(str(data))
    except OSError as error:
        if "lock" in str(error).lower():
            raise KgError(
                f"the store '{path}' is being written by another process",
                where="--store",
                hint="Wait until it has ended, or name another folder.",
            ) from error
        raise (_unwritable(path, error) if write else _damaged(path, str(error))) from error
    except RuntimeError as error:
        raise _damaged(path, str(error)) from error


def _point_at(path: Path, data: str, *, base: str) -> None:
    """Make ``data`` the current generation, in one step."""
    fresh = path / f"{_MANIFEST}.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"layout": LAYOUT, "data": data, "base": base}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path / _MANIFEST)


def _remove_generations(path: Path, *, keep: str) -> None:
    """Remove all generations but ``keep``. What a reader still holds open on Windows stays for the next write."""
    for entry in path.iterdir():
        if _GENERATION.fullmatch(entry.name) and entry.name != keep:
            shutil.rmtree(entry, ignore_errors=True)


def _unwritable(path: Path, error: OSError) -> KgError:
    reason = error.strerror or str(error)
    return KgError(
        f"the store '{path}' cannot be written: {reason}", where="--store", hint="Name a folder you may write to."
    )


def _damaged(path: Path, detail: str) -> KgError:
    return KgError(
        f"the store '{path}' is damaged ({detail})",
        where="--store",
        hint=f"Build it again: kg build ARTICLES --store {path}",
    )
