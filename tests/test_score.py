"""``kg.score``: the same figures as the public scorer, and gold files that are wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from gold_sets import GOLD, ROOT, SETS, graph

from kg.build import build
from kg.cli import main
from kg.errors import KgError
from kg.graph import Graph
from kg.score import score
from kg.score.gold import read_gold
from kg.score.identity import Identity
from kg.score.view import View, fold

SCORER = ROOT.parent / "shared" / "score" / "score.py"
SEEN = GOLD / "seen"
ENTRY = """\
- id: one
  lang: en
  people:
    - {names: [Ada Lovelace], positions: [minister]}
  aid:
    - {amount: 5000000, currency: USD, q: about}
  counts:
    - {value: 3, of: ngo}
  sectors: [health]
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk of one article of the development set."""
    folder = tmp_path_factory.mktemp("score") / "store"
    build([SEEN / "articles" / "en-02-japan-loan.txt"], store=folder)
    return folder


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gold of that article alone."""
    text = (SEEN / "gold.yaml").read_text(encoding="utf-8")
    entry = next(part for part in text.split("\n- id: ") if part.startswith("en-02-japan-loan"))
    path = tmp_path_factory.mktemp("gold") / "gold.yaml"
    path.write_text(f"- id: {entry}\n", encoding="utf-8")
    return path


@pytest.mark.skipif(not SCORER.exists(), reason="the public scorer stands beside the repository in CI only")
@pytest.mark.parametrize("name", ["seeds", "seen"])
def test_the_figures_are_those_of_the_public_scorer(name: str, tmp_path: Path) -> None:
    """Every language and kind, to the ninth decimal."""
    export = tmp_path / "graph.nq"
    export.write_bytes(graph(name).export("nquads", with_text=True))
    command = [sys.executable, SCORER, SETS[name][1], export, "--json"]
    wanted = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    figures = score(graph(name).store, SETS[name][1]).figures
    have = {(figure.language, figure.kind): figure.value for figure in figures}
    assert have.keys() == {(language, kind) for language, row in wanted.items() for kind in row}
    for (language, kind), value in have.items():
        assert value == pytest.approx(wanted[language][kind], abs=1e-9), (language, kind)


def test_misses_add_up_to_the_figures() -> None:
    """Each figure short of what was wanted or found has that many misses in words."""
    result = score(graph("seen").store, SETS["seen"][1])
    for figure in result.figures:
        if figure.language != "all" or figure.kind in ("identity", "mean"):
            continue
        assert figure.right is not None
        assert figure.wanted is not None
        lacking = figure.wanted - figure.right + ((figure.found or 0) - figure.right if figure.found is not None else 0)
        told = [miss for miss in result.misses if miss.kind == figure.kind]
        assert len(told) <= lacking
        assert bool(told) == bool(lacking) or figure.kind == "aid detail"


def test_an_article_that_was_not_built_counts_as_read_without_a_find(store: Path, gold: Path, tmp_path: Path) -> None:
    """Recall falls, precision does not."""
    both = tmp_path / "both.yaml"
    both.write_text(gold.read_text(encoding="utf-8") + ENTRY.replace("lang: en", "lang: xx"), encoding="utf-8")
    figures = {(f.language, f.kind): f for f in score(Graph.open(store).store, both).figures}
    assert figures["xx", "people"].value == 0
    assert figures["xx", "people"].precision is None
    assert figures["xx", "people"].recall == 0
    assert figures["all", "people"].precision == figures["en", "people"].precision


def test_identity_counts_pairs_across_articles() -> None:
    """Merged and the same, merged, the same; names join mentions through a third; one article's pairs do not count."""
    identity = Identity()
    identity.note("a", ["Bui Thanh Son"], "1")
    identity.note("b", ["裴青山"], "1")
    identity.note("c", ["裴青山", "Bùi Thanh Sơn"], "2")
    identity.note("c", ["Phan Anh Son"], "2")
    assert identity.tally() == (1, 1, 3)


@pytest.mark.parametrize(("one", "other"), [("Đà Nẵng", "da nang"), ("CARE/USA", "Care USA"), ("  L’État ", "l etat")])
def test_names_are_compared_without_case_and_marks(one: str, other: str) -> None:
    """And without diacritics and punctuation."""
    assert fold(one) == fold(other)


