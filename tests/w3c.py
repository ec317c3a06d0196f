"""The W3C's test suites, which stand beside a checkout: their manifests, and how answers compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from pyoxigraph import Store as Database
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF

SUITES = Path(__file__).parents[2] / "shared" / "w3c"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")


@dataclass(frozen=True, slots=True)
class QueryTest:
    """A query evaluation test: ``name`` is ``folder/entry``; ``named`` are the files of its named graphs."""

    name: str
    query: Path
    data: tuple[Path, ...]
    named: tuple[Path, ...]
    result: Path


def query_tests(folders: Iterable[str]) -> Iterator[QueryTest]:
    """The query evaluation and result format tests of some folders of the SPARQL 1.1 suite; none where it is not."""
    kinds = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
    for folder in folders:
        path = SUITES / "sparql11" / folder / "manifest.ttl"
        if not path.exists():
            return
        graph = rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())
        for entries in graph.objects(None, MF.entries):
            for entry in Collection(graph, entries):
                if graph.value(entry, RDF.type) in kinds:
                    yield _query_test(graph, entry, folder)


def _query_test(graph: rdflib.Graph, entry: rdflib.term.Node, folder: str) -> QueryTest:
    action = graph.value(entry, MF.action)
    return QueryTest(
        name=f"{folder}/{str(entry).rpartition('#')[2]}",
        query=_path(graph.value(action, QT.query)),
        data=tuple(map(_path, graph.objects(action, QT.data))),
        named=tuple(sorted(map(_path, graph.objects(action, QT.graphData)))),
        result=_path(graph.value(entry, MF.result)),
    )


def _path(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))


def dataset(test: QueryTest) -> Database:
    """The data of a test, its named graphs under their own addresses."""
    database = Database()
    for path in test.data:
        database.extend(Quad(*_parts(quad)) for quad in _parsed(path))
    for path in test.named:
        database.extend(Quad(*_parts(quad), NamedNode(path.as_uri())) for quad in _parsed(path))
    return database


def _parsed(path: Path) -> Iterator[Quad]:
    form = RdfFormat.from_extension(path.suffix[1:])
    assert form is not None, path
    return parse(path=str(path), format=form, base_iri=path.as_uri())


def _parts(quad: Quad | Triple) -> tuple[object, ...]:
    return quad.subject, quad.predicate, quad.object


def same_graph(found: Iterable[Triple], path: Path) -> bool:
    """Whether triples are those of a file, but for the names of blank nodes and how numbers are written."""
    return isomorphic(_graph(map(_parts, found)), _graph(map(_parts, _parsed(path))))


def same_rows(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]], path: Path) -> bool:
    """Whether rows are those of a result file, in any order, each as often, but for the names of blank nodes."""
    wanted_columns, wanted = wanted_rows(path)
    if sorted(columns) != sorted(wanted_columns):
        return False
    order = [columns.index(name) for name in wanted_columns]
    found = [tuple(row[place] for place in order) for row in rows]
    return len(found) == len(wanted) and isomorphic(_row_graph(found), _row_graph(wanted))


def wanted_rows(path: Path) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The columns and rows of a result file: XML, JSON, TSV, or a result set in RDF."""
    if path.suffix in (".ttl", ".rdf"):
        return _rows_in_rdf(path)
    form = QueryResultsFormat.from_extension(path.suffix[1:])
    assert form is not None, path
    answer = parse_query_results(path=str(path), format=form)
    assert isinstance(answer, QuerySolutions), path
    names = tuple(variable.value for variable in answer.variables)
    return names, [tuple(solution[name] for name in names) for solution in answer]


def _rows_in_rdf(path: Path) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    quads = list(_parsed(path))

    def values(subject: object, name: str) -> list[object]:
        return [q.object for q in quads if q.subject == subject and q.predicate.value == str(_RS[name])]

    names = tuple(sorted(q.object.value for q in quads if q.predicate.value == str(_RS.resultVariable)))
    rows = []
    for solution in (q.object for q in quads if q.predicate.value == str(_RS.solution)):
        cells = {values(b, "variable")[0].value: values(b, "value")[0] for b in values(solution, "binding")}
        rows.append(tuple(cells.get(name) for name in names))
    return names, rows


def _row_graph(rows: Iterable[tuple[object, ...]]) -> rdflib.Graph:
    """Rows as a graph that is the same for the same rows: each a blank node with a cell for each column."""
    return _graph(
        (BlankNode(f"row{number}"), NamedNode(f"urn:column:{place}"), cell)
        for number, row in enumerate(rows)
        for place, cell in enumerate((Literal(""), *row))
        if cell is not None
    )


def _graph(triples: Iterable[tuple[object, ...]]) -> rdflib.Graph:
    """An rdflib graph; literals in the form that the store gives them."""
    graph = rdflib.Graph()
    for triple in triples:
        graph.add(tuple(map(_outward, triple)))
    return graph


def _outward(term: object) -> rdflib.term.Node:
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        plain = canonical(term)
        return rdflib.Literal(f"{plain.datatype.value}|{plain.language or ''}|{plain.value}")
    assert isinstance(term, NamedNode)
    return rdflib.URIRef(term.value)


def canonical(literal: Literal) -> Literal:
    """A literal as the store gives it back: numbers and language tags in one form."""
    node = NamedNode("urn:x")
    database = Database()
    database.add(Quad(node, node, literal))
    found = next(iter(database)).object
    assert isinstance(found, Literal)
    return found
