"""The name registry: what is in it, how sure each spelling is, and what a user's own file may say."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg import registry
from kg.errors import KgError
from kg.lang import codes, kin
from kg.registry import KINDS, STRENGTHS, Entry, Label, load_registry, registry_files
from kg.vocab import BASE, KG

#: The alpha-2 codes of ISO 3166-1, and XK, which ISO leaves to users and everybody uses for Kosovo.
CODES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK "
)
#: Those that are like another go by its labels, but where they have their own.
LANGUAGES = tuple(code for code in codes() if kin(code) == (code,))
HEAD = (
    "@base <https://w3id.org/kg-news/id/> .\n@prefix kg: <https://w3id.org/kg-news/ontology#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)


def strengths(text: str, language: str) -> dict[str, str]:
    """Who bears this spelling in this language, and how surely; adjectives aside."""
    return {
        entry.id: label.strength
        for entry, label in load_registry().labels(language)
        if label.text == text and label.strength != "demonym"
    }


def adjectives(text: str, language: str) -> set[str]:
    """The places this adjective is of."""
    return {e.id for e, label in load_registry().labels(language) if (label.text, label.strength) == (text, "demonym")}


def write(folder: Path, body: str) -> Path:
    """A registry of a user's own."""
    path = folder / "mine.ttl"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_every_country_is_there_once() -> None:
    """ISO 3166-1 and Kosovo, each code on one place, and no other code."""
    codes = [entry.country for entry in load_registry().entries if entry.country]
    assert sorted(codes) == sorted(CODES.split())


def test_every_entry_has_a_label_to_show_in_every_language() -> None:
    """One preferred label each in every language, never an adjective or a short form.

    Bodies known abroad by their English or French name have it in those two languages at least.
    """
    for entry in load_registry().entries:
        shown = [label for label in entry.labels if label.preferred]
        told = [label.lang for label in shown if label.lang in LANGUAGES]
        wanted = told if entry.kind == "organization" and {"en", "fr"} <= set(told) else LANGUAGES
        assert told == [code for code in LANGUAGES if code in wanted], entry.id
        assert {label.strength for label in shown} <= {"strong", "weak", "acronym"}, entry.id


def test_no_spelling_names_two_entities_in_one_language() -> None:
    """Unless it is weak: what is matched without asking must be one thing."""
    for strength in (("strong", "acronym"), ("demonym",), ("short",)):
        bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for language in codes():
            for entry, label in load_registry().labels(*kin(language)):
                if label.strength in strength:
                    bearers[label.text, language].add(entry.id)
        assert {key: ids for key, ids in bearers.items() if len(ids) > 1} == {}


def test_ids_are_readable_and_kinds_and_classes_fit() -> None:
    """ASCII slugs; a place is a kg:Place, a body one of the classes of bodies."""
    bodies = {"Organization", "GovernmentBody", "NonGovernmentalOrganization", "InternationalOrganization"}
    classes = {"place": {"Place"}, "person": {"Person"}, "organization": bodies | {"MediaOrganization"}}
    for entry in load_registry().entries:
        assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", entry.id), entry.id
        assert entry.kind == entry.id.partition("/")[0]
        assert entry.type in classes[entry.kind], entry.id


def test_links_lead_somewhere() -> None:
    """Countries of cities have a code, seats are places, what is kept apart is kept apart both ways."""
    entries = load_registry().by_id
    for entry in entries.values():
        for link in (entry.in_country, entry.capital_of):
            assert not link or entries[link].country or link == "organization/european-union", entry.id
        assert not entry.based_in or entries[entry.based_in].kind == "place", entry.id
        own = entry.capital_of in (entry.in_country, "organization/european-union")  # Brussels, where it gives
        assert not entry.capital_of or own, entry.id
        for other in entry.not_same_as:
            assert entry.id in entries[other].not_same_as, (entry.id, other)


def test_capitals_are_one_a_country() -> None:
    """So that "Madrid will pay" can be read as what Spain pays."""
    capitals = [entry.capital_of for entry in load_registry().entries if entry.capital_of]
    assert len(capitals) == len(set(capitals)) > 160


