"""What follows from the facts: the ontology's axioms, and a few named rules of our own.

Two engines draw what the axioms entail. ``owlrl`` is the reference, a full OWL 2 RL reasoner. ``table``
works out once what each class and each property entails and looks that up for every triple; that is
exact as long as every axiom has one premise among the facts (subclass, subproperty, inverse, symmetric), which a
test holds the ontology to, and thousands of times faster. Both keep the same triples: those of our own
and the aligned vocabularies that nobody has asserted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias, TypeVar

from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Triple as RdfTriple

from kg.errors import KgError
from kg.rules import RULES, Facts, Term, Triple
from kg.vocab import BASE, FOAF, KG, ORG, PROV, RDF_TYPE, SCHEMA, SKOS, is_own, shared_graph, term

#: Vocabularies whose terms are kept: our own and those it is aligned to.
KEPT: Final = (KG, SCHEMA, ORG, FOAF, PROV, SKOS)
#: Up to this many premises ``auto`` leaves to owlrl; its time grows faster than they do.
OWLRL_LIMIT: Final = 500

_SUBCLASS: Final = term("rdfs:subClassOf")
_SUBPROPERTY: Final = term("rdfs:subPropertyOf")
_INVERSE: Final = term("owl:inverseOf")
_SYMMETRIC: Final = term("owl:SymmetricProperty")
_AXIOMS: Final = (_SUBCLASS, _SUBPROPERTY, _INVERSE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a triple was inferred: the rule's name and the triples it was drawn from."""

    rule: str
    premises: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Axioms:
    """What an ontology entails of one triple.

    ``classes`` maps a class to all its superclasses; ``properties`` a property to what else holds
    between the same two things: (property, whether they change sides). ``terms`` are all of these, ``turned`` the
    properties from which something follows that changes sides.
    """

    triples: tuple[Triple, ...]
    terms: frozenset[Term]
    classes: Mapping[NamedNode, tuple[NamedNode, ...]]
    properties: Mapping[NamedNode, tuple[tuple[NamedNode, bool], ...]]
    turned: frozenset[NamedNode]


T = TypeVar("T")
Inference: TypeAlias = tuple[Triple, Reason]


def infer(quads: Iterable[Quad], *, base: str = BASE, engine: str = "auto") -> list[Quad]:
    """What follows from ``quads``, sorted, in the graph ``{base}graph/inferred``; nothing that they assert.

    ``engine`` is ``table``, ``owlrl``, or ``auto``: owlrl where the facts are few. The quads of the
    ontology, the vocabularies, article bodies, a user's own graphs and earlier inferences are no premises.
    Raises KgError for an unknown engine.
    """
    if engine not in {"auto", "table", "owlrl"}:
        raise KgError(f"unknown engine '{engine}'", where="--engine", hint="One of: auto, table, owlrl")
    facts = _facts(quads, base=base)
    axioms = axioms_of_ontology()
    drawn = draw(facts, axioms)
    premises = [triple for triple in (*facts, *drawn) if _entails(triple, axioms)]
    by_owlrl = engine == "owlrl" or (engine == "auto" and len(premises) <= OWLRL_LIMIT)
    closure = _owlrl(premises, axioms) if by_owlrl else (triple for triple, _ in looked_up(premises, axioms))
    found = {triple for triple in (*drawn, *closure) if is_kept(triple, axioms)}
    graph = shared_graph("inferred", base=base)
    return [Quad(*triple, graph) for triple in sorted(found - facts.keys(), key=triple_order)]


def reasons(quads: Iterable[Quad], *, base: str = BASE) -> dict[Triple, Reason]:
    """Every inferred triple with one reason for it."""
    facts = _facts(quads, base=base)
    axioms = axioms_of_ontology()
    drawn = draw(facts, axioms)
    found = dict(drawn)
    for triple, reason in looked_up((*facts, *drawn), axioms):
        if triple not in facts and is_kept(triple, axioms):
            found.setdefault(triple, reason)
    return found


@cache
def axioms_of_ontology() -> Axioms:
    """The axioms of the ontology that comes with kg."""
    from kg.ontology import schema_triples

    return read_axioms(schema_triples())


def read_axioms(triples: Iterable[RdfTriple]) -> Axioms:
    """The axioms among the triples of an ontology, and all that follows from them for one class or property."""
    kept: list[Triple] = []
    above: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    beside: dict[tuple[NamedNode, bool], list[tuple[NamedNode, bool]]] = defaultdict(list)
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode):
            continue
        if predicate in _AXIOMS or (predicate == RDF_TYPE and value == _SYMMETRIC):
            kept.append((subject, predicate, value))
        for turned in (False, True):
            if predicate == _SUBCLASS and not turned:
                above[subject].append(value)
            elif predicate == _SUBPROPERTY:
                beside[subject, turned].append((value, turned))
            elif predicate == _INVERSE:
                beside[subject, turned].append((value, not turned))
                beside[value, turned].append((subject, not turned))
            elif predicate == RDF_TYPE and value == _SYMMETRIC:
                beside[subject, turned].append((subject, not turned))
    classes = {cls: _reached(cls, above) for cls in sorted(above, key=str)}
    names = sorted({name for name, _ in beside}, key=str)
    properties = {name: _reached((name, False), beside) for name in names}
    terms = frozenset(item for triple in kept for item in (triple[0], triple[2]))
    changing = frozenset(name for name, found in properties.items() if any(sides for _, sides in found))
    return Axioms(tuple(sorted(kept, key=triple_order)), terms, classes, properties, changing)


