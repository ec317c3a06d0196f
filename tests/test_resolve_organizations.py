"""Which names of bodies and places are one and which are not."""

from __future__ import annotations

from itertools import combinations

import pytest
from hand_readings import (
    CHINA,
    JAPAN,
    NORWAY,
    VIETNAM,
    body,
    day,
    event,
    ids,
    met,
    person,
    place,
    reading,
    resolved,
    role,
)

from kg.model import Name
from kg.resolve import resolve


def same(first: Name, second: Name, *, first_about: Name | None = None, second_about: Name | None = None) -> bool:
    """True where two bodies, each in its own article, are resolved as one; the articles may be about a country."""
    readings = [
        reading("a", first.language, met(first), *([met(first_about, 5)] if first_about else [])),
        reading("b", second.language, met(second), *([met(second_about, 5)] if second_about else [])),
    ]
    found = ids(resolved(*readings))
    return found["a", first.text] == found["b", second.text]


ONE_BODY = [
    [
        body("Vietnam Women's Union"), body("Union des femmes du Vietnam", "fr"), body("越南妇女联合会", "zh"),
        body("Hội Liên hiệp Phụ nữ Việt Nam", "vi"), body("Vietnams kvinneunion", "nb"),
    ],
    [
        body("Japan Ministry of Health"), body("ministère japonais de la Santé", "fr"), body("日本卫生部", "zh"),
        body("Bộ Y tế Nhật Bản", "vi"), body("Japans helsedepartement", "nb"),
    ],
    [
        body("Ministry of Agriculture of Norway"), body("ministère norvégien de l'Agriculture", "fr"),
        body("挪威农业部", "zh"), body("Bộ Nông nghiệp Na Uy", "vi"), body("Norges landbruksdepartement", "nb"),
    ],
    [body("Thornfield Foundation"), body("Fondation Thornfield", "fr"), body("Quỹ Thornfield", "vi")],
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"), [pair for names in ONE_BODY for pair in combinations(names, 2)], ids=lambda name: name.text
)
def test_names_that_say_the_same_are_one_body(first: Name, second: Name) -> None:
    """The same concepts and country in two languages."""
    assert same(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (body("Vietnam Women's Union"), body("越南友好组织联合会", "zh")),
        (body("Japan Ministry of Health"), body("Bộ Y tế Na Uy", "vi")),
        (body("Japan Ministry of Health"), body("ministère japonais de l'Éducation", "fr")),
        (body("Thornfield Foundation"), body("Fondation Rochester", "fr")),
        (body("Asian Development Bank", acronym="ADB"), body("Arab Development Bank", acronym="ADB")),
        (body("African Development Bank"), body("Ngân hàng Phát triển châu Á", "vi")),
        (body("Central Bank of Norway"), body("World Bank of Norway")),
        (body("Wells for All"), body("Schools for All")),
    ],
    ids=lambda name: name.text,
)
def test_names_that_say_something_else_are_two_bodies(first: Name, second: Name) -> None:
    """Another topic, another country, another name."""
    assert not same(first, second)


FOREIGN = [
    body("Ministry of Foreign Affairs", kind="GovernmentBody"),
    body("ministère des Affaires étrangères", "fr", kind="GovernmentBody"),
    body("外交部", "zh", kind="GovernmentBody"),
    body("Bộ Ngoại giao", "vi", kind="GovernmentBody"),
    body("Utenriksdepartementet", "nb", kind="GovernmentBody"),
]


@pytest.mark.parametrize(("first", "second"), list(combinations(FOREIGN, 2)), ids=lambda name: name.text)
def test_a_ministry_without_a_country_is_that_of_the_article(first: Name, second: Name) -> None:
    """Two articles about Norway speak of one foreign ministry; about two countries, of two; about none, of two."""
    assert same(first, second, first_about=NORWAY, second_about=NORWAY)
    assert not same(first, second, first_about=NORWAY, second_about=JAPAN)
    assert not same(first, second, first_about=NORWAY)
    assert not same(first, second)
    assert not same(first, first, first_about=JAPAN, second_about=CHINA)


