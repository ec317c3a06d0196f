"""The W3C's tests of SPARQL 1.1 Protocol and Service Description, against the server as a process of its own."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlsplit

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib.collection import Collection
from rdflib.namespace import RDF
from serving import PATIENCE, Served, serving
from w3c import MF, SUITES

from kg.store import open_store, write_store
from kg.vocab import own_prefix

HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
DATA = "http://kasei.us/2009/09/sparql/data/"
MANIFEST = SUITES / "sparql11" / "protocol" / "manifest.ttl"

BASE = "http://kasei.us/id/"
TOKEN = "a-token-that-nobody-guesses"
#: How the tests' graphs begin and end, and how they do as a user's own.
OWN = {
    DATA: own_prefix(BASE),
    "http://example.org/protocol-": f"{own_prefix(BASE)}protocol-",
    "-test/>": "-test>",
}

#: The tests of updates. A server that is not writable refuses them; one that is makes them at an endpoint of their own.
UPDATES = (
    "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs",
    "update_dataset_full", "update_post_form", "update_post_direct", "update_base_uri",
)  # fmt: skip
#: Those that a writable server refuses as they stand, with the reason.
NOT_OURS = dict.fromkeys(
    UPDATES[:4] + UPDATES[6:], "they write graphs whose names are not those of a user's own: only such are changed"
)

#: What a result of each kind may come as.
MEDIA_TYPES = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"},
}  # fmt: skip


def manifest() -> rdflib.Graph:
    """The manifest; an empty graph where the suite is not here."""
    graph = rdflib.Graph()
    return graph.parse(MANIFEST, format="turtle", publicID=MANIFEST.as_uri()) if MANIFEST.exists() else graph


GRAPH = manifest()
TESTS = {
    str(entry).rpartition("#")[2]: entry
    for entries in GRAPH.objects(None, MF.entries)
    for entry in Collection(GRAPH, entries)
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the suite's data, each file in the graph the tests call it by."""
    folder = tmp_path_factory.mktemp("protocol")
    quads = [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(f"{DATA}data{number}.rdf"))
        for number in (1, 2, 3)
        for quad in parse(path=MANIFEST.with_name(f"data{number}.nt"), format=RdfFormat.N_TRIPLES)
    ]
    write_store(quads, base=BASE, path=folder / "store")
    with serving(folder / "store", log=folder / "log.txt") as served:
        yield served


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a store without articles that takes updates: the tests begin by clearing all there is."""
    folder = tmp_path_factory.mktemp("protocol-updates")
    write_store((), base=BASE, path=folder / "store")
    with serving(folder / "store", "--writable", log=folder / "log.txt", token=TOKEN) as served:
        yield served


def as_it_stands(text: str) -> str:
    """No change."""
    return text


def with_own_graphs(text: str) -> str:
    """The graphs of the tests under names of a user's own, in text and in percent-encoded parameters."""
    for name, own in OWN.items():
        text = text.replace(name, own).replace(quote(name, safe=""), quote(own, safe=""))
    return text


def send(
    served: Served, request: rdflib.term.Node, *, named: Callable[[str], str] = as_it_stands
) -> http.client.HTTPResponse:
    """Send a request of a test as it stands there, with no header field of our own but the token, for an update.

    ``named`` gives graphs other names.
    """
    path = named(str(GRAPH.value(request, HT.absolutePath))).replace("/sparql/", "/sparql", 1)
    described = GRAPH.value(request, HT.body)
    body = None
    if described is not None:
        encoding = str(GRAPH.value(described, CNT.characterEncoding))
        body = named(str(GRAPH.value(described, CNT.chars))).encode(encoding)
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=PATIENCE)
    update = body is not None and (b"sparql-update" in _kind(request) or body.startswith(b"update="))
    if update:
        path = path.replace("/sparql", "/update", 1)
    connection.putrequest(str(GRAPH.value(request, HT.methodName)), path, skip_accept_encoding=True)
    if update:
        connection.putheader("Authorization", f"Bearer {TOKEN}")
    fields = GRAPH.value(request, HT.headers)
    for field in Collection(GRAPH, fields) if fields is not None else ():
        connection.putheader(str(GRAPH.value(field, HT.fieldName)), str(GRAPH.value(field, HT.fieldValue)))
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    return connection.getresponse()


def _kind(request: rdflib.term.Node) -> bytes:
    """What the body of a request is, as the test says."""
    fields = GRAPH.value(request, HT.headers)
    values = (str(GRAPH.value(field, HT.fieldValue)) for field in Collection(GRAPH, fields) if fields is not None)
    return " ".join(values).encode()


