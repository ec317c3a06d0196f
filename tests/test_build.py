"""The whole line: one graph from articles, the same whatever the order they come in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import facts
import pytest
from pyoxigraph import NamedNode
from rdflib import RDF, URIRef

import kg
from kg.build import build, build_readings, checked_base
from kg.errors import KgError
from kg.graph import Graph
from kg.model import Reading
from kg.resolve.model import Resolution
from kg.store import write_store
from kg.vocab import BASE, KG, body_graph, facts_graph, shared_graph

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are who tests/facts.py says they are."""

    def resolve(readings: Sequence[Reading], **_: object) -> Resolution:
        return facts.resolution(*(reading.article.id for reading in readings))

    monkeypatch.setattr("kg.resolve.resolve", resolve)


def graphs(graph: Graph) -> set[str]:
    """The names of the named graphs."""
    return {node.value for node in graph.store.db.named_graphs() if isinstance(node, NamedNode)}


@pytest.mark.usefixtures("resolved")
def test_each_thing_stands_in_its_graph() -> None:
    """Facts and body per article; ontology, vocabularies, names and inferred once."""
    graph = build_readings([facts.reading(identifier="a1"), facts.reading(identifier="a2")])
    expected = {f(name).value for f in (facts_graph, body_graph) for name in ("a1", "a2")}
    expected |= {shared_graph(name).value for name in ("ontology", "vocabularies", "names", "inferred")}
    assert graphs(graph) == expected


@pytest.mark.usefixtures("resolved")
def test_dropping_an_article_removes_its_word_and_nothing_else() -> None:
    """The named graphs of one article are all that differs from a graph without it."""
    both = build_readings([facts.reading(identifier="a1"), facts.reading(identifier="a2")], infer=False)
    one = build_readings([facts.reading(identifier="a1")], infer=False)
    gone = {facts_graph("a2"), body_graph("a2")}
    assert {quad for quad in both.store.quads(with_text=True) if quad.graph_name not in gone} == set(
        one.store.quads(with_text=True)
    )


@pytest.mark.usefixtures("resolved")
def test_the_merged_facts_hold_each_triple_once() -> None:
    """As many solutions without a graph as there are different triples outside bodies."""
    graph = build_readings([facts.reading(identifier="a1"), facts.reading(identifier="a2")])
    rows = graph.store.db.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    count = int(next(iter(rows))["n"].value)  # type: ignore[union-attr, arg-type, index]
    assert count == len({quad.triple for quad in graph.store.quads()}) == len(graph)


@pytest.mark.usefixtures("resolved")
def test_inference_can_be_left_out() -> None:
    """Then nothing is in the graph that no article, name or ontology says."""
    graph = build_readings([facts.reading()], infer=False)
    assert shared_graph("inferred").value not in graphs(graph)


@pytest.mark.usefixtures("resolved")
def test_inferred_triples_answer_in_other_vocabularies() -> None:
    """A schema.org query finds the conference; what is inferred stands apart."""
    graph = build_readings([facts.reading()])
    rows = graph.store.db.query("SELECT ?g { GRAPH ?g { ?event a <https://schema.org/Event> } }")
    found = {row["g"] for row in rows}  # type: ignore[union-attr, index, arg-type, call-overload]
    assert found == {shared_graph("inferred")}


@pytest.mark.usefixtures("resolved")
def test_order_does_not_show_in_any_format() -> None:
    """Readings in another order give the same bytes."""
    readings = [facts.reading(identifier=name) for name in ("a1", "b 2", "中")]
    one, other = build_readings(readings), build_readings(readings[::-1])
    for form in ("turtle", "json-ld", "trig", "nquads", "ntriples", "xml"):
        assert one.export(form, with_text=True) == other.export(form, with_text=True)


@pytest.mark.usefixtures("resolved")
def test_a_chosen_base_is_kept_to(tmp_path: Path) -> None:
    """No minted IRI is under the default base, and the store remembers which it is."""
    base = "https://example.org/news/"
    quads = build_readings([facts.reading()], base=base).store.quads(with_text=True)
    write_store(quads, base=base, path=tmp_path / "store")
    graph = Graph.open(tmp_path / "store")
    assert graph.store.base == base
    assert f"<{BASE}" not in graph.export("nquads", with_text=True).decode()


@pytest.mark.usefixtures("resolved")
def test_the_summary_counts_what_was_found() -> None:
    """By language and kind; a fact whose evidence does not check is counted and not written."""
    good = facts.reading()
    bad = replace(facts.SECTOR, evidence=(replace(facts.SECTOR.evidence[0], end=10**6),))
    summary = build_readings([Reading(good.article, (*good.facts, bad))]).summary
    assert summary is not None
    assert summary.languages == {"en": 1}
    assert summary.facts == {
        "roles": 1, "aid figures": 2, "counts": 2, "conferences": 1, "sectors": 2, "quotations": 1, "mentions": 1,
    }  # fmt: skip
    assert (summary.articles, summary.unproven, summary.skipped) == (1, 1, ())


