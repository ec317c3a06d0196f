"""What one graph says and another does not: facts added, removed and changed, in words and with their quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.explain.words import Words
from kg.query.quotes import Quotes
from kg.store import Store, open_store, write_store
from kg.tables import Labels
from kg.validate import FILE_GRAPH, read_rdf
from kg.vocab import BASE, EVIDENCE, RDF_TYPE, is_own, kg, term

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"

#: What a graph of a user's own says: there is no quote behind it.
OWN: Final = "said by a user"

#: Classes of facts that have an IRI of their own, and what they are called here.
_FACTS: Final = {
    kg("Role"): "post", kg("AidFigure"): "sum", kg("CountFigure"): "number", kg("Quotation"): "quotation",
}  # fmt: skip
#: What an article says by a single triple, and what that is called here.
_SAID: Final = {
    kg("mentions"): "mention", kg("reports"): "report",
    **dict.fromkeys(
        map(term, ("schema:headline", "schema:inLanguage", "schema:datePublished", "schema:author",
                   "schema:publisher", "schema:url", "schema:articleBody")), "article",
    ),
}  # fmt: skip
_NAMES: Final = "/graph/names"
_ARTICLE: Final = kg("Article")

Key: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that was ``added``, ``removed`` or ``changed``.

    ``article`` is the id of the article that states it, empty for what none states. ``fact`` is the fact in words,
    ``before`` what it was where it changed. ``quotes`` are the sentences behind it.
    """

    change: str
    article: str
    kind: str
    fact: str
    before: str = ""
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Side:
    """One of the two graphs, and what says things of it in words."""

    store: Store
    words: Words
    quotes: Quotes

    def holds(self, item: Quad | Triple) -> bool:
        """Whether the graph has a quad, or its merged facts a triple."""
        return item in self.store.db if isinstance(item, Quad) else Quad(*item) in self.store.db

    def article(self, node: NamedNode) -> str:
        """The id of an article."""
        value = self.quotes.value(node, term("schema:identifier"))
        return value.value if value is not None else node.value.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One fact of a side: what it is known by, its properties, and where its quotes hang."""

    key: Key
    fact: str
    properties: frozenset[tuple[str, str]] = frozenset()
    carriers: tuple[NamedNode, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A change, and by what another may be known that took its place."""

    change: Change
    marks: frozenset[int | str]


def diff(one: Path, other: Path, *, languages: Sequence[str] = ()) -> list[Change]:
    """What has to change in ``one`` to make it ``other``: each a store, or a file in an RDF format.

    The last items count the triples that differ and that no fact tells of: names, evidence, what follows. Empty where
    both say the same. Raises KgError for what cannot be read.
    """
    before, after = (_side(path, languages) for path in (one, other))
    graphs = all(_has_graphs(side.store) for side in (before, after))
    gone, came = _missing(before, after, graphs=graphs), _missing(after, before, graphs=graphs)
    were, units_gone = _units(gone, before)
    are, units_came = _units(came, after)
    changes = list(_changes(were, are, before, after))
    rest = ((REMOVED, units_gone, len(gone)), (ADDED, units_came, len(came)))
    left = [Change(change, "", "other triples", str(total - told)) for change, told, total in rest if total > told]
    return [*sorted(changes, key=lambda item: (item.article, item.kind, item.fact, item.change)), *left]


def summary(changes: Iterable[Change]) -> list[tuple[str, str, int]]:
    """How many facts of each kind were changed in each way: (kind, change, how many)."""
    count: Counter[tuple[str, str]] = Counter()
    for item in changes:
        count[item.kind, item.change] += int(item.fact) if item.kind == "other triples" else 1
    return [(kind, change, number) for (kind, change), number in sorted(count.items())]


def _side(path: Path, languages: Sequence[str]) -> _Side:
    store = open_store(path) if path.is_dir() else _from_file(path)
    return _Side(store, Words(store, Labels(store, tuple(languages))), Quotes(store))


def _from_file(path: Path) -> Store:
    quads = list(read_rdf(path))
    names = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
    base = next((name.removesuffix(_NAMES[1:]) for name in sorted(names) if name.endswith(_NAMES)), BASE)
    return write_store(quads, base=base)


def _has_graphs(store: Store) -> bool:
    return not store.db.contains_named_graph(FILE_GRAPH)


def _missing(one: _Side, other: _Side, *, graphs: bool) -> list[Quad | Triple]:
    """What ``one`` has and ``other`` has not: quads, or triples where one of them has no graphs; no article bodies."""
    items: Iterator[Quad | Triple] = one.store.quads() if graphs else one.store.triples()
    return [item for item in items if not other.holds(item)]


def _units(items: Iterable[Quad | Triple], side: _Side) -> tuple[dict[Key, _Unit], int]:
    """The facts that some quads are part of, and how many of the quads tell of one."""
    found: dict[Key, _Unit] = {}
    told = 0
    for item in items:
        unit = _unit(item, side)
        if unit is not None:
            told += 1
            found[unit.key] = unit
    return found, told


