"""Files for bulk loaders of triple stores: packed N-Quads in shards, and a manifest, the same bytes every time."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Literal

from kg.errors import KgError
from kg.load.content import contents, in_graph
from kg.store import Store

Compression = Literal["gzip", "zstd"]

#: Compression to the end of a shard's name.
COMPRESSIONS: Final[dict[Compression, str]] = {"gzip": ".gz", "zstd": ".zst"}

_MANIFEST: Final = "manifest.json"
_SPLIT: Final = re.compile(r"(?P<number>[1-9][0-9_,]*) ?(?P<unit>B|kB|KB|MB|GB)?")
_UNITS: Final = {"B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9}
#: Not the default of zlib: named, so that a change of it changes no bytes. 19 would take zstd twenty times as long.
_LEVELS: Final[dict[Compression, int]] = {"gzip": 6, "zstd": 3}


@dataclass(frozen=True, slots=True)
class Limit:
    """The most a shard holds: ``most`` quads, or bytes before they are compressed."""

    most: int
    in_bytes: bool = False


@dataclass
class Shard:
    """A shard as it is written: what it holds so far, by graph."""

    name: str
    quads: dict[str, int] = field(default_factory=dict)
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def full(self, more: bytes, limit: Limit) -> bool:
        """Whether ``more`` would be too much."""
        if limit.in_bytes:
            return self.size + len(more) > limit.most
        return sum(self.quads.values()) + more.count(b"\n") > limit.most


def limit_of(text: str) -> Limit:
    """What ``--split`` says: ``"1000000"`` quads, or ``"100MB"`` before compression. Raises KgError."""
    found = _SPLIT.fullmatch(text.strip())
    if found is None:
        raise KgError(
            f"'{text}' is neither a number of statements nor a size",
            where="--split",
            hint="For example --split 1000000, or --split 100MB.",
        )
    number, unit = int(re.sub(r"[_,]", "", found["number"])), found["unit"]
    return Limit(number * _UNITS.get(unit, 1), in_bytes=unit is not None)


def write_shards(
    store: Store, folder: Path, limit: Limit, *, compression: Compression = "gzip", with_text: bool = False
) -> int:
    """Write the named graphs of ``store`` as N-Quads into ``folder``, and what is where: the number of shards.

    A graph stands whole in one shard where it fits in one. The manifest is written last: where there is one,
    the shards are whole. Shards of an earlier export are replaced. Raises KgError for a folder that holds other
    things or cannot be written, or a compression there is no library for.
    """
    if compression == "zstd" and importlib.util.find_spec("zstandard") is None:
        raise KgError("the library for zstd is not installed", where="--compress", hint="pip install zstandard")
    try:
        earlier = _earlier(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MANIFEST).unlink(missing_ok=True)
        shards = list(_write(store, folder, limit, compression, with_text=with_text))
        for name in earlier - {shard["file"] for shard in shards}:
            (folder / name).unlink(missing_ok=True)
        manifest = {"base": store.base, "format": "application/n-quads", "shards": shards}
        part = folder / f".{_MANIFEST}.part"
        part.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(folder / _MANIFEST)
    except OSError as error:
        raise KgError(f"'{folder}' cannot be written: {error.strerror or error}", where="--output") from error
    return len(shards)


def _write(
    store: Store, folder: Path, limit: Limit, compression: Compression, *, with_text: bool
) -> Iterator[dict[str, object]]:
    """Write the shards, giving what the manifest says of each."""
    pieces = _pieces(store, limit, with_text=with_text)
    piece = next(pieces, None)
    number = 0
    while piece is not None:
        number += 1
        shard = Shard(f"graph-{number:04}.nq{COMPRESSIONS[compression]}")
        part = folder / f".{shard.name}.part"
        with _compressed(part, compression) as file:
            while piece is not None and not (shard.quads and shard.full(piece[1], limit)):
                graph, quads = piece
                file.write(quads)
                shard.digest.update(quads)
                shard.size += len(quads)
                shard.quads[graph] = shard.quads.get(graph, 0) + quads.count(b"\n")
                piece = next(pieces, None)
        part.replace(folder / shard.name)
        yield _described(folder, shard)


def _pieces(store: Store, limit: Limit, *, with_text: bool) -> Iterator[tuple[str, bytes]]:
    """Each graph with its quads, whole, or in several pieces where it is too large for one shard."""
    for content, written in contents(store, with_text=with_text):
        piece: list[bytes] = []
        room = limit.most
        for line in written:
            quad = in_graph([line], content.graph)
            cost = len(quad) if limit.in_bytes else 1
            if piece and cost > room:
                yield content.graph, b"".join(piece)
                piece, room = [], limit.most
            piece.append(quad)
            room -= cost
        yield content.graph, b"".join(piece)


def _described(folder: Path, shard: Shard) -> dict[str, object]:
    """What the manifest says of a shard: of the file as it lies there, and of the quads in it."""
    with (folder / shard.name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.seek(0, io.SEEK_END)
    return {
        "file": shard.name,
        "sha256": digest,
        "bytes": size,
        "quads": sum(shard.quads.values()),
        "content": {"sha256": shard.digest.hexdigest(), "bytes": shard.size},
        "graphs": shard.quads,
    }


@contextmanager
def _compressed(path: Path, compression: Compression) -> Iterator[IO[bytes]]:
    """A file to write to, with neither a time nor a name in its header."""
    with path.open("wb") as file:
        if compression == "gzip":
            with gzip.GzipFile("", "wb", _LEVELS["gzip"], file, mtime=0) as packed:
                yield packed  # type: ignore[misc]
        else:
            import zstandard

            with zstandard.ZstdCompressor(level=_LEVELS["zstd"]).stream_writer(file, closefd=False) as packed:
                yield packed


def _earlier(folder: Path) -> set[str]:
    """The shards in ``folder`` of an earlier export. Raises KgError where it holds anything else."""
    if not folder.is_dir():
        return set()
    ours = re.compile(r"\.?graph-\d{4,}\.nq\.(gz|zst)(\.part)?|\.?manifest\.json(\.part)?")
    names = {entry.name for entry in folder.iterdir()}
    if strange := sorted(name for name in names if not ours.fullmatch(name)):
        raise KgError(
            f"'{folder}' holds other things than shards ('{strange[0]}'), so it is left alone",
            where="--output",
            hint="Name another folder, or an empty one.",
        )
    return names - {_MANIFEST}
