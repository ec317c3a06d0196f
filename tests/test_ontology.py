"""The ontology: complete, in every language, aligned, and without the axioms that break reasoners."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import facts
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg import jsonld
from kg.infer import read_axioms
from kg.mappers import map_body, map_entities, map_reading
from kg.resources import context_file, data_folder
from kg.vocab import BASE, FOAF, KG, LABEL, OA, ORG, OWL, PROV, RDF, RDF_TYPE, RDFS, SCHEMA, SKOS, XSD, kg, term

LANGUAGES = {"en", "fr", "zh", "vi", "nb"}
FILE = data_folder("ontology") / "kg.ttl"
CLASS, OBJECT, DATA = (term(f"owl:{name}") for name in ("Class", "ObjectProperty", "DatatypeProperty"))
#: What is in the language of RDF and SKOS themselves needs no declaration.
BUILT_IN = (RDF, RDFS, OWL, XSD)


@cache
def ontology() -> tuple[Triple, ...]:
    """The triples of the ontology."""
    return tuple(quad.triple for quad in parse(path=str(FILE), format=RdfFormat.TURTLE))


def objects(subject: NamedNode, predicate: NamedNode) -> list[object]:
    """What the ontology says of a term."""
    return [t.object for t in ontology() if t.subject == subject and t.predicate == predicate]


def instances(cls: NamedNode) -> set[NamedNode]:
    """What the ontology declares to be a ``cls``."""
    return {t.subject for t in ontology() if t.predicate == RDF_TYPE and t.object == cls}


def own_terms() -> list[NamedNode]:
    """The project's own terms."""
    return sorted({t.subject for t in ontology() if str(t.subject.value).startswith(KG)}, key=str)


def used_terms() -> set[NamedNode]:
    """Predicates and classes that mappers write, for an article with a fact of every kind."""
    resolution = facts.resolution()
    quads = [*map_reading(facts.reading(), resolution), *map_entities(resolution), map_body(facts.article())]
    used = {quad.predicate for quad in quads}
    used |= {quad.object for quad in quads if quad.predicate == RDF_TYPE}
    return used | {quad.object for quad in quads if str(quad.object.value).startswith(KG)}


@pytest.mark.parametrize("name", [node.value.removeprefix(KG) for node in own_terms()])
def test_labels_and_comments_in_every_language(name: str) -> None:
    """Every own term has one label and one comment in each language, and says what it is."""
    for predicate in (LABEL, term("rdfs:comment")):
        texts = objects(kg(name), predicate)
        assert sorted(text.language for text in texts if isinstance(text, Literal)) == sorted(LANGUAGES)
    assert objects(kg(name), RDF_TYPE)


def test_what_mappers_write_is_declared() -> None:
    """Every class and property in a graph of every kind of fact is declared, ours and others'."""
    declared = {t.subject for t in ontology() if t.predicate == RDF_TYPE}
    foreign = {node for node in used_terms() if not node.value.startswith(BUILT_IN)}
    assert foreign <= declared


def test_terms_in_the_code_are_declared() -> None:
    """Every ``kg("…")`` in the code names a declared term."""
    folder = Path(jsonld.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    named = set(re.findall(r'\bkg\("([\w-]+)"\)', code))
    assert "heldBy" in named
    assert {kg(name) for name in named} <= set(own_terms())


def test_terms_in_data_files_are_declared() -> None:
    """Every own term in the word lists, the registry, the shapes and the queries is a declared one."""
    folder = data_folder("ontology")
    files = [*folder.rglob("*.ttl"), *folder.parent.glob("shapes/**/*.ttl"), *folder.parent.glob("queries/*.rq")]
    assert len(files) > 5
    declared = {node.value.removeprefix(KG) for node in own_terms()}
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        code = "\n".join(re.sub(r'"[^"]*"', "", line).partition("#")[0] for line in lines)
        assert set(re.findall(r"\bkg:([A-Za-z][\w-]*)", code)) <= declared, path.name


@pytest.mark.parametrize("language", ["es", "de"])
def test_labels_of_further_languages(language: str) -> None:
    """A language's labels stand in a file of their own, one for each term."""
    path = data_folder("ontology") / "labels" / f"kg-{language}.ttl"
    triples = [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    assert sorted((t.subject for t in triples), key=str) == own_terms()
    assert {(t.predicate, t.object.language) for t in triples} == {(LABEL, language)}


def test_alignments_of_the_public_vocabulary() -> None:
    """The classes hang where the public vocabulary says."""
    expected = {
        "Organization": {ORG + "Organization", SCHEMA + "Organization", FOAF + "Organization"},
        "Person": {FOAF + "Person", SCHEMA + "Person"},
        "Conference": {SCHEMA + "Event"},
        "Role": {ORG + "Membership", SCHEMA + "OrganizationRole"},
        "AidFigure": {SCHEMA + "MonetaryAmount"},
        "Sector": {SKOS + "Concept"},
        "Article": {SCHEMA + "NewsArticle"},
        "Merge": {PROV + "Activity"},
    }
    for name, classes in expected.items():
        above = {node.value for node in objects(kg(name), term("rdfs:subClassOf")) if isinstance(node, NamedNode)}
        assert classes <= above, name


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("heldBy", ORG + "member"),
        ("organizer", SCHEMA + "organizer"),
        ("startDate", SCHEMA + "startDate"),
        ("place", SCHEMA + "location"),
        ("amount", SCHEMA + "value"),
        ("currency", SCHEMA + "currency"),
        ("mentions", SCHEMA + "mentions"),
        ("statedIn", PROV + "wasDerivedFrom"),
    ],
)
def test_alignments_of_properties(own: str, other: str) -> None:
    """The properties hang under those of schema.org, ORG and PROV."""
    assert NamedNode(other) in objects(kg(own), term("rdfs:subPropertyOf"))


