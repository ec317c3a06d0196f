"""What resolution looks at in one article: its names as nodes, what it says around each, and its conferences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg import schemes
from kg.model import ConferenceFact, MonthDay, Name, Reading, RoleFact
from kg.registry import Registry
from kg.resolve.bags import EVENT, LOCAL, SUPRANATIONAL, Bag, bag, is_abroad
from kg.resolve.met import Lands, country_of, day_of, lands_of, names_of
from kg.resolve.nodes import IN, Key, Known, Node, Remark, folded, is_acronym, known_names
from kg.resolve.parts import is_short, part_of

#: Concepts that say that an event is one, not what it is about.
_EVENT_WORDS = frozenset({EVENT, "global", "international", "national", "regional", "world"})


@dataclass(frozen=True, slots=True)
class Told:
    """What one article says of a conference.

    ``near`` is the year, else that of the report. ``bag`` is what the label says it is about.
    """

    label: str
    language: str
    kind: str
    time: str
    ordinal: int
    day: date | None
    last: date | None
    month_day: tuple[int, int] | None
    year: int
    near: int
    places: tuple[Node, ...]
    venues: tuple[Node, ...]
    organizers: tuple[Node, ...]
    themes: tuple[str, ...]
    earlier: tuple[int, ...]
    reviewed: tuple[str, ...]
    bag: Bag


@dataclass(frozen=True, slots=True)
class Sighting:
    """One article: the node of each of its names, its remarks on each node, the bags of bodies, its conferences.

    A remark begins with what it tells: ``acronym`` and ``type`` with what the name was given with; ``home`` with the
    country the article is about; ``post`` with (position, body, whether that is just a government) of a person;
    ``part`` with (article, another name of it that has the name as a part); ``beside`` with a body that stands in the
    article of an acronym; ``seat`` with (person, position, article, other bodies it gives for that post) of a body.
    """

    article: str
    names: Mapping[Name, Node]
    remarks: Mapping[Node, Mapping[Remark, int]]
    bags: Mapping[Node, Bag]
    events: Mapping[Key, Told]


@dataclass
class Sighter:
    """Reads what resolution looks at off readings, by a registry."""

    registry: Registry

    @cached_property
    def _known(self) -> Mapping[str, Known]:
        return {kind: known_names(kind, self.registry) for kind in ("person", "organization", "place")}

    def sight(self, reading: Reading) -> Sighting:
        """What resolution looks at in one article."""
        article, lands = reading.article.id, lands_of(reading, self.registry)
        found = {name for fact in reading.facts for name in names_of(fact)}
        bags: dict[Node, Bag] = {}
        names: dict[Name, Node] = {}
        in_full = self._in_full(found)
        for name in sorted(found, key=_name_order):
            node, its = self._node(name, article, lands, in_full)
            names[name] = node
            if its is not None:
                bags[node] = its
        remarks: dict[Node, Counter[Remark]] = {node: Counter({IN: 1}) for node in sorted(set(names.values()))}
        for node, remark in _remarks(reading, names, bags, lands.most):
            remarks[node][remark] += 1
        events = {
            (article, fact.key): _told(fact, reading, names)
            for fact in reading.facts
            if isinstance(fact, ConferenceFact)
        }
        return Sighting(article, names, remarks, bags, events)

    def _in_full(self, names: Iterable[Name]) -> Mapping[frozenset[str], frozenset[str]]:
        """The countries that bodies are told with, by the concepts of their names: those of "Ghana's finance ministry"
        for "the finance ministry".
        """
        countries: dict[frozenset[str], frozenset[str]] = {}
        for name in names:
            if name.kind == "organization" and (found := bag(name.text, name.language)).places and not found.rest:
                here = frozenset({country_of(place, self.registry) for place in found.places} - {""})
                countries[found.core] = countries.get(found.core, frozenset()) | here
        return countries

    def _node(
        self, name: Name, article: str, lands: Lands, in_full: Mapping[frozenset[str], frozenset[str]]
    ) -> tuple[Node, Bag | None]:
        """The node of a name, and the bag of a body's."""
        known = self._known[name.kind].id_of(name)
        if name.kind == "organization":
            found = Bag() if known else bag(name.text, name.language)
            scope = None if known else self._scope(found, name, lands, in_full)
            where = f"article/{article}" if scope == "" else scope or ""
            return Node(name.kind, name.text, name.language, where, known), found
        short = name.kind == "person" and not known and is_short(name.text, name.language)
        return Node(name.kind, name.text, name.language, f"article/{article}" if short else "", known), None

    def _scope(
        self, found: Bag, name: Name, lands: Lands, in_full: Mapping[frozenset[str], frozenset[str]]
    ) -> str | None:
        """The country whose a body is that its name does not tell, or in which it is where it is one abroad; None for
        a name that says enough, empty where nothing tells the country, or it has many such ("the provincial council").
        """
        if is_abroad(found):
            return lands.host(found.places) if len(found.places) == 1 else None
        if not _needs_country(found, name):
            return None
        return "" if LOCAL in found.concepts else lands.owner(found, in_full.get(found.core, frozenset()))


