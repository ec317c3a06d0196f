"""``--endpoint``: the same questions to real servers give the same tables, bytes and errors as the store here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result
from gold_sets import SETS
from pyoxigraph import Literal, NamedNode, Quad
from servers import VIRTUOSO_USER, Server, oxigraph, running, virtuoso

from kg.build import build
from kg.cli import main
from kg.query import queries
from kg.query.endpoint import Endpoint, connect
from kg.remote.http import Client
from kg.store import Store, open_store, write_store
from kg.vocab import BASE, LABEL, facts_graph, kg

pytestmark = pytest.mark.server

KINDS = {"oxigraph": oxigraph, "virtuoso": virtuoso}
#: Nobody signs in, whatever the machine's own settings.
NOBODY = {"KG_USER": "", "KG_PASSWORD": "", "KG_TOKEN": "", "NETRC": "/dev/null"}
SIGNED = {**NOBODY, "KG_USER": VIRTUOSO_USER[0], "KG_PASSWORD": VIRTUOSO_USER[1]}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the seeds."""
    path = tmp_path_factory.mktemp("seeds") / "store"
    build([SETS["seeds"][0]], store=path)
    return path


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[Server]:
    """A server with the seeds' graph, put there by ``kg load``."""
    with running(KINDS[request.param](tmp_path_factory.mktemp(request.param) / "data")) as started:
        loaded = kg_run("load", "--to", started.url, "--store", seeds, "--with-text", env=SIGNED)
        assert loaded.exit_code == 0, loaded.output
        yield started


def kg_run(*args: object, env: dict[str, str] = NOBODY) -> Result:
    """A command of kg."""
    return CliRunner().invoke(main, list(map(str, args)), env=env)


def both(server: Server, seeds: Path, *args: object) -> tuple[Result, Result]:
    """A command asked of the server, and of the store."""
    return kg_run(*args, "--endpoint", server.url), kg_run(*args, "--store", seeds)


@pytest.mark.parametrize("name", [query.name for query in queries()])
def test_a_prepared_query_gives_the_same_table(name: str, server: Server, seeds: Path) -> None:
    """With labels, and the quotes and places behind each row."""
    cited = () if name == "conference-schema" else ("--cite",)
    there, here = both(server, seeds, "query", name, *cited)
    assert here.exit_code == 0
    assert there.output == here.output


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml", "md"])
def test_every_format(form: str, server: Server, seeds: Path) -> None:
    """Byte for byte, with columns of labels."""
    there, here = both(server, seeds, "query", "posts", "-f", form, "--lang", "vi,fr")
    assert here.exit_code == 0
    assert there.stdout_bytes == here.stdout_bytes


