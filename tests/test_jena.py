"""Another implementation agrees: Apache Jena reads what we write, answers as we do, and finds what we find."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jena
import pyshacl
import pytest
import rdflib
from gold_sets import graph
from pyoxigraph import (
    DefaultGraph,
    Literal,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from rdflib.namespace import SH
from w3c import canonical

from kg.formats import FORMATS, Format, by_name, write_graph
from kg.ontology import ontology_quads
from kg.query import queries, run
from kg.shacl import PlainGraph
from kg.store import Store
from kg.tables import Rows
from kg.validate import load_shapes, read_rdf
from kg.vocab import BASE

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not jena.is_installed(), reason="Debian's libapache-jena-java is not installed"),
]
CASES = Path(__file__).parent / "shapes"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what Jena's commands need."""
    return tmp_path_factory.mktemp("jena")


@pytest.fixture(scope="module")
def seeds() -> Store:
    """The seeds' graph."""
    return graph("seeds").store


def written(store: Store, name: str, folder: Path) -> Path:
    """The graph in one of our formats."""
    form = by_name(name)
    path = folder / f"graph{form.extension}"
    with path.open("wb") as file:
        write_graph(store, form, file)
    return path


def statement(each: Quad | Triple) -> tuple[str, ...]:
    """A statement to compare: its terms, and its graph where it has one."""
    graph_name = each.graph_name if isinstance(each, Quad) else DefaultGraph()
    named = () if graph_name == DefaultGraph() else (graph_name,)
    return tuple(map(str, (each.subject, each.predicate, each.object, *named)))


# Its reader of JSON-LD 1.1 needs an implementation of Jakarta JSON Processing, which Debian does not package; rdflib
# reads that format in tests/test_formats.py.
@pytest.mark.parametrize("form", [each for each in FORMATS if each.name != "json-ld"], ids=lambda form: form.name)
def test_jena_reads_a_format_as_we_do(form: Format, seeds: Store, folder: Path, tmp_path: Path) -> None:
    """The same statements, letter by letter."""
    read = jena.run("riotcmd.riot", "--output=nquads", written(seeds, form.name, tmp_path), folder=folder)
    ours = {statement(each) for each in (seeds.quads() if form.graphs else seeds.triples())}
    assert {statement(each) for each in parse(read, format=RdfFormat.N_QUADS)} == ours


@pytest.fixture(scope="module")
def answers(seeds: Store, folder: Path) -> dict[str, bytes]:
    """What Jena answers to each prepared query, over the merged facts as default graph and the named graphs."""
    data = folder / "all.nq"
    data.write_bytes(written(seeds, "nquads", folder).read_bytes() + written(seeds, "ntriples", folder).read_bytes())

    def ask(name: str) -> bytes:
        path = folder / f"{name}.rq"
        path.write_text(next(query.text for query in queries() if query.name == name), encoding="utf-8")
        form = "N-TRIPLES" if name == "conference-schema" else "JSON"
        return jena.run("arq.arq", "--data", data, "--query", path, f"--results={form}", folder=folder)

    names = [query.name for query in queries()]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(names, pool.map(ask, names), strict=True))


@pytest.mark.parametrize("name", [query.name for query in queries()])
def test_jena_answers_a_prepared_query_alike(name: str, seeds: Store, answers: dict[str, bytes]) -> None:
    """The same columns and rows; lists in a cell in any order, as they are in SPARQL."""
    ours = run(seeds, name)
    if not isinstance(ours, Rows):
        assert isinstance(ours, tuple)
        assert set(map(statement, parse(answers[name], format=RdfFormat.N_TRIPLES))) == set(map(statement, ours))
        return
    theirs = parse_query_results(answers[name], format=QueryResultsFormat.JSON)
    assert isinstance(theirs, QuerySolutions)
    assert tuple(variable.value for variable in theirs.variables) == ours.columns
    assert Counter(tuple(map(cell, row)) for row in theirs) == Counter(tuple(map(cell, row)) for row in ours.rows)


def cell(value: object) -> str:
    """A cell to compare: numbers by value, the parts of a list sorted, an empty one as none."""
    if not isinstance(value, Literal):
        return "" if value is None else str(value)
    plain = canonical(value)
    return str(Literal(" ".join(sorted(plain.value.split())), datatype=plain.datatype)) if plain.value else ""


@pytest.mark.parametrize("part", ["article", "merged"])
def test_jena_finds_what_pyshacl_finds(part: str, folder: Path, tmp_path: Path) -> None:
    """In all that is wrong in the cases of all constraints: the same nodes by the same constraints."""
    files = [CASES / "common.ttl", *sorted(CASES.glob("*/*.ttl"))]
    facts = {quad.triple for path in files for quad in read_rdf(path)}
    theirs, ours = both(part, facts, folder, tmp_path)
    assert theirs == ours
    assert len(ours) > 25


@pytest.mark.parametrize("part", ["article", "merged"])
def test_jena_finds_the_seeds_in_order(part: str, seeds: Store, folder: Path, tmp_path: Path) -> None:
    """As pySHACL does."""
    theirs, ours = both(part, set(seeds.triples(with_text=True)), folder, tmp_path)
    assert theirs == ours == set()


def both(part: str, facts: set[Triple], folder: Path, path: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What Jena and pySHACL find in ``facts`` by the shapes for one article or for all: node and constraint."""
    shapes: rdflib.Graph = getattr(load_shapes(), part)
    world = facts | {quad.triple for quad in ontology_quads(base=BASE)}
    shapes.serialize(path / "shapes.ttl", format="turtle")
    plain = PlainGraph(world)
    plain.serialize(path / "data.ttl", format="turtle")
    files = ("--shapes", path / "shapes.ttl", "--data", path / "data.ttl")
    report = rdflib.Graph().parse(jena.run("shacl.shacl_validate", *files, folder=folder), format="turtle")
    _, own, _ = pyshacl.validate(plain, shacl_graph=shapes, inference="none", inplace=True)
    return findings(report), findings(own)


def findings(report: rdflib.Graph) -> set[tuple[str, str]]:
    """Node and constraint of each result that the report names itself; not those inside another."""
    results = report.objects(None, SH.result)
    return {(str(report.value(each, SH.focusNode)), str(report.value(each, SH.sourceShape))) for each in results}
