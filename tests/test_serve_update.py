"""Updates of a user's own graphs over HTTP: who may, what they may, and that nothing else changes, whatever is sent."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from pyoxigraph import Store as Database
from quads import PERSON, dataset
from serving import CLIENT, PATIENCE, ROOT, Served, serving, until

from kg.build import build
from kg.diff import diff
from kg.errors import KgError
from kg.explain.why import explain_triple
from kg.formats import by_name, write_graph
from kg.info import info
from kg.load.content import graph_names
from kg.query.updates import ALL, DEFAULT, NAMED, targets, with_dataset
from kg.serve import writer
from kg.serve.problems import Refused
from kg.serve.worker import MORE, READY
from kg.serve.writer import UpdateAsked, make_update
from kg.store import Store, locked, open_store, own, write_store
from kg.validate import validate_store
from kg.vocab import BASE, LABEL, PREFIXES, RDF_TYPE, is_own, kg, own_prefix, shared_graph, text

TOKEN = "a-token-that-nobody-guesses"
OWN = own_prefix()
NOTES = f"{OWN}notes"
SPARQL = "application/sparql-update"
HELLO = f"INSERT DATA {{ GRAPH <{NOTES}> {{ <http://example.org/a> <http://example.org/says> 'hello' }} }}"
FACTS = f"{BASE}article/one/facts"
NAMES = f"{BASE}graph/names"


def foreign(store: Store) -> list[str]:
    """All that is no user's own, the default graph too, as sorted lines."""
    return sorted(str(quad) for quad in store.db if not is_own(quad.graph_name, base=store.base))


def owned(store: Store) -> set[Quad]:
    """All that is."""
    return set(own.own_quads(store.db, base=store.base))


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a few facts that takes updates."""
    folder = tmp_path_factory.mktemp("writable")
    write_store(dataset(), base=BASE, path=folder / "store")
    with serving(folder / "store", "--writable", log=folder / "log.txt", token=TOKEN) as served:
        yield served
        assert "Traceback" not in served.said()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of a few facts on disk."""
    return write_store(dataset(), base=BASE, path=tmp_path / "store").path or tmp_path


def send(server: Served, update: str, *, token: str = TOKEN, kind: str = SPARQL, **more: str) -> httpx.Response:
    """What is answered to an update; ``more`` are parameters."""
    fields = {"authorization": f"Bearer {token}", "content-type": kind}
    names = {key.replace("_", "-"): value for key, value in more.items()}
    return CLIENT.post(f"{server.url}/update", content=update, params=names, headers=fields)


def ask(server: Served, query: str) -> bool:
    """What is answered to a yes or no."""
    return bool(CLIENT.get(server.sparql, params={"query": query}).json()["boolean"])


def apply(folder: Path, update: str, **graphs: tuple[str, ...]) -> Store:
    """The store after an update that is made in this process."""
    make_update(folder, UpdateAsked(update=update, **graphs), told=lambda _: None)  # type: ignore[arg-type]
    return open_store(folder)


def test_an_update_is_seen_at_once(writable: Served) -> None:
    """By the very next query, in its own graph and not among the merged facts; both forms of sending."""
    assert send(writable, HELLO).status_code == 204
    assert ask(writable, f"ASK {{ GRAPH <{NOTES}> {{ ?s ?p 'hello' }} }}")
    assert not ask(writable, "ASK { ?s ?p 'hello' }")
    again = CLIENT.post(
        f"{writable.url}/update",
        data={"update": HELLO.replace("hello", "again")},
        headers={"authorization": f"bearer {TOKEN}"},
    )
    assert again.status_code == 204
    assert ask(writable, f"ASK {{ GRAPH <{NOTES}> {{ ?s ?p 'hello', 'again' }} }}")
    assert send(writable, f"DROP GRAPH <{NOTES}>").status_code == 204
    assert not ask(writable, f"ASK {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} }}")


