"""The store: what is written is read back, each fact once; what is wrong with a folder is said plainly."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Database
from quads import PERSON, dataset

from kg.errors import KgError
from kg.model import MonthDay
from kg.store import LAYOUT, locked, open_store, write_store
from kg.vocab import BASE, KG, XSD, any_uri, day, decimal, integer, kg, month_day, text

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store on disk."""
    return write_store(dataset(), base=BASE, path=tmp_path / "store").path or tmp_path


def count(database: Database, pattern: str) -> int:
    """How many solutions a pattern has."""
    rows = database.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(next(iter(rows))["n"].value)  # type: ignore[union-attr, arg-type, index]


def test_memory_and_disk_hold_the_same(folder: Path) -> None:
    """Both keep every quad, and give the base back."""
    memory, disk = write_store(dataset(), base=BASE), open_store(folder)
    assert set(memory.quads(with_text=True)) == set(disk.quads(with_text=True)) == set(dataset())
    assert set(memory.triples()) == set(disk.triples())
    assert disk.base == BASE


def test_a_query_without_a_graph_counts_each_triple_once() -> None:
    """Three graphs say the person is one; Oxigraph's union would count three."""
    store = write_store(dataset(), base=BASE)
    pattern = f"<{PERSON.value}> a <{KG}Person>"
    assert count(store.db, pattern) == 1
    assert count(store.db, f"GRAPH ?g {{ {pattern} }}") == 3


def test_the_merged_facts_leave_bodies_out() -> None:
    """The text of an article is in its own graph only."""
    store = write_store(dataset(), base=BASE)
    body = "?a <https://schema.org/articleBody> ?text"
    assert count(store.db, body) == 0
    assert count(store.db, f"GRAPH ?g {{ {body} }}") == 2
    assert len(set(store.triples(with_text=True)) - set(store.triples())) == 2


def test_bodies_are_known_under_any_base() -> None:
    """Which graph is a body's does not hang on the default base."""
    base = "https://example.org/news/"
    store = write_store(dataset(base), base=base)
    assert len(list(store.quads(with_text=True))) - len(list(store.quads())) == 2


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.dates() | WORDS)
def test_literals_come_back_as_they_were_written(value: int | Decimal | date | str) -> None:
    """Stores rewrite literals ("01", "1.50"); ours are in the form that stays."""
    match value:
        case Decimal():
            literal = decimal(value)
        case date():
            literal = day(value)
        case int():
            literal = integer(value)
        case _:
            literal = text(value, "zh-Hans")
    quad = Quad(PERSON, kg("value"), literal, PERSON)
    assert [item.object for item in write_store([quad], base=BASE).quads()] == [literal]


@pytest.mark.parametrize("literal", [month_day(MonthDay(2, 29)), any_uri("http://a b/"), text("x"), text("x", "NB")])
def test_other_literals_come_back_as_they_were_written(literal: Literal) -> None:
    """Days of no year, addresses that are no IRI, plain text, language tags."""
    quad = Quad(PERSON, kg("value"), literal, PERSON)
    assert [item.object for item in write_store([quad], base=BASE).quads()] == [literal]


@pytest.mark.parametrize(
    ("written", "datatype", "kept"),
    [("01", "integer", "1"), ("1.50", "decimal", "1.5"), ("2025-12-04+00:00", "date", "2025-12-04Z")],
)
def test_the_store_rewrites_other_forms(written: str, datatype: str, kept: str) -> None:
    """Why kg.vocab is the one place that makes literals: any other form does not come back."""
    quad = Quad(PERSON, kg("value"), Literal(written, datatype=NamedNode(XSD + datatype)), PERSON)
    assert [item.object.value for item in write_store([quad], base=BASE).quads()] == [kept]  # type: ignore[union-attr]


def test_the_store_puts_integers_of_every_width_into_one_type_and_tags_into_lower_case() -> None:
    """Hence offsets are xsd:integer, and kg.vocab.text lowers tags."""
    wide = Quad(PERSON, kg("value"), Literal("7", datatype=NamedNode(XSD + "nonNegativeInteger")), PERSON)
    tagged = Quad(PERSON, kg("title"), Literal("x", language="zh-Hans"), PERSON)
    values = {item.object for item in write_store([wide, tagged], base=BASE).quads()}
    assert values == {integer(7), Literal("x", language="zh-hans")}