@pytest.mark.parametrize(
    ("text", "language", "entity"),
    [
        ("Viet Nam", "en", "place/vietnam"),
        ("Việt Nam", "vi", "place/vietnam"),
        ("越南", "zh", "place/vietnam"),
        ("Hàn Quốc", "vi", "place/south-korea"),
        ("Republic of Korea", "en", "place/south-korea"),
        ("韓國", "zh", "place/south-korea"),
        ("刚果（金）", "zh", "place/democratic-republic-of-the-congo"),
        ("Burma", "nb", "place/myanmar"),
        ("Palestinian territories", "en", "place/palestine"),
        ("Cisjordanie", "fr", "place/west-bank"),
        ("Genf", "de", "place/geneva"),
        ("Ginebra", "es", "place/geneva"),
        ("日內瓦", "zh", "place/geneva"),
        ("Hà Nội", "vi", "place/hanoi"),
        ("東南亞", "zh", "place/southeast-asia"),
        ("Verdensbanken", "nb", "organization/world-bank"),
        ("Nations unies", "fr", "organization/united-nations"),
        ("Liên Hợp Quốc", "vi", "organization/united-nations"),
        ("新华社", "zh", "organization/xinhua"),
        ("Flyktninghjelpen", "nb", "organization/norwegian-refugee-council"),
        ("古特雷斯", "zh", "person/antonio-guterres"),
    ],
)
def test_common_spellings_are_strong(text: str, language: str, entity: str) -> None:
    """News spellings in their languages name their entity at once."""
    assert strengths(text, language) == {entity: "strong"}


@pytest.mark.parametrize(
    ("text", "language", "entity"),
    [
        ("Georgia", "en", "place/georgia"),
        ("Jordan", "en", "place/jordan"),
        ("Turkey", "en", "place/turkey"),
        ("Chad", "en", "place/chad"),
        ("Nice", "fr", "place/nice"),
        ("Ý", "vi", "place/italy"),
        ("Anh", "vi", "place/united-kingdom"),
        ("Đức", "vi", "place/germany"),
        ("Nga", "vi", "place/russia"),
        ("Pháp", "vi", "place/france"),
        ("Mỹ", "vi", "place/united-states"),
        ("Man", "nb", "place/isle-of-man"),
        ("Maurice", "fr", "place/mauritius"),
        ("会安", "zh", "place/hoi-an"),
        ("Plan", "en", "organization/plan-international"),
        ("the Fund", "en", "organization/international-monetary-fund"),
    ],
)
def test_words_that_are_also_something_else_are_weak(text: str, language: str, entity: str) -> None:
    """A given name, a common word or a river must not become a place by itself."""
    assert strengths(text, language) == {entity: "weak"}


@pytest.mark.parametrize("text", ["Congo", "Red Cross", "Security Council", "Korea", "America", "Care"])
def test_shared_names_are_never_strong(text: str) -> None:
    """Names several entities go by."""
    assert set(strengths(text, "en").values()) == {"weak"}


@pytest.mark.parametrize("text", ["turkey", "march", "care", "path", "fund", "union", "committee", "vietnam", "us"])
def test_common_words_are_not_there(text: str) -> None:
    """No entity is spelled like a common word in small letters."""
    assert strengths(text, "en") == {}


@pytest.mark.parametrize(
    ("text", "language", "entity"),
    [
        ("UN", "vi", "organization/united-nations"),
        ("CARE", "fr", "organization/care-international"),
        ("PATH", "fr", "organization/path"),
        ("US", "en", "place/united-states"),
        ("FN", "nb", "organization/united-nations"),
    ],
)
def test_acronyms(text: str, language: str, entity: str) -> None:
    """Matched in their own case; those without a language in every language."""
    assert strengths(text, language) == {entity: "acronym"}


@pytest.mark.parametrize(("text", "language"), [("FN", "en"), ("BAD", "en"), ("UE", "nb"), ("US", "fr")])
def test_acronyms_of_one_language_stay_in_it(text: str, language: str) -> None:
    """What is an acronym in one language is a word, or nothing, in another."""
    assert strengths(text, language) == {}


@pytest.mark.parametrize(
    ("text", "language", "entity"),
    [
        ("Japanese", "en", "place/japan"),
        ("japonaises", "fr", "place/japan"),
        ("belge", "fr", "place/belgium"),
        ("grecque", "fr", "place/greece"),
        ("japanske", "nb", "place/japan"),
        ("japanischer", "de", "place/japan"),
        ("japonesas", "es", "place/japan"),
        ("alemana", "es", "place/germany"),
        ("española", "es", "place/spain"),
        ("nigérien", "fr", "place/niger"),
        ("nigérian", "fr", "place/nigeria"),
    ],
)
def test_adjectives_in_every_inflection(text: str, language: str, entity: str) -> None:
    """The word before a title that says whose minister it is."""
    assert adjectives(text, language) == {entity}