def _needs_country(found: Bag, name: Name) -> bool:
    """True for a name that many countries' bodies bear: all words are concepts, none says where."""
    if found.rest or found.places or found.concepts & SUPRANATIONAL or not found.concepts:
        return False
    return bool(found.concepts & schemes.load().heads) or name.type == "GovernmentBody"


def _name_order(name: Name) -> tuple[str, ...]:
    return name.kind, name.text, name.language, name.known, name.acronym, name.type


def _remarks(
    reading: Reading, names: Mapping[Name, Node], bags: Mapping[Node, Bag], home: str
) -> Iterator[tuple[Node, Remark]]:
    nodes = sorted(set(names.values()))
    for name, node in names.items():
        if name.acronym:
            yield node, ("acronym", name.acronym)
        if name.type:
            yield node, ("type", name.type)
    people = [node for node in nodes if node.kind == "person"]
    for node in people:
        yield node, ("home", home)
        wholes = [one for one in people if part_of(node.text, one.text, one.language)]
        if not node.known or any(one.known != node.known for one in wholes):
            yield from ((node, ("part", reading.article.id, one)) for one in wholes)
    for node in nodes:
        if node.kind == "organization" and not node.known and is_acronym(node.text):
            yield from ((node, ("beside", one)) for one in nodes if one.kind == node.kind and one != node)
    yield from _of_posts(reading, names, bags)


def _of_posts(reading: Reading, names: Mapping[Name, Node], bags: Mapping[Node, Bag]) -> Iterator[tuple[Node, Remark]]:
    seats: dict[tuple[str, str], set[Node]] = {}
    for fact in reading.facts:
        if isinstance(fact, RoleFact):
            node = None if fact.body is None else names[fact.body]
            its = Bag(rest=frozenset({"?"})) if node is None else bags.get(node, Bag())
            government = its.core <= {"government"} and not its.rest
            yield names[fact.person], ("post", fact.position, node, government)
            if node is not None and node.kind == "organization":
                seats.setdefault((folded(fact.person.text), fact.position), set()).add(node)
    for (person, position), found in sorted(seats.items()):
        for node in found:
            if not node.known:
                yield node, ("seat", person, position, reading.article.id, tuple(sorted(found - {node})))


def _told(fact: ConferenceFact, reading: Reading, names: Mapping[Name, Node]) -> Told:
    said: dict[str, list[object]] = {}
    for statement in fact.statements:
        said.setdefault(statement.property, []).append(statement.value)

    def numbers(name: str) -> list[int]:
        return sorted(value for value in said.get(name, ()) if isinstance(value, int))

    def nodes(name: str, *kinds: str) -> tuple[Node, ...]:
        found = {names[value] for value in said.get(name, ()) if isinstance(value, Name)}
        return tuple(sorted(node for node in found if node.kind in kinds))

    language = reading.article.language
    reported = reading.article.published if fact.time == "reported" else None
    starts = [value for name in ("startDate", "monthDay") for value in said.get(name, ())]
    # Only the day of the event that an article reports may take its year from the day of the report.
    day = next((found for value in starts if (found := day_of(value, reported))), None)
    bare = next((value for value in starts if isinstance(value, MonthDay)), None)
    year = next(iter(numbers("year")), day.year if day else 0)
    return Told(
        label=fact.label,
        language=language,
        kind=fact.event_kind,
        time=fact.time,
        ordinal=next(iter(numbers("ordinal")), 0),
        day=day,
        last=next((value for value in said.get("endDate", ()) if isinstance(value, date)), day),
        month_day=(day.month, day.day) if day else (bare.month, bare.day) if bare else None,
        year=year,
        near=year or (reported.year if reported else 0),
        places=nodes("place", "place", "organization"),
        venues=nodes("venue", "place"),
        organizers=nodes("organizer", "organization", "place"),
        themes=tuple(sorted({_theme(str(value), language) for value in said.get("theme", ())})),
        earlier=tuple(numbers("previousEdition")),
        reviewed=tuple(str(day)[:4] for name in ("reviewPeriodStart", "reviewPeriodEnd") for day in said.get(name, ())),
        bag=_topic_bag(fact.label, language),
    )


def _topic_bag(text: str, language: str) -> Bag:
    """What an event is about: its name's bag without words for gatherings, numbers and ordinals."""
    found = bag(text, language, events=True)
    rest = frozenset(word for word in found.rest if not any(char.isdigit() for char in word))
    return Bag(found.core - _EVENT_WORDS, found.places, rest)


def _theme(text: str, language: str) -> str:
    """A theme as its concepts, so that translations agree; as written where it has words that are none."""
    found = bag(text, language, events=True)
    return " ".join(sorted(found.core)) if len(found.core) > 1 and not found.rest else text.casefold()
