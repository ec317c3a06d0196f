"""Who is one person and who is not."""

from __future__ import annotations

import pytest
from hand_readings import CHINA, JAPAN, NORWAY, VIETNAM, body, event, ids, met, person, place, reading, resolved, role

from kg.model import Name, Reading


def one(readings: list[Reading], first: tuple[str, str], second: tuple[str, str]) -> bool:
    """True where two spellings of two articles are one entity."""
    found = ids(resolved(*readings))
    return found[first] == found[second]


def two(
    first: tuple[Name, str, Name | None], second: tuple[Name, str, Name | None], *, about: Name | None = None
) -> bool:
    """True where two people, each with a post in an article of its own, are resolved as one."""
    rest = [met(about, 5)] if about else []
    readings = [
        reading("a", first[0].language, role(*first), *rest),
        reading("b", second[0].language, role(*second), *rest),
    ]
    return one(readings, ("a", first[0].text), ("b", second[0].text))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trần Hồng Hà", "Tran Hong Ha"),
        ("António Guterres", "Antonio Guterres"),
        ("Lee Jae-myung", "Lee Jae Myung"),
        ("Nguyễn Hoà Bình", "Nguyễn Hòa Bình"),
        ("BJØRG SANDKJÆR", "Bjørg Sandkjær"),
    ],
)
def test_marks_case_and_hyphens_do_not_make_two_people(first: str, second: str) -> None:
    """The same letters are one person, in any articles."""
    assert two((person(first, "vi"), "minister", None), (person(second, "en"), "director", None))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tran Thanh Man", "Tran Thanh Nam"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng"),
        ("Lê Minh Khái", "Lê Minh Khai"),
        ("Jonas Gahr Støre", "Jonas Gahr Store Berg"),
    ],
)
def test_near_names_are_two_people(first: str, second: str) -> None:
    """No distance between letters makes two names one, and tones tell Vietnamese names apart."""
    assert not two((person(first, "vi"), "minister", VIETNAM), (person(second, "vi"), "minister", VIETNAM))


def test_a_bare_spelling_of_two_marked_names_goes_by_the_post() -> None:
    """Nguyen Van Hung is Hùng the minister, not Hưng the director, and nobody where no post tells."""
    hung, other = person("Nguyễn Văn Hùng", "vi"), person("Nguyễn Văn Hưng", "vi")
    bare = person("Nguyen Van Hung")
    told = [
        reading("a", "vi", role(hung, "minister", VIETNAM)),
        reading("b", "vi", role(other, "director", VIETNAM)),
        reading("c", "en", role(bare, "minister", VIETNAM)),
    ]
    found = ids(resolved(*told))
    assert found["c", bare.text] == found["a", hung.text] != found["b", other.text]
    untold = [*told[:2], reading("c", "en", met(bare))]
    assert len(set(ids(resolved(*untold)).values()) - {"place/vietnam"}) == 3


def test_name_order_needs_the_same_post() -> None:
    """Takaichi Sanae is Sanae Takaichi where both are Japan's prime minister, not where one is a coach."""
    first, second = person("Sanae Takaichi"), person("Takaichi Sanae", "fr")
    assert two((first, "prime-minister", JAPAN), (second, "prime-minister", JAPAN))
    assert not two((first, "prime-minister", JAPAN), (second, "director", JAPAN))
    assert not two((first, "minister", JAPAN), (second, "minister", NORWAY))


