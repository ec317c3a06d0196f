"""Entities by name: any spelling in any language, an acronym, or an IRI."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.dataset import Dataset
from kg.errors import KgError, UnknownName
from kg.registry import load_registry
from kg.resolve.spelling import words
from kg.tables import Labels, short
from kg.vocab import ALT_LABEL, LABEL, PREFIXES, kg

#: What an entity can be, and the first part of the local name of its IRI.
KINDS: Final = ("person", "organization", "place", "conference", "series")

_NAMES: Final = (LABEL, ALT_LABEL, kg("acronym"))
_CANDIDATES: Final = 8


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of an entity."""

    node: NamedNode
    text: str
    language: str


def find(store: Dataset, name: str, *, kinds: tuple[str, ...] = KINDS, where: str = "") -> NamedNode:
    """The one entity ``name`` stands for, of one of ``kinds``.

    A name is any of its spellings, with or without marks and capitals; an IRI may be whole, with a prefix or
    without the base. Raises KgError where there is none, with the nearest names, or several, naming them.
    """
    node = by_iri(store, name)
    if node is not None:
        if _is_of(node, kinds, store):
            return node
        raise UnknownName(f"'{name}' is no {_either(kinds)}", where=where)
    found = matches(store, name, kinds=kinds)
    if len(found) == 1:
        return found[0]
    if found:
        hint, near = "\n  ".join(_listed(found, store)), [short(node, base=store.base) for node in found]
        raise KgError(f"'{name}' is the name of {len(found)} things", where=where, hint=hint, near=near[:_CANDIDATES])
    near = _nearest(store, name, kinds)
    meant = " or ".join(f"'{text}'" for text in near)
    hint = f"Did you mean {meant}?" if near else "The query 'names' lists all there are."
    raise UnknownName(f"there is no {_either(kinds)} called '{name}'", where=where, hint=hint, near=near)


def matches(store: Dataset, name: str, *, kinds: tuple[str, ...] = KINDS) -> list[NamedNode]:
    """The entities of ``kinds`` called ``name``: so spelled, else the same without marks and capitals, else by a name
    of the registry's.
    """
    spellings = list(spelled(store, kinds))
    wanted = words(name)
    exact = {each.node for each in spellings if each.text == name}
    if len(exact) == 1:
        return list(exact)
    loose = {each.node for each in spellings if wanted and words(each.text) == wanted}
    found = exact | loose or _registered(store, wanted, kinds)
    return sorted(found, key=lambda node: node.value)


def _registered(store: Dataset, wanted: tuple[str, ...], kinds: tuple[str, ...]) -> set[NamedNode]:
    """The entities of a store that the registry knows by a name that no article uses: "Turkey", "America"."""
    entries = [e for e in load_registry().entries if any(words(label.text) == wanted for label in e.labels)]
    nodes = {NamedNode(store.base + entry.id) for entry in entries if wanted}
    return {node for node in nodes if _is_of(node, kinds, store) and next(store.match(node), None) is not None}


def spelled(store: Dataset, kinds: tuple[str, ...] = KINDS) -> list[Spelling]:
    """Every spelling of every entity of ``kinds``."""
    return [
        Spelling(quad.subject, quad.object.value, quad.object.language or "")
        for predicate in _NAMES
        for quad in store.match(None, predicate)
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and _is_of(quad.subject, kinds, store)
    ]


def by_iri(store: Dataset, text: str) -> NamedNode | None:
    """The node of the graph that ``text`` names as an IRI: whole, with a prefix, or without the base; else None."""
    prefix, colon, local = text.partition(":")
    namespace = {**PREFIXES, "kgid": store.base}.get(prefix) if colon else None
    for candidate in (text.strip("<>"), f"{namespace}{local}" if namespace else "", store.base + text):
        try:
            node = NamedNode(candidate)
        except ValueError:
            continue
        if next(store.match(node), None) is not None:
            return node
    return None


def _is_of(node: NamedNode, kinds: tuple[str, ...], store: Dataset) -> bool:
    local = node.value.removeprefix(store.base)
    return local != node.value and local.partition("/")[0] in kinds


def _either(kinds: tuple[str, ...]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _listed(nodes: list[NamedNode], store: Dataset) -> list[str]:
    labels = Labels(store)
    lines = [f"{short(node, base=store.base)}  ({labels.text(node)})" for node in nodes[:_CANDIDATES]]
    more = len(nodes) - _CANDIDATES
    return ["Say which one:", *lines, *([f"and {more} more"] if more > 0 else [])]


def _nearest(store: Dataset, name: str, kinds: tuple[str, ...]) -> list[str]:
    """Names that hold the words of ``name``, or are spelled nearly so: one of each thing, three at most."""
    folded: dict[str, Spelling] = {}
    for each in sorted(spelled(store, kinds), key=lambda one: (one.text, one.language)):
        folded.setdefault(" ".join(words(each.text)), each)
    wanted = " ".join(words(name))
    holding = [each for key, each in folded.items() if wanted and f" {wanted} " in f" {key} "]
    near = holding or [folded[key] for key in get_close_matches(wanted, folded, n=_CANDIDATES, cutoff=0.7)]
    best = {each.node: each.text for each in reversed(near)}  # of one thing the first: the nearest
    return [each.text for each in near if best[each.node] == each.text][:3]
