"""The W3C's SPARQL 1.1 evaluation tests, through our query layer."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
import w3c
from pyoxigraph import QueryResultsFormat, parse_query_results

from kg.query import sparql
from kg.store import Store
from kg.tables import Rows, render
from kg.vocab import BASE

FOLDERS = (
    "aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions", "grouping",
    "json-res", "negation", "project-expression", "property-path", "subquery",
)  # fmt: skip
#: What does not pass, each with its reason.
EXCEPTIONS = {
    "aggregates/agg-groupconcat-04": "Oxigraph keeps the language of what it joins, as SPARQL 1.2 has it",
    "aggregates/agg-groupconcat-06": "Oxigraph keeps the language of what it joins, as SPARQL 1.2 has it",
    "aggregates/agg-empty-group-count-graph": "Oxigraph counts over all graphs where GRAPH ?g holds only a subquery",
    "bindings/graph": "Oxigraph leaves ?g unbound where GRAPH ?g holds only VALUES",
    "functions/bnode01": "Oxigraph names BNODE(text) by the text, so two rows share a node",
    "negation/graph-minus": "Oxigraph takes the variable of GRAPH for one that both sides of MINUS share",
    "property-path/zero_or_more_set_start": "Oxigraph finds no path of length 0 at a term that no triple has",
    "property-path/zero_or_more_set_end": "Oxigraph finds no path of length 0 at a term that no triple has",
    "property-path/zero_or_one_set_start": "Oxigraph finds no path of length 0 at a term that no triple has",
    "property-path/zero_or_one_set_end": "Oxigraph finds no path of length 0 at a term that no triple has",
    "csv-tsv-res/csv03": "the store writes 1.0e6 as 1000000",
}
needs_suite = pytest.mark.skipif(
    not w3c.SUITES.exists(), reason="the W3C's suites stand beside the repository in CI only"
)
TESTS = tuple(w3c.query_tests(FOLDERS))


def passes(test: w3c.QueryTest) -> bool:
    """Whether our answer is the one the suite wants."""
    text = f"BASE <{test.query.as_uri()}>\n{test.query.read_text(encoding='utf-8')}"
    answer = sparql(Store(w3c.dataset(test), BASE), text)
    if isinstance(answer, bool):
        return answer == bool(parse_query_results(path=str(test.result), format=_format(test)))
    if not isinstance(answer, Rows):
        return w3c.same_graph(answer, test.result)
    if test.result.suffix == ".csv":
        return _lines(render(answer, "csv", text=str)) == _lines(test.result.read_bytes())
    return w3c.same_rows(answer.columns, answer.rows, test.result)


def _format(test: w3c.QueryTest) -> QueryResultsFormat:
    found = QueryResultsFormat.from_extension(test.result.suffix[1:])
    assert found is not None
    return found


def _lines(data: bytes) -> Counter[tuple[tuple[str, str], ...]]:
    """The rows of a CSV file, each column by its name; blank nodes, of which no row has two, without theirs."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8")))
    return Counter(tuple(sorted((k, "_:" if v.startswith("_:") else v) for k, v in row.items())) for row in rows)


@pytest.mark.parametrize("test", [test for test in TESTS if test.name not in EXCEPTIONS], ids=lambda test: test.name)
def test_an_evaluation_test_passes(test: w3c.QueryTest) -> None:
    """The answer is the suite's own."""
    assert passes(test)


@needs_suite
@pytest.mark.parametrize("name", EXCEPTIONS)
def test_an_exception_is_still_one(name: str) -> None:
    """What the engine has learned since is taken off the list."""
    (test,) = (test for test in TESTS if test.name == name)
    assert not passes(test)


@needs_suite
def test_enough_pass() -> None:
    """As many as of the engine itself: no folder was left out, no list of exceptions grew unseen."""
    assert len(TESTS) - len(EXCEPTIONS) >= 224
