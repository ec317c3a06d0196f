"""The SKOS schemes of ``ontology/``: their labels are the recogniser's word lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.resources import ontology_files

SKOS = "http://www.w3.org/2004/02/skos/core#"
KG = "https://w3id.org/kg-news/ontology#"
BASE = "https://w3id.org/kg-news/"
KINDS = {"position": "post", "sector": "sector", "countable": "countable", "eventkind": "event", "concept": "concept"}
_RECOGNISED = frozenset(f"{SKOS}{name}Label" for name in ("pref", "alt", "hidden"))
_EXCEPT = f"{KG}exceptLabel"
_MARKS = {f"{KG}{name}": name for name in ("displayOnly", "seriesCode", "orgHead", "abroad", "besideName")}
_SIGNS = tuple(name.lower().encode() for name in _MARKS.values())
_OTHERS = ("kg", "places", "names")


@dataclass(frozen=True, slots=True)
class Schemes:
    """What the schemes say of whole concepts.

    ``heads`` are the concepts that can head an organization's name, ``abroad`` those of bodies that a country has in
    others, ``series_codes`` those of numbered series, ``hidden`` the IRIs of concepts that are shown only,
    ``callings`` those that are posts beside a person's name only.
    """

    heads: frozenset[str]
    abroad: frozenset[str]
    series_codes: tuple[str, ...]
    hidden: frozenset[str]
    callings: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one file says.

    ``rows`` holds (IRI of the concept, label, whether it is an exception) by language, ``marked`` (IRI, value) by mark.
    """

    rows: Mapping[str, list[tuple[str, str, bool]]]
    marked: Mapping[str, list[tuple[str, str]]]


@cache
def load() -> Schemes:
    """What all schemes say of their concepts."""
    files = [_said(path) for path, text in _texts().items() if any(sign in text for sign in _SIGNS)]

    def marked(name: str) -> Iterator[tuple[str, str]]:
        return (pair for said in files for pair in said.marked.get(name, ()))

    return Schemes(
        heads=frozenset(subject.rpartition("/")[2] for subject, _ in marked("orgHead")),
        abroad=frozenset(subject.rpartition("/")[2] for subject, _ in marked("abroad")),
        series_codes=tuple(sorted({value.lower() for _, value in marked("seriesCode")})),
        hidden=frozenset(subject for subject, _ in marked("displayOnly")),
        callings=frozenset(subject.rpartition("/")[2] for subject, _ in marked("besideName")),
    )


@cache
def _texts() -> Mapping[Path, bytes]:
    """The files of the schemes, in small letters: what a file does not hold need not be looked for in it."""
    paths = (path for path in ontology_files() if path.stem.partition("-")[0] not in _OTHERS)
    return {path: path.read_bytes().lower() for path in paths}


@cache
def _said(path: Path) -> _Said:
    """What the file at ``path`` says. All labels are thousands: each is looked at once, and sorted when asked for."""
    rows: dict[str, list[tuple[str, str, bool]]] = {}
    marked: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, value, _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        name = predicate.value
        if name in _RECOGNISED or name == _EXCEPT:
            rows.setdefault(value.language or "", []).append((subject.value, value.value, name == _EXCEPT))
        elif name in _MARKS:
            marked.setdefault(_MARKS[name], []).append((subject.value, value.value))
    return _Said(rows, marked)


def _rows(code: str) -> Iterator[tuple[str, str, bool]]:
    """What is said in a language; files in which no word is in it are not read for that."""
    for path, text in _texts().items():
        if f"@{code}".encode() in text:
            yield from _said(path).rows.get(code, ())


@cache
def labels(code: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each kind of span the (label, slug) pairs of language ``code``.

    Labels of concepts marked ``kg:displayOnly`` are left out, but not their exceptions (``kg:exceptLabel``): those
    have the slug "".
    """
    hidden = load().hidden
    found: dict[str, set[tuple[str, str]]] = {}
    for subject, label, excepted in _rows(code):
        scheme, _, slug = subject.removeprefix(BASE).partition("/")
        if scheme in KINDS and slug and (excepted or subject not in hidden):
            found.setdefault(KINDS[scheme], set()).add((label, "" if excepted else slug))
    return {kind: tuple(sorted(found[kind])) for kind in sorted(found)}
