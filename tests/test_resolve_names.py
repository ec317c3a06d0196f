"""``kg names``: entities, merges with what undoes them, unknown names, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hand_readings import VIETNAM, body, day, event, ids, met, person, place, reading, role

from kg.build import build_readings
from kg.cli import main
from kg.names import merges
from kg.registry import load_registry
from kg.resolve import resolve
from kg.store import open_store, write_store
from kg.vocab import BASE

READINGS = [
    reading(
        "a", "vi", role(person("Trịnh Văn Hải", "vi"), "minister", VIETNAM), met(body("Tổ chức “Giếng\\Nước”", "vi"))
    ),
    reading(
        "b", "zh", role(person("郑文海", "zh"), "minister", VIETNAM), event("第三届论坛", startDate=day("2024-05-06"))
    ),
    reading("c", "en", met(place("Ribbon | Hall")), met(person("Trinh Van Hai"))),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three articles on disk."""
    folder = tmp_path_factory.mktemp("names") / "store"
    write_store(build_readings(READINGS, infer=False).store.quads(), base=BASE, path=folder)
    return folder


def run(*args: object) -> Result:
    """``kg names`` with these arguments."""
    return CliRunner().invoke(main, ["names", *map(str, args)], catch_exceptions=False)


def rows(store: Path, *args: str) -> list[dict[str, str]]:
    """What ``kg names --format json`` gives."""
    found = json.loads(run("--store", store, "--format", "json", *args).stdout)
    assert isinstance(found, list)
    return found


def test_entities_with_their_names_in_each_language(store: Path) -> None:
    """One row for each, people first; a column for each language."""
    found = rows(store)
    assert [row["entity"] for row in found][:2] == ["person/trinh-van-hai", "organization/to-chuc-gieng-nuoc"]
    assert found[0]["type"] == "Person"
    assert (found[0]["vi"], found[0]["zh"], found[0]["en"]) == ("Trịnh Văn Hải", "郑文海", "Trinh Van Hai")
    assert {row["entity"].partition("/")[0] for row in found} == {"person", "organization", "place", "conference"}


def test_merges_with_their_reasons(store: Path) -> None:
    """Names, rule, reason and the line that undoes it."""
    found = {row["rule"]: row for row in rows(store, "--merges")}
    assert set(found) == {"same-letters", "sino-vietnamese"}
    read = found["sino-vietnamese"]
    assert read["entity"] == "person/trinh-van-hai"
    assert "郑文海 (zh)" in read["names"]
    assert "both are minister of Vietnam" in read["reason"]
    assert '<https://w3id.org/kg-news/id/person/trinh-van-hai> kg:separateName "郑文海"@zh .' in read["undo"]


def test_what_undoes_a_merge_does_so(store: Path, tmp_path: Path) -> None:
    """The line is Turtle, and with it in a registry the names are two entities."""
    for merge in merges(open_store(store)):
        for number, line in enumerate(merge.undo):
            file = tmp_path / f"{merge.rule}-{number}.ttl"
            file.write_text("@prefix kg: <https://w3id.org/kg-news/ontology#> .\n" + line, encoding="utf-8")
            found = ids(resolve(READINGS, registry=load_registry(file)))
            keys = {key for (_, text), key in found.items() if text in {text for text, _ in merge.names}}
            assert len(keys) == 2


def test_unknown_names(store: Path) -> None:
    """What no registry entry and no merge placed; not Vietnam, not the minister."""
    found = [row["entity"] for row in rows(store, "--unknown")]
    assert found == ["organization/to-chuc-gieng-nuoc", "place/ribbon-hall"]


def test_formats(store: Path) -> None:
    """The same rows in every format; a bar does not break Markdown, wide characters keep columns in line."""
    expected = rows(store, "--unknown")
    table = run("--store", store, "--unknown").stdout.splitlines()
    assert table[0].split() == ["entity", "type", "en", "vi"]
    assert table[2].startswith("organization/to-chuc-gieng-nuoc  Organization")
    read = list(csv.DictReader(io.StringIO(run("--store", store, "--unknown", "--format", "csv").stdout)))
    assert read == expected
    tsv = run("--store", store, "--unknown", "--format", "tsv").stdout.splitlines()
    assert [line.split("\t")[0] for line in tsv[1:]] == [row["entity"] for row in expected]
    assert "| Ribbon \\| Hall |" in run("--store", store, "--unknown", "--format", "md").stdout
    lines = run("--store", store).stdout.splitlines()
    widths = {
        sum(2 if char in "郑文海" else 1 for char in line[: line.index("Trinh")]) for line in lines if "Trinh" in line
    }
    assert widths == {lines[0].index(" en ") + 1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("--format", "xml"), "'xml' is not one of"), (("--store", "nowhere"), "there is no store at 'nowhere'")],
)
def test_wrong_use_says_what_is_wrong(store: Path, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2 and the option's name, no traceback."""
    result = CliRunner().invoke(main, ["names", "--store", str(store), *arguments])
    assert result.exit_code == 2
    assert message in result.output
