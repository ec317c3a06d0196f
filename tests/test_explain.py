"""Explanations: of an entity, of any triple, and what names that stand for nothing or several things get."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import wells
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.build import build
from kg.errors import KgError
from kg.explain import Explainer, Explanation, Line, Note, Quote, as_text, explain, explain_triple
from kg.explain.why import Why
from kg.graph import Graph
from kg.infer import reasons
from kg.infer.changes import reasons_about
from kg.mappers.source import map_source, read_source
from kg.model import Article, Paragraph
from kg.store import Store, is_body, write_store
from kg.vocab import BASE, LABEL, RDF_TYPE, day, kg, shared_graph, term

ROOT = Path(__file__).parents[1]
ANA = NamedNode(f"{BASE}person/ana-ruiz")
FORUM = NamedNode(f"{BASE}conference/wells-forum-2021")
UNION = NamedNode(f"{BASE}organization/sylvanian-aid-union")


@pytest.fixture(scope="module")
def seeds() -> Graph:
    """The graph of the articles of the repository."""
    return build([ROOT / "seeds"])


def group(explanation: Explanation, title: str) -> dict[str, Line]:
    """The lines of one group, by their text."""
    return {line.text: line for each in explanation.groups if each.title == title for line in each.lines}


def unexplained(store: Store) -> list[Quad]:
    """The triples of articles, names and inferences behind which stands neither quote nor derivation."""
    explainer = Explainer(store)
    passed = {shared_graph(name, base=store.base) for name in ("ontology", "vocabularies")}

    def grounded(why: Why | None) -> bool:
        return why is not None and bool(why.quotes or why.source or (why.rule and all(map(grounded, why.premises))))

    return [
        quad
        for quad in store.quads()
        if quad.graph_name not in passed
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, (NamedNode, Literal))
        and not grounded(explainer.why(quad.subject, quad.predicate, quad.object))
    ]


def test_reasons_of_one_node_are_those_of_all(seeds: Graph) -> None:
    """Looking only at what a node's conclusions can rest on, the same follows, by the same rules."""
    store = seeds.store
    everything = reasons(store.quads(), base=store.base)
    by_node: dict[NamedNode, dict[object, str]] = defaultdict(dict)
    for triple, reason in everything.items():
        by_node[triple[0]][triple] = reason.rule
    for node, expected in by_node.items():
        near = reasons_about(store.db, node, base=store.base)
        assert {triple: reason.rule for triple, reason in near.items()} == expected


def test_every_triple_of_the_seeds_is_explained(seeds: Graph) -> None:
    """At least one quote, or the rule and premises it follows from, or where it was stated."""
    assert unexplained(seeds.store) == []


def test_what_articles_state_has_quotes(seeds: Graph) -> None:
    """All but what the file says of the article itself."""
    store, explainer = seeds.store, Explainer(seeds.store)
    for quad in store.quads():
        graph = quad.graph_name
        if not isinstance(graph, NamedNode) or not graph.value.endswith("/facts"):
            continue
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, (NamedNode, Literal))
        why = explainer.why(quad.subject, quad.predicate, quad.object)
        assert why is not None
        about_itself = f"{quad.subject.value}/facts" == graph.value
        assert why.quotes or (about_itself and why.source == "what the file says of the article itself"), quad


def test_quotes_are_what_stands_there(seeds: Graph) -> None:
    """At the offsets, in the article, in its file."""
    store = seeds.store
    bodies = {
        quad.subject: quad.object
        for quad in store.db
        if isinstance(quad.graph_name, NamedNode)
        and is_body(quad.graph_name, base=store.base)
        and quad.predicate == term("schema:articleBody")
    }
    explainer = Explainer(store)
    for quad in store.db.quads_for_pattern(None, kg("evidence"), None, None):
        assert isinstance(quad.object, NamedNode)
        quote = explainer.quotes.read(quad.object)
        assert quote is not None
        body = bodies[NamedNode(f"{BASE}article/{quote.article}")]
        assert isinstance(body, Literal)
        assert body.value[quote.start : quote.end] == quote.text
        file, line, column = quote.place.rsplit(":", 2)
        stands = Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1][int(column) - 1 :]
        assert stands.startswith(quote.text[:3].strip()[:1]), quote


