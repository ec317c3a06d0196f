"""What the graph says of names: entities and what each language calls them, merges and why, names nothing placed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.registry import Registry
from kg.store import Store
from kg.vocab import ALT_LABEL, LABEL, RDF_TYPE, kg, shared_graph

#: The kinds of entity that have names of their own, in the order they are listed.
KINDS: Final = ("person", "organization", "place", "conference", "series")
#: The language a row shows first: the label of an entity in English, else in the first language it has one in.
_FIRST: Final = "en"
_NO_LANGUAGE: Final = "-"


@dataclass(frozen=True, slots=True)
class Named:
    """An entity: its id, kind, class, and its spellings by language, the label of each language first."""

    id: str
    kind: str
    type: str
    names: Mapping[str, tuple[str, ...]]

    @property
    def label(self) -> str:
        """The English label, else that of the first language."""
        best = self.names.get(_FIRST) or next((self.names[code] for code in sorted(self.names)), (self.id,))
        return best[0]


@dataclass(frozen=True, slots=True)
class Merged:
    """Spellings (text, language) that were taken for one entity: the rule, the reason, and the lines that undo it."""

    entity: str
    names: tuple[tuple[str, str], ...]
    rule: str
    reason: str
    undo: tuple[str, ...]


def entities(store: Store) -> list[Named]:
    """Every person, organization, place, conference and series, by kind and id."""
    found = [_named(node, store) for node in _nodes(store)]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.id))


def merges(store: Store) -> list[Merged]:
    """Every merge of names, by entity, rule and names. What undoes it is a line for the user's registry."""
    labels = {one.id: one.label for one in entities(store)}
    graph = shared_graph("names", base=store.base)
    found: list[Merged] = []
    for quad in store.db.quads_for_pattern(None, RDF_TYPE, kg("Merge"), graph):
        values = _values(quad.subject, store)
        entity = values["mergedInto"][0][0].removeprefix(store.base)
        names = tuple(sorted(values["mergedName"]))
        rule, reason = values["rule"][0][0], values["reason"][0][0]
        found.append(Merged(entity, names, rule, reason, tuple(_undo(entity, names, labels.get(entity, ""), store))))
    return sorted(found, key=lambda one: (one.entity, one.rule, one.names, one.reason))


def unknown(store: Store, registry: Registry) -> list[Named]:
    """People, organizations and places that neither the registry nor a merge placed, by kind and id."""
    return [
        one
        for one in entities(store)
        if one.kind in KINDS[:3] and one.id not in registry.by_id and len(set().union(*one.names.values())) < 2
    ]


def _nodes(store: Store) -> list[NamedNode]:
    """The subjects of the graph of names that are entities."""
    graph = shared_graph("names", base=store.base)
    nodes = {quad.subject for quad in store.db.quads_for_pattern(None, RDF_TYPE, None, graph)}
    return [
        node
        for node in nodes
        if isinstance(node, NamedNode) and node.value.removeprefix(store.base).partition("/")[0] in KINDS
    ]


def _named(node: NamedNode, store: Store) -> Named:
    key = node.value.removeprefix(store.base)
    graph = shared_graph("names", base=store.base)
    names: dict[str, list[str]] = {}
    for predicate in (LABEL, ALT_LABEL):
        labels = (quad.object for quad in store.db.quads_for_pattern(node, predicate, None, graph))
        for label in sorted((one for one in labels if isinstance(one, Literal)), key=lambda one: one.value):
            names.setdefault(label.language or _NO_LANGUAGE, []).append(label.value)
    types = (quad.object for quad in store.db.quads_for_pattern(node, RDF_TYPE, None, graph))
    kind = min((one.value.rpartition("#")[2] for one in types if isinstance(one, NamedNode)), default="")
    return Named(key, key.partition("/")[0], kind, {code: tuple(names[code]) for code in sorted(names)})


def _values(node: object, store: Store) -> dict[str, list[tuple[str, str]]]:
    """(value, language) of each property of a merge, by local name, sorted."""
    assert isinstance(node, NamedNode)
    found: dict[str, list[tuple[str, str]]] = {}
    for quad in store.db.quads_for_pattern(node, None, None, shared_graph("names", base=store.base)):
        value = quad.object
        if isinstance(value, (Literal, NamedNode)):
            language = value.language or "" if isinstance(value, Literal) else ""
            found.setdefault(quad.predicate.value.rpartition("#")[2], []).append((value.value, language))
    return {key: sorted(values) for key, values in found.items()}


def _undo(entity: str, names: tuple[tuple[str, str], ...], label: str, store: Store) -> Iterator[str]:
    """A line of Turtle for each spelling that is not the entity's label: it is somebody else's name."""
    for text, language in names:
        if text != label or len({name for name, _ in names}) == 1:
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            yield f'<{store.base}{entity}> kg:separateName "{escaped}"@{language} .'
