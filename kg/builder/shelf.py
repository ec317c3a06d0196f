"""What a store remembers of its articles: the files, and the readings of every one.

It is kept in a database of its own beside the facts, so that no query sees it: an entry a file, and a few tables. The
table of files is kept in parts, so that a build writes those parts anew in which something changed, and not all of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote
from zlib import crc32

from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Database

from kg.builder import values
from kg.builder.slim import slim
from kg.errors import KgError
from kg.model import Reading
from kg.read.files import STDIN

_READINGS: Final = NamedNode("urn:kg:readings")
_NAMES: Final = NamedNode("urn:kg:names")
_TABLE: Final = NamedNode("urn:kg:table")
_FILE: Final = "urn:kg:file:"
_TABLES: Final = ("form", "files", "entities", "triples")
#: In how many parts the table of files is kept.
_PARTS: Final = 128


class Row(NamedTuple):
    """One article of a file: its id before ids are told apart, language, facts by kind, and facts left out."""

    own: str
    language: str
    facts: Mapping[str, int]
    unproven: int


class FileRow(NamedTuple):
    """A file: its path as it was given, the digest of its content, that of what read it, and its articles."""

    path: str
    content: str
    read_by: str
    articles: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The tables: files by key, and the numbers of entities and of merged triples."""

    files: Mapping[str, FileRow] = field(default_factory=dict)
    entities: int = 0
    triples: int = 0


def file_key(real: str, store: Path) -> str:
    """What a file is known by: its path from the store, so that a folder that holds both can be moved."""
    if real == STDIN:
        return STDIN
    try:
        return Path(os.path.relpath(real, os.path.realpath(store))).as_posix()
    except ValueError:  # another drive of Windows
        return Path(real).as_posix()


def load_shelf(database: Database) -> Shelf | None:
    """The tables; None where they were written by a kg with another model of facts. Raises KgError for damaged ones."""
    tables = {name: _table(database, name) for name in _TABLES}
    if tables["form"] != _form():
        return None
    try:
        plain = [row for number in range(_PARTS) for row in (_table(database, _part_name(number)) or {}).items()]
        files = {key: _file_row(row) for key, row in sorted(plain)}
        shelf = Shelf(files, int(tables["entities"]), int(tables["triples"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise KgError(f"what the store remembers of its articles is damaged: {error}", where="--store") from None
    if len(shelf.files) != tables["files"]:
        raise KgError("what the store remembers of its articles is damaged: files are lacking", where="--store")
    return shelf


def load_readings(database: Database, key: str, *, slimmed: bool = False) -> tuple[Reading, ...]:
    """What was read from the file ``key``; ``slimmed``, as ``slim`` leaves it. Raises KgError where it is not there."""
    kept = _NAMES if slimmed else _READINGS
    text = next((_text(quad) for quad in database.quads_for_pattern(_node(key), kept, None, None)), "null")
    found = values.load(text)
    if not isinstance(found, tuple) or not all(isinstance(item, Reading) for item in found):
        raise KgError(f"what the store remembers of '{key}' is damaged", where="--store")
    return found


def write_shelf(
    database: Database, shelf: Shelf, readings: Iterable[tuple[str, tuple[Reading, ...]]], gone: Iterable[str] = ()
) -> None:
    """Put the tables and new ``readings`` (by file) into ``database``, and take out those of files that are gone.

    A file of which something else is said than before has new readings, or is gone.
    """
    changed = set[int]()
    for key in gone:
        changed.add(_part(key))
        _remove(database, _node(key))
    for key, found in readings:
        changed.add(_part(key))
        _remove(database, _node(key))
        database.add(Quad(_node(key), _READINGS, Literal(values.dump(found))))
        database.add(Quad(_node(key), _NAMES, Literal(values.dump(tuple(map(slim, found))))))
    tables: dict[str, Any] = {
        "form": _form(),
        "files": len(shelf.files),
        "entities": shelf.entities,
        "triples": shelf.triples,
    }
    parts: dict[int, dict[str, object]] = {number: {} for number in changed}
    for key, row in shelf.files.items():
        if (number := _part(key)) in changed:
            parts[number][key] = _plain_row(row)
    for name, table in (*tables.items(), *((_part_name(number), part) for number, part in parts.items())):
        node = NamedNode(f"urn:kg:{name}")
        _remove(database, node)
        database.add(Quad(node, _TABLE, Literal(json.dumps(table, ensure_ascii=False, sort_keys=True))))


def _form() -> str:
    """What entries and tables are like; what was written otherwise is not read."""
    return f"{values.FORM}/{_PARTS}"


def _part(key: str) -> int:
    """The part of the table of files that a file is in."""
    return crc32(key.encode("utf-8", "surrogatepass")) % _PARTS


def _part_name(number: int) -> str:
    return f"files-{number}"


def _remove(database: Database, node: NamedNode) -> None:
    for quad in list(database.quads_for_pattern(node, None, None, None)):
        database.remove(quad)


def _node(key: str) -> NamedNode:
    return NamedNode(_FILE + quote(key, safe=""))


def _text(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal) else "null"


def _table(database: Database, name: str) -> Any:
    found: Iterator[Quad] = database.quads_for_pattern(NamedNode(f"urn:kg:{name}"), _TABLE, None, None)
    try:
        return json.loads(next(map(_text, found), "null"))
    except ValueError:
        return None


def _plain_row(row: FileRow) -> list[object]:
    articles = [[one.own, one.language, dict(one.facts), one.unproven] for one in row.articles]
    return [row.path, row.content, row.read_by, articles]


def _file_row(plain: Any) -> FileRow:
    path, content, read_by, articles = plain
    rows = tuple([Row(own, language, dict(facts), int(unproven)) for own, language, facts, unproven in articles])
    return FileRow(path, content, read_by, rows)
