"""Series of conferences placed again where some changed: the same as placing all, and no more than is touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hand_readings import body, day, event, place, reading, resolved
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.editions import BACK, Edition, Place, linked
from kg.resolve.series import Placed, Placement
from kg.resolve.series import place as placed_anew
from kg.resolve.series_again import placed_again

WORDS = ("wells", "food", "schools")
SHARED = ("topic wells", "topic food", "organizer wells", "organizer schools")
IDS = [f"conference/{name}" for name in ("a", "b", "c", "d", "e", "f", "g", "forum-2019", "forum-2019-edition")]


def edition(
    key: str,
    number: int = 0,
    years: Iterable[int] = (),
    topic: Iterable[str] = WORDS[:1],
    *,
    earlier: Iterable[int] = (),
    kind: str = "forum",
    label: str = "Forum",
    shared: Iterable[str] = SHARED[2:3],
) -> Edition:
    """A conference, of which some things are known."""
    return Edition(
        key, number, tuple(sorted(years)), frozenset({kind}), frozenset(topic), tuple(sorted(earlier)),
        ((label, "en", 1),), tuple(sorted(shared)),
    )  # fmt: skip


def some(values: Iterable[object], most: int = 2) -> st.SearchStrategy[set[object]]:
    """None, one or a few of ``values``."""
    return st.sets(st.sampled_from(list(values)), max_size=most)


CONFERENCES = st.dictionaries(
    st.sampled_from(IDS),
    st.builds(
        lambda number, years, topic, earlier, kind, label, shared: edition(
            "", number, years, topic, earlier=earlier, kind=kind, label=label, shared=shared
        ),
        st.integers(0, 3), some(range(2017, 2021)), some(WORDS, 3), some(range(2015, 2021)),
        st.sampled_from(["forum", "summit"]),
        st.sampled_from(["Forum", "Forum 2019", "Wells Forum", "3rd Wells Forum"]),
        some(SHARED, 3),
    ),
).map(lambda found: {key: edition_with(one, key) for key, one in found.items()})  # fmt: skip


def edition_with(one: Edition, key: str) -> Edition:
    """The same of another conference."""
    return Edition(key, one.number, one.years, one.kinds, one.topic, one.earlier, one.labels, one.shared)


def anew(editions: Mapping[str, Edition]) -> Placement:
    """All conferences placed at once."""
    return placed_anew(editions, linked(editions), is_taken=editions.__contains__)


class Kept:
    """What was placed, looked up as a store does."""

    def __init__(self, placed: Mapping[str, Placed]) -> None:
        """All of it."""
        self.all = placed

    def placed(self, key: str) -> Placed | None:
        """A conference in its series."""
        return self.all.get(key)

    def sharing(self, value: str) -> Iterable[Place]:
        """The conferences that share a value, in no order."""
        return [one.edition.place for one in reversed(self.all.values()) if value in one.edition.shared]

    def asking(self, key: str) -> Iterable[str]:
        """The conferences on whose behalf an id was asked for."""
        return [own for own, one in self.all.items() if key in one.asked]


@settings(max_examples=200, deadline=None)
@given(st.lists(CONFERENCES, min_size=2, max_size=4))
def test_any_history_ends_in_what_placing_all_gives(history: list[dict[str, Edition]]) -> None:
    """Conferences come, go and change; those not placed again are as they would be."""
    placed: dict[str, Placed] = {}
    entities = {one.id: one for one in anew({}).entities}
    for editions in history:
        gone = {key for key in placed if editions.get(key) != placed[key].edition}
        fresh = {key: one for key, one in editions.items() if key not in placed or key in gone}
        moved = placed_again(Kept(placed), gone, fresh)
        for key, was in moved.before.items():
            placed.pop(key)
            for old in (was.series, *(own for _, own in was.editions)):
                entities.pop(old, None)
        placed.update(moved.after.placed)
        entities.update((one.id, one) for one in moved.after.entities)
        whole = anew(editions)
        assert placed == whole.placed
        assert entities == {one.id: one for one in whole.entities}


def test_one_more_of_a_large_family_moves_its_neighbours_only() -> None:
    """Three hundred forums of one organizer about other things each, but for the one that is followed."""
    family = {
        key: edition(key, years=(1700 + number,), topic=(f"word{number}", f"more{number}"))
        for number in range(300)
        for key in (f"conference/{number:03d}",)
    }
    followed = {"conference/150": edition("conference/150", 3, (1850,))}
    before = anew({**family, **followed})
    new = edition("conference/new", 4, (1851,), earlier=(1850,))
    moved = placed_again(Kept(before.placed), set(), {new.id: new})
    assert len(moved.before) <= 2 * BACK
    assert [entity.id for entity in moved.after.entities] == ["series/forum"]
    assert moved.after.placed[new.id].editions == ((1850, "conference/150"),)
    assert moved.after.placed["conference/150"].series == "series/forum"


def test_several_series_of_one_name_are_told_apart_by_their_first_year() -> None:
    """Numbers that run backwards are of two series; which has the plain name hangs on neither order nor time."""
    said = {"organizer": body("Water and Wells Council"), "place": place("Oslo", known="place/oslo")}
    readings = [
        reading(f"a{year}", "en", event("Forum on Wells", ordinal=number, year=year, kind="forum", **said))
        for number, year in ((7, 2001), (8, 2003), (2, 2005), (3, 2007))
    ]
    found = resolved(*readings)
    series = [found.conference_of(f"a{year}", 0).in_series for year in (2001, 2003, 2005, 2007)]
    assert series == ["series/forum-on-wells"] * 2 + ["series/forum-on-wells-from-2005"] * 2


def test_undated_meetings_of_one_place_are_told_apart_by_their_articles() -> None:
    """Another report changes the id of one of them at most, not those of all after it."""
    said = {"kind": "meeting", "place": place("Oslo", known="place/oslo")}
    names = ("b", "c", "d", "e")

    def ids(*articles: str) -> dict[str, str]:
        found = resolved(*(reading(name, "en", event("Meeting", **said), published=None) for name in articles))
        return {name: found.conference_of(name, 0).id for name in articles}

    before, after = ids(*names), ids("a", *names)
    assert len(set(after.values())) == len(names) + 1
    assert sum(before[name] != after[name] for name in names) <= 2


def test_the_same_number_in_years_apart_is_another_conference() -> None:
    """Reports of years far from each other are not one conference, whatever a report without a year says."""
    said = {"organizer": body("Water and Wells Council"), "ordinal": 3}
    found = resolved(
        reading("a", "en", event("3rd Forum on Wells", year=2003, **said)),
        reading("b", "en", event("3rd Forum on Wells", startDate=day("2009-05-06"), **said)),
    )
    assert found.conference_of("a", 0) != found.conference_of("b", 0)
