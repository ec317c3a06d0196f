"""The shapes: each constraint has a case that fails and a neighbour that passes, and says what it means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import parse

from kg.findings import SH, SHAPE
from kg.resources import shape_files
from kg.shacl import ENGINES
from kg.validate import load_shapes, validate_files

CASES = Path(__file__).parent / "shapes"
COMMON = CASES / "common.ttl"
FILES = sorted(CASES.glob("*/*.ttl"))
FINDING = "https://w3id.org/kg-news/test#finding"
LANGUAGES = {"en", "fr", "zh", "vi", "nb"}


def expected(path: Path) -> set[tuple[str, str]]:
    """Node and constraint of each finding a case names: ``ex:bad test:finding shape:x``."""
    return {(str(quad.subject), quad.object.value) for quad in parse(path=str(path)) if quad.predicate.value == FINDING}


def whole() -> rdflib.Graph:
    """All files of shapes as one graph."""
    graph = rdflib.Graph()
    for path in shape_files():
        graph.parse(path, format="turtle")
    return graph


def test_the_common_world_conforms() -> None:
    """Or a case could fail for another reason than its own."""
    assert validate_files([COMMON]).conforms


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_gives_the_findings_it_names_and_no_other(path: Path, engine: str) -> None:
    """By each engine; so the neighbour beside the bad node passes every constraint there is."""
    report = validate_files([COMMON, path], engine=engine)
    assert {(str(finding.focus), finding.rule) for finding in report.findings} == expected(path)
    assert f"{SHAPE}{path.stem}" in {finding.rule for finding in report.findings}


def test_every_constraint_has_a_case_in_the_folder_of_its_file() -> None:
    """And every case a constraint."""
    assert {path.stem for path in FILES} == {rule.removeprefix(SHAPE) for rule in load_shapes().messages}
    for path in FILES:
        assert path.stem.startswith(f"{path.parent.name}-")
        assert f"shape:{path.stem} a sh:" in (shape_files()[0].parent / f"{path.parent.name}.ttl").read_text("utf-8")


@pytest.mark.parametrize("rule", sorted(load_shapes().messages), ids=lambda rule: rule.removeprefix(SHAPE))
def test_a_constraint_has_a_severity_and_a_message_in_each_language(rule: str) -> None:
    """Messages differ: none is a copy left untranslated."""
    severities = set(whole_once().objects(rdflib.URIRef(rule), rdflib.URIRef(f"{SH}severity")))
    assert severities < {rdflib.URIRef(f"{SH}{name}") for name in ("Violation", "Warning", "Info")}
    assert len(severities) == 1
    messages = load_shapes().messages[rule]
    assert messages.keys() >= LANGUAGES
    assert len({messages[tag] for tag in LANGUAGES}) == len(LANGUAGES)


_WHOLE: list[rdflib.Graph] = []


def whole_once() -> rdflib.Graph:
    """``whole``, read one time for all tests."""
    if not _WHOLE:
        _WHOLE.append(whole())
    return _WHOLE[0]


def constraints(graph: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    """The shapes that aim at something by themselves."""
    yield from set(graph.subjects(rdflib.URIRef(f"{SH}targetClass")))


def test_what_aims_at_a_class_is_named_and_has_a_message() -> None:
    """A finding names its constraint by an IRI, and paths are single properties, so each finding is about a triple."""
    graph = whole_once()
    assert {str(node) for node in constraints(graph)} == load_shapes().messages.keys()
    assert all(isinstance(node, rdflib.URIRef) for node in constraints(graph))
    assert all(isinstance(path, rdflib.URIRef) for path in graph.objects(None, rdflib.URIRef(f"{SH}path")))


def test_the_shapes_are_well_formed_shacl() -> None:
    """By the shapes that the standard gives for shapes."""
    graph = whole_once()
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True, do_owl_imports=False)
    assert conforms, text


def test_the_shapes_load_nothing() -> None:
    """No imports, no code of their own, no calls to another server."""
    graph = whole_once()
    assert not list(graph.triples((None, rdflib.OWL.imports, None)))
    assert not any(name in str(graph.serialize()) for name in ("SERVICE", "sh:js", "JSConstraint"))


def test_currency_codes_are_three_capitals_and_each_stands_once() -> None:
    """The list is data: a slip in it would pass or refuse a currency."""
    text = (shape_files()[0].parent / "aid-figure.ttl").read_text("utf-8")
    block = text.partition("shape:aid-figure-currency-code a ")[2].partition(")")[0]
    codes = [part for line in block.splitlines() if "#" not in line for part in line.split('"')[1::2]]
    assert len(codes) == len(set(codes)) > 170
    assert all(len(code) == 3 and code.isupper() and code.isascii() for code in codes)
    assert {"USD", "EUR", "NOK", "VND", "CNY", "XOF"} < set(codes)
