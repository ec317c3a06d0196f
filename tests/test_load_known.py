"""What ``kg load`` keeps of the hashes of graphs, so that what is not sent is not read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad
from quads import dataset

from kg.build import build
from kg.load.content import Reader, contents, graph_names, lines
from kg.load.known import Known, recall, remember
from kg.store import Store, open_store, write_store
from kg.vocab import BASE, LABEL, facts_graph, merged_graph, own_prefix, shared_graph, text

SEEDS = Path(__file__).parents[1] / "seeds"


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


def test_a_build_hands_on_what_is_known_of_the_graphs_it_left_alone(tmp_path: Path) -> None:
    """Of those that it changed, and of the merged facts, nothing is known; of all others, what is true."""
    news, path = tmp_path / "news", tmp_path / "store"
    news.mkdir()
    for seed in sorted(SEEDS.glob("*.txt"))[:2]:
        shutil.copy(seed, news)
    store = build([news], store=path).store
    remember(store, hashed(store))
    (news / "more.txt").write_text("Deputy Prime Minister Nguyen Van An met the director of the Ford Foundation.\n")
    after = build([news], store=path).store
    known, true = recall(after).contents, hashed(after).contents
    assert known == {graph: content for graph, content in true.items() if graph in known}
    kept = {facts_graph(article, base=BASE).value for article in articles(after)}
    assert len(kept & known.keys()) == 2
    assert len(kept - known.keys()) == 1
    assert merged_graph(BASE).value not in known


def articles(store: Store) -> set[str]:
    """The ids of the articles of ``store``."""
    start, end = f"{BASE}article/", "/facts"
    names = {graph.value for graph in store.db.named_graphs() if isinstance(graph, NamedNode)}
    return {name.removeprefix(start).removesuffix(end) for name in names if name.endswith(end)}


def test_merged_facts_are_what_the_graphs_say(tmp_path: Path) -> None:
    """Read once more, or taken from the graphs that were read: the same."""
    own = Quad(NamedNode("urn:a"), LABEL, text("note"), NamedNode(f"{own_prefix(BASE)}notes"))
    again = Quad(NamedNode("urn:a"), LABEL, text("twice"), shared_graph("more", base=BASE))
    twice = Quad(NamedNode("urn:a"), LABEL, text("twice"), shared_graph("most", base=BASE))
    store = write_store([*dataset(BASE), own, again, twice], base=BASE, path=tmp_path / "store")
    merged = merged_graph(BASE).value
    reader = Reader(store, {})
    found = {graph: reader.content(graph)[1]() for graph in graph_names(store, with_text=True, merged=True)}
    assert found[merged] == lines(store, merged)
    assert found == {graph: lines(store, graph) for graph in found}
    one = facts_graph("one", base=BASE).value
    partly = Reader(store, {one: reader.hashed[one]})
    assert {graph: partly.content(graph)[0] for graph in graph_names(store, with_text=True, merged=True)} == (
        reader.hashed
    )