@pytest.mark.parametrize(
    ("characters", "vietnamese"),
    [
        ("范明政", "Phạm Minh Chính"),
        ("陈红河", "Trần Hồng Hà"),
        ("陳紅河", "Tran Hong Ha"),
        ("武文赏", "Võ Văn Thưởng"),
        ("黎怀忠", "Lê Hoài Trung"),
        ("阮志勇", "Nguyen Chi Dung"),
        ("梁强", "Lương Cường"),
        ("苏林", "Tô Lâm"),
        ("薛明康", "Tiết Minh Khang"),
        ("鄒德利", "Trâu Đức Lợi"),
    ],
)
def test_sino_vietnamese_reading_with_the_same_post(characters: str, vietnamese: str) -> None:
    """Every syllable reads its character, and both hold the post."""
    chinese = (person(characters, "zh"), "deputy-prime-minister", place("越南", "zh", "place/vietnam"))
    assert two(chinese, (person(vietnamese, "vi"), "deputy-prime-minister", VIETNAM))


@pytest.mark.parametrize(
    ("characters", "vietnamese"),
    [("范明政", "Phạm Minh Chiến"), ("陈红河", "Trần Hồng Hạ"), ("武文赏", "Võ Thưởng"), ("苏林", "Tô Lan")],
)
def test_one_syllable_that_does_not_read_keeps_apart(characters: str, vietnamese: str) -> None:
    """A syllable, or a tone where the name shows its marks, that is no reading of its character."""
    chinese = (person(characters, "zh"), "deputy-prime-minister", VIETNAM)
    assert not two(chinese, (person(vietnamese, "vi"), "deputy-prime-minister", VIETNAM))


def test_a_person_of_three_languages_is_one_and_a_near_name_another() -> None:
    """A Vietnamese minister in Chinese, Vietnamese and English is one person, near names stay apart."""
    readings = [
        reading("a", "zh", role(person("裴青海", "zh"), "minister", VIETNAM)),
        reading("b", "vi", role(person("Bùi Thanh Hải", "vi"), "minister", VIETNAM)),
        reading("c", "en", role(person("Bui Thanh Hai"), "minister", VIETNAM)),
        reading("d", "vi", role(person("Bùi Thanh Hà", "vi"), "minister", VIETNAM)),
    ]
    found = ids(resolved(*readings))
    one_person = {found["a", "裴青海"], found["b", "Bùi Thanh Hải"], found["c", "Bui Thanh Hai"]}
    assert len(one_person) == 1
    assert found["d", "Bùi Thanh Hà"] not in one_person
    assert {merge.rule for merge in resolved(*readings).merges} >= {"sino-vietnamese"}


def test_sino_vietnamese_reading_needs_vietnam() -> None:
    """A Chinese minister whose name can be read as a Vietnamese one stays himself."""
    chinese = (person("陈明海", "zh"), "minister", CHINA)
    assert not two(chinese, (person("Trần Minh Hải", "vi"), "minister", VIETNAM))
    untold = [
        reading("a", "zh", met(person("陈明海", "zh")), met(CHINA, 4)),
        reading("b", "vi", met(person("Trần Minh Hải", "vi"))),
    ]
    assert not one(untold, ("a", "陈明海"), ("b", "Trần Minh Hải"))


def test_vietnam_supports_a_reading_of_three_syllables() -> None:
    """In an article about Vietnam a name of three characters needs no post, one of two does."""
    about = [met(place("越南", "zh", "place/vietnam"), 4)]
    readings = [
        reading("a", "zh", met(person("阮红延", "zh")), met(person("苏林", "zh")), *about),
        reading("b", "vi", met(person("Nguyễn Hồng Diên", "vi")), met(person("Tô Lâm", "vi"))),
    ]
    assert one(readings, ("a", "阮红延"), ("b", "Nguyễn Hồng Diên"))
    assert not one(readings, ("a", "苏林"), ("b", "Tô Lâm"))