def test_an_article_given_twice_is_read_once(tmp_path: Path) -> None:
    """The same file under two folders that overlap."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_bytes((next(SEEDS.glob("000*"))).read_bytes())
    summary = build([tmp_path, tmp_path / "news", tmp_path / "news" / "a.txt"]).summary
    assert summary is not None
    assert summary.articles == 1


@pytest.mark.parametrize("base", ["", "news", "https://example.org/a b/", "https://example.org/news", "//x/"])
def test_a_bad_base_is_told_plainly(base: str) -> None:
    """An IRI that cannot start others."""
    with pytest.raises(KgError) as caught:
        checked_base(base)
    assert caught.value.where == "--base"


def test_the_base_is_the_projects_own_by_default() -> None:
    """And any absolute IRI with an end will do."""
    assert checked_base(None) == BASE
    assert checked_base("urn:x:news/") == "urn:x:news/"


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    """An empty folder must not replace a store by nothing."""
    with pytest.raises(KgError) as caught:
        build([tmp_path])
    assert caught.value.where


def test_strict_builds_nothing_where_a_file_cannot_be_read(tmp_path: Path) -> None:
    """The files are named with the reasons, and the store is not touched."""
    (tmp_path / "good.txt").write_bytes((next(SEEDS.glob("000*"))).read_bytes())
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff\xfe" * 50)
    with pytest.raises(KgError) as caught:
        build([tmp_path], strict=True, store=tmp_path / "store")
    assert "bad.txt" in caught.value.hint
    assert not (tmp_path / "store").exists()


def test_without_strict_the_rest_is_built(tmp_path: Path) -> None:
    """What could not be read is in the summary, and progress was told of what could."""
    (tmp_path / "good.txt").write_bytes((next(SEEDS.glob("000*"))).read_bytes())
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff\xfe" * 50)
    told: list[tuple[int, int, str]] = []
    graph = build([tmp_path], progress=lambda *args: told.append(args))
    assert told == [(1, 2, "good")]
    assert graph.summary is not None
    assert [Path(item.path).name for item in graph.summary.skipped] == ["bad.txt"]


def test_kg_build_is_the_function() -> None:
    """``kg.build(...)`` as the README has it, though a module bears the name too."""
    assert kg.build is build
    assert kg.Graph is Graph


def test_the_dataset_is_an_rdflib_one() -> None:
    """Named graphs, merged default graph, the same facts."""
    dataset = build([SEEDS]).dataset
    articles = set(dataset.subjects(RDF.type, URIRef(KG + "Article")))
    assert len(articles) == 5
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert {facts_graph(str(node).rpartition("/")[2]).value for node in articles} <= names


def test_plain_texts_of_the_dataset_bear_a_datatype() -> None:
    """A trap of the rdflib view: a query that compares terms sees xsd:string; our own code uses the store."""
    dataset = build([SEEDS]).dataset
    values = list(dataset.objects(None, URIRef("https://schema.org/identifier")))
    assert values
    assert all(str(value.datatype).endswith("#string") for value in values)  # type: ignore[union-attr]


@pytest.mark.slow
def test_neither_order_nor_hash_seed_shows() -> None:
    """The seeds, read in processes with other hash seeds and in another order, give the same bytes, bodies too."""
    program = (
        "import sys, hashlib, kg\n"
        "graph = kg.build(sys.argv[1:])\n"
        "for form in ('nquads', 'json-ld', 'turtle'):\n"
        "    print(hashlib.sha256(graph.export(form, with_text=True)).hexdigest())\n"
    )
    files = sorted(map(str, SEEDS.iterdir()))
    orders = {"0": files, "1": files[::-1], "2": [str(SEEDS), *files[2:], files[0]]}
    results = {
        subprocess.run(
            [sys.executable, "-c", program, *order], env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
        for seed, order in orders.items()
    }  # fmt: skip
    assert len(results) == 1


def people(graph: Graph) -> set[str]:
    """Local parts of the IRIs of all people."""
    rows = graph.store.db.query(f"SELECT ?who {{ GRAPH <{BASE}graph/names> {{ ?who a <{KG}Person> }} }}")
    return {row["who"].value.removeprefix(BASE) for row in rows}  # type: ignore[union-attr, index, arg-type, call-overload]


def test_a_line_of_the_users_undoes_a_merge(tmp_path: Path) -> None:
    """One person of two spellings; two, once the user's file says that one spelling is someone else's."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(
        "Foreign Minister René Dupré of Belgium said on Monday that schools need more help from all donors.\n" * 2
    )
    (news / "b.txt").write_text(
        "Belgian Foreign Minister Rene Dupre told reporters on Tuesday that the schools would get more help.\n" * 2
    )
    names = tmp_path / "names.ttl"
    names.write_text(
        f'@prefix kg: <{KG}> .\n<{BASE}person/rene-dupre> kg:separateName "Rene Dupre"@en .\n', encoding="utf-8"
    )
    assert people(build([news])) == {"person/rene-dupre"}
    assert len(people(build([news], names=names))) == 2


def test_a_bad_file_of_names_is_told_plainly(tmp_path: Path) -> None:
    """With its place; a file that is not there too."""
    (tmp_path / "names.ttl").write_text("<urn:a> <urn:b> .")
    for name in ("names.ttl", "nowhere.ttl"):
        with pytest.raises(KgError) as caught:
            build([SEEDS], names=tmp_path / name)
        assert name in caught.value.where
