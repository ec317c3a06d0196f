"""The server over HTTP, as it comes: forms, header fields, Linked Data, hostile requests."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results
from serving import CLIENT, PATIENCE, Served, serving

from kg.cli import main
from kg.store import open_store

TEN = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 10"
ONE = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 10"
PERSON = "/kg-news/id/person/nguyen-tuyet-nga"
#: Header fields that every answer has.
SAFE = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "access-control-allow-origin": "*",
}


def ask(server: Served, query: str, **fields: str) -> httpx.Response:
    """The answer to a query by GET, with header fields such as ``accept``."""
    return CLIENT.get(server.sparql, params={"query": query}, headers=fields)


def raw(server: Served, request: bytes) -> bytes:
    """What comes back for bytes as they are, until the server closes."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        found = b""
        with suppress(ConnectionResetError):  # it may close on what it has not read
            while piece := connection.recv(65536):
                found += piece
        return found


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=.4", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/html, text/tab-separated-values;q=0.9", "text/tab-separated-values; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_rows_come_in_the_form_that_is_liked_best(server: Served, accept: str, media_type: str) -> None:
    """Qualities and wildcards count; the same rows in each form."""
    answer = ask(server, TEN, accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert "Accept" in answer.headers["vary"]
    if "csv" not in media_type and "plain" not in media_type:
        form = QueryResultsFormat.from_media_type(media_type.partition(";")[0])
        assert form is not None
        assert sum(1 for _ in parse_query_results(answer.content, form)) == 10


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"]
)
def test_triples_come_in_each_form(server: Served, accept: str) -> None:
    """The same triples, read back."""
    answer = ask(server, ONE, accept=accept)
    assert answer.headers["content-type"].startswith(accept)
    form = RdfFormat.from_media_type(accept)
    assert form is not None
    plain = parse(ask(server, ONE, accept="application/n-triples").content, RdfFormat.N_TRIPLES)
    assert {quad.triple for quad in parse(answer.content, form)} == {quad.triple for quad in plain}


@pytest.mark.parametrize(
    ("query", "accept"), [(TEN, "text/turtle"), (ONE, "text/csv"), ("ASK {}", "text/csv"), (TEN, "*/*;q=0")]
)
def test_what_is_not_offered_is_refused(server: Served, query: str, accept: str) -> None:
    """406, with what could be had."""
    answer = ask(server, query, accept=accept)
    assert answer.status_code == 406
    assert "application/json" in answer.json()["offered"]


def test_a_form_can_be_named(server: Served) -> None:
    """For links, which send no Accept of their own; a name that does not fit leaves the choice to Accept."""
    for name, media_type in (("csv", "text/csv"), ("xml", "application/sparql-results+xml"), ("turtle", "text/turtle")):
        query = ONE if name == "turtle" else TEN
        answer = CLIENT.get(server.sparql, params={"query": query, "format": name}, headers={"accept": "text/html"})
        assert answer.headers["content-type"].startswith(media_type)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("ASK {", 1, 6),
        ("SELECT ?x\nWHERE ( ?x a ?b }", 2, 7),
        ("DROP ALL", 1, 1),
        ("ASK { SERVICE <http://x/> {} }", 1, 7),
    ],
)
def test_bad_sparql_is_told_with_its_place(server: Served, query: str, line: int, column: int) -> None:
    """A problem document with line and column, and no traceback."""
    answer = ask(server, query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["line"], told["column"]) == (400, line, column)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("accept", "media_type"), [("text/html", "text/html"), ("text/plain", "text/plain")])
def test_a_problem_comes_in_a_form_for_people(server: Served, accept: str, media_type: str) -> None:
    """Text, or HTML in which what was sent stands as text."""
    answer = ask(server, "ASK { <script>alert(1)</script> }", accept=accept)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith(media_type)
    assert "<script>" not in answer.text or media_type == "text/plain"


def test_every_answer_is_safe_and_open(server: Served) -> None:
    """Pages, RDF, problems, files: the same header fields; no word of what the server runs on."""
    for path in ("/", "/sparql", "/sparql?query=ASK%7B", "/nothing", "/static/style.css", f"{PERSON}?format=turtle"):
        answer = CLIENT.get(server.url + path)
        assert SAFE.items() <= dict(answer.headers).items(), path
        assert "server" not in answer.headers


