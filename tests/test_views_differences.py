from __future__ import annotations

from pathlib import Path

import pytest
import wells
from pyoxigraph import NamedNode

from kg import build
from kg.pages import Asked, page
from kg.pages.links import ServerLinks
from kg.store import Store
from kg.views.differences import OneSided, differences
from kg.vocab import BASE, kg

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def seeds() -> Store:
    """The seeds, built."""
    return build([SEEDS]).store


def key(each: OneSided) -> tuple[str, str]:
    """Property and value by the last parts of their IRIs."""
    return each.property.value.rpartition("#")[2], each.value.value.rpartition("/")[2]


def test_values_that_cannot_both_be_right() -> None:
    """Two sums and two numbers, each with the article and the sentence that gives it."""
    found = differences(wells.store()).conflicts
    assert [[side.value.value for side in each.sides] for each in found] == [["2000000", "2100000"], ["12", "14"]]
    for each in found:
        assert [len(side.sources) for side in each.sides] == [1, 1]
        assert {source.language for side in each.sides for source in side.sources} == {"en", "fr"}
        assert all(source.quotes for side in each.sides for source in side.sources)


def test_seeds_do_not_contradict_each_other(seeds: Store) -> None:
    """Five articles on one event agree."""
    assert differences(seeds).conflicts == ()


def test_what_french_leaves_out(seeds: Store) -> None:
    """The organizers and the place: the other articles say them, with quotes; French speaks of it and is silent."""
    found = {key(each): each for each in differences(seeds, language="fr").one_sided}
    organizer = found["organizer", "vietnam-union-of-friendship-organizations"]
    assert {source.language for source in organizer.said} == {"en", "nb", "vi", "zh"}
    assert [source.language for source in organizer.silent] == ["fr"]
    assert all(source.quotes for source in organizer.said)
    assert ("place", "hanoi") in found
    assert ("ordinal", "5") not in found, "all say it"


def test_a_day_without_its_year_is_no_difference(seeds: Store) -> None:
    """English gives the day, the others the same day with the year."""
    assert all(each.property != kg("monthDay") for each in differences(seeds).one_sided)


def test_only_what_concerns_a_thing(seeds: Store) -> None:
    """Nothing about others; what nobody speaks of differs nowhere."""
    hanoi = NamedNode(f"{BASE}place/hanoi")
    assert {key(each) for each in differences(seeds, about=hanoi).one_sided} == {("place", "hanoi")}
    assert differences(seeds, about=NamedNode(f"{BASE}place/nowhere")).one_sided == ()


def test_more_than_is_shown_is_told(seeds: Store) -> None:
    """The rest is counted."""
    whole, part = differences(seeds), differences(seeds, most=1)
    assert part.more == len(whole.one_sided) - 1
    assert part.one_sided == whole.one_sided[:1]


@pytest.mark.parametrize("language", ["en", "fr", "zh", "vi", "nb"])
def test_its_page(language: str) -> None:
    """Both kinds, in every language of the interface; an unknown thing has none."""
    links = ServerLinks("", BASE, language)
    made = page(wells.store(), Asked(path="differences", language=language, links=links))
    assert made.status == 200
    assert made.html.count('class="against"') > 2
    unknown = Asked(path="differences", parameters=(("about", "place/none"),), language=language, links=links)
    assert page(wells.store(), unknown).status == 404
