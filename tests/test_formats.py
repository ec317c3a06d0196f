"""Formats: the same graph in each, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path, PurePath

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple, parse
from quads import PERSON, dataset
from rdflib.compare import to_isomorphic

from kg import jsonld
from kg.errors import KgError
from kg.formats import FORMATS, NAMES, Format, by_name, by_path, write_graph, write_quads, write_triples
from kg.graph import Graph
from kg.resources import context_file
from kg.store import Store, write_store
from kg.vocab import BASE, KG, XSD, kg, term, text

ROOT = Path(__file__).parents[1]
GRAPHS = [form for form in FORMATS if form.graphs]
TRIPLES = [form for form in FORMATS if not form.graphs]
RDFLIB = {"json-ld": "json-ld", "trig": "trig", "nquads": "nquads", "turtle": "turtle", "ntriples": "nt", "xml": "xml"}
#: Text that every format can carry: XML has no control characters, and reads a carriage return as a line's end.
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=20)

each_format = pytest.mark.parametrize("form", FORMATS, ids=NAMES)


@pytest.fixture(scope="module")
def store() -> Store:
    """The small dataset, in memory."""
    return write_store(dataset(), base=BASE)


def written(store: Store, form: Format, *, with_text: bool = False) -> bytes:
    """The graph in a format."""
    output = io.BytesIO()
    write_graph(store, form, output, with_text=with_text)
    return output.getvalue()


def read(content: bytes, form: Format) -> set[Quad]:
    """What the engine reads back."""
    return set(parse(content, form.rdf))


@each_format
@pytest.mark.parametrize("with_text", [False, True])
def test_what_is_written_is_read_back(store: Store, form: Format, with_text: bool) -> None:
    """Formats of graphs carry the named graphs, those of triples the merged facts, bodies only when asked for."""
    got = read(written(store, form, with_text=with_text), form)
    if form.graphs:
        assert got == set(store.quads(with_text=with_text))
    else:
        assert {quad.triple for quad in got} == set(store.triples(with_text=with_text))
    bodies = [quad for quad in got if quad.predicate == term("schema:articleBody")]
    assert len(bodies) == (2 if with_text else 0)


@pytest.mark.parametrize("form", TRIPLES, ids=lambda form: form.name)
def test_formats_of_triples_are_isomorphic_for_another_reader(store: Store, form: Format) -> None:
    """rdflib reads each as the graph it reads from Turtle."""
    turtle = rdflib.Graph().parse(data=written(store, by_name("turtle")), format="turtle")
    other = rdflib.Graph().parse(data=written(store, form), format=RDFLIB[form.name])
    assert to_isomorphic(other) == to_isomorphic(turtle)


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_formats_of_graphs_are_the_same_for_another_reader(store: Store, form: Format) -> None:
    """rdflib reads the same quads from each, and merged they are the triples of the others."""
    nquads = rdflib.Dataset(default_union=True).parse(data=written(store, by_name("nquads")), format="nquads")
    other = rdflib.Dataset(default_union=True).parse(data=written(store, form), format=RDFLIB[form.name])
    assert set(other.quads()) == set(nquads.quads())
    merged = rdflib.Graph().parse(data=written(store, by_name("turtle")), format="turtle")
    assert set(other.triples((None, None, None))) == set(merged)


@each_format
def test_the_order_of_facts_does_not_show(form: Format) -> None:
    """A shuffled dataset, with facts said twice, gives the same bytes."""
    quads = dataset()
    first = written(write_store(quads, base=BASE), form)
    for seed in range(3):
        shuffled = quads + quads[::2]
        random.Random(seed).shuffle(shuffled)
        assert written(write_store(shuffled, base=BASE), form) == first


@pytest.mark.slow
def test_the_hash_seed_does_not_show() -> None:
    """Other libraries' JSON-LD, N-Triples, TriG and RDF/XML change with it."""
    program = (
        "import sys, io, hashlib; sys.path.insert(0, 'tests')\n"
        "from quads import dataset\nfrom kg.formats import FORMATS, write_graph\n"
        "from kg.store import write_store\nfrom kg.vocab import BASE\n"
        "for form in FORMATS:\n    output = io.BytesIO()\n"
        "    write_graph(write_store(set(dataset()), base=BASE), form, output)\n"
        "    print(hashlib.sha256(output.getvalue()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    here = [hashlib.sha256(written(write_store(dataset(), base=BASE), form)).hexdigest() for form in FORMATS]
    assert digests == {"\n".join(here) + "\n"}


@given(st.lists(st.tuples(st.sampled_from(["label", "title", "position", "amount", "other"]), WORDS), max_size=5))
def test_any_text_survives_every_format(pairs: list[tuple[str, str]]) -> None:
    """Quotes, brackets, backslashes, any script, under any predicate whatever the context says of it."""
    values = [(kg(name), text(value, "vi" if len(value) % 2 else "")) for name, value in pairs]
    triples = {Triple(PERSON, predicate, value) for predicate, value in values}
    for form in FORMATS:
        output = io.BytesIO()
        if form.graphs:
            write_quads((Quad(*parts(item), PERSON) for item in triples), form, output, base=BASE)
        else:
            write_triples(triples, form, output, base=BASE)
        assert {quad.triple for quad in read(output.getvalue(), form)} == triples


def parts(triple: Triple) -> tuple[NamedNode, NamedNode, Literal]:
    """Subject, predicate and object."""
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value]