def test_a_named_country_wins_over_that_of_the_article() -> None:
    """The Japanese foreign ministry in an article about Norway is Japan's."""
    japanese = body("Japan Ministry of Foreign Affairs")
    assert same(japanese, body("外交部", "zh"), first_about=NORWAY, second_about=JAPAN)
    assert not same(japanese, body("外交部", "zh"), first_about=NORWAY, second_about=NORWAY)


def test_a_provincial_body_without_its_province_is_that_of_its_article_alone() -> None:
    """A country has many provinces: two articles about Vietnam may mean the committees of two of them."""
    committee = body("Ủy ban nhân dân tỉnh", "vi", kind="GovernmentBody")
    assert not same(committee, committee, first_about=VIETNAM, second_about=VIETNAM)
    named = body("Ủy ban nhân dân tỉnh Quảng Trị", "vi", kind="GovernmentBody")
    assert same(named, named, first_about=VIETNAM, second_about=VIETNAM)


EMBASSIES = [
    body("Embassy of Japan", kind="GovernmentBody"),
    body("Đại sứ quán Nhật Bản", "vi", kind="GovernmentBody"),
    body("Japans ambassade", "nb", kind="GovernmentBody"),
]


@pytest.mark.parametrize(("first", "second"), list(combinations(EMBASSIES, 2)), ids=lambda name: name.text)
def test_an_embassy_is_the_one_in_the_country_that_the_article_is_about(first: Name, second: Name) -> None:
    """Japan's embassies in Vietnam and in Norway are two bodies; where an article names no other country, nobody knows
    which of them is meant.
    """
    assert same(first, second, first_about=VIETNAM, second_about=VIETNAM)
    assert not same(first, second, first_about=VIETNAM, second_about=NORWAY)
    assert not same(first, first, first_about=VIETNAM, second_about=NORWAY)
    assert not same(first, second, first_about=VIETNAM)
    assert not same(first, first)
    assert not same(first, first, first_about=JAPAN, second_about=JAPAN)


def test_an_embassy_named_with_two_countries_is_joined_by_its_letters_alone() -> None:
    """Japan's embassy in Vietnam is not Vietnam's in Japan, though both names say the same."""
    there, back = body("日本驻越南大使馆", "zh"), body("越南驻日本大使馆", "zh")
    assert same(there, there)
    assert not same(there, back)


def home_of(name: Name, *about: tuple[Name, int]) -> str:
    """The country that a body is said to be based in, in an article that names countries so many times."""
    found = resolved(reading("a", name.language, met(name), *(met(country, times) for country, times in about)))
    return next(e.based_in for e in found.entities if name.text in {text for text, _ in e.labels})


@pytest.mark.parametrize(
    ("name", "about", "home"),
    [
        # two countries, one of which gives: whose the ministry is nobody says
        (FOREIGN[0], [(VIETNAM, 12), (NORWAY, 9)], ""),
        (FOREIGN[0], [(VIETNAM, 12), (NORWAY, 6)], "place/vietnam"),
        # a press that is one country's
        (FOREIGN[4], [(VIETNAM, 5), (NORWAY, 2), (JAPAN, 4)], "place/norway"),
        (FOREIGN[4], [(VIETNAM, 5), (CHINA, 2), (JAPAN, 4)], ""),
        (FOREIGN[4], [(VIETNAM, 9), (NORWAY, 2)], ""),
        (FOREIGN[4], [(VIETNAM, 9), (JAPAN, 2)], "place/vietnam"),
        # a local paper need not name its own country
        (body("外務省", "ja", kind="GovernmentBody"), [(VIETNAM, 3)], ""),
        (body("財務省", "ja", kind="GovernmentBody"), [(VIETNAM, 3)], "place/vietnam"),
        (body("財務省", "ja", kind="GovernmentBody"), [(VIETNAM, 3), (JAPAN, 1)], ""),
        (body("財務省", "ja", kind="GovernmentBody"), [(VIETNAM, 3), (JAPAN, 4)], ""),
        (body("財務省", "ja", kind="GovernmentBody"), [(VIETNAM, 2), (JAPAN, 4)], "place/japan"),
    ],
)
def test_whose_a_ministry_is_without_a_country(name: Name, about: list[tuple[Name, int]], home: str) -> None:
    """The country's that the article is clearly about, or that of the press; nobody's where two may be meant."""
    assert home_of(name, *about) == home


