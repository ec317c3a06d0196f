"""``kg load`` into real servers: an Oxigraph server and a Virtuoso, started here, and a proxy that fails on purpose."""

from __future__ import annotations

import http.server
import os
import ssl
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
import trustme
from click.testing import CliRunner, Result
from proxy import Fault, Proxy, QuietServer, Reply, Request
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from quads import dataset
from servers import PATIENCE, VIRTUOSO_USER, Server, oxigraph, running, virtuoso

from kg.cli import main
from kg.load import content as load_content
from kg.load import run as load_run
from kg.load import send as load_send
from kg.load import target as load_target
from kg.load.connect import connect
from kg.load.content import graph_names, lines
from kg.load.manifest import manifest_graph
from kg.load.target import Target
from kg.load.values import differences, value
from kg.remote import http as load_http
from kg.store import Store, open_store, write_store
from kg.vocab import LABEL, facts_graph, integer, shared_graph, text

pytestmark = pytest.mark.server

#: Where each server gives a graph, to anybody: the tests look there themselves.
GRAPHS = {"oxigraph": "/store", "virtuoso": "/sparql-graph-crud"}


@dataclass(frozen=True)
class Case:
    """A server, and a store of a base of its own, so that tests on one server do not meet."""

    kind: str
    server: Server
    base: str
    folder: Path

    def store(self, *more: Quad, without: object = None) -> Store:
        """The store on disk, of the small dataset and ``more``, except quads with the graph or object ``without``."""
        quads = [quad for quad in [*dataset(self.base), *more] if without not in (quad.graph_name, quad.object)]
        return write_store(quads, base=self.base, path=self.folder)

    def load(self, *args: object, to: str | None = None, env: dict[str, str] | None = None) -> Result:
        """``kg load`` of that store, as a user who may write."""
        secrets = {"KG_USER": VIRTUOSO_USER[0], "KG_PASSWORD": VIRTUOSO_USER[1]}
        arguments = ["load", "--to", to or self.server.url, "--store", self.folder, *args]
        return CliRunner().invoke(main, list(map(str, arguments)), env={**NOBODY, **secrets, **(env or {})})

    def holds(self, graph: str) -> set[bytes]:
        """The triples the server gives for ``graph``, by value."""
        answer = requests.get(
            self.server.url + GRAPHS[self.kind], params={"graph": graph}, headers={"Accept": "application/n-triples"}
        )
        return set() if answer.status_code == 404 else {as_value(t) for t in parse(answer.content, RdfFormat.N_TRIPLES)}

    def is_whole(self, *, with_text: bool = False) -> bool:
        """Whether the server holds each graph of the store, as it is there."""
        expected: dict[str, set[bytes]] = {}
        for quad in open_store(self.folder).quads(with_text=with_text):
            assert isinstance(quad.graph_name, NamedNode)
            expected.setdefault(quad.graph_name.value, set()).add(as_value(quad.triple))
        return all(self.holds(graph) == triples for graph, triples in expected.items())


#: Where the manifest keeps a hash.
SHA256 = "<https://schema.org/sha256>"

#: No user, password or token, and no netrc file.
NOBODY = {"KG_USER": "", "KG_PASSWORD": "", "KG_TOKEN": "", "NETRC": os.devnull}


def as_value(triple: object) -> bytes:
    """A triple as a line in which each value has one form."""
    return value(f"{triple} .\n".encode())


@pytest.fixture(scope="module")
def an_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph server for all tests here."""
    with running(oxigraph(tmp_path_factory.mktemp("oxigraph"))) as server:
        yield server


@pytest.fixture(scope="module")
def a_virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Virtuoso for all tests here."""
    with running(virtuoso(tmp_path_factory.mktemp("virtuoso"))) as server:
        yield server


def a_case(request: pytest.FixtureRequest, kind: str) -> Case:
    """A case on the server ``kind``, with a base that no other test has."""
    server = request.getfixturevalue(f"an_{kind}" if kind == "oxigraph" else f"a_{kind}")
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)
    return Case(kind, server, f"http://kg.invalid/{name}/", request.getfixturevalue("tmp_path") / "store")


