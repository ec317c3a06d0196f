"""The prepared queries: each against its expected table, and what wrong names and values get."""

from __future__ import annotations

import io
import random
import re
from functools import cache
from pathlib import Path

import pytest
import wells
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.build import build
from kg.errors import KgError
from kg.formats import by_name, write_triples
from kg.graph import Graph
from kg.query import Query, named, queries, run, run_query, sparql
from kg.query.header import read_query
from kg.query.parameters import TYPES
from kg.query.quotes import Quotes
from kg.store import Store, write_store
from kg.tables import Labels, Rows, render
from kg.vocab import BASE, LABEL, shared_graph

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden" / "queries"
NAMES = [query.name for query in queries()]

#: A value of each type that the little graph accepts, as a user writes it.
VALUES = {
    "integer": "1",
    "decimal": "0.5",
    "date": "2021-05-04",
    "gYear": "2021",
    "string": "EUR",
    "currency": "EUR",
    "language": "fr",
    "iri": "https://example.org/x",
    "entity": "ana ruiz",
    "person": "ANA RUÍZ",
    "organization": "SAU",
    "place": "Freedonia",
    "conference": "3e forum des puits",
    "series": "series/wells-forum",
    "article": "a-en",
    "position": "minister",
    "sector": "sector:health",
    "countable": "ngo",
    "eventkind": "forum",
}

WRONG = {
    "integer": ("five", "not a whole number"),
    "decimal": ("1e5", "not a number"),
    "date": ("2021-02-30", "not a date such as"),
    "gYear": ("'21", "not a year such as"),
    "language": ("français", "not the code of a language"),
    "iri": ("no iri", "no IRI"),
    "entity": ("Nobody", "there is no person, organization, place, conference or series"),
    "person": ("Freedonia", "there is no person called"),
    "organization": ("", "there is no organization called"),
    "place": ("person/ana-ruiz", "is no place"),
    "conference": ("Forum", "there is no conference called"),
    "series": ("Wells", "there is no series called"),
    "article": ("a-e", "there is no article"),
    "position": ("ministre", "is no position"),
    "sector": ("helth", "is no sector"),
    "countable": ("} UNION {", "is no countable"),
    "eventkind": ("forums", "is no eventkind"),
    "string": ("\0", "NUL"),
    "currency": ("\0", "NUL"),
}


@pytest.fixture(scope="module")
def seeds() -> Graph:
    """The graph of the articles of the repository."""
    return build([ROOT / "seeds"])


@cache
def shuffled() -> Store:
    """The little graph, its quads stored in another order."""
    quads = wells.quads()
    random.Random(1).shuffle(quads)
    return write_store(quads, base=BASE)


def written(store: Store, name: str) -> str:
    """What a query gives, as the golden file keeps it."""
    answer = run(store, name)
    if isinstance(answer, Rows):
        quotes = Quotes(store).cited(answer)
        return render(answer, "md", text=Labels(store).text, quotes=quotes).decode()
    assert isinstance(answer, tuple)
    output = io.BytesIO()
    write_triples(answer, by_name("turtle"), output, base=store.base)
    return "".join(
        line for line in output.getvalue().decode().splitlines(keepends=True) if not line.startswith("@prefix")
    )


def cells(name: str, **parameters: str) -> list[tuple[str, ...]]:
    """The rows of a query over the little graph, as readers see them, without what they rest on."""
    store = wells.store()
    answer = run(store, name, parameters)
    assert isinstance(answer, Rows)
    shown = [index for index, column in enumerate(answer.columns) if column != "evidence"]
    return [tuple(Labels(store).text(row[index]) for index in shown) for row in answer.rows]


@pytest.mark.parametrize("name", NAMES)
def test_every_query_gives_its_expected_table(name: str) -> None:
    """Rows with their quotes, as written down and read by a person."""
    assert written(wells.store(), name) == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


def test_every_golden_table_has_its_query() -> None:
    """No table is left over, and there are enough questions."""
    assert sorted(path.stem for path in GOLDEN.glob("*.md")) == NAMES
    assert len(NAMES) >= 18


