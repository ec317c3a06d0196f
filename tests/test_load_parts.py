"""The parts of ``kg load`` that need no server: values, plans, addresses, waits, and what a profile knows."""

from __future__ import annotations

import os
import unicodedata
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from quads import dataset

from kg.cli import main
from kg.errors import KgError
from kg.load.connect import METHODS
from kg.load.content import Content, contents, in_graph, lines, obstacle
from kg.load.manifest import Entry
from kg.load.plan import kind_of
from kg.load.send import CHECKS
from kg.load.values import differences, value
from kg.remote import http as load_http
from kg.remote.detect import check_address, credentials_for, in_the_open
from kg.remote.profiles import NAMES, PROFILES, by_name, endpoint, told
from kg.store import write_store
from kg.vocab import BASE, XSD, text


def line(literal: Literal) -> bytes:
    """A triple of that literal, as a line of N-Triples."""
    return f"{Triple(NamedNode('urn:a'), NamedNode('urn:b'), literal)} .\n".encode()


def typed(form: str, kind: str) -> bytes:
    """A line of a literal of the XML Schema type ``kind``."""
    return line(Literal(form, datatype=NamedNode(XSD + kind)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("007", "integer"), typed("7", "integer")),
        (typed("7", "integer"), typed("7.0", "decimal")),
        (typed("9223372036854775807", "integer"), typed("9223372036854775807", "decimal")),
        (typed("1.0E3", "double"), typed("1000", "double")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (typed("2024-05-06T07:08:09.50Z", "dateTime"), typed("2024-05-06T07:08:09.5+00:00", "dateTime")),
        (typed("2024-05-06T07:08:09.000", "dateTime"), typed("2024-05-06T07:08:09", "dateTime")),
        (b'<urn:a> <urn:b> "x"@en-US .\n', b'<urn:a> <urn:b> "x"@en-us .\n'),
        (f'<urn:a> <urn:b> "x"^^<{XSD}string> .\n'.encode(), b'<urn:a> <urn:b> "x" .\n'),
    ],
)
def test_the_same_value_in_another_form(one: bytes, other: bytes) -> None:
    """What servers make of literals is no difference."""
    assert value(one) == value(other)
    assert differences([one], [other]) == ([], [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (line(Literal("Việt")), line(Literal(unicodedata.normalize("NFD", "Việt")))),
        (line(Literal("x", language="vi")), line(Literal("x"))),
        (line(Literal("7")), typed("7", "integer")),
        (typed("7", "integer"), typed("7", "double")),
        (typed("-0.123456789012345678", "decimal"), typed("-0.123456789012346", "decimal")),
        (typed("100", "integer"), typed("10", "integer")),
        (typed("2024-05-06T07:08:10", "dateTime"), typed("2024-05-06T07:08:1", "dateTime")),
        (typed("seven", "integer"), typed("7", "integer")),
        (typed("NaN", "decimal"), typed("0", "decimal")),
        (b"<urn:a> <urn:b> <urn:c> .\n", b'<urn:a> <urn:b> "urn:c" .\n'),
    ],
)
def test_another_value(one: bytes, other: bytes) -> None:
    """What would be a loss is a difference, and both sides are named."""
    assert differences([one], [other]) == ([one], [other])


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=20))
def test_any_text_equals_itself_alone(texts: list[str]) -> None:
    """No text is lost or taken for another, whatever is in it."""
    sent = [line(Literal(each)) for each in texts]
    assert len(set(map(value, sent))) == len(set(texts))
    assert differences(sent, list(reversed(sent))) == ([], [])


def test_contents_and_their_hashes(tmp_path: Path) -> None:
    """Every named graph, bodies when asked for; the hash depends on the triples alone, not on their order."""
    quads = dataset()
    one = list(contents(write_store(quads, base=BASE)))
    assert one == list(contents(write_store(reversed(quads), base=BASE, path=tmp_path / "store")))
    assert [content.count for content, _ in one] == [15, 15, 1, 1]
    assert len(list(contents(write_store(quads, base=BASE), with_text=True))) == 6
    assert len({content.digest for content, _ in one}) == 4


