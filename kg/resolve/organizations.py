"""Organizations: the registry, acronyms, and names as bags of concepts; later the event that they hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg import schemes
from kg.model import Name, RoleFact
from kg.registry import Registry
from kg.resolve.bags import OMITTED, SUPRANATIONAL, Bag, bag
from kg.resolve.met import Met, country_of
from kg.resolve.nodes import (
    Node,
    Nodes,
    folded,
    gather,
    groups,
    is_acronym,
    join_all,
    known_names,
    quoted,
    veto_of,
)
from kg.resolve.spelling import is_han

KIND = "organization"
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Bodies:
    """The nodes of all organizations, the bag of each spelling, and the countries of each."""

    nodes: Nodes
    bags: Mapping[Node, Bag]
    countries: Mapping[Node, frozenset[str]]


def resolve_organizations(met: Met, registry: Registry) -> Bodies:
    """Every organization of every article, joined by letters, acronyms and concepts."""
    entries = known_names(KIND, registry)
    bags: dict[Node, Bag] = {}
    pairs = []
    for article, name in met.of_kind(KIND):
        known = entries.id_of(name)
        found = Bag() if known else bag(name.text, name.language)
        scope = "" if known or not _needs_country(found, name) else met.home.get(article, f"article/{article}")
        node = Node(name.text, name.language, scope, known)
        bags[node] = found
        pairs.append(((article, name), node))
    countries = {node: _countries(node, found, registry) for node, found in bags.items()}
    bodies = Bodies(gather(pairs, veto_of(KIND, registry), countries), bags, countries)
    _join_letters(bodies)
    _join_concepts(bodies)
    _join_acronyms(bodies)
    return bodies


def _needs_country(found: Bag, name: Name) -> bool:
    """True for a name that many countries' bodies bear: all words are concepts, none says where."""
    if found.rest or found.places or found.concepts & SUPRANATIONAL or not found.concepts:
        return False
    return bool(found.concepts & schemes.load().heads) or name.type == "GovernmentBody"


def _countries(node: Node, found: Bag, registry: Registry) -> frozenset[str]:
    if node.known:
        entry = registry.by_id.get(node.known)
        based = entry.based_in if entry is not None and entry.type == "GovernmentBody" else ""
        return frozenset({country_of(based, registry)} - {""})
    places = {country_of(place, registry) for place in found.places}
    return frozenset((places | ({node.scope} if node.scope.startswith("place/") else set())) - {""})


def _join_letters(bodies: Bodies) -> None:
    def key(node: Node) -> tuple[str, str]:
        return (node.text if is_acronym(node.text) else folded(node.text)), node.scope

    for group in groups(bodies.nodes.articles, key):
        join_all(
            bodies.nodes,
            group,
            rule="same-letters",
            reason=lambda a, b: f"{quoted(a)} and {quoted(b)} are the same letters.",
        )


def _join_concepts(bodies: Bodies) -> None:
    """Names that say the same in other words: the same concepts, places and words left over."""

    def key(node: Node) -> tuple[object, ...] | None:
        found = bodies.bags[node]
        where = frozenset({node.scope}) if node.scope else found.places
        if node.known or node.scope.startswith("article/") or len(found.core) + len(found.rest) + len(where) < 2:
            return None
        return (found.core, where, found.rest) if found.core else None

    for group in groups(bodies.nodes.articles, key):
        join_all(bodies.nodes, group, rule="same-concepts", reason=lambda a, b: _same_concepts(a, b, bodies))


def _same_concepts(one: Node, other: Node, bodies: Bodies) -> str:
    found = bodies.bags[one]
    said = ", ".join(sorted(found.core | found.rest | {_place(place) for place in found.places}))
    where = f", in articles about {_place(one.scope)}" if one.scope else ""
    return f"{quoted(one)} ({one.language}) and {quoted(other)} ({other.language}) both say: {said}{where}."


def _place(key: str) -> str:
    return key.partition("/")[2].replace("-", " ").title()


def _join_acronyms(bodies: Bodies) -> None:
    """Names given with one acronym, and the acronym alone, where what they say agrees."""
    nodes, clusters = bodies.nodes, bodies.nodes.clusters
    spelled: dict[str, list[Node]] = {}
    alone: dict[str, list[Node]] = {}
    for node in nodes.sorted():
        for acronym in nodes.acronyms.get(node, ()):
            if node.text != acronym:
                spelled.setdefault(acronym, []).append(node)
        if not node.known and is_acronym(node.text):
            alone.setdefault(node.text, []).append(node)
    for acronym in sorted(spelled):
        for one, other in combinations(spelled[acronym], 2):
            if not clusters.together(one, other) and _agree(one, other, bodies):
                reason = f"{quoted(one)} and {quoted(other)} are both given as {acronym}, and what they say agrees."
                clusters.join(one, other, rule="same-acronym", reason=reason)
    for acronym in sorted(alone):
        for node in alone[acronym]:
            _join_alone(node, acronym, spelled.get(acronym, []), bodies)


