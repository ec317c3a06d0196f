"""The concept schemes in ontology/: the word lists of the recogniser."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import lang, schemes

ONTOLOGY = Path(__file__).parent.parent / "ontology"
BASE = "https://w3id.org/kg-news/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
KG = f"{BASE}ontology#"
FIRST_LANGUAGES = ("en", "fr", "zh", "vi", "nb")
SCHEMES = {
    "positions": "position",
    "sectors": "sector",
    "countables": "countable",
    "event-kinds": "eventkind",
    "concepts": "concept",
}
NAMED_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
REQUIRED = {
    "positions": """president vice-president secretary-general deputy-secretary-general under-secretary-general
        prime-minister deputy-prime-minister chancellor minister foreign-minister development-minister deputy-minister
        deputy-foreign-minister state-secretary commissioner high-representative ambassador head deputy-head director
        director-general chief-representative representative coordinator spokesperson author""",
    "sectors": """health education vocational-training human-resource-development poverty-reduction
        socio-economic-development social-issues social-welfare community-development rural-development agriculture
        food-security environment climate-change disaster-response humanitarian-aid reconstruction gender-equality
        vulnerable-groups children refugees human-rights peace-security war-legacy legal-aid governance
        organizational-capacity digital-transformation innovation science-technology green-economy circular-economy
        energy water-sanitation infrastructure private-sector employment culture""",
    "countables": """ngo delegate country organization project province workshop plenary-session conference person""",
    "event-kinds": "conference donor-conference summit forum workshop seminar meeting",
    "concepts": "committee union friendship organization foreign ngo affairs ministry united nations",
}


class Row(NamedTuple):
    """A triple as text; ``language`` is empty but for labels."""

    subject: str
    predicate: str
    value: str
    language: str = ""


@cache
def quads(path: Path) -> tuple[Row, ...]:
    """All triples of a Turtle file."""
    rows = []
    for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
        subject, value = quad.subject, quad.object
        assert isinstance(subject, NamedNode)
        assert isinstance(value, (NamedNode, Literal))
        language = (value.language or "") if isinstance(value, Literal) else ""
        rows.append(Row(subject.value, quad.predicate.value, value.value, language))
    return tuple(rows)


def label_files() -> list[Path]:
    """The schemes' labels of each language that was added after the first five: es.ttl, de.ttl, ..."""
    return sorted(path for path in (ONTOLOGY / "labels").glob("*.ttl") if "-" not in path.stem)


def languages() -> list[str]:
    """The first languages and those that have a file of labels."""
    return [*FIRST_LANGUAGES, *(path.stem for path in label_files())]


def scheme_quads(scheme: str) -> list[Row]:
    """The scheme's file, and what the label files say of its concepts."""
    prefix = f"{BASE}{SCHEMES[scheme]}/"
    added = [quad for path in label_files() for quad in quads(path) if quad.subject.startswith(prefix)]
    return [*quads(ONTOLOGY / f"{scheme}.ttl"), *added]


def concepts(scheme: str) -> set[str]:
    """Slugs of the concepts a scheme's own file declares."""
    prefix = f"{BASE}{SCHEMES[scheme]}/"
    return {
        quad.subject.removeprefix(prefix)
        for quad in quads(ONTOLOGY / f"{scheme}.ttl")
        if quad.predicate == f"{SKOS}inScheme" and quad.subject.startswith(prefix)
    }