def test_each_statement_of_a_conference_has_its_own_quotes() -> None:
    """The day is quoted from the article that states it, the number from both."""
    day_ = explain_triple(wells.store(), FORUM, kg("startDate"), day(date(2021, 5, 4)))
    assert day_ is not None
    assert [(quote.article, quote.text, quote.rule) for quote in day_.quotes] == [
        ("a-en", "on 4 May 2021", "event-day"),
    ]
    number = explain_triple(wells.store(), FORUM, kg("ordinal"), Literal(3))
    assert number is not None
    assert [quote.text for quote in number.quotes] == ["3rd Wells Forum", "3e Forum des puits"]


def test_an_inferred_triple_gives_rule_and_premises() -> None:
    """And the quotes behind the premises."""
    role = NamedNode(f"{BASE}article/c-vi/role/ana-ruiz-ambassador")
    why = explain_triple(wells.store(), ANA, kg("holds"), role)
    assert why is not None
    assert why.rule == "inverse"
    assert (why.premises[0].subject, why.premises[0].predicate) == (role, kg("heldBy"))
    assert why.premises[1].source == "the ontology"
    assert [quote.text for quote in why.quotes] == ["Đại sứ Ana Ruiz"]


def test_what_is_not_in_the_graph_is_not_explained() -> None:
    """No reason is made up."""
    assert explain_triple(wells.store(), ANA, RDF_TYPE, kg("Place")) is None
    assert explain_triple(wells.store(), FORUM, kg("ordinal"), Literal(4)) is None


def test_the_registry_and_the_file_are_named_as_sources() -> None:
    """Where no sentence states a triple."""
    store = wells.store()
    country = explain_triple(store, NamedNode(f"{BASE}place/freedonia"), kg("countryCode"), Literal("FD"))
    language = explain_triple(store, NamedNode(f"{BASE}article/a-en"), term("schema:inLanguage"), Literal("en"))
    label = explain_triple(store, kg("Person"), LABEL, Literal("person", language="en"))
    assert country is not None
    assert language is not None
    assert label is not None
    assert country.source == "the names of entities, from the registry and from all articles"
    assert language.source == "what the file says of the article itself"
    assert label.source == "the ontology"


@pytest.mark.parametrize("name", [
    "Ana Ruiz", "ANA RUÍZ", "person/ana-ruiz", "kgid:person/ana-ruiz", ANA.value, f"<{ANA.value}>",
])  # fmt: skip
def test_a_person_by_any_name(name: str) -> None:
    """Spelling, capitals and marks do not matter; an IRI may be whole or short."""
    explanation = explain(wells.store(), name)
    assert explanation.node == ANA
    assert explanation.title == "Ana Ruiz (person)"


def test_everything_about_a_person() -> None:
    """Names with their places, posts of all articles, quotations."""
    explanation = explain(wells.store(), "Ana Ruiz")
    assert [each.title for each in explanation.groups] == ["Names", "Posts", "Quotations", "What follows"]
    posts = group(explanation, "Posts")
    assert list(posts) == ["Ana Ruiz: ambassador", "Ana Ruiz: minister, Freedonia"]
    assert [str(quote) for quote in posts["Ana Ruiz: minister, Freedonia"].quotes] == [
        "“Minister Ana Ruiz” [en] a-en, articles/a-en.txt:1:1, rule post-name",
        "“ministre Ana Ruiz” [fr] b-fr, articles/b-fr.txt:1:4, rule post-name",
    ]
    assert "Ana Ruiz: “Water is life,”" in group(explanation, "Quotations")


def test_everything_about_an_organization() -> None:
    """By its acronym: sums it gives, what it organized, where it is based, why its names are one."""
    explanation = explain(wells.store(), "sau")
    assert explanation.node == UNION
    (sum_,) = group(explanation, "Sums of money").items()
    assert sum_[0] == (
        "exactly 5500000 EUR; 2020-01-01–2022-12-31; donor: Sylvanian Aid Union; sector: health; status: pledged"
    )
    assert [quote.language for quote in sum_[1].quotes] == ["en", "fr"]
    assert group(explanation, "Where it has a part").keys() == {"as organizer: 3rd Wells Forum"}
    assert group(explanation, "Other properties")["based in: Freedonia"].notes
    merged = group(explanation, "Why its names are taken for one")
    assert merged["Both say: aid, union, Sylvania."].notes == (Note("rule", rule="same-concepts"),)


