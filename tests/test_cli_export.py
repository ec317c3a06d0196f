"""``kg export``."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from quads import dataset

from kg.cli import main
from kg.diff import diff
from kg.formats import FORMATS, NAMES
from kg.graph import Graph
from kg.store import write_store
from kg.vocab import BASE


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store on disk."""
    folder = tmp_path_factory.mktemp("export") / "store"
    write_store(dataset(), base=BASE, path=folder)
    return folder


def run(*args: object) -> Result:
    """``kg export`` with these arguments."""
    return CliRunner().invoke(main, ["export", *map(str, args)])


@pytest.mark.parametrize("name", NAMES)
def test_it_writes_what_python_writes(store: Path, name: str) -> None:
    """To standard output, in every format, with and without bodies."""
    graph = Graph.open(store)
    assert run("-f", name, "--store", store).stdout_bytes == graph.export(name)
    assert run("-f", name, "--store", store, "--with-text").stdout_bytes == graph.export(name, with_text=True)


def test_turtle_is_the_default(store: Path) -> None:
    """The format people read."""
    assert run("--store", store).stdout_bytes == Graph.open(store).export("turtle")


@pytest.mark.parametrize("form", FORMATS, ids=NAMES)
def test_the_file_name_says_the_format(store: Path, tmp_path: Path, form: object) -> None:
    """``-o graph.nq`` is N-Quads; nothing goes to standard output, and no half-written file stays."""
    file = tmp_path / f"graph{form.extension}"  # type: ignore[attr-defined]
    result = run("-o", file, "--store", store)
    assert (result.exit_code, result.output) == (0, "")
    assert file.read_bytes() == Graph.open(store).export(form.name)  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == [file]


def test_a_name_in_gz_is_packed(store: Path, tmp_path: Path) -> None:
    """The same bytes every time, and they are read back as what is in them."""
    for name in ("one.nq.gz", "two.nq.gz"):
        assert run("-o", tmp_path / name, "--store", store).exit_code == 0
    packed = (tmp_path / "one.nq.gz").read_bytes()
    assert gzip.decompress(packed) == Graph.open(store).export("nquads")
    assert packed == (tmp_path / "two.nq.gz").read_bytes()
    assert diff(tmp_path / "one.nq.gz", store) == []


def test_a_named_format_beats_the_file_name(store: Path, tmp_path: Path) -> None:
    """A user who says both means the format."""
    run("-f", "ntriples", "-o", tmp_path / "graph.txt", "--store", store)
    assert (tmp_path / "graph.txt").read_bytes() == Graph.open(store).export("ntriples")


def test_the_store_may_come_from_the_environment(store: Path) -> None:
    """KG_STORE saves typing."""
    result = CliRunner().invoke(main, ["export"], env={"KG_STORE": str(store)})
    assert result.stdout_bytes == Graph.open(store).export("turtle")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-f", "turtel"], "Did you mean 'turtle'?"),
        (["-o", "graph.docx"], "does not say which format"),
        (["--store", "no/such/store"], "there is no store at 'no/such/store'"),
        (["-o", "no/such/folder/graph.ttl"], "cannot be written: No such file or directory"),
        (["-o", "."], "is a directory"),
        (["surplus"], "unexpected extra argument"),
    ],
)
def test_wrong_use_is_told_plainly(store: Path, args: list[str], message: str) -> None:
    """Exit 2, the reason on standard error, nothing on standard output."""
    result = run(*([] if "--store" in args else ["--store", store]), *args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
