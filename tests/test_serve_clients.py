"""SPARQL clients of other makers ask ``kg serve``, each for the same, and each gets what the store itself answers."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import jena
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from serving import PATIENCE, Served
from SPARQLWrapper import CSV, JSON, JSONLD, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.store import open_store

CLIENTS = Path(__file__).parent / "clients"
PREFIXES = "PREFIX kg: <https://w3id.org/kg-news/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
#: Names in five languages and three scripts.
NAMES = PREFIXES + "SELECT ?person ?name { ?person a kg:Person ; rdfs:label ?name }"
KNOWN = PREFIXES + "CONSTRUCT { ?person rdfs:label ?name } { ?person a kg:Person ; rdfs:label ?name }"


@pytest.fixture(scope="module")
def names(server: Served) -> set[tuple[str, str, str]]:
    """What the store answers to ``NAMES``: IRI, name, language."""
    rows = {
        (row["person"].value, row["name"].value, row["name"].language or "")
        for row in open_store(server.store).answer(NAMES)
    }
    assert len(rows) > 5
    return rows


def test_sparqlwrapper_reads_rows(server: Served, names: set[tuple[str, str, str]]) -> None:
    """By GET and by POST, as form and directly."""
    for method, how in (("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")):
        client = SPARQLWrapper(server.sparql)
        client.setQuery(NAMES)
        client.setReturnFormat(JSON)
        client.setMethod(method)
        client.setRequestMethod(how)
        rows = client.query().convert()["results"]["bindings"]
        assert {(r["person"]["value"], r["name"]["value"], r["name"].get("xml:lang", "")) for r in rows} == names


@pytest.mark.parametrize(
    ("form", "media_type"),
    [(XML, "application/sparql-results+xml"), (CSV, "text/csv"), (TSV, "text/tab-separated-values")],
)
def test_sparqlwrapper_gets_the_form_it_asks_for(server: Served, form: str, media_type: str) -> None:
    """The other forms of rows."""
    client = SPARQLWrapper(server.sparql)
    client.setQuery(NAMES)
    client.setReturnFormat(form)
    answer = client.query()
    assert answer.info()["content-type"].startswith(media_type)
    assert answer.convert()


@pytest.mark.parametrize("form", [RDFXML, TURTLE, JSONLD])
def test_sparqlwrapper_reads_triples(server: Served, names: set[tuple[str, str, str]], form: str) -> None:
    """A CONSTRUCT in each form it can read."""
    client = SPARQLWrapper(server.sparql)
    client.setQuery(KNOWN)
    client.setReturnFormat(form)
    graph = client.query().convert()
    graph = graph if isinstance(graph, rdflib.Graph) else rdflib.Graph().parse(data=graph)
    assert {(str(s), str(o), o.language or "") for s, _, o in graph} == names


def test_sparqlwrapper_is_told_of_a_mistake(server: Served) -> None:
    """A query that is none raises what the client has for that."""
    client = SPARQLWrapper(server.sparql)
    client.setQuery("SELECT {")
    with pytest.raises(QueryBadFormed, match="this is not SPARQL"):
        client.query()


def test_rdflib_reads_as_from_a_graph(server: Served, names: set[tuple[str, str, str]]) -> None:
    """``SPARQLStore``: queries, patterns and lengths."""
    graph = rdflib.Graph(store=SPARQLStore(server.sparql))
    rows = {(str(row.person), str(row.name), row.name.language or "") for row in graph.query(NAMES)}
    assert rows == names
    person = rdflib.URIRef(min(names)[0])
    assert {str(label) for label in graph.objects(person, rdflib.RDFS.label)} == {
        n for p, n, _ in names if p == str(person)
    }
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    assert len(graph) > 10_000


def test_rdflib_reads_a_named_graph(server: Served) -> None:
    """A graph of its own name is asked for as ``default-graph-uri``."""
    store = open_store(server.store)
    name = next(graph for graph in store.db.named_graphs() if graph.value.endswith("/facts"))
    graph = rdflib.Graph(store=SPARQLStore(server.sparql), identifier=rdflib.URIRef(name.value))
    assert len(list(graph.triples((None, None, None)))) == sum(1 for _ in store.match(graph=name))


@pytest.mark.server
def test_curl_gets_csv(server: Served, names: set[tuple[str, str, str]]) -> None:
    """The shortest way for anybody."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    command = [
        "curl",
        "--silent",
        "--fail",
        "-H",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={NAMES}",
        server.sparql,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = list(csv.reader(io.StringIO(ran.stdout, newline="")))
    assert rows[0] == ["person", "name"]
    assert {tuple(row) for row in rows[1:]} == {(person, name) for person, name, _ in names}


@pytest.mark.server
def test_jena_reads_rows(server: Served, names: set[tuple[str, str, str]], tmp_path: Path) -> None:
    """Jena's ``rsparql``."""
    if not jena.is_installed():
        pytest.skip("Jena is not installed: apt-get install libapache-jena-java")
    found = jena.run("arq.rsparql", "--service", server.sparql, "--results", "JSON", NAMES, folder=tmp_path)
    rows = json.loads(found)["results"]["bindings"]
    assert {(r["person"]["value"], r["name"]["value"], r["name"].get("xml:lang", "")) for r in rows} == names


@pytest.mark.server
@pytest.mark.parametrize("query", [NAMES, KNOWN])
def test_comunica_reads_rows_and_triples(server: Served, names: set[tuple[str, str, str]], query: str) -> None:
    """Comunica, which takes queries apart and joins by itself."""
    if shutil.which("node") is None or not (CLIENTS / "node_modules").is_dir():
        pytest.skip("Comunica is not installed: npm ci in tests/clients")
    command = ["node", str(CLIENTS / "ask.mjs"), server.sparql, query]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 0, ran.stderr
    rows = {(row[0], row[-1]) for row in json.loads(ran.stdout)}
    wanted = {(f"<{person}>", f"{json.dumps(name, ensure_ascii=False)}@{language}") for person, name, language in names}
    assert rows == wanted
