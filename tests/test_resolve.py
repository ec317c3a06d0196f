"""Resolution as a whole: order, speed, what a user's registry says, and the seeds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hand_readings import NORWAY, VIETNAM, body, day, event, ids, met, person, place, reading, resolved, role
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import ConferenceFact, Name, Reading
from kg.registry import load_registry
from kg.resolve import resolve
from kg.resolve.bags import bag
from kg.resolve.readings import load_readings
from kg.resolve.spelling import (
    alike,
    han_sounds,
    latin_slug,
    latin_sounds,
    pinyin,
    plain,
    simplified,
    sound_readings,
    sounds,
    tone_key,
    words,
)

SEEDS = Path(__file__).parent.parent / "seeds"


def many() -> list[Reading]:
    """Articles in several languages that share people, bodies, places and an event."""
    said = {"ordinal": 3, "startDate": day("2024-05-06"), "place": place("Oslo", known="place/oslo")}
    return [
        reading(
            "a",
            "en",
            event(
                "3rd Forum on Wells", organizer=body("Norway Union of Friendship Organizations", acronym="NUFO"), **said
            ),
            role(person("Trinh Van Hai"), "deputy-minister", VIETNAM),
            met(person("Hai")),
            published="2024-05-07",
        ),
        reading(
            "b",
            "vi",
            event("Diễn đàn lần thứ 3", organizer=body("Liên hiệp các tổ chức hữu nghị Na Uy", "vi"), **said),
            role(person("Trịnh Văn Hải", "vi"), "deputy-minister", VIETNAM),
            published="2024-05-07",
        ),
        reading(
            "c",
            "zh",
            event(
                "第三届论坛",
                organizer=body("挪威友好组织联合会", "zh"),
                **said,
            ),
            role(person("郑文海", "zh"), "deputy-minister", VIETNAM),
            met(body("NUFO", "zh")),
        ),
        reading("d", "nb", event("3. forum", organizer=body("Norges vennskapsunion", "nb"), **said), met(NORWAY, 3)),
        reading("e", "fr", met(person("Hai", "fr")), met(body("Union des pêcheurs", "fr"))),
    ]


def test_a_report_of_one_event_in_four_languages() -> None:
    """One person, one body, one event; what the fifth article names is others."""
    found = ids(resolved(*many()))
    people = {found["a", "Trinh Van Hai"], found["b", "Trịnh Văn Hải"], found["c", "郑文海"], found["a", "Hai"]}
    assert people == {"person/trinh-van-hai"}
    bodies = {key for (article, _), key in found.items() if key.startswith("organization/") and article != "e"}
    assert bodies == {"organization/norway-union-of-friendship-organizations"}
    assert len({resolved(*many()).conference_of(article, 0).id for article in "abcd"}) == 1
    assert found["e", "Hai"] not in people


@settings(max_examples=20, deadline=None)
@given(st.permutations(many()))
def test_the_order_of_articles_does_not_matter(readings: list[Reading]) -> None:
    """The same entities, ids, labels, merges and reasons."""
    assert resolved(*readings) == resolved(*many())


@settings(max_examples=20, deadline=None)
@given(st.sets(st.integers(0, len(many()) - 1)))
def test_every_name_of_any_choice_of_articles_is_resolved(chosen: set[int]) -> None:
    """No KeyError, no id twice, every id that is referred to is there."""
    resolution = resolved(*(many()[index] for index in sorted(chosen)))
    keys = [entity.id for entity in resolution.entities]
    assert len(keys) == len(set(keys))
    referred = {*resolution.names.values(), *resolution.conferences.values(), *resolution.editions.values()}
    assert referred | {merge.entity for merge in resolution.merges} <= set(keys)


def test_hash_seed_does_not_matter() -> None:
    """The same bytes from interpreters with different hash seeds."""
    code = "from test_resolve import many; from kg.resolve import resolve; print(resolve(many()))"
    outputs = set()
    for seed in ("1", "7"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        outputs.add(subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout)
    assert len(outputs) == 1


def test_five_thousand_names_take_time_in_proportion() -> None:
    """5,000 names of 1,000 articles, in under five seconds and well under four times what half of them take."""
    vowels = "aeiou"

    def name(n: int) -> str:
        return "".join("bdgklmnprst"[(n // 11**k) % 11] + vowels[(n // 5**k) % 5] for k in range(4)).title()

    def article(n: int) -> Reading:
        return reading(
            f"a{n}",
            "en",
            *(role(person(f"{name(n * 3 + k)} {name(n)}"), "minister", NORWAY) for k in range(3)),
            met(body(f"Friendship Union of {name(n % 500)}")),
            event("3rd Forum on Wells", ordinal=n % 40 + 1, organizer=body(f"Friendship Union of {name(n % 500)}")),
            met(place(name(n % 300))),
        )

    def seconds(count: int) -> float:
        readings = [article(n) for n in range(count)]
        start = time.process_time()
        resolved(*readings)
        return time.process_time() - start

    seconds(10)
    half, whole = seconds(500), seconds(1000)
    assert whole < 8 * half + 5  # far from quadratic, on any machine


def test_a_separate_name_undoes_a_merge(tmp_path: Path) -> None:
    """One line of a user's registry: this spelling is somebody else."""
    readings = [
        reading("a", "vi", role(person("Trịnh Văn Hải", "vi"), "minister", VIETNAM)),
        reading("b", "zh", role(person("郑文海", "zh"), "minister", VIETNAM)),
    ]
    assert set(ids(resolve(readings)).values()) == {"person/trinh-van-hai", "place/vietnam"}
    lines = tmp_path / "own.ttl"
    lines.write_text(
        "@prefix kg: <https://w3id.org/kg-news/ontology#> .\n"
        '<https://w3id.org/kg-news/id/person/trinh-van-hai> kg:separateName "郑文海"@zh .\n',
        encoding="utf-8",
    )
    found = ids(resolve(readings, registry=load_registry(lines)))
    assert found["a", "Trịnh Văn Hải"] == "person/trinh-van-hai"
    assert found["b", "郑文海"] == "person/zheng-wen-hai"