def test_two_readings_that_fit_keep_all_apart() -> None:
    """Where two people of one post fit the characters, none is chosen."""
    readings = [
        reading("a", "zh", role(person("阮文雄", "zh"), "minister", VIETNAM)),
        reading("b", "vi", role(person("Nguyễn Văn Hùng", "vi"), "minister", VIETNAM)),
        reading("c", "vi", role(person("Nguyễn Vân Hùng", "vi"), "minister", VIETNAM)),
    ]
    found = ids(resolved(*readings, reading("d", "zh", role(person("阮云雄", "zh"), "minister", VIETNAM))))
    assert found["a", "阮文雄"] == found["b", "Nguyễn Văn Hùng"]
    assert found["d", "阮云雄"] == found["c", "Nguyễn Vân Hùng"]
    bare = [*readings[:1], reading("b", "en", role(person("Nguyễn Văn Hùng", "vi"), "minister", VIETNAM))]
    assert one([*bare, readings[2]], ("a", "阮文雄"), ("b", "Nguyễn Văn Hùng"))


@pytest.mark.parametrize(
    ("characters", "latin"),
    [
        ("王毅", "Wang Yi"),
        ("李强", "Li Qiang"),
        ("罗照辉", "Luo Zhaohui"),
        ("羅照輝", "Zhaohui Luo"),
        ("曾培炎", "Zeng Peiyan"),
    ],
)
def test_pinyin_with_the_same_post(characters: str, latin: str) -> None:
    """Characters are the name in pinyin, family name first or last, where both hold the post."""
    assert two((person(characters, "zh"), "foreign-minister", CHINA), (person(latin), "foreign-minister", CHINA))


def test_pinyin_needs_the_same_post() -> None:
    """Many people are called Wang Yi."""
    assert not two((person("王毅", "zh"), "foreign-minister", CHINA), (person("Wang Yi"), "director", CHINA))
    assert not two((person("王毅", "zh"), "foreign-minister", CHINA), (person("Wang Li"), "foreign-minister", CHINA))


def test_two_names_in_characters_of_one_pinyin_are_not_chosen_from() -> None:
    """Where 王毅 and 王义 hold the post that Wang Yi holds, he is neither."""
    readings = [
        reading("a", "zh", role(person("王毅", "zh"), "director", CHINA)),
        reading("b", "zh", role(person("王义", "zh"), "director", CHINA)),
        reading("c", "en", role(person("Wang Yi"), "director", CHINA)),
    ]
    assert len({key for key in ids(resolved(*readings)).values() if key.startswith("person/")}) == 3


EU = body("European External Action Service")


@pytest.mark.parametrize(
    ("characters", "latin"),
    [
        ("约瑟普·博雷利", "Josep Borrell"),
        ("安东尼奥·古特雷斯", "António Guterres"),
        ("埃里克·索尔海姆", "Erik Solheim"),
        ("马克·吕特", "Mark Rutte"),
        ("巴罗", "Jean-Noël Barrot"),
    ],
)
def test_transliteration_with_the_same_post_in_the_same_place(characters: str, latin: str) -> None:
    """The consonants agree, and both hold the post of the country."""
    assert two((person(characters, "zh"), "minister", NORWAY), (person(latin), "minister", NORWAY))


@pytest.mark.parametrize(
    ("characters", "latin", "place_of_latin"),
    [
        ("约瑟普·博雷利", "Kaja Kallas", NORWAY),
        ("约瑟普·博雷利", "Josep Borrell", JAPAN),
        ("约瑟普·博雷利", "Josep Borrell", None),
        ("高市早苗", "Sanae Takaichi", NORWAY),
    ],
)
def test_transliteration_without_sound_or_place_keeps_apart(
    characters: str, latin: str, place_of_latin: Name | None
) -> None:
    """Another sound, another country or no country at all."""
    assert not two((person(characters, "zh"), "minister", NORWAY), (person(latin), "minister", place_of_latin))


RUSSIA = place("Russia", known="place/russia")
UKRAINE = place("Ukraine", known="place/ukraine")
KOREA = place("South Korea", known="place/south-korea")


