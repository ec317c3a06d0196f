"""``kg diff`` and ``kg info``: what two graphs say otherwise, in words; what is in a store."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.build import build
from kg.cli import main
from kg.diff import Change, diff, summary
from kg.errors import KgError
from kg.graph import Graph
from kg.info import Item, info
from kg.store import write_store
from kg.vocab import BASE

GIFT = "Japan pledged more than $95 million in aid to Laos for schools, Foreign Minister Haruto Sato said.\n"
FORUM = "The 4th Wells Forum was held in Hanoi on 5 May 2023. Some 40 NGOs took part in the forum.\n"


def run(*args: object) -> Result:
    """``kg`` with these arguments."""
    return CliRunner().invoke(main, [*map(str, args)], catch_exceptions=False)


def made(folder: Path, name: str, **texts: str) -> Path:
    """A store of articles."""
    news = folder / f"{name}-news"
    news.mkdir()
    for article, text in texts.items():
        (news / f"{article}.txt").write_text(text)
    build([news], store=folder / name)
    return folder / name


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store, one in which a sum and nothing else is another, and one with an article more."""
    folder = tmp_path_factory.mktemp("diff")
    return {
        "one": made(folder, "one", gift=GIFT),
        "other": made(folder, "other", gift=GIFT.replace("$95 million", "$97 million")),
        "more": made(folder, "more", gift=GIFT, forum=FORUM),
    }


def test_a_changed_sum_is_told_with_what_it_was(stores: dict[str, Path]) -> None:
    """One fact changed, in one article, with the words that say it now."""
    told = [item for item in diff(stores["one"], stores["other"]) if item.kind != "other triples"]
    assert [(item.change, item.article, item.kind) for item in told] == [("changed", "gift", "sum")]
    assert "95000000 USD" in told[0].before
    assert "97000000 USD" in told[0].fact
    assert "$97 million" in told[0].quotes[0]


def test_an_article_more_is_all_added(stores: dict[str, Path]) -> None:
    """And all removed the other way round."""
    added, removed = diff(stores["one"], stores["more"]), diff(stores["more"], stores["one"])
    assert {item.change for item in added} == {"added"}
    assert {item.change for item in removed} == {"removed"}
    assert {item.article for item in added} == {"forum", ""}
    assert {(item.kind, item.fact, item.quotes) for item in added} == {
        (item.kind, item.fact, item.quotes) for item in removed
    }
    forum = {item.kind: item for item in added}
    assert forum["number"].quotes
    assert "4th Wells Forum" in forum["report"].fact
    assert any(item.kind == "event" and item.fact.endswith(": Hanoi") for item in added)


@pytest.mark.parametrize("form", ["nq", "trig", "jsonld", "ttl", "nt", "rdf"])
def test_a_store_and_its_export_say_the_same(stores: dict[str, Path], form: str, tmp_path: Path) -> None:
    """In every format, on either side; an export of another graph does not."""
    file = tmp_path / f"graph.{form}"
    assert run("export", "--store", stores["more"], "-o", file).exit_code == 0
    assert (diff(stores["more"], file), diff(file, stores["more"])) == ([], [])
    assert {item.article for item in diff(stores["one"], file)} == {"forum", ""}


def test_an_export_under_another_base_is_read_as_such(tmp_path: Path) -> None:
    """The base is taken from the names of its graphs."""
    (tmp_path / "news.txt").write_text(GIFT)
    graph = build([tmp_path / "news.txt"], base="https://example.org/x/")
    (tmp_path / "x.nq").write_bytes(graph.export("nquads"))
    (tmp_path / "x.trig").write_bytes(graph.export("trig"))
    assert diff(tmp_path / "x.nq", tmp_path / "x.trig") == []


def test_the_command_prints_facts_by_article(stores: dict[str, Path]) -> None:
    """Exit 1 and a sign for each where they differ, exit 0 where they do not."""
    result = run("diff", stores["one"], stores["other"])
    assert result.exit_code == 1
    assert result.stdout.startswith("gift\n  ~ sum: more than 95000000 USD")
    assert "      “" in result.stdout
    same = run("diff", stores["one"], stores["one"])
    assert (same.exit_code, same.stdout) == (0, "Both say the same.\n")


def test_rows_and_counts_come_in_the_formats_of_other_commands(stores: dict[str, Path]) -> None:
    """JSON with what it was; CSV of the counts."""
    rows = json.loads(run("diff", stores["one"], stores["other"], "-f", "json").stdout)
    assert rows[0]["change"] == "changed"
    assert "95000000" in rows[0]["before"]
    counted = list(
        csv.DictReader(io.StringIO(run("diff", stores["one"], stores["other"], "--summary", "-f", "csv").stdout))
    )
    assert {"kind": "sum", "change": "changed", "count": "1"} in counted
    assert summary([Change("added", "", "other triples", "12")]) == [("other triples", "added", 12)]


def test_what_is_no_graph_is_told_plainly(stores: dict[str, Path], tmp_path: Path) -> None:
    """A folder that is no store, a file of no RDF format, a store that is not there."""
    (tmp_path / "letter.txt").write_text("dear")
    for wrong in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(KgError):
            diff(stores["one"], wrong)
    assert run("diff", stores["one"], tmp_path / "nowhere").exit_code == 2


def test_info_counts_what_the_store_holds(stores: dict[str, Path]) -> None:
    """Articles and facts by language and kind, entities by class, triples, what made it, bytes."""
    items = info(stores["more"])
    for wanted in (
        Item("articles", "all", "2"), Item("articles", "en", "2"), Item("facts", "aid figures", "1"),
        Item("facts in en", "conferences", "1"), Item("store", "base", BASE), Item("store", "inferences", "yes"),
    ):  # fmt: skip
        assert wanted in items
    value = {(item.about, item.name): item.value for item in items}
    assert value["triples", "merged"] == str(len(Graph.open(stores["more"])))
    assert int(value["bytes", "facts"]) > 100_000
    assert value["entities", "Person"] == "1"


def test_info_of_a_store_without_readings_says_what_it_can(tmp_path: Path, stores: dict[str, Path]) -> None:
    """One that was not made by a build."""
    quads = Graph.open(stores["one"]).store.quads(with_text=True)
    write_store(quads, base=BASE, path=tmp_path / "copy")
    items = info(tmp_path / "copy")
    assert Item("articles", "all", "1") in items
    assert not [item for item in items if item.about == "facts"]


def test_info_prints_rows() -> None:
    """A table by default; exit 2 without a store."""
    assert run("info", "--store", "nowhere").exit_code == 2


def test_info_comes_in_the_formats_of_other_commands(stores: dict[str, Path]) -> None:
    """Such as JSON."""
    rows = json.loads(run("info", "--store", stores["one"], "--format", "json").stdout)
    assert {"about": "articles", "name": "all", "value": "1"} in rows
