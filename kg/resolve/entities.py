"""Clusters of names to entities: readable stable ids, labels, and the merges with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import TypeVar

from kg.registry import KINDS, Registry
from kg.resolve.clusters import Join
from kg.resolve.contacts import Contacts
from kg.resolve.met import country_of
from kg.resolve.model import Entity, Merge
from kg.resolve.nodes import Node, Nodes, folded, is_acronym, scoped
from kg.resolve.spelling import has_marks, is_latin, latin_slug, slug_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named:
    """The entities of one kind of name, the id of each node, the merges, and what no entry or merge placed."""

    entities: tuple[Entity, ...]
    ids: Mapping[Node, str]
    merges: tuple[Merge, ...]
    unknown: tuple[tuple[str, str, str], ...]


def name_entities(kind: str, nodes: Nodes, registry: Registry, contacts: Contacts) -> Named:
    """An entity for every cluster of nodes of ``kind``."""
    clusters = nodes.clusters.all()
    ids = _ids(kind, clusters, nodes, registry, contacts)
    entities: list[Entity] = []
    unknown: list[tuple[str, str, str]] = []
    of_node: dict[Node, str] = {}
    for members, key in zip(clusters, ids, strict=True):
        entity = _entity(kind, key, members, nodes, registry)
        entities.append(entity)
        of_node.update(dict.fromkeys(members, key))
        if len({text for text, _ in entity.labels}) == 1 and key not in registry.by_id:
            unknown.append((key, *entity.label))
    return Named(tuple(entities), of_node, tuple(_joins(nodes.clusters.joins, nodes, of_node)), tuple(sorted(unknown)))


def distinct(
    wanted: Iterable[tuple[str, tuple[str, ...], T]], note: Callable[[T, str], None], taken: Iterable[str] = ()
) -> list[str]:
    """An id for each (id, what else tells it apart, item): the first of an id keeps it, others get with it the first
    of the rest that none has yet, or a number. ``note`` is told each id that was asked for.
    """
    used = set(taken)
    found: list[str] = []
    for key, rest, item in wanted:
        for choice in chain((key,), (f"{key}-{more}" for more in rest if more), (f"{key}-{n}" for n in count(2))):
            note(item, choice)
            if choice not in used:
                break
        used.add(choice)
        found.append(choice)
    return found


def _ids(kind: str, clusters: list[list[Node]], nodes: Nodes, registry: Registry, contacts: Contacts) -> list[str]:
    """The id of each cluster. A name that the registry separates from an entity leaves it its id."""
    known = ["".join(sorted({node.known for node in members} - {""})[:1]) for members in clusters]
    for members, key in zip(clusters, known, strict=True):
        if key:
            contacts.note_id(members[0], key)
    separate = {spelling for entry in registry.entries for spelling in entry.separate_names}
    order = sorted(
        (index for index, key in enumerate(known) if not key),
        key=lambda index: (
            any((node.text, node.language) in separate for node in clusters[index]),
            all(node.scope for node in clusters[index]),
            clusters[index],
        ),
    )
    wanted = []
    for index in order:
        text, _ = _preferred(kind, _spellings(clusters[index], nodes))
        scope = next((node.scope for node in clusters[index] if node.text == text), "")
        key = f"{kind}/{scoped(slug_of(text) or 'unnamed', scope)}"
        wanted.append((key, (latin_slug(scope.partition("/")[2]),), clusters[index][0]))
    # An entry without labels only says what to keep apart: its id is that of a name met.
    taken = (entry.id for entry in registry.entries if entry.labels)
    minted = distinct(wanted, contacts.note_id, (*taken, *known))
    for index, key in zip(order, minted, strict=True):
        known[index] = key
    return known


def _spellings(members: list[Node], nodes: Nodes) -> Counter[tuple[str, str]]:
    """(text, language) of a cluster, with the number of articles that write it so."""
    count: Counter[tuple[str, str]] = Counter()
    for node in members:
        count[node.text, node.language] += nodes.seen[node].count
    return count


def _preferred(kind: str, count: Mapping[tuple[str, str], int]) -> tuple[str, str]:
    """The spelling to show: of people, a full Latin one with its marks; of bodies and places, the English one."""

    def rank(spelling: tuple[str, str]) -> tuple[object, ...]:
        text, language = spelling
        if kind == "person":
            parts = len(folded(text).split())
            return not is_latin(text), -min(parts, 2), not has_marks(text), -parts, -count[spelling], language, text
        return not is_latin(text), is_acronym(text), language != "en", language, -count[spelling], -len(text), text

    return min(count, key=rank)


def _entity(kind: str, key: str, members: list[Node], nodes: Nodes, registry: Registry) -> Entity:
    count = _spellings(members, nodes)
    entry = registry.by_id.get(key)
    acronyms = {acronym for node in members for (acronym,), _ in nodes.seen[node].told("acronym")}
    acronyms |= {text for text, _ in count if kind == "organization" and is_acronym(text)}
    labels = sorted(count, key=lambda s: (s[1], is_acronym(s[0]), -count[s], -len(s[0].split()), s[0]))
    label = _preferred(kind, count)
    country, based_in = "", ""
    same_as: tuple[str, ...] = ()
    types = [one for node in members for (one,), _ in nodes.seen[node].told("type")]
    if entry is not None and entry.labels:
        label = entry.label("en") if any(one.preferred for one in entry.labels) else label
        strong = [(one.text, one.lang) for one in entry.labels if one.preferred]
        labels = [*strong, *(spelling for spelling in labels if spelling not in strong)]
        acronyms |= {one.text for one in entry.labels if one.strength == "acronym"} if kind == "organization" else set()
        country, based_in, same_as = entry.country, entry.based_in, entry.same_as
        types = [entry.type] if entry.type else types
    else:
        homes = sorted(nodes.clusters.value(members[0]).countries)
        based_in = homes[0] if len(homes) == 1 else ""
    return Entity(
        id=key,
        kind=kind,
        type=_type(kind, types),
        label=label,
        labels=tuple(labels),
        acronyms=tuple(sorted(acronyms)),
        country=country or _code(based_in, registry),
        based_in=based_in,
        same_as=same_as,
    )


def _type(kind: str, types: list[str]) -> str:
    """The class most names were read as, the general one where none says."""
    count = Counter(one for one in types if one and one != KINDS[kind])
    return min(count, key=lambda one: (-count[one], one), default=KINDS[kind])


def _code(place: str, registry: Registry) -> str:
    entry = registry.by_id.get(country_of(place, registry)) if place else None
    return entry.country if entry is not None else ""


def _joins(joins: list[Join[Node]], nodes: Nodes, ids: Mapping[Node, str]) -> Iterable[Merge]:
    """The merges of spellings that differ; of one spelling in two languages there is nothing to tell."""
    for join in joins:
        names = tuple(sorted({_name(node, nodes) for node in (join.one, join.other)}))
        if len({text for text, _, _ in names}) > 1 or join.one.scope.startswith("article/"):
            yield Merge(ids[join.one], names, join.reason, join.rule)


def _name(node: Node, nodes: Nodes) -> tuple[str, str, str]:
    return node.text, node.language, nodes.seen[node].first
