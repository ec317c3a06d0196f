"""Resolving again what changed articles touch: whatever the history, the same as resolving all of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hand_readings import (
    CHINA,
    JAPAN,
    NORWAY,
    VIETNAM,
    body,
    day,
    event,
    met,
    person,
    place,
    reading,
    role,
    unregistered,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store as Database

from kg.builder.memory import Memory
from kg.builder.settle import Settled, settled_again, settled_anew
from kg.builder.slim import slim
from kg.builder.update import article_quads
from kg.extract import read_facts
from kg.model import Fact, Reading
from kg.read import read_paths
from kg.registry import load_registry
from kg.resolve.contacts import plain_key
from kg.resolve.model import Entity, Merge, Resolution
from kg.resolve.sightings import Sighter, Sighting
from kg.vocab import BASE

ROOT = Path(__file__).parents[1]

#: People whose names are parts, orders, readings, transliterations and misspellings of one another.
PEOPLE = [
    person(text, language)
    for language, texts in {
        "en": (
            "Bui Thanh Son", "Thanh Son", "Son", "Bui", "Son Bui Thanh", "Anna Berg", "Berg", "Berg Anna",
            "Anna B. Berg", "Josep Borrell", "Borrell", "Xi Jinping", "Jinping Xi", "Xi Jin-ping", "Denys Shmyhal",
            "Nguyen Van Hung", "Hung", "John Smith", "Eva Smith", "Smith",
        ),
        "vi": ("Bùi Thanh Sơn", "Thanh Sơn", "Sơn", "Nguyễn Văn Hùng", "Nguyễn Văn Hưng", "Hùng", "Bùi Thanh Son"),
        "zh": ("裴青山", "约瑟普·博雷利", "博雷利", "习近平", "阮文雄", "裴", "裴青"),
        "fr": ("Denys Chmygal", "Anna Bérg", "Josep Borrell"),
        "nb": ("Anna Berg", "Berg"),
    }.items()
    for text in texts
]  # fmt: skip
#: Bodies that are shorter forms, translations and acronyms of one another.
BODIES = [
    body("Ministry of Foreign Affairs", kind="GovernmentBody"),
    body("Ministère des Affaires étrangères", "fr", kind="GovernmentBody"),
    body("Foreign Ministry of Vietnam", kind="GovernmentBody"),
    body("Bộ Ngoại giao", "vi", kind="GovernmentBody"),
    body("外交部", "zh", kind="GovernmentBody"),
    body("Water and Wells Council", acronym="WWC"),
    body("World Wrestling Club", acronym="WWC"),
    body("Conseil de l'eau et des puits", "fr", acronym="WWC"),
    body("WWC"),
    body("Water Council"),
    body("Vietnam Union of Friendship Organizations", acronym="VUFO"),
    body("Vietnam Friendship Union"),
    body("Union vietnamienne d'amitié", "fr"),
    body("VUFO"),
    body("Peace Fund of Vietnam"),
    body("National Peace Fund of Vietnam"),
    body("State Peace Foundation of Vietnam"),
    body("Government of Vietnam", kind="GovernmentBody"),
    body("Government", kind="GovernmentBody"),
]
PLACES = [
    VIETNAM, JAPAN, NORWAY, CHINA, place("Wells Town"), place("Wells town", "fr"), place("Wells-Town", "nb"),
    place("National Conference Centre"), place("Centre national de conférences", "fr"),
]  # fmt: skip
POSTS = ("foreign-minister", "president", "director")
LABELS = (
    "4th Wells Forum",
    "4e Forum des puits",
    "Wells Forum",
    "Conference on peace and development",
    "Peace Conference",
    "",
)


def of(names: list[object]) -> st.SearchStrategy[object]:
    """One of ``names``."""
    return st.sampled_from(names)


def some(names: list[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None, one or two of ``names``."""
    return st.lists(of(names), max_size=2, unique=True).map(tuple)


ROLES = st.builds(role, of(PEOPLE), of([*POSTS]), of([None, *BODIES, *PLACES]))  # type: ignore[list-item]
MENTIONS = st.builds(met, of([*PEOPLE, *BODIES, *PLACES]), st.integers(1, 3))  # type: ignore[list-item]
EVENTS = st.builds(
    lambda key, label, kind, ordinal, start, year, where, venue, by, earlier: event(
        label, key=key, kind=kind, ordinal=ordinal, startDate=start, year=year, place=where, venue=venue, organizer=by,
        previousEdition=earlier,
    ),
    st.integers(0, 1), of([*LABELS]), of(["forum", "conference"]), of([(), 3, 4]),
    of([(), day("2023-05-05"), day("2024-05-05"), day("05-05")]), of([(), 2019, 2023]), some([*PLACES]),
    some([*PLACES[4:]]), some([*BODIES]), of([(), 2019, (2016, 2019)]),
)  # fmt: skip


def distinct(facts: list[Fact]) -> list[Fact]:
    """Facts with one conference to a key."""
    keys: dict[object, Fact] = {}
    for index, fact in enumerate(facts):
        keys.setdefault(("conference", fact.key) if hasattr(fact, "event_kind") else index, fact)  # type: ignore[union-attr]
    return list(keys.values())


