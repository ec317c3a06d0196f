"""Facts in words: one line for each class of fact, with labels in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.explain.pieces import (
    BLANK,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    IS_A,
    OPEN,
    SEMICOLON,
    TO,
    Piece,
    Pieces,
    as_text,
    in_order,
    joined,
)
from kg.store import Store
from kg.tables import Labels
from kg.vocab import RDF_TYPE, kg, term

_DATE: Final = term("xsd:date")
_KINDS: Final = {
    _DATE: "day", term("xsd:gMonthDay"): "day", term("xsd:integer"): "number", term("xsd:decimal"): "number",
}  # fmt: skip
#: Integers that are no quantities: they are written without grouping.
_YEARS: Final = frozenset({kg("year"), kg("previousEdition")})


@dataclass(frozen=True)
class Words:
    """Says things of a store in words."""

    store: Store
    labels: Labels

    def fact(self, node: NamedNode) -> str:
        """A role, figure, count or quotation as one line; the label of anything else."""
        return as_text(self.said(node))

    def said(self, node: NamedNode) -> Pieces:
        """As ``fact``, in pieces."""
        for cls, say in _SAY.items():
            if next(self.store.db.quads_for_pattern(node, RDF_TYPE, cls, DefaultGraph()), None) is not None:
                return say(self, node)
        return (self.named(node),)

    def term(self, value: NamedNode | Literal) -> str:
        """A value in words; a text with the code of its language."""
        return as_text(self.value(value))

    def value(self, value: NamedNode | Literal, predicate: NamedNode | None = None) -> Pieces:
        """A value in pieces, of ``predicate`` where that matters."""
        if isinstance(value, NamedNode):
            return self.said(value)
        piece = literal(value)
        if predicate in _YEARS:
            return (Piece(piece.text),)
        if value.language:
            return OPEN, piece, CLOSE, Piece(f" ({value.language})", "language", language=value.language)
        return (piece,)

    def triple(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> str:
        """``Bui Thanh Son — affiliated with: VUFO``."""
        return as_text(self.statement(subject, predicate, value))

    def statement(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Pieces:
        """As ``triple``, in pieces."""
        return *self.said(subject), DASH, *self.property(predicate, value)

    def property(self, predicate: NamedNode, value: NamedNode | Literal) -> Pieces:
        """A property and its value: ``affiliated with: VUFO``."""
        name = IS_A if predicate == RDF_TYPE else self.named(predicate)
        return name, COLON, *self.value(value, predicate)

    def named(self, node: NamedNode) -> Piece:
        """The label of a node, with its language; or the short IRI."""
        label = self.labels.of(node)
        language = "" if label is None else label.language or ""
        return Piece(self.labels.text(node), node=node.value, language=language)

    def all(self, node: NamedNode, *properties: str) -> Pieces:
        """All values of some properties, with commas; empty where there is none."""
        quads = (
            q for name in properties for q in self.store.db.quads_for_pattern(node, kg(name), None, DefaultGraph())
        )
        values = [quad.object for quad in quads]
        return joined(
            in_order(
                [
                    (self.named(value) if isinstance(value, NamedNode) else literal(value),)
                    for value in values
                    if isinstance(value, (NamedNode, Literal))
                ]
            ),
            COMMA,
        )

    def day(self, node: NamedNode, name: str) -> Pieces:
        """A day; with its year where that is stated or inferred."""
        quads = self.store.db.quads_for_pattern(node, kg(name), None, DefaultGraph())
        days = [quad.object for quad in quads if isinstance(quad.object, Literal)]
        dated = [day for day in days if day.datatype == _DATE]
        return joined(in_order([(literal(day),) for day in dated or days]), COMMA)


def literal(value: Literal) -> Piece:
    """A literal as one piece."""
    return Piece(value.value, _KINDS.get(value.datatype, "text"), language=value.language or "")


def _role(words: Words, node: NamedNode) -> Pieces:
    post = joined([words.all(node, "position"), words.all(node, "roleIn")], COMMA)
    return *words.all(node, "heldBy"), COLON, *post


def _figure(words: Words, node: NamedNode) -> Pieces:
    amount = joined([words.all(node, "amount"), words.all(node, "upperAmount")], TO)
    money = joined([words.all(node, "qualifier"), amount, words.all(node, "currency")], BLANK)
    named = _named(words, node, "donor", "recipient", "sector", "status")
    return joined([money, _period(words, node), *named], SEMICOLON)


def _count(words: Words, node: NamedNode) -> Pieces:
    number = joined([words.all(node, name) for name in ("qualifier", "value", "counts")], BLANK)
    as_of = words.day(node, "asOf")
    dated = (words.named(kg("asOf")), COLON, *as_of) if as_of else ()
    return joined([number, dated, _period(words, node), *_named(words, node, "place")], SEMICOLON)


def _quotation(words: Words, node: NamedNode) -> Pieces:
    return *words.all(node, "speaker"), COLON, OPEN, *words.all(node, "quotedText"), CLOSE


def _period(words: Words, node: NamedNode) -> Pieces:
    start, end = words.day(node, "periodStart"), words.day(node, "periodEnd")
    return (*start, TO, *end) if start or end else ()


def _named(words: Words, node: NamedNode, *properties: str) -> list[Pieces]:
    values = ((name, words.all(node, name)) for name in properties)
    return [(words.named(kg(name)), COLON, *value) for name, value in values if value]


_SAY: Final[Mapping[NamedNode, Callable[[Words, NamedNode], Pieces]]] = {
    kg("Role"): _role,
    kg("AidFigure"): _figure,
    kg("CountFigure"): _count,
    kg("Quotation"): _quotation,
}
