"""Resolution brought up to date: only what some changed articles touch is resolved again.

What is resolved again is closed: nothing in it shares a key, before or after, with anything outside (see
``kg.resolve.contacts``), and nothing outside looks at a body or place in it that now stands otherwise. So the
outcome is that of resolving everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from kg.registry import Registry
from kg.resolve.bags import Bag
from kg.resolve.contacts import MET, Contact, Contacts, Item, is_choosy, is_met
from kg.resolve.nodes import IN, Node, Remark, Seen, Stand
from kg.resolve.sightings import Sighting, Told
from kg.resolve.steps import Outcome, resolve_table
from kg.resolve.table import Others, Table


@dataclass(frozen=True, slots=True)
class Row:
    """An item as it was resolved: what was told of it, what it was compared by, the id of what it is, how it stands."""

    item: Item
    about: Seen | Told
    contacts: frozenset[Contact]
    id: str
    early: Stand | None = None
    late: Stand | None = None


class Kept(Protocol):
    """What is remembered of the last resolution."""

    def row(self, item: Item) -> Row | None:
        """The row of an item; None for one that was not there."""

    def holders(self, step: str, key: str, side: str) -> Iterable[Item]:
        """The items that have a key in a step on one side."""

    def looking_at(self, node: Node) -> Iterable[Item]:
        """The items whose posts, places or organizers name a node."""

    def articles(self, node: Node) -> Iterable[str]:
        """The articles that have a node."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was resolved again: the rows of those items before and after, and what they are now."""

    before: Mapping[Item, Row]
    after: Mapping[Item, Row]
    outcome: Outcome


def rows_of(table: Table, outcome: Outcome) -> Iterator[Row]:
    """The rows of all that is in a table."""
    none = frozenset[Contact]()
    for item, told in chain[tuple[Item, Seen | Told]](table.seen.items(), table.events.items()):
        early, late = (outcome.early.get(item), outcome.late.get(item)) if isinstance(item, Node) else (None, None)
        yield Row(item, told, frozenset(table.contacts.of_item.get(item, none)), outcome.ids[item], early, late)


def refreshed(kept: Kept, gone: Sequence[Sighting], fresh: Sequence[Sighting], registry: Registry) -> Refreshed:
    """Resolve again what is touched where the articles of ``gone`` are taken away and those of ``fresh`` added."""
    changed = _changed(kept, gone, fresh)
    before: dict[Item, Row] = {}
    items: set[Item] = set()
    reached: set[Item] = set(changed)
    while True:
        items |= _closed(reached, items, kept, before)
        table = _table(items, changed, kept, before)
        outcome = resolve_table(table, registry)
        after = {row.item: row for row in rows_of(table, outcome)}
        reached = set(_reached(after, before, table.contacts, kept)) - items
        if not reached:
            return Refreshed(before, after, outcome)


def looked_at(about: Seen | Told) -> set[Node]:
    """The bodies and places that an item looks at: how they stand is a part of what it is compared by."""
    if isinstance(about, Told):
        return {*about.places, *about.organizers}
    return {body for (_, body, _), _ in about.told("post") if body is not None}


def _changed(kept: Kept, gone: Sequence[Sighting], fresh: Sequence[Sighting]) -> dict[Item, Seen | Told | None]:
    """What is told now of each item of the articles that changed; None where nothing is."""
    found: dict[Item, Seen | Told | None] = {key: None for sighting in gone for key in sighting.events}
    found.update((key, told) for sighting in fresh for key, told in sighting.events.items())
    bags = {node: bag for sighting in fresh for node, bag in sighting.bags.items()}
    for node in sorted({node for sighting in (*gone, *fresh) for node in sighting.remarks}):
        row = kept.row(node)
        was = row.about if row is not None and isinstance(row.about, Seen) else Seen("", {}, bags.get(node, Bag()))
        remarks: Counter[Remark] = Counter(was.remarks)
        for sighting in fresh:
            remarks.update(sighting.remarks.get(node, {}))
        for sighting in gone:
            remarks.subtract(sighting.remarks.get(node, {}))
        left = {remark: count for remark, count in remarks.items() if count}
        found[node] = Seen(_first(node, was, kept, gone, fresh), left, was.bag) if left.get(IN) else None
    return found


def _first(node: Node, was: Seen, kept: Kept, gone: Sequence[Sighting], fresh: Sequence[Sighting]) -> str:
    """The first article that has a node now; empty where none does."""
    without = {sighting.article for sighting in gone if node in sighting.remarks}
    found = {sighting.article for sighting in fresh if node in sighting.remarks}
    if was.first in without:
        found |= set(kept.articles(node)) - without
    elif was.first:
        found.add(was.first)
    return min(found, default="")


def _closed(start: Iterable[Item], items: set[Item], kept: Kept, before: dict[Item, Row]) -> set[Item]:
    """``start`` and all that was compared with it, directly or not, but for ``items``; their rows go to ``before``."""
    found = set(start)
    open_items = list(found)
    asked: set[Contact] = set()
    while open_items:
        item = open_items.pop()
        row = kept.row(item)
        if row is None:
            continue
        before[item] = row
        for other in _met(item, row.contacts, kept, asked):
            if other not in found and other not in items:
                found.add(other)
                open_items.append(other)
    return found


def _met(item: Item, contacts: Iterable[Contact], kept: Kept, asked: set[Contact]) -> Iterator[Item]:
    """What meets an item by some contacts; where a step compares all of a key, each contact is ``asked`` once."""
    for contact in contacts:
        step, key, side = contact
        if contact in asked and not is_choosy(step):
            continue
        asked.add(contact)
        for its in MET[side]:
            yield from (other for other in kept.holders(step, key, its) if is_met(step, item, side, other))


def _table(
    items: Iterable[Item], changed: Mapping[Item, Seen | Told | None], kept: Kept, before: Mapping[Item, Row]
) -> Table:
    """The table of ``items`` as they are now."""
    about = {item: changed[item] if item in changed else before[item].about for item in items}
    nodes = {item: one for item, one in about.items() if isinstance(item, Node) and isinstance(one, Seen)}
    events = {item: one for item, one in about.items() if not isinstance(item, Node) and isinstance(one, Told)}

    def row(node: Node) -> Row:
        found = kept.row(node)
        assert found is not None, "what an item looks at is in its own articles"
        return found

    def stand(found: Stand | None) -> Stand:
        assert found is not None, "it is a body or a place"
        return found

    def bag(node: Node) -> Bag:
        found = row(node).about
        return found.bag if isinstance(found, Seen) else Bag()

    others = Others(lambda node: stand(row(node).early), lambda node: stand(row(node).late), bag)
    return Table({node: nodes[node] for node in sorted(nodes)}, {key: events[key] for key in sorted(events)}, others)


def _reached(after: Mapping[Item, Row], before: Mapping[Item, Row], contacts: Contacts, kept: Kept) -> Iterator[Item]:
    """What the items that were resolved met outside, or what looks at those of them that stand otherwise now."""
    asked: set[Contact] = set()
    for item, noted in contacts.of_item.items():
        yield item
        was = before.get(item)
        yield from _met(item, noted if was is None else noted - was.contacts, kept, asked)
    for item, was in before.items():
        now = after.get(item)
        if isinstance(item, Node) and (now is None or (now.early, now.late) != (was.early, was.late)):
            yield from kept.looking_at(item)