def test_every_merge_of_names_can_be_undone_by_one_line(tmp_path: Path) -> None:
    """Whatever the rule, the spelling that a line separates is another entity afterwards."""
    readings = [*many(), reading("f", "en", met(body("Ministry of Health")), met(NORWAY, 5))]
    readings += [reading("g", "fr", met(body("ministère de la Santé", "fr")), met(NORWAY, 5))]
    before = resolve(readings)
    lines = tmp_path / "own.ttl"
    tried = set()
    for merge in before.merges:
        entity = before.by_id[merge.entity]
        for text, language, article in merge.names:
            if entity.kind not in ("person", "organization") or (text, language) == entity.label:
                continue
            lines.write_text(
                "@prefix kg: <https://w3id.org/kg-news/ontology#> .\n"
                f'<https://w3id.org/kg-news/id/{entity.id}> kg:separateName "{text}"@{language} .\n',
                encoding="utf-8",
            )
            after = ids(resolve(readings, registry=load_registry(lines)))
            assert after[article, text] != entity.id, merge
            tried.add(merge.rule)
    assert tried >= {"same-letters", "same-concepts", "same-event", "sino-vietnamese", "acronym", "short-name"}


def test_a_separate_spelling_of_the_same_letters_leaves_the_id_to_the_other(tmp_path: Path) -> None:
    """Trinh Van Hai is somebody else, with an id of his own."""
    readings = [
        reading("a", "vi", met(person("Trịnh Văn Hải", "vi"))),
        reading("b", "en", met(person("Trinh Van Hai"))),
    ]
    lines = tmp_path / "own.ttl"
    lines.write_text(
        "@prefix kg: <https://w3id.org/kg-news/ontology#> .\n"
        '<https://w3id.org/kg-news/id/person/trinh-van-hai> kg:separateName "Trinh Van Hai"@en .\n',
        encoding="utf-8",
    )
    found = ids(resolve(readings, registry=load_registry(lines)))
    assert found["a", "Trịnh Văn Hải"] == "person/trinh-van-hai"
    assert found["b", "Trinh Van Hai"] == "person/trinh-van-hai-2"


def test_a_label_in_the_registry_forces_a_merge_and_not_same_as_forbids_one(tmp_path: Path) -> None:
    """Two spellings that no rule joins; two bodies that a rule would join."""
    readings = [
        reading("a", "en", met(person("Emi Sato")), met(body("Japan Women's Union"))),
        reading("b", "fr", met(person("E. Satō-Abe", "fr")), met(body("Union des femmes du Japon", "fr"))),
    ]
    before = ids(resolve(readings))
    assert before["a", "Emi Sato"] != before["b", "E. Satō-Abe"]
    assert before["a", "Japan Women's Union"] == before["b", "Union des femmes du Japon"]
    lines = tmp_path / "own.ttl"
    lines.write_text(
        "@prefix kg: <https://w3id.org/kg-news/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix id: <https://w3id.org/kg-news/id/> .\n"
        '<https://w3id.org/kg-news/id/person/emi-sato> skos:altLabel "E. Satō-Abe"@fr .\n'
        "<https://w3id.org/kg-news/id/organization/japan-women-union> kg:notSameAs\n"
        "  <https://w3id.org/kg-news/id/organization/union-des-femmes-du-japon> .\n",
        encoding="utf-8",
    )
    after = ids(resolve(readings, registry=load_registry(lines)))
    assert after["a", "Emi Sato"] == after["b", "E. Satō-Abe"] == "person/emi-sato"
    assert after["a", "Japan Women's Union"] != after["b", "Union des femmes du Japon"]


