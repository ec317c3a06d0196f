"""Which reports are of one conference, and which conferences are of one series."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand_readings import body, day, event, met, person, place, reading, resolved

from kg.model import Fact, Name, Reading
from kg.registry import load_registry
from kg.resolve import resolve

OSLO = place("Oslo", known="place/oslo")
OSLO_ZH = place("奥斯陆", "zh", "place/oslo")
TOKYO = place("Tokyo", known="place/tokyo")
UNION = body("Japan Union of Friendship Organizations")
UNION_FR = body("Union japonaise des organisations d'amitié", "fr")


def one(first: Fact, second: Fact, *, languages: tuple[str, str] = ("en", "fr"), published: str = "2024-05-07") -> bool:
    """True where two events, each in an article of its own, are one."""
    readings = (
        reading("a", languages[0], first, published=published),
        reading("b", languages[1], second, published=published),
    )
    resolution = resolved(*readings)
    return resolution.conference_of("a", 0) == resolution.conference_of("b", 0)


MAY = {"startDate": day("2024-05-06"), "place": OSLO}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            event("3rd Forum on Wells", ordinal=3, **MAY), event("3e forum", ordinal=3, **MAY), id="number, day, place"
        ),
        pytest.param(
            event("3rd Forum on Wells", ordinal=3, monthDay=day("05-06"), place=OSLO),
            event("3e forum", ordinal=3, startDate=day("2024-05-06"), place=OSLO_ZH),
            id="day without a year",
        ),
        pytest.param(
            event("3rd Forum", ordinal=3, organizer=UNION),
            event("3e forum", ordinal=3, organizer=UNION_FR),
            id="organizer",
        ),
        pytest.param(
            event("3rd Forum", ordinal=3, previousEdition=(2012, 2016)),
            event("3e forum", ordinal=3, previousEdition=(2008, 2012, 2016)),
            id="earlier editions",
        ),
        pytest.param(
            event("3rd Forum", ordinal=3, theme="Cooperation for peace"),
            event("3e forum", ordinal=3, theme="Coopération pour la paix"),
            id="theme in two languages",
        ),
        pytest.param(
            event("3rd Conference on Food Security and Climate", ordinal=3, startDate=day("2024-05-06")),
            event("3e conférence sur la sécurité alimentaire et le climat", ordinal=3, place=OSLO),
            id="topic in two languages",
        ),
        pytest.param(
            event("Donor Conference on Food Security", **MAY),
            event("conférence sur la sécurité alimentaire", **MAY),
            id="no number: day, place, topic",
        ),
        pytest.param(
            event("3rd Forum on Wells", ordinal=3, endDate=day("2024-05-08"), organizer=UNION, **MAY),
            event("3e forum", ordinal=3, startDate=day("2024-05-07"), organizer=UNION_FR),
            id="second day",
        ),
    ],
)
def test_one_event_in_two_articles(first: Fact, second: Fact) -> None:
    """Number or day and place agree, and something supports it."""
    assert one(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(event("3rd Forum", ordinal=3, **MAY), event("4e forum", ordinal=4, **MAY), id="two numbers"),
        pytest.param(
            event("3rd Forum", ordinal=3, startDate=day("2024-05-06"), organizer=UNION),
            event("3e forum", ordinal=3, startDate=day("2024-09-06"), organizer=UNION_FR),
            id="two days",
        ),
        pytest.param(
            event("3rd Forum", ordinal=3, place=OSLO, organizer=UNION),
            event("3e forum", ordinal=3, place=TOKYO, organizer=UNION_FR),
            id="two places",
        ),
        pytest.param(
            event("3rd Forum", ordinal=3, kind="forum", organizer=UNION),
            event("3e atelier", ordinal=3, kind="meeting", organizer=UNION_FR),
            id="two kinds",
        ),
        pytest.param(event("3rd Forum", ordinal=3), event("3e forum", ordinal=3), id="a number alone"),
        pytest.param(
            event("Conference on Food Security", **MAY), event("conférence sur l'éducation", **MAY), id="two topics"
        ),
        pytest.param(event("meeting", kind="meeting", **MAY), event("réunion", kind="meeting", **MAY), id="no topic"),
        pytest.param(
            event("Conference on Food Security"), event("conférence sur la sécurité alimentaire"), id="a topic alone"
        ),
        pytest.param(
            event("3rd Conference on Food Security", ordinal=3, year=2021),
            event("3e conférence sur la sécurité alimentaire", ordinal=3, year=2023),
            id="two years",
        ),
    ],
)
def test_two_events_in_two_articles(first: Fact, second: Fact) -> None:
    """Something tells them apart, or nothing but a word joins them."""
    assert not one(first, second)


def test_reports_of_two_years_are_of_two_events() -> None:
    """The same words a few years later, with no date but that of the report."""
    said = {"ordinal": 3, "organizer": UNION}
    readings = (
        reading("a", "en", event("3rd Forum", **said), published="2018-05-07"),
        reading("b", "en", event("3rd Forum", **said), published="2024-05-07"),
    )
    resolution = resolved(*readings)
    assert resolution.conference_of("a", 0) != resolution.conference_of("b", 0)


def test_events_that_one_article_tells_apart_stay_apart() -> None:
    """One article speaks of a forum and a workshop on the same topic in one place; another of the forum."""
    said = {"place": OSLO, "organizer": UNION}
    both = reading(
        "a",
        "en",
        event("Forum on Food Security", startDate=day("2024-05-06"), **said),
        event("Workshop on Food Security", key=1, kind="workshop", startDate=day("2024-05-07"), **said),
    )
    other = reading("b", "fr", event("conférence sur la sécurité alimentaire", startDate=day("2024-05-06"), **said))
    resolution = resolved(both, other)
    first, second = (resolution.conference_of("a", key).id for key in (0, 1))
    assert first != second
    assert resolution.conference_of("b", 0).id == first


def series() -> tuple[Reading, ...]:
    """The third edition in 2019, and the fourth in 2024, which names those before it."""
    return (
        reading(
            "a", "en", event("3rd Conference on Food Security", ordinal=3, startDate=day("2019-05-06"), place=OSLO)
        ),
        reading(
            "b",
            "en",
            event("4th Conference on Food Security", ordinal=4, previousEdition=(2009, 2019), **MAY),
        ),
    )


def test_an_earlier_edition_that_another_article_reports_is_that_conference() -> None:
    """2019 is the third; of 2009 only the year is known."""
    resolution = resolved(*series())
    third, fourth = resolution.conference_of("a", 0), resolution.conference_of("b", 0)
    assert third.id == "conference/3rd-conference-on-food-security-2019"
    assert fourth.id == "conference/4th-conference-on-food-security-2024"
    assert resolution.edition_of(fourth.id, 2019) == third
    assert resolution.edition_of(fourth.id, 2009).id == "conference/conference-on-food-security-2009"
    assert third.in_series == fourth.in_series == "series/conference-on-food-security"
    assert resolution.by_id[third.in_series].type == "ConferenceSeries"
    assert resolution.edition_of(fourth.id, 2009) in resolution.entities


def test_a_series_does_not_run_backwards() -> None:
    """A second edition after the third is of another series, as is one on another topic."""
    later = reading("c", "en", event("2nd Conference on Food Security", ordinal=2, startDate=day("2021-05-06")))
    other = reading("d", "en", event("2nd Conference on Education", ordinal=2, startDate=day("2015-05-06"), place=OSLO))
    resolution = resolved(*series(), later, other)
    found = {article: resolution.conference_of(article, 0).in_series for article in "abcd"}
    assert found["a"] == found["b"]
    assert found["c"] != found["a"] != found["d"]


def test_a_conference_without_editions_has_no_series() -> None:
    """One event alone."""
    resolution = resolved(reading("a", "en", event("3rd Forum on Wells", ordinal=3, **MAY)))
    assert resolution.conference_of("a", 0).in_series == ""
    assert [entity.kind for entity in resolution.entities] == ["conference", "place"]


def test_ids_and_labels_of_conferences() -> None:
    """The English name and the year; kind, place and day where there is no name."""
    resolution = resolved(
        reading("a", "fr", event("3e forum sur les puits", ordinal=3, **MAY)),
        reading("b", "en", event("3rd Forum on Wells", ordinal=3, **MAY)),
        reading("c", "en", event("", kind="summit", startDate=day("2024-06-01"), place=TOKYO)),
    )
    assert resolution.conference_of("a", 0).id == "conference/3rd-forum-on-wells-2024"
    assert resolution.conference_of("a", 0).label == ("3rd Forum on Wells", "en")
    assert resolution.conference_of("a", 0).labels == (("3rd Forum on Wells", "en"), ("3e forum sur les puits", "fr"))
    assert resolution.conference_of("c", 0).id == "conference/summit-tokyo-2024-06-01"
    assert resolution.conference_of("c", 0).label == ("summit", "en")


def test_a_merge_of_events_says_why() -> None:
    """The names, the articles and what they have in common."""
    resolution = resolved(
        reading("a", "en", event("3rd Forum", ordinal=3, **MAY)),
        reading("b", "fr", event("3e forum", ordinal=3, **MAY)),
    )
    (merge,) = resolution.merges
    assert merge.entity == "conference/3rd-forum-2024"
    assert merge.rule == "same-number-day-place"
    assert merge.names == (("3e forum", "fr", "b"), ("3rd Forum", "en", "a"))
    assert merge.reason == "“3rd Forum” (a) and “3e forum” (b) carry the same number, day and place."


def test_participants_of_any_kind_are_names_like_others() -> None:
    """A person, a body and a place among an event's statements are resolved."""
    names: tuple[Name, ...] = (person("Emi Sato"), UNION, OSLO)
    resolution = resolved(reading("a", "en", event("Forum", participant=names)))
    assert [resolution.entity_of("a", name).kind for name in names] == ["person", "organization", "place"]