@pytest.mark.parametrize(
    ("text", "language", "latin"),
    [
        ("Сергей Лавров", "ru", "Sergey Lavrov"),
        ("Сергей Лавров", "ru", "Sergueï Lavrov"),
        ("세르게이 라브로프", "ko", "Sergei Lavrov"),
        ("セルゲイ・ラブロフ", "ja", "Sergej Lawrow"),
        ("سيرغي لافروف", "ar", "Sergey Lavrov"),
        ("Σεργκέι Λαβρόφ", "el", "Sergey Lavrov"),
    ],
)
def test_a_name_in_another_script_with_the_same_post(text: str, language: str, latin: str) -> None:
    """The consonants agree, and both hold one post of one country."""
    assert two((person(text, language), "foreign-minister", RUSSIA), (person(latin), "foreign-minister", RUSSIA))


@pytest.mark.parametrize(
    ("text", "language", "latin", "its"),
    [
        ("希尔德·索尔巴肯", "zh", "Hilde Solbakken", "nb"),
        ("Осмунд Аукруст", "ru", "Åsmund Aukrust", "nb"),
        ("Маргарита Сантана", "ru", "Margarida Santana", "pt"),
    ],
)
def test_a_long_name_in_another_script_needs_no_country(text: str, language: str, latin: str, its: str) -> None:
    """One article says of what country the post is, the other only names the post; the consonants are many."""
    one, other = person(text, language), person(latin, its)
    assert two((one, "ambassador", NORWAY), (other, "ambassador", None))
    assert two((one, "ambassador", None), (other, "ambassador", None))
    assert not two((one, "ambassador", NORWAY), (other, "ambassador", JAPAN))
    assert not two((one, "ambassador", None), (other, "minister", None))
    assert not two((one, "ambassador", None), (person("Hildur Steinbakk"), "ambassador", None))


@pytest.mark.parametrize(
    ("text", "language", "latin", "there", "here"),
    [
        ("Сергей Лавров", "ru", "Dmitry Medvedev", RUSSIA, RUSSIA),
        ("Сергей Лавров", "ru", "Sergey Lavrov", RUSSIA, UKRAINE),
        ("Сергей Лавров", "ru", "Sergey Lavrov", RUSSIA, None),
        ("조태열", "ko", "Park Jin", KOREA, KOREA),
        ("カヤ", "ja", "Kaja Kallas", RUSSIA, RUSSIA),
    ],
)
def test_another_script_without_sound_or_place_keeps_apart(
    text: str, language: str, latin: str, there: Name, here: Name | None
) -> None:
    """Another name, another country, a post without one, or too few sounds."""
    assert not two((person(text, language), "foreign-minister", there), (person(latin), "foreign-minister", here))


def test_scripts_meet_without_latin_letters() -> None:
    """Russian and Korean articles alone; the entity bears the Latin spelling once one comes."""
    russian, korean = person("Денис Шмыгаль", "ru"), person("데니스 슈미할", "ko")
    first = (russian, "prime-minister", UKRAINE)
    assert two(first, (korean, "prime-minister", UKRAINE))
    readings = [
        reading("a", "ru", role(*first)),
        reading("b", "ko", role(korean, "prime-minister", UKRAINE)),
        reading("c", "de", role(person("Denys Schmyhal", "de"), "prime-minister", UKRAINE)),
    ]
    found = ids(resolved(*readings))
    assert found["a", russian.text] == found["b", korean.text] == "person/denys-schmyhal"


def test_two_latin_names_that_one_in_another_script_may_be_are_not_chosen_from() -> None:
    """Petrov and Pietrow are two, and Петров is neither."""
    readings = [
        reading("a", "ru", role(person("Иван Петров", "ru"), "minister", RUSSIA)),
        reading("b", "en", role(person("Ivan Petrov"), "minister", RUSSIA)),
        reading("c", "en", role(person("Iven Batrov"), "minister", RUSSIA)),
    ]
    found = ids(resolved(*readings))
    assert len({found["a", "Иван Петров"], found["b", "Ivan Petrov"], found["c", "Iven Batrov"]}) == 3


