"""README.md: its examples print what it shows, its tables are of today, its links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import readme
from gold_sets import ROOT, SETS
from picture import picture

from kg.cli import COMMANDS

README = readme.README.read_text(encoding="utf-8")
EXAMPLES = [found[0] for found in readme.EXAMPLE.finditer(README)]
#: How many triples there are changes with every label of the ontology.
TRIPLES = re.compile(r"[\d,]+ triples")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the examples are run."""
    folder = tmp_path_factory.mktemp("readme")
    readme.prepare(folder)
    return folder


@pytest.fixture(scope="module")
def today(folder: Path) -> str:
    """README.md as it would be written now, but for the scores."""
    return readme.examples(README, folder)


def blocks(text: str) -> list[str]:
    """Each example with what stands between it and the next heading: what it prints is part of it."""
    return [TRIPLES.sub("N triples", part.partition("\n## ")[0]) for part in re.split(readme.START, text)[1:]]


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=lambda number: EXAMPLES[number].splitlines()[1][:40])
def test_every_example_prints_what_is_shown(number: int, today: str) -> None:
    """All commands and programs were run, ended as they should, and printed this. If not: make readme."""
    assert blocks(README)[number] == blocks(today)[number]


@pytest.mark.parametrize("name", SETS)
def test_the_scores_are_those_of_today(name: str) -> None:
    """Each table, to the third decimal. If not: make readme."""
    if not SETS[name][1].exists():
        pytest.skip("what is in the seeds is told beside the repository in CI only")
    shown = {found[1]: found[0].split("\n", 1)[1] for found in readme.SCORES.finditer(README)}
    assert shown[name].splitlines() == readme.scores(name).splitlines()


def test_the_picture_is_of_the_graph_of_the_first_sentence(tmp_path: Path) -> None:
    """What is drawn is what is read. If not: make readme."""
    drawn = picture(readme.sentence(README), tmp_path)
    assert drawn == readme.PICTURE.read_text(encoding="utf-8")
    assert drawn.count("<rect") == 11
    assert drawn.count("marker-end") == 11
    assert re.search(r"\(docs/graph\.svg\)", README)


def test_every_command_has_an_example() -> None:
    """A heading, and a command that is run."""
    assert sorted(re.findall(r"^### (.*)$", README, flags=re.MULTILINE)) == sorted(COMMANDS)
    for name in COMMANDS:
        assert re.search(rf"^\$ kg {name}\b", README, flags=re.MULTILINE), name


def test_examples_write_into_one_folder(today: str, folder: Path) -> None:
    """Which git does not hold; nothing is left beside what was there."""
    assert {path.name for path in folder.iterdir()} == {"seeds", "store", "out"}
    assert "/out/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_two_commands_are_targets() -> None:
    """And so is each other target that is named."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)\b", README))
    assert {"graph", "test", "lint", "readme"} <= named
    assert named <= set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))


def test_links_lead_somewhere() -> None:
    """Files that are linked and rooms that are named exist."""
    named = {link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link}
    named |= set(re.findall(r"^\| `([\w/]+/)`", README, flags=re.MULTILINE))
    assert len(named) > 12
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_package_folder_is_a_room() -> None:
    """A stranger finds each in the table."""
    folders = {f"kg/{path.parent.name}/" for path in (ROOT / "kg").glob("*/__init__.py")}
    assert [name for name in sorted(folders) if f"`{name}`" not in README] == []


def test_the_python_that_is_asked_for() -> None:
    """README.md and the settings name the same version."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["requires-python"] == ">=" + re.findall(r"Python (3\.\d+) or later", README)[0]


def test_an_example_that_fails_is_told(tmp_path: Path) -> None:
    """With what it printed; and output is never taken for a command."""
    with pytest.raises(AssertionError, match=r"(?s)ends with 3:\noh"):
        readme.examples("```console\n$ echo oh; exit 3\n```\n", tmp_path)
    text = "```console\n$ printf 'a\\n> b\\n'\nold\n```\n"
    assert readme.examples(text, tmp_path) == "```console\n$ printf 'a\\n> b\\n'\na\n> b\n```\n"
