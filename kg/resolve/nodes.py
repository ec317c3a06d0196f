"""Spellings as nodes to be joined, and what forbids joining them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.model import Name
from kg.registry import Registry
from kg.resolve.bags import Bag
from kg.resolve.clusters import Clusters
from kg.resolve.spelling import is_han, latin_slug, simplified, slug_of, words

if TYPE_CHECKING:
    from kg.resolve.contacts import Contacts

#: (article id, key of the ConferenceFact).
Key: TypeAlias = tuple[str, int]
#: What an article says around a spelling, for instance ("home", "place/norway"); the spelling's being there is ``IN``.
Remark: TypeAlias = tuple[Any, ...]
IN: Final[Remark] = ("in",)

_ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9&.-]{1,11}")


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A spelling of a kind of name in a language; ``known`` is the id of the entry of the registry that it names.

    ``scope`` narrows a name that only its surroundings make clear: the id of a country, or
    ``article/ID`` where it holds in one article only.
    """

    kind: str
    text: str
    language: str
    scope: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the articles say around a spelling: what each of them remarks, summed up, and the first of them.

    ``remarks`` are tuples that begin with what they tell (see ``kg.resolve.sightings``), with the number of times;
    ``bag`` is that of a body's name.
    """

    first: str
    remarks: Mapping[Remark, int]
    bag: Bag

    @property
    def count(self) -> int:
        """How many articles have the spelling."""
        return self.remarks[IN]

    def told(self, what: str) -> Iterator[tuple[Remark, int]]:
        """The remarks of one sort without what they begin with, in order, with the number of times."""
        found = [remark for remark in self.remarks if remark[0] == what]
        return ((remark[1:], self.remarks[remark]) for remark in (sorted(found, key=repr) if found[1:] else found))


@dataclass(slots=True)
class Sum:
    """What a cluster of nodes is, as far as a veto asks: its registry ids, nodes and countries."""

    known: set[str]
    nodes: list[Node]
    countries: set[str]

    def absorb(self, other: Sum) -> None:
        """Add what another cluster is."""
        self.known |= other.known
        self.nodes += other.nodes
        self.countries |= other.countries


@dataclass(frozen=True, slots=True)
class Stand:
    """What others see of the cluster of a spelling: the first of its spellings, and of a body its countries."""

    node: Node
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of one kind of name, in order, with what is said around each, and how they are joined.

    ``others`` are those that are resolved already and stand as they did.
    """

    seen: Mapping[Node, Seen]
    clusters: Clusters[Node, Sum]
    others: Callable[[Node], Stand]

    def stand(self, node: Node) -> Stand:
        """What others see of the cluster of ``node``, as it is now."""
        if node not in self.seen:
            return self.others(node)
        return Stand(min(self.clusters.members(node)), frozenset(self.clusters.value(node).countries))


def folded(text: str) -> str:
    """What two spellings have in common that differ in marks, case, hyphens and blanks only."""
    return simplified(text) if is_han(text) else " ".join(words(text))


def is_acronym(text: str) -> bool:
    """True for a name that is letters standing for words."""
    return _ACRONYM.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Veto:
    """What the registry says must stay apart, for one kind of name.

    ``separate`` gives for a spelling the ids it must not be taken for; ``apart`` the ids that are not some other.
    """

    kind: str
    registry: Registry
    separate: Mapping[tuple[str, str], frozenset[str]]
    apart: frozenset[str]

    def __call__(self, one: Sum, other: Sum) -> bool:
        """True where the two clusters are not to be joined."""
        if one.known and other.known and one.known != other.known:
            return True
        if one.countries and other.countries and not one.countries & other.countries:
            return True
        if self.apart and any(
            self.registry.apart(a, b) for a in self._apart(one.nodes) for b in self._apart(other.nodes)
        ):
            return True
        return bool(self.separate) and (
            self._separated(one.nodes, other.nodes) or self._separated(other.nodes, one.nodes)
        )

    def own_ids(self, node: Node) -> set[str]:
        """The ids a node would have alone: with and without the country that its articles give it."""
        if node.known:
            return {node.known}
        slug = slug_of(node.text)
        return {f"{self.kind}/{slug}", f"{self.kind}/{scoped(slug, node.scope)}"}

    def _apart(self, nodes: list[Node]) -> list[str]:
        return sorted({own for node in nodes for own in self.own_ids(node) if own in self.apart})

    def _separated(self, names: list[Node], entity: list[Node]) -> bool:
        """True where a name among ``names`` must not be taken for what ``entity`` is."""
        unwanted = {key for node in names for key in self.separate.get((node.text, node.language), ())}
        return bool(unwanted) and any(not unwanted.isdisjoint(self.own_ids(node)) for node in entity)