def test_nothing_gives_nothing() -> None:
    """No articles, no entities."""
    assert resolve([]).entities == ()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Bùi Thị Đào", "bui-thi-dao"),
        ("Norway's Red Cross", "norway-red-cross"),
        ("王毅", "wang-yi"),
        ("CARE/Hoa Kỳ", "care-hoa-ky"),
        ("Æsop Ørsted", "aesop-orsted"),
        ("Сергей Щербаков", "sergey-shcherbakov"),
        ("グテーレス", "guteresu"),
        ("조태열", "jotaeyeol"),
        ("أحمد", "hmd"),
        ("!", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    """ASCII, readable, whatever the script."""
    assert latin_slug(text) == slug


@given(st.text(max_size=30))
@example("⑴")
def test_every_text_has_a_plain_slug_and_bag(text: str) -> None:
    """Any text at all gives ASCII letters, digits and hyphens, and a bag."""
    assert all(char.isascii() and (char.isalnum() or char == "-") for char in latin_slug(text))
    assert bag(text, "en") == bag(text, "en")
    assert words(text) == tuple(word for word in words(text) if word)


def test_spelling_tables() -> None:
    """Readings, traditional characters, tones and sounds."""
    assert simplified("陳紅河") == "陈红河"
    assert pinyin("单曾")[0] == ("dan", "chan", "shan") or "shan" in pinyin("单曾")[0]
    assert pinyin("Oslo") == ()
    assert tone_key("Hòa") == tone_key("Hoà") != tone_key("Hoá")
    assert tone_key("Lý") == tone_key("Lí")
    assert latin_sounds("Borrell") == han_sounds("博雷利") == "PLL"
    assert sounds("Сергей Лавров") == sounds("Sergey Lavrov") == sounds("세르게이 라브로프") == ("SLK", "LPLP")
    assert sounds("غوتيريش") == sounds("グテーレス") == sounds("Guterres") == ("KTLS",)
    assert sound_readings("Bach") == {"PS", "PK"}
    assert sound_readings("Sergej") == {"SLKS", "SLK"}
    assert plain("ガザ") != plain("カサ")
    assert plain("Ёлкин") == plain("Елкин")
    assert alike("PLL", "PLL") == 1
    assert alike("", "PLL") == 0
    assert alike("ABC", "XYZ") == 0


def test_readings_table_is_well_formed() -> None:
    """Single characters, known kinds, every Vietnamese reading one syllable, no character twice under one reading."""
    tables = load_readings()
    for table in (tables.pinyin, tables.vietnamese):
        assert all(len(char) == 1 and len(found) == len(set(found)) for char, found in table.items())
    assert all(char in tables.pinyin for char in tables.vietnamese)
    assert all(" " not in one for found in tables.vietnamese.values() for one in found)
    assert not set(tables.simplified.values()) & set(map(chr, tables.simplified))


def test_a_line_of_an_unknown_kind_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File and line."""
    (tmp_path / "readings.tsv").write_text("# a comment\nwrong\ta\tb\n", encoding="utf-8")
    monkeypatch.setattr("kg.resolve.readings.data_folder", lambda _name: tmp_path)
    with pytest.raises(KgError) as error:
        load_readings.__wrapped__()
    assert error.value.where == f"{tmp_path / 'readings.tsv'}:2:1"


def test_seeds_are_one_event() -> None:
    """The five seeds: one conference, the deputy prime minister and both organizers each one, whatever the language."""
    from kg.extract import read_facts
    from kg.read import read_paths

    articles, _ = read_paths([SEEDS])
    read = {article.id: read_facts(article) for article in articles}
    resolution = resolve(list(read.values()))
    reported = {resolution.conferences[article.id, 0] for article in articles}
    assert len(articles) == 5
    assert len(reported) == 1
    found = ids(resolution)
    people = {key for (_, text), key in found.items() if text in ("Bui Thanh Son", "Bùi Thanh Sơn", "裴青山")}
    assert people == {"person/bui-thanh-son"}
    organizers = {
        resolution.entity_of(article, statement.value).acronyms
        for article, key in resolution.conferences
        if key == 0
        for fact in read[article].facts
        if isinstance(fact, ConferenceFact) and fact.key == 0
        for statement in fact.statements
        if statement.property == "organizer" and isinstance(statement.value, Name)
    }
    assert {("COMINGO",), ("VUFO",)} <= organizers
