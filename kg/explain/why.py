"""Why a triple is in the graph: the quotes behind it, the rule and premises it follows from, or where it was stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.infer import Reason
from kg.infer.changes import reasons_about
from kg.query.quotes import Quote, Quotes
from kg.rules import Triple
from kg.store import Store
from kg.vocab import EVIDENCE, RDF_TYPE, is_own, kg, shared_graph, term

_SOURCE: Final = term("oa:hasSource")
#: Where a triple can come from that no sentence states.
ORIGINS: Final = {
    "ontology": "the ontology",
    "vocabularies": "the vocabularies",
    "file": "what the file says of the article itself",
    "merging": "the merging of names",
    "names": "the names of entities, from the registry and from all articles",
    "own": "a user of the endpoint, and no article",
}

_NAMING: Final = (kg("mentions"), kg("reports"))


@dataclass(frozen=True, slots=True)
class Why:
    """Why a triple holds.

    ``quotes`` are the sentences that say so; for an inferred triple those behind its premises. ``rule`` and
    ``premises`` are set where it was inferred. ``origin``, a key of ``ORIGINS``, says where it comes from if no
    sentence states it, ``reason`` why names were merged.
    """

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal
    quotes: tuple[Quote, ...] = ()
    origin: str = ""
    reason: str = ""
    rule: str = ""
    premises: tuple[Why, ...] = ()

    @property
    def source(self) -> str:
        """Where it comes from, in words; empty where sentences state it."""
        return source(self.origin, self.reason)


@dataclass(frozen=True)
class Explainer:
    """Explains the triples of one store; what it works out for one it keeps for the next."""

    store: Store
    _reasons: dict[NamedNode, dict[Triple, Reason]] = field(default_factory=dict, repr=False, compare=False)

    def why(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Why | None:
        """Why a triple is in the graph; None where it is not there."""
        graphs = [
            quad.graph_name.value
            for quad in self.store.db.quads_for_pattern(subject, predicate, value, None)
            if isinstance(quad.graph_name, NamedNode)
        ]
        if not graphs:
            return None
        if all(is_own(NamedNode(graph), base=self.store.base) for graph in graphs):
            return Why(subject, predicate, value, origin="own")
        reason = self.reasons(subject).get((subject, predicate, value)) if self._shared("inferred") in graphs else None
        graphs = [graph for graph in graphs if not is_own(NamedNode(graph), base=self.store.base)]
        if graphs == [self._shared("inferred")] and reason is not None:
            return self._inferred(subject, predicate, value, reason)
        found = self._quotes_for(subject, predicate, value, graphs)
        origin, because = ("", "") if found else self._origin(subject, graphs)
        return Why(subject, predicate, value, quotes=tuple(found), origin=origin, reason=because)

    @cached_property
    def quotes(self) -> Quotes:
        """The quotes of the store."""
        return Quotes(self.store)

    def reasons(self, node: NamedNode) -> Mapping[Triple, Reason]:
        """Why each inferred triple about a node was inferred."""
        if node not in self._reasons:
            self._reasons[node] = reasons_about(self.store.db, node, base=self.store.base)
        return self._reasons[node]

    def _inferred(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, reason: Reason) -> Why:
        premises = tuple(filter(None, (self.why(*premise) for premise in reason.premises)))
        quotes = sorted({quote for premise in premises for quote in premise.quotes})
        return Why(subject, predicate, value, quotes=tuple(quotes), rule=reason.rule, premises=premises)

    def _quotes_for(
        self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, graphs: list[str]
    ) -> list[Quote]:
        """The quotes of the statement itself, else of the thing it is about."""
        if predicate == EVIDENCE and isinstance(value, NamedNode):
            return self.quotes.all([value])
        carrier = self._evidence_of(subject)
        if carrier is not None:
            return self.quotes.all([carrier])
        said = self._statements(subject, predicate, value)
        if said:
            return self.quotes.all(said)
        if self._is_article(subject):
            named = isinstance(value, NamedNode) and predicate in _NAMING
            return self.of_entity(value, f"{subject.value}/facts") if named and isinstance(value, NamedNode) else []
        if self.quotes.value(subject, kg("statedIn")) is not None:
            return list(self.quotes.of(subject))
        facts = [graph for graph in graphs if graph.endswith("/facts")]
        return sorted({quote for graph in facts for quote in self.of_entity(subject, graph)})

    def _evidence_of(self, node: NamedNode) -> NamedNode | None:
        """The piece of evidence that ``node`` is, or is a selector of; None for other things."""
        for candidate in (node.value, node.value.rpartition("/")[0]):
            if candidate and self.quotes.value(NamedNode(candidate), _SOURCE) is not None:
                return NamedNode(candidate)
        return None

    def _statements(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> list[NamedNode]:
        """The pieces of evidence for just this triple."""
        return [
            node
            for node in self.quotes.nodes(subject, EVIDENCE)
            if self.quotes.value(node, term("rdf:predicate")) == predicate
            and self.quotes.value(node, term("rdf:object")) == value
        ]

    def of_entity(self, entity: NamedNode, graph: str) -> list[Quote]:
        """The places of one article's graph where an entity is named; else the facts there that speak of it."""
        quads = list(self.store.db.quads_for_pattern(entity, EVIDENCE, None, NamedNode(graph)))
        named = [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
        alone = [node for node in named if self.quotes.value(node, term("rdf:subject")) is None]
        if named:
            return self.quotes.all(alone or named)
        about = self.store.db.quads_for_pattern(None, None, entity, NamedNode(graph))
        return self.quotes.all(sorted({q.subject for q in about if isinstance(q.subject, NamedNode)}, key=str))

    def _is_article(self, node: NamedNode) -> bool:
        return next(self.store.db.quads_for_pattern(node, RDF_TYPE, kg("Article"), DefaultGraph()), None) is not None

    def _origin(self, subject: NamedNode, graphs: list[str]) -> tuple[str, str]:
        """Where a triple comes from that no sentence states, and why if names were merged."""
        for name in ("ontology", "vocabularies"):
            if self._shared(name) in graphs:
                return name, ""
        if self._is_article(subject):
            return "file", ""
        reason = self.quotes.value(subject, kg("reason"))
        return ("names", "") if reason is None else ("merging", reason.value)

    def _shared(self, name: str) -> str:
        return shared_graph(name, base=self.store.base).value


def source(origin: str, reason: str = "") -> str:
    """A key of ``ORIGINS`` in words, with the reason for a merge; empty for none."""
    said = ORIGINS.get(origin, "")
    return f"{said}: {reason}" if reason else said


def explain_triple(store: Store, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Why | None:
    """Why one triple is in the graph; None where it is not. For many triples keep an ``Explainer``."""
    return Explainer(store).why(subject, predicate, value)