@pytest.mark.parametrize(("text", "language"), [("Congolese", "en"), ("English", "en"), ("congolais", "fr")])
def test_adjectives_that_do_not_say_whose(text: str, language: str) -> None:
    """Two Congos; a language more than a country."""
    assert adjectives(text, language) == set()


def test_chinese_short_forms_are_short_only() -> None:
    """One character stands for a country in compounds and nowhere else."""
    for entry in load_registry().entries:
        for label in entry.labels:
            if label.lang == "zh" and len(label.text) == 1:
                assert label.strength == "short", label
    assert strengths("美", "zh") == {"place/united-states": "short"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organization/norwegian-refugee-council", "organization/united-nations-high-commissioner-for-refugees"),
        (
            "organization/international-committee-of-the-red-cross",
            "organization/international-federation-of-red-cross-and-red-crescent-societies",
        ),
        ("place/republic-of-the-congo", "place/democratic-republic-of-the-congo"),
        ("place/south-korea", "place/north-korea"),
        ("place/guinea", "place/equatorial-guinea"),
    ],
)
def test_kept_apart(one: str, other: str) -> None:
    """Entities whose names are near each other's, in either order."""
    assert load_registry().apart(one, other)
    assert load_registry().apart(other, one)


def test_not_kept_apart() -> None:
    """Nothing is said of others, known or not."""
    assert not load_registry().apart("place/japan", "place/vietnam")
    assert not load_registry().apart("person/nobody", "place/japan")


def test_label_to_show() -> None:
    """In the language asked for, else in English, else the id."""
    japan = load_registry().by_id["place/japan"]
    assert japan.label("vi") == ("Nhật Bản", "vi")
    assert japan.label("sw") == ("Japan", "en")
    assert Entry("person/jane-doe", "person", "").label("en") == ("jane-doe", "")


def test_files_say_only_what_the_registry_understands() -> None:
    """What a user's file is checked for holds for our own."""
    for path in registry_files():
        for iri, rows in registry._read(path, path.read_bytes()).items():
            faults = [fault for row in rows if (fault := registry._fault(iri, row, base=BASE)[0])]
            assert faults == [], path


def test_files_are_sorted_and_labels_stand_in_their_language() -> None:
    """A block is found by its name; labels/places-de.ttl holds German and nothing else."""
    for path in registry_files():
        text = path.read_text(encoding="utf-8")
        for section in re.split(r"^# ", text, flags=re.MULTILINE):
            names = re.findall(r"^(\w+:[a-z0-9-]+) ", section, flags=re.MULTILINE)
            assert names == sorted(names), path
        if path.parent.name == "labels":
            tags = {quad.object.language for quad in parse(input=text, format=RdfFormat.TURTLE)}
            assert tags == {path.stem.rpartition("-")[2]}


def test_reading_is_done_once() -> None:
    """What was read is kept."""
    registry._bundled.cache_clear()
    registry._bundled_statements.cache_clear()
    first = load_registry()
    assert load_registry() is first


def test_a_user_parts_and_forces_names(tmp_path: Path) -> None:
    """One line undoes a merge, one forces it, one keeps two entities apart."""
    path = write(
        tmp_path,
        '<person/jane-doe> skos:altLabel "无名氏"@zh ; kg:separateName "J. Doe"@en .\n'
        "<organization/a> kg:notSameAs <organization/b> .\n",
    )
    mine = load_registry(path)
    jane = mine.by_id["person/jane-doe"]
    assert (jane.kind, jane.type, jane.separate_names) == ("person", "Person", (("J. Doe", "en"),))
    assert jane.labels == (Label("无名氏", "zh", "strong"),)
    assert mine.apart("organization/b", "organization/a")
    assert len(mine.entries) == len(load_registry().entries) + 2
    assert "person/jane-doe" not in load_registry().by_id