def test_a_korean_name_without_a_blank_is_a_full_one() -> None:
    """조태열 is told by his listed family name: 조 in his article is he, and Cho Tae-yul of the same post too."""
    readings = [
        reading("a", "ko", role(person("조태열", "ko"), "foreign-minister", KOREA), met(person("조", "ko"))),
        reading("b", "en", role(person("Cho Tae-yul"), "foreign-minister", KOREA)),
    ]
    found = ids(resolved(*readings))
    assert found["a", "조태열"] == found["a", "조"] == found["b", "Cho Tae-yul"]


def test_a_japanese_family_name_is_the_full_one_of_its_article_only() -> None:
    """岩屋 is 岩屋毅 where he is named, and not the 岩屋 of another article."""
    readings = [
        reading("a", "ja", met(person("岩屋毅", "ja")), met(person("岩屋", "ja"))),
        reading("b", "ja", met(person("岩屋", "ja"))),
    ]
    found = ids(resolved(*readings))
    assert found["a", "岩屋毅"] == found["a", "岩屋"] != found["b", "岩屋"]


def test_a_family_name_in_another_script_by_its_post() -> None:
    """グテーレス alone is António Guterres of the same post in the same body, and not of another."""
    un, au = body("United Nations", kind="InternationalOrganization"), body("African Union")
    full = (person("António Guterres"), "secretary-general", un)
    assert two((person("グテーレス", "ja"), "secretary-general", un), full)
    assert not two((person("グテーレス", "ja"), "secretary-general", au), full)


def test_one_name_in_the_letters_of_two_languages() -> None:
    """The same consonants and the same seat, in articles of two languages; not in one, nor in Vietnam."""
    french, vietnamese = person("Denys Chmygal", "fr"), person("Denys Shmyhal", "vi")
    assert two((french, "prime-minister", NORWAY), (vietnamese, "prime-minister", NORWAY))
    german, arabic = person("Asaad al-Schaibani", "de"), person("Assaad al-Chaibani", "fr")
    assert two((german, "foreign-minister", NORWAY), (arabic, "foreign-minister", NORWAY))
    russian, english = person("Sergej Lawrow", "de"), person("Sergey Lavrov")
    assert two((russian, "foreign-minister", NORWAY), (english, "foreign-minister", NORWAY))
    assert not two((person("Al Gore", "de"), "minister", NORWAY), (person("Al Kerr"), "minister", NORWAY))
    assert not two((french, "prime-minister", NORWAY), (vietnamese, "minister", NORWAY))
    assert not two((french, "prime-minister", NORWAY), (vietnamese, "prime-minister", None))
    assert not two((person("Anne Hansen"), "minister", NORWAY), (person("Anna Hanssen"), "minister", NORWAY))
    assert not two(
        (person("Tran Thanh Tam"), "minister", VIETNAM), (person("Tran Thanh Tom", "fr"), "minister", VIETNAM)
    )


def test_short_names_are_the_one_full_name_of_their_article() -> None:
    """Borrell, 博雷利 and Solheim within the article of the full name; the last word of a Vietnamese name."""
    readings = [
        reading("a", "en", met(person("Josep Borrell")), met(person("Borrell")), met(person("Ms Wells"))),
        reading("b", "zh", met(person("约瑟普·博雷利", "zh")), met(person("博雷利", "zh"))),
        reading("c", "vi", met(person("Nguyễn Hồng Diên", "vi")), met(person("Diên", "vi"))),
        reading("d", "en", met(person("Ursula von der Leyen")), met(person("von der Leyen"))),
    ]
    found = ids(resolved(*readings))
    assert found["a", "Borrell"] == found["a", "Josep Borrell"]
    assert found["b", "博雷利"] == found["b", "约瑟普·博雷利"]
    assert found["c", "Diên"] == found["c", "Nguyễn Hồng Diên"]
    assert found["d", "von der Leyen"] == found["d", "Ursula von der Leyen"]
    assert len(set(found.values())) == 5