@pytest.fixture(params=["oxigraph", "virtuoso"])
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Each server in turn; retries that do not take long."""
    monkeypatch.setattr(load_http, "FIRST_WAIT", 0.01)
    return a_case(request, request.param)


@pytest.fixture
def oxi(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The Oxigraph server alone, for what depends on no server."""
    monkeypatch.setattr(load_http, "FIRST_WAIT", 0.01)
    return a_case(request, "oxigraph")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """One graph a batch, so that a small load has a middle."""
    monkeypatch.setattr(load_run, "BATCH", 1)


def a_label(case: Case, label: str, article: str = "one") -> Quad:
    """A quad that changes the graph of ``article``."""
    return Quad(NamedNode(f"{case.base}x"), LABEL, text(label, "vi"), facts_graph(article, base=case.base))


@pytest.mark.parametrize("method", ["auto", "graph-store", "update"])
def test_a_load_and_the_next(case: Case, method: str) -> None:
    """All graphs arrive; then none is sent; then the one that changed; what left the store goes with --prune only."""
    # Virtuoso reads no integer of more than 64 bits in an update; its Graph Store does.
    case.store(without=integer(10**20))
    dry = case.load("--method", method, "--dry-run")
    assert "5 graphs (58 triples) to send, 0 there already" in dry.output, dry.output
    assert not case.holds(manifest_graph(case.base))
    first = case.load("--method", method)
    assert (first.exit_code, first.stderr) == (0, "")
    assert "sent 5 graphs (58 triples), 0 were there already" in first.output
    assert case.is_whole()
    assert "sent 0 graphs (0 triples), 5 were there already" in case.load("--method", method).output
    case.store(a_label(case, "Một nhãn mới"), without=integer(10**20))
    assert "changed" in case.load("--dry-run").output
    assert "sent 2 graphs (44 triples), 3 were there already" in case.load("--method", method).output
    assert case.is_whole()


