"""The server over HTTP: queries, forms, limits, hostile requests. All against ``kg serve`` as a process of its own."""

from __future__ import annotations

import httpx
import pytest
from serving import Served

TEN = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 10"


def ask(server: Served, query: str, **options: object) -> httpx.Response:
    """The answer to a query by GET."""
    return httpx.get(server.sparql, params={"query": query}, **options)  # type: ignore[arg-type]


def test_a_query_has_an_answer(server: Served) -> None:
    """JSON where nothing else is asked for."""
    answer = ask(server, TEN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert len(answer.json()["results"]["bindings"]) == 10


@pytest.mark.parametrize(
    ("query", "line", "column"), [("ASK {", 1, 6), ("SELECT ?x\nWHERE ( ?x a ?b }", 2, 7), ("DROP ALL", 1, 1)]
)
def test_bad_sparql_is_told_with_its_place(server: Served, query: str, line: int, column: int) -> None:
    """A problem document with line and column, and no traceback."""
    answer = ask(server, query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["line"], told["column"]) == (400, line, column)
    assert "Traceback" not in answer.text
