"""What the shapes found in each graph of a store, kept beside it: a graph that did not change is not checked again.

A graph is known by a digest of its triples, so nothing that is kept can be out of date. What cannot be read is as not
kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.findings import Finding, Messages, Node, order, shape_messages
from kg.resources import ontology_files, shape_files
from kg.store import CHECKED
from kg.vocab import term

_STRING: Final = term("xsd:string").value


@dataclass(slots=True)
class Checked:
    """Findings by the digest of the graph they were found in; ``path`` is the folder of the store, None in memory.

    ``data`` is the generation of the store that is checked, ``checked`` the one that was.
    """

    path: Path | None
    before: Mapping[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    data: str = ""
    checked: str = ""

    def get(self, digest: str, messages: Messages) -> list[Finding] | None:
        """What was found in a graph; None where it was not checked, or not by these shapes."""
        rows = self.before.get(digest)
        try:
            found = None if rows is None else [_finding(row, messages) for row in rows]
        except (KeyError, TypeError, ValueError):
            return None
        if found is not None:
            self.now[digest] = rows
        return found

    def put(self, digest: str, found: Iterable[Finding]) -> None:
        """Keep what was found in a graph."""
        self.now[digest] = [_row(finding) for finding in found]

    def save(self) -> None:
        """Write what was kept or used in this run; where the store may not be written, nothing."""
        if self.path is not None and (self.now, self.data) != (self.before, self.checked):
            fresh = self.path / f"{CHECKED}.new"
            told = {"by": _by(), "data": self.data, "graphs": self.now}
            with suppress(OSError):
                fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
                fresh.replace(self.path / CHECKED)


def load_checked(path: Path | None) -> Checked:
    """What is kept beside the store at ``path``; nothing where other shapes found it, or it cannot be read."""
    if path is None:
        return Checked(None)
    try:
        kept = json.loads((path / CHECKED).read_text(encoding="utf-8"))
        graphs, data = (kept["graphs"], str(kept.get("data", ""))) if kept["by"] == _by() else ({}, "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        graphs, data = {}, ""
    return Checked(path, graphs, checked=data) if isinstance(graphs, dict) else Checked(path)


def last_checked(path: Path | None) -> tuple[str, tuple[Finding, ...]] | None:
    """The generation of the store that was checked last, and what was found, in order and without places.

    None where nothing that these shapes found is kept.
    """
    kept = load_checked(path)
    found: dict[tuple[object, ...], Finding] = {}
    for key in kept.before:
        for finding in kept.get(key, shape_messages()) or ():
            found.setdefault((finding.rule, finding.focus, finding.path, finding.value), finding)
    return (kept.checked, tuple(sorted(found.values(), key=order))) if kept.before else None


def digest(triples: Iterable[Triple], *, salt: str) -> str:
    """A digest of some triples, whatever their order; ``salt`` tells checks of different shapes apart."""
    whole = hashlib.blake2b(salt.encode(), digest_size=16)
    for line in sorted(map(str, triples)):
        whole.update(line.encode())
        whole.update(b"\n")
    return whole.hexdigest()


@cache
def _by() -> str:
    """The digest of what decides what is found: the shapes, the ontology, and the code that checks."""
    whole = hashlib.blake2b(digest_size=16)
    code = (Path(__file__).with_name(f"{name}.py") for name in ("checked", "findings", "shacl", "validate"))
    for path in (*shape_files(), *ontology_files(), *code):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _row(finding: Finding) -> list[Any]:
    terms = (finding.focus, finding.path, finding.value)
    return [finding.rule, finding.severity, *map(_plain, terms), finding.component]


def _finding(row: list[Any], messages: Messages) -> Finding:
    rule, severity, focus, path, value, component = row
    node, predicate = _term(focus), _term(path)
    if node is None or not (predicate is None or isinstance(predicate, NamedNode)):
        raise ValueError("no finding")
    return Finding(rule, severity, messages[rule], node, predicate, _term(value), component)


def _plain(node: Node | None) -> list[str] | None:
    if node is None:
        return None
    if isinstance(node, NamedNode):
        return ["iri", node.value]
    if isinstance(node, BlankNode):
        return ["blank", node.value]
    return ["text", node.value, node.language or "", node.datatype.value]


def _term(plain: list[str] | None) -> Node | None:
    if plain is None:
        return None
    kind, value, *rest = plain
    if kind == "iri":
        return NamedNode(value)
    if kind == "blank":
        return BlankNode(value)
    language, datatype = rest
    return Literal(value, language=language) if language else Literal(value, datatype=NamedNode(datatype or _STRING))