def _reached(start: T, edges: Mapping[T, list[T]]) -> tuple[T, ...]:
    """All that can be reached from ``start``, nearest first, without ``start``."""
    found: dict[T, None] = {start: None}
    queue = [start]
    for item in queue:
        for following in edges.get(item, ()):
            if following not in found:
                found[following] = None
                queue.append(following)
    return tuple(found)[1:]


def left_out(base: str) -> frozenset[NamedNode]:
    """The graphs whose triples are no premises."""
    return frozenset(shared_graph(name, base=base) for name in ("ontology", "vocabularies", "inferred"))


def _facts(quads: Iterable[Quad], *, base: str) -> dict[Triple, None]:
    """The triples that are premises: those of the articles and of the names."""
    aside = left_out(base)
    skip = (term("schema:articleBody"),)
    return {
        (quad.subject, quad.predicate, quad.object): None
        for quad in quads
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, (NamedNode, Literal))
        and quad.graph_name not in aside
        and not is_own(quad.graph_name, base=base)
        and quad.predicate not in skip
    }


def draw(facts: Mapping[Triple, None], axioms: Axioms) -> dict[Triple, Reason]:
    """What our own rules draw, each rule seeing what those before it drew."""
    seen = Facts(axioms.classes)
    for triple in facts:
        seen.add(triple)
    drawn: dict[Triple, Reason] = {}
    for rule in RULES:
        for triple, premises in list(rule.draw(seen)):
            if triple not in facts:
                drawn.setdefault(triple, Reason(rule.name, premises))
                seen.add(triple)
    return drawn


def _entails(triple: Triple, axioms: Axioms) -> bool:
    return triple[2] in axioms.classes if triple[1] == RDF_TYPE else triple[1] in axioms.properties


def looked_up(premises: Iterable[Triple], axioms: Axioms) -> Iterator[Inference]:
    """What the axioms entail of each triple, looked up."""
    for premise in premises:
        subject, predicate, value = premise
        if predicate == RDF_TYPE and isinstance(value, NamedNode):
            for cls in axioms.classes.get(value, ()):
                yield (subject, RDF_TYPE, cls), Reason("subclass", (premise, (value, _SUBCLASS, cls)))
        for name, turned in axioms.properties.get(predicate, ()):
            if not turned:
                yield (subject, name, value), Reason("subproperty", (premise, (predicate, _SUBPROPERTY, name)))
            elif isinstance(value, NamedNode):
                yield (value, name, subject), Reason("inverse", (premise, (predicate, _INVERSE, name)))


def _owlrl(premises: Iterable[Triple], axioms: Axioms) -> Iterator[Triple]:
    """What owlrl draws from the axioms and ``premises``.

    It is given a stand-in for each literal: no axiom looks inside one, and a datatype it does not know would
    cost it its way.
    """
    import owlrl
    import rdflib

    terms: dict[rdflib.term.Node, Term] = {}

    def outward(value: Term) -> rdflib.URIRef:
        name = rdflib.URIRef(value.value if isinstance(value, NamedNode) else f"urn:literal:{len(terms)}")
        return terms.setdefault(name, value) and name

    literals: dict[Literal, rdflib.URIRef] = {}
    graph = rdflib.Graph()
    for triple in (*axioms.triples, *premises):
        nodes = (literals.setdefault(t, outward(t)) if isinstance(t, Literal) else outward(t) for t in triple)
        graph.add(tuple(nodes))  # type: ignore[arg-type]  # three of them
    # Its improved datatypes would stay in rdflib after the run, where they take a gMonthDay for ill-typed.
    owlrl.DeductiveClosure(
        owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False, improved_datatypes=False
    ).expand(graph)
    for found in graph:
        subject, predicate, value = map(terms.get, found)
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and value:
            yield subject, predicate, value


def is_kept(triple: Triple, axioms: Axioms) -> bool:
    """Whether a triple uses our own or an aligned vocabulary and is about a thing, not about a term."""
    name = triple[2] if triple[1] == RDF_TYPE else triple[1]
    return isinstance(name, NamedNode) and name.value.startswith(KEPT) and triple[0] not in axioms.terms


def triple_order(triple: Triple) -> tuple[str, str, str]:
    """What inferred triples are sorted by."""
    return triple[0].value, triple[1].value, str(triple[2])
