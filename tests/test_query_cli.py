"""``kg query``, ``kg sparql`` and ``kg explain`` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import wells
from click.testing import CliRunner, Result

from kg.cli import main
from kg.query import queries

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little graph on disk."""
    return wells.on_disk(tmp_path_factory.mktemp("query") / "store")


def run(store: Path, *args: str, stdin: str | bytes | None = None) -> Result:
    """``kg`` with these arguments on that store."""
    return CliRunner(env={"KG_STORE": str(store)}).invoke(main, args, input=stdin)


def test_without_a_name_all_queries_are_listed(store: Path) -> None:
    """With question and parameters, for people and for programs."""
    result = run(store, "query")
    assert result.exit_code == 0
    for query in queries():
        assert query.name in result.stdout
    bindings = json.loads(run(store, "query", "--format", "json").stdout)["results"]["bindings"]
    listed = {each["query"]["value"]: each["parameters"]["value"] for each in bindings}
    assert listed["sectors"] == "--min INTEGER --language LANGUAGE"


def test_a_query_tells_of_itself(store: Path) -> None:
    """Question, parameters, their types and defaults."""
    result = run(store, "query", "aid-figures", "--help")
    assert "Every sum of money, article by article." in result.stdout
    assert "--min DECIMAL" in result.stdout
    assert "[default: 0.0]" in " ".join(result.stdout.split())


def test_a_query_with_a_parameter(store: Path) -> None:
    """A table for people."""
    result = run(store, "query", "sectors", "--min", "2")
    assert result.stdout.splitlines() == [
        "sector  articles  languages",
        "──────  ────────  ─────────",
        "health         2  en fr",
        "(1 row)",
    ]


def test_labels_and_quotes(store: Path) -> None:
    """``--lang`` picks labels, ``--cite`` adds quotes with article, place, language and rule."""
    result = run(store, "query", "sectors", "--min=2", "--lang", "nb,fr", "--cite")
    assert result.stdout.splitlines()[2:5] == [
        "helse          2  en fr",
        "    “health” [en] a-en, articles/a-en.txt:2:61, rule sector",
        "    “santé” [fr] b-fr, articles/b-fr.txt:2:66, rule sector",
    ]


def test_csv_has_label_columns_only_if_asked(store: Path) -> None:
    """Else it is what the query says, to the letter."""
    plain, labelled = (
        list(csv.DictReader(io.StringIO(run(store, "query", "sectors", "-f", "csv", *more).stdout)))
        for more in ([], ["--lang", "vi"])
    )
    assert list(plain[0]) == ["sector", "articles", "languages", "evidence"]
    assert labelled[0]["sectorLabel"] == "y tế"
    assert labelled[0]["sector"] == plain[0]["sector"] == "https://w3id.org/kg-news/sector/health"


def test_a_format_before_the_name_counts_too(store: Path) -> None:
    """``kg query -f md sectors``."""
    assert run(store, "query", "-f", "md", "sectors").stdout == run(store, "query", "sectors", "-f", "md").stdout


@pytest.mark.parametrize("form", ["turtle", "json-ld", "ntriples", "xml", "trig", "nquads"])
def test_a_construct_query_in_every_format(store: Path, form: str) -> None:
    """The same bytes every time."""
    first = run(store, "query", "conference-schema", "-f", form)
    assert first.exit_code == 0
    assert "wells-forum-2021" in first.stdout
    assert first.stdout_bytes == run(store, "query", "conference-schema", "-f", form).stdout_bytes


def test_json_ld_of_a_conference_is_compact(store: Path) -> None:
    """With the project's context, and no graph around it."""
    document = json.loads(run(store, "query", "conference-schema", "-f", "json-ld").stdout)
    assert document["@context"]["kg"] == "https://w3id.org/kg-news/ontology#"
    assert "kgid:conference/wells-forum-2021" in {node["id"] for node in document["@graph"]}