def test_what_is_not_sent_is_not_read(oxi: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load of a store asks its target alone; a graph that was lost there is read and sent again."""
    oxi.store()
    oxi.load()
    read: list[str] = []

    def noted(store: Store, graph: str) -> list[bytes]:
        read.append(graph)
        return lines(store, graph)

    monkeypatch.setattr(load_content, "lines", noted)
    assert "sent 0 graphs" in oxi.load().output
    assert not read
    one = facts_graph("one", base=oxi.base).value
    at_once(oxi.server, f"DROP GRAPH <{one}>")
    assert "sent 1 graph (15 triples), 4 were there already" in oxi.load().output
    assert read == [one]
    assert oxi.is_whole()


def test_prune(case: Case) -> None:
    """What left the store is named, and goes with --prune only."""
    case.store()
    case.load()
    gone = facts_graph("two", base=case.base)
    case.store(without=gone)
    assert "In the target only: 1 graph" in case.load().output
    assert len(case.holds(gone.value)) == 15
    assert f"  drop               {gone.value}" in case.load("--prune", "--dry-run").output
    assert "Dropped 1 graph." in case.load("--prune").output
    assert not case.holds(gone.value)
    assert case.is_whole()


def test_an_integer_of_more_than_64_bits_in_an_update(request: pytest.FixtureRequest) -> None:
    """Virtuoso refuses it, in its own words; the graphs without one are in."""
    case = a_case(request, "virtuoso")
    case.store()
    result = case.load("--method", "update")
    assert result.exit_code == 1
    assert "Invalid integer value" in result.stderr
    assert "In the target as in the store: 2 graphs." in result.stderr


def test_what_others_put_there_stays(case: Case) -> None:
    """--prune drops only graphs that the manifest names."""
    case.store(a_label(case, "x"), Quad(NamedNode("urn:a"), LABEL, text("x"), NamedNode(f"{case.base}other")))
    case.load()
    other = Case(case.kind, case.server, f"{case.base}second/", case.folder)
    other.store()
    assert other.load("--prune").exit_code == 0
    assert len(case.holds(f"{case.base}other")) == 1


def test_texts_and_values_survive(case: Case) -> None:
    """Vietnamese and Chinese, composed and decomposed, controls and quotes; numbers in any form of theirs."""
    graph, subject = shared_graph("texts", base=case.base), NamedNode(f"{case.base}x")
    composed = "Tiếng Việt: Đặng Thị Ngọc Thịnh"
    decomposed = unicodedata.normalize("NFD", composed)
    xsd = "http://www.w3.org/2001/XMLSchema#"
    literals = [
        Literal(composed, language="vi"), Literal(decomposed, language="vi"), Literal("友好组织𠀀😀", language="zh"),
        Literal("x", language="en-US"), Literal('a "b"\n\tc\\d\r\x01'), Literal(""), Literal("x" * 70_000),
        *(Literal(form, datatype=NamedNode(xsd + kind)) for form, kind in (
            ("007", "integer"), ("1.50", "decimal"), ("100000000000000000000", "integer"), ("1.0E3", "double"),
            ("1", "boolean"), ("2024-05-06T07:08:09.50+07:00", "dateTime"), ("--11-30", "gMonthDay"),
        )),
    ]  # fmt: skip
    case.store(*(Quad(subject, LABEL, literal, graph) for literal in literals))
    result = case.load("--with-text")
    assert (result.exit_code, result.stderr) == (0, "")
    assert case.is_whole(with_text=True)
    found = b"".join(case.holds(graph.value)).decode()
    assert composed in found
    assert decomposed in found
    assert "sent 0 graphs" in case.load("--with-text").output


def test_a_text_of_ten_megabytes(case: Case) -> None:
    """It arrives, or is refused before it is sent; the other graphs are in."""
    big = Quad(NamedNode("urn:a"), LABEL, Literal("văn bản " * 1_250_000), shared_graph("big", base=case.base))
    case.store(big)
    result = case.load()
    if case.kind == "oxigraph":
        assert (result.exit_code, result.stderr) == (0, "")
        assert len(case.holds(big.graph_name.value)) == 1
    else:
        assert result.exit_code == 1
        assert "takes at most 9,000,000" in result.stderr
        assert "In the target as in the store: 4 graphs." in result.stderr
        assert len(case.holds(facts_graph("one", base=case.base).value)) == 15


def test_a_long_iri_is_not_cut(request: pytest.FixtureRequest) -> None:
    """Virtuoso would cut it without a word."""
    case = a_case(request, "virtuoso")
    case.store(Quad(NamedNode("urn:" + "é" * 940), LABEL, text("x"), shared_graph("long", base=case.base)))
    result = case.load()
    assert result.exit_code == 1
    assert "an IRI of 1,884 bytes" in result.stderr


def test_a_thing_of_more_triples_than_an_answer_holds(request: pytest.FixtureRequest) -> None:
    """Virtuoso cuts an answer off without a word: what is said of one thing is read back by pages."""
    case = a_case(request, "virtuoso")
    graph = shared_graph("large", base=case.base)
    case.store(*(Quad(NamedNode("urn:large"), LABEL, text(f"x{number}"), graph) for number in range(12_000)))
    result = case.load()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "sent 0 graphs" in case.load().output


def test_counts_by_pages(case: Case) -> None:
    """Every graph is counted, however few of them an answer holds; one that is not there is left out."""
    store = case.store()
    case.load()
    target = connect(case.server.url, client=load_http.Client(load_http.Credentials(*VIRTUOSO_USER)))
    names = graph_names(store, merged=True)
    counts = target.counts([*names, f"{case.base}nowhere"])
    assert counts == {graph: len(case.holds(graph)) for graph in names}
    short = replace(target, profile=replace(target.profile, rows=2))
    assert short.counts(names) == counts
    assert short.counts([]) == {}


def test_reading_back_by_pages(case: Case) -> None:
    """Whether a graph comes whole, by pages or thing by thing, its lines are those that were sent, by value.

    More than was expected is found too, and less.
    """
    graph = shared_graph("texts", base=case.base)
    texts = ("友好组织𠀀😀", 'a "b"\n\tc\\d', "Đặng", unicodedata.normalize("NFD", "Đặng"), "", "x .", "<y> .")
    store = case.store(*(Quad(NamedNode(f"urn:{n % 3}"), LABEL, text(said), graph) for n, said in enumerate(texts)))
    case.load()
    target = connect(case.server.url, client=load_http.Client(load_http.Credentials(*VIRTUOSO_USER)))
    short = replace(target, profile=replace(target.profile, rows=2))
    for name in graph_names(store, merged=True):
        sent = lines(store, name)
        for where in (target, short):
            assert differences(sent, where.read(name, sent)) == ([], [])
        assert {value(line) for line in short.read(name, sent[1:])} == set(map(value, sent))
        assert {value(line) for line in short.read(name, [*sent, sent[0].replace(b"> <", b"> <x", 1)])} == (
            set(map(value, sent))
        )
    assert target.read(f"{case.base}nowhere", []) == []


def test_what_is_counted_in_the_end(oxi: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --check counts a graph that did not arrive is found, named, and sent by the next load."""
    oxi.store()
    one = facts_graph("one", base=oxi.base).value
    add = Target.add

    def lossy(target: Target, quads: bytes) -> None:
        add(target, b"".join(line for line in quads.splitlines(keepends=True) if one.encode() not in line))

    with monkeypatch.context() as patched:
        patched.setattr(Target, "add", lossy)
        result = oxi.load("--check", "counts")
    assert result.exit_code == 1
    assert "the target counts 0 triples instead of 15" in result.stderr
    assert "sent 1 graph (15 triples), 4 were there already" in oxi.load("--check", "counts").output
    assert oxi.is_whole()


@pytest.mark.parametrize("change", ["a graph lost", "a graph cut", "a hash lost"])
def test_what_was_changed_behind_its_back(oxi: Case, change: str) -> None:
    """A graph that is not as it was left is sent again, whatever the manifest says."""
    oxi.store()
    oxi.load()
    one = facts_graph("one", base=oxi.base).value
    update = {
        "a graph lost": f"DROP GRAPH <{one}>",
        "a graph cut": f"DELETE {{ GRAPH <{one}> {{ ?s ?p 379 }} }} WHERE {{ GRAPH <{one}> {{ ?s ?p 379 }} }}",
        "a hash lost": f"DELETE WHERE {{ GRAPH <{manifest_graph(oxi.base)}> {{ <{one}> {SHA256} ?h }} }}",
    }[change]
    at_once(oxi.server, update)
    assert "sent 1 graph (15 triples), 4 were there already" in oxi.load().output
    assert oxi.is_whole()


def test_a_change_that_keeps_the_count(oxi: Case) -> None:
    """Found with --check all, which reads every graph back."""
    oxi.store()
    oxi.load()
    one = facts_graph("one", base=oxi.base).value
    at_once(oxi.server, f"DELETE {{ GRAPH <{one}> {{ ?s ?p 379 }} }} INSERT {{ GRAPH <{one}> {{ ?s ?p 380 }} }} "
                        f"WHERE {{ GRAPH <{one}> {{ ?s ?p 379 }} }}")  # fmt: skip
    assert "sent 0 graphs" in oxi.load().output
    assert "sent 1 graph (15 triples), 4 were there already" in oxi.load("--check", "all").output
    assert oxi.is_whole()


def at_once(server: Server, update: str) -> None:
    """Another client's update of an Oxigraph server."""
    answer = requests.post(f"{server.url}/update", data=update, headers={"Content-Type": "application/sparql-update"})
    assert answer.ok, answer.text


@pytest.mark.usefixtures("small_batches")
def test_the_server_is_killed_in_mid_load(case: Case) -> None:
    """Exit 1, with what is in and what is not; when it is back, the same command sends the rest."""
    case.store()
    sent = 0

    def fault(request: Request) -> Fault:
        nonlocal sent
        sent += request.sends_graphs
        if sent == 3:
            case.server.kill()
        return None

    proxy = Proxy(case.server.url)
    with proxy.running():
        proxy.fault = fault
        result = case.load("--retries", 1, to=proxy.url)
        assert result.exit_code == 1, result.output
        assert "The same command again sends what is missing." in result.stderr
        assert "no answer from localhost" in result.stderr
    case.server.start()
    again = case.load()
    assert again.exit_code == 0, again.output
    assert "0 were there already" not in again.output
    assert case.is_whole()


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_the_client_is_killed_in_mid_load(case: Case, moment: str) -> None:
    """Kill -9 while old graphs are being replaced: what a reader finds is whole, or the next load makes it so."""
    case.store()
    case.load()
    case.store(a_label(case, "một"), a_label(case, "hai", "two"))
    proxy = Proxy(case.server.url)
    sent: list[Request] = []

    def fault(request: Request) -> Fault:
        if not sent and not request.sends_graphs:
            return None
        sent.append(request)
        if moment == "after" and len(sent) == 1:
            return "deaf"  # the server does as asked; the client comes again
        client.kill()
        return "half" if moment == "half" else Reply(503, {"Retry-After": "60"})

    with proxy.running():
        proxy.fault = fault
        small = "import kg.load.run as run; run.BATCH = 1; from kg.cli import main; main()"
        arguments = ["load", "--to", proxy.url, "--store", str(case.folder)]
        secrets = {"KG_USER": VIRTUOSO_USER[0], "KG_PASSWORD": VIRTUOSO_USER[1]}
        client = subprocess.Popen([sys.executable, "-c", small, *arguments], env={**os.environ, **NOBODY, **secrets})
        assert client.wait(PATIENCE) < 0
    for article in ("one", "two"):
        assert len(case.holds(facts_graph(article, base=case.base).value)) in (15, 16)
    again = case.load()
    if again.exit_code == 1:  # the server was still at work on what the dead client had sent
        again = case.load()
    assert again.exit_code == 0, again.output
    assert case.is_whole()
    assert not case.holds(shared_graph("staging-0", base=case.base).value)


def first(
    fault: Fault, times: int, when: Callable[[Request], bool] = lambda request: request.writes
) -> Callable[[Request], Fault]:
    """``fault`` for the first ``times`` requests of that kind, then none."""
    left = times

    def decide(request: Request) -> Fault:
        nonlocal left
        if left and when(request):
            left -= 1
            return fault
        return None

    return decide


@pytest.mark.parametrize("fault", [Reply(503), Reply(429, {"Retry-After": "0"}), Reply(500), "half", "deaf"], ids=str)
def test_a_fault_that_passes(case: Case, fault: Fault) -> None:
    """Twice busy, or a connection that ends in mid-body or before the answer: the load goes on and is whole."""
    case.store()
    proxy = Proxy(case.server.url)
    with proxy.running():
        proxy.fault = first(fault, 2)
        result = case.load(to=proxy.url)
        assert (result.exit_code, result.stderr) == (0, "")
    assert case.is_whole()


def test_a_server_that_stalls(oxi: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that reads no further in a long body for longer than a connection may take is waited for."""
    monkeypatch.setattr(load_http, "TIMEOUT", (0.5, 60))
    oxi.store(*(a_label(oxi, f"{number} đồng " * 300_000) for number in range(8)))
    proxy = Proxy(oxi.server.url)

    def stall(request: Request) -> Fault:
        if request.sends_graphs:
            time.sleep(1.5)
        return None

    with proxy.running():
        proxy.fault = stall
        result = oxi.load("--check", "counts", to=proxy.url)
        assert (result.exit_code, result.stderr) == (0, "")
    assert oxi.is_whole()


@pytest.mark.parametrize("method", ["auto", "graph-store", "update"])
def test_a_graph_in_pieces(case: Case, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph of more triples than one request takes arrives whole, first new and then changed, and is sent once."""
    for module in (load_target, load_send):
        monkeypatch.setattr(module, "PART", 4)
    case.store(without=integer(10**20))
    assert "sent 5 graphs" in case.load("--method", method).output
    assert case.is_whole()
    case.store(a_label(case, "Một nhãn mới"), without=integer(10**20))
    assert "sent 2 graphs" in case.load("--method", method).output
    assert case.is_whole()
    assert not case.holds(shared_graph("staging-0", base=case.base).value)
    assert "sent 0 graphs" in case.load("--method", method).output


def test_a_new_graph_of_which_a_piece_is_refused(oxi: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named as one that is not in, and the next load makes it whole."""
    for module in (load_target, load_send):
        monkeypatch.setattr(module, "PART", 4)
    monkeypatch.setattr(load_run, "BATCH", 1)
    oxi.store()
    proxy = Proxy(oxi.server.url)
    seen: list[Request] = []

    def second(request: Request) -> Fault:
        seen.extend([request] if request.sends_graphs else [])
        return Reply(400, {}, b"not this piece") if len(seen) == 2 else None

    with proxy.running():
        proxy.fault = second
        result = oxi.load(to=proxy.url)
    assert result.exit_code == 1
    assert "not this piece" in result.stderr
    assert "Not in the target as in the store: 1 graph." in result.stderr
    assert "sent 1 graph" in oxi.load().output
    assert oxi.is_whole()


def test_a_fault_that_stays(oxi: Case) -> None:
    """A graph that the server will not take is named with its words; the others are in, and it is tried again."""
    oxi.store()
    oxi.load()
    oxi.store(a_label(oxi, "một"), a_label(oxi, "hai", "two"))
    proxy = Proxy(oxi.server.url)
    with proxy.running():
        refused = first(Reply(400, {}, b"too long, says the server"), 1, lambda request: request.method == "PUT")
        proxy.fault = refused
        result = oxi.load(to=proxy.url)
    assert result.exit_code == 1
    assert "answers 400 Bad Request: too long, says the server" in result.stderr
    assert "Not in the target as in the store: 1 graph." in result.stderr
    assert "sent 1 graph (16 triples), 4 were there already" in oxi.load().output
    assert oxi.is_whole()


def test_no_graph_is_ever_left_out_of_an_address(case: Case) -> None:
    """A PUT without one replaces everything in some servers, a POST loads nothing; bodies are of known length."""
    case.store()
    proxy = Proxy(case.server.url)
    with proxy.running():
        assert case.load(to=proxy.url).exit_code == 0
    sent = [
        request
        for request in proxy.requests
        if request.sends_graphs and "n-quads" not in request.headers["content-type"]
    ]
    assert all("?graph=" in request.path for request in sent)
    for request in proxy.requests:
        assert "transfer-encoding" not in request.headers
        assert request.method != "HEAD"
    assert sent or case.kind == "oxigraph"


def test_a_server_of_no_known_kind(oxi: Case) -> None:
    """Without a name of its own a server is asked where it takes updates, and graphs are built beside the old ones."""
    proxy = Proxy(oxi.server.url, strip="server")
    with proxy.running():
        oxi.store()
        result = oxi.load(to=f"{proxy.url}/query")
        assert result.output.startswith(f"any SPARQL 1.1 store at {proxy.url}/query, SPARQL Update: sent 5 graphs")
        oxi.store(a_label(oxi, "một"))
        assert "sent 2 graphs" in oxi.load(to=f"{proxy.url}/query").output
    assert any(b"COPY <" in request.body for request in proxy.requests)
    assert oxi.is_whole()


def test_the_way_in(request: pytest.FixtureRequest) -> None:
    """Virtuoso asks by digest. No password and a wrong one are told apart, and no secret is shown."""
    case = a_case(request, "virtuoso")
    case.store()
    wrong = case.load(env={"KG_PASSWORD": "sesame"})
    assert wrong.exit_code == 2
    assert "refuses these credentials (401)" in wrong.stderr
    assert "sesame" not in wrong.output
    nobody = case.load(env=NOBODY)
    assert nobody.exit_code == 1
    assert "Set KG_USER and KG_PASSWORD" in nobody.stderr
    assert not case.holds(manifest_graph(case.base))


@pytest.mark.parametrize(
    ("challenge", "env", "sent"),
    [
        ('Basic realm="kg"', {"KG_USER": "ờ", "KG_PASSWORD": "p"}, "Basic 4budOnA="),
        ("Bearer", {"KG_USER": "", "KG_TOKEN": "abc"}, "Bearer abc"),
    ],
)
def test_basic_and_bearer(oxi: Case, challenge: str, env: dict[str, str], sent: str) -> None:
    """A server that asks gets the credentials in the way it asks for; one that does not ask gets no password."""
    oxi.store()
    proxy = Proxy(oxi.server.url)
    with proxy.running():
        proxy.fault = lambda request: (
            None if request.headers.get("authorization") == sent else Reply(401, {"WWW-Authenticate": challenge})
        )
        result = oxi.load(to=proxy.url, env=env)
        assert (result.exit_code, result.stderr) == (0, "")
        proxy.requests.clear()
        proxy.fault = lambda _: None
        oxi.load(to=proxy.url, env={"KG_USER": "a", "KG_PASSWORD": "b"})
        assert not any("authorization" in request.headers for request in proxy.requests)


def test_netrc_and_the_prompt(oxi: Case, tmp_path: Path) -> None:
    """A netrc file says who asks at a host; --user asks for the password, and shows nothing of it."""
    oxi.store()
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login anna password sesame\n")
    proxy = Proxy(oxi.server.url)
    with proxy.running():
        proxy.fault = lambda request: (
            None if "authorization" in request.headers else Reply(401, {"WWW-Authenticate": 'Basic realm="kg"'})
        )
        assert oxi.load(to=proxy.url, env={"KG_USER": "", "NETRC": str(netrc)}).exit_code == 0
        arguments = ["load", "--to", proxy.url, "--store", str(oxi.folder), "--user", "anna"]
        environment = {name: value for name, value in NOBODY.items() if name != "KG_PASSWORD"}
        result = CliRunner().invoke(main, arguments, input="sesame\n", env={**environment, "KG_PASSWORD": None})
        assert result.exit_code == 0
        assert "sesame" not in result.output
    assert {request.headers.get("authorization") for request in proxy.requests} == {None, "Basic YW5uYTpzZXNhbWU="}


def test_tls(oxi: Case, tmp_path: Path) -> None:
    """A certificate of an unknown authority is refused; with --ca-bundle it is trusted, on the name it is for."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    oxi.store()
    proxy = Proxy(oxi.server.url, context=context)
    with proxy.running():
        result = oxi.load(to=proxy.url)
        assert result.exit_code == 2
        assert "is not trusted: certificate verify failed" in result.stderr
        assert "--ca-bundle FILE" in result.stderr
        other_name = oxi.load("--ca-bundle", bundle, to=proxy.url.replace("localhost", "127.0.0.1"))
        assert other_name.exit_code == 2
        assert oxi.load("--ca-bundle", bundle, to=proxy.url).exit_code == 0
    assert oxi.is_whole()


def test_what_is_no_store(oxi: Case) -> None:
    """A web server, a closed port, a redirect: exit 2 and the reason, at once and without a traceback."""
    oxi.store()
    server = QuietServer(("127.0.0.1", 0), QuietPages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        result = oxi.load(to=f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()
    assert result.exit_code == 2
    assert "no SPARQL store answers at" in result.stderr
    closed = oxi.load("--retries", 1, to=f"http://127.0.0.1:{server.server_address[1]}")
    assert closed.exit_code == 2
    assert "no answer from 127.0.0.1" in closed.stderr
    proxy = Proxy(oxi.server.url)
    with proxy.running():
        proxy.fault = lambda _: Reply(308, {"Location": "https://elsewhere.invalid/"})
        moved = oxi.load(to=proxy.url)
    assert moved.exit_code == 2
    assert "sends on to https://elsewhere.invalid/" in moved.stderr


class QuietPages(http.server.BaseHTTPRequestHandler):
    """A web server that answers everything with a page."""

    def do_GET(self) -> None:
        """A page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html><body>Welcome</body></html>")

    do_POST = do_GET  # noqa: N815 - as the server calls it

    def log_message(self, *args: object) -> None:
        """Nothing."""
