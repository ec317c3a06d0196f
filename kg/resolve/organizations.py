"""Organizations: the registry, acronyms, and names as bags of concepts; later the event that they hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Final, TypeAlias

from kg.registry import Registry
from kg.resolve.bags import OMITTED, Bag, is_abroad
from kg.resolve.conferences import Events
from kg.resolve.contacts import Contacts
from kg.resolve.met import country_of
from kg.resolve.nodes import Node, Nodes, folded, gather, groups, is_acronym, join_all, quoted, veto_of
from kg.resolve.spelling import is_han
from kg.resolve.table import Table

#: The names of one article that may be shorter forms of others, and all of it that are joined with one of those.
Side: TypeAlias = tuple[tuple[Node, ...], tuple[Node, ...]]

KIND: Final = "organization"
_ALIKE: Final = 0.6


def resolve_organizations(table: Table, registry: Registry) -> Nodes:
    """Every organization of every article, joined by letters, acronyms and concepts."""
    seen = table.of_kind(KIND)
    countries = {node: _countries(node, found.bag, registry) for node, found in seen.items()}
    bodies = gather(seen, veto_of(KIND, registry), table.contacts, table.others.early, countries)
    _join_letters(bodies, table.contacts)
    _join_concepts(bodies, table.contacts)
    _join_acronyms(bodies, table.contacts)
    return bodies


def _countries(node: Node, found: Bag, registry: Registry) -> frozenset[str]:
    if node.known:
        entry = registry.by_id.get(node.known)
        based = entry.based_in if entry is not None and entry.type == "GovernmentBody" else ""
        return frozenset({country_of(based, registry)} - {""})
    places = {country_of(place, registry) for place in found.places}
    if is_abroad(found):  # its own country alone
        return frozenset(places - {""})
    return frozenset((places | ({node.scope} if node.scope.startswith("place/") else set())) - {""})


def _join_letters(bodies: Nodes, contacts: Contacts) -> None:
    def key(node: Node) -> tuple[str, str]:
        return (node.text if is_acronym(node.text) else folded(node.text)), node.scope

    for group in groups(bodies.seen, key, "same-letters", contacts):
        join_all(
            bodies,
            group,
            rule="same-letters",
            reason=lambda a, b: f"{quoted(a)} and {quoted(b)} are the same letters.",
        )


def _join_concepts(bodies: Nodes, contacts: Contacts) -> None:
    """Names that say the same in other words: the same concepts, places and words left over."""

    def key(node: Node) -> tuple[object, ...] | None:
        found = bodies.seen[node].bag
        where = frozenset({node.scope}) if node.scope else found.places
        if node.known or node.scope.startswith("article/") or len(found.core) + len(found.rest) + len(where) < 2:
            return None
        # of two countries nothing tells which has the other's embassy
        sent = found.places if is_abroad(found) else None
        if not found.core or (sent and not node.scope):
            return None
        return found.core, sent, where, found.rest

    for group in groups(bodies.seen, key, "same-concepts", contacts):
        join_all(bodies, group, rule="same-concepts", reason=lambda a, b: _same_concepts(a, b, bodies))


def _same_concepts(one: Node, other: Node, bodies: Nodes) -> str:
    found = bodies.seen[one].bag
    said = ", ".join(sorted(found.core | found.rest | {_place(place) for place in found.places}))
    where = f", in articles about {_place(one.scope)}" if one.scope else ""
    return f"{quoted(one)} ({one.language}) and {quoted(other)} ({other.language}) both say: {said}{where}."


def _place(key: str) -> str:
    return key.partition("/")[2].replace("-", " ").title()


def _join_acronyms(bodies: Nodes, contacts: Contacts) -> None:
    """Names given with one acronym, and the acronym alone, where what they say agrees."""
    clusters = bodies.clusters
    spelled: dict[str, list[Node]] = {}
    alone: dict[str, list[Node]] = {}
    for node in bodies.seen:
        for (acronym,), _ in bodies.seen[node].told("acronym"):
            if node.text != acronym:
                contacts.note(node, "acronym", acronym)
                spelled.setdefault(acronym, []).append(node)
        if not node.known and is_acronym(node.text):
            contacts.note(node, "acronym", node.text)
            alone.setdefault(node.text, []).append(node)
    for acronym in sorted(spelled):
        for one, other in combinations(spelled[acronym], 2):
            if not clusters.together(one, other) and _agree(one, other, bodies):
                reason = f"{quoted(one)} and {quoted(other)} are both given as {acronym}, and what they say agrees."
                clusters.join(one, other, rule="same-acronym", reason=reason)
    for acronym in sorted(alone):
        for node in alone[acronym]:
            _join_alone(node, acronym, spelled.get(acronym, []), bodies)


def _join_alone(node: Node, acronym: str, spelled: list[Node], bodies: Nodes) -> None:
    clusters = bodies.clusters
    here = {other for (other,), _ in bodies.seen[node].told("beside")}
    beside = [other for other in spelled if other in here]
    roots = {clusters.root(other) for other in beside or spelled}
    if len(roots) != 1:
        return
    first = (beside or spelled)[0]
    where = "in the same article" if beside else "the only body met that is given so"
    reason = f"{acronym} is given as the short form of {quoted(first)}, {where}."
    clusters.join(first, node, rule="acronym", reason=reason)


def _agree(one: Node, other: Node, bodies: Nodes) -> bool:
    """True where two names with one acronym may be one body: shared concepts in most, or words nobody can compare."""
    if one.known or other.known:
        return False
    a, b = bodies.seen[one].bag, bodies.seen[other].bag
    if a.places and b.places and not a.places & b.places:
        return False
    if one.language == other.language or not (a.rest or b.rest):
        here, there = a.core | a.rest, b.core | b.rest
        return here <= there or there <= here or _overlap(here, there) > _ALIKE
    return not a.core or not b.core or bool(a.core & b.core) or bool(a.rest & b.rest)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def join_by_event(bodies: Nodes, events: Events, table: Table) -> None:
    """Join organizers of one conference where one name leaves out what the other says."""
    for keys in events.clusters.all():
        by_article: dict[str, set[Node]] = {}
        for key in keys:
            by_article.setdefault(key[0], set()).update(
                node for node in events.events[key].told.organizers if node.kind == KIND
            )
        for nodes in _comparable(by_article, lambda node: _bag(node, bodies, table)):
            table.contacts.note_all((*nodes, *keys), "organizers", keys[0])
            _join_supported(bodies, by_article, nodes, "organize the same conference")


def join_by_post(bodies: Nodes, contacts: Contacts) -> None:
    """Join the bodies in which one person, by one spelling, holds one post, where one name leaves out some words."""
    seats: dict[tuple[str, str], dict[str, set[Node]]] = {}
    for node, seen in bodies.seen.items():
        for (person, position, article, beside), _ in seen.told("seat"):
            if " " in person or is_han(person):
                contacts.note(node, "seat", (person, position))
                seats.setdefault((person, position), {}).setdefault(article, set()).update((node, *beside))
    for person, position in sorted(seats):
        by_article = seats[person, position]
        for nodes in _comparable(by_article, lambda node: bodies.seen[node].bag if node in bodies.seen else Bag()):
            _join_supported(bodies, by_article, nodes, f"have {person.title()} as {position.replace('-', ' ')}")


def _bag(node: Node, bodies: Nodes, table: Table) -> Bag:
    seen = bodies.seen.get(node)
    return table.others.bag(node) if seen is None else seen.bag


def _comparable(by_article: Mapping[str, set[Node]], bag_of: Callable[[Node], Bag]) -> list[list[Node]]:
    """The names of which some may be shorter forms of others, by what they are shorter forms of."""
    names = sorted({node for found in by_article.values() for node in found if not node.known})
    groups: list[list[Node]] = []
    for node in names if len(names) > 1 else ():
        near = [group for group in groups if any(_shorter(bag_of(node), bag_of(other)) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), node])
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _join_supported(bodies: Nodes, by_article: Mapping[str, set[Node]], nodes: Iterable[Node], end: str) -> None:
    """Join ``nodes`` of different articles; a name joins only where a single name of the other article fits."""
    clusters = bodies.clusters
    asked = {node for node in nodes if node in bodies.seen}
    roots = set(map(clusters.root, asked))
    kin = {node for found in by_article.values() for node in found & bodies.seen.keys() if clusters.root(node) in roots}
    # Articles that name the same spellings say nothing new: one of them is enough.
    sides = {(tuple(sorted(found & asked)), tuple(sorted(found & kin))) for found in by_article.values()}
    for one, other in combinations(sorted(sides), 2):
        _join_shorter(bodies, one, other, end)


def _join_shorter(bodies: Nodes, one_side: Side, other_side: Side, end: str) -> None:
    """Join what fits of two articles, each given as the names in question and all that are joined with one of them."""
    clusters, seen = bodies.clusters, bodies.seen
    (ones, all_ones), (others, all_others) = one_side, other_side
    for one in ones:
        fits = [other for other in others if _shorter(seen[one].bag, seen[other].bag)]
        if len(fits) != 1 or clusters.together(one, fits[0]):
            continue
        other = fits[0]
        rivals = [node for node in ones if _shorter(seen[node].bag, seen[other].bag)]
        taken = any(clusters.together(one, node) for node in all_others) or any(
            clusters.together(other, node) for node in all_ones
        )
        if len(rivals) == 1 and not taken:
            reason = f"{quoted(one)} and {quoted(other)} differ only in words that a short form leaves out; both {end}."
            clusters.join(one, other, rule="same-event", reason=reason)


def _shorter(a: Bag, b: Bag) -> bool:
    """True where two names say the same but for concepts that a short form leaves out."""
    if a.rest != b.rest:
        return False
    if a.places and b.places and a.places != b.places:
        return False
    small, large = sorted((a.core, b.core), key=len)
    meant = small - OMITTED
    return len(meant) + len(a.rest) >= 2 and small <= large and large - small <= OMITTED