def test_a_write_replaces_what_was_there(folder: Path) -> None:
    """The new facts and nothing of the old, in a folder that does not grow."""
    few = dataset()[:1]
    assert set(write_store(few, base=BASE, path=folder).quads()) == set(few)
    assert set(open_store(folder).quads()) == set(few)
    assert sorted(entry.name for entry in folder.iterdir()) == ["data-2", "kg.json", "kg.lock"]


def test_a_reader_keeps_what_it_opened(folder: Path) -> None:
    """A write beside an open reader changes nothing for it."""
    reader = open_store(folder)
    write_store(dataset()[:1], base=BASE, path=folder)
    assert set(reader.quads(with_text=True)) == set(dataset())


def test_a_write_that_fails_leaves_the_old_store(folder: Path) -> None:
    """Quads that end in an error are not half a store; the next write clears up."""

    def broken() -> Iterator[Quad]:
        yield from dataset()[:3]
        raise KgError("the source ended")

    with pytest.raises(KgError, match="the source ended"):
        write_store(broken(), base=BASE, path=folder)
    assert set(open_store(folder).quads(with_text=True)) == set(dataset())
    write_store(dataset()[:1], base=BASE, path=folder)
    assert sorted(entry.name for entry in folder.iterdir()) == ["data-2", "kg.json", "kg.lock"]


