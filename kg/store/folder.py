"""A store on disk: a folder that holds ``kg.json`` and one generation of the data, ``data-N``.

A generation is two databases: ``graph``, the facts, and ``readings``, what a build remembers of the articles so
that it need not read them again. A write makes the next generation, in which what does not change is linked and not
copied, and then puts a new ``kg.json`` in place of the old one: a reader sees the old store or the new one, never half
of either, and a write that is killed leaves the old one. What it leaves beside, the next write removes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Quad
from pyoxigraph import Store as Database

from kg.errors import KgError
from kg.store.dataset import Store, with_default_graph
from kg.store.lock import LOCK, locked

#: Raised by one with every change that an older kg could not read.
LAYOUT: Final = 2

#: What ``kg validate`` found, kept beside the data.
CHECKED: Final = "checked.json"

#: The file that is replaced when a generation takes the place of another.
MANIFEST: Final = "kg.json"
_FRESH: Final = f"{MANIFEST}.new"
_GENERATION: Final = re.compile(r"data-(\d+)")
#: Named as a generation that never is: the first one has the number 1.
_TRIAL: Final = "data-0"
#: How often a reader looks again for a generation that a write has just replaced.
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Folder:
    """What ``kg.json`` says: the layout, the folder of the generation, the base, and what made it (name to version)."""

    path: Path
    layout: int
    data: str
    base: str
    made_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def graph(self) -> Path:
        """Where the database of facts is; in the first layout it was all there was."""
        return self.path / self.data / "graph" if self.layout > 1 else self.path / self.data

    @property
    def readings(self) -> Path | None:
        """Where the database of readings is; None in a store that has none."""
        return self.path / self.data / "readings" if self.layout > 1 else None


def write_store(quads: Iterable[Quad], *, base: str, path: Path | None = None) -> Store:
    """A store of ``quads`` (in named graphs) in memory, or on disk where ``path`` is given, in place of what was there.

    The default graph is filled from the named ones. Raises KgError where the folder cannot be written,
    is being written by another process, or holds something else.
    """
    if path is None:
        memory = Database()
        memory.bulk_extend(with_default_graph(quads, base=base))
        return Store(memory, base)
    with writing(path):
        commit(path, lambda graph, _: graph.bulk_extend(with_default_graph(quads, base=base)), base=base)
    return open_store(path)


def open_store(path: Path) -> Store:
    """The store at ``path``, as it stands now, for reading.

    Raises KgError for a folder that is missing, holds no store or a damaged one, or was written by a newer kg.
    """
    folder = read_folder(path)
    for _ in range(_TRIES):
        if folder.graph.is_dir():
            try:
                return Store(open_database(folder.graph, path=path), folder.base, path, folder.data)
            except KgError:
                if read_folder(path) == folder:
                    raise
        again = read_folder(path)
        if again == folder:
            raise _damaged(path, f"'{folder.data}' is missing")
        folder = again
    raise _damaged(path, f"'{folder.data}' is missing")


@contextmanager
def writing(path: Path, *, wait: float = 0, told: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the store at ``path`` for writing, as ``locked``; its folder is made, and not left behind without a store.

    Raises KgError for a folder that holds other things.
    """
    _claim(path)
    try:
        with locked(path, wait=wait, told=told):
            _tidy(path)
            try:
                yield
            finally:
                if not (path / MANIFEST).exists():
                    (path / LOCK).unlink(missing_ok=True)
    finally:
        with suppress(OSError):  # it holds something
            path.rmdir()


