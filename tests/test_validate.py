"""``kg validate``: engine, places of findings, reports, files of the user's, exit codes."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad

from kg import shacl
from kg.build import build
from kg.cli import main
from kg.errors import KgError
from kg.findings import SH, SHAPE, Report
from kg.graph import Graph
from kg.infer import infer
from kg.resources import shape_files
from kg.shacl import ENGINES, PlainGraph, bound
from kg.store import Store, open_store, write_store
from kg.validate import _ASIDE, _SH, load_shapes, validate_files, validate_store
from kg.vocab import BASE, KG, RDF_TYPE, kg, term

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "shapes"
SHAPES = "".join(path.read_text("utf-8") for path in shape_files())
COMMON = CASES / "common.ttl"
#: Cases of the constraints that ask in SPARQL.
ASKED = [path for path in sorted(CASES.glob("*/*.ttl")) if f"shape:{path.stem}-query" in SHAPES]
BAD = "<urn:x> a <https://w3id.org/kg-news/ontology#AidFigure> ; <https://w3id.org/kg-news/ontology#amount> -3.0 .\n"


@pytest.fixture(scope="module")
def seeds() -> Graph:
    """The graph of the seeds."""
    return build([ROOT / "seeds"])


def run(*args: object) -> Result:
    """``kg validate`` with these arguments."""
    return CliRunner().invoke(main, ["validate", *map(str, args)])


def changed(graph: Graph, old: Quad, *new: Quad) -> Store:
    """A store of the graph with one quad taken out and others put in."""
    assert old in graph.store.db
    quads = [quad for quad in graph.store.quads(with_text=True) if quad != old]
    return write_store([*quads, *new], base=BASE)


def first_figure(graph: Graph) -> Quad:
    """The amount of the first aid figure, in the graph of its article."""
    quads = graph.store.db.quads_for_pattern(None, kg("amount"), None, None)
    return min((quad for quad in quads if isinstance(quad.graph_name, NamedNode)), key=str)


def test_the_seeds_conform(seeds: Graph) -> None:
    """Warnings may be true, as articles disagree; no violation is."""
    assert not seeds.validate().fails("violation")


def test_every_quote_of_the_seeds_stands_in_its_text(seeds: Graph) -> None:
    """What the shapes ask in SPARQL, asked again by cutting the text."""
    database = seeds.store.db

    def only(subject: object, name: str) -> str:
        (value,) = {quad.object.value for quad in database.quads_for_pattern(subject, term(name), None, None)}  # type: ignore[arg-type, union-attr]
        return value

    checked = 0
    for quad in database.quads_for_pattern(None, RDF_TYPE, term("oa:SpecificResource"), None):
        text = only(NamedNode(only(quad.subject, "oa:hasSource")), "schema:articleBody")
        position, quote = NamedNode(f"{quad.subject.value}/position"), NamedNode(f"{quad.subject.value}/quote")  # type: ignore[union-attr]
        assert text[int(only(position, "oa:start")) : int(only(position, "oa:end"))] == only(quote, "oa:exact")
        checked += 1
    assert checked > 100


def test_a_finding_shows_sentence_place_and_rule(seeds: Graph) -> None:
    """The place is that of the fact's evidence, in the file the article was read from."""
    old = first_figure(seeds)
    amount = Literal("-5", datatype=term("xsd:decimal"))
    report = validate_store(changed(seeds, old, Quad(old.subject, old.predicate, amount, old.graph_name)))
    (finding,) = [one for one in report.findings if one.name == "aid-figure-amount-positive"]
    assert (finding.focus, finding.path, finding.value) == (old.subject, kg("amount"), amount)
    (place,) = finding.places
    path, line, column = place.where.rsplit(":", 2)
    body = Path(path).read_text("utf-8").splitlines()[int(line) - 1]
    assert body[int(column) - 1 :].startswith(place.quote.splitlines()[0])
    assert place.rule


def test_a_quote_that_was_changed_is_found(seeds: Graph) -> None:
    """Evidence that does not stand in the text."""
    quads = seeds.store.quads(with_text=True)
    old = next(quad for quad in quads if quad.predicate == term("oa:exact"))
    fake = Literal("x" * len(old.object.value))  # type: ignore[union-attr]
    report = validate_store(changed(seeds, old, Quad(old.subject, old.predicate, fake, old.graph_name)))
    (finding,) = [one for one in report.findings if one.name == "evidence-quote"]
    assert finding.places[0].quote == fake.value


