"""``kg export --split``: shards for bulk loaders, and their manifest."""

from __future__ import annotations

import gzip
import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from quads import dataset

from kg.cli import main
from kg.errors import KgError
from kg.load.shards import Limit, limit_of, write_shards
from kg.store import Store, write_store
from kg.vocab import BASE

STORE = write_store(dataset(), base=BASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store on disk."""
    path = tmp_path_factory.mktemp("shards") / "store"
    write_store(dataset(), base=BASE, path=path)
    return path


def manifest(folder: Path) -> list[dict[str, Any]]:
    """The shards that the manifest in ``folder`` names."""
    shards = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["shards"]
    assert isinstance(shards, list)
    return shards


def content(path: Path) -> bytes:
    """A shard, unpacked."""
    packed = path.read_bytes()
    return (
        gzip.decompress(packed)
        if path.suffix == ".gz"
        else zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    )


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
@pytest.mark.parametrize("with_text", [False, True])
def test_the_shards_are_the_graph(tmp_path: Path, compression: Any, with_text: bool) -> None:
    """Each statement once, in its graph; the manifest says what is in each file, and what it is when unpacked."""
    write_shards(STORE, tmp_path, Limit(10), compression=compression, with_text=with_text)
    found = []
    for shard in manifest(tmp_path):
        quads = content(tmp_path / shard["file"])
        parsed = list(parse(quads, RdfFormat.N_QUADS))
        assert shard["sha256"] == hashlib.sha256((tmp_path / shard["file"]).read_bytes()).hexdigest()
        assert shard["bytes"] == (tmp_path / shard["file"]).stat().st_size
        assert shard["content"] == {"sha256": hashlib.sha256(quads).hexdigest(), "bytes": len(quads)}
        assert shard["quads"] == len(parsed) == sum(shard["graphs"].values())
        assert shard["graphs"].keys() == {quad.graph_name.value for quad in parsed}  # type: ignore[union-attr]
        found += parsed
    assert len(found) == len(set(found))
    assert set(found) == set(STORE.quads(with_text=with_text))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.booleans())
def test_no_shard_is_too_large_and_no_graph_cut_without_need(most: int, in_bytes: bool) -> None:
    """By number and by size; a graph that fits in one shard stands in one, a statement is never cut."""
    limit = Limit(most * 150 if in_bytes else most, in_bytes=in_bytes)
    sizes: dict[str, int] = {}
    for quad in STORE.quads():
        graph = quad.graph_name.value  # type: ignore[union-attr]
        sizes[graph] = sizes.get(graph, 0) + (len(f"{quad} .\n".encode()) if in_bytes else 1)
    with tempfile.TemporaryDirectory() as name:
        write_shards(STORE, Path(name), limit)
        shards = manifest(Path(name))
    for shard in shards:
        size = shard["content"]["bytes"] if in_bytes else shard["quads"]
        assert size <= limit.most or shard["quads"] == 1
    for graph, size in sizes.items():
        if size <= limit.most:
            assert sum(graph in shard["graphs"] for shard in shards) == 1


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Whatever the order of the facts, the folder and the time."""
    for name, quads in (("one", dataset()), ("two", list(reversed(dataset())))):
        write_shards(write_store(quads, base=BASE), tmp_path / name, Limit(10))
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert one["graph-0001.nq.gz"][4:8] == b"\0\0\0\0"


def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    """Nothing of it stays; a folder with other things is left alone."""
    write_shards(STORE, tmp_path, Limit(1))
    (tmp_path / ".graph-0099.nq.gz.part").write_bytes(b"killed")
    assert write_shards(STORE, tmp_path, Limit(1000), compression="zstd") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"graph-0001.nq.zst", "manifest.json"}
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(KgError, match=r"holds other things than shards \('thesis.tex'\)"):
        write_shards(STORE, tmp_path, Limit(1))
    assert (tmp_path / "graph-0001.nq.zst").exists()


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("1000000", Limit(1_000_000)), ("1_000_000", Limit(1_000_000)), ("1,000", Limit(1000)),
        ("100MB", Limit(100_000_000, in_bytes=True)), ("64 kB", Limit(64_000, in_bytes=True)),
        ("2GB", Limit(2 * 10**9, in_bytes=True)), ("500B", Limit(500, in_bytes=True)),
    ],
)  # fmt: skip
def test_limits(said: str, limit: Limit) -> None:
    """A number of statements, or a size."""
    assert limit_of(said) == limit


@pytest.mark.parametrize("said", ["0", "-1", "", "many", "1M", "1.5GB", "100MiB", "10 shards"])
def test_what_is_no_limit(said: str) -> None:
    """One could read them in two ways, or in none."""
    with pytest.raises(KgError, match="neither a number of statements nor a size"):
        limit_of(said)


def run(*args: object) -> Result:
    """``kg export`` with these arguments."""
    return CliRunner().invoke(main, ["export", *map(str, args)])


def test_the_command(folder: Path, tmp_path: Path) -> None:
    """It says how many shards there are."""
    result = run("--split", "17", "-o", tmp_path / "out", "--store", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.output == f"Wrote 2 shards and manifest.json to {tmp_path / 'out'}.\n"
    assert run("--split", "1GB", "--with-text", "-o", tmp_path / "out", "--store", folder).output.startswith(
        "Wrote 1 shard "
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--split", "10"], "shards need a folder"),
        (["--split", "ten", "-o", "x"], "neither a number of statements nor a size"),
        (["--split", "10", "-o", "x", "-f", "turtle"], "shards are N-Quads, not turtle"),
        (["--compress", "zstd"], "only shards are packed"),
        (["--split", "10", "-o", "x", "--compress", "rar"], "'rar' is not one of 'gzip', 'zstd'"),
        (["--split", "10", "-o", __file__], "cannot be written"),
    ],
)
def test_wrong_use(folder: Path, args: list[str], message: str) -> None:
    """Exit 2 and the reason."""
    result = run(*args, "--store", folder)
    assert result.exit_code == 2
    assert message in result.stderr


def test_an_empty_store(tmp_path: Path) -> None:
    """No shards, and a manifest that says so."""
    empty = Store(type(STORE.db)(), BASE)
    assert write_shards(empty, tmp_path, Limit(1)) == 0
    assert manifest(tmp_path) == []