def test_lines_become_quads_of_their_graph() -> None:
    """Whatever a text ends in."""
    store = write_store([Quad(NamedNode("urn:a"), NamedNode("urn:b"), text("x .\n"), NamedNode("urn:g"))], base=BASE)
    quads = list(parse(in_graph(lines(store, "urn:g"), "urn:g"), RdfFormat.N_QUADS))
    assert quads == list(store.quads())


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b'<urn:a> <urn:b> "_:x"@en .\n', None),
        (b'<urn:a> <urn:b> "<' + b"x" * 2000 + b'>" .\n', None),
        (b'_:x <urn:b> "x" .\n', "blank node"),
        (b"<urn:a> <urn:b> _:x .\n", "blank node"),
        (b"<urn:a> <urn:b> <urn:" + b"x" * 1880 + b"> .\n", "an IRI of 1,884 bytes"),
        (b'<urn:a> <urn:b> "' + b"\\n" * 10 + b"x" * 9_000_000 + b'" .\n', "takes at most 9,000,000"),
    ],
    ids=range(6),
)
def test_what_a_server_cannot_hold(written: bytes, reason: str | None) -> None:
    """Known before anything is sent."""
    found = obstacle([written], by_name("virtuoso"))
    assert (found is None) if reason is None else (reason in (found or ""))


@pytest.mark.parametrize(
    ("entry", "there", "kind"),
    [
        (Entry("a", 2), 2, "same"),
        (Entry("b", 2), 2, "changed"),
        (Entry("a", 2), 1, "changed"),
        (Entry("", 2), 2, "changed"),
        (None, 2, "changed"),
        (Entry("a", 2), 0, "new"),
        (None, 0, "new"),
    ],
)
def test_what_is_to_be_done_with_a_graph(entry: Entry | None, there: int, kind: str) -> None:
    """Sent is what the target lacks, holds differently, or holds for all we know."""
    entries = {} if entry is None else {"g": entry}
    assert kind_of(Content("g", "a", 2), entries, {"g": there} if there else {}) == kind


@pytest.mark.parametrize("profile", PROFILES, ids=NAMES)
def test_each_endpoint_leads_to_all(profile: object) -> None:
    """Whichever address of a server a user has, with or without a slash at its end."""
    root = "http://localhost:1/x"
    expected = [endpoint(profile, root, tail, signed=True) for tail in (profile.query, profile.update)]  # type: ignore[attr-defined]
    for tail in profile.tails:  # type: ignore[attr-defined]
        for given_address in (root + tail, root + tail + "/"):
            assert [
                endpoint(profile, given_address, end, signed=True)  # type: ignore[arg-type]
                for end in (profile.query, profile.update)  # type: ignore[attr-defined]
            ] == expected


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("url: http://h\nServer: Virtuoso/07.20.3229 (Linux)", "virtuoso"),
        ("url: http://h\nserver: Oxigraph/0.5.13", "oxigraph"),
        ("url: http://h/ds\nServer: Apache Jena Fuseki (4.5.0)", "fuseki"),
        ("url: http://h/ds\nFuseki-Request-Id: 3", "fuseki"),
        ("url: http://h:7200/repositories/kg\n", "rdf4j"),
        ("url: http://h:9999/blazegraph/namespace/kb/sparql\nServer: Jetty", "blazegraph"),
        ("url: https://x.cluster-y.eu-west-1.neptune.amazonaws.com:8182/sparql\n", "neptune"),
        ("url: http://h/sparql\nServer: nginx\n<p>Oxigraph and Virtuoso are stores</p>", None),
    ],
)
def test_a_server_tells_what_it_is(said: str, name: str | None) -> None:
    """By its address and headers, not by words on a page."""
    found = told(said)
    assert (found and found.name) == name


