"""Any SPARQL: what it gives, what it must not do, and where it goes wrong."""

from __future__ import annotations

import socket

import pytest
import wells
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import KgError
from kg.query import sparql
from kg.tables import Rows
from kg.vocab import BASE, RDF_TYPE, kg

ANA = NamedNode(f"{BASE}person/ana-ruiz")


def test_the_three_kinds_of_answer() -> None:
    """Rows, triples, yes or no; the project's prefixes need not be declared."""
    store = wells.store()
    assert sparql(store, "SELECT ?p { ?p a kg:Person }") == Rows(("p",), ((ANA,),))
    assert sparql(store, "ASK { kgid:person\\/ana-ruiz a kg:Person }") is True
    assert sparql(store, "ASK { ?p a kg:Nothing }") is False
    triples = sparql(store, "CONSTRUCT { ?p a kg:Person } WHERE { ?p a kg:Person }")
    assert triples == (Triple(ANA, RDF_TYPE, kg("Person")),)
    described = sparql(store, f"DESCRIBE <{ANA.value}>")
    assert isinstance(described, tuple)
    assert triples[0] in described


def test_an_unbound_variable_is_none() -> None:
    """And a row may hold nothing at all."""
    answer = sparql(wells.store(), "SELECT ?x ?y { VALUES ?x { 1 } }")
    assert answer == Rows(("x", "y"), ((Literal(1), None),))


@pytest.mark.parametrize(("text", "place", "told"), [
    ("SELECT * { ?s a foo:Bar }", "1:17", "the prefix 'foo:' is not declared"),
    ("SELECT * {\n  ?s kgg:amount ?o\n}\nORDER BY ?o", "2:6", "the prefix 'kgg:' is not declared. Did you mean 'kg:'?"),
    ("SELECT * { ?s a kg:Person FILTER(foo:bar(?s)) } ORDER BY ?s", "1:34", "the prefix 'foo:' is not declared"),
    ("SELECT * { ?s ?p 'foo:x'^^zz:date # a:b\n}", "1:27", "the prefix 'zz:' is not declared"),
    ("PREFIX foo: <urn:x#>\nSELECT * { ?s foo:a _:b . ?s : 1 }", "2:30", "the prefix ':' is not declared"),
    ("SELECT * { ?s ?p } # foo:x\n", "1:20", "is not understood here"),
    ("SELECT * { ?s ?p } ; foo:x", "1:20", "is not understood here"),
    ("SELECT * { ?s ?p <http://x }", "1:29", "this is not SPARQL: something is missing here"),
])  # fmt: skip
def test_a_prefix_that_nobody_declared_is_told_at_its_place(text: str, place: str, told: str) -> None:
    """And no other mistake is taken for one."""
    with pytest.raises(KgError) as caught:
        sparql(wells.store(), text, where="x")
    assert caught.value.where == f"x:{place}"
    assert caught.value.message.startswith("this is not SPARQL: ")
    assert told in caught.value.message
    assert ("prefix" in told) == ("prefix" in caught.value.message)


def test_graphs_of_articles_can_be_asked() -> None:
    """GRAPH reaches what one article says."""
    text = f"SELECT ?t {{ GRAPH <{BASE}article/c-vi/facts> {{ ?r kg:title ?t }} }}"
    assert sparql(wells.store(), text) == Rows(("t",), ((Literal("Đại sứ", language="vi"),),))


@pytest.mark.parametrize("text", [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { SERVICE kg:x { ?a ?b ?c } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2) SERVICE<http://127.0.0.1:9/>{?s ?p ?o} }",
    "SELECT * { FILTER(?a<?b&&EXISTS{SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}) }",
    "SELECT * { ?s ?p '\\'' . SERVICE <http://127.0.0.1:9/> { ?s ?p '\\'' } }",
    'SELECT * { ?s ?p """a"b""" . SERVICE <http://127.0.0.1:9/> { ?s ?p """c""" } }',
    "SELECT * { # '''\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } # '''\n}",
    "SELECT * { ?s ?p <http://x/#> . SERVICE <http://127.0.0.1:9/#> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
])  # fmt: skip
def test_no_other_server_is_asked(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """However SERVICE is written; nothing even looks for the server."""
    monkeypatch.setattr(socket, "socket", None)
    with pytest.raises(KgError, match="SERVICE asks another server"):
        sparql(wells.store(), text)


@pytest.mark.parametrize("text", [
    "SELECT ?x { VALUES ?x { 'SERVICE' \"\"\"LOAD \"SERVICE\" x\"\"\" } }",
    "SELECT ?service { ?service a <http://example.org/SERVICE> } # SERVICE",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:service service: }",
    "SELECT ?x { VALUES ?x { 'insert'@en-service } }",
    "# INSERT\nBASE <http://insert.example/>\nPREFIX insert: <load>\nSELECT * { ?s a insert:delete }",
])  # fmt: skip
def test_a_word_in_a_text_or_name_is_no_service(text: str) -> None:
    """What only looks like it is let through."""
    assert isinstance(sparql(wells.store(), text), Rows)


@pytest.mark.parametrize("text", [
    "INSERT DATA { <http://a/> <http://b/> <http://c/> }",
    "DELETE WHERE { ?s ?p ?o }",
    "# a comment\nPREFIX a: <http://a/>\nwith a:g delete { ?s ?p ?o } where { ?s ?p ?o }",
    "LOAD <file:///etc/hostname>",
    "CLEAR ALL",
    "DROP DEFAULT",
])  # fmt: skip
def test_updates_are_refused(text: str) -> None:
    """The graph stays as it is, and the user learns why."""
    store = wells.store()
    before = len(store.db)
    with pytest.raises(KgError, match="changes a graph; kg only asks"):
        sparql(store, text)
    assert len(store.db) == before


def test_files_and_addresses_are_not_read() -> None:
    """A trap: other engines fetch what FROM names; here it is a graph that is not there."""
    text = "SELECT ?s FROM <file:///etc/hostname> FROM <http://127.0.0.1:9/> { ?s ?p ?o }"
    assert sparql(wells.store(), text) == Rows(("s",), ())


@pytest.mark.parametrize(("text", "where", "message"), [
    ("SELECT ?x {", "q.rq:1:12", "something is missing here"),
    ("SELECT ?x\nWHERE { ?x a }", "q.rq:2:15", "something is missing here"),
    ("SELECT ?x WHERE ( ?x a ?b }", "q.rq:1:17", "'(' is not understood here"),
    ("", "q.rq:1:1", "something is missing here"),
    ("SELECT * { ?s nope:x ?o }", "q.rq:1:", ""),
])  # fmt: skip
def test_what_is_not_sparql_is_shown(text: str, where: str, message: str) -> None:
    """Line and column, and a mark under the place."""
    with pytest.raises(KgError, match="this is not SPARQL") as caught:
        sparql(wells.store(), text, where="q.rq")
    assert caught.value.where.startswith(where)
    assert message in caught.value.message
    if text:
        assert caught.value.hint.splitlines()[-1].strip() == "^"
