"""An article with its facts marked in place, and the list of its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.explain.pieces import Pieces, as_text
from kg.explain.words import Words
from kg.query.quotes import Quotes
from kg.store import Store
from kg.tables import Labels
from kg.views.marks import Step, nested, paragraphs, segments
from kg.views.reading import Brief, briefs
from kg.vocab import EVIDENCE, KG, RDF_TYPE, kg, term

#: Kinds of fact, in the order of the legend and of the list.
KINDS: Final = ("conference", "sum", "count", "post", "quotation", "person", "organization", "place", "sector")

_CLASSES: Final = {
    "Role": "post", "AidFigure": "sum", "CountFigure": "count", "Quotation": "quotation", "Person": "person",
    "Conference": "conference", "ConferenceSeries": "conference", "Place": "place",
}  # fmt: skip
_SECTORS: Final = kg("mentionsSector")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing the article says: its number from 1 in the order of the text, its kind, and what it says.

    ``node`` is the IRI of the fact or entity. Where it says a property of a thing, ``about`` is what that is called,
    and ``pieces`` are the property and its value. ``places`` are (start, end, rule).
    """

    number: int
    kind: str
    node: str
    about: Pieces
    pieces: Pieces
    places: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the text where something is said: the numbers of what is said there, the kind of the first."""

    start: int
    end: int
    kind: str
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text, in the steps that mark it; ``kind`` is ``headline`` or ``text``."""

    kind: str
    start: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article: in brief, where it comes from (property and value), its text, marks and facts (by kind).

    ``text`` is empty, and nothing marked, where the store does not hold it.
    """

    brief: Brief
    source: tuple[tuple[str, str], ...]
    text: str
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...]
    told: tuple[Told, ...]

    def of(self, kind: str) -> list[Told]:
        """What it says of one kind, in the order of the text."""
        return [each for each in self.told if each.kind == kind]

    def things(self, kind: str) -> list[list[Told]]:
        """What it says of one kind, in the order of the text, all of one thing together."""
        found: dict[str, list[Told]] = defaultdict(list)
        for each in self.of(kind):
            found[each.node].append(each)
        return [sorted(each, key=lambda one: bool(one.about)) for each in found.values()]

    def at(self, mark: Mark) -> list[Told]:
        """What is said at a mark."""
        return [self.told[number - 1] for number in mark.told]


def article(store: Store, node: NamedNode, *, language: str) -> Article | None:
    """The article ``node``, its facts in words of ``language``; None where it is no article."""
    brief = briefs(store).get(node.value)
    if brief is None:
        return None
    quotes = Quotes(store)
    body = next(iter(store.match(node, term("schema:articleBody"), None, NamedNode(f"{node.value}/body"))), None)
    text = body.object.value if body is not None and isinstance(body.object, Literal) else ""
    told = tuple(_told(store, node, quotes, language))
    marks = tuple(_marks(told))
    spans = [(mark.start, mark.end) for mark in marks]
    return Article(
        brief=brief,
        source=tuple(_source(quotes, node)),
        text=text,
        paragraphs=tuple(
            Paragraph(
                "headline" if not start and text[start:end] == brief.title else "text",
                start,
                tuple(nested(segments(start, end, spans), spans)),
            )
            for start, end in paragraphs(text)
        ),
        marks=marks,
        told=told,
    )


def _source(quotes: Quotes, node: NamedNode) -> Iterator[tuple[str, str]]:
    for name in ("publisher", "author", "url"):
        value = quotes.value(node, term(f"schema:{name}"))
        if value is not None:
            yield name, value.value


def _told(store: Store, node: NamedNode, quotes: Quotes, language: str) -> Iterator[Told]:
    """All that the article says, in the order of its text."""
    words = Words(store, Labels(store, (language,)))
    graph = NamedNode(f"{node.value}/facts")
    found: dict[tuple[str, str, Pieces, Pieces], set[tuple[int, int, str]]] = defaultdict(set)
    for quad in store.match(None, EVIDENCE, None, graph):
        subject, evidence = quad.subject, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(evidence, NamedNode):
            continue
        quote = quotes.read(evidence)
        if quote is not None:
            found[_said(quotes, words, subject, evidence)].add((quote.start, quote.end, quote.rule))
    order = sorted(found, key=lambda one: (min(found[one]), KINDS.index(one[0]), one[1], as_text(one[3])))
    for number, (kind, iri, about, pieces) in enumerate(order, start=1):
        yield Told(number, kind, iri, about, pieces, tuple(sorted(found[kind, iri, about, pieces])))


def _said(quotes: Quotes, words: Words, subject: NamedNode, evidence: NamedNode) -> tuple[str, str, Pieces, Pieces]:
    """Kind and node of what is said at a piece of evidence, what is said about, and what: a property, or its name."""
    predicate = quotes.value(evidence, term("rdf:predicate"))
    value = quotes.value(evidence, term("rdf:object"))
    if predicate == _SECTORS and isinstance(value, NamedNode):
        return "sector", value.value, (), words.said(value)
    if isinstance(predicate, NamedNode) and value is not None:
        return "conference", subject.value, words.said(subject), words.property(predicate, value)
    classes = [each.value.removeprefix(KG) for each in quotes.nodes(subject, RDF_TYPE)]
    kind = next((_CLASSES[name] for name in classes if name in _CLASSES), "organization")
    return kind, subject.value, (), words.said(subject)


def _marks(told: tuple[Told, ...]) -> Iterator[Mark]:
    """A mark for each place, its kind that of what comes first in the order of kinds."""
    places: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for each in told:
        for start, end in dict.fromkeys((start, end) for start, end, _ in each.places):
            places[start, end].append(each)
    for (start, end), found in sorted(places.items(), key=lambda one: (one[0][0], -one[0][1])):
        found.sort(key=lambda each: (KINDS.index(each.kind), each.number))
        yield Mark(start, end, found[0].kind, tuple(each.number for each in found))