def test_articles_that_disagree_are_a_warning_with_both_quotes(seeds: Graph) -> None:
    """The sum of one article is made twice as large."""
    old = first_figure(seeds)
    twice = Literal(str(2 * int(old.object.value)), datatype=term("xsd:decimal"))  # type: ignore[union-attr]
    report = validate_store(changed(seeds, old, Quad(old.subject, old.predicate, twice, old.graph_name)))
    found = [one for one in report.findings if one.name == "aid-figure-disagreement"]
    assert found
    assert {one.severity for one in found} == {"warning"}
    assert all(len({place.article for place in one.places}) == 2 for one in found)


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*disagreement.ttl")), ids=lambda path: path.stem)
def test_disagreement_is_no_violation(path: Path) -> None:
    """Who is right is not for the shapes to say."""
    report = validate_files([COMMON, path])
    assert report.fails("warning")
    assert not report.fails("violation")


def results(graph: rdflib.Graph) -> int:
    """How many findings pySHACL itself has on a graph."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=load_shapes().article, inplace=True, do_owl_imports=False)
    return len(list(report.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SH}ValidationResult"))))


def test_an_engine_over_the_store_would_be_wrong() -> None:
    """The trap: pySHACL on a graph in Oxigraph finds what is not there, so it is given plain rdflib graphs."""
    text = COMMON.read_text("utf-8") + (CASES / "aid-figure" / "aid-figure-amount-positive.ttl").read_text("utf-8")
    plain = rdflib.Graph().parse(data=text, format="turtle")
    stored = rdflib.Graph(store="Oxigraph").parse(data=text, format="turtle")
    assert results(plain) == 1
    assert results(stored) > 1, "pySHACL has become right on Oxigraph: the copy into rdflib may go"


def test_inference_leaves_the_datatypes_of_rdflib_alone() -> None:
    """The trap: owlrl's own datatypes, once used, take every gMonthDay for ill-typed until the program ends."""
    figure, day = NamedNode(BASE + "figure"), Literal("--11-30", datatype=term("xsd:gMonthDay"))
    infer([Quad(figure, kg("asOf"), day, NamedNode(BASE + "article/x/facts"))], engine="owlrl")
    assert not rdflib.Literal("--11-30", datatype=rdflib.XSD.gMonthDay).ill_typed


