"""What is known already of the graphs of a store: the hash and size of each, kept beside the data once it was read.

A generation of a store never changes, so what was read of one stays true; the next write makes another, and a build
that changes some graphs of it hands on what is known of the others. Nothing hangs on the file: where it is missing,
damaged or cannot be written, graphs are read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.load.content import Content
from kg.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """The content of graphs, by name, and the identity of the database that holds them ("" where it has none)."""

    contents: Mapping[str, Content]
    database: str = ""


def recall(store: Store) -> Known:
    """What is known of the generation of ``store`` that is open."""
    return recall_in(_folder(store))


def recall_in(folder: Path | None) -> Known:
    """What is known of the generation in ``folder``; nothing of one that is in memory."""
    database = "" if folder is None else _identity(folder)
    if folder is None or not database:
        return Known({})
    try:
        said = json.loads(_file(folder).read_text(encoding="utf-8"))
        if said["database"] != database:
            return Known({}, database)
        contents = {graph: Content(graph, str(digest), int(count)) for graph, (digest, count) in said["graphs"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Known({}, database)
    return Known(contents, database)


def remember(store: Store, known: Known) -> None:
    """Keep what is ``known`` beside the data, where the folder may be written and still is what it was."""
    folder = _folder(store)
    if folder is not None and known.database and recall(store).contents != known.contents:
        _keep(folder, known)


def hand_on(known: Known, folder: Path, changed: Container[str]) -> None:
    """Keep what is ``known`` of a generation in that of ``folder``, which differs from it in ``changed`` alone."""
    contents = {graph: content for graph, content in known.contents.items() if graph not in changed}
    database = _identity(folder)
    if contents and database:
        _keep(folder, Known(contents, database))


def _keep(folder: Path, known: Known) -> None:
    graphs = {graph: [content.digest, content.count] for graph, content in sorted(known.contents.items())}
    part = _file(folder).with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):  # it may not be written, or a build has just put another generation in its place
        if _identity(folder) == known.database:
            part.write_text(json.dumps({"database": known.database, "graphs": graphs}), encoding="utf-8")
            part.replace(_file(folder))
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _folder(store: Store) -> Path | None:
    """The folder of the generation that is open; None in memory, and where an older kg wrote it."""
    folder = None if store.path is None else store.path / store.data
    return folder if folder is not None and (folder / "graph").is_dir() else None


def _file(folder: Path) -> Path:
    return folder / "hashes.json"


def _identity(folder: Path) -> str:
    """What its engine calls the database: a store that is made again in the same folder has another."""
    try:
        return (folder / "graph" / "IDENTITY").read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
