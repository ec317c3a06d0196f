"""What follows from a graph that is given part by part, in memory that grows with its entities and not its articles.

The graph of an article stands alone: it says of every entity it names what class that is. So each part is inferred from
by itself, but for days without a year, which hang on all that is said of conferences.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from kg.infer import axioms_of_ontology, is_kept, left_out, looked_up, triple_order
from kg.rules import OWN_RULES, YEAR_RULES, Facts, Rule, Triple
from kg.vocab import ALT_LABEL, EVIDENCE, kg, shared_graph, term

_BODY = term("schema:articleBody")
_TIMES = frozenset(map(kg, ("monthDay", "year", "startDate", "asOf")))
_TELLING = frozenset(map(kg, ("mentions", "reports")))
#: What entities have much of and nothing can conclude.
_ASIDE = frozenset({EVIDENCE, ALT_LABEL})


@dataclass
class Inference:
    """Takes the parts of a graph one after the other; ``rest`` ends it."""

    base: str
    _found: set[Triple] = field(default_factory=set)
    _stated: set[Triple] = field(default_factory=set)
    _times: dict[Triple, None] = field(default_factory=dict)

    @cached_property
    def _graph(self) -> NamedNode:
        return shared_graph("inferred", base=self.base)

    def take(self, part: Iterable[Quad]) -> Iterator[Quad]:
        """What follows from a part for what nothing else tells of: the facts of its article."""
        facts = dict.fromkeys(_facts(part, self.base))
        counts = {triple[0] for triple in facts if triple[1] == kg("asOf")}
        self._times.update((triple, None) for triple in facts if self._dates(triple, counts))
        own = f"{self.base}article/"
        self._stated.update(t for t in facts if t[1] not in _ASIDE and not t[0].value.startswith(own))
        drawn = _drawn(facts, OWN_RULES)
        for triple in _entailed((*facts, *drawn), drawn):
            if not triple[0].value.startswith(own):
                self._found.add(triple)
            elif triple not in facts:
                yield Quad(*triple, self._graph)

    def rest(self) -> list[Quad]:
        """What follows for entities, and for days without a year, sorted."""
        drawn = _drawn(self._times, YEAR_RULES)
        found = {*self._found, *_entailed(drawn, drawn)} - self._stated - self._times.keys()
        return [Quad(*triple, self._graph) for triple in sorted(found, key=triple_order)]

    def _dates(self, triple: Triple, counts: Container[NamedNode]) -> bool:
        """Whether a year may hang on a triple: it dates a thing, or says which conference or count an article has."""
        if triple[1] in _TELLING:
            return isinstance(triple[2], NamedNode) and triple[2].value.startswith(f"{self.base}conference/")
        return triple[1] in _TIMES or (triple[1] == kg("statedIn") and triple[0] in counts)


def _drawn(facts: Mapping[Triple, None], rules: Iterable[Rule]) -> dict[Triple, None]:
    """What some rules draw, each seeing what those before it drew."""
    seen = Facts(axioms_of_ontology().classes)
    for triple in facts:
        seen.add(triple)
    drawn: dict[Triple, None] = {}
    for rule in rules:
        for triple, _ in list(rule.draw(seen)):
            if triple not in facts:
                drawn[triple] = None
                seen.add(triple)
    return drawn


def _entailed(premises: Iterable[Triple], drawn: Iterable[Triple]) -> Iterator[Triple]:
    """What was drawn and what the axioms entail, as far as it is kept."""
    axioms = axioms_of_ontology()
    follows = (*drawn, *(triple for triple, _ in looked_up(premises, axioms)))
    return (triple for triple in follows if is_kept(triple, axioms))


def _facts(part: Iterable[Quad], base: str) -> Iterator[Triple]:
    """The premises among the quads of a part."""
    aside = left_out(base)
    for quad in part:
        if quad.predicate == _BODY or quad.graph_name in aside:
            continue
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            yield quad.subject, quad.predicate, quad.object
