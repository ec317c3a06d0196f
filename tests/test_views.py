"""Views: marks in a text, search, lists, what a path stands for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import wells
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kg.build import build
from kg.explain.pieces import as_text
from kg.store import Store, write_store
from kg.views.article import article
from kg.views.home import MONTHS, home, times
from kg.views.lists import LENGTH, ArticlesAsked, articles, part, things
from kg.views.marks import nested, paragraphs, segments
from kg.views.names import names
from kg.views.paths import node_at
from kg.views.search import fold, search
from kg.vocab import BASE, article_iri, facts_graph, term

ROOT = Path(__file__).parents[1]

TEXTS = st.text(max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and spans in it, overlapping as they like."""
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places).map(lambda pair: (min(pair), max(pair))), max_size=8))
    return text, spans


@pytest.fixture(scope="module")
def seeds() -> Store:
    """The graph of the articles of the repository."""
    return build([ROOT / "seeds"]).store


def covered(span: int, found: Sequence[tuple[int, int, tuple[int, ...]]]) -> list[int]:
    """The characters that are inside a span."""
    return [at for start, end, inside in found if span in inside for at in range(start, end)]


@settings(deadline=None)
@given(marked())
def test_segments_are_the_text_and_each_span(given_: tuple[str, list[tuple[int, int]]]) -> None:
    """Joined they are the text; each span is covered by its segments and by no other."""
    text, spans = given_
    found = list(segments(0, len(text), spans))
    assert "".join(text[each.start : each.end] for each in found) == text
    flat = [(each.start, each.end, each.inside) for each in found]
    for index, (start, end) in enumerate(spans):
        assert covered(index, flat) == list(range(start, end))


@settings(deadline=None)
@given(marked())
def test_elements_close_as_they_opened(given_: tuple[str, list[tuple[int, int]]]) -> None:
    """Whatever is open at a segment are its spans, outermost first; each span begins once, in the first place."""
    text, spans = given_
    stack: list[int] = []
    begun: list[int] = []
    for step in nested(segments(0, len(text), spans), spans):
        del stack[len(stack) - step.closed :]
        stack += [index for index, _ in step.opened]
        begun += [index for index, begins in step.opened if begins]
        assert tuple(stack) == step.segment.inside
    assert sorted(begun) == [index for index, (start, end) in enumerate(spans) if start < end]


@settings(deadline=None)
@given(marked())
def test_paragraphs_lose_no_mark(given_: tuple[str, list[tuple[int, int]]]) -> None:
    """Cut into lines, a span still covers what it covers, line breaks apart."""
    text, spans = given_
    found = [
        (each.start, each.end, each.inside) for start, end in paragraphs(text) for each in segments(start, end, spans)
    ]
    assert "".join(text[start:end] for start, end, _ in found) == text.replace("\n", "")
    for index, (start, end) in enumerate(spans):
        assert covered(index, found) == [at for at in range(start, end) if text[at] != "\n"]


def test_spans_that_nest_are_elements_that_nest() -> None:
    """The inner one is opened inside the outer one, which is not cut; crossing ones are."""
    spans = [(2, 9), (4, 6), (8, 12)]
    steps = list(nested(segments(0, 14, spans), spans))
    assert [(step.closed, step.opened) for step in steps] == [
        (0, ()), (0, ((0, True),)), (0, ((1, True),)), (1, ()), (0, ((2, True),)), (2, ((2, False),)), (1, ()),
    ]  # fmt: skip


def test_every_fact_of_an_article_is_marked(seeds: Store) -> None:
    """Each quote of the article's graph stands at a mark, in its own words."""
    node = node_at(seeds, "kg-news/id/article/002_e9d2d3ccb0523440")
    assert node is not None
    found = article(seeds, node, language="zh")
    assert found is not None
    places = {(start, end) for each in found.told for start, end, _ in each.places}
    assert places == {(mark.start, mark.end) for mark in found.marks}
    begun = [index for each in found.paragraphs for step in each.steps for index, begins in step.opened if begins]
    assert sorted(begun) == list(range(len(found.marks)))
    assert found.paragraphs[0].kind == "headline"
    assert {"person", "organization", "place", "conference", "post", "sector"} <= {each.kind for each in found.told}


@pytest.mark.parametrize("name", ["裴青山", "bui thanh son", "BÙI THANH SƠN", "Son Bui", "thanh so"])
def test_a_person_is_found_by_any_spelling(seeds: Store, name: str) -> None:
    """Whole or in part, with or without marks, in any order."""
    hits = search(seeds, name, language="en").things
    assert hits[0].named.iri == f"{BASE}person/bui-thanh-son"
    assert hits[0].named.articles == 5


def test_an_acronym_is_found(seeds: Store) -> None:
    """In small letters too."""
    hits = search(seeds, "vufo", language="en").things
    assert hits[0].named.label("en")[0] == "Vietnam Union of Friendship Organizations"