def test_an_update_can_use_what_the_articles_say(writable: Served) -> None:
    """And prefixes, and names that are resolved against the base of the store."""
    update = f"PREFIX g: <{BASE}graph/> INSERT {{ GRAPH g:own-seen {{ ?p kg:about <x> }} }} WHERE {{ ?p a kg:Person }}"
    assert send(writable, update).status_code == 204
    assert ask(writable, f"ASK {{ GRAPH <{OWN}seen> {{ <{PERSON.value}> kg:about kgid:x }} }}")
    assert (
        send(writable, "COPY DEFAULT TO <graph/own-all>; MOVE <graph/own-all> TO <graph/own-seen>").status_code == 204
    )
    assert ask(writable, f"ASK {{ GRAPH <{OWN}seen> {{ ?p a kg:Person }} }}")
    assert not ask(writable, f"ASK {{ GRAPH <{OWN}all> {{ ?s ?p ?o }} }}")
    assert send(writable, "CLEAR SILENT GRAPH <graph/own-seen>").status_code == 204


def test_an_own_graph_is_linked_data(writable: Served) -> None:
    """What it says is at the path of its IRI."""
    assert send(writable, HELLO).status_code == 204
    answer = CLIENT.get(
        f"{writable.url}/kg-news/id/graph/own-notes", headers={"accept": "text/turtle"}, timeout=PATIENCE
    )
    assert answer.status_code == 200
    assert "hello" in answer.text
    assert send(writable, f"CLEAR GRAPH <{NOTES}>").status_code == 204


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer"},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": TOKEN},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": f"Bearer {TOKEN[:-1]}"},
        {"authorization": f"Bearer {TOKEN.upper()}"},
        {"authorization": "Bearer \xff\xfe"},
        {"x-authorization": f"Bearer {TOKEN}"},
        {"cookie": f"token={TOKEN}"},
    ],
)
def test_without_the_token_nothing_is_changed(writable: Served, fields: dict[str, str]) -> None:
    """401, which says what is missing; the token is never taken from a parameter."""
    before = open_store(writable.store).data
    sent = {key: value.encode("latin-1") for key, value in {**fields, "content-type": SPARQL}.items()}
    url = f"{writable.url}/update?token={TOKEN}&access_token={TOKEN}"
    answer = CLIENT.post(url, content=HELLO, headers=sent)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith('Bearer realm="kg"')
    assert TOKEN not in answer.text
    assert open_store(writable.store).data == before


def test_another_site_cannot_send_an_update(writable: Served) -> None:
    """No field that lets its scripts read or send anything; and what comes from one is refused with the token too."""
    origin = {"origin": "https://example.org", "access-control-request-method": "POST"}
    told = CLIENT.options(f"{writable.url}/update", headers=origin)
    assert (told.status_code, told.headers["allow"]) == (204, "POST, OPTIONS")
    assert not [name for name in told.headers if name.startswith("access-control-")]
    before = open_store(writable.store).data
    for site in ("https://example.org", "null", "http://127.0.0.1", writable.url.replace("http:", "https:")):
        fields = {"origin": site, "authorization": f"Bearer {TOKEN}", "content-type": SPARQL}
        answer = CLIENT.post(f"{writable.url}/update", content=HELLO, headers=fields)
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert open_store(writable.store).data == before


def test_a_server_that_is_not_writable_takes_no_update(server: Served) -> None:
    """Whatever token comes with it, at neither endpoint; and it says so in its description."""
    fields = {"authorization": f"Bearer {TOKEN}", "content-type": SPARQL}
    assert CLIENT.post(f"{server.url}/update", content=HELLO, headers=fields).status_code == 403
    assert CLIENT.post(server.sparql, data={"update": HELLO}, headers=fields | {"content-type": ""}).status_code >= 400
    assert "SPARQL11Update" not in CLIENT.get(server.sparql, headers={"accept": "text/turtle"}).text


def test_the_description_names_the_endpoint_of_updates(writable: Served) -> None:
    """As a service of its own."""
    told = CLIENT.get(writable.sparql, headers={"accept": "application/n-triples"}).text
    assert f"{writable.url}/update" in told
    assert "SPARQL11Update" in told