@pytest.mark.parametrize(("args", "message"), [
    (["query", "speaker"], "there is no query 'speaker'\n  Did you mean 'speakers'?"),
    (["query", "sectors", "--min", "many"], "--min: 'many' is not a whole number"),
    (["query", "sectors", "--max", "3"], "No such option"),
    (["query", "sectors", "extra"], "unexpected extra argument"),
    (["query", "posts", "--person", "Ana Ruis"], "Did you mean 'Ana Ruiz'?"),
    (["query", "posts", "--format", "turtle"], "--format: rows cannot be written as 'turtle'"),
    (["query", "conference-schema", "--format", "csv"], "--format: triples cannot be written as 'csv'"),
    (["query", "conference-schema", "--cite"], "--cite: only rows can be cited"),
    (["query", "posts", "--lang", "français"], "--lang: 'français' is not the code of a language"),
    (["query", "posts", "--store", "nowhere"], "there is no store at 'nowhere'"),
    (["sparql"], "Give a FILE (or -) or -e TEXT"),
    (["sparql", "-", "-e", "ASK {}"], "Give a FILE (or -) or -e TEXT"),
    (["sparql", "no-such-file.rq"], "does not exist"),
    (["sparql", "-e", "SELECT"], "-e:1:7: this is not SPARQL"),
    (["sparql", "-e", "DROP ALL"], "-e:1:1: DROP changes a graph; kg only asks"),
    (["sparql", "-e", "ASK { SERVICE <http://127.0.0.1:9/> {} }"], "-e:1:7: SERVICE asks another server"),
    (["sparql", "-e", "ASK {}", "-f", "md5"], "cannot be written as 'md5'"),
    (["explain"], "Missing argument 'NAME'"),
    (["explain", "Nobody at all"], "there is no person, organization, place, conference or series called"),
])  # fmt: skip
def test_wrong_use_is_exit_2(store: Path, args: list[str], message: str) -> None:
    """A message that says what to do, nothing on standard output, and no traceback."""
    result = run(store, *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)


def test_sparql_from_a_file_standard_input_or_an_argument(store: Path, tmp_path: Path) -> None:
    """One answer; a byte order mark does not matter. No rows are no failure."""
    text = "SELECT ?p { ?p a kg:Person }"
    file = tmp_path / "q.rq"
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    expected = "p\n────────\nAna Ruiz\n(1 row)\n"
    assert run(store, "sparql", str(file)).stdout == expected
    assert run(store, "sparql", "-", stdin=text).stdout == expected
    assert run(store, "sparql", "-e", text).stdout == expected
    none = run(store, "sparql", "-e", "SELECT ?p { ?p a kg:Nothing }")
    assert (none.exit_code, none.stdout.splitlines()[-1]) == (0, "(0 rows)")
    assert run(store, "sparql", "-e", "ASK {}").stdout == "yes\n"


def test_sparql_that_is_no_text(store: Path) -> None:
    """Named, with the byte."""
    result = run(store, "sparql", "-", stdin=b"SELECT \xff")
    assert result.exit_code == 2
    assert "this is not UTF-8 text" in result.stderr


def test_a_user_s_construct_may_have_blank_nodes(store: Path) -> None:
    """Ours never do."""
    text = "CONSTRUCT { [] a ?c } { ?s a ?c } LIMIT 1"
    assert json.loads(run(store, "sparql", "-e", text, "-f", "json-ld").stdout)
    assert "_:" in run(store, "sparql", "-e", text, "-f", "ntriples").stdout


def test_explain_prints_lines_with_quotes(store: Path) -> None:
    """Title, groups, quotes."""
    lines = run(store, "explain", "ana ruíz", "--lang", "fr").stdout.splitlines()
    assert lines[0] == "Ana Ruiz (personne)"
    assert "  Ana Ruiz: ministre, Freedonia" in lines
    assert "    “Đại sứ Ana Ruiz” [vi] c-vi, articles/c-vi.txt:1:16, rule post-name" in lines


def test_the_list_is_in_the_language_asked_for(store: Path) -> None:
    """The first of ``--lang`` there is; before a name it counts for labels."""
    assert "Secteurs par nombre d'articles" in run(store, "query", "--lang", "xx,fr").stdout
    assert "Sectors by number of articles" in run(store, "query", "--lang", "xx").stdout
    assert "helse" in run(store, "query", "--lang", "nb", "sectors").stdout