@pytest.mark.skipif(not TESTS, reason="the W3C's tests are not beside this checkout")
def test_the_suite_is_whole() -> None:
    """All 34 are there, and each that is left out is one of them."""
    assert len(TESTS) == 34
    assert set(UPDATES) <= TESTS.keys()
    assert NOT_OURS.keys() <= set(UPDATES)


@pytest.mark.parametrize("name", [name for name in TESTS if name not in UPDATES])
def test_protocol(endpoint: Served, name: str) -> None:
    """Status, form and content of each answer are as the test wants them."""
    _passes(endpoint, name)


def _passes(endpoint: Served, name: str, *, named: Callable[[str], str] = as_it_stands) -> None:
    action = GRAPH.value(TESTS[name], MF.action)
    for request in Collection(GRAPH, GRAPH.value(action, HT.requests)):
        answer = send(endpoint, request, named=named)
        content = answer.read()
        wanted = GRAPH.value(request, HT.resp)
        statuses = {str(status)[-3:-2] for status in GRAPH.objects(wanted, MF.expectedStatus)}
        assert str(answer.status)[0] in statuses, content
        kind = GRAPH.value(wanted, MF.expectedFormat)
        if kind is not None:
            assert answer.headers.get_content_type() in MEDIA_TYPES[str(kind)]
        truth = GRAPH.value(wanted, MF.expectedBoolean)
        if truth is not None:
            assert json.loads(content)["boolean"] is truth.toPython()


@pytest.mark.parametrize("name", UPDATES)
def test_updates(writable: Served, name: str) -> None:
    """They are made, and queries see what they have changed: all seven, with graphs named as a user's own are."""
    if name not in TESTS:
        pytest.skip("the W3C's tests are not beside this checkout")
    _passes(writable, name, named=with_own_graphs)


@pytest.mark.parametrize("name", UPDATES)
def test_updates_as_they_stand(writable: Served, name: str) -> None:
    """Those that name no other graphs are made; the others are refused, and nothing has changed."""
    if name not in TESTS:
        pytest.skip("the W3C's tests are not beside this checkout")
    if name not in NOT_OURS:
        _passes(writable, name)
        return
    before = open_store(writable.store).data
    answer = send(writable, _first(name))
    assert answer.status == 403, NOT_OURS[name]
    assert b"not a graph of your own" in answer.read()
    assert open_store(writable.store).data == before


@pytest.mark.parametrize("name", UPDATES)
def test_updates_are_refused(endpoint: Served, name: str) -> None:
    """What is not writable refuses as the protocol refuses: 4xx."""
    if name not in TESTS:
        pytest.skip("the W3C's tests are not beside this checkout")
    assert 400 <= send(endpoint, _first(name)).status < 500


def _first(name: str) -> rdflib.term.Node:
    """The first request of a test."""
    action = GRAPH.value(TESTS[name], MF.action)
    return next(iter(Collection(GRAPH, GRAPH.value(action, HT.requests))))


@pytest.fixture(scope="module")
def description(server: Served) -> rdflib.Graph:
    """What the endpoint says of itself."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    connection.request("GET", "/sparql")
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.headers.get_content_type() in MEDIA_TYPES["RDF"], "returns-rdf"
    return rdflib.Graph().parse(data=answer.read(), format=answer.headers.get_content_type(), publicID=server.sparql)


def test_service_description_names_the_endpoint(server: Served, description: rdflib.Graph) -> None:
    """W3C ``has-endpoint-triple``: a service whose endpoint is where the description was found."""
    services = list(description.subjects(RDF.type, SD.Service))
    assert services
    assert all((service, SD.endpoint, rdflib.URIRef(server.sparql)) in description for service in services)


def test_service_description_conforms_to_its_schema(description: rdflib.Graph) -> None:
    """W3C ``conforms-to-schema``: classes and properties of the standard, each with what it may have."""
    ranges = {
        SD.supportedLanguage: {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update},
        SD.feature: {
            SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs, SD.BasicFederatedQuery,
        },
    }  # fmt: skip
    known = {
        SD.endpoint, SD.resultFormat, SD.defaultEntailmentRegime, SD.defaultDataset, SD.defaultGraph, *ranges, RDF.type,
    }  # fmt: skip
    assert set(description.predicates()) <= known
    for predicate, values in ranges.items():
        assert set(description.objects(None, predicate)) <= values
    for dataset in description.objects(None, SD.defaultDataset):
        assert (dataset, RDF.type, SD.Dataset) in description
        for graph in description.objects(dataset, SD.defaultGraph):
            assert (graph, RDF.type, SD.Graph) in description