def test_a_short_name_that_two_bear_goes_by_the_post() -> None:
    """President Ha is the one who is president; without a post Ha is neither."""
    both = [role(person("Trần Hồng Hà", "vi"), "minister"), role(person("Lê Thị Hà", "vi"), "president")]
    told = ids(resolved(reading("a", "vi", *both, role(person("Hà", "vi"), "president"))))
    assert told["a", "Hà"] == told["a", "Lê Thị Hà"]
    untold = ids(resolved(reading("a", "vi", *both, met(person("Hà", "vi")))))
    assert len(set(untold.values())) == 3


def test_short_names_of_two_articles_are_two_people() -> None:
    """Berg here and Berg there are not one, nor is Berg the Anna Berg of another article; but one minister is."""
    readings = [
        reading("a", "en", met(person("Berg"))),
        reading("b", "en", met(person("Berg"))),
        reading("c", "en", role(person("Anna Berg"), "minister", NORWAY)),
        reading("d", "en", role(person("Berg"), "minister", NORWAY)),
    ]
    found = ids(resolved(*readings))
    assert found["d", "Berg"] == found["c", "Anna Berg"]
    assert len({found["a", "Berg"], found["b", "Berg"], found["c", "Anna Berg"]}) == 3


def test_lone_family_names_in_one_post_are_one_person() -> None:
    """Two articles that know the minister by family name only; another country's is another."""
    readings = [
        reading("a", "en", role(person("Solheim"), "development-minister", NORWAY)),
        reading("b", "nb", role(person("Solheim", "nb"), "development-minister", place("Norge", "nb", "place/norway"))),
        reading("c", "en", role(person("Solheim"), "development-minister", JAPAN)),
    ]
    found = ids(resolved(*readings))
    assert found["a", "Solheim"] == found["b", "Solheim"] != found["c", "Solheim"]


def test_ids_are_readable() -> None:
    """The letters of the name without marks; pinyin where there are none; what one article says where names clash."""
    readings = [
        reading("a", "vi", met(person("Bùi Thị Đào", "vi")), met(person("王毅", "zh"))),
        reading("b", "en", met(person("Berg"))),
        reading("c", "en", met(person("Berg"))),
    ]
    assert set(ids(resolved(*readings)).values()) == {
        "person/bui-thi-dao", "person/wang-yi", "person/berg", "person/berg-c",
    }  # fmt: skip


def test_the_label_is_the_fullest_spelling_with_its_marks() -> None:
    """Bùi Thị Đào before Bui Thi Dao, in whatever language most articles are."""
    readings = [reading(f"a{n}", "en", met(person("Bui Thi Dao"))) for n in range(3)]
    resolution = resolved(*readings, reading("b", "vi", met(person("Bùi Thị Đào", "vi"))))
    entity = resolution.entity_of("b", person("Bùi Thị Đào", "vi"))
    assert entity.label == ("Bùi Thị Đào", "vi")
    assert entity.labels == (("Bui Thi Dao", "en"), ("Bùi Thị Đào", "vi"))
    assert entity.type == "Person"


def test_merges_say_why() -> None:
    """Each merge names its spellings, the rule and a sentence with a full stop."""
    readings = [
        reading("a", "zh", role(person("范明政", "zh"), "prime-minister", VIETNAM), event("会议")),
        reading("b", "vi", role(person("Phạm Minh Chính", "vi"), "prime-minister", VIETNAM)),
    ]
    merges = [merge for merge in resolved(*readings).merges if merge.entity == "person/pham-minh-chinh"]
    assert [merge.rule for merge in merges] == ["sino-vietnamese"]
    assert merges[0].names == (("Phạm Minh Chính", "vi", "b"), ("范明政", "zh", "a"))
    assert "both are prime minister of Vietnam" in merges[0].reason
    assert merges[0].reason.endswith(".")