TERMS = ["position", "title", "amount", "asOf", "value", "currencyAssumed", "qualifier", "currency", "unheardOf"]
VALUES = [
    NamedNode(BASE + "person/x"), NamedNode(KG + "more-than"), NamedNode("https://example.org/a:b"), NamedNode(BASE),
    NamedNode(BASE + "//x"), NamedNode("urn:kg:position"), text("x"), text("", "en"), text("x", "zh-hans"),
    text("123"), text("true"), text("kgid:person/x"), text("@id"),
    *(Literal(value, datatype=NamedNode(XSD + name)) for value, name in [
        ("5", "integer"), ("-5", "integer"), ("123456789012345678901234567890", "integer"), ("1.5", "decimal"),
        ("3", "decimal"), ("true", "boolean"), ("maybe", "boolean"), ("x", "integer"), ("2025-12-04", "date"),
        ("--11-30", "gMonthDay"), ("1E0", "double"), ("a b", "anyURI"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize("name", TERMS)
def test_json_ld_keeps_every_kind_of_value_apart(name: str) -> None:
    """A value is what it was, whether or not it is of the kind the context expects of its term."""
    predicates = [kg(name), term("rdfs:label"), term("oa:start"), NamedNode("https://example.org/terms/p")]
    quads = {Quad(PERSON, predicate, value, PERSON) for predicate in predicates for value in VALUES}
    output = io.BytesIO()
    write_quads(quads, by_name("json-ld"), output, base=BASE)
    assert read(output.getvalue(), by_name("json-ld")) == quads
    ours = rdflib.Dataset().parse(data=output.getvalue(), format="json-ld")
    assert len(set(ours.quads())) == len(quads)


def test_json_ld_is_compact(store: Store) -> None:
    """A person reads terms and prefixes, and texts by language; nothing is fetched to read it."""
    document = json.loads(written(store, by_name("json-ld")))
    graphs = {graph["id"]: graph["@graph"] for graph in document["@graph"]}
    node = next(node for node in graphs["kgid:article/one/facts"] if node["id"] == "kgid:person/bui-thanh-son")
    assert node == {"id": "kgid:person/bui-thanh-son", "type": "Person", "label": {"vi": "Bùi Thanh Sơn"}}
    figure = next(node for node in graphs["kgid:article/one/facts"] if node.get("type") == "AidFigure")
    assert figure["amount"] == "1140000000"
    assert figure["qualifier"] == "more-than"
    assert figure["currencyAssumed"] is True
    assert 379 in figure["value"]
    assert {"@type": "xsd:integer", "@value": str(10**20)} in figure["value"]
    assert document["@context"] == json.loads(context_file().read_text(encoding="utf-8"))["@context"]


def test_json_ld_shortens_under_another_base() -> None:
    """The prefix kgid stands for the base that was chosen, in every format that has prefixes."""
    base = "https://example.org/news/"
    other = write_store(dataset(base), base=base)
    assert json.loads(written(other, by_name("json-ld")))["@context"]["kgid"] == base
    assert f"@prefix kgid: <{base}> ." in written(other, by_name("turtle")).decode()


def test_an_empty_graph_can_be_written() -> None:
    """No facts are no error, in any format."""
    empty = write_store([], base=BASE)
    for form in FORMATS:
        assert read(written(empty, form), form) == set()


@pytest.mark.parametrize(
    "entry",
    [
        '{"@vocab": "https://example.org/"}',
        '{"x": {"@reverse": "https://example.org/x"}}',
        '{"x": {"@id": "https://example.org/x", "@container": "@list"}}',
        '{"x": 5}',
    ],
)
def test_a_context_that_is_not_understood_is_refused(tmp_path: Path, entry: str) -> None:
    """Rather than written against its meaning."""
    file = tmp_path / "context.jsonld"
    file.write_text(f'{{"@context": {entry}}}')
    with pytest.raises(KgError, match="not understood"):
        jsonld.read_context(file, base=BASE)


def test_one_row_holds_all_of_a_format() -> None:
    """Names, extensions and media types are each one format's, and the engine knows them."""
    assert len({form.name for form in FORMATS}) == len({form.extension for form in FORMATS}) == len(FORMATS)
    for form in FORMATS:
        assert form.rdf.media_type == form.media_type
        assert form.rdf.supports_datasets == form.graphs
        assert by_name(form.name) is by_path(PurePath(f"graph{form.extension}")) is form


def test_an_unknown_format_gets_the_nearest_name() -> None:
    """A wrong name says which are right."""
    with pytest.raises(KgError, match="there is no format 'turtel'") as caught:
        by_name("turtel")
    assert caught.value.hint == "Did you mean 'turtle'?"
    with pytest.raises(KgError) as caught:
        by_name("docx")
    assert "ntriples" in caught.value.hint
    with pytest.raises(KgError, match="does not say which format"):
        by_path(PurePath("graph.docx"))


def test_graph_exports_the_same_from_python(store: Store) -> None:
    """``Graph.export`` is ``kg export``."""
    graph = Graph(store)
    assert graph.export("nquads", with_text=True) == written(store, by_name("nquads"), with_text=True)
    with pytest.raises(KgError):
        graph.export("docx")