def _join_alone(node: Node, acronym: str, spelled: list[Node], bodies: Bodies) -> None:
    clusters = bodies.nodes.clusters
    here = set(bodies.nodes.articles[node])
    beside = [other for other in spelled if here & set(bodies.nodes.articles[other])]
    roots = sorted({clusters.root(other) for other in beside or spelled})
    if len(roots) != 1:
        return
    first = (beside or spelled)[0]
    where = "in the same article" if beside else "the only body met that is given so"
    reason = f"{acronym} is given as the short form of {quoted(first)}, {where}."
    clusters.join(first, node, rule="acronym", reason=reason)


def _agree(one: Node, other: Node, bodies: Bodies) -> bool:
    """True where two names with one acronym may be one body: shared concepts in most, or words nobody can compare."""
    if one.known or other.known:
        return False
    a, b = bodies.bags[one], bodies.bags[other]
    if a.places and b.places and not a.places & b.places:
        return False
    if one.language == other.language or not (a.rest or b.rest):
        here, there = a.core | a.rest, b.core | b.rest
        return here <= there or there <= here or _overlap(here, there) > _ALIKE
    return not a.core or not b.core or bool(a.core & b.core) or bool(a.rest & b.rest)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def join_by_event(bodies: Bodies, conferences: Iterable[Iterable[tuple[str, Name]]]) -> None:
    """Join organizers of one conference, given as (article id, Name), where one name leaves out what the other says."""
    for organizers in conferences:
        _join_supported(bodies, organizers, "organize the same conference")


def join_by_post(bodies: Bodies, met: Met) -> None:
    """Join the bodies in which one person, by one spelling, holds one post, where one name leaves out some words."""
    seats: dict[tuple[str, str], list[tuple[str, Name]]] = {}
    for article, reading in met.readings.items():
        for fact in reading.facts:
            if isinstance(fact, RoleFact) and fact.body is not None and fact.body.kind == KIND:
                seats.setdefault((folded(fact.person.text), fact.position), []).append((article, fact.body))
    for (person, position), members in sorted(seats.items(), key=lambda item: item[0]):
        if len(members) > 1 and (" " in person or is_han(person)):
            _join_supported(bodies, members, f"have {person.title()} as {position.replace('-', ' ')}")


def _join_supported(bodies: Bodies, members: Iterable[tuple[str, Name]], end: str) -> None:
    """Join bodies of different articles; a name joins only where a single name of the other article fits."""
    by_article: dict[str, set[Node]] = {}
    for article, name in members:
        by_article.setdefault(article, set()).add(bodies.nodes.of_name[article, name])
    # Articles that name the same spellings say nothing new: one of them is enough.
    for one, other in combinations(sorted({tuple(sorted(found)) for found in by_article.values()}), 2):
        _join_shorter(bodies, one, other, end)


def _join_shorter(bodies: Bodies, ones: tuple[Node, ...], others: tuple[Node, ...], end: str) -> None:
    clusters = bodies.nodes.clusters
    for one in ones:
        fits = [other for other in others if _shorter(one, other, bodies)]
        if len(fits) != 1 or clusters.together(one, fits[0]):
            continue
        other = fits[0]
        rivals = [node for node in ones if _shorter(node, other, bodies)]
        taken = any(clusters.together(one, node) for node in others) or any(
            clusters.together(other, node) for node in ones
        )
        if len(rivals) == 1 and not taken:
            reason = f"{quoted(one)} and {quoted(other)} differ only in words that a short form leaves out; both {end}."
            clusters.join(one, other, rule="same-event", reason=reason)


def _shorter(one: Node, other: Node, bodies: Bodies) -> bool:
    """True where two names say the same but for concepts that a short form leaves out."""
    a, b = bodies.bags[one], bodies.bags[other]
    if one.known or other.known or a.rest != b.rest:
        return False
    if a.places and b.places and a.places != b.places:
        return False
    small, large = sorted((a.core, b.core), key=len)
    meant = small - OMITTED
    return len(meant) + len(a.rest) >= 2 and small <= large and large - small <= OMITTED
