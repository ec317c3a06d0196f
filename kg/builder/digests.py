"""What a build hangs on besides its articles, as digests: the code, the packs and the ontology."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from kg.resources import data_folder

#: The parts of the package that what is read from an article hangs on.
_READING: Final = (
    "errors.py", "model.py", "resources.py", "vocab.py", "registry.py", "schemes.py", "lang", "read", "recognise",
    "extract",
)  # fmt: skip
#: Those that the graph hangs on beside these.
_GRAPH: Final = ("resolve", "mappers", "ontology.py", "rules.py", "infer", "store", "build.py", "builder")
_SUFFIXES: Final = frozenset({".py", ".toml", ".ttl", ".tsv", ".json", ".txt"})


def reading_digest() -> str:
    """The digest of all that decides what is read from an article."""
    return _digests()[0]


def graph_digest() -> str:
    """The digest of all that decides what graph is made of what was read."""
    return _digests()[1]


def text_digest(text: str) -> str:
    """A digest of ``text``."""
    return bytes_digest(text.encode("utf-8", "surrogatepass"))


def bytes_digest(data: bytes) -> str:
    """A digest of ``data``, 128 bits in hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@cache
def _digests() -> tuple[str, str]:
    """The digests of the package's parts, of the ontology and of the Python that runs them: what reads, what maps too.

    Every file is read once: the second digest goes on where the first ends.
    """
    package = Path(__file__).resolve().parents[1]
    whole = hashlib.blake2b(platform.python_version().encode(), digest_size=16)
    _take(whole, (data_folder("ontology"), *(package / part for part in _READING)))
    reading = whole.hexdigest()
    _take(whole, (package / part for part in _GRAPH))
    return reading, whole.hexdigest()


def _take(whole: hashlib.blake2b, tops: Iterable[Path]) -> None:
    """Have ``whole`` go on over files, and the files of folders, by name and content."""
    for top in tops:
        for path in sorted(top.rglob("*")) if top.is_dir() else (top,):
            if path.suffix in _SUFFIXES:
                data = path.read_bytes()
                whole.update(f"{path.relative_to(top.parent).as_posix()}\0{len(data)}\0".encode())
                whole.update(data)