@pytest.mark.parametrize("path", ASKED[::3], ids=lambda path: path.stem)
def test_oxigraph_answers_as_rdflib_does(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The queries of the constraints, asked of either engine, give the same findings."""
    quick = validate_files([COMMON, path])
    monkeypatch.delattr(PlainGraph, "query")
    assert validate_files([COMMON, path]) == quick


def test_a_node_is_put_in_its_place() -> None:
    """In the head as a value, in the body as the node."""
    query = "SELECT $this ?value\nWHERE { $this ?path ?value }"
    assert bound(query, rdflib.URIRef("urn:a")) == "SELECT (<urn:a> AS ?this) ?value\nWHERE { <urn:a> ?path ?value }"


def test_the_report_is_standard_shacl() -> None:
    """Both forms say the same; each result has what the standard asks for."""
    report = validate_files([COMMON, CASES / "aid-figure" / "aid-figure-currency-code.ttl"])
    turtle = rdflib.Graph().parse(data=report.turtle(), format="turtle")
    assert turtle.isomorphic(rdflib.Graph().parse(data=report.json(), format="json-ld"))
    (result,) = turtle.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SH}ValidationResult"))
    assert turtle.value(result, rdflib.URIRef(f"{SH}sourceShape")) == rdflib.URIRef(f"{SHAPE}aid-figure-currency-code")
    assert turtle.value(result, rdflib.URIRef(f"{SH}value")) == rdflib.Literal("US$")
    assert len(list(turtle.objects(result, rdflib.URIRef(f"{SH}resultMessage")))) >= 5
    assert json.loads(report.json())["sh:conforms"] is False


def test_an_empty_report_conforms() -> None:
    """In every form."""
    report = Report(())
    assert report.conforms
    assert not report.fails("info")
    assert json.loads(report.json())["sh:conforms"] is True
    assert b"sh:conforms true" in report.turtle()


def test_a_language_is_added_by_a_file_of_messages() -> None:
    """A message in a language that is not there falls back: to its main language, then to English."""
    (finding, *_) = validate_files([COMMON, CASES / "aid-figure" / "aid-figure-amount-positive.ttl"]).findings
    assert finding.message("fr-ca") == finding.message("fr") != finding.message("en")
    assert finding.message("tlh") == finding.message("en")


def test_the_command_prints_message_triple_and_count(tmp_path: Path) -> None:
    """Exit 1 as a violation is grave enough."""
    path = tmp_path / "bad.ttl"
    path.write_text(BAD)
    result = run(path, "--lang", "nb")
    assert result.exit_code == 1
    assert "violation: En sum er større enn null. [aid-figure-amount-positive]\n  urn:x kg:amount -3" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Found ")


@pytest.mark.parametrize(("fail_on", "code"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_fail_on(fail_on: str, code: int) -> None:
    """A warning fails where warnings are asked to."""
    case = CASES / "aid-figure" / "aid-figure-two-sides.ttl"
    assert run(COMMON, case, "--fail-on", fail_on).exit_code == code


def test_formats_of_the_command(tmp_path: Path) -> None:
    """Standard reports on standard output, nothing else there."""
    path = tmp_path / "bad.ttl"
    path.write_text(BAD)
    assert json.loads(run(path, "--format", "json").stdout)["@type"] == "sh:ValidationReport"
    assert rdflib.Graph().parse(data=run(path, "--format", "ttl").stdout, format="turtle")


def test_a_store_that_conforms(tmp_path: Path, seeds: Graph) -> None:
    """From disk, with exit 0; the bytes are the same each time."""
    write_store(seeds.store.quads(with_text=True), base=BASE, path=tmp_path / "store")
    first, second = (run("--store", tmp_path / "store", "--format", "ttl") for _ in range(2))
    assert first.exit_code == 0, first.output
    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "does not end as one of RDF"),
        ("a.ttl", b"<urn:a> <urn:b> .\n", "a.ttl:1:"),
        ("a.ttl", b"\xff\xfe\x00", "this is not turtle"),
        ("a.nq", b"<urn:a> <urn:b> <urn:c> <urn:d>\n<urn:a> x", "this is not nquads"),
        ("a.rdf", b'<!DOCTYPE r [<!ENTITY a "b">]>\n<r/>', "a.rdf:1: a document type is not read"),
        ("a.rdf", "<r/>".encode("utf-16"), "read in UTF-8 only"),
        ("a.rdf", b"<r>", "this is not xml"),
        ("a.jsonld", b'{"@context": "https://example.org/context", "name": "x"}', "this is not json-ld"),
        ("a.txt.gz", b"", "does not end as one of RDF"),
        ("a.ttl.gz", b"<urn:a> <urn:b> <urn:c> .\n", "cannot be read: Not a gzipped file"),
        ("a.ttl.gz", gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n" * 99)[:-9], "cannot be read: Compressed file ended"),
        ("a.nt.gz", gzip.compress(b"<urn:a> <urn:b>"), "this is not ntriples"),
        ("a.ttl", b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .\n", "triple is used as a term"),
    ],
)
def test_a_file_that_cannot_be_read_is_wrong_use(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """With the place where there is one; nothing is loaded from elsewhere."""
    path = tmp_path / name
    path.write_bytes(data)
    result = run(path)
    assert result.exit_code == 2, result.output
    assert message in result.stderr


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that becomes so when it is unpacked; neither is read to its end."""
    monkeypatch.setattr("kg.validate.SIZE_LIMIT", 1000)
    (tmp_path / "a.ttl").write_text(BAD * 50)
    (tmp_path / "b.ttl.gz").write_bytes(gzip.compress(BAD.encode() * 50))
    for name in ("a.ttl", "b.ttl.gz"):
        with pytest.raises(KgError, match="larger than"):
            validate_files([tmp_path / name])


def test_imports_of_a_file_are_not_followed(tmp_path: Path) -> None:
    """An ontology that names another is read by itself."""
    (tmp_path / "a.ttl").write_text("<urn:o> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/o.ttl> .\n")
    assert validate_files([tmp_path / "a.ttl"]).conforms


def test_blank_nodes_of_a_file_are_checked_too(tmp_path: Path) -> None:
    """Ours has none; that of others may."""
    (tmp_path / "a.ttl").write_text(BAD.replace("<urn:x>", "[]").replace(" a <", " a <", 1))
    assert "aid-figure-amount-positive" in {one.name for one in validate_files([tmp_path / "a.ttl"]).findings}


@pytest.mark.parametrize(
    "args", [("--lang", "xx"), ("--fail-on", "never"), ("--format", "csv"), ("missing.ttl",), ("--store", "missing")]
)
def test_wrong_use_exits_2(args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown language, severity, format, file, store."""
    monkeypatch.chdir(tmp_path)
    assert run(*args).exit_code == 2


@pytest.fixture
def faulty(tmp_path: Path, seeds: Graph) -> Path:
    """The seeds on disk, with an amount below zero."""
    old = first_figure(seeds)
    bad = Quad(old.subject, old.predicate, Literal("-3", datatype=term("xsd:decimal")), old.graph_name)
    store = changed(seeds, old, bad)
    write_store(store.quads(with_text=True), base=BASE, path=tmp_path / "store")
    return tmp_path / "store"


def test_what_was_checked_is_not_checked_again(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run gives the same bytes without the engine; a changed graph alone is checked anew."""
    first = Graph.open(faulty).validate()
    assert first.fails("violation")
    assert first.turtle() == validate_store(write_store(open_store(faulty).quads(with_text=True), base=BASE)).turtle()
    asked: list[int] = []
    monkeypatch.setattr("kg.validate._check", lambda triples, *_: asked.append(len(triples)) or iter(()))
    again = Graph.open(faulty).validate()
    assert (again.turtle(), again.json(), asked) == (first.turtle(), first.json(), [])
    quads = list(open_store(faulty).quads(with_text=True))
    gone = first_figure(Graph.open(faulty))
    write_store([quad for quad in quads if quad != gone], base=BASE, path=faulty)
    Graph.open(faulty).validate()
    assert len(asked) == 2  # the article's graph, and all facts together


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"by": 1, "graphs": {}}', "junk"])
def test_what_is_kept_is_never_relied_on(faulty: Path, kept: str) -> None:
    """A damaged file, one of other shapes, and rows that are no findings, are as none."""
    first = Graph.open(faulty).validate().turtle()
    file = faulty / "checked.json"
    if kept == "junk":
        said = json.loads(file.read_text())
        said["graphs"] = {digest: [["no", "finding"], 3] for digest in said["graphs"]}
        kept = json.dumps(said)
    file.write_text(kept)
    assert Graph.open(faulty).validate().turtle() == first


def test_a_store_that_may_only_be_read_is_validated(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept then, and nothing is said of it."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", refuse)
    assert Graph.open(faulty).validate().fails("violation")
    assert not (faulty / "checked.json").exists()


def test_the_engines_find_the_same_with_the_same_quotes() -> None:
    """In all that is wrong in the cases of all constraints together; the component may be called otherwise."""
    files = sorted((Path(__file__).parent / "shapes").rglob("*.ttl"))
    reports = [validate_files(files, engine=name).findings for name in ENGINES]
    first, *others = [tuple(replace(finding, component="") for finding in found) for found in reports]
    assert len(first) > 100
    assert all(found == first for found in others)


def test_constraints_over_all_facts_ask_for_nothing_that_is_left_out() -> None:
    """They name no predicate that is put aside before they are checked, and no class but ours."""
    shapes = load_shapes().merged
    reached = set(shapes.subjects(rdflib.URIRef(f"{SH}targetClass"), None))
    asked: set[rdflib.term.Node] = set()
    while reached - asked:
        asked |= reached
        reached |= {value for node in asked for value in shapes.objects(node, None) if (value, None, None) in shapes}
    said = "\n".join(str(value) for node in asked for value in shapes.objects(node, None))
    queries = "\n".join(str(text) for node in asked for text in shapes.objects(node, rdflib.URIRef(f"{SH}select")))
    short = {term(f"{prefix}:").value: prefix for prefix in ("kg", "oa", "rdf", "rdfs", "skos", "schema", "foaf")}
    for predicate in _ASIDE:
        start, name = re.fullmatch(r"(.*[/#])([^/#]+)", predicate.value).groups()
        assert predicate.value not in said.split("\n"), predicate
        assert not re.search(rf"\b{short[start]}:{name}\b", queries), predicate
    classes = {
        value for node in asked for kind in ("targetClass", "class") for value in shapes.objects(node, _SH[kind])
    }
    assert all(str(one).startswith(KG) for one in classes)
    assert set(re.findall(r"\ba (\w+):", queries)) <= {"kg"}


def test_an_engine_that_is_none() -> None:
    """Or not installed: said, with what there is."""
    with pytest.raises(KgError, match="unknown engine 'magic'") as caught:
        shacl.engine_name("magic", size=1)
    assert "auto, pyshacl, pyshifty" in str(caught.value)


def test_an_engine_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named, it is an error that says how to get it; by size, the reference takes its place."""
    monkeypatch.setattr(shacl, "find_spec", lambda _name: None)
    with pytest.raises(KgError, match="pyshifty is not installed"):
        shacl.engine_name("pyshifty", size=1)
    assert shacl.engine_name("auto", size=10**9) == "pyshacl"


def test_large_graphs_go_to_the_fast_engine() -> None:
    """Small ones to the reference."""
    assert shacl.engine_name("auto", size=shacl.FAST_FROM) == "pyshifty"
    assert shacl.engine_name("auto", size=shacl.FAST_FROM - 1) == "pyshacl"
