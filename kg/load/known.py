"""What is known already of the graphs of a store: the hash and size of each, kept beside the data once it was read.

A generation of a store never changes, so what was read of one stays true; the next write makes another, of which
nothing is known. Nothing hangs on the file: where it is missing, damaged or cannot be written, graphs are read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
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
    folder = _folder(store)
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
    if folder is None or not known.database or recall(store).contents == known.contents:
        return
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
