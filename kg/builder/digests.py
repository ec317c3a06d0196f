"""What a build hangs on besides its articles, as digests: the code, the packs and the ontology."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from kg.resources import data_folder

#: The parts of the package that what is read from an article hangs on.
_READING: Final = (
    "errors.py", "model.py", "resources.py", "vocab.py", "registry.py", "schemes.py", "lang", "read", "recognise",
    "extract",
)  # fmt: skip
#: Those that the graph hangs on too.
_GRAPH: Final = (*_READING, "resolve", "mappers", "ontology.py", "rules.py", "infer", "store", "build.py", "builder")
_SUFFIXES: Final = frozenset({".py", ".toml", ".ttl", ".tsv", ".json", ".txt"})


@cache
def reading_digest() -> str:
    """The digest of all that decides what is read from an article."""
    return _digest(_READING)


@cache
def graph_digest() -> str:
    """The digest of all that decides what graph is made of what was read."""
    return _digest(_GRAPH)


@cache
def kg_version() -> str:
    """The version of kg that is installed; ``0`` in a checkout that is not."""
    try:
        return version("kg")
    except PackageNotFoundError:
        return "0"


def text_digest(text: str) -> str:
    """A digest of ``text``."""
    return bytes_digest(text.encode("utf-8", "surrogatepass"))


def bytes_digest(data: bytes) -> str:
    """A digest of ``data``, 128 bits in hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _digest(parts: Iterable[str]) -> str:
    """The digest of parts of the package, of the ontology, and of the Python that runs them."""
    package = Path(__file__).resolve().parents[1]
    whole = hashlib.blake2b(platform.python_version().encode(), digest_size=16)
    for top in (*(package / part for part in parts), data_folder("ontology")):
        for path in sorted(top.rglob("*")) if top.is_dir() else (top,):
            if path.suffix in _SUFFIXES:
                data = path.read_bytes()
                whole.update(f"{path.relative_to(top.parent).as_posix()}\0{len(data)}\0".encode())
                whole.update(data)
    return whole.hexdigest()