@pytest.mark.parametrize(
    ("method", "kind", "content", "status"),
    [
        ("GET", "", b"", 405),
        ("HEAD", "", b"", 405),
        ("PUT", SPARQL, HELLO.encode(), 405),
        ("POST", "text/plain", HELLO.encode(), 415),
        ("POST", "", HELLO.encode(), 415),
        ("POST", "application/sparql-query", b"ASK {}", 415),
        ("POST", f"{SPARQL}; charset=utf-16", HELLO.encode("utf-16"), 415),
        ("POST", SPARQL, b"\xff\xfe", 400),
        ("POST", SPARQL, b"INSERT DATA {", 400),
        ("POST", SPARQL, b"ASK {}", 400),
        ("POST", "application/x-www-form-urlencoded", b"", 400),
        ("POST", "application/x-www-form-urlencoded", b"query=ASK%20%7B%7D", 400),
        ("POST", "application/x-www-form-urlencoded", b"update=CREATE+GRAPH+%3Cx%3E&update=", 400),
        ("POST", SPARQL, b"#" * 1_100_000, 413),
    ],
)
def test_what_the_protocol_does_not_allow(
    writable: Served, method: str, kind: str, content: bytes, status: int
) -> None:
    """It is refused as the protocol says, with a problem document."""
    fields = {"authorization": f"Bearer {TOKEN}", **({"content-type": kind} if kind else {})}
    answer = CLIENT.request(method, f"{writable.url}/update", content=content or None, headers=fields)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_request_may_name_the_graphs_that_are_read(folder: Path) -> None:
    """In place of USING; DELETE WHERE too; not beside USING or WITH."""
    first, second = f"{OWN}1", f"{OWN}2"
    apply(folder, f"INSERT DATA {{ GRAPH <{first}> {{ <a:1> a <a:t> }} GRAPH <{second}> {{ <a:2> a <a:t> }} }}")
    copy = f"INSERT {{ GRAPH <{OWN}3> {{ ?s a <a:found> }} }} WHERE {{ ?s a <a:t> }}"
    found = apply(folder, copy, default_graphs=(first,))
    rows = {quad.subject for quad in found.match(graph=NamedNode(f"{OWN}3"))}
    assert rows == {NamedNode("a:1")}
    either = "{ GRAPH ?g { ?s a <a:t> } } UNION { ?s a <a:t> . BIND(<a:d> AS ?g) }"
    named = f"INSERT {{ GRAPH <{OWN}4> {{ ?s a ?g }} }} WHERE {{ {either} }}"
    found = apply(folder, named, default_graphs=(first,), named_graphs=(second,))
    rows = {(quad.subject.value, quad.object.value) for quad in found.match(graph=NamedNode(f"{OWN}4"))}
    assert rows == {("a:1", "a:d"), ("a:2", second)}
    for update in (
        f"WITH <{first}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        copy.replace("WHERE", "USING <a:x> WHERE"),
    ):
        with pytest.raises(KgError, match="both the request and the update"):
            apply(folder, update, default_graphs=(first,))
    group = f"{{ GRAPH <{first}> {{ ?s ?p ?o }} }}"
    short = with_dataset(f"DELETE WHERE {group} ; CLEAR GRAPH <a:b>", ("a:x",), ())
    assert short == f"DELETE {group} USING <a:x> WHERE {group} ; CLEAR GRAPH <a:b>"


