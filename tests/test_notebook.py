"""How graphs, entities and rows show themselves in a notebook, and rows as a DataFrame."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

import kg
from kg.errors import KgError
from kg.notebook import MOST
from kg.tables import Rows
from kg.vocab import BASE, term

MARKUP = '<script>alert("x")</script>&'
ARTICLE = (
    "Japan will provide 95 billion yen for health in Laos, Foreign Minister Hana Sato said on Monday in Tokyo. "
    "The minister met <b>aid</b> groups.\n"
)


class Tags(HTMLParser):
    """The elements of a piece of HTML, and whether each that was opened was closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens; none of them acts or leads anywhere."""
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("src", "href")]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The element that was opened last closes."""
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of one article that has markup in its text."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "aid.txt").write_text(ARTICLE * 3, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return kg.build([folder])


def literal(value: str, datatype: str) -> Literal:
    """A literal with a datatype of XML Schema."""
    return Literal(value, datatype=term(f"xsd:{datatype}"))


def test_a_graph_says_what_it_holds(graph: kg.Graph) -> None:
    """Articles by language, things by class, and files that were not read."""
    html = graph._repr_html_()
    tags = Tags(html)
    assert tags.seen == {"table", "caption", "tbody", "tr", "th", "td"}
    assert not tags.open
    text = re.sub(r"<[^>]+>", " ", html)
    assert re.search(r"articles\s+1\s+1 en", text)
    assert re.search(r"person\s+1", text)
    assert re.search(r"files not read\s+1", text)


def test_an_entity_shows_its_quotes(graph: kg.Graph) -> None:
    """Each with its language; markup of the article stays text."""
    html = graph.explain("Hana Sato")._repr_html_()
    tags = Tags(html)
    assert "blockquote" in tags.seen
    assert not tags.seen & {"script", "b", "style"}
    assert not tags.open
    assert '<q lang="en" dir="auto">' in html
    assert f"{BASE}person/hana-sato" in html


def test_rows_show_as_a_table(graph: kg.Graph) -> None:
    """Without the column of evidence, as tables for readers are everywhere."""
    rows = graph.query("posts")
    assert isinstance(rows, Rows)
    assert "evidence" in rows.columns
    html = rows._repr_html_()
    assert "<th>evidence</th>" not in html
    assert "person/hana-sato" in html
    assert not Tags(html).open


def test_hostile_cells_show_as_text() -> None:
    """In a text, a name of a column, an IRI and a language."""
    cells = (Literal(MARKUP), Literal(MARKUP, language="en"), NamedNode(f"{BASE}x'onclick=y"), BlankNode("b"), None)
    rows = Rows((MARKUP, "b", "c", "d", "e"), (cells,))
    html = rows._repr_html_()
    assert Tags(html).seen == {"table", "thead", "tbody", "tr", "th", "td", "p"}
    assert "&lt;script&gt;" in html
    assert "x'onclick" not in html


def test_long_tables_break_off_and_say_so() -> None:
    """The DataFrame has all rows."""
    rows = Rows(("n",), tuple((literal(str(n), "integer"),) for n in range(1234)))
    html = rows._repr_html_()
    assert html.count("<tr>") == MOST + 1
    assert "the first 100 of 1,234 rows" in html
    assert len(rows.to_pandas()) == 1234


@pytest.mark.parametrize(
    ("cells", "kind", "value"),
    [
        ((literal("3", "integer"), None), "Int64", 3),
        ((literal("3", "integer"), literal("1.5", "decimal")), "Float64", 3.0),
        ((literal("1E3", "double"),), "Float64", 1000.0),
        ((literal("2025-11-30", "date"), None), "datetime64[s]", "2025-11-30 00:00:00"),
        ((literal("2025-11-30T10:00:00Z", "dateTime"),), "datetime64[us, UTC]", "2025-11-30 10:00:00+00:00"),
        ((literal("2025-11-30T10:00:00", "dateTime"),), "datetime64[us]", "2025-11-30 10:00:00"),
        (
            (literal("2025-11-30T10:00:00", "dateTime"), literal("2025-11-30T10:00:00Z", "dateTime")),
            "string",
            "2025-11-30T10:00:00",
        ),
        ((literal("true", "boolean"), literal("0", "boolean")), "boolean", True),
        ((literal("--11-30", "gMonthDay"),), "string", "--11-30"),
        ((literal("2025-11-30", "date"), literal("--11-30", "gMonthDay")), "string", "2025-11-30"),
        ((literal("12025-11-30", "date"),), "string", "12025-11-30"),
        ((literal(str(2**70), "integer"),), "Float64", float(2**70)),
        ((Literal("Lào", language="vi"), NamedNode("https://example.org/")), "string", "Lào"),
        ((None, None), "string", None),
    ],
)  # fmt: skip
def test_columns_of_a_data_frame_are_typed(cells: tuple[Literal, ...], kind: str, value: object) -> None:
    """Numbers and days can be reckoned with; what is of several kinds is text."""
    frame = Rows(("x",), tuple((cell,) for cell in cells)).to_pandas()
    assert str(frame["x"].dtype) == kind
    first = frame["x"].iloc[0]
    if value is None:
        assert frame["x"].isna().all()
    else:
        assert (str(first) if "datetime" in kind else first) == value
    assert [bool(missing) for missing in frame["x"].isna()] == [cell is None for cell in cells]


def test_sums_of_a_query_can_be_added_up(graph: kg.Graph) -> None:
    """What the column is for."""
    rows = graph.query("aid-figures")
    assert isinstance(rows, Rows)
    assert rows.to_pandas()["amount"].sum() == 95_000_000_000


def test_no_rows_are_a_frame_with_columns() -> None:
    """An answer without rows, and one without columns."""
    assert list(Rows(("a", "b"), ()).to_pandas().columns) == ["a", "b"]
    assert Rows((), ((), ())).to_pandas().shape == (2, 0)


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """pandas is not among what kg needs."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match="pandas is not installed") as error:
        Rows(("a",), ()).to_pandas()
    assert "pip install pandas" in error.value.hint
