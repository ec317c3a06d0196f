from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kg import build
from kg.pages import Asked, page
from kg.pages.links import ServerLinks
from kg.pages.timeline import timeline
from kg.store import Store
from kg.views.conference import Conference, conference
from kg.vocab import BASE, kg

SEEDS = Path(__file__).parents[1] / "seeds"
FIFTH = "conference/5th-international-conference-on-cooperation-between-vietnam-and-foreign-ngos-2025"


@pytest.fixture(scope="module")
def seeds() -> Store:
    """The seeds, built."""
    return build([SEEDS]).store


@pytest.fixture(scope="module")
def fifth(seeds: Store) -> Conference:
    """The conference that the seeds report."""
    told = conference(seeds, NamedNode(BASE + FIFTH))
    assert told is not None
    return told


def values(told: Conference) -> dict[str, list[tuple[str, int]]]:
    """For each property its values by the last part of their IRI, with the number of their quotes."""
    return {
        stated.name: [
            (each.term.value if isinstance(each.term, Literal) else each.term.value.rpartition("/")[2],
             len({quote.article for quote in each.quotes}))
            for each in stated.values
        ]
        for stated in told.stated
    }  # fmt: skip


def test_what_the_seeds_state_of_it(fifth: Conference) -> None:
    """Every property with the number of articles behind each value."""
    found = values(fifth)
    assert found["ordinal"] == [("5", 5)]
    assert found["startDate"] == [("2025-12-04", 3)]
    assert found["place"] == [("hanoi", 4)]
    assert {name for name, _ in found["organizer"]} == {
        "committee-for-foreign-ngo-affairs-vietnam", "vietnam-union-of-friendship-organizations",
    }  # fmt: skip
    assert len(found["theme"]) == 4
    assert found["reviewPeriodStart"] == [("2019-01-01", 5)]
    assert found["reviewPeriodEnd"] == [("2025-12-31", 5)]
    assert not any(stated.differ for stated in fifth.stated)
    assert {language for _, language in fifth.names} == {"en", "fr", "nb", "vi", "zh"}
    assert len(fifth.reports) == 5


def test_its_editions_by_year(fifth: Conference) -> None:
    """Four earlier ones, each quoted, and this one."""
    assert [each.year for each in fifth.editions] == [1992, 2003, 2013, 2019, 2025]
    assert [each.here for each in fifth.editions] == [False] * 4 + [True]
    assert all(each.quotes for each in fifth.editions[:4])


def test_gaps_are_to_scale_and_labels_do_not_meet(fifth: Conference) -> None:
    """Points lie as their years do; the review period stands on the same line."""
    line = timeline(fifth)
    assert line is not None
    at = [float(point.x.removesuffix("%")) for point in line.points]
    assert at == sorted(at)
    assert (at[2] - at[1]) / (at[1] - at[0]) == pytest.approx(10 / 11, abs=0.01)
    assert line.review is not None
    assert 0 < float(line.review.x.removesuffix("%")) < at[3]


def test_numbers_told_with_it_count_once(fifth: Conference) -> None:
    """What several articles say of one number is one line; sessions are marked."""
    found = {(each.value, each.counts.value.rpartition("/")[2]): each for each in fifth.counts}
    assert {key: each.session for key, each in found.items()} == {
        ("379", "ngo"): False, ("500", "delegate"): False, ("2", "plenary-session"): True, ("4", "workshop"): True,
    }  # fmt: skip
    assert len({quote.article for quote in found["379", "ngo"].quotes}) == 5


def test_what_is_no_conference_has_no_such_page(seeds: Store) -> None:
    """A person, and nothing at all."""
    assert conference(seeds, NamedNode(f"{BASE}person/bui-thanh-son")) is None
    assert conference(seeds, NamedNode(f"{BASE}conference/none")) is None


def test_where_sources_differ_both_values_stand(tmp_path: Path) -> None:
    """Two articles give two last days of one forum: both are shown, with their quotes, and marked."""
    for name, days in (("a", "4 to 6"), ("b", "4 to 7")):
        text = f"The 3rd Mekong Civil Forum took place in Vientiane from {days} May 2024. It gathered 200 delegates."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    store = build([tmp_path]).store
    nodes = {quad.subject for quad in store.match(None, kg("ordinal")) if isinstance(quad.subject, NamedNode)}
    assert len(nodes) == 1
    told = conference(store, nodes.pop())
    assert told is not None
    stated = {each.name: each for each in told.stated}
    assert stated["endDate"].differ
    assert [each.term.value for each in stated["endDate"].values] == ["2024-05-06", "2024-05-07"]
    assert all(each.quotes for each in stated["endDate"].values)
    assert not stated["startDate"].differ
    assert not stated["ordinal"].differ


@pytest.mark.parametrize("language", ["en", "fr", "zh", "vi", "nb"])
def test_its_page(seeds: Store, language: str) -> None:
    """At its IRI's path, in each language, with line, list and picture, and quotes in their own languages."""
    path = BASE.removeprefix("https://w3id.org/") + FIFTH
    made = page(seeds, Asked(path=path, language=language, links=ServerLinks("", BASE, language)))
    assert made.status == 200
    for piece in ('class="timeline"', 'class="editions"', 'class="graph"', 'q lang="zh"', "1992"):
        assert piece in made.html
    assert " style=" not in made.html
