"""A conference: what articles state of it, each value with its quotes, its editions, and what was announced there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.dataset import Dataset
from kg.query.quotes import Quote, Quotes
from kg.views.citing import cited
from kg.views.figures import Sum, sums_with, with_quotes
from kg.views.reading import naming
from kg.vocab import ALT_LABEL, LABEL, RDF_TYPE, kg, term

#: What is stated of a conference, in the order in which it is read.
PROPERTIES: Final = (
    "eventKind", "ordinal", "startDate", "endDate", "monthDay", "year", "place", "venue", "organizer", "participant",
    "theme", "session", "reviewPeriodStart", "reviewPeriodEnd",
)  # fmt: skip
#: Of these a conference has one: sources that give two differ.
_ONE: Final = ("ordinal", "startDate", "endDate", "monthDay", "year", "place", "reviewPeriodStart", "reviewPeriodEnd")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that articles state, and where: a thing, a text, a day or a number."""

    term: NamedNode | Literal
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A property (its local name) with all its values; ``differ`` where they cannot all be right."""

    name: str
    values: tuple[Value, ...]
    differ: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, as the articles that report the conference tell it: ``session`` if it is of its sessions."""

    value: str
    counts: NamedNode
    qualifier: NamedNode | None
    as_of: str
    session: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A conference of the same series, ``here`` the one that the page is about.

    ``day`` is its first, ``year`` that of the day or the one by which it is known; empty and None where no article
    says.
    """

    node: NamedNode
    year: int | None
    day: str
    ordinal: str
    places: tuple[NamedNode, ...]
    here: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """What is told of a conference.

    ``names`` are its names with their languages; ``named`` are the places where articles name it. ``reports`` are the
    articles that report it, ``mentions`` the others that name it.
    """

    node: NamedNode
    names: tuple[tuple[str, str], ...]
    named: tuple[Quote, ...]
    stated: tuple[Stated, ...]
    series: tuple[NamedNode, ...]
    editions: tuple[Edition, ...]
    sums: tuple[Sum, ...]
    counts: tuple[Count, ...]
    reports: tuple[NamedNode, ...]
    mentions: tuple[NamedNode, ...]

    def days(self, name: str) -> tuple[str, ...]:
        """The values of a property of days, such as ``reviewPeriodStart``, as they are written."""
        return tuple(value.term.value for stated in self.stated if stated.name == name for value in stated.values)


def conference(store: Dataset, node: NamedNode) -> Conference | None:
    """What the articles tell of ``node``; None where it is no conference."""
    if not any(store.match(node, RDF_TYPE, kg("Conference"))):
        return None
    told = _Told(store, node)
    reports = told.subjects("reports", node)
    return Conference(
        node=node,
        names=told.names(),
        named=tuple(told.quotes.naming(node)),
        stated=tuple(told.stated()),
        series=told.objects(node, "inSeries"),
        editions=tuple(told.editions()),
        sums=with_quotes(sums_with(store, node, "announcedAt"), told.quotes),
        counts=tuple(told.counts(reports)),
        reports=reports,
        mentions=tuple(each for each in map(NamedNode, sorted(naming(store, node))) if each not in reports),
    )


class _Told:
    """Reads what is told of one conference."""

    def __init__(self, store: Dataset, node: NamedNode) -> None:
        self.store = store
        self.node = node
        self.quotes = Quotes(store)

    def names(self) -> tuple[tuple[str, str], ...]:
        """Its names and their languages, the one of each language that pages use first."""
        found: dict[tuple[str, str], None] = {}
        for predicate in (LABEL, ALT_LABEL):
            literals = (quad.object for quad in self.store.match(self.node, predicate))
            texts = ((each.language or "", each.value) for each in literals if isinstance(each, Literal))
            found |= {(text, language): None for language, text in sorted(texts)}
        return tuple(found)

    def stated(self) -> Iterator[Stated]:
        """Each property that an article states, with its values: those that most quotes back first."""
        found: dict[str, dict[NamedNode | Literal, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
        for statement, name, value in self._statements(self.node):
            found[name][self._topic(value) if name == "session" else value].append(statement)
        for name in PROPERTIES:
            values = [
                Value(value, cited(self.quotes, statements))
                for value, statements in found[name].items()
                if not isinstance(value, NamedNode) or not self.objects(value, "counts")
            ]
            if values:
                values.sort(key=lambda each: (-len(each.quotes), str(each.term)))
                differ = name in _ONE and any(self._apart(values[0].term, each.term) for each in values[1:])
                yield Stated(name, tuple(values), differ)

    def _topic(self, value: NamedNode | Literal) -> NamedNode | Literal:
        """The theme of a session; what has none stays what it is."""
        themes = (quad.object for quad in self.store.match(value, kg("theme"))) if isinstance(value, NamedNode) else ()
        return next((theme for theme in themes if isinstance(theme, Literal)), value)

    def _apart(self, one: NamedNode | Literal, other: NamedNode | Literal) -> bool:
        """Whether two values contradict each other: a town and its country do not."""
        if not isinstance(one, NamedNode) or not isinstance(other, NamedNode):
            return True
        around = {each: {each, *self.objects(each, "inCountry")} for each in (one, other)}
        codes = {each: {q.object for q in self.store.match(each, kg("countryCode"))} for each in (one, other)}
        return not around[one] & around[other] and not codes[one] & codes[other]

    def counts(self, reports: Iterable[NamedNode]) -> Iterator[Count]:
        """The numbers in the articles that report it, each once."""
        sessions = set(self.objects(self.node, "session"))
        found: dict[tuple[NamedNode, int, str, str, bool], list[NamedNode]] = defaultdict(list)
        for fact in (fact for article in reports for fact in self.subjects("statedIn", article)):
            for countable in self.objects(fact, "counts"):
                qualifier = next((each.value for each in self.objects(fact, "qualifier")), "")
                key = (countable, int(self._text(fact, "value") or 0), qualifier, self._day(fact), fact in sessions)
                found[key].append(fact)
        for key in sorted(found, key=lambda each: (each[0].value, *each[1:])):
            countable, value, qualifier, day, session = key
            exact = not qualifier or qualifier == kg("exactly").value
            quotes = cited(self.quotes, found[key])
            yield Count(str(value), countable, None if exact else NamedNode(qualifier), day, session, quotes)

    def _day(self, fact: NamedNode) -> str:
        """The day a number holds for, with its year where that is known."""
        days = [quad.object for quad in self.store.match(fact, kg("asOf")) if isinstance(quad.object, Literal)]
        return min(days, key=lambda day: (day.value.startswith("--"), day.value)).value if days else ""

    def editions(self) -> Iterator[Edition]:
        """All of the same series, by year; alone it is none."""
        near = {self.node}
        for series in self.objects(self.node, "inSeries"):
            near |= set(self.subjects("inSeries", series))
        near |= {*self.objects(self.node, "previousEdition"), *self.subjects("previousEdition", self.node)}
        found = [self._edition(node) for node in near] if len(near) > 1 else []
        yield from sorted(found, key=lambda each: (each.year is None, each.year or 0, each.day, each.node.value))

    def _edition(self, node: NamedNode) -> Edition:
        day = self._text(node, "startDate")
        year = self._text(node, "year") or day[:4]
        told = {"year", "startDate", "ordinal", "place"}
        stating = [statement for statement, name, _ in self._statements(node) if name in told]
        previous = self.store.match(None, term("rdf:object"), node)
        stating += [quad.subject for quad in previous if isinstance(quad.subject, NamedNode)]
        return Edition(
            node=node,
            year=int(year) if year.isascii() and year.isdigit() else None,
            day=day,
            ordinal=self._text(node, "ordinal"),
            places=self.objects(node, "place"),
            here=node == self.node,
            quotes=cited(self.quotes, stating) if node != self.node else (),
        )

    def _statements(self, node: NamedNode) -> Iterator[tuple[NamedNode, str, NamedNode | Literal]]:
        """The rdf:Statements about ``node``: each with the local name of its property, and its value."""
        for quad in sorted(self.store.match(None, term("rdf:subject"), node), key=lambda each: str(each.subject)):
            if isinstance(quad.subject, NamedNode):
                predicate = self.quotes.value(quad.subject, term("rdf:predicate"))
                value = self.quotes.value(quad.subject, term("rdf:object"))
                if isinstance(predicate, NamedNode) and value is not None:
                    yield quad.subject, predicate.value.rpartition("#")[2], value

    def _text(self, node: NamedNode, name: str) -> str:
        """The least value of a property, as it is written; empty where there is none."""
        values = (quad.object for quad in self.store.match(node, kg(name)))
        return min((each.value for each in values if isinstance(each, Literal)), default="")

    def objects(self, node: NamedNode, name: str) -> tuple[NamedNode, ...]:
        """The things ``node`` has under a property, sorted."""
        return tuple(self.quotes.nodes(node, kg(name)))

    def subjects(self, name: str, node: NamedNode) -> tuple[NamedNode, ...]:
        """The things that have ``node`` under a property, sorted."""
        found = {quad.subject for quad in self.store.match(None, kg(name), node)}
        return tuple(sorted((each for each in found if isinstance(each, NamedNode)), key=lambda each: each.value))