def labels(scheme: str) -> list[tuple[str, str, Row]]:
    """Concept slug, kind of label and label, for all labels that are matched or shown."""
    kinds = {f"{SKOS}{kind}": kind for kind in NAMED_LABELS} | {f"{KG}exceptLabel": "exceptLabel"}
    prefix = f"{BASE}{SCHEMES[scheme]}/"
    return [
        (quad.subject.removeprefix(prefix), kinds[quad.predicate], quad)
        for quad in scheme_quads(scheme)
        if quad.predicate in kinds and quad.subject.startswith(prefix)
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_required_concepts_are_declared(scheme: str) -> None:
    """Every slug of the public vocabulary is a concept of its scheme."""
    assert set(REQUIRED[scheme].split()) <= concepts(scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_preferred_label_in_every_language(scheme: str) -> None:
    """Each concept has exactly one preferred label in each language; one that is like another may go by the other's."""
    preferred = defaultdict(list)
    for slug, kind, label in labels(scheme):
        if kind == "prefLabel":
            preferred[slug, label.language].append(label.value)
    wanted = {(slug, language) for slug in concepts(scheme) for language in languages()}
    needed = {(slug, language) for slug, language in wanted if lang.kin(language) == (language,)}
    assert needed <= set(preferred) <= wanted
    assert {key: found for key, found in preferred.items() if len(found) > 1} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_label_belongs_to_one_concept(scheme: str) -> None:
    """No label of a language is a label (or an exception) of two concepts of a scheme, nor given twice."""
    owners = defaultdict(list)
    for slug, kind, label in labels(scheme):
        owners[label.language, label.value.lower()].append((slug, kind))
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels_are_written_as_they_are_matched(scheme: str) -> None:
    """Labels are NFC, trimmed, singly spaced, with plain apostrophes and hyphens and a known lower-case tag."""
    odd = [
        label
        for _, _, label in labels(scheme)
        if unicodedata.normalize("NFC", label.value) != label.value
        or " ".join(label.value.split()) != label.value
        or not label.value
        or set(label.value) & set("’‘–—\u00a0")
        or label.language not in languages()
    ]
    assert odd == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_broader_concepts_exist_without_circles(scheme: str) -> None:
    """skos:broader leads to a concept of the same scheme and, followed upward, comes to an end."""
    prefix = f"{BASE}{SCHEMES[scheme]}/"
    broader = defaultdict(set)
    for quad in scheme_quads(scheme):
        if quad.predicate == f"{SKOS}broader":
            broader[quad.subject.removeprefix(prefix)].add(quad.value.removeprefix(prefix))
    assert {above for found in broader.values() for above in found} <= concepts(scheme)
    for slug in concepts(scheme):
        seen, front = set(), broader[slug]
        while front:
            seen |= front
            front = {above for one in front for above in broader[one]} - seen
        assert slug not in seen, slug


@pytest.mark.parametrize("scheme", sorted(set(SCHEMES) - {"concepts"}))
def test_top_concepts_are_those_without_a_broader_one(scheme: str) -> None:
    """The scheme lists as top concepts exactly the concepts that have no broader one."""
    prefix = f"{BASE}{SCHEMES[scheme]}/"
    found = scheme_quads(scheme)
    narrower = {q.subject for q in found if q.predicate == f"{SKOS}broader"}
    tops = {q.value for q in found if q.predicate == f"{SKOS}hasTopConcept"}
    assert tops == {f"{prefix}{slug}" for slug in concepts(scheme)} - narrower


@pytest.mark.parametrize("scheme", sorted(set(SCHEMES) - {"concepts"}))
def test_the_name_of_a_scheme_is_no_label(scheme: str) -> None:
    """A scheme has titles: were they labels, the recogniser would take the word "sectors" for a sector."""
    node = f"{BASE}{SCHEMES[scheme]}"
    named = [quad for quad in quads(ONTOLOGY / f"{scheme}.ttl") if quad.subject == node]
    titles = {q.language for q in named if q.predicate == "http://purl.org/dc/terms/title"}
    assert titles == set(FIRST_LANGUAGES)
    assert not [quad for quad in named if quad.predicate.startswith(f"{SKOS}prefLabel")]


def test_matched_codes_and_goals_are_described() -> None:
    """Every purpose code and goal that a sector is matched to has its notation and an English name."""
    found = quads(ONTOLOGY / "sectors.ttl")
    matched = {q.value for q in found if q.predicate in (f"{SKOS}closeMatch", f"{SKOS}relatedMatch")}
    for predicate in ("notation", "prefLabel"):
        assert matched <= {q.subject for q in found if q.predicate == f"{SKOS}{predicate}"}
    described = {q.subject for q in found if q.predicate == f"{SKOS}notation"}
    assert described == matched


def test_every_sector_is_defined_and_matched() -> None:
    """Each sector has a definition and is matched to an OECD code or a UN goal."""
    found = quads(ONTOLOGY / "sectors.ttl")
    everyone = {f"{BASE}sector/{slug}" for slug in concepts("sectors")}
    matches = (f"{SKOS}closeMatch", f"{SKOS}relatedMatch")
    assert everyone == {q.subject for q in found if q.predicate == f"{SKOS}definition"}
    assert everyone == {q.subject for q in found if q.predicate in matches}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_exception_covers_a_label(scheme: str) -> None:
    """A phrase in which a word is no label has that word in it: else it would cover nothing."""
    given: dict[str, list[str]] = defaultdict(list)
    for _, kind, label in labels(scheme):
        if kind != "exceptLabel":
            given[label.language].append(label.value.lower())
    idle = [
        label
        for _, kind, label in labels(scheme)
        if kind == "exceptLabel" and not any(short in label.value.lower() for short in given[label.language])
    ]
    assert idle == []


def test_label_files_say_nothing_but_labels_of_declared_concepts() -> None:
    """A language's file only adds labels, in that language, to concepts (and schemes) that exist."""
    known = {f"{BASE}{prefix}/{slug}" for scheme, prefix in SCHEMES.items() for slug in concepts(scheme)}
    known |= {f"{BASE}{prefix}" for prefix in SCHEMES.values()}
    allowed = {f"{SKOS}{kind}" for kind in NAMED_LABELS} | {f"{KG}exceptLabel"}
    for path in label_files():
        for quad in quads(path):
            assert quad.subject in known
            assert quad.predicate in allowed
            assert quad.language == path.stem


@pytest.mark.parametrize(("narrow", "broad"), [("foreign-minister", "minister"), ("vice-president", "president")])
def test_narrower_positions_point_to_broader_ones(narrow: str, broad: str) -> None:
    """The hierarchy that queries for a broader position rely on."""
    prefix = f"{BASE}position/"
    wanted = Row(prefix + narrow, f"{SKOS}broader", prefix + broad)
    assert wanted in scheme_quads("positions")


@pytest.mark.parametrize(
    ("scheme", "language", "phrase", "slug"),
    [
        ("positions", "en", "vice pm", "deputy-prime-minister"),
        ("positions", "fr", "ministre des affaires étrangères", "foreign-minister"),
        ("positions", "zh", "外交部副部长", "deputy-foreign-minister"),
        ("positions", "vi", "trưởng đại diện", "chief-representative"),
        ("positions", "nb", "utviklingsministeren", "development-minister"),
        ("countables", "en", "ngos", "ngo"),
        ("countables", "vi", "đại biểu", "delegate"),
        ("sectors", "en", "gender equality", "gender-equality"),
        ("sectors", "zh", "氣候變化", "climate-change"),
        ("sectors", "nb", "klimaendringene", "climate-change"),
        ("event-kinds", "nb", "giverlandskonferansen", "donor-conference"),
        ("positions", "es", "ministra de exteriores", "foreign-minister"),
        ("positions", "de", "bundesentwicklungsministerin", "development-minister"),
        ("sectors", "es", "desminado humanitario", "war-legacy"),
        ("sectors", "de", "erneuerbaren energien", "energy"),
        ("sectors", "en", "human development", "human-resource-development"),
        ("sectors", "zh", "司法协助", "legal-aid"),
        ("sectors", "nb", "sosial trygghet", "social-welfare"),
        ("sectors", "vi", "phát triển kinh tế - xã hội", "socio-economic-development"),
    ],
)
def test_everyday_wordings_are_labels(scheme: str, language: str, phrase: str, slug: str) -> None:
    """Titles, sectors and things as journalists write them lead to the concept meant."""
    found = {owner for owner, _, label in labels(scheme) if (label.language, label.value.lower()) == (language, phrase)}
    assert found == {slug}


@pytest.mark.parametrize(
    ("scheme", "phrase"),
    [
        ("sectors", "development"),
        ("sectors", "sustainable development"),
        ("sectors", "technology"),
        ("sectors", "aid"),
        ("sectors", "governance"),
        ("sectors", "private sector"),
        ("sectors", "the private sector"),
        ("sectors", "culture"),
        ("sectors", "peace"),
        ("sectors", "security"),
        ("sectors", "rights"),
        ("sectors", "secteur privé"),
        ("sectors", "développement durable"),
        ("sectors", "文化"),
        ("sectors", "安全"),
        ("sectors", "phát triển bền vững"),
        ("sectors", "bærekraftig utvikling"),
        ("sectors", "desarrollo sostenible"),
        ("sectors", "nachhaltige entwicklung"),
    ],
)
def test_words_that_name_no_field_are_no_labels(scheme: str, phrase: str) -> None:
    """Words that any article on cooperation uses do not stand for a sector."""
    assert phrase not in {label.value.lower() for _, kind, label in labels(scheme) if kind != "exceptLabel"}


@pytest.mark.parametrize("language", languages())
def test_files_without_a_word_in_a_language_are_not_read_for_it(language: str) -> None:
    """Its labels are those that all files together have."""
    everywhere = [row for path in schemes._texts() for row in schemes._said(path).rows.get(language, ())]
    assert list(schemes._rows(language)) == everywhere
    assert everywhere