@pytest.mark.parametrize("name", NAMES)
def test_rows_do_not_depend_on_the_order_of_the_store(name: str) -> None:
    """Every ORDER BY is total, and lists in a cell are sorted."""
    assert written(shuffled(), name) == written(wells.store(), name)


@pytest.mark.parametrize("name", NAMES)
def test_every_query_runs_on_the_seeds(seeds: Graph, name: str) -> None:
    """It answers, and every row that rests on facts can be cited."""
    answer = run(seeds.store, name)
    if isinstance(answer, Rows) and "evidence" in answer.columns:
        assert all(
            quotes or cell in (None, Literal(""))
            for cell, quotes in zip(answer.column("evidence"), Quotes(seeds.store).cited(answer), strict=True)
        )


@pytest.mark.parametrize("query", queries(), ids=NAMES)
def test_every_query_is_fit_to_be_published(query: Query) -> None:
    """A summary, a description, tags; an order of rows; no endpoint and no prefix of ours taken for granted."""
    assert query.summary
    assert not query.summary.endswith(".")
    assert query.description.endswith(".")
    assert query.tags
    assert "ORDER BY" in query.text
    assert "SERVICE" not in query.text
    assert all(parameter.doc.endswith(".") for parameter in query.parameters)
    taken = {"format", "lang", "store", "cite", "help", "limit", "offset", "as"}
    assert not {parameter.name for parameter in query.parameters} & taken


@pytest.mark.parametrize("query", queries(), ids=NAMES)
def test_every_query_is_told_in_the_languages_of_the_interface(query: Query) -> None:
    """Its question and what its parameters do; another language gets English."""
    for language in ("en", "fr", "zh", "vi", "nb"):
        assert query.summary_in(language)[1] == language
        assert query.description_in(language)[1] == language
        assert all(parameter.doc_in("xx", language)[1] == language for parameter in query.parameters)
    assert query.summary_in("tlh") == (query.summary, "en")
    assert len({query.summary, *query.summaries.values()}) == 5
    assert len({query.description, *query.descriptions.values()}) == 5


@pytest.mark.parametrize("query", queries(), ids=NAMES)
def test_every_query_is_standard_sparql(query: Query) -> None:
    """Another engine parses the file as it stands, header and all."""
    from rdflib.plugins.sparql import prepareQuery

    assert prepareQuery(query.text).algebra


@pytest.mark.parametrize(
    ("name", "parameter", "kind"),
    [(query.name, each.name, each.type) for query in queries() for each in query.parameters],
)
def test_every_parameter_narrows_its_query(name: str, parameter: str, kind: str) -> None:
    """With a value the query gives no rows but those it gave without; a wrong value is refused."""
    store = wells.store()
    without, given_ = run(store, name), run(store, name, {parameter: VALUES[kind]})
    if isinstance(without, Rows) and isinstance(given_, Rows) and name != "said-and-left-out":
        assert set(given_.rows) <= set(without.rows) or "GROUP BY" in named(name).text
    value, message = WRONG[kind]
    with pytest.raises(KgError, match=re.escape(message)) as caught:
        run(store, name, {parameter: value})
    assert caught.value.where == f"--{parameter}"


def test_every_type_is_tried() -> None:
    """Good and bad values above for every type there is."""
    assert VALUES.keys() == WRONG.keys() == TYPES.keys()