FACTS = st.lists(st.one_of(ROLES, ROLES, MENTIONS, EVENTS), max_size=6).map(distinct)
ARTICLES = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.sampled_from(["en", "vi", "zh", "fr"]), FACTS), max_size=8
)
#: No body and no person is known from the start.
PLAIN = Sighter(unregistered())
HISTORY = st.lists(ARTICLES, min_size=2, max_size=4)


class Store:
    """What is remembered of a history, and the articles there are now."""

    def __init__(self, sighter: Sighter) -> None:
        """Nothing yet."""
        self.registry, self.sighter = sighter.registry, sighter
        self.database = Database()
        self.now: dict[str, Reading] = {}
        self.count = 0

    def take(self, articles: Mapping[str, Reading]) -> Settled:
        """Make the articles these."""
        changed = {key for key in {**self.now, **articles} if self.now.get(key) != articles.get(key)}
        gone, fresh = (
            [self.sighter.sight(source[key]) for key in sorted(changed & source.keys())]
            for source in (self.now, articles)
        )
        # What is remembered is looked up while it is written in a build; here in a copy.
        former = Database()
        former.bulk_extend(self.database)

        def sight(key: str) -> Sighting:
            return self.sighter.sight(articles[key])

        settled = settled_again(Memory(former), gone, fresh, sight, registry=self.registry, count=self.count)
        settled.remember(self.database)
        self.now, self.count = dict(articles), settled.count
        return settled


def view(resolution: Resolution, article: str) -> dict[object, Entity]:
    """Who the names of an article are."""
    names = {name: resolution.entity_of(own, name) for own, name in resolution.names if own == article}
    events = {key: resolution.conference_of(own, key) for own, key in resolution.conferences if own == article}
    return {**names, **events}


def said(resolution: Resolution) -> dict[str, tuple[Entity, list[Merge]]]:
    """What the graph of names says of each entity."""
    return {
        entity.id: (entity, [merge for merge in resolution.merges if merge.entity == entity.id])
        for entity in resolution.entities
    }


def check(sighter: Sighter, history: list[dict[str, Reading]]) -> None:
    """After each step: what is remembered, who is who, and what has to be written are as if all were resolved."""
    store = Store(sighter)
    before = Resolution(())
    for articles in history:
        settled = store.take(articles)
        whole = settled_anew([sighter.sight(one) for one in articles.values()], sighter.registry)
        clean = Database()
        whole.remember(clean)
        assert {str(quad) for quad in store.database} == {str(quad) for quad in clean}
        assert settled.count == whole.count
        after = whole.resolution
        old, new = said(before), said(after)
        assert set(settled.entities) == {key for key in {**old, **new} if old.get(key) != new.get(key)}
        for key in articles:
            if key in settled.articles:
                assert view(settled.resolution, key) == view(after, key)
            else:
                ids = [{name: one.id for name, one in view(r, key).items()} for r in (before, after)]
                assert ids[0] == ids[1]
                whole_graph = [set(article_quads(articles[key], r, base=BASE)) for r in (before, after)]
                assert whole_graph[0] == whole_graph[1]
        before = after


@settings(max_examples=30, deadline=None)
@given(HISTORY)
def test_any_history_ends_in_what_resolving_all_gives(history: list[dict[str, tuple[str, list[Fact]]]]) -> None:
    """Names that are one by letters, posts, sounds, acronyms or a conference, and are not when an article goes."""
    check(
        PLAIN,
        [
            {key: reading(key, language, *facts, published="2023-05-06") for key, (language, facts) in articles.items()}
            for articles in history
        ],
    )


def test_real_articles_come_and_go() -> None:
    """The development articles, most of them at once, then some leave and others come."""
    articles, _ = read_paths([ROOT / "seeds", ROOT / "tests" / "gold" / "seen" / "articles"])
    readings = {article.id: slim(read_facts(article)) for article in articles}
    keys = sorted(readings)
    steps = [keys[10:], keys[:10] + keys[20:], keys, keys[::2], keys[1::2]]
    check(Sighter(load_registry()), [{key: readings[key] for key in step} for step in steps])


def test_what_is_touched_is_little() -> None:
    """A new article's own names and what they may be, not the people of other articles."""
    store = Store(PLAIN)
    others = {
        f"x{number}": reading(f"x{number}", "en", role(person(f"Name{number} Surname{number}"), "president", VIETNAM))
        for number in range(20)
    }
    store.take(others)
    new = reading("new", "en", role(person("Anna Berg"), "president", VIETNAM), met(person("Surname3")))
    assert store.take({**others, "new": new}).articles == {"new"}


@pytest.mark.parametrize("kind", [frozenset, tuple])
def test_a_key_is_the_same_text_in_every_process(kind: type) -> None:
    """Sets are put in order, whatever they hold."""
    assert plain_key((kind(("b", "a")), 3, frozenset({frozenset({"d", "c"})}))) in (
        "({a,b},3,{{c,d}})",
        "((b,a),3,{{c,d}})",
    )