#: What must not be done to the graphs of articles, however it is written.
HOSTILE = (
    "DROP ALL",
    "CLEAR ALL",
    "DROP NAMED",
    "CLEAR SILENT NAMED",
    "CLEAR DEFAULT",
    "DROP SILENT DEFAULT",
    f"DROP GRAPH <{FACTS}>",
    f"CLEAR SILENT GRAPH <{NAMES}>",
    f"CREATE GRAPH <{BASE}article/three/facts>",
    f"PREFIX x: <{BASE}graph/> DROP GRAPH x:names",
    f"BASE <{BASE}graph/own-notes> DROP GRAPH <names>",
    f"DROP GRAPH <{OWN}x/../../article/one/facts>",
    f"DROP GRAPH <{OWN}>",
    "DROP GRAPH <graph/own-/facts>",
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> 1 }} <a:a> <a:b> <a:c> }}",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> 1 }} GRAPH <{FACTS}> {{ <a:a> <a:b> <a:c> }} }}",
    f"INSERT DATA {{ GRAPH <{BASE}graph/manifest> {{ <a:a> <a:b> <a:c> }} }}",
    f"INSERT DATA {{ GRAPH <{BASE}graph/merged> {{ <a:a> <a:b> <a:c> }} }}",
    "INSERT DATA { GRAPH <http://example.org/elsewhere> { <a:a> <a:b> <a:c> } }",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> 1GRAPH <{FACTS}> {{ <a:a> <a:b> <a:c> }} }} }}",
    f"PREFIX x: <{FACTS}> INSERT DATA {{ GRAPHx: {{ <a:a> <a:b> <a:c> }} }}",
    f"PREFIX x: <{FACTS}> PREFIX WITHx: <{NOTES}> WITHx: INSERT {{ <a:a> <a:b> <a:c> }} WHERE {{}}",
    f"DELETE DATA {{ GRAPH <{NAMES}> {{ <{PERSON.value}> a kg:Person }} }}",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    f"DELETE WHERE {{ GRAPH <{FACTS}> {{ ?s ?p ?o }} }}",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    f"DELETE {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} GRAPH $g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"DELETE {{ ?s ?p ?o }} INSERT {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}",
    f"WITH <{FACTS}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    f"WITH <{FACTS}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p ?p }} WHERE {{ ?s ?p ?o }}",
    f"DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p ?p }} USING <{FACTS}> WHERE {{ ?s ?p ?o }}",
    f"COPY <{NOTES}> TO <{FACTS}>",
    f"COPY DEFAULT TO <{FACTS}>",
    f"COPY <{NOTES}> TO DEFAULT",
    f"MOVE <{FACTS}> TO <{NOTES}>",
    f"MOVE DEFAULT TO <{NOTES}>",
    f"ADD SILENT GRAPH <{NOTES}> TO GRAPH <{NAMES}>",
    f"{HELLO} ; DROP ALL",
    f"{HELLO} ; # DROP\n DROP NAMED",
    f"{HELLO} ; CLEAR GRAPH <{NOTES}> ; CLEAR DEFAULT ;",
    "DROPALL",
    "DROP SILENTALL",
    "D\\u0052OP ALL",
    "\\u0044ROP ALL",
    "DROP /**/ ALL",
    f"INSERTDATA {{ GRAPH <{FACTS}> {{ <a:a> <a:b> <a:c> }} }}",
    f"INSERT DATA {{ GRAPH <{FACTS.replace('one', chr(92) + 'u006fne')}> {{ <a:a> <a:b> <a:c> }} }}",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> '}} }} ; DROP ALL #' }} }} ; DROP ALL #' }} }}",
    # A comment or a string for one reader, and none for the other.
    f"INSERT {{ GRAPH <{NOTES}> {{ <a:a> <a:b> ?o }} }} WHERE {{ ?s ?p ?o FILTER(?s<?o#>) }} ;"
    ' # """\n) }} ; DROP ALL # """',
    f"INSERT {{ GRAPH <{NOTES}> {{ <a:a> <a:b> ?o }} }} WHERE {{ ?s ?p ?o FILTER(?s<'>' ) }} #' ) }} ;"
    f' INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> """\n ; DROP ALL # """ }} }}',
    f"LOAD <http://127.0.0.1:9/x> INTO GRAPH <{NOTES}>",
    "LOAD SILENT <file:///etc/hostname>",
    f"{HELLO} ; LOAD <file:///etc/hostname> INTO GRAPH <{NOTES}>",
    f"INSERT {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:9/x> {{ ?s ?p ?o }} }}",
    f"INSERT {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o 1SERVICE<http://127.0.0.1:9/x> {{}} }}",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> [] }} }}",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ _:b <a:b> 1 }} }}",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> }} }}",
    f"INSERT DATA {{ GRAPH <{NOTES}> {{ << <a:a> <a:b> <a:c> >> <a:d> 1 }} }}",
)


@pytest.mark.parametrize("update", HOSTILE)
def test_a_hostile_update_changes_nothing(folder: Path, update: str) -> None:
    """It is refused whole, the part that would be allowed too, and no new generation is made."""
    before = open_store(folder)
    with pytest.raises((KgError, Refused)) as told:
        apply(folder, update)
    after = open_store(folder)
    assert (after.data, foreign(after), owned(after)) == (before.data, foreign(before), set())
    if isinstance(told.value, Refused):
        assert told.value.problem.status in {400, 403}
    else:
        assert told.value.where.startswith("update")


@pytest.mark.parametrize("update", ["DROP ALL", f"INSERT DATA {{ GRAPH <{FACTS}> {{ <a:a> <a:b> 1 }} }}", "DROPALL"])
def test_a_refusal_names_the_graph(writable: Served, update: str) -> None:
    """As a problem document with the place in the update; over HTTP."""
    answer = send(writable, f"{HELLO} ;\n {update}")
    assert answer.status_code in {400, 403}
    told = answer.json()
    assert told["line"] == 2
    if answer.status_code == 403:
        assert FACTS in told["detail"] or "default graph" in told["detail"]
        assert OWN in told["hint"]
    assert not ask(writable, f"ASK {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} }}")


