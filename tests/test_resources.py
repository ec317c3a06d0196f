"""The files that come with the package, and the ontology read from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg import resources
from kg.errors import KgError
from kg.ontology import ontology_quads
from kg.vocab import BASE, shared_graph, term

ROOT = Path(__file__).parents[1]


def test_a_checkout_uses_its_own_folders() -> None:
    """What is edited is what is used."""
    assert resources.data_folder("ontology") == ROOT / "ontology"
    assert resources.context_file() == ROOT / "ontology" / "context.jsonld"


def test_files_are_listed_by_path() -> None:
    """All of a kind, labels of further languages too, in an order that does not hang on the disk."""
    files = resources.ontology_files()
    assert ROOT / "ontology" / "kg.ttl" in files
    assert {file.parent.name for file in files} >= {"ontology", "labels"}
    for listed in (files, resources.shape_files(), resources.query_files()):
        assert list(listed) == sorted(listed)


def test_a_broken_installation_says_so() -> None:
    """A folder that is not there is no empty list."""
    with pytest.raises(KgError, match="'recipes' is missing") as caught:
        resources.data_folder("recipes")
    assert caught.value.hint == "Install the package again."


def test_the_ontology_and_the_vocabularies_have_a_graph_each() -> None:
    """Classes and properties in one, concepts in the other, nothing of the registry of names in either."""
    graphs = {quad.graph_name for quad in ontology_quads(base=BASE)}
    assert graphs == {shared_graph("ontology"), shared_graph("vocabularies")}
    assert not [quad for quad in ontology_quads(base=BASE) if str(quad.subject.value).startswith(f"{BASE}place/")]


def test_labels_are_those_that_show() -> None:
    """Preferred and alternative ones; the word forms that articles are searched with stay out of the graph."""
    predicates = {quad.predicate for quad in ontology_quads(base=BASE)}
    assert {term("skos:prefLabel"), term("skos:altLabel")} <= predicates
    assert term("skos:hiddenLabel") not in predicates


def test_no_node_is_blank() -> None:
    """A name for each node keeps the bytes of exports stable."""
    quads = ontology_quads(base=BASE)
    assert all(isinstance(node, NamedNode) for quad in quads for node in (quad.subject, quad.graph_name))


@pytest.mark.parametrize(
    ("turtle", "message"),
    [("<urn:a> <urn:b> [] .", "no blank nodes"), ("<urn:a> <urn:b> .", "not Turtle"), ("[] <urn:b> 1 .", "blank")],
)
def test_an_ontology_file_that_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turtle: str, message: str
) -> None:
    """With line and column where the engine gives them."""
    file = tmp_path / "kg.ttl"
    file.write_text(turtle)
    monkeypatch.setattr("kg.ontology.ontology_files", lambda: (file,))
    with pytest.raises(KgError, match=message) as caught:
        ontology_quads(base=BASE)
    assert caught.value.where.startswith(str(file))
