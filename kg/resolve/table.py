"""The compact table that resolution works on: spellings and conferences with all that articles say around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from kg.resolve.bags import Bag
from kg.resolve.contacts import Contacts
from kg.resolve.nodes import Key, Node, Remark, Seen, Stand
from kg.resolve.sightings import Sighting, Told


def _nobody(node: Node) -> NoReturn:
    raise KeyError(node)


@dataclass(frozen=True, slots=True)
class Others:
    """What is known of spellings that are not in the table: how the bodies and places among them stand.

    ``early`` is what conferences see of them, before conferences join more; ``late`` is what people see.
    """

    early: Callable[[Node], Stand] = _nobody
    late: Callable[[Node], Stand] = _nobody
    bag: Callable[[Node], Bag] = _nobody


@dataclass(frozen=True, slots=True)
class Table:
    """Spellings, sorted, and conferences; ``contacts`` is told which of them are compared."""

    seen: Mapping[Node, Seen]
    events: Mapping[Key, Told]
    others: Others = field(default_factory=Others)
    contacts: Contacts = field(default_factory=Contacts)

    def of_kind(self, kind: str) -> dict[Node, Seen]:
        """The spellings of one kind, sorted."""
        return {node: self.seen[node] for node in self.seen if node.kind == kind}


def table_of(sightings: Iterable[Sighting]) -> Table:
    """The table of some articles, the same whatever their order."""
    firsts: dict[Node, str] = {}
    remarks: dict[Node, dict[Remark, int]] = {}
    bags: dict[Node, Bag] = {}
    events: dict[Key, Told] = {}
    for sighting in sorted(sightings, key=lambda one: one.article):
        bags.update(sighting.bags)
        events.update(sighting.events)
        for node, said in sighting.remarks.items():
            firsts.setdefault(node, sighting.article)
            whole = remarks.setdefault(node, {})
            for remark, count in said.items():
                whole[remark] = whole.get(remark, 0) + count
    seen = {node: Seen(firsts[node], remarks[node], bags.get(node, Bag())) for node in sorted(firsts)}
    return Table(seen, events)