def test_what_the_engine_would_do_elsewhere_comes_to_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the text misread: only what became of the user's own graphs is taken from the copy it ran on."""
    monkeypatch.setattr(writer, "targets", lambda *_, **__: [])
    before = foreign(open_store(folder))
    update = f"{HELLO} ; DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p <a:x> }} WHERE {{ ?s ?p ?o }} ;"
    update += f" WITH <{NAMES}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p <a:x> }} WHERE {{ ?s ?p ?o }}"
    after = apply(folder, update)
    assert foreign(after) == before
    assert len(owned(after)) == 1
    with pytest.raises(Refused, match="would make or remove"):
        apply(folder, "DROP ALL")
    assert foreign(open_store(folder)) == before


def _graphs(database: Database) -> dict[str, set[str]]:
    """What each graph says."""
    found: dict[str, set[str]] = {str(name): set() for name in database.named_graphs()}
    for quad in database:
        found.setdefault(str(quad.graph_name), set()).add(str(quad.triple))
    return found


_GRAPHS = ("<g:1>", "<g:2>", "g:3", "<4>")
_TERMS = st.sampled_from(("<a:a>", "<a:b#c>", "'}'", '"""{ # """', "1", "-1.5e3", "'x'@en", "g:x", "g:a\\#b", "true"))
_TRIPLES = st.lists(_TERMS, max_size=3).map(lambda terms: "".join(f" <a:s> <a:p> {term} ." for term in terms))
_GRAPH = st.sampled_from(_GRAPHS)
_QUADS = st.lists(
    st.one_of(_TRIPLES, st.builds(lambda graph, triples: f" GRAPH {graph} {{{triples} }} ", _GRAPH, _TRIPLES)),
    max_size=3,
).map("".join)
_GROUPS = st.sampled_from((
    "{}", "{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }", "{ ?s ?p ?o FILTER(?o<5||?o>'}') }", "{ VALUES ?s { <a:s> } }",
    "{ SELECT * WHERE { ?s ?p ?o } } # }", "{ ?s ?p ?a,?b FILTER(?a<?b#>\n) }", "{ ?s ?p ?o FILTER(?o<'>'||?o>'') }",
))  # fmt: skip
_EITHER = st.one_of(_GRAPH, st.just("DEFAULT"))
_OPERATIONS = st.one_of(
    st.builds("INSERT DATA {{{}}}".format, _QUADS),
    st.builds("DELETE DATA {{{}}}".format, _QUADS),
    st.builds("DELETE WHERE {{{}}}".format, _QUADS),
    st.builds("INSERT {{{}}} WHERE {}".format, _QUADS, _GROUPS),
    st.builds("WITH {} DELETE {{{}}} INSERT {{{}}} WHERE {}".format, _GRAPH, _QUADS, _QUADS, _GROUPS),
    st.builds("DELETE {{{}}} USING {} WHERE {}".format, _QUADS, _GRAPH, _GROUPS),
    st.builds("{} SILENT {}".format, st.sampled_from(("CLEAR", "drop")), st.one_of(
        st.sampled_from(("ALL", "named", "DEFAULT")), _GRAPH.map("GRAPH {}".format))),
    st.builds("CREATE SILENT GRAPH {}".format, _GRAPH),
    st.builds("{} SILENT {} TO {}".format, st.sampled_from(("COPY", "MOVE", "ADD")), _EITHER, _EITHER),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_OPERATIONS, min_size=1, max_size=4), st.data())
