"""What ``kg load`` keeps of the hashes of graphs, so that what is not sent is not read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from quads import dataset

from kg.load.content import contents
from kg.load.known import Known, recall, remember
from kg.store import Store, open_store, write_store
from kg.vocab import BASE, LABEL, shared_graph, text


def hashed(store: Store) -> Known:
    """The content of all graphs of ``store``, read."""
    return Known({content.graph: content for content, _ in contents(store, merged=True)}, recall(store).database)


def kept(path: Path) -> Path:
    """The file of hashes of the store at ``path``, which has one generation."""
    (generation,) = path.glob("data-*")
    return generation / "hashes.json"


def test_what_was_read_is_known_until_the_next_write(tmp_path: Path) -> None:
    """It is there for every later reader of this generation, and for none of the next."""
    store = write_store(dataset(BASE), base=BASE, path=tmp_path / "store")
    assert not recall(store).contents
    remember(store, hashed(store))
    assert recall(open_store(tmp_path / "store")) == hashed(store)
    more = Quad(NamedNode("urn:a"), LABEL, text("x"), shared_graph("more", base=BASE))
    assert not recall(write_store([*dataset(BASE), more], base=BASE, path=tmp_path / "store")).contents


def test_a_store_in_memory_keeps_nothing() -> None:
    """There is no folder to keep it in."""
    store = write_store(dataset(BASE), base=BASE)
    remember(store, hashed(store))
    assert recall(store) == Known({})


def test_a_store_made_again_in_the_same_folder(tmp_path: Path) -> None:
    """What was read of the one that was there is neither kept beside nor believed of the one that is."""
    path = tmp_path / "store"
    old = write_store(dataset(BASE), base=BASE, path=path)
    known = hashed(old)
    remember(old, known)
    file = kept(path).read_bytes()
    shutil.rmtree(path, ignore_errors=True)
    new = write_store(dataset(BASE), base=BASE, path=path)
    assert new.data == old.data
    remember(old, known)
    assert not kept(path).exists()
    kept(path).write_bytes(file)
    assert not recall(new).contents


@pytest.mark.parametrize("damage", ["", "[]", "{}", "{", '{"database": 1}', "\0", "graphs"])
def test_a_damaged_file_says_nothing(tmp_path: Path, damage: str) -> None:
    """Graphs are read then, and the file is written anew."""
    store = write_store(dataset(BASE), base=BASE, path=tmp_path / "store")
    remember(store, hashed(store))
    file = kept(tmp_path / "store")
    said = json.dumps({"database": recall(store).database, "graphs": {"urn:a": 1}})
    file.write_text(said if damage == "graphs" else damage)
    assert not recall(store).contents
    remember(store, hashed(store))
    assert recall(store) == hashed(store)


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    """Nothing is kept, nothing is said and nothing is left behind."""
    store = write_store(dataset(BASE), base=BASE, path=tmp_path / "store")
    file = kept(tmp_path / "store")
    file.mkdir()
    before = sorted(file.parent.iterdir())
    remember(store, hashed(store))
    assert not recall(store).contents
    assert sorted(file.parent.iterdir()) == before
