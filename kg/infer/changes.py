"""What a change of some facts changes in what follows from all of them: the same as inferring everything again.

Only the subjects that a change can reach are looked at, each with all that its conclusions can rest on: its own facts,
the roles of a person, and for days without a year the articles and conferences around them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from pyoxigraph import Store as Database

from kg.infer import KEPT, Axioms, Reason, axioms_of_ontology, draw, is_kept, left_out, looked_up, triple_order
from kg.rules import LOOKED_AT, Term, Triple
from kg.vocab import EVIDENCE, KG, RDF_TYPE, is_own, kg, shared_graph

_BODY: Final = "/body"
#: Predicates of our own that nothing follows from, and of which there are many.
_ASIDE: Final = frozenset({EVIDENCE, kg("rule")})
_TIMES: Final = (kg("monthDay"), kg("year"), kg("startDate"))
#: Statements of one thing, those of all graphs together, from which on each property is asked for by itself.
_MUCH: Final = 80
_IN_BODIES: Final = frozenset({kg("roleIn"), kg("session")})
_TELLING: Final = (kg("mentions"), kg("reports"))


@dataclass(slots=True)
class _Reach:
    """What a change reaches: ``focus`` are the subjects whose conclusions may change.

    ``timed`` are those of whose time something else is said, ``told`` those that an article names or no longer
    names, ``articles`` those that do so.
    """

    focus: set[NamedNode] = field(default_factory=set)
    timed: set[NamedNode] = field(default_factory=set)
    told: set[NamedNode] = field(default_factory=set)
    articles: set[NamedNode] = field(default_factory=set)


def inferred_changes(
    db: Database, removed: Iterable[Quad], added: Iterable[Quad], *, base: str
) -> tuple[list[Quad], list[Quad]]:
    """The quads that leave and that enter the graph of inferences, ``db`` having lost ``removed`` and got ``added``."""
    view = _View(db, base, frozenset(graph.value for graph in left_out(base)))
    axioms = axioms_of_ontology()
    reach = _Reach()
    for triple in _changed(view, removed, added):
        _reach(triple, view, axioms, reach)
    articles = _reach_years(view, reach)
    facts = dict.fromkeys(_context(view, axioms, reach.focus, articles))
    drawn = draw(facts, axioms)
    follows = (*drawn, *(triple for triple, _ in looked_up((*facts, *drawn), axioms)))
    found = {t for t in follows if t[0] in reach.focus and is_kept(t, axioms) and not view.holds(t)}
    graph = shared_graph("inferred", base=base)
    new = {Quad(*triple, graph) for triple in found}
    old = {quad for node in reach.focus for quad in db.quads_for_pattern(node, None, None, graph)}
    return sorted(old - new, key=str), sorted(new - old, key=str)


def reasons_about(db: Database, node: NamedNode, *, base: str) -> dict[Triple, Reason]:
    """Every inferred triple about ``node`` with one reason for it, looking no farther than its conclusions reach."""
    view = _View(db, base, frozenset(graph.value for graph in left_out(base)))
    axioms = axioms_of_ontology()
    stated = [article for article in view.objects(node, kg("statedIn")) if _has(view, node, kg("asOf"))]
    reach = _Reach({node}, timed={node} if _has(view, node, kg("monthDay")) else set(), articles=set(stated))
    near = _reach_years(view, reach)
    facts = dict.fromkeys(sorted(_context(view, axioms, {node}, near), key=triple_order))
    drawn = draw(facts, axioms)
    found = {triple: reason for triple, reason in drawn.items() if triple[0] == node}
    for triple, reason in looked_up((*facts, *drawn), axioms):
        if triple[0] == node and triple not in facts and is_kept(triple, axioms):
            found.setdefault(triple, reason)
    return found


@dataclass(frozen=True, slots=True)
class _View:
    """The facts of a database that are premises; ``aside`` are the graphs that are not, beside a user's own."""

    db: Database
    base: str
    aside: frozenset[str]

    def states(self, graph: object) -> bool:
        """Whether what a graph says is a premise."""
        return isinstance(graph, NamedNode) and graph.value not in self.aside and not is_own(graph, base=self.base)

    def graphs(self, triple: Triple) -> Iterator[NamedNode]:
        """The graphs that state a triple."""
        for quad in self.db.quads_for_pattern(*triple, None):
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and self.states(graph) and not graph.value.endswith(_BODY):
                yield graph

    def holds(self, triple: Triple) -> bool:
        """Whether a triple is stated."""
        return next(self.graphs(triple), None) is not None

    def find(self, subject: NamedNode | None, predicate: NamedNode, value: Term | None) -> Iterator[Triple]:
        """The stated triples of a pattern, each once."""
        return self._each(self.db.quads_for_pattern(subject, predicate, value, None))

    def about(
        self, subject: NamedNode | None, predicates: frozenset[NamedNode], value: NamedNode | None = None
    ) -> Iterator[Triple]:
        """The stated triples of a subject, or with a value, that have one of ``predicates``.

        Of what little is said, all is asked for at once: to ask takes longer than to be told.
        """
        first = list(islice(self.db.quads_for_pattern(subject, None, value, None), _MUCH))
        if len(first) < _MUCH:
            return self._each(quad for quad in first if quad.predicate in predicates)
        return chain.from_iterable(self.find(subject, predicate, value) for predicate in predicates)

    def types(self, node: NamedNode) -> Iterator[Triple]:
        """What a thing is stated to be; thousands of graphs may say so, the default graph says each once."""
        for quad in self.db.quads_for_pattern(node, RDF_TYPE, None, DefaultGraph()):
            kind = quad.object
            if isinstance(kind, NamedNode) and self.holds(triple := (node, RDF_TYPE, kind)):
                yield triple

    def _each(self, quads: Iterable[Quad]) -> Iterator[Triple]:
        met: set[Triple] = set()
        for quad in quads:
            graph = quad.graph_name
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, (NamedNode, Literal)):
                continue
            triple = quad.subject, quad.predicate, quad.object
            if triple not in met and self.states(graph):
                met.add(triple)
                yield triple

    def objects(self, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
        """The things that a property of ``subject`` names."""
        return (value for _, _, value in self.find(subject, predicate, None) if isinstance(value, NamedNode))

    def subjects(self, predicate: NamedNode, value: NamedNode) -> Iterator[NamedNode]:
        """The things of which ``value`` is a property."""
        return (subject for subject, _, _ in self.find(None, predicate, value))


def _changed(view: _View, removed: Iterable[Quad], added: Iterable[Quad]) -> Iterator[Triple]:
    """The triples that are stated now and were not, or the other way round, and from which something can follow."""
    more, less = (Counter(_triples(quads, view)) for quads in (added, removed))
    for triple in {**more, **less}:
        now = 0
        for now, _ in enumerate(view.graphs(triple), start=1):
            if now > more[triple]:
                break
        before = now - more[triple] + less[triple]
        if bool(now) != bool(before):
            yield triple


def _triples(quads: Iterable[Quad], view: _View) -> Iterator[Triple]:
    for quad in quads:
        graph, value = quad.graph_name, quad.object
        if not isinstance(graph, NamedNode) or not view.states(graph) or graph.value.endswith(_BODY):
            continue
        if isinstance(quad.subject, NamedNode) and isinstance(value, (NamedNode, Literal)) and _tells(quad):
            yield quad.subject, quad.predicate, value


def _tells(quad: Quad) -> bool:
    """Whether anything can follow from a quad, or the quad itself can follow from others."""
    if quad.predicate == RDF_TYPE:
        return isinstance(quad.object, NamedNode) and quad.object.value.startswith(KEPT)
    return quad.predicate in LOOKED_AT or (quad.predicate.value.startswith(KEPT) and quad.predicate not in _ASIDE)


def _reach(triple: Triple, view: _View, axioms: Axioms, reach: _Reach) -> None:
    """Add to ``reach`` what a changed triple says something of."""
    subject, predicate, value = triple
    reach.focus.add(subject)
    if isinstance(value, NamedNode) and predicate in axioms.turned:
        reach.focus.add(value)
    if predicate == kg("roleIn"):
        reach.focus.update(view.objects(subject, kg("heldBy")))
    if predicate == RDF_TYPE and isinstance(value, NamedNode) and value.value.startswith(KG):
        for role in view.subjects(kg("roleIn"), subject):
            reach.focus.update((role, *view.objects(role, kg("heldBy"))))
        reach.focus.update(view.subjects(kg("session"), subject))
    if predicate in _TIMES:
        reach.timed.add(subject)
    if predicate in _TELLING and isinstance(value, NamedNode):
        reach.articles.add(subject)
        reach.told.add(value)
    if predicate == kg("statedIn") and isinstance(value, NamedNode):
        reach.articles.add(value)


def _reach_years(view: _View, reach: _Reach) -> set[NamedNode]:
    """Add the conferences and counts whose year may change; the articles by which their years are told."""
    near = set(reach.articles)
    for conference in reach.timed:
        near |= _telling(view, conference)
    dated = {
        told
        for article in near
        for predicate in _TELLING
        for told in view.objects(article, predicate)
        if _has(view, told, kg("monthDay"))
    }
    conferences = {node for node in reach.timed | reach.told if _has(view, node, kg("monthDay"))} | dated
    reporting = near | {article for node in conferences for article in view.subjects(kg("reports"), node)}
    # Of all that an article states, only what holds as of a day may want for a year: there is far less of that.
    counts = {
        count
        for article in reporting
        for count in view.subjects(kg("statedIn"), article)
        if _has(view, count, kg("asOf"))
    }
    reach.focus |= conferences | counts
    told = conferences | {node for article in reporting for node in view.objects(article, kg("reports"))}
    return reporting | {
        article for node in told if _has(view, node, kg("monthDay")) for article in _telling(view, node)
    }


def _telling(view: _View, conference: NamedNode) -> set[NamedNode]:
    return {article for predicate in _TELLING for article in view.subjects(predicate, conference)}


def _has(view: _View, node: NamedNode, predicate: NamedNode) -> bool:
    return next(view.find(node, predicate, None), None) is not None


def _context(
    view: _View, axioms: Axioms, focus: Iterable[NamedNode], articles: Iterable[NamedNode]
) -> Iterator[Triple]:
    """All stated triples that conclusions about ``focus`` can rest on."""
    premises, naming = frozenset((*LOOKED_AT, *axioms.properties)), axioms.turned | {kg("heldBy")}
    # Thousands of articles may state what a body is, and thousands of roles be held in it: each is asked once.
    bodies: dict[Term, None] = {}
    for node in focus:
        own = list(view.about(node, premises))
        named = list(view.about(None, naming, node))
        roles = (subject for subject, predicate, _ in named if predicate == kg("heldBy"))
        held = [triple for role in roles for triple in view.find(role, kg("roleIn"), None)]
        bodies |= dict.fromkeys(value for _, predicate, value in own if predicate in _IN_BODIES)
        bodies |= dict.fromkeys(value for _, _, value in held)
        yield from chain(own, named, held)
    for body in bodies:
        if isinstance(body, NamedNode):
            yield from view.types(body)
    met: set[NamedNode] = set()
    for article in articles:
        for predicate in _TELLING:
            for triple in view.find(article, predicate, None):
                told = triple[2]
                if isinstance(told, NamedNode):
                    yield triple
                    if told not in met:
                        met.add(told)
                        yield from (found for time in _TIMES for found in view.find(told, time, None))