def test_what_is_read_is_what_the_engine_writes(operations: list[str], data: st.DataObject) -> None:
    """Whatever can be read: no graph changes but those that were read; a word less, a blank less too."""
    update = "PREFIX g: <g:> " + " ; ".join(operations)
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(update)))
        update = (
            update[:at]
            + data.draw(st.sampled_from(("", "#", "'", '"', "<", ">", "{", "}", "\n", ";")))
            + update[at + 1 :]
        )
    database = Database()
    for number, name in enumerate(("g:1", "g:2", "g:3", "b:4", "b:5"), 1):
        database.add(Quad(NamedNode("a:s"), NamedNode("a:p"), Literal(number), NamedNode(name)))
        database.add(Quad(NamedNode("a:s"), NamedNode("a:p"), Literal(number), DefaultGraph()))
    before = _graphs(database)
    try:
        read = targets(update, base="b:", prefixes=dict(PREFIXES))
        database.update(update, base_iri="b:", prefixes=dict(PREFIXES))
    except (KgError, SyntaxError, RuntimeError, ValueError):
        return
    after = _graphs(database)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    wide = {target.graph for target in read} & {ALL, NAMED, DEFAULT}
    named = {f"<{target.graph}>" for target in read} | ({"DEFAULT"} if wide - {NAMED} else set())
    assert changed <= named or (wide - {DEFAULT} and (ALL in wide or "DEFAULT" not in changed - named))


@pytest.mark.parametrize(
    ("update", "read"),
    [
        ("", []),
        ("PREFIX g: <g:>", []),
        ("INSERT DATA {}", []),
        ("# nothing", []),
        ("insert data { graph <a:b> {} }", ["a:b"]),
        ("CLEAR ALL; CLEAR NAMED; CLEAR DEFAULT", [ALL, NAMED, DEFAULT]),
        ("BASE <x:y/> CLEAR GRAPH <z>; PREFIX g: <> CLEAR GRAPH g:z;", ["x:y/z", "x:y/z"]),
        ("INSERT { GRAPH <a:b> { ?s a 'LOAD' } } WHERE { ?s a 'SERVICE', <a:SERVICE#LOAD> } # LOAD", ["a:b"]),
        ("MOVE <a:a> TO <a:b>", ["a:a", "a:b"]),
        ("COPY GRAPH <a:a> TO DEFAULT", [DEFAULT]),
    ],
)
def test_what_an_update_writes_is_read_from_it(update: str, read: list[str]) -> None:
    """Operations of every kind; words in strings, IRIs and comments are none."""
    assert [target.graph for target in targets(update, base="b:", prefixes={})] == read


def test_an_update_takes_no_longer_than_allowed(folder: Path, tmp_path: Path) -> None:
    """A runaway is ended with its process, nothing has changed, and the next one is made."""
    endless = f"INSERT {{ GRAPH <{NOTES}> {{ <a:a> <a:b> ?a }} }} WHERE {{ "
    endless += (
        " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12))
        + " FILTER(CONCAT(STR(?c0), STR(?c5), STR(?c11)) = 'never') }"
    )
    with serving(folder, "--writable", "--time-limit", "5", log=tmp_path / "log.txt", token=TOKEN) as served:
        before = open_store(folder).data
        answer = send(served, endless)
        assert answer.status_code == 503
        assert "longer than 5 seconds" in answer.json()["detail"]
        assert open_store(folder).data == before
        assert until(lambda: send(served, HELLO).status_code == 204)
        assert sorted(entry.name for entry in folder.glob("data-*")) == [open_store(folder).data]


def test_own_graphs_hold_so_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is more is refused whole."""
    monkeypatch.setattr(own, "MOST", 3)
    apply(folder, f"INSERT DATA {{ GRAPH <{NOTES}> {{ <a:a> <a:b> 1, 2, 3 }} }}")
    with pytest.raises(KgError, match="at most 3 triples"):
        apply(folder, f"INSERT DATA {{ GRAPH <{OWN}more> {{ <a:a> <a:b> 4 }} }}")
    assert len(owned(open_store(folder))) == 3


def test_an_update_without_effect_makes_no_generation(folder: Path) -> None:
    """Nothing is written for nothing."""
    first = apply(folder, HELLO).data
    assert apply(folder, HELLO).data == first
    assert apply(folder, "").data == first
    assert apply(folder, f"CREATE GRAPH <{OWN}empty>").data == first


def test_an_update_waits_for_a_build_and_then_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One writer at a time."""
    monkeypatch.setattr(writer, "_WAIT", 0)
    with locked(folder), pytest.raises(KgError, match="is being written by process"):
        apply(folder, HELLO)
    assert owned(apply(folder, HELLO))