def test_exact_comes_before_prefix_before_inside() -> None:
    """Then what more articles name."""
    hits = search(wells.store(), "Freedonia", language="en").things
    assert hits[0].named.iri == f"{BASE}place/freedonia"
    hits = search(wells.store(), "po", language="en").things
    concepts = [hit.named.kind in ("sector", "position") for hit in hits]
    assert concepts == sorted(concepts)
    spellings = [fold(hit.spelling[0]) for hit in hits if hit.named.kind in ("sector", "position")]
    fits = [0 if name == "po" else 1 if name.startswith("po") else 2 if " po" in name else 3 for name in spellings]
    assert fits == sorted(fits)
    assert {1, 2, 3} <= set(fits)


def test_headlines_are_found(seeds: Store) -> None:
    """By a few words of them, without marks."""
    found = search(seeds, "hop tac quoc te", language="en")
    assert [brief.id for brief in found.articles] == ["003_fee6e9a8cdfc04d7"]


def test_what_is_not_there_has_near_names(seeds: Store) -> None:
    """And nothing where nothing is near."""
    found = search(seeds, "Bui Than Soon", language="en")
    assert not found.things
    assert found.nearest[0].named.iri == f"{BASE}person/bui-thanh-son"
    for nothing in ("zzzzqqqq", "", "!?", "\x00"):
        assert not search(seeds, nothing, language="en").things
        assert not search(seeds, nothing, language="en").nearest


@settings(deadline=None)
@given(TEXTS)
def test_any_text_can_be_searched_for(text: str) -> None:
    """It is found or not, and folded the same twice."""
    assert fold(fold(text)) == fold(text)
    search(wells.store(), text, language="en")


def test_names_are_in_the_language_of_the_reader(seeds: Store) -> None:
    """Sorted in it; Chinese by sound."""
    chinese = [one.label("zh")[0] for one in things(seeds, "person", language="zh", order="name", number=1).items]
    assert "裴青山" in chinese
    most = things(seeds, "place", language="en", order="articles", number=1).items
    assert [one.articles for one in most] == sorted((one.articles for one in most), reverse=True)


def test_articles_of_a_language_a_time_and_a_thing(seeds: Store) -> None:
    """Each by itself and all together; none for what is no thing."""
    ana = f"{BASE}person/bui-thanh-son"
    assert articles(seeds, ArticlesAsked(), number=1).total == 5
    assert [each.id for each in articles(seeds, ArticlesAsked(language="vi"), number=1).items] == [
        "003_fee6e9a8cdfc04d7"
    ]
    assert articles(seeds, ArticlesAsked(day="2025-12", about=ana), number=1).total == 4
    assert articles(seeds, ArticlesAsked(about="no iri"), number=1).total == 0


def test_what_is_counted_is_what_is_listed(seeds: Store) -> None:
    """An edition known by its year alone is told by articles too; and every count leads to so many articles."""
    named = names(seeds)
    series = "international-conference-on-cooperation-between-vietnam-and-foreign-ngos"
    assert named[f"{BASE}conference/{series}-1992"].articles == 5
    assert named[f"{BASE}series/{series}"].articles == 5
    for one in named.values():
        if one.kind != "position":
            assert articles(seeds, ArticlesAsked(about=one.iri), number=1).total == one.articles, one.iri
            assert one.articles or one.kind == "sector", one.iri


@settings(deadline=None)
@given(st.integers(0, 3 * LENGTH), st.integers(-5, 20))
def test_pages_of_a_list_are_the_list(length: int, number: int) -> None:
    """Any number leads to a page that is there; all pages together are the list."""
    items = list(range(length))
    found = part(items, number)
    assert 1 <= found.number <= found.pages
    assert [item for page in range(1, found.pages + 1) for item in part(items, page).items] == items


def test_articles_are_counted_by_month_or_year() -> None:
    """Those months in between in which there were none too."""
    assert times(["2025-01-31", "2025-03-01", "2025-03-02"]) == {"2025-01": 1, "2025-02": 0, "2025-03": 2}
    assert times(["2020-05-01", "2025-03-02"]) == {"2020": 1, "2021": 0, "2022": 0, "2023": 0, "2024": 0, "2025": 1}
    assert len(times(["2020-01-01", "2022-12-31"])) == MONTHS
    assert times([]) == {}


def test_the_start_page_counts_what_is_there(seeds: Store) -> None:
    """Articles by language, and the names that most of them have."""
    found = home(seeds, language="en")
    assert found.languages == {"en": 1, "fr": 1, "nb": 1, "vi": 1, "zh": 1}
    assert found.classes["Article"] == 5
    assert found.undated == 1
    assert found.named["person"][0].label("en")[0] == "Bui Thanh Son"
    assert [(as_text(pieces).partition(";")[0], told) for _, pieces, told in found.figures] == [
        ("nearly 1140000000 USD", 5)
    ]


@pytest.mark.parametrize("path", ["a/b", "a b", "ä%", "a%2Fb", "a?b#c"])
def test_an_article_is_found_by_its_path(path: str) -> None:
    """Whatever its id is, decoded or not."""
    node = NamedNode(article_iri(path))
    quad = Quad(node, term("schema:identifier"), Literal(path), facts_graph(path))
    store = write_store([quad], base=BASE)
    assert node_at(store, f"kg-news/id/article/{path}") == node
    assert node_at(store, node.value.removeprefix("https://w3id.org/")) == node
    assert node_at(store, "kg-news/id/article/other") is None
