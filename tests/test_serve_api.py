"""The API of prepared queries: formats, parameters, pages of rows, entity tags, its OpenAPI document."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import wells
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from serving import CLIENT, Served

from kg.query import named, queries, run
from kg.serve import api
from kg.serve.jobs import Head
from kg.serve.openapi import document
from kg.serve.problems import Problem, Refused
from kg.serve.questions import Kept
from kg.serve.rows import plain
from kg.store import Store, write_store
from kg.tables import Labels, Rows
from kg.vocab import BASE, term


def ask(
    name: str, *parameters: tuple[str, str], accept: str | None = None, store: Store | None = None
) -> tuple[Head, bytes]:
    """The answer of the API on the little graph."""
    asked = api.read(name, parameters, accept=accept, path=f"/api/{name}")
    return api.answer(store or wells.store(), asked)


def told(name: str, *parameters: tuple[str, str]) -> dict[str, object]:
    """The answer as plain JSON."""
    found = json.loads(ask(name, *parameters)[1])
    assert isinstance(found, dict)
    return found


def refused(name: str, *parameters: tuple[str, str], accept: str | None = None) -> Problem:
    """The problem in place of an answer."""
    with pytest.raises(Refused) as caught:
        ask(name, *parameters, accept=accept)
    return caught.value.problem


@pytest.mark.parametrize("name", [query.name for query in queries()])
def test_every_query_answers_in_every_format(name: str) -> None:
    """With the media type that was asked for, by name or by Accept: the same bytes every time."""
    for form, media_type in api.forms(named(name)).items():
        head, body = ask(name, ("format", form))
        assert head.media_type.partition(";")[0] == media_type
        assert body
        assert ask(name, accept=media_type) == (head, body) == ask(name, ("format", form), accept="image/png")


def test_plain_json_has_numbers_labels_and_lists() -> None:
    """For programs that know nothing of RDF."""
    found = told("sectors", ("lang", "nb"), ("min", "2"))
    assert found["columns"] == [
        {"name": "sector", "kind": "iri"},
        {"name": "articles", "kind": "integer"},
        {"name": "languages", "kind": "list"},
        {"name": "evidence", "kind": "list"},
    ]
    (row,) = found["rows"]  # type: ignore[misc]
    assert row["sector"] == {"iri": "https://w3id.org/kg-news/sector/health", "label": "helse", "lang": "nb"}  # type: ignore[index]
    assert (row["articles"], row["languages"]) == (2, ["en", "fr"])  # type: ignore[index]
    assert "quotes" not in row  # type: ignore[operator]


def test_a_value_that_nothing_has_is_told_beside_the_rows() -> None:
    """As the command line tells it; nothing is told of values that occur."""
    for asked, told in (
        ((("currency", "USD"), ("lang", "fr")), []),
        ((("currency", "usd"),), ["no figure has currency 'usd'; there are: EUR, USD. Did you mean 'USD'?"]),
    ):
        assert json.loads(ask("aid-figures", *asked)[1])["notes"] == told
    (note,) = json.loads(ask("mentions", ("lang", "xx"))[1])["notes"]
    assert note.startswith("no label has language 'xx'")


def test_rows_come_with_their_quotes_if_asked() -> None:
    """Word for word, with place and rule; in a table in a column."""
    (row,) = told("sectors", ("min", "2"), ("cite", "true"))["rows"]  # type: ignore[misc]
    assert [(quote["text"], quote["lang"], quote["article"], quote["rule"]) for quote in row["quotes"]] == [  # type: ignore[index]
        ("health", "en", "a-en", "sector"),
        ("santé", "fr", "b-fr", "sector"),
    ]
    rows = list(csv.DictReader(io.StringIO(ask("sectors", ("cite", "true"), ("format", "csv"))[1].decode())))
    assert "“santé” [fr] b-fr" in rows[0]["quotes"]


@pytest.mark.parametrize(("written", "datatype", "value", "kind"), [
    ("5", "xsd:integer", 5, "integer"),
    ("5.50", "xsd:decimal", 5.5, "number"),
    ("1140000000.0", "xsd:decimal", 1140000000, "number"),
    ("0.1234567890123456789", "xsd:decimal", "0.1234567890123456789", "number"),
    ("INF", "xsd:double", "INF", "number"),
    ("x", "xsd:integer", "x", "integer"),
    ("true", "xsd:boolean", True, "boolean"),
    ("0", "xsd:boolean", False, "boolean"),
    ("2024-01-31", "xsd:date", "2024-01-31", "date"),
    ("a b", "xsd:string", "a b", "string"),
])  # fmt: skip
def test_values_keep_what_they_are(written: str, datatype: str, value: object, kind: str) -> None:
    """A number is one where no reader of JSON makes another of it."""
    rows = Rows(("x",), ((Literal(written, datatype=term(datatype)),),))
    found = plain(rows, Labels(wells.store()), lists={})
    assert found == {"columns": [{"name": "x", "kind": kind}], "rows": [{"x": value}]}


def test_cells_without_value_and_of_several_kinds() -> None:
    """Null, and a kind that says so."""
    rows = Rows(("x", "y", "z"), ((None, Literal("a"), Literal("a|b")), (None, NamedNode("urn:x"), None)))
    found = plain(rows, Labels(wells.store()), lists={"z": "|"})
    assert [column["kind"] for column in found["columns"]] == ["empty", "mixed", "list"]
    assert found["rows"] == [{"x": None, "y": "a", "z": ["a", "b"]}, {"x": None, "y": {"iri": "urn:x"}, "z": []}]


def test_pages_of_rows_lead_to_one_another() -> None:
    """By Link and in the JSON; put together they are the whole."""
    whole = run(wells.store(), "mentions")
    assert isinstance(whole, Rows)
    met: list[object] = []
    parameters: tuple[tuple[str, str], ...] = (("limit", "3"),)
    while True:
        head, body = ask("mentions", *parameters)
        found = json.loads(body)
        met += [row["entity"]["iri"] for row in found["rows"]]
        assert ('rel="next"' in dict(head.fields)["Link"]) == (found["next"] is not None)
        if found["next"] is None:
            break
        parameters = tuple(httpx.URL("http://x" + found["next"]).params.multi_items())
    assert met == [cell.value for cell in whole.column("entity") if isinstance(cell, NamedNode)]
    assert 'rel="prev"' in dict(head.fields)["Link"]
    assert not ask("mentions")[0].fields


def test_links_of_pages_may_name_a_language_for_triples_too() -> None:
    """Every link of a page in a chosen language does; labels come in all of them."""
    assert ask("conference-schema", ("lang", "vi")) == ask("conference-schema")


def test_links_keep_what_was_asked() -> None:
    """Values, languages, quotes and the format, escaped."""
    asked = api.read(
        "mentions", [("min", "1"), ("lang", "fr,en"), ("cite", "true"), ("limit", "1"), ("offset", "1")],
        accept="text/csv", path="/below/api/mentions",
    )  # fmt: skip
    link = dict(api.answer(wells.store(), asked)[0].fields)["Link"]
    assert '</below/api/mentions?min=1&format=csv&lang=fr%2Cen&cite=true&limit=1&offset=2>; rel="next"' in link
    assert '</below/api/mentions?min=1&format=csv&lang=fr%2Cen&cite=true&limit=1>; rel="prev"' in link


@pytest.mark.parametrize(("name", "parameters", "status", "parameter", "said"), [
    ("aid-by-doner", (), 404, "", "Did you mean 'aid-by-donor'?"),
    ("posts", (("persn", "x"),), 400, "persn", "Did you mean 'person'?"),
    ("posts", (("person", "Ana Ruiz"), ("person", "x")), 400, "person", "given twice"),
    ("posts", (("person", "Ana Ruis"),), 404, "person", "Did you mean 'Ana Ruiz'?"),
    ("posts", (("position", "kink"),), 400, "position", "Did you mean 'king'?"),
    ("posts", (("language", "vi!"),), 400, "language", "the code of a language"),
    ("counts", (("article", "nope"),), 404, "article", "there is no article"),
    ("sectors", (("min", "many"),), 400, "min", "is not a whole number"),
    ("sectors", (("min", ""),), 400, "min", "is not a whole number"),
    ("sectors", (("limit", "0"),), 400, "limit", "from 1 to 10000"),
    ("sectors", (("limit", "٣"),), 400, "limit", "from 1 to 10000"),
    ("sectors", (("limit", "99999999999999999999"),), 400, "limit", "from 1 to 10000"),
    ("sectors", (("offset", "-1"),), 400, "offset", "from 0 to"),
    ("sectors", (("cite", "yes"),), 400, "cite", "true or false"),
    ("sectors", (("lang", ""),), 400, "lang", "such as fr,en"),
    ("sectors", (("format", "png"),), 400, "format", "One of: json, csv"),
    ("conference-schema", (("limit", "5"),), 400, "limit", "It takes: conference, format, lang."),
    ("conference-schema", (("format", "csv"),), 400, "format", "One of: json, turtle"),
])  # fmt: skip
def test_what_is_wrong_is_named(
    name: str, parameters: tuple[tuple[str, str], ...], status: int, parameter: str, said: str
) -> None:
    """The parameter, and what it takes."""
    problem = refused(name, *parameters)
    assert (problem.status, problem.parameter) == (status, parameter)
    assert said in f"{problem.detail} {problem.hint}"


def test_nothing_acceptable_is_406() -> None:
    """With what is offered."""
    problem = refused("sectors", accept="image/png")
    assert problem.status == 406
    assert "text/csv" in problem.offered


def test_tags_tell_answers_apart() -> None:
    """Another generation, query, format or page has another; the same question has the same."""
    asked = [
        api.read("sectors", parameters, accept=None, path="/api/sectors")
        for parameters in ([], [("format", "csv")], [("limit", "1")], [("min", "2")], [("lang", "fr")])
    ]
    tags = {api.tag(one, generation) for one in asked for generation in ("1", "2")}
    assert len(tags) == 10
    assert api.tag(asked[0], "1") == api.tag(api.read("sectors", [], accept="*/*", path="/api/sectors"), "1")


def test_kept_answers_are_of_one_generation_and_bounded() -> None:
    """The ones asked for last stay."""
    kept = Kept(room=10)
    one, two, three = (api.read(name, [], accept=None, path="") for name in ("sectors", "posts", "counts"))
    head = Head("text/plain")
    kept.put(one, 1, head, b"12345")
    kept.put(two, 1, head, b"12345")
    assert kept.get(one, 1) == (head, b"12345")
    kept.put(three, 1, head, b"12345")
    assert kept.get(two, 1) is None
    assert kept.get(one, 1) is not None
    assert kept.get(one, 2) is None
    kept.put(two, 2, head, b"1")
    assert kept.get(one, 1) is None
    kept.put(one, 2, head, b"1" * 11)
    assert kept.get(one, 2) is None
    kept.put(one, 1, head, b"1")  # of a worker that is behind
    assert kept.get(one, 2) is None


def test_the_document_tells_every_query_and_parameter() -> None:
    """Types, examples that are accepted, what is sent back."""
    told = json.loads(document("/below"))
    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "/below"}]
    for query in queries():
        get = told["paths"][f"/api/{query.name}"]["get"]
        assert get["summary"] == query.summary
        own = [each for each in get["parameters"] if each.get("name") in {one.name for one in query.parameters}]
        assert [each["name"] for each in own] == [each.name for each in query.parameters]
        for each in own:
            if "example" in each:
                asked = api.read(query.name, [(each["name"], str(each["example"]))], accept=None, path="")
                api.answer(wells.store(), asked)
        assert set(get["responses"]["200"]["content"]) == set(api.forms(query).values())
    positions = next(
        each for each in told["paths"]["/api/posts"]["get"]["parameters"] if each.get("name") == "position"
    )
    assert "minister" in positions["schema"]["enum"]


def test_an_empty_graph_answers_too() -> None:
    """No rows, and no fault."""
    empty = write_store([], base=BASE)
    for query in queries():
        _, body = ask(query.name, store=empty)
        assert json.loads(body).get("rows", []) == []


def test_answers_over_http_can_be_asked_for_again(server: Served) -> None:
    """Whole or not at all: 304 where nothing changed, the same bytes where somebody else asks."""
    url = f"{server.url}/api/sectors"
    first = CLIENT.get(url)
    assert first.headers["content-type"] == "application/json"
    assert first.headers["vary"] == "Accept"
    tag = first.headers["etag"]
    assert CLIENT.get(url).content == first.content
    assert CLIENT.get(url).headers["etag"] == tag
    again = CLIENT.get(url, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert CLIENT.get(url, headers={"Accept": "text/csv"}).headers["etag"] != tag
    head = CLIENT.head(url)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)


def test_many_who_ask_the_same_at_once_get_the_same(server: Served) -> None:
    """Whether it is answered or refused."""
    for query, status in (("names?min=1", 200), ("names?entity=nobody", 404)):
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda _: CLIENT.get(f"{server.url}/api/{query}"), range(40)))  # noqa: B023
        assert {answer.status_code for answer in answers} == {status}
        assert len({answer.content for answer in answers}) == 1


def test_a_long_answer_is_the_same_kept_and_streamed(server: Served) -> None:
    """Longer than what comes in one piece."""
    url = f"{server.url}/api/evidence?cite=true"
    first, second = CLIENT.get(url), CLIENT.get(url)
    assert len(first.content) > 100_000
    assert first.content == second.content
    assert {key: first.headers[key] for key in ("etag", "content-type")} == {
        key: second.headers[key] for key in ("etag", "content-type")
    }


def test_the_index_is_a_page_or_json(server: Served) -> None:
    """By Accept."""
    told = CLIENT.get(f"{server.url}/api").json()
    assert {each["name"] for each in told["queries"]} == {query.name for query in queries()}
    page = CLIENT.get(f"{server.url}/api", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert "/api/openapi.json" in page.text


def test_triples_over_http_are_rdf(server: Served) -> None:
    """Each format is what it says."""
    turtle, ntriples = (
        CLIENT.get(f"{server.url}/api/conference-schema", headers={"Accept": accept})
        for accept in ("text/turtle", "application/n-triples")
    )
    one, other = (
        {str(quad.triple) for quad in parse(answer.content, format=form)}
        for answer, form in ((turtle, RdfFormat.TURTLE), (ntriples, RdfFormat.N_TRIPLES))
    )
    assert one == other
    assert one


def test_a_problem_over_http(server: Served) -> None:
    """A document with the parameter; as text where that is wanted."""
    answer = CLIENT.get(f"{server.url}/api/sectors?min=%3Cb%3E")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["parameter"] == "min"
    page = CLIENT.get(f"{server.url}/api/sectors?min=%3Cb%3E", headers={"Accept": "text/html"})
    assert "<b>" not in page.text
    assert CLIENT.post(f"{server.url}/api/sectors").status_code == 405


@pytest.mark.server
def test_schemathesis_finds_nothing(server: Served, tmp_path: Path) -> None:
    """All its checks, on what the document says and on what it rules out."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/api/openapi.json", "--checks", "all",
        "--max-examples", "2", "--seed", "1", "--no-color", "--no-shrink", "--phases", "examples,fuzzing",
    ]  # fmt: skip
    whole = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert whole.returncode == 0, whole.stdout
    some = [f"--include-name=GET /api/{name}" for name in ("sectors", "aid-by-period", "conference-schema")]
    command[-1] = "coverage"
    bounds = subprocess.run([*command, *some], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert bounds.returncode == 0, bounds.stdout
