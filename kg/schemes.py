"""The SKOS schemes of ``ontology/``: their labels are the recogniser's word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.resources import ontology_files

SKOS = "http://www.w3.org/2004/02/skos/core#"
KG = "https://w3id.org/kg-news/ontology#"
BASE = "https://w3id.org/kg-news/"
KINDS = {"position": "post", "sector": "sector", "countable": "countable", "eventkind": "event", "concept": "concept"}
_RECOGNISED = frozenset(f"{SKOS}{name}Label" for name in ("pref", "alt", "hidden"))
_EXCEPT = f"{KG}exceptLabel"
_MARKS = {f"{KG}{name}": name for name in ("displayOnly", "seriesCode", "orgHead")}


@dataclass(frozen=True, slots=True)
class Schemes:
    """``heads`` are the concepts that can head an organization's name, ``series_codes`` those of numbered series.

    ``rows`` holds (IRI of the concept, label, whether it is an exception) by language, ``hidden`` the IRIs of concepts
    that are shown only.
    """

    heads: frozenset[str]
    series_codes: tuple[str, ...]
    rows: Mapping[str, list[tuple[str, str, bool]]]
    hidden: frozenset[str]


@cache
def load() -> Schemes:
    """All schemes. Their labels are twenty thousand: each is looked at once here, and sorted when it is asked for."""
    rows: dict[str, list[tuple[str, str, bool]]] = {}
    marked: dict[str, list[tuple[str, str]]] = {name: [] for name in _MARKS.values()}
    for path in ontology_files():
        if path.stem in ("kg", "places", "names") or path.stem.startswith(("places-", "kg-", "names-")):
            continue
        for subject, predicate, value, _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            name = predicate.value
            if name in _RECOGNISED or name == _EXCEPT:
                row = subject.value, value.value, name == _EXCEPT
                rows.setdefault(value.language or "", []).append(row)
            elif name in _MARKS:
                marked[_MARKS[name]].append((subject.value, value.value))
    return Schemes(
        heads=frozenset(subject.rpartition("/")[2] for subject, _ in marked["orgHead"]),
        series_codes=tuple(sorted({value.lower() for _, value in marked["seriesCode"]})),
        rows=rows,
        hidden=frozenset(subject for subject, _ in marked["displayOnly"]),
    )


@cache
def labels(code: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each kind of span the (label, slug) pairs of language ``code``.

    Labels of concepts marked ``kg:displayOnly`` are left out, but not their exceptions (``kg:exceptLabel``): those
    have the slug "".
    """
    schemes = load()
    found: dict[str, set[tuple[str, str]]] = {}
    for subject, label, excepted in schemes.rows.get(code, ()):
        scheme, _, slug = subject.removeprefix(BASE).partition("/")
        if scheme in KINDS and slug and (excepted or subject not in schemes.hidden):
            found.setdefault(KINDS[scheme], set()).add((label, "" if excepted else slug))
    return {kind: tuple(sorted(found[kind])) for kind in sorted(found)}