WRONG = [
    ("- id: [one\n", "gold.yaml:2:1: not valid YAML"),
    ("id: one\n", "gold.yaml:1: is not a list of articles"),
    ("- one\n", "gold.yaml:1: an article is not a set of keys and values"),
    ("- lang: en\n", "gold.yaml:1: an article has no 'id'"),
    ("- {id: one}\n", "gold.yaml:1: an article has no 'lang'"),
    (ENTRY + "  peple: []\n", "gold.yaml:10: unknown key 'peple'; did you mean 'people'?"),
    (ENTRY + "  sectors: []\n", "gold.yaml:10: the key 'sectors' stands twice"),
    (ENTRY + ENTRY, "gold.yaml:10: the article 'one' stands in line 1 already"),
    (ENTRY.replace("minister]", "ministre]"), "gold.yaml:4: 'ministre' is none of the positions; did you mean"),
    (ENTRY.replace("[health]", "[heath]"), "gold.yaml:9: 'heath' is none of the sectors; did you mean 'health'?"),
    (ENTRY.replace("of: ngo", "of: goat"), "gold.yaml:8: 'goat' is none of the countables"),
    (ENTRY.replace("q: about", "q: roughly"), "gold.yaml:6: 'roughly' is none of the qualifiers"),
    (ENTRY.replace("5000000", "five"), "gold.yaml:6: 'amount' is not a number above 0"),
    (ENTRY.replace("USD", "dollars"), "gold.yaml:6: 'currency' is not a currency code (USD)"),
    (ENTRY.replace("amount: 5000000, ", ""), "gold.yaml:6: an entry of 'aid' has no 'amount'"),
    (ENTRY + "  orgs: [VUFO]\n", "gold.yaml:10: an entry of 'orgs' is not a list of texts"),
    (ENTRY + "  published: 2025-02-30\n", "gold.yaml: not valid YAML"),
    (ENTRY, "none of the 1 articles in"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_a_wrong_gold_file_is_told_with_its_line(store: Path, tmp_path: Path, text: str, message: str) -> None:
    """Never a traceback, never a figure of half a file."""
    path = tmp_path / "gold.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as caught:
        score(Graph.open(store).store, path)
    assert message in str(caught.value)


def test_a_file_that_is_no_text_is_told(store: Path, tmp_path: Path) -> None:
    """Bytes that are no UTF-8."""
    path = tmp_path / "gold.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KgError, match="is not UTF-8"):
        score(Graph.open(store).store, path)


@pytest.mark.parametrize("name", ["seeds", "seen"])
def test_the_gold_of_the_sets_is_well_formed(name: str) -> None:
    """Under the very slugs of the graph."""
    if SETS[name][1].exists():
        assert read_gold(SETS[name][1], slugs=View(graph("seen").store).slugs())


def run(*args: object) -> Result:
    """``kg score`` with these arguments."""
    return CliRunner().invoke(main, ["score", *map(str, args)])


def test_the_command_prints_figures(store: Path, gold: Path) -> None:
    """One row for each language and kind, the mean last."""
    rows = json.loads(run(gold, "--store", store, "--format", "json").stdout)
    assert {row["language"] for row in rows} == {"en", "all"}
    assert rows[-1]["kind"] == "mean"
    assert all(0 <= float(row["score"]) <= 1 for row in rows if row["score"])


def test_the_command_prints_misses(store: Path, gold: Path, tmp_path: Path) -> None:
    """In words, with the article and the kind."""
    more = tmp_path / "more.yaml"
    more.write_text(gold.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    result = run(more, "--store", store, "--misses", "--format", "csv")
    assert result.exit_code == 0
    assert "one,en,people,Ada Lovelace as minister is missing" in result.stdout
    assert "one,en,sectors,health is missing" in result.stdout


def test_the_least_mean_decides_the_exit_code(store: Path, gold: Path, tmp_path: Path) -> None:
    """1 where the mean is below it, 2 for wrong use."""
    more = tmp_path / "more.yaml"
    more.write_text(gold.read_text(encoding="utf-8") + ENTRY, encoding="utf-8")
    assert run(more, "--store", store, "--min", "0.1").exit_code == 0
    failed = run(more, "--store", store, "--min", "0.99")
    assert failed.exit_code == 1
    assert "is below 0.99" in failed.stderr
    assert run(more, "--store", store, "--min", "2").exit_code == 2
    assert run("no-such.yaml", "--store", store).exit_code == 2
