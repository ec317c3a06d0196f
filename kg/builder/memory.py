"""What a store remembers of the last resolution: a row of each name and conference, by what it was compared, and what
it is. It is kept in the database of readings, so that a build looks up what it needs and no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Database

from kg.builder import values
from kg.errors import KgError
from kg.resolve.again import Row, looked_at
from kg.resolve.contacts import ASKS, MEETS, OFFERS, Item
from kg.resolve.editions import Place
from kg.resolve.model import Entity, Merge
from kg.resolve.nodes import Node, Seen
from kg.resolve.series import Placed

_ROW: Final = NamedNode("urn:kg:row")
_SIDES: Final = {
    MEETS: NamedNode("urn:kg:meets"),
    ASKS: NamedNode("urn:kg:asks"),
    OFFERS: NamedNode("urn:kg:offers"),
}
_IN: Final = NamedNode("urn:kg:in")
_LOOKS: Final = NamedNode("urn:kg:looked-at-by")
_ENTITY: Final = NamedNode("urn:kg:entity")
_PLACED: Final = NamedNode("urn:kg:placed")
_SHARED: Final = NamedNode("urn:kg:shared-by")
_ASKED: Final = NamedNode("urn:kg:asked-for")


@dataclass(frozen=True, slots=True)
class Known:
    """An entity with the merges into it and, of a conference, (year, id) of other editions of its series."""

    entity: Entity
    merges: tuple[Merge, ...] = ()
    editions: tuple[tuple[int, str], ...] = ()


@dataclass
class Memory:
    """The last resolution, looked up in the database of readings.

    It is a ``kg.resolve.again.Kept`` and a ``kg.resolve.series_again.KeptSeries``.
    """

    database: Database
    _rows: dict[Item, Row | None] = field(default_factory=dict)
    _placed: dict[str, Placed | None] = field(default_factory=dict)

    def row(self, item: Item) -> Row | None:
        """The row of an item; None for one that was not there."""
        if item not in self._rows:
            self._rows[item] = next((_row(text) for text in self._texts(item_node(item), _ROW)), None)
        return self._rows[item]

    def holders(self, step: str, key: str, side: str) -> Iterator[Item]:
        """The items that have a key in a step on one side."""
        return map(_item, self._texts(_key_node(step, key), _SIDES[side]))

    def looking_at(self, node: Node) -> Iterator[Item]:
        """The items whose posts, places or organizers name a node."""
        return map(_item, self._texts(item_node(node), _LOOKS))

    def articles(self, item: Item) -> Iterator[str]:
        """The articles that have an item."""
        return self._texts(item_node(item), _IN) if isinstance(item, Node) else iter((item[0],))

    def placed(self, key: str) -> Placed | None:
        """A conference in its series; None for one that was not there."""
        if key not in self._placed:
            self._placed[key] = next((values.load(text) for text in self._texts(_entity_node(key), _PLACED)), None)
        return self._placed[key]

    def sharing(self, value: str) -> Iterator[Place]:
        """The conferences that share a value."""
        for text in self._texts(_key_node("series", value), _SHARED):
            last, _, key = text.partition(" ")
            yield int(last), key

    def asking(self, key: str) -> Iterator[str]:
        """The conferences on whose behalf an id was asked for."""
        return self._texts(_key_node("series", key), _ASKED)

    def reports(self, conference: str) -> Iterator[str]:
        """The articles that have a conference."""
        return self._texts(_entity_node(conference), _IN)

    def known(self, key: str) -> Known | None:
        """What is known of the entity ``key``; None where there is none."""
        found = next((values.load(text) for text in self._texts(_entity_node(key), _ENTITY)), None)
        return None if found is None else Known(*found)

    def _texts(self, node: NamedNode, what: NamedNode) -> Iterator[str]:
        for quad in self.database.quads_for_pattern(node, what, None, None):
            if isinstance(quad.object, Literal):
                yield quad.object.value


def known_of(entities: Iterable[Entity], merges: Iterable[Merge], placed: Mapping[str, Placed]) -> dict[str, Known]:
    """What is known of each entity after a resolution."""
    merged: dict[str, list[Merge]] = {}
    for merge in merges:
        merged.setdefault(merge.entity, []).append(merge)
    return {
        one.id: Known(one, tuple(merged.get(one.id, ())), placed[one.id].editions if one.id in placed else ())
        for one in entities
    }


def row_quads(row: Row) -> Iterator[Quad]:
    """What is kept of a row, without the articles that have it."""
    node, text = item_node(row.item), _text(row.item)
    yield _quad(node, _ROW, _plain(row))
    for step, key, side in sorted(row.contacts):
        yield _quad(_key_node(step, key), _SIDES[side], text)
    for other in looked_at(row.about):
        yield _quad(item_node(other), _LOOKS, text)


def report_quads(row: Row) -> Iterator[Quad]:
    """That the article of a conference has it, as it is kept: several rows of one article may say the same."""
    if not isinstance(row.item, Node):
        yield _quad(_entity_node(row.id), _IN, row.item[0])


def article_quads(item: Item, articles: Iterable[str]) -> Iterator[Quad]:
    """The articles that have an item, as they are kept."""
    return (_quad(item_node(item), _IN, article) for article in articles)


def known_quads(known: Known) -> Iterator[Quad]:
    """What is kept of an entity."""
    yield _quad(_entity_node(known.entity.id), _ENTITY, values.dump((known.entity, known.merges, known.editions)))


def placed_quads(placed: Placed) -> Iterator[Quad]:
    """What is kept of a conference in its series."""
    last, key = placed.edition.place
    yield _quad(_entity_node(key), _PLACED, values.dump(placed))
    for value in placed.edition.shared:
        yield _quad(_key_node("series", value), _SHARED, f"{last} {key}")
    for wanted in placed.asked:
        yield _quad(_key_node("series", wanted), _ASKED, key)


def item_node(item: Item) -> NamedNode:
    """What the row of an item is kept under."""
    return NamedNode(f"urn:kg:item:{_digest(_text(item))}")


def _key_node(step: str, key: str) -> NamedNode:
    return NamedNode(f"urn:kg:key:{_digest(f'{step} {key}')}")


def _entity_node(key: str) -> NamedNode:
    return NamedNode(f"urn:kg:entity:{_digest(key)}")


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _quad(node: NamedNode, what: NamedNode, text: str) -> Quad:
    return Quad(node, what, Literal(text))


def _text(item: Item) -> str:
    """An item in short."""
    plain = (item.kind, item.text, item.language, item.scope, item.known) if isinstance(item, Node) else item
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=65_536)
def _item(text: str) -> Item:
    """The item that ``_text`` wrote; those of one family are met again under each key that they share."""
    try:
        plain = json.loads(text)
        if len(plain) > 2:
            kind, spelling, language, scope, known = map(str, plain)
            return Node(kind, spelling, language, scope, known)
        article, key = plain
        return str(article), int(key)
    except (ValueError, TypeError) as error:
        raise KgError(f"what the store remembers of its names is damaged: {error}", where="--store") from None


def _plain(row: Row) -> str:
    about = row.about
    if isinstance(about, Seen):
        said = tuple(sorted(about.remarks.items(), key=repr))
        return values.dump((row.item, about.first, said, about.bag, row.contacts, row.id, row.early, row.late))
    return values.dump((row.item, about, row.contacts, row.id))


def _row(text: str) -> Row:
    found = values.load(text)
    try:
        if isinstance(found[0], Node):
            item, first, said, bag, contacts, key, early, late = found
            return Row(item, Seen(first, dict(said), bag), contacts, key, early, late)
        return Row(*found)
    except (ValueError, TypeError, IndexError) as error:
        raise KgError(f"what the store remembers of its names is damaged: {error}", where="--store") from None
