"""Rows in every format: the W3C's to the letter, tables in line, labels in the language asked for."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest
import wells
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple
from wcwidth import width

from kg.errors import KgError
from kg.query import sparql
from kg.tables import ROW_FORMATS, WIDEST, Cell, Labels, Rows, render, render_answer, short, with_labels
from kg.vocab import BASE, kg, term

W3C = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
EVERY_KIND = """SELECT ?a ?b ?c { VALUES (?a ?b ?c) {
  (kg:Person "text" "chữ"@vi) (1.5 UNDEF "2021-05-04"^^xsd:date) (true "a, \\"b\\"\\tc\\nd" "2021"^^xsd:gYear)
} }"""
ROWS = Rows(
    ("name", "amount", "evidence"),
    (
        (Literal("越南", language="zh"), Literal(5), NamedNode("https://example.org/e1")),
        (Literal("Bùi Thanh Sơn"), Literal(1140), None),
        (None, None, None),
    ),
)


def text(cell: Cell) -> str:
    """A cell as readers see it."""
    return Labels(wells.store()).text(cell)


@pytest.mark.parametrize("form", W3C)
def test_the_formats_of_the_w3c_are_the_engines_own(form: str) -> None:
    """Byte for byte what the engine writes of its own results."""
    answer = sparql(wells.store(), EVERY_KIND)
    solutions = wells.store().db.query(EVERY_KIND, prefixes={"kg": kg("").value, "xsd": term("xsd:").value})
    assert isinstance(answer, Rows)
    assert isinstance(solutions, QuerySolutions)
    expected = solutions.serialize(format=W3C[form])
    assert expected is not None
    assert render(answer, form, text=text).rstrip(b"\n") == expected.rstrip(b"\n")


def test_json_is_read_by_anyone() -> None:
    """Heads, bindings, and nothing for what is unbound."""
    document = json.loads(render(ROWS, "json", text=text))
    assert document["head"]["vars"] == ["name", "amount", "evidence"]
    assert document["results"]["bindings"][0]["name"] == {"type": "literal", "value": "越南", "xml:lang": "zh"}
    assert document["results"]["bindings"][2] == {}


def test_csv_and_xml_are_read_by_anyone() -> None:
    """By readers that know nothing of RDF."""
    rows = list(csv.reader(io.StringIO(render(ROWS, "csv", text=text).decode(), newline="")))
    assert rows[:2] == [["name", "amount", "evidence"], ["越南", "5", "https://example.org/e1"]]
    root = ElementTree.fromstring(render(ROWS, "xml", text=text))
    assert [len(result) for result in root.iter("{http://www.w3.org/2005/sparql-results#}result")] == [3, 2, 0]


def test_every_kind_of_term_can_be_written() -> None:
    """Blank nodes and triples too, which a user's query may make."""
    triple = Triple(NamedNode("https://example.org/s"), kg("place"), Literal("o"))
    rows = Rows(("a", "b"), ((BlankNode("b1"), triple),))
    for form in ROW_FORMATS:
        if form != "csv":
            assert render(rows, form, text=text)


def test_a_table_stands_in_line() -> None:
    """A Chinese character is two cells wide, a combining mark none; numbers are at the right; no evidence column."""
    assert render(ROWS, "table", text=text).decode() == (
        "name           amount\n─────────────  ──────\n越南                5\nBùi Thanh Sơn    1140\n\n(3 rows)\n"
    )


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80)), max_size=4))
def test_any_text_stands_in_line(cells: list[tuple[str, str]]) -> None:
    """No line is wider than its columns may be, and the second column begins under its head."""
    rows = Rows(("first", "second"), tuple((Literal(a), Literal(b)) for a, b in cells))
    lines = render(rows, "table", text=text).decode().split("\n")
    assert max(map(width, lines[:2])) <= 2 * WIDEST + 2
    assert lines[-2] == ("(1 row)" if len(cells) == 1 else f"({len(cells)} rows)")


def test_long_cells_are_broken() -> None:
    """At words, so that the table fits."""
    rows = Rows(("reason",), ((Literal("word " * 40),),))
    assert max(map(width, render(rows, "table", text=text).decode().splitlines())) <= WIDEST


def test_quotes_stand_under_their_row() -> None:
    """In a table; in a column of their own elsewhere."""
    quotes = [("“越南” [zh] a, rule r",), (), ()]
    lines = render(ROWS, "table", text=text, quotes=quotes).decode().splitlines()
    assert lines[3] == "    “越南” [zh] a, rule r"
    assert "| 越南 | 5 | “越南” [zh] a, rule r |" in render(ROWS, "md", text=text, quotes=quotes).decode()
    document = json.loads(render(ROWS, "json", text=text, quotes=quotes))
    assert [b.get("quotes", {}).get("value") for b in document["results"]["bindings"]] == [quotes[0][0], None, None]


def test_markdown_escapes() -> None:
    """A bar in a text ends no cell, and no text is taken for HTML."""
    rows = Rows(("x",), ((Literal("a|b <i> `c`\nd"),),))
    assert render(rows, "md", text=text).decode() == "| x |\n| --- |\n| a\\|b &lt;i> \\`c\\`<br>d |\n"


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_no_rows_are_still_a_table(form: str) -> None:
    """The columns are named."""
    assert b"name" in render(Rows(("name",), ()), form, text=text)


def test_yes_and_no() -> None:
    """In words for readers, in the W3C's formats for programs."""
    assert (render_answer(True, "table"), render_answer(False, "table")) == (b"yes\n", b"no\n")
    assert json.loads(render_answer(True, "json"))["boolean"] is True
    assert b"<boolean>false</boolean>" in render_answer(False, "xml")
    with pytest.raises(KgError, match="cannot be written as 'turtle'"):
        render_answer(True, "turtle")


def test_an_unknown_format_is_named() -> None:
    """With those there are."""
    with pytest.raises(KgError, match="rows cannot be written as 'yaml'"):
        render(ROWS, "yaml", text=text)


def test_labels_follow_the_languages_asked_for() -> None:
    """The first that has one; then English; then any; then a short IRI."""
    store = wells.store()
    forum, union = NamedNode(f"{BASE}conference/wells-forum-2021"), NamedNode(f"{BASE}organization/sylvanian-aid-union")
    assert Labels(store, ("fr", "en")).text(forum) == "3e Forum des puits"
    assert Labels(store, ("vi", "fr")).text(union) == "Union d'aide de Sylvanie"
    assert Labels(store, ("nb",)).text(union) == "Sylvanian Aid Union"
    assert Labels(store, ("vi",)).text(NamedNode("https://w3id.org/kg-news/sector/health")) == "y tế"
    assert Labels(store).text(NamedNode(f"{BASE}article/a-en/count/12-ngo")) == "article/a-en/count/12-ngo"
    assert Labels(store).text(NamedNode("https://example.org/x")) == "https://example.org/x"
    assert short(kg("Person"), base=BASE) == "kg:Person"


def test_label_columns() -> None:
    """Beside each column of IRIs that have labels; the IRIs stay."""
    union = NamedNode(f"{BASE}organization/sylvanian-aid-union")
    rows = with_labels(Rows(("who", "n"), ((union, Literal(1)), (None, None))), Labels(wells.store(), ("fr",)))
    assert rows.columns == ("who", "whoLabel", "n")
    assert rows.rows[0][1] == Literal("Union d'aide de Sylvanie", language="fr")
    assert rows.rows[1] == (None, None, None)