def test_kinds_of_properties_do_not_mix() -> None:
    """A property is for things or for values, never both, and so is every property above it."""
    kinds = {kind: instances(kind) for kind in (OBJECT, DATA)}
    assert not kinds[OBJECT] & kinds[DATA]
    for triple in ontology():
        if triple.predicate == term("rdfs:subPropertyOf"):
            assert (triple.subject in kinds[OBJECT]) == (triple.object in kinds[OBJECT]), triple


def test_values_fit_their_properties() -> None:
    """Mappers write things for properties of things and literals for properties of values."""
    kinds = {kind: instances(kind) for kind in (OBJECT, DATA)}
    resolution = facts.resolution()
    for quad in (*map_reading(facts.reading(), resolution), *map_entities(resolution)):
        if quad.predicate in kinds[OBJECT]:
            assert isinstance(quad.object, NamedNode), quad
        if quad.predicate in kinds[DATA]:
            assert isinstance(quad.object, Literal), quad


@pytest.mark.parametrize(
    "trap", ["hasKey", "AllDifferent", "sameAs", "FunctionalProperty", "InverseFunctionalProperty"]
)
def test_axioms_that_merge_by_mistake(trap: str) -> None:
    """What makes a reasoner take two things for one is not in the ontology: owlrl gets hasKey wrong."""
    node = NamedNode(OWL + trap)
    assert not [t for t in ontology() if node in (t.predicate, t.object)]


def test_no_domains_and_ranges() -> None:
    """A wrong value must become a finding, not a new class of its subject."""
    unwanted = {term("rdfs:domain"), term("rdfs:range")}
    assert not [t for t in ontology() if t.predicate in unwanted]


def test_only_axioms_that_the_table_knows() -> None:
    """Every axiom has a single premise among the facts, or is a check: else the quick engine would miss some."""
    kept = read_axioms(ontology()).triples
    logical = {(t.subject, t.predicate, t.object) for t in ontology() if t.predicate.value.startswith((OWL, RDFS))}
    notes = {LABEL, term("rdfs:comment"), term("owl:versionIRI"), term("owl:versionInfo"), term("owl:disjointWith")}
    assert {triple for triple in logical if triple[1] not in notes} <= set(kept)
    classes = {
        "Class",
        "ObjectProperty",
        "DatatypeProperty",
        "AnnotationProperty",
        "SymmetricProperty",
        "NamedIndividual",
    }
    types = {t.object for t in ontology() if t.predicate == RDF_TYPE and str(t.object.value).startswith(OWL)}
    assert types <= {NamedNode(OWL + name) for name in classes | {"Ontology"}}


def test_ontology_header() -> None:
    """The ontology has its IRI, version, licence and title."""
    node = NamedNode(KG.rstrip("#"))
    assert objects(node, RDF_TYPE) == [term("owl:Ontology")]
    for predicate in ("owl:versionIRI", "owl:versionInfo", "dcterms:license", "dcterms:title"):
        assert objects(node, term(predicate)), predicate


def test_no_blank_nodes() -> None:
    """Every node of the ontology has a name."""
    assert all(isinstance(t.subject, NamedNode) and isinstance(t.object, (NamedNode, Literal)) for t in ontology())


def test_context_reads_back() -> None:
    """A graph of every kind of fact, compacted with the context, reads back as it was."""
    resolution = facts.resolution()
    quads = {*map_reading(facts.reading(), resolution), *map_entities(resolution), map_body(facts.article())}
    ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad.subject), str(quad)))
    document = b"".join(jsonld.write(ordered, jsonld.read_context(context_file(), base=BASE)))
    assert set(parse(input=document, format=RdfFormat.JSON_LD)) == quads


def test_context_names_every_term() -> None:
    """Every own term has a short name in the context, that stands for it; two share theirs with a prefix."""
    context = json.loads(context_file().read_text(encoding="utf-8"))["@context"]
    entries = {
        name: entry if isinstance(entry, str) else entry["@id"] for name, entry in context.items() if name[0] != "@"
    }
    for node in own_terms():
        name = node.value.removeprefix(KG)
        key = f"kg:{name}" if name in {"position", "sector"} else name
        assert entries[key] == f"kg:{name}"
    assert entries["oa"] == OA


@pytest.mark.slow
def test_owl_tool_reads_it() -> None:
    """rdflib reads the file, and owlrl closes it without an inconsistency."""
    program = (
        "import sys, rdflib, owlrl\n"
        "g = rdflib.Graph().parse(sys.argv[1])\n"
        "owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(g)\n"
        "print([str(o) for o in g.objects(None, rdflib.URIRef('http://www.daml.org/2002/03/agents/agent-ont#error'))])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(FILE)], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
