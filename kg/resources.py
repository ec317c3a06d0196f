"""What comes with the package: its version, and where its files are: ontology, shapes, queries.

In a checkout they stand at the top of the repository; in an installed package under ``kg/_data``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import KgError

#: The version of this package, as ``pyproject.toml`` has it.
VERSION: Final = "0.1.0"


@cache
def data_folder(name: str) -> Path:
    """The folder ``ontology``, ``shapes`` or ``queries``. Raises KgError where the installation lacks it."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise KgError(f"the folder '{name}' is missing from this installation of kg", hint="Install the package again.")


def ontology_files() -> tuple[Path, ...]:
    """The Turtle files of the ontology, its schemes and its registry of names, by path."""
    return tuple(sorted(data_folder("ontology").rglob("*.ttl")))


def shape_files() -> tuple[Path, ...]:
    """The Turtle files of the shapes and of their messages in further languages, by path."""
    return tuple(sorted(data_folder("shapes").rglob("*.ttl")))


@cache
def query_files() -> tuple[Path, ...]:
    """The query files, by name."""
    return tuple(sorted(data_folder("queries").glob("*.rq")))


def context_file() -> Path:
    """The JSON-LD context of the project."""
    return data_folder("ontology") / "context.jsonld"


def web_folder() -> Path | None:
    """The built scripts of the pages; None where nobody built them: ``make web`` does, and every wheel has them."""
    folder = Path(__file__).resolve().parent / "_data" / "web"
    return folder if (folder / "sources.sha256").is_file() else None