def test_a_body_named_in_full_says_whose_its_short_name_is() -> None:
    """Behind "the finance ministry of Vietnam" the finance ministry is that one, and another country's no more."""
    short, full = body("Ministry of Finance", kind="GovernmentBody"), body("Vietnam Ministry of Finance")
    other = body("Japan Ministry of Finance")
    found = ids(resolved(reading("a", "en", met(short), met(full), met(JAPAN, 9))))
    assert found["a", short.text] == found["a", full.text]
    found = ids(resolved(reading("a", "en", met(short), met(full), met(other), met(JAPAN, 9))))
    assert len(set(found.values()) - {JAPAN.known}) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (body("МИД Японии", "ru"), body("Japan Ministry of Foreign Affairs")),
        (body("МОЗ Японії", "uk"), body("Japan Ministry of Health")),
        (body("Министерство здравоохранения Японии", "ru"), body("Japan Ministry of Health")),
        (body("일본 외교부", "ko"), body("日本外務省", "ja")),
        (body("일본 보건복지부", "ko"), body("Japan Ministry of Health")),
        (body("وزارة الخارجية اليابانية", "ar"), body("Japan Ministry of Foreign Affairs")),
        (body("ministerie van Onderwijs van Japan", "nl"), body("Japan Ministry of Education")),
        (body("Ministerstwo Edukacji Japonii", "pl"), body("Japan Ministry of Education")),
    ],
    ids=lambda name: name.text,
)
def test_short_made_and_declined_words_say_what_they_stand_for(first: Name, second: Name) -> None:
    """Words that stand for several, that are made of several, that are declined or bear an article."""
    assert same(first, second)


def test_two_ministries_shortened_alike_are_two() -> None:
    """Минфин and Минздрав are ministries both, of other things."""
    assert not same(body("Минфин Японии", "ru"), body("Минздрав Японии", "ru"))
    assert not same(body("일본 교육부", "ko"), body("일본 외교부", "ko"))


def test_an_acronym_in_brackets_joins_what_agrees() -> None:
    """One acronym and words that agree; the acronym alone is the body of its article."""
    full, french, alone = (
        body("Union for Rural Wells", acronym="URW"),
        body("Union des puits", "fr", "URW"),
        body("URW"),
    )
    readings = [
        reading("a", "en", met(full), met(alone)),
        reading("b", "fr", met(french)),
        reading("c", "en", met(alone)),
    ]
    assert len(set(ids(resolved(*readings)).values())) == 1


def test_an_acronym_that_two_bodies_bear_joins_neither() -> None:
    """ABC is two bodies: alone, it is none of them, but in an article that gives it, that one."""
    bank, council = body("Austral Bank of Commerce", acronym="ABC"), body("Arctic Bird Council", acronym="ABC")
    readings = [
        reading("a", "en", met(bank), met(body("ABC"))),
        reading("b", "en", met(council)),
        reading("c", "fr", met(body("ABC", "fr"))),
    ]
    found = ids(resolved(*readings))
    assert found["a", bank.text] != found["b", council.text]
    assert found["a", "ABC"] == found["a", bank.text]


def test_a_shorter_name_needs_the_same_event() -> None:
    """The friendship union without its organizations is the same where both organize one conference, else not."""
    full, short = body("Japan Union of Friendship Organizations"), body("Japans vennskapsunion", "nb")
    where = place("Oslo", known="place/oslo")
    told = [
        reading(
            "a", "en", event("3rd Forum on Wells", ordinal=3, startDate=day("2024-05-06"), place=where, organizer=full)
        ),
        reading("b", "nb", event("3. forum", ordinal=3, startDate=day("2024-05-06"), place=where, organizer=short)),
    ]
    found = ids(resolved(*told))
    assert found["a", full.text] == found["b", short.text]
    assert not same(full, short)


def test_a_shorter_name_with_a_rival_joins_nothing() -> None:
    """Two unions of one country organize: the short name is neither."""
    full, other = body("Japan Union of Friendship Organizations"), body("Japan Friendship Union Council")
    short = body("Japans vennskapsunion", "nb")
    said = {"ordinal": 3, "startDate": day("2024-05-06"), "place": place("Oslo", known="place/oslo")}
    told = [
        reading("a", "en", event("3rd Forum", organizer=(full, other), **said)),
        reading("b", "nb", event("3. forum", organizer=short, **said)),
    ]
    found = ids(resolved(*told))
    assert found["b", short.text] not in (found["a", full.text], found["a", other.text])