def test_venues_of_one_event_are_one_where_their_names_mean_the_same() -> None:
    """The national conference centre in three languages; another hall is another place."""
    english, norwegian = place("National Conference Centre"), place("Det nasjonale konferansesenteret", "nb")
    chinese, hall = place("国家会议中心", "zh"), place("Ribbon Hall", "fr")
    articles = zip("abcd", ("en", "nb", "zh", "fr"), (english, norwegian, chinese, hall), strict=True)
    resolution = resolved(
        *(reading(key, code, event("3rd Forum", ordinal=3, venue=venue, **MAY)) for key, code, venue in articles)
    )
    found = {
        key: resolution.names[key, venue]
        for key, venue in zip("abcd", (english, norwegian, chinese, hall), strict=True)
    }
    assert found["a"] == found["b"] == found["c"] == "place/national-conference-centre"
    assert found["d"] == "place/ribbon-hall"
    alone = resolved(reading("a", "en", met(english)), reading("b", "nb", met(norwegian)))
    assert len({alone.names["a", english], alone.names["b", norwegian]}) == 2


def test_a_separate_name_undoes_a_merge_of_events(tmp_path: Path) -> None:
    """One line of a user's registry: what this article calls so is another event."""
    readings = [
        reading("a", "en", event("3rd Forum", ordinal=3, **MAY)),
        reading("b", "fr", event("3e forum", ordinal=3, **MAY)),
    ]
    lines = tmp_path / "own.ttl"
    lines.write_text(
        "@prefix kg: <https://w3id.org/kg-news/ontology#> .\n"
        '<https://w3id.org/kg-news/id/conference/3rd-forum-2024> kg:separateName "3e forum"@fr .\n',
        encoding="utf-8",
    )
    resolution = resolve(readings, registry=load_registry(lines))
    assert resolution.conference_of("a", 0).id == "conference/3rd-forum-2024"
    assert resolution.conference_of("b", 0).id == "conference/3e-forum-2024"
