"""The rooms of the house: each stage uses what comes before it, and never what comes after."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"

#: Rooms in the order of the flow; those on one line may use one another.
ROOMS = (
    ("errors", "model"),
    ("memory", "resources"),
    ("vocab",),
    ("registry", "schemes"),
    ("lang",),
    ("read",),
    ("recognise",),
    ("extract",),
    ("resolve",),
    ("mappers",),
    ("remote", "dataset", "ontology", "rules", "infer", "store", "jsonld", "formats"),
    ("findings", "checked", "places"),
    ("query", "tables", "shacl", "validate", "explain", "names", "gaps", "score", "check", "load", "notebook"),
    ("graph",),
    ("build", "builder"),
    ("info", "diff"),
    ("views",),
    ("picture",),
    ("pages",),
    ("dossier", "serve"),
    ("__init__",),
    ("cli",),
    ("__main__",),
)
PLACE = {room: index for index, rooms in enumerate(ROOMS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: Path) -> str:
    """The first name under the package: ``kg/read/files.py`` is of the room ``read``."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """Line and room of every import of ours, those inside functions too."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "kg":
            names = [f"kg.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        else:
            continue
        yield from ((node.lineno, name.split(".")[1]) for name in names if name.startswith("kg."))


def test_every_module_has_its_room() -> None:
    """A new room is put where it belongs in the flow, above."""
    assert {room(module) for module in MODULES} <= PLACE.keys()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_import_points_backward(module: Path) -> None:
    """Facts flow one way: a stage that knew the next could not be run, tested or moved without it."""
    backward = [
        f"{module}:{line}: {name}"
        for line, name in imported(module)
        if PLACE.get(name, PLACE["__init__"]) > PLACE[room(module)]
    ]
    assert not backward


def test_extraction_and_mapping_know_nothing_of_each_other() -> None:
    """Extraction knows nothing of RDF, mappers nothing of how text is read."""
    for module in MODULES:
        rooms = {name for _, name in imported(module)}
        if room(module) in {"recognise", "extract"}:
            assert not rooms & {"vocab", "mappers", "store"}, module
        if room(module) == "mappers":
            assert not rooms & {"read", "lang", "recognise", "extract"}, module


@pytest.mark.parametrize(
    "folder",
    sorted(path.parent for stage in ("recognise", "extract") for path in (PACKAGE / stage).glob("*/__init__.py")),
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_a_room_names_its_members(folder: Path) -> None:
    """Whoever looks for a rule finds in one list what each module of a room holds."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    named = re.findall(r"^\* ``(\w+)``: \S", docstring, flags=re.MULTILINE)
    assert named == sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