def test_a_user_takes_a_spelling_from_a_registered_entity(tmp_path: Path) -> None:
    """A separate name is no label any more, and a weak one no longer strong."""
    path = write(tmp_path, '<place/japan> kg:separateName "Japon"@fr ; kg:weakLabel "Japan"@nb .\n')
    japan = load_registry(path).by_id["place/japan"]
    assert [label for label in japan.labels if label.lang == "fr" and label.strength != "demonym"] == []
    assert Label("Japan", "nb", "weak", preferred=True) in japan.labels
    assert japan.country == "JP"


def test_a_user_with_another_base(tmp_path: Path) -> None:
    """Entities are named as the user's graph names them."""
    body = '<https://example.org/id/person/jane-doe> skos:altLabel "Jane"@en .\n'
    mine = load_registry(write(tmp_path, body), base="https://example.org/id/")
    assert "person/jane-doe" in mine.by_id
    with pytest.raises(KgError, match="no entity of this graph"):
        load_registry(write(tmp_path, body))


@pytest.mark.parametrize(
    ("body", "message", "place"),
    [
        ('<person/a> kg:seperateName "A"@en .', r"no property kg:seperateName(.|\n)*kg:separateName\?", ":4:"),
        ('\n<person/a> skos:altLabel "A" .', "has no language", ":5:"),
        ("<person/a> skos:altLabel <person/b> .", "not a text", ":4:"),
        ('<person/a> skos:altLabel " "@en .', "not a text", ":4:"),
        ('<thing/a> skos:altLabel "A"@en .', "no entity of this graph", ":4:"),
        ('<person/> skos:altLabel "A"@en .', "no entity of this graph", ":4:"),
        ('<https://example.org/a> skos:altLabel "A"@en .', "no entity of this graph", ":4:"),
        ('<place/a> kg:countryCode "vn" .', "no ISO 3166-1 country code", ":4:"),
        ('<person/a> kg:notSameAs "B"@en .', "wants an entity", ":4:"),
        ("<person/a> kg:notSameAs <https://example.org/b> .", "wants an entity", ":4:"),
        ("<person/a> a skos:Concept .", "no class of kg", ":4:"),
        ("<person/a> kg:notSameAs [] .", "blank nodes", ":4:"),
        ('[] skos:altLabel "A"@en .', "no entity of this graph", ":4:"),
        ('<person/a> skos:altLabel "A"@en', "not Turtle: Unexpected end", ":5:"),
        ('x:person skos:altLabel "A"@en .', "not Turtle: The prefix x: has not", ":4:"),
    ],
)
def test_what_a_wrong_file_gets(tmp_path: Path, body: str, message: str, place: str) -> None:
    """A message, the file and the line; where it helps, what to write instead."""
    path = write(tmp_path, body + "\n")
    with pytest.raises(KgError, match=message) as caught:
        load_registry(path)
    assert caught.value.where.startswith(str(path) + place)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """No such file, or a folder: an error that names it."""
    for path in (tmp_path / "none.ttl", tmp_path):
        with pytest.raises(KgError, match="cannot read the registry") as caught:
            load_registry(path)
        assert caught.value.where == str(path)


@given(
    st.permutations(
        [
            (f"{KG}weakLabel", "Jordan", "en"),
            ("http://www.w3.org/2004/02/skos/core#prefLabel", "Jordan", "en"),
            ("http://www.w3.org/2004/02/skos/core#altLabel", "Jordan", "en"),
            (f"{KG}demonym", "Jordan", "en"),
            ("http://www.w3.org/2004/02/skos/core#altLabel", "约旦", "zh"),
            (f"{KG}acronym", "JO", ""),
        ]
    )
)
def test_labels_do_not_depend_on_the_order_of_statements(rows: list[tuple[str, str, str]]) -> None:
    """The weaker word wins, the label to show stays it, adjectives are kept beside names."""
    assert registry._labels(rows, set()) == (
        Label("JO", "", "acronym"),
        Label("Jordan", "en", "weak", preferred=True),
        Label("Jordan", "en", "demonym"),
        Label("约旦", "zh", "strong"),
    )


def test_kinds_and_strengths_are_those_of_the_contract() -> None:
    """Other stages know them by these words."""
    assert set(KINDS) == {"place", "organization", "person", "conference", "series"}
    assert STRENGTHS == ("strong", "weak", "acronym", "short", "demonym")
    assert {label.strength for entry in load_registry().entries for label in entry.labels} == set(STRENGTHS)