def scoped(slug: str, scope: str) -> str:
    """A slug with the country that a general name gets from its article."""
    where = scope.partition("/")[2]
    return f"{slug}-{where}" if scope.startswith("place/") and where not in slug else slug


def veto_of(kind: str, registry: Registry) -> Veto:
    """The registry's veto for names of ``kind``."""
    separate: dict[tuple[str, str], set[str]] = {}
    apart: set[str] = set()
    for entry in registry.entries:
        if entry.kind == kind:
            for spelling in entry.separate_names:
                separate.setdefault(spelling, set()).add(entry.id)
            if entry.not_same_as:
                apart.update((entry.id, *entry.not_same_as))
    return Veto(kind, registry, {key: frozenset(ids) for key, ids in separate.items()}, frozenset(apart))


def gather(
    seen: Mapping[Node, Seen],
    veto: Veto,
    contacts: Contacts,
    others: Callable[[Node], Stand],
    countries: Mapping[Node, frozenset[str]] = MappingProxyType({}),
) -> Nodes:
    """Nodes, each its own cluster, but those of one entry; clusters of different ``countries`` stay apart."""
    clusters: Clusters[Node, Sum] = Clusters(veto=veto, absorb=Sum.absorb)
    for node in seen:
        clusters.add(node, Sum({node.known} - {""}, [node], set(countries.get(node, ()))))
    nodes = Nodes(seen, clusters, others)
    for group in groups(seen, lambda node: node.known or None, "registry", contacts):
        join_all(
            nodes,
            group,
            rule="registry",
            reason=lambda a, b: f"The registry names {a.known} {quoted(a)} and {quoted(b)}.",
        )
    return nodes


def groups(
    nodes: Iterable[Node], key: Callable[[Node], Hashable | None], step: str, contacts: Contacts
) -> list[list[Node]]:
    """Nodes with one key, in order, where they are several; nodes whose key is None are left out."""
    found: dict[Hashable, list[Node]] = {}
    for node in sorted(nodes):
        value = key(node)
        if value is not None:
            contacts.note(node, step, value)
            found.setdefault(value, []).append(node)
    return [members for members in found.values() if len(members) > 1]


def join_all(nodes: Nodes, members: list[Node], *, rule: str, reason: Callable[[Node, Node], str]) -> None:
    """Join the members of a group, each with the first cluster of the group that admits it."""
    firsts: list[Node] = []
    for node in members:
        if not any(nodes.clusters.join(first, node, rule=rule, reason=reason(first, node)) for first in firsts):
            firsts.append(node)


@dataclass(frozen=True, slots=True)
class Known:
    """The registry's entries of one kind, by what they are called."""

    kind: str
    registry: Registry
    labels: Mapping[str, str]

    def id_of(self, name: Name) -> str:
        """The id of a name: the recogniser's, else that of the label it is; empty where there is none."""
        found = name.known or self.labels.get(_label_key(name.text), "") or f"{self.kind}/{latin_slug(name.text)}"
        entry = self.registry.by_id.get(found)
        if entry is None:
            return name.known
        return "" if not entry.labels or (name.text, name.language) in entry.separate_names else found


def known_names(kind: str, registry: Registry) -> Known:
    """The labels of ``kind`` that name one entry only. A weak label does too, now that the kind is known."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for entry in registry.entries:
        if entry.kind == kind:
            # Most languages write many a name alike: each spelling is looked at once.
            for text in {label.text for label in entry.labels if label.strength in ("strong", "weak", "acronym")}:
                key = _label_key(text)
                if found.setdefault(key, entry.id) != entry.id:
                    shared.add(key)
    return Known(kind, registry, {key: name for key, name in found.items() if key not in shared})


def _label_key(text: str) -> str:
    return text if is_acronym(text) else text.casefold()


def quoted(node: Node) -> str:
    """A spelling as it stands in a reason."""
    return f"“{node.text}”"