@pytest.mark.parametrize(
    "place",
    ["kg.store.own.checked_own", "kg.serve.writer.put_own", "kg.store.folder._point_at", "kg.store.folder._sync",
     "kg.store.folder._remove_generations"],
)  # fmt: skip
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_update_is_made_or_not(folder: Path, place: str, when: str) -> None:
    """However far it came: the store is as before or as after, and the next update leaves nothing of it behind."""
    module, _, name = place.rpartition(".")
    program = f"""
import os
from importlib import import_module
from pathlib import Path
from kg.serve import writer
module = import_module({module!r})
real = getattr(module, {name!r})
def deadly(*given, **named):
    if {when!r} == "after":
        real(*given, **named)
    os.kill(os.getpid(), 9)
setattr(module, {name!r}, deadly)
if {name!r} == "checked_own":
    writer.checked_own = deadly
if {name!r} == "_remove_generations":
    count = []
    def deadly_second(*given, **named):
        count.append(1)
        return deadly(*given, **named) if len(count) > 1 else real(*given, **named)
    module._remove_generations = deadly_second
writer.make_update(Path({str(folder)!r}), writer.UpdateAsked(update={HELLO!r}), told=print)
"""
    before = foreign(open_store(folder))
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == -9, done.stderr
    after = open_store(folder)
    assert foreign(after) == before
    made = name == "_remove_generations" or (name, when) == ("_point_at", "after")
    assert len(owned(after)) == made
    last = apply(folder, HELLO.replace("hello", "again"))
    assert foreign(last) == before
    assert len(owned(last)) == 1 + made
    assert sorted(entry.name for entry in folder.glob("data-*")) == [last.data]


def test_frames_tell_how_far_it_came(folder: Path) -> None:
    """Once it has the lock, and once nothing long is left to do."""
    told: list[bytes] = []
    make_update(folder, UpdateAsked(update=HELLO), told=told.append)
    assert told == [READY, MORE]


def test_own_graphs_are_in_exports_and_no_facts(folder: Path) -> None:
    """They are shown, exported and loaded under their names; the merged facts, and what is checked, know nothing."""
    plain = {form: _written(open_store(folder), form) for form in ("turtle", "nquads")}
    store = apply(folder, HELLO)
    assert _written(store, "turtle") == plain["turtle"]
    lines = set(_written(store, "nquads").splitlines()) - set(plain["nquads"].splitlines())
    assert [NOTES.encode() in line for line in lines] == [True]
    assert _written(store, "nquads") == _written(apply(folder, f"{HELLO} ; {HELLO}"), "nquads")
    for form in ("json-ld", "trig"):
        assert b"hello" in _written(store, form)
    assert ("a user's own", "notes", "1") in {(item.about, item.name, item.value) for item in info(folder)}
    assert NOTES in graph_names(store)


def _written(store: Store, form: str) -> bytes:
    import io

    output = io.BytesIO()
    write_graph(store, by_name(form), output)
    return output.getvalue()


def test_what_a_user_says_has_no_evidence(folder: Path, tmp_path: Path) -> None:
    """Differences and explanations tell that a user said it, even of an article's own headline."""
    shutil.copytree(folder, tmp_path / "before")
    article = f"{BASE}article/one"
    store = apply(
        folder,
        f"INSERT DATA {{ GRAPH <{NOTES}> {{ <{article}> schema:headline 'False' ."
        f" <{PERSON.value}> a kg:Person ; kg:rating 5 }} }}",
    )
    changes = diff(tmp_path / "before", folder)
    assert {(change.kind, change.article, change.quotes) for change in changes} == {("said by a user", "", ())}
    assert len(changes) == 3
    why = explain_triple(store, PERSON, kg("rating"), Literal(5))
    assert why is not None
    assert (why.origin, why.quotes) == ("own", ())
    assert "a user of the endpoint" in why.source
    shared = explain_triple(store, PERSON, RDF_TYPE, kg("Person"))
    assert shared is not None
    assert shared.origin != "own"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two short articles."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "a.txt").write_text("Norway will give $5 million for schools in Laos, said Minister Anna Berg.\n")
    (folder / "b.txt").write_text("Japan will give $7 million for health in Laos, said Minister Anna Berg.\n")
    return folder


