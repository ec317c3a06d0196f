"""``kg build``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.graph import Graph

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


def run(*args: object, text: str | None = None) -> Result:
    """``kg build`` with these arguments."""
    return CliRunner().invoke(main, ["build", *map(str, args)], input=text)


def test_it_says_what_it_found(tmp_path: Path) -> None:
    """Articles by language, facts by kind, where the graph is; the store holds it."""
    result = run(SEEDS, "--store", tmp_path / "store")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Read 5 articles: 1 en, 1 fr, 1 nb, 1 vi, 1 zh." in result.stdout
    graph = Graph.open(tmp_path / "store")
    assert f"Wrote {len(graph):,} triples to {tmp_path / 'store'}." in result.stdout


def test_what_cannot_be_read_is_listed(tmp_path: Path) -> None:
    """On standard error, with the reason; the rest is built and the exit is 0."""
    (tmp_path / "empty.txt").write_text("")
    result = run(next(SEEDS.glob("000*")), tmp_path / "empty.txt", "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert "Read 1 article: 1 en." in result.stdout
    assert "Skipped 1 file:" in result.stderr
    assert "empty.txt: " in result.stderr


def test_strict_exits_2_and_builds_nothing(tmp_path: Path) -> None:
    """The same input under --strict."""
    (tmp_path / "empty.txt").write_text("")
    result = run(next(SEEDS.glob("000*")), tmp_path / "empty.txt", "--strict", "--store", tmp_path / "store")
    assert result.exit_code == 2
    assert "1 file could not be read, so nothing is built" in result.stderr
    assert "empty.txt: " in result.stderr
    assert not (tmp_path / "store").exists()


def test_what_in_a_folder_is_not_read_is_listed_too(tmp_path: Path) -> None:
    """It would be missed without a word; under --strict nothing is built. Of many, the first are named."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_bytes(next(SEEDS.glob("000*")).read_bytes())
    for number in range(60):
        (tmp_path / "news" / f"{number:02}.pdf").touch()
    result = run(tmp_path / "news", "--store", tmp_path / "store")
    assert result.exit_code == 0
    assert "Skipped 60 files:\n" in result.stderr
    assert "00.pdf: no form of article that is read (known suffixes: .txt " in result.stderr
    assert "59.pdf" not in result.stderr
    assert result.stderr.endswith("… and 10 more\n")
    strict = run(tmp_path / "news", "--strict", "--store", tmp_path / "other")
    assert strict.exit_code == 2
    assert "60 files could not be read, so nothing is built" in strict.stderr


def test_an_article_may_come_from_standard_input(tmp_path: Path) -> None:
    """``-`` beside files."""
    text = "Norway will give 12 million kroner for schools in Malawi, Minister Kari Berg said in Lilongwe on Monday.\n"
    result = run("-", "--store", tmp_path / "store", text=text * 2)
    assert result.exit_code == 0, result.stderr
    assert "Read 1 article: 1 en." in result.stdout


def test_options_reach_the_graph(tmp_path: Path) -> None:
    """--base and --no-infer."""
    base = "https://example.org/news/"
    run(next(SEEDS.glob("000*")), "--base", base, "--no-infer", "--store", tmp_path / "store")
    graph = Graph.open(tmp_path / "store")
    assert graph.store.base == base
    assert f"{base}graph/inferred" not in graph.export("nquads").decode()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing argument"),
        (["no/such/file.txt"], "does not exist"),
        ([SEEDS, "--base", "news"], "is no absolute IRI"),
        ([SEEDS, "--base", "https://example.org/news"], "does not end in '/' or '#'"),
        ([SEEDS, "--store", SEEDS], "is left alone"),
        ([SEEDS, "--store", "LICENSE"], "cannot be written"),
        ([SEEDS, "--infer=maybe"], "--infer"),
    ],
)
def test_wrong_use_is_told_plainly(
    args: list[object], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit 2, and nothing but the reason."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
    before = sorted(SEEDS.iterdir())
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert sorted(SEEDS.iterdir()) == before