def _unit(item: Quad | Triple, side: _Side) -> _Unit | None:
    """The fact that a triple is part of; None where it is of none."""
    subject, predicate, value = item.subject, item.predicate, item.object
    if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
        return None
    if isinstance(item, Quad) and is_own(item.graph_name, base=side.store.base):
        return _Unit(("", OWN, str(item)), side.words.triple(subject, predicate, value))
    types = {quad.object for quad in side.store.match(subject, RDF_TYPE)}
    for cls in _FACTS:
        if cls in types:
            return None if predicate == EVIDENCE else _fact(subject, _FACTS[cls], side)
    if term("rdf:Statement") in types and predicate == term("rdf:object"):
        return _statement(subject, side)
    if kg("Merge") in types and predicate == kg("reason"):
        return _Unit(("", "merge", value.value), value.value)
    if _ARTICLE in types and predicate in _SAID:
        said = side.words.term(value)
        text = said if _SAID[predicate] != "article" else f"{side.words.labels.text(predicate)}: {said}"
        key = side.article(subject), _SAID[predicate], f"{predicate.value} {value}"
        return _Unit(key, text, carriers=_naming(value, subject, side))
    return None


def _fact(node: NamedNode, kind: str, side: _Side) -> _Unit:
    quads = [quad for quad in side.store.match(node) if quad.predicate != EVIDENCE]
    properties = frozenset((quad.predicate.value, str(quad.object)) for quad in quads)
    source = side.quotes.value(node, kg("statedIn"))
    article = side.article(source) if isinstance(source, NamedNode) else ""
    return _Unit((article, kind, node.value), side.words.fact(node), properties, carriers=(node,))


def _naming(value: NamedNode | Literal, article: NamedNode, side: _Side) -> tuple[NamedNode, ...]:
    """The evidence by which an article names an entity."""
    if not isinstance(value, NamedNode):
        return ()
    quads = side.store.match(value, EVIDENCE, None, NamedNode(f"{article.value}/facts"))
    found = [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
    return tuple(node for node in found if side.quotes.value(node, term("rdf:subject")) is None)


def _statement(node: NamedNode, side: _Side) -> _Unit | None:
    """What one article says of a conference, or the sector that it names."""
    parts = [side.quotes.value(node, term(f"rdf:{part}")) for part in ("subject", "predicate", "object")]
    source = side.quotes.value(node, term("oa:hasSource"))
    subject, predicate, value = parts
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or value is None:
        return None
    sector = predicate == kg("mentionsSector")
    text = side.words.term(value) if sector else side.words.triple(subject, predicate, value)
    article = side.article(source) if isinstance(source, NamedNode) else ""
    return _Unit((article, "sector" if sector else "event", " ".join(map(str, parts))), text, carriers=(node,))


def _changes(were: dict[Key, _Unit], are: dict[Key, _Unit], before: _Side, after: _Side) -> Iterator[Change]:
    """Facts of one side that the other has not; those that are new where an old one stood have changed."""
    gone: list[_Told] = []
    came: list[_Told] = []
    for key in sorted(were.keys() | are.keys()):
        old, new = were.get(key) or _same(are[key], before), are.get(key) or _same(were[key], after)
        if old is None and new is not None:
            came.append(_told(ADDED, new, after))
        elif new is None and old is not None:
            gone.append(_told(REMOVED, old, before))
        elif old is not None and new is not None and old.properties != new.properties:
            yield replace(_told(CHANGED, new, after).change, before=old.fact)
    for item in came:
        was = next((old for old in gone if _replaces(item, old)), None)
        if was is None:
            yield item.change
        else:
            gone.remove(was)
            yield replace(item.change, change=CHANGED, before=was.change.fact)
    yield from (item.change for item in gone)


def _same(unit: _Unit, side: _Side) -> _Unit | None:
    """The fact of the same IRI on the other side, of whose own triples none differs; None where there is none."""
    _, kind, name = unit.key
    if kind not in _FACTS.values():
        return None
    found = _fact(NamedNode(name), kind, side)
    return found if found.properties else None


def _replaces(new: _Told, was: _Told) -> bool:
    """Whether a fact stands where another stood: in the same words of the same article, or at the same place of it."""
    a, b = new.change, was.change
    return (a.article, a.kind) == (b.article, b.kind) and not new.marks.isdisjoint(was.marks)


def _told(change: str, unit: _Unit, side: _Side) -> _Told:
    """A unit as a change, and the place and words of its first quote."""
    article, kind, _ = unit.key
    found = [quote for node in unit.carriers for quote in side.quotes.of(node) if quote.article == article]
    quotes = tuple(dict.fromkeys(" ".join(quote.text.split()) for quote in sorted(found)))
    marks = frozenset[int | str]((min(found).start, quotes[0])) if found else frozenset[int | str]()
    return _Told(Change(change, article, kind, unit.fact, quotes=quotes), marks)
