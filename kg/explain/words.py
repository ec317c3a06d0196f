"""Facts in words: one line for each class of fact, with labels in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.store import Store
from kg.tables import Labels
from kg.vocab import RDF_TYPE, kg, term


@dataclass(frozen=True)
class Words:
    """Says things of a store in words."""

    store: Store
    labels: Labels

    def fact(self, node: NamedNode) -> str:
        """A role, figure, count or quotation as one line; the label of anything else."""
        for cls, say in _SAY.items():
            if next(self.store.db.quads_for_pattern(node, RDF_TYPE, cls, DefaultGraph()), None) is not None:
                return say(self, node)
        return self.labels.text(node)

    def term(self, value: NamedNode | Literal) -> str:
        """A value in words; a text with its language."""
        if isinstance(value, NamedNode):
            return self.fact(value)
        return f"“{value.value}” ({value.language})" if value.language else value.value

    def triple(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> str:
        """``Bui Thanh Son — affiliated with: VUFO``."""
        name = "is a" if predicate == RDF_TYPE else self.labels.text(predicate)
        return f"{self.fact(subject)} — {name}: {self.term(value)}"

    def all(self, node: NamedNode, *properties: str) -> str:
        """All values of some properties, with commas; empty where there is none."""
        quads = (
            q for name in properties for q in self.store.db.quads_for_pattern(node, kg(name), None, DefaultGraph())
        )
        values = {self.labels.text(quad.object) for quad in quads if isinstance(quad.object, (NamedNode, Literal))}
        return ", ".join(sorted(values))

    def day(self, node: NamedNode, name: str) -> str:
        """A day; with its year where that is stated or inferred."""
        quads = self.store.db.quads_for_pattern(node, kg(name), None, DefaultGraph())
        days = [quad.object for quad in quads if isinstance(quad.object, Literal)]
        dated = [day for day in days if day.datatype == term("xsd:date")]
        return ", ".join(sorted(day.value for day in dated or days))


def _role(words: Words, node: NamedNode) -> str:
    body = words.all(node, "roleIn")
    return f"{words.all(node, 'heldBy')}: {words.all(node, 'position')}" + (f", {body}" if body else "")


def _figure(words: Words, node: NamedNode) -> str:
    upper = words.all(node, "upperAmount")
    amount = words.all(node, "amount") + (f"–{upper}" if upper else "")
    parts = [f"{words.all(node, 'qualifier')} {amount} {words.all(node, 'currency')}".strip(), _period(words, node)]
    return "; ".join(filter(None, [*parts, *_named(words, node, "donor", "recipient", "sector", "status")]))


def _count(words: Words, node: NamedNode) -> str:
    number = f"{words.all(node, 'qualifier')} {words.all(node, 'value')} {words.all(node, 'counts')}".strip()
    as_of = words.day(node, "asOf")
    dated = f"{words.labels.text(kg('asOf'))}: {as_of}" if as_of else ""
    return "; ".join(filter(None, [number, dated, _period(words, node), *_named(words, node, "place")]))


def _quotation(words: Words, node: NamedNode) -> str:
    return f"{words.all(node, 'speaker')}: “{words.all(node, 'quotedText')}”"


def _period(words: Words, node: NamedNode) -> str:
    start, end = words.day(node, "periodStart"), words.day(node, "periodEnd")
    return f"{start}–{end}" if start or end else ""


def _named(words: Words, node: NamedNode, *properties: str) -> list[str]:
    values = ((name, words.all(node, name)) for name in properties)
    return [f"{words.labels.text(kg(name))}: {value}" for name, value in values if value]


_SAY: Final[Mapping[NamedNode, Callable[[Words, NamedNode], str]]] = {
    kg("Role"): _role,
    kg("AidFigure"): _figure,
    kg("CountFigure"): _count,
    kg("Quotation"): _quotation,
}
