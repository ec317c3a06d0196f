"""The SKOS schemes of ``ontology/``: their labels are the recogniser's word lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from kg.resources import ontology_files

SKOS = "http://www.w3.org/2004/02/skos/core#"
KG = "https://w3id.org/kg-news/ontology#"
BASE = "https://w3id.org/kg-news/"
KINDS = {"position": "post", "sector": "sector", "countable": "countable", "eventkind": "event", "concept": "concept"}
_RECOGNISED = {f"{SKOS}{name}Label" for name in ("pref", "alt", "hidden")}


@dataclass(frozen=True, slots=True)
class Schemes:
    """``labels[lang][kind]`` are (label, slug) pairs; ``heads`` the concepts that can head an organization's name."""

    labels: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]
    broader: Mapping[str, str]
    heads: frozenset[str] = field(default_factory=frozenset)
    series_codes: tuple[str, ...] = ()


@cache
def load() -> Schemes:
    """All schemes. Labels of concepts marked ``kg:displayOnly`` are left out; a ``kg:exceptLabel`` has the slug ""."""
    pairs: set[tuple[str, str, str, str]] = set()
    hidden: set[str] = set()
    heads: set[str] = set()
    codes: set[str] = set()
    broader: dict[str, str] = {}
    for scheme, slug, predicate, value in _statements():
        key = f"{scheme}/{slug}"
        if predicate in _RECOGNISED and isinstance(value, ox.Literal):
            pairs.add((value.language or "", KINDS[scheme], value.value, slug))
        elif predicate == f"{KG}exceptLabel" and isinstance(value, ox.Literal):
            pairs.add((value.language or "", KINDS[scheme], value.value, ""))
        elif predicate == f"{KG}displayOnly":
            hidden.add(key)
        elif predicate == f"{KG}seriesCode":
            codes.add(value.value.lower())
        elif predicate == f"{KG}orgHead":
            heads.add(slug)
        elif predicate == f"{SKOS}broader" and isinstance(value, ox.NamedNode):
            broader[key] = value.value.removeprefix(BASE)
    kinds = {kind: scheme for scheme, kind in KINDS.items()}
    labels: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for language, kind, label, slug in sorted(pairs):
        if f"{kinds[kind]}/{slug}" not in hidden:
            labels.setdefault(language, {}).setdefault(kind, []).append((label, slug))
    frozen = {code: {kind: tuple(rows) for kind, rows in kinds_.items()} for code, kinds_ in labels.items()}
    return Schemes(labels=frozen, broader=broader, heads=frozenset(heads), series_codes=tuple(sorted(codes)))


def _statements() -> Iterator[tuple[str, str, str, ox.NamedNode | ox.Literal]]:
    """Scheme, slug, predicate and value of all that the files of the schemes say of their concepts."""
    for path in ontology_files():
        others = path.stem in ("kg", "places", "names") or path.stem.startswith(("places-", "kg-", "names-"))
        if path.suffix != ".ttl" or others:
            continue
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
                continue
            scheme, _, slug = subject.value.removeprefix(BASE).partition("/")
            if subject.value.startswith(BASE) and scheme in KINDS and slug:
                yield scheme, slug, quad.predicate.value, value


def labels(code: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each kind of span the (label, slug) pairs of language ``code``."""
    return load().labels.get(code, {})
