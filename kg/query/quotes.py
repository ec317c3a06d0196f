"""Quotes: the evidence behind facts, as sentences with their place, language and rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.dataset import Dataset
from kg.mappers.source import Source, read_source
from kg.tables import EVIDENCE, Rows
from kg.vocab import kg, term

_SOURCE = term("oa:hasSource")


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """What an article says, word for word, and where.

    ``start`` and ``end`` count characters of the article's text; ``place`` is ``file:line:column``, empty where
    the file is not known. ``node`` is the IRI of the evidence.
    """

    article: str
    start: int
    end: int
    rule: str
    text: str
    language: str
    place: str
    node: str

    def __str__(self) -> str:
        place = self.place or f"characters {self.start}–{self.end}"
        return f"“{' '.join(self.text.split())}” [{self.language}] {self.article}, {place}, rule {self.rule}"


@dataclass(frozen=True)
class Quotes:
    """Reads the quotes of a store; what it has read it remembers."""

    store: Dataset
    _read: dict[NamedNode, Quote | None] = field(default_factory=dict, repr=False, compare=False)
    _sources: dict[NamedNode, Source | None] = field(default_factory=dict, repr=False, compare=False)

    def of(self, node: NamedNode) -> tuple[Quote, ...]:
        """The quotes of a fact, an entity or a piece of evidence, in the order of articles and their text."""
        found = map(self.read, self.evidence(node))
        return tuple(sorted(quote for quote in found if quote is not None))

    def evidence(self, node: NamedNode) -> list[NamedNode]:
        """The pieces of evidence of a fact or an entity; the node itself where it is one."""
        return [node] if self.value(node, _SOURCE) is not None else self.nodes(node, kg("evidence"))

    def read(self, node: NamedNode) -> Quote | None:
        """The quote of one piece of evidence; None where it is not one."""
        if node not in self._read:
            self._read[node] = self._quote(node)
        return self._read[node]

    def _quote(self, node: NamedNode) -> Quote | None:
        article, rule = self.value(node, _SOURCE), self.value(node, kg("rule"))
        start = end = text = None
        for selector in self.nodes(node, term("oa:hasSelector")):
            start = self.value(selector, term("oa:start")) or start
            end = self.value(selector, term("oa:end")) or end
            text = self.value(selector, term("oa:exact")) or text
        if not isinstance(article, NamedNode) or rule is None or start is None or end is None or text is None:
            return None
        identifier = self.value(article, term("schema:identifier"))
        language = self.value(article, term("schema:inLanguage"))
        source = self._source(article)
        return Quote(
            article=article.value if identifier is None else identifier.value,
            start=int(start.value),
            end=int(end.value),
            rule=rule.value,
            text=text.value,
            language="" if language is None else language.value,
            place="" if source is None else source.locate(int(start.value)),
            node=node.value,
        )

    def cited(self, rows: Rows) -> list[tuple[str, ...]]:
        """For each row its quotes (see ``behind``) as lines of text."""
        return [tuple(dict.fromkeys(map(str, quotes))) for quotes in self.behind(rows)]

    def behind(self, rows: Rows) -> list[list[Quote]]:
        """For each row the quotes of the facts in its column ``evidence``; without one, those that name its IRIs."""
        if EVIDENCE in rows.columns:
            facts = [_listed(cell) for cell in rows.column(EVIDENCE)]
            self._read_ahead(node for each in facts for node in each)
            return [self.all(each) for each in facts]
        nodes = [[cell for cell in row if isinstance(cell, NamedNode)] for row in rows.rows]
        self._read_ahead(node for row in nodes for node in row)
        return [sorted({quote for node in row for quote in self.naming(node)}) for row in nodes]

    def _read_ahead(self, nodes: Iterable[NamedNode]) -> None:
        """Facts, their evidence, and what that consists of: three questions to a store elsewhere, however many."""
        level = list(dict.fromkeys(nodes))
        for predicates in ((kg("evidence"),), (term("oa:hasSelector"), _SOURCE), ()):
            self.store.read_ahead(level)
            own = level if predicates == (kg("evidence"),) else []  # a cell may name evidence itself
            level = [*own, *(found for node in level for each in predicates for found in self.nodes(node, each))]

    def naming(self, node: NamedNode) -> list[Quote]:
        """The quotes that name an entity or state a fact, without those of single statements about it."""
        return [quote for quote in self.of(node) if self.value(NamedNode(quote.node), term("rdf:subject")) is None]

    def all(self, nodes: Iterable[NamedNode]) -> list[Quote]:
        """The quotes of several facts, each once."""
        return sorted({quote for node in nodes for quote in self.of(node)})

    def value(self, node: NamedNode, predicate: NamedNode) -> NamedNode | Literal | None:
        """The first value of a property of ``node``; None where it has none."""
        for quad in self.store.match(node, predicate):
            if isinstance(quad.object, (NamedNode, Literal)):
                return quad.object
        return None

    def nodes(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """The things ``node`` has under a property, sorted."""
        quads = self.store.match(node, predicate)
        return sorted(
            (quad.object for quad in quads if isinstance(quad.object, NamedNode)), key=lambda each: each.value
        )

    def _source(self, article: NamedNode) -> Source | None:
        """Where the article stands in its file, which the graph of its text says."""
        if article not in self._sources:
            graph = NamedNode(f"{article.value}/body")
            file, marks = (
                next((quad.object for quad in self.store.match(article, kg(name), None, graph)), None)
                for name in ("file", "lineMap")
            )
            known = isinstance(file, Literal) and isinstance(marks, Literal)
            self._sources[article] = read_source(file.value, marks.value) if known else None  # type: ignore[union-attr]
        return self._sources[article]


def _listed(cell: object) -> list[NamedNode]:
    """The IRIs in a cell of the column ``evidence``: one, or several with spaces between them."""
    if isinstance(cell, NamedNode):
        return [cell]
    return [NamedNode(iri) for iri in cell.value.split()] if isinstance(cell, Literal) else []