@pytest.mark.parametrize(
    "args",
    [
        ("posts", "--person", "bui thanh son"),
        ("posts", "--person", "裴青山"),
        ("aid-by-sector", "--sector", "health"),
        ("coverage",),
        ("evidence", "--of", "person/bui-thanh-son"),
        ("names", "--min", "5"),
        ("themes", "--language", "fr"),
    ],
    ids=" ".join,
)
def test_parameters(args: tuple[str, ...], server: Server, seeds: Path) -> None:
    """Names in any language, slugs, IRIs without base, numbers."""
    there, here = both(server, seeds, "query", *args)
    assert here.exit_code == 0, here.output
    assert there.output == here.output


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?facts) { ?s ?p ?o }",
        "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class",
        "SELECT (SUM(?amount) AS ?sum) { ?f a kg:AidFigure ; kg:amount ?amount }",
        "SELECT ?article (COUNT(*) AS ?n) { GRAPH ?g { ?article a kg:Article . ?r a kg:Role }"
        ' FILTER (STRENDS(STR(?g), "/facts")) }'
        " GROUP BY ?article ORDER BY ?article",
        "ASK { ?person a kg:Person }",
        "ASK { ?person a kg:AidFigure ; kg:amount 1 }",
        "CONSTRUCT { ?p rdfs:label ?l } WHERE { ?p a kg:Person ; rdfs:label ?l }",
        "SELECT ?l { ?p a kg:Person ; rdfs:label ?l } ORDER BY DESC(?l)",
    ],
)
def test_any_query(text: str, server: Server, seeds: Path) -> None:
    """Each fact counts once, though several graphs hold it; GRAPH reaches each article's."""
    there, here = both(server, seeds, "sparql", "-e", text)
    assert here.exit_code == 0, here.output
    assert there.output == here.output


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("sparql", "-e", "SELECT ?s { ?s ?p }"), "-e:1:20: this is not SPARQL"),
        (("sparql", "-e", "INSERT DATA { <urn:a> <urn:b> 1 }"), "INSERT changes a graph"),
        (("sparql", "-e", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), "SERVICE asks another server"),
        (("query", "posts", "--person", "Nobody At All"), "there is no person called"),
        (("query", "posts", "--profile", "fridge"), "there is no profile 'fridge'"),
    ],
)
def test_what_is_refused(args: tuple[str, ...], message: str, server: Server) -> None:
    """As from the store here: with place and hint, exit 2, and nothing sent that changes anything."""
    refused = kg_run(*args, "--endpoint", server.url)
    assert refused.exit_code == 2
    assert message in refused.output
    assert "Traceback" not in refused.output


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://127.0.0.1:9", "no answer from 127.0.0.1:9"),
        ("ftp://127.0.0.1/", "is no http or https address"),
        ("http://user:secret@127.0.0.1/", "user or a password"),
    ],
)
def test_an_address_where_nothing_is(url: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with it, and no waiting for long."""
    monkeypatch.setattr("kg.remote.http.FIRST_WAIT", 0.01)
    refused = kg_run("query", "articles", "--endpoint", url)
    assert refused.exit_code == 2
    assert message in refused.output
    assert "secret" not in refused.output


def test_an_answer_that_is_cut_is_no_answer(server: Server, seeds: Path) -> None:
    """Virtuoso gives 10,000 rows of more, and says so in a header alone; all, or an error."""
    there, here = both(server, seeds, "sparql", "-e", "SELECT ?s ?p ?o { ?s ?p ?o }", "-f", "csv")
    if there.exit_code == 2:
        assert "cuts the answer off after 10000 rows" in there.output
    else:
        assert sorted(there.output.splitlines()) == sorted(here.output.splitlines())


def test_what_we_read_for_ourselves_is_never_cut(server: Server, seeds: Path) -> None:
    """Labels, quotes and names are read by pages."""
    endpoint: Endpoint = connect(server.url, client=Client())
    there = {str(quad.object) for quad in endpoint.match(None, LABEL)}
    assert there == {str(quad.object) for quad in open_store(seeds).match(None, LABEL)}
    assert len(list(endpoint.match())) == len(list(open_store(seeds).match()))


def test_a_store_under_another_base(server: Server, tmp_path: Path) -> None:
    """Beside the usual one, which goes before it."""
    base = "https://news.example/kg/"
    person = NamedNode(f"{base}person/a")
    quads = [
        Quad(person, LABEL, Literal("A", language="en"), facts_graph("x", base=base)),
        Quad(person, kg("gender"), Literal("f"), facts_graph("x", base=base)),
    ]
    store: Store = write_store(quads, base=base, path=tmp_path / "other")
    assert kg_run("load", "--to", server.url, "--store", store.path, env=SIGNED).exit_code == 0
    assert connect(server.url, client=Client()).base == BASE


def test_a_store_of_another_base_alone(tmp_path: Path) -> None:
    """Its base is read from the account that a load keeps, and the default graph is its merged facts."""
    base = "https://news.example/kg/"
    quads = [Quad(NamedNode(f"{base}person/a"), LABEL, Literal("A"), facts_graph(name, base=base)) for name in "xyz"]
    write_store(quads, base=base, path=tmp_path / "store")
    with running(oxigraph(tmp_path / "server")) as started:
        assert kg_run("load", "--to", started.url, "--store", tmp_path / "store").exit_code == 0
        counted = kg_run("sparql", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "-f", "csv", "--endpoint", started.url)
        assert counted.output.split() == ["n", "1"]
        assert connect(started.url, client=Client()).base == base


def test_rows_with_blank_nodes(tmp_path: Path) -> None:
    """A store that others filled may have some: such rows come as the server sorts them."""
    with running(oxigraph(tmp_path / "server")) as started:
        data = b'_:a <urn:p> "b" . _:c <urn:p> "a" .'
        requests.post(f"{started.url}/store?default", data=data, headers={"Content-Type": "text/turtle"}, timeout=30)
        text = "SELECT ?s ?o { ?s <urn:p> ?o } ORDER BY ?o"
        found = kg_run("sparql", "-e", text, "-f", "csv", "--endpoint", started.url)
        assert found.exit_code == 0, found.output
        assert [line.rpartition(",")[2] for line in found.output.split()] == ["o", "a", "b"]