def test_head_has_the_fields_of_get(server: Served) -> None:
    """And no body."""
    for path in ("/", f"/sparql?query={quote(TEN)}", PERSON, "/nothing", "/static/style.css"):
        got, head = CLIENT.get(server.url + path), CLIENT.head(server.url + path)
        assert head.content == b""
        assert (head.status_code, head.headers["content-type"]) == (got.status_code, got.headers["content-type"])


def test_options_tell_what_may_be_done(server: Served) -> None:
    """Also to a browser that asks for a script of another site."""
    asked = {"origin": "https://example.org", "access-control-request-method": "POST"}
    answer = CLIENT.options(server.sparql, headers=asked)
    assert answer.status_code == 204
    assert answer.headers["allow"] == answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    assert "POST" not in CLIENT.options(server.url + PERSON).headers["allow"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_other_methods_are_refused(server: Served, method: str) -> None:
    """405 with what is allowed."""
    answer = CLIENT.request(method, server.url + PERSON)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_without_a_query_people_get_a_page(server: Served) -> None:
    """And programs the service description."""
    assert CLIENT.get(server.sparql, headers={"accept": "text/html"}).headers["content-type"].startswith("text/html")
    assert CLIENT.get(server.sparql).headers["content-type"].startswith("text/turtle")


def nodes(server: Served) -> Iterator[str]:
    """An entity, a fact, the evidence of one, an article, a concept."""
    store = open_store(server.store)
    for pattern in ("?n a kg:Person", "?n a kg:Role", "?f kg:evidence ?n", "?n a kg:Article", "?n a kg:Sector"):
        yield next(iter(store.answer(f"SELECT ?n {{ {pattern} }} LIMIT 1")))["n"].value


def test_an_iri_answers_with_what_is_said_of_it(server: Served) -> None:
    """RDF in each form, the same triples, among them all that the merged facts say of it."""
    store = open_store(server.store)
    for iri in nodes(server):
        url = server.url + urlsplit(iri).path
        found = []
        for name in ("turtle", "ntriples", "json-ld", "xml"):
            answer = CLIENT.get(url, params={"format": name})
            assert answer.status_code == 200
            assert 'type="text/html"' in answer.headers["link"]
            form = RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
            assert form is not None
            # Our JSON-LD names its context by nothing that would be fetched: it stands inside.
            quads = parse(answer.content, form)
            found.append({Triple(quad.subject, quad.predicate, quad.object) for quad in quads})
        assert all(triples == found[0] for triples in found)
        assert {quad.triple for quad in store.match(NamedNode(iri))} <= found[0]


def test_a_quote_comes_with_its_words(server: Served) -> None:
    """Evidence has parts without a page of their own."""
    iri = list(nodes(server))[2]
    assert "oa:exact" in CLIENT.get(server.url + urlsplit(iri).path, params={"format": "turtle"}).text


def test_an_iri_answers_people_with_a_page(server: Served) -> None:
    """By Accept; the other forms are told of in the header, and the page is in the reader's language."""
    answer = CLIENT.get(
        server.url + PERSON, headers={"accept": "text/html", "accept-language": "da, nn;q=0.9, en;q=0.1"}
    )
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == "nb"
    if answer.status_code == 200:
        assert '<?format=turtle>; rel="alternate"; type="text/turtle"' in answer.headers["link"]


def test_an_unknown_iri_is_not_there(server: Served) -> None:
    """404, as a problem where RDF is asked for."""
    for path in (
        "/kg-news/id/person/nobody",
        "/kg-news/id/",
        "/elsewhere",
        "/kg-news/id/%00",
        "/%ff%fe",
        "/kg-news/id/%zz",
    ):
        answer = CLIENT.get(server.url + path, headers={"accept": "text/turtle"})
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"


def test_the_ontology_is_at_its_address(server: Served) -> None:
    """All of it."""
    answer = CLIENT.get(f"{server.url}/kg-news/ontology", headers={"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert (rdflib.URIRef("https://w3id.org/kg-news/ontology#Role"), rdflib.RDF.type, rdflib.OWL.Class) in graph


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../pyproject.toml",
        "/static/..%2f..%2f..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/%2e%2e/pyproject.toml",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/..%5c..%5cpyproject.toml",
        "/../../../../etc/passwd",
        "/static/../templates/base.html",
        "/static/",
        "/static/.",
        "/static/style.css%00.png",
        "//etc/passwd",
    ],
)
def test_no_other_file_is_read(server: Served, path: str) -> None:
    """Neither of the package nor of the machine, however it is written."""
    answer = raw(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ", 2)[1] in {b"404", b"400"}, answer[:200]
    assert b"root:" not in answer
    assert b"[project]" not in answer
    assert b"{%" not in answer


@pytest.mark.parametrize("iri", ["file:///etc/passwd", "http://127.0.0.1:9/x", "file:///etc/hostname"])
def test_from_reads_nothing(server: Served, iri: str) -> None:
    """An address in FROM is the name of a graph, and there is none of that name."""
    for query in (
        f"SELECT * FROM <{iri}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ):
        assert ask(server, query).json()["results"]["bindings"] == []
    answer = CLIENT.get(server.sparql, params={"query": TEN, "default-graph-uri": iri})
    assert answer.json()["results"]["bindings"] == []


@pytest.mark.parametrize(
    "accept",
    [
        "*",
        ";",
        ",,,,",
        "q=1",
        "text/html;q=nan",
        "text/csv;q=-1",
        "text/csv;q=1e309",
        "a/b;q=0.0000001",
        "*/csv",
        "text/*;q=2",
        "/".join("*" * 500),
        ",".join(["text/csv;q=0.1"] * 2000),
        'text/csv;a="b,c"',
        "\u00e9/\u00e9",
        "text/csv\t;q=0.3",
        "TEXT/CSV",
    ],
)
def test_hostile_accept_fields_do_no_harm(server: Served, accept: str) -> None:
    """An answer or a refusal, and nothing in the log."""
    answer = CLIENT.get(server.sparql, params={"query": TEN}, headers={"accept": accept.encode("utf-8")})
    assert answer.status_code in {200, 406}


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /sparql?query=%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 1\r\n\r\n\xff",
        b"GET /sparql?" + b"a=b&" * 5_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b'GET /sparql HTTP/1.1\r\nHost: <script>/"\r\n\r\n',
        b"GET /%0d%0aSet-Cookie:x HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_hostile_requests_do_no_harm(server: Served, request_: bytes) -> None:
    """They are answered, or refused with 4xx, and the server goes on."""
    answer = raw(server, request_.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
    assert not answer or answer[:10] in {b"HTTP/1.1 2", b"HTTP/1.1 4"}
    assert b"\r\nSet-Cookie" not in answer
    assert b"Traceback" not in answer
    assert ask(server, "ASK {}").json()["boolean"] is True


def test_a_long_request_is_refused_before_it_is_read(server: Served) -> None:
    """100 MB: told by its length, or by what has come of it in pieces."""
    address = urlsplit(server.url)
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    assert raw(server, head + b"Content-Length: 100000000\r\n\r\n").startswith(b"HTTP/1.1 413 ")
    pieces = b"186a0\r\n" + b" " * 100_000 + b"\r\n"
    taken = 0
    with (
        socket.create_connection((address.hostname, address.port), timeout=PATIENCE) as connection,
        suppress(BrokenPipeError, ConnectionResetError),
    ):
        connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        for taken in range(1_000):  # noqa: B007
            connection.sendall(pieces)
    assert taken < 900, "all of it was taken"


def test_fifty_clients_at_once_are_all_answered(server: Served) -> None:
    """They wait in turn."""
    with ThreadPoolExecutor(50) as many:
        answers = list(many.map(lambda n: ask(server, f"SELECT ?s ({n} AS ?n) {{ ?s ?p ?o }} LIMIT 100"), range(50)))
    assert [answer.status_code for answer in answers] == [200] * 50
    assert [answer.json()["results"]["bindings"][0]["n"]["value"] for answer in answers] == [str(n) for n in range(50)]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """Host and port of a server that answers nothing, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(100))

        threading.Thread(target=listen, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}", asked
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <U> { ?a ?b ?c } }",
        "SELECT * { SERVICE SILENT <U> { ?a ?b ?c } }",
        "SELECT * { VALUES ?u { <U> } SERVICE ?u { ?a ?b ?c } }",
        "SELECT * { VALUES ?x { 1 }\n{ ?s ?p 1SERVICE <U> { ?a ?b ?c } } }",
        "PREFIX : <U> SELECT * { SERVICE:b { ?a ?b ?c } }",
        "PREFIX x: <U> SELECT * { SERVICEx:b { ?a ?b ?c } }",
        r"PREFIX : <U> SELECT * { OPTIONAL { :a\# ?p ?o } SERVICE <U> { ?a ?b ?c } }",
        "PREFIX : <U> SELECT * { ?s ?p ?a,?b FILTER(?a<?b)SERVICE:x#>\n{ ?d ?e ?f } }",
        "SELECT * { ?s ?p ?a FILTER(?a<'>') SERVICE <U> {} FILTER('a'='a') }",
        "PREFIX : <U> PREFIX SERVICEx: <U> PREFIX x: <U> SELECT * { SERVICEx:b {?a ?b ?c} }",
        "ASK { { SELECT * { sErViCe<U>{?a ?b ?c} } } }",
    ],
)
def test_no_other_server_is_asked(server: Served, listener: tuple[str, list[bytes]], query: str) -> None:
    """However SERVICE is written: all of these the engine would follow."""
    host, asked = listener
    answer = ask(server, query.replace("U", f"http://{host}/"))
    assert answer.status_code == 400
    assert "SERVICE asks another server" in answer.json()["detail"]
    assert asked == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ('SERVICE <http://x/> {}' AS ?x) {} # SERVICE <http://x/> {}",
        "PREFIX service: <http://service/> ASK { ?service a service:x }",
        'ASK { ?s ?p "SERVICE"@service, """ SERVICE <x> { } """ }',
        "ASK { ?s <http://example.org/SERVICE> ?o }",
    ],
)
def test_the_word_service_is_no_service(server: Served, query: str) -> None:
    """In strings, comments, names and IRIs it may stand."""
    assert ask(server, query).status_code == 200


def test_an_allowed_server_is_asked(seed_store: Path, listener: tuple[str, list[bytes]], tmp_path: Path) -> None:
    """And no other, nor one whose name only begins so."""
    host, asked = listener
    before = len(asked)
    with serving(seed_store, "--workers", "1", "--allow-service", host, log=tmp_path / "log.txt") as served:
        for url in (
            "http://127.0.0.1:9/",
            f"http://{host}@127.0.0.1:9/",
            f"http://{host}.example/",
            f"http://x@{host}/",
        ):
            assert ask(served, f"ASK {{ SERVICE <{url}> {{ ?a ?b ?c }} }}").status_code == 400
        assert len(asked) == before
        assert ask(served, f"ASK {{ SERVICE SILENT <http://{host}/x> {{ ?a ?b ?c }} }}").status_code == 200
        assert len(asked) > before
        assert "BasicFederatedQuery" in CLIENT.get(served.sparql).text


def test_behind_a_proxy_links_begin_with_its_path(seed_store: Path, tmp_path: Path) -> None:
    """Whether or not the proxy takes its path off; the scheme it was asked by is believed."""
    with serving(seed_store, "--workers", "1", "--root-path", "/news/", log=tmp_path / "log.txt") as served:
        top = served.url.removesuffix("/news")
        for prefix in ("", "/news"):
            assert 'href="/news/' in CLIENT.get(f"{top}{prefix}/").text
            assert CLIENT.get(f"{top}{prefix}{PERSON}?format=turtle").status_code == 200
            told = CLIENT.get(f"{top}{prefix}/sparql", headers={"x-forwarded-proto": "https", "host": "example.org"})
            assert "<https://example.org/news/sparql>" in told.text


def test_without_a_proxy_forwarded_fields_are_not_believed(server: Served) -> None:
    """Anybody could send them."""
    told = CLIENT.get(server.sparql, headers={"x-forwarded-proto": "https", "x-forwarded-host": "evil.example"})
    assert "https://127" not in told.text
    assert "evil" not in told.text


def test_kg_itself_can_ask_it(server: Served) -> None:
    """``kg sparql --endpoint``: one of ours asks another."""
    count = "SELECT (COUNT(*) AS ?n) { ?s a kg:Person }"
    here = CliRunner().invoke(main, ["sparql", "-e", count, "--store", str(server.store), "--format", "json"])
    there = CliRunner().invoke(main, ["sparql", "-e", count, "--endpoint", server.sparql, "--format", "json"])
    assert there.exit_code == 0, there.output
    assert json.loads(there.output) == json.loads(here.output)


def test_a_connection_is_kept(server: Served) -> None:
    """Several requests on one, HEAD and refusals among them."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    for method, path in (
        ("HEAD", "/"),
        ("GET", "/sparql?query=ASK%7B"),
        ("OPTIONS", "/sparql"),
        ("GET", "/sparql?query=ASK%7B%7D"),
    ):
        connection.request(method, path)
        answer = connection.getresponse()
        content = answer.read()
    assert json.loads(content)["boolean"] is True


def test_nothing_was_logged(server: Served) -> None:
    """Whatever the tests above have sent, nobody has to read of it."""
    assert "Traceback" not in server.said()