def test_everything_about_a_conference_in_french() -> None:
    """Each statement with its own quotes; labels in the language asked for."""
    explanation = explain(wells.store(), "3rd wells forum", languages=("fr",))
    said = group(explanation, "What is said of it")
    assert "date de début: 2021-05-04" in said
    assert [quote.text for quote in said["lieu: Port Alba"].quotes] == ["in Port Alba", "à Port Alba"]
    assert "thème: “puits” (fr)" in said


def test_a_fact_can_be_explained_too() -> None:
    """By its IRI."""
    explanation = explain(wells.store(), "article/a-en/count/12-ngo")
    assert explanation.title == "exactly 12 NGO; as of: 2021-04-30; place: Freedonia (count)"


def test_the_same_text_every_time() -> None:
    """Nothing depends on the order in which a store gives its quads."""
    quads = wells.quads()
    turned = write_store(quads[::-1], base=BASE)
    for node in (ANA, FORUM, UNION):
        texts = {"\n".join(as_text(explain(store, node.value), base=BASE)) for store in (wells.store(), turned)}
        assert len(texts) == 1


def test_unknown_names_get_the_nearest() -> None:
    """Or where to look."""
    with pytest.raises(KgError, match="Did you mean 'Ana Ruiz'"):
        explain(wells.store(), "Ana Ruis")
    with pytest.raises(KgError, match="The query 'names' lists all there are"):
        explain(wells.store(), "裴青山")


def test_a_name_that_no_article_uses_is_found_by_the_registry(tmp_path: Path) -> None:
    """Turkey is Türkiye, whatever articles call it; a country that no article names stays unknown."""
    (tmp_path / "note.txt").write_text("Ankara, 3 May 2024\n\nTürkiye gave Chad 5 million euros in aid.\n")
    store = build([tmp_path]).store
    assert explain(store, "turkey").node == NamedNode(f"{BASE}place/turkey")
    with pytest.raises(KgError, match="there is no"):
        explain(store, "East Timor")


def test_several_matches_are_listed() -> None:
    """A conference and its series may bear one name."""
    series = NamedNode(f"{BASE}series/wells-forum")
    label = Quad(series, LABEL, Literal("3rd Wells Forum", language="en"), shared_graph("names"))
    store = write_store([*wells.quads(), label], base=BASE)
    with pytest.raises(KgError, match="is the name of 2 things") as caught:
        explain(store, "3RD Wells Forum")
    assert "series/wells-forum  (" in caught.value.hint
    assert "conference/wells-forum-2021  (" in caught.value.hint


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 40), st.integers(1, 80), st.booleans()), max_size=6))
def test_a_place_in_a_file_survives_the_graph(stretches: list[tuple[int, int, int, bool]]) -> None:
    """What an article knows of its file, the graph knows too, for every offset."""
    paragraphs, breaks, start = [], [], 0
    for length, line, column, wrapped in stretches:
        breaks = [(start + length // 2, line + 1, 1)] if wrapped and length > 1 else []
        paragraphs.append(Paragraph(start, start + length, line=line, column=column, breaks=tuple(breaks)))
        start += length + 1
    article = Article("a", "x" * start, tuple(paragraphs), "en", path="d/a.txt")
    values = [quad.object.value for quad in map_source(article) if isinstance(quad.object, Literal)]
    assert bool(values) == bool(stretches)
    if values:
        source = read_source(*values)
        for offset in range(start):
            line, column = article.locate(offset)
            assert source.locate(offset) == f"d/a.txt:{line}:{column}"


def test_an_article_without_a_file_has_no_place() -> None:
    """Nor one whose lines are not known; the quote then names characters."""
    paragraph = Paragraph(0, 1)
    assert not list(map_source(Article("a", "x", (paragraph,), "en", path="a.txt")))
    assert not list(map_source(Article("a", "x", (Paragraph(0, 1, line=1),), "en")))
    quote = Quote("a", 3, 7, "r", "text", "en", "", "https://example.org/e")
    assert str(quote) == "“text” [en] a, characters 3–7, rule r"