def _claim(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
        inside = [entry.name for entry in path.iterdir()]
    except OSError as error:
        raise _unwritable(path, error) from error
    if MANIFEST not in inside and any(not _is_ours(name) for name in inside):
        raise KgError(
            f"'{path}' holds other things than a store of kg, so it is left alone",
            where="--store",
            hint="Name another folder, or an empty one.",
        )


def _is_ours(name: str) -> bool:
    """Whether a write may have left this behind."""
    return name in (LOCK, _FRESH, CHECKED, f"{CHECKED}.new") or _GENERATION.fullmatch(name) is not None


def commit(
    path: Path,
    change: Callable[[Database, Database], None],
    *,
    base: str,
    made_by: Mapping[str, str] | None = None,
    former: Folder | None = None,
) -> None:
    """Make the next generation of the store at ``path`` and put it in the place of the current one, in one step.

    ``change`` is given its databases of facts and of readings: those of ``former``, linked, or empty ones. The
    caller holds the lock. Raises KgError where the folder cannot be written; then the store is what it was.
    """
    generation: Path | None = None
    try:
        generation = _fresh_generation(path)
        generation.mkdir()
        for name, old in (("graph", former.graph), ("readings", former.readings)) if former is not None else ():
            if old is not None:
                open_database(old, path=path).backup(str(generation / name))
        databases = [open_database(generation / name, path=path, write=True) for name in ("graph", "readings")]
        change(databases[0], databases[1])
        for database in databases:
            database.flush()
        databases.clear()
        _point_at(Folder(path, LAYOUT, generation.name, base, made_by or {}))
    except BaseException as error:
        if generation is not None:
            shutil.rmtree(generation, ignore_errors=True)
        (path / _FRESH).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise
    _remove_generations(path, keep=generation.name)


@contextmanager
def trial(folder: Folder) -> Iterator[Database]:
    """A copy of the facts of ``folder``, linked, to try on it what may go wrong. Nothing of it is kept.

    The caller holds the lock; what a killed process leaves of it, the next write removes.
    """
    copy = folder.path / _TRIAL
    try:
        try:
            copy.mkdir()
            open_database(folder.graph, path=folder.path).backup(str(copy / "graph"))
            database = open_database(copy / "graph", path=folder.path, write=True)
        except OSError as error:
            raise _unwritable(folder.path, error) from error
        yield database
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def read_folder(path: Path) -> Folder:
    """What ``kg.json`` says. Raises KgError where there is none, or it says nothing that can be used."""
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        if path.is_dir() and any(not _is_ours(entry.name) for entry in path.iterdir()):
            raise KgError(f"'{path}' is not a store of kg", where="--store", hint="Name another folder.") from None
        raise KgError(
            f"there is no store at '{path}'", where="--store", hint=f"Make one: kg build ARTICLES --store {path}"
        ) from None
    except NotADirectoryError:
        raise KgError(f"'{path}' is not a folder", where="--store", hint="Name another folder.") from None
    except ValueError as error:
        raise _damaged(path, f"{MANIFEST}: {error}") from None
    except OSError as error:
        raise KgError(f"the store '{path}' cannot be read: {error.strerror or error}", where="--store") from error
    layout = manifest.get("layout") if isinstance(manifest, dict) else None
    if not isinstance(layout, int):
        raise _damaged(path, f"{MANIFEST} names no layout")
    if layout > LAYOUT:
        raise KgError(
            f"the store '{path}' was written by a newer kg (layout {layout}; this one knows {LAYOUT})",
            where="--store",
            hint="Upgrade kg, or build the store again.",
        )
    data, base, made_by = manifest.get("data"), manifest.get("base"), manifest.get("made_by", {})
    if not isinstance(data, str) or not _GENERATION.fullmatch(data) or not isinstance(base, str):
        raise _damaged(path, f"{MANIFEST} names no data or no base")
    if not isinstance(made_by, dict) or not all(isinstance(value, str) for value in made_by.values()):
        raise _damaged(path, f"{MANIFEST} does not say what made it")
    return Folder(path, layout, data, base, made_by)


def open_database(data: Path, *, path: Path, write: bool = False) -> Database:
    """The database in ``data`` of the store at ``path``. Raises KgError where it is damaged or cannot be written."""
    try:
        return Database(data) if write else Database.read_only(str(data))
    except OSError as error:
        raise (_unwritable(path, error) if write else _damaged(path, str(error))) from error
    except RuntimeError as error:
        raise _damaged(path, str(error)) from error


def _fresh_generation(path: Path) -> Path:
    """The folder of the next generation, not there yet."""
    current = read_folder(path).data if (path / MANIFEST).exists() else "data-0"
    return path / f"data-{int(current.removeprefix('data-')) + 1}"


def _point_at(folder: Folder) -> None:
    """Make the generation of ``folder`` the current one, in one step that outlives a loss of power."""
    fresh = folder.path / _FRESH
    said = {"layout": folder.layout, "data": folder.data, "base": folder.base, "made_by": dict(folder.made_by)}
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    for parent in (folder.path / folder.data, folder.path):
        _sync(parent)
    fresh.replace(folder.path / MANIFEST)
    _sync(folder.path)


def _sync(path: Path) -> None:
    """Have the names in a folder written to the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _tidy(path: Path) -> None:
    """Remove what a killed write left."""
    (path / _FRESH).unlink(missing_ok=True)
    _remove_generations(path, keep=read_folder(path).data if (path / MANIFEST).exists() else "")


def _remove_generations(path: Path, *, keep: str) -> None:
    """Remove all generations but ``keep``. What a reader still holds open on Windows stays for the next write."""
    for entry in path.iterdir():
        if _GENERATION.fullmatch(entry.name) and entry.name != keep:
            shutil.rmtree(entry, ignore_errors=True)


def _unwritable(path: Path, error: OSError) -> KgError:
    reason = error.strerror or str(error)
    return KgError(
        f"the store '{path}' cannot be written: {reason}",
        where="--store",
        hint="Name a folder you may write to, on a disk that has room.",
    )


def _damaged(path: Path, detail: str) -> KgError:
    return KgError(
        f"the store '{path}' is damaged ({detail})",
        where="--store",
        hint=f"Build it again: kg build ARTICLES --store {path}",
    )
