"""``kg.gaps``: sentences that should have given a fact and did not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.build import build
from kg.cli import main
from kg.extract import read_facts
from kg.gaps import Gap, gaps
from kg.model import Article
from kg.read import read_text

READ = "Minister of Health Ada Lovelace met the press."
MONEY = "Oil cost 80 dollars more than a loaf."
DAY = "It rained on 4 December 2025 in the hills."
POST = "Nobody knew what a minister would say."
DULL = "The hills are green and the rivers are long."


def article(*sentences: str, language: str = "en") -> Article:
    """An article of these sentences, each a paragraph."""
    return read_text("\n\n".join(sentences), id="one", language=language, path="one.txt", published=date(2025, 12, 5))


def found(*sentences: str) -> list[tuple[str, ...]]:
    """The kinds of triggers of each gap."""
    return [
        tuple(dict.fromkeys(kind for kind, _ in gap.triggers)) for gap in gaps([read_facts(article(*sentences))]).gaps
    ]


@pytest.mark.parametrize(("sentence", "kind"), [(MONEY, "money"), (DAY, "date"), (POST, "post")])
def test_a_sentence_that_gave_nothing_is_a_gap(sentence: str, kind: str) -> None:
    """Money, a day or a post makes one expect a fact."""
    assert found(DULL, sentence) == [(kind,)]


@pytest.mark.parametrize("sentence", [READ, DULL])
def test_other_sentences_are_none(sentence: str) -> None:
    """One from which a rule read a post, and one that holds nothing to read."""
    assert found(DULL, sentence) == []


def test_a_gap_says_where_it_stands() -> None:
    """Article, language, file, line and column; the words that make one expect a fact; the whole sentence."""
    assert gaps([read_facts(article(DULL, MONEY))]).gaps == (
        Gap("one", "en", "one.txt", 3, 1, (("money", "80 dollars"),), MONEY),
    )  # fmt: skip
    assert gaps([read_facts(article(DULL, MONEY))]).gaps[0].place == "one.txt:3:1"


def test_a_place_that_is_not_known_is_left_out() -> None:
    """A text without a file has no lines either."""
    assert Gap("one", "en", "", 0, 0, (), "").place == ""


def test_counts_say_of_how_many() -> None:
    """By language and kind: gaps, and all sentences with that kind."""
    assert gaps([read_facts(article(READ, POST, DAY))]).counts() == [("en", "date", 1, 1), ("en", "post", 1, 2)]


def test_two_articles_are_told_apart() -> None:
    """Gaps come article by article."""
    other = read_text("Il a plu le 4 décembre 2025 dans les collines.", id="two", language="fr")
    coverage = gaps(map(read_facts, [article(DAY), other]))
    assert [gap.article for gap in coverage.gaps] == ["one", "two"]
    assert coverage.counts() == [("en", "date", 1, 1), ("fr", "date", 1, 1)]


def run(*args: object) -> Result:
    """``kg gaps`` with these arguments."""
    return CliRunner().invoke(main, ["gaps", *map(str, args)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one article that has one gap."""
    (tmp_path / "one.txt").write_text(f"{DULL} {DULL}\n\n{MONEY}\n", encoding="utf-8")
    return tmp_path


def test_the_command_lists_gaps(folder: Path) -> None:
    """A row for each sentence, in the formats of every table."""
    row = json.loads(run(folder, "--format", "json").stdout)[0]
    assert (row["article"], row["language"], row["kind"], row["words"]) == ("one", "en", "money", "80 dollars")
    assert row["place"].endswith("one.txt:3:1")
    assert row["sentence"] == MONEY


def test_the_command_counts_gaps(folder: Path) -> None:
    """By language and kind."""
    assert run(folder, "--counts", "--format", "csv").stdout == "language,kind,gaps,sentences\nen,money,1,1\n"


def test_what_cannot_be_read_is_named(folder: Path) -> None:
    """On standard error; the rest is read."""
    (folder / "two.txt").write_bytes(b"")
    result = run(folder, "--format", "json")
    assert "two.txt" in result.stderr
    assert len(json.loads(result.stdout)) == 1


def test_an_article_on_which_a_rule_breaks_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: the place of the fault, and the gaps of the others."""
    monkeypatch.setattr("kg.builder.reading.read_facts", lambda read: read_facts(read.nothing))
    result = CliRunner().invoke(main, ["gaps", str(folder)])
    assert result.exit_code == 0
    assert "a fault of kg in test_gaps.py:" in result.stderr


def test_the_articles_of_a_store(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give what their files give, when those are gone too."""
    store = tmp_path_factory.mktemp("gaps") / "store"
    (folder / "two.txt").write_text(f"{DULL} {READ}\n\n{DAY}\n", encoding="utf-8")
    build([folder], store=store)
    expected = run(folder, "--format", "json").stdout
    assert len(json.loads(expected)) == 2
    for file in folder.iterdir():
        file.unlink()
    assert run("--store", store, "--format", "json").stdout == expected
    assert run("--store", store, "--counts", "--format", "csv").stdout == (
        "language,kind,gaps,sentences\nen,money,1,1\nen,date,1,1\nen,post,0,1\n"
    )


def test_a_store_that_is_none_is_named(tmp_path: Path) -> None:
    """Exit 2, and what to do."""
    result = run("--store", tmp_path / "none")
    assert result.exit_code == 2
    assert "there is no store at" in result.stderr


def test_paths_or_a_store_are_needed(folder: Path) -> None:
    """Not neither, and not both."""
    assert run().exit_code == 2
    assert run(folder, "--store", folder).exit_code == 2
    assert run("no/such/folder").exit_code == 2