def test_a_killed_write_leaves_the_old_store(folder: Path) -> None:
    """A process that dies in mid write loses its own facts only."""
    program = (
        "import os, sys; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path; from quads import dataset\n"
        "from kg.store import write_store; from kg.vocab import BASE\n"
        "def broken():\n    yield from dataset()[:3]\n    os.kill(os.getpid(), 9)\n"
        f"write_store(broken(), base=BASE, path=Path({str(folder)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[1], check=False)
    assert done.returncode == -9
    assert set(open_store(folder).quads(with_text=True)) == set(dataset())
    assert set(write_store(dataset()[:1], base=BASE, path=folder).quads()) == set(dataset()[:1])


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    """Neither a folder that is not there nor an empty one is a store."""
    (tmp_path / "empty").mkdir()
    for name in ("nowhere", "empty"):
        with pytest.raises(KgError, match="there is no store at") as caught:
            open_store(tmp_path / name)
        assert "kg build" in caught.value.hint


def test_a_folder_of_other_things_is_no_store_and_is_left_alone(tmp_path: Path) -> None:
    """Building into one's home folder must not remove it."""
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(KgError, match="is not a store of kg"):
        open_store(tmp_path)
    with pytest.raises(KgError, match="is left alone"):
        write_store(dataset(), base=BASE, path=tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    """Reading says so; writing cannot make a folder of it."""
    file = tmp_path / "store"
    file.write_text("dear")
    with pytest.raises(KgError, match="is not a folder"):
        open_store(file)
    with pytest.raises(KgError, match="cannot be written"):
        write_store(dataset(), base=BASE, path=file)


@pytest.mark.parametrize("manifest", ["", "[]", "{", '{"layout": "x"}', '{"layout": 1, "data": "../etc", "base": "b"}'])
def test_a_broken_manifest_is_damage(folder: Path, manifest: str) -> None:
    """Whatever stands in kg.json, the message names the store and the remedy."""
    (folder / "kg.json").write_text(manifest)
    with pytest.raises(KgError, match="is damaged") as caught:
        open_store(folder)
    assert "Build it again" in caught.value.hint


def test_missing_data_is_damage(folder: Path) -> None:
    """A manifest that points at nothing."""
    (folder / "data-1").rename(folder / "gone")
    with pytest.raises(KgError, match="'data-1' is missing"):
        open_store(folder)


@pytest.mark.parametrize("name", ["MANIFEST-*", "CURRENT"])
def test_corrupt_data_is_damage(folder: Path, name: str) -> None:
    """The engine's own error becomes one that says what to do."""
    for file in (folder / "data-1" / "graph").glob(name):
        file.write_bytes(b"junk")
    with pytest.raises(KgError, match="is damaged"):
        open_store(folder)


def test_a_store_of_a_newer_layout_is_not_guessed_at(folder: Path) -> None:
    """An older kg must not misread what it does not know."""
    manifest = json.loads((folder / "kg.json").read_text())
    (folder / "kg.json").write_text(json.dumps({**manifest, "layout": LAYOUT + 1}))
    for operation in (open_store, lambda path: write_store(dataset(), base=BASE, path=path)):
        with pytest.raises(KgError, match="newer kg") as caught:
            operation(folder)
        assert "Upgrade" in caught.value.hint


def test_only_one_process_writes_a_store(folder: Path) -> None:
    """A second one is told who is at work; readers are not kept out."""
    with locked(folder):
        with pytest.raises(KgError, match=rf"is being written by process {os.getpid()} on ") as caught:
            write_store(dataset(), base=BASE, path=folder)
        assert "--wait" in caught.value.hint
        assert set(open_store(folder).quads(with_text=True)) == set(dataset())
    write_store(dataset()[:1], base=BASE, path=folder)


def test_a_second_writer_waits_if_asked_to(folder: Path) -> None:
    """It says for whom, once, and goes on when the first is done."""
    told: list[str] = []
    ready = threading.Event()

    def first() -> None:
        with locked(folder):
            ready.set()
            while not told:
                time.sleep(0.01)

    thread = threading.Thread(target=first)
    thread.start()
    ready.wait()
    with locked(folder, wait=60, told=told.append):
        assert told == [f"Waiting for process {os.getpid()} on {socket.gethostname()}, which is writing '{folder}'."]
    thread.join()


@pytest.mark.parametrize("said", ["", "{", "[1]", '{"pid": "x"}'])
def test_a_lock_that_names_nobody_holds_all_the_same(folder: Path, said: str) -> None:
    """Whatever stands in the file, it is the system that knows whether it is taken."""
    with locked(folder):
        (folder / "kg.lock").write_text(said)
        with pytest.raises(KgError, match="is being written by another process"), locked(folder):
            pass


def test_a_lock_ends_with_its_holder(folder: Path) -> None:
    """A killed process holds nothing."""
    program = (
        "import os; from pathlib import Path; from kg.store import locked\n"
        f"with locked(Path({str(folder)!r})):\n    os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[1], check=False)
    assert done.returncode == -9
    with locked(folder):
        pass


def test_a_store_of_the_first_layout_is_read_and_written_anew(folder: Path) -> None:
    """There the generation was the database of facts itself."""
    (folder / "data-1" / "graph").rename(folder / "graph")
    shutil.rmtree(folder / "data-1")
    (folder / "graph").rename(folder / "data-1")
    (folder / "kg.json").write_text(json.dumps({"layout": 1, "data": "data-1", "base": BASE}))
    assert set(open_store(folder).quads(with_text=True)) == set(dataset())
    write_store(dataset()[:1], base=BASE, path=folder)
    assert json.loads((folder / "kg.json").read_text())["layout"] == LAYOUT
    assert set(open_store(folder).quads()) == set(dataset()[:1])


def test_a_store_opened_for_reading_refuses_changes(folder: Path) -> None:
    """What is opened to read is read-only in the engine itself."""
    with pytest.raises(RuntimeError):
        open_store(folder).db.add(dataset()[0])


def test_a_folder_that_may_not_be_written_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only disk, full disk or missing right: the system's reason, no traceback."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(KgError, match="cannot be written: Permission denied"):
        write_store(dataset(), base=BASE, path=folder)


def test_an_engine_that_may_not_write_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's error becomes one for people, and nothing is left beside the old store."""

    def refuse(_: object) -> None:
        raise PermissionError("IO error: While open a file for appending: LOG: Permission denied")

    monkeypatch.setattr("kg.store.folder.Database", refuse)
    with pytest.raises(KgError, match=r"cannot be written: .*Permission denied"):
        write_store(dataset(), base=BASE, path=folder)
    assert sorted(entry.name for entry in folder.iterdir()) == ["data-1", "kg.json", "kg.lock"]


def test_a_manifest_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(KgError, match="cannot be read: Permission denied"):
        open_store(folder)