def test_a_shorter_name_is_supported_by_who_heads_it() -> None:
    """One woman is president of both in two articles."""
    full, short = body("Japan Union of Friendship Organizations"), body("Japans vennskapsunion", "nb")
    told = [
        reading("a", "en", role(person("Emi Sato"), "president", full)),
        reading("b", "nb", role(person("Emi Sato", "nb"), "president", short)),
    ]
    found = ids(resolved(*told))
    assert found["a", full.text] == found["b", short.text]
    untold = [told[0], reading("b", "nb", role(person("Mika Abe", "nb"), "president", short))]
    found = ids(resolved(*untold))
    assert found["a", full.text] != found["b", short.text]


def test_ids_of_bodies() -> None:
    """English first, without marks or possessives; the country of a general name; pinyin for lack of a Latin name."""
    readings = [
        reading("a", "vi", met(body("Hội Liên hiệp Phụ nữ Việt Nam", "vi")), met(VIETNAM, 5), met(FOREIGN[3])),
        reading("b", "en", met(body("Vietnam Women's Union"))),
        reading("c", "zh", met(body("水井协会", "zh"))),
        reading("d", "nb", met(FOREIGN[4])),
    ]
    found = ids(resolved(*readings))
    assert found["a", "Hội Liên hiệp Phụ nữ Việt Nam"] == "organization/vietnam-women-union"
    assert found["a", "Bộ Ngoại giao"] == "organization/bo-ngoai-giao-vietnam"
    assert found["c", "水井协会"] == "organization/shui-jing-xie-hui"
    assert found["d", "Utenriksdepartementet"] == "organization/utenriksdepartementet"


def test_type_country_and_labels_of_a_body() -> None:
    """The class read most often, the country its name or articles give, every spelling, the English one shown."""
    vietnamese, english = body("Bộ Y tế Việt Nam", "vi", kind="GovernmentBody"), body("Vietnam Ministry of Health")
    resolution = resolved(reading("a", "vi", met(vietnamese)), reading("b", "en", met(english)))
    entity = resolution.entity_of("a", vietnamese)
    assert (entity.type, entity.country, entity.based_in) == ("GovernmentBody", "VN", "place/vietnam")
    assert entity.label == ("Vietnam Ministry of Health", "en")
    assert entity.labels == (("Vietnam Ministry of Health", "en"), ("Bộ Y tế Việt Nam", "vi"))


def test_registered_bodies_keep_their_id_and_label() -> None:
    """What the recogniser knew, and what it did not though the registry has it."""
    readings = [
        reading("a", "en", met(Name("organization", "UN", "en", known="organization/united-nations"))),
        reading("b", "fr", met(body("Nations unies", "fr"))),
    ]
    resolution = resolve(readings)
    assert set(resolution.names.values()) == {"organization/united-nations"}
    assert resolution.by_id["organization/united-nations"].label == ("United Nations", "en")
    assert [merge.rule for merge in resolution.merges] == ["registry"]
    assert not resolution.unknown


def test_places_are_registered_or_by_their_letters() -> None:
    """Unknown places are one where their letters agree; a registered one is found by its label."""
    readings = [
        reading("a", "en", met(place("Ribbon Hall")), met(place("Oslo"))),
        reading("b", "fr", met(place("Ribbon-Hall", "fr")), met(place("Ribbon Hill", "fr")), met(place("Oslo", "fr"))),
    ]
    found = ids(resolved(*readings))
    assert found["a", "Ribbon Hall"] == found["b", "Ribbon-Hall"] == "place/ribbon-hall"
    assert found["b", "Ribbon Hill"] == "place/ribbon-hill"
    assert found["a", "Oslo"] == found["b", "Oslo"] == "place/oslo"


def test_unknown_names_are_reported() -> None:
    """A spelling that no entry and no merge placed has a line: id, text, language."""
    readings = [
        reading("a", "en", met(body("Wells for All")), met(place("Oslo"))),
        reading("b", "en", met(body("Wells for All"))),
    ]
    assert resolved(*readings).unknown == (("organization/wells-for-all", "Wells for All", "en"),)