@pytest.mark.parametrize(("kind", "value", "term"), [
    ("integer", "-5", '"-5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("decimal", "1,140,000.5", '"1140000.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("date", "2021-05-04", '"2021-05-04"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ("gYear", "2021", '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
    ("string", 'a"} b', '"a\\"} b"'),
    ("currency", "usd", '"usd"'),
    ("language", "VI", '"vi"'),
    ("iri", "https://example.org/x", "<https://example.org/x>"),
    ("iri", "kgid:person/ana-ruiz", f"<{BASE}person/ana-ruiz>"),
    ("entity", f"{BASE}article/a-en/count/12-ngo", f"<{BASE}article/a-en/count/12-ngo>"),
    ("person", "Ana Ruiz", f"<{BASE}person/ana-ruiz>"),
    ("organization", "sylvanian aid union", f"<{BASE}organization/sylvanian-aid-union>"),
    ("article", f"{BASE}article/b-fr", f"<{BASE}article/b-fr>"),
    ("article", "b-fr", f"<{BASE}article/b-fr>"),
    ("sector", "health", "<https://w3id.org/kg-news/sector/health>"),
])  # fmt: skip
def test_values_become_terms(kind: str, value: str, term: str) -> None:
    """As users write them, and as the query gets them."""
    assert str(TYPES[kind](value, wells.store(), "--x")) == term


HOSTILE = (
    'EUR" } #',
    "EUR } UNION { ?s ?p ?o",
    '"} SERVICE <http://127.0.0.1:9/> {',
    "EUR\\",
    "a\nb",
    "UNDEF",
    "?currency",
    "'''",
    "\\u0022 }",
)


@pytest.mark.parametrize("value", HOSTILE)
def test_what_looks_like_sparql_is_only_text(value: str) -> None:
    """Quotes, braces, comments and variables in a value are looked for as they are, and are not there."""
    assert cells("aid-figures", currency=value) == []


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_is_a_value(value: str) -> None:
    """No text breaks out of its place: the answer has the sums of that currency and no other."""
    assert {row[2] for row in cells("aid-figures", currency=value)} <= {value}


@given(st.text(max_size=20))
def test_any_other_value_is_taken_or_refused(value: str) -> None:
    """A checked type gives a term or a KgError, whatever it is given."""
    for kind in ("integer", "decimal", "date", "gYear", "language", "iri", "sector"):
        place = ""
        try:
            taken = TYPES[kind](value, wells.store(), "--x")
        except KgError as error:
            taken, place = None, error.where
        assert isinstance(taken, (NamedNode, Literal)) or place == "--x"


def test_unknown_names_get_the_nearest() -> None:
    """Of a query and of a parameter; all of them where nothing is near."""
    with pytest.raises(KgError, match="Did you mean 'speakers'"):
        run(wells.store(), "speaker")
    with pytest.raises(KgError, match="Queries: aid-by-currency, "):
        run(wells.store(), "xyzzy")
    with pytest.raises(KgError, match="Did you mean '--person'"):
        run(wells.store(), "person-posts", {"persn": "x"})
    with pytest.raises(KgError, match="It takes none"):
        run(wells.store(), "disagreements", {"x": "y"})


def test_a_name_of_several_things_lists_them() -> None:
    """The user says which one, by IRI."""
    quads = wells.quads()
    other = NamedNode(f"{BASE}person/ana-ruiz-2")
    store = write_store([*quads, Quad(other, LABEL, Literal("Ana Ruíz"), shared_graph("names"))], base=BASE)
    with pytest.raises(KgError, match="'ana ruiz' is the name of 2 things") as caught:
        run(store, "person-posts", {"person": "ana ruiz"})
    assert "person/ana-ruiz  (Ana Ruiz)" in caught.value.hint
    assert "person/ana-ruiz-2  (Ana Ruíz)" in caught.value.hint
    # So spelled, there is one.
    assert run(store, "person-posts", {"person": "Ana Ruíz"}) == Rows(
        ("person", "position", "body", "first", "last", "articles", "evidence"), ()
    )


def test_a_name_nearly_right_gets_the_nearest() -> None:
    """By its words, or by its letters."""
    with pytest.raises(KgError, match="Did you mean 'Ana Ruiz'"):
        run(wells.store(), "person-posts", {"person": "Ruiz"})
    with pytest.raises(KgError, match="Did you mean 'Ana Ruiz'"):
        run(wells.store(), "person-posts", {"person": "Anna Ruis"})


def test_sums_are_not_added_up() -> None:
    """One sum that two articles report is one row; two currencies are two rows."""
    assert cells("aid-by-donor") == [
        ("Sylvanian Aid Union", "EUR", "5500000", "", "2020-01-01", "2022-12-31", "2"),
    ]
    assert [row[:4] for row in cells("aid-by-currency")] == [
        ("EUR", "1", "5500000", "5500000"),
        ("USD", "2", "2000000", "2100000"),
    ]


def test_years_are_compared_as_numbers() -> None:
    """A trap: engines differ on the order of xsd:gYear."""
    assert [row[3] for row in cells("aid-by-period", year="2023")] == ["2100000", "2000000"]
    assert cells("aid-by-period", year="2019") == []


def test_a_triple_of_several_articles_counts_once() -> None:
    """A trap: the union of named graphs counts a triple once for each graph."""
    answer = sparql(wells.store(), f"SELECT (COUNT(*) AS ?n) {{ <{BASE}person/ana-ruiz> a kg:Person }}")
    assert isinstance(answer, Rows)
    assert answer.rows[0][0] == Literal(1)


def test_disagreement_spares_what_fits() -> None:
    """Sums and numbers of the forum differ; the ordinal and the sum both give do not."""
    assert [(row[0], row[3], row[5]) for row in cells("disagreements")] == [
        ("amount", "2000000", "2100000"),
        ("value", "12", "14"),
    ]


def test_what_a_language_leaves_out() -> None:
    """French says nothing of the forum's day, English all that French does."""
    left_out = cells("said-and-left-out", language="fr")
    assert ("start date", "3rd Wells Forum", "2021-05-04", "en", "fr vi") in left_out
    assert all("fr" in row[4].split() and "fr" not in row[3].split() for row in left_out)


@pytest.mark.parametrize(("text", "message"), [
    ("SELECT * {}", "gives no summary"),
    ("#+ summary: [", "not YAML"),
    ("#+ summary: a\n#+ endpoint: http://x/", "unknown key 'endpoint'"),
    ("#+ summary: a\n#+ endpoint@fr: x", "unknown key 'endpoint@fr'"),
    ("#+ summary@fr: a", "gives no summary"),
    ("#+ summary: a\n#+ params:\n#+   - {name: x, type: iri, doc@fr: d}", "a parameter has name, type and doc"),
    ("#+ summary: a\n#+ params:\n#+   - name: x", "a parameter has name, type and doc"),
    ("#+ summary: a\n#+ params:\n#+   - {name: X y, type: iri, doc: d}", "no name for a parameter"),
    ("#+ summary: a\n#+ params:\n#+   - {name: x, type: number, doc: d}", "unknown type 'number'"),
    ("#+ summary: a\n#+ params:\n#+   - {name: x, type: iri, doc: d}\nSELECT * {}", "no block"),
    ("#+ summary: a\n#+ params:\n#+   - {name: x, type: iri, doc: d}\n" + "VALUES ?x { UNDEF }\n" * 2, "2 blocks"),
])  # fmt: skip
def test_a_wrong_header_is_named(tmp_path: Path, text: str, message: str) -> None:
    """File and fault; whoever adds a query reads it."""
    file = tmp_path / "q.rq"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=re.escape(message)) as caught:
        read_query(file)
    assert caught.value.where == str(file)


def test_a_page_of_rows() -> None:
    """Those after an offset, and no more than a limit: the pages put together are the whole."""
    store, query = wells.store(), named("mentions")
    whole = run(store, "mentions")
    pages = [run_query(store, query, {}, limit=2, offset=offset) for offset in range(0, 40, 2)]
    assert isinstance(whole, Rows)
    assert sum((page.rows for page in pages if isinstance(page, Rows)), ()) == whole.rows
    assert run_query(store, query, {}, limit=0) == Rows(whole.columns, ())


def test_the_same_from_python() -> None:
    """A graph answers as the command line does."""
    graph = Graph(wells.store())
    assert graph.query("sectors", min="2") == run(wells.store(), "sectors", {"min": "2"})
    assert graph.sparql("ASK {}") is True
    assert graph.explain("SAU").title == "Sylvanian Aid Union (non-governmental organization)"