def test_own_graphs_survive_builds(news: Path, tmp_path: Path) -> None:
    """One that adds, one that has nothing to do, one from nothing, one that prunes; all else is as if they were not."""
    store, clean = tmp_path / "store", tmp_path / "clean"
    build([news / "a.txt"], store=store)
    notes = owned(apply(store, HELLO))
    for paths, prune, infer in (
        ([news], False, True), ([news], False, True), ([news], False, False), ([news / "b.txt"], True, True),
    ):  # fmt: skip
        build(paths, store=store, prune=prune, infer=infer)
        shutil.rmtree(clean, ignore_errors=True)
        build(paths, store=clean, infer=infer)
        assert owned(open_store(store)) == notes
        assert foreign(open_store(store)) == foreign(open_store(clean))


def test_another_base_renames_own_graphs(news: Path, tmp_path: Path) -> None:
    """As it does with those of articles; what they say of other IRIs stays."""
    build([news / "a.txt"], store=tmp_path / "store")
    apply(tmp_path / "store", HELLO)
    build([news / "a.txt"], store=tmp_path / "store", base="http://example.org/id/")
    graphs = {quad.graph_name for quad in owned(open_store(tmp_path / "store"))}
    assert graphs == {NamedNode("http://example.org/id/graph/own-notes")}


def test_what_a_user_says_too_is_gone_with_its_article(news: Path, tmp_path: Path) -> None:
    """It keeps no fact among the merged ones, and nothing follows from it."""
    store = tmp_path / "store"
    build([news], store=store)
    copied = f"INSERT {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{BASE}')) }}"
    role = f"<{BASE}person/x> a kg:Person . <{BASE}role/x> kg:heldBy <{BASE}person/x>"
    apply(store, f"{copied} ; INSERT DATA {{ GRAPH <{NOTES}> {{ {role} }} }}")
    build([news / "b.txt"], store=store, prune=True)
    build([news / "b.txt"], store=tmp_path / "clean")
    assert foreign(open_store(store)) == foreign(open_store(tmp_path / "clean"))


def test_own_graphs_are_checked_by_themselves(folder: Path) -> None:
    """The shapes see them, and find nothing else than before in all others."""
    before = {(f.rule, str(f.focus)) for f in validate_store(open_store(folder)).findings}
    wrong = f"INSERT DATA {{ GRAPH <{NOTES}> {{ <{BASE}figure/x> a kg:AidFigure ; kg:amount 'much' }} }}"
    after = {(f.rule, str(f.focus)) for f in validate_store(apply(folder, wrong)).findings}
    assert before <= after
    assert {focus for _, focus in after - before} == {f"<{BASE}figure/x>"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("own-notes", True), ("own-n", True), ("own-", False), ("own", False), ("own-a/b", False), ("own-a#b", False),
     ("own-a?b", False), ("names", False), ("xown-a", False)],
)  # fmt: skip
def test_own_graphs_are_told_by_their_names(name: str, expected: bool) -> None:
    """The prefix and one segment."""
    assert is_own(shared_graph(name), base=BASE) is expected
    assert not is_own(shared_graph(name), base="http://example.org/id/")


@pytest.mark.parametrize(
    "token", ["", "short", "with blanks in the middle of it", "ünübertrefflich-lang", "a" * 20 + "\n"]
)
def test_a_token_that_is_none_is_refused(folder: Path, token: str) -> None:
    """Before anything is served; it is not printed."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", "0", "--writable"]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KG_TOKEN": token},
    )  # fmt: skip
    assert ran.returncode == 2
    assert "KG_TOKEN" in ran.stderr
    assert not token.strip() or token.strip() not in ran.stderr


def test_a_token_is_made_where_none_is_set(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is printed once, and works."""
    monkeypatch.delenv("KG_TOKEN", raising=False)
    with serving(folder, "--writable", log=tmp_path / "log.txt") as served:
        assert served.process.stdout is not None
        told = served.process.stdout.readline()
        assert f"{served.url}/update" in told
        assert send(served, HELLO, token=told.rpartition("Bearer ")[2].strip().removesuffix("'.")).status_code == 204
        assert send(served, HELLO).status_code == 401


def test_labels_of_own_graphs_are_no_names(folder: Path) -> None:
    """What is searched and shown is what the articles call things."""
    store = apply(folder, f"INSERT DATA {{ GRAPH <{NOTES}> {{ <{PERSON.value}> rdfs:label 'Nobody'@en }} }}")
    assert not list(store.match(PERSON, LABEL, text("Nobody", "en")))