def test_the_documented_table_is_the_profiles() -> None:
    """docs/load.md says of each server what the table of profiles does."""
    document = (Path(__file__).parents[1] / "docs" / "load.md").read_text(encoding="utf-8")
    for profile in PROFILES:
        tested = "tests run it" if profile.tested else "untested"
        row = f"| {profile.title} | `{profile.name}` | {tested} | {profile.auth} | {profile.union} |"
        assert row in document, row


def test_methods_and_checks_are_those_of_the_command() -> None:
    """The command line names what the functions take."""
    shown = CliRunner().invoke(main, ["load", "--help"]).output
    assert f"[{'|'.join(METHODS)}]" in shown
    assert f"[{'|'.join(CHECKS)}]" in shown


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://anna:sesame@localhost:7878", "an address with a user or a password in it is not taken"),
        ("http://anna@localhost", "an address with a user or a password in it is not taken"),
        ("localhost:7878", "is no http or https address"),
        ("file:///etc/passwd", "is no http or https address"),
        ("http://", "is no http or https address"),
        ("http://[::1", "is no address"),
        ("http://localhost:port", "is no address"),
        ("http://localhost/store?default", "has a query or a fragment"),
    ],
)
def test_an_address_that_is_not_taken(address: str, message: str) -> None:
    """Exit 2 before anything is read or sent; a password is not repeated."""
    result = CliRunner().invoke(main, ["load", "--to", address, "--store", "none"])
    assert result.exit_code == 2
    assert message in result.stderr
    assert "sesame" not in result.output


def test_addresses_that_are_taken() -> None:
    """Names, numbers, IPv6, paths."""
    for address in ("http://localhost:7878", "https://h.example/a/b/", "http://[::1]:8890/sparql"):
        check_address(address)


@pytest.mark.parametrize(
    ("address", "open_to_others"),
    [
        ("http://localhost:1", False), ("http://127.0.0.1", False), ("http://[::1]:1", False),
        ("https://h.example", False), ("http://h.example", True), ("http://10.0.0.1", True),
    ],
)  # fmt: skip
def test_who_can_listen(address: str, open_to_others: bool) -> None:
    """A password over http to another machine is warned of."""
    assert in_the_open(address) == open_to_others


def test_credentials(tmp_path: Path) -> None:
    """The environment beats netrc; a token beats both; a broken netrc is named."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine h.example login a password b\n")
    found = credentials_for("http://h.example/x", {"NETRC": str(netrc)})
    assert found == load_http.Credentials("a", "b")
    assert credentials_for("http://other.example", {"NETRC": str(netrc)}) is None
    assert credentials_for("http://h.example", {"NETRC": str(netrc), "KG_USER": "c"}) == load_http.Credentials("c")
    assert credentials_for("http://h.example", {"KG_TOKEN": "t", "NETRC": os.devnull}) == load_http.Credentials(
        token="t"
    )
    assert "b'" not in repr(found)
    assert "password" not in repr(found)
    netrc.write_text("machina h.example")
    with pytest.raises(KgError, match="cannot be read"):
        credentials_for("http://h.example", {"NETRC": str(netrc)})


def test_the_wait_before_a_retry() -> None:
    """Twice as long each time; as the server asks, in seconds or as a date, but not for ever."""
    assert [load_http.pause(attempt) for attempt in range(4)] == [0.5, 1, 2, 4]
    assert load_http.pause(0, "7") == 7
    assert load_http.pause(0, "86400") == load_http.LONGEST_WAIT
    assert load_http.pause(1, "soon") == 1
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 55 < load_http.pause(0, soon) <= 60
    assert load_http.pause(0, "Mon, 01 Jan 2024 00:00:00 GMT") == 0


def test_an_unknown_profile() -> None:
    """With the nearest name."""
    with pytest.raises(KgError, match="Did you mean 'virtuoso'"):
        by_name("virtuso")


def test_counting_all_graphs_has_pages() -> None:
    """Where all graphs are counted at once, the profile says how long an answer may be."""
    assert [profile.name for profile in PROFILES if profile.scans] == ["virtuoso"]
    assert all(profile.rows for profile in PROFILES if profile.scans)
