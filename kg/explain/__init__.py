"""All that the graph says of one entity, each line with the sentences behind it and the rule that read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.explain.why import Explainer, Why, explain_triple
from kg.explain.words import Words
from kg.query.entities import by_iri, find
from kg.query.quotes import Quote
from kg.store import Store
from kg.tables import Labels, short
from kg.vocab import ALT_LABEL, KG, LABEL, RDF_TYPE, kg, shared_graph, term

__all__ = ["Explainer", "Explanation", "Group", "Line", "Quote", "Why", "explain", "explain_triple"]

#: Titles of the groups of facts, by the class of the fact.
_FACTS: Final = {
    kg("Role"): "Posts",
    kg("AidFigure"): "Sums of money",
    kg("CountFigure"): "Numbers",
    kg("Quotation"): "Quotations",
}
#: Rules of the ontology, which say the same again in other terms.
_AXIOMS: Final = frozenset({"subclass", "subproperty", "inverse"})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said, the quotes that say it, and notes: rules, premises, reasons."""

    text: str
    quotes: tuple[Quote, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the graph says of ``node``: its title (label and class), and its groups, none of them empty."""

    node: NamedNode
    title: str
    groups: tuple[Group, ...]

    def _repr_html_(self) -> str:
        from kg.notebook import explanation_html

        return explanation_html(self)


def explain(store: Store, name: str, *, languages: tuple[str, ...] = ()) -> Explanation:
    """All that is said of the entity called ``name``: any spelling, acronym or IRI; or of a fact, by its IRI.

    Labels are in the first of ``languages`` that has one. Raises KgError where nothing is called that, with the
    nearest names, or several things are, naming them.
    """
    node = by_iri(store, name) or find(store, name)
    return _Subject(node, store, Labels(store, languages)).explanation()


class _Subject:
    """The entity that is explained, with what reads the graph for it."""

    def __init__(self, node: NamedNode, store: Store, labels: Labels) -> None:
        self.node = node
        self.db = store.db
        self.store = store
        self.labels = labels
        self.words = Words(store, labels)
        self.explainer = Explainer(store)
        self.quotes = self.explainer.quotes

    def explanation(self) -> Explanation:
        """Every group that has lines."""
        classes = (
            quad.object
            for quad in self.db.quads_for_pattern(self.node, RDF_TYPE, None, DefaultGraph())
            if isinstance(quad.object, NamedNode) and quad.object.value.startswith(KG)
        )
        kind = min((self.labels.text(cls) for cls in classes if not self._is_inferred(RDF_TYPE, cls)), default="")
        title = f"{self.words.fact(self.node)}" + (f" ({kind})" if kind else "")
        groups = [
            Group("Names", tuple(self._names())),
            *self._facts(),
            Group("What is said of it", tuple(self._statements(term("rdf:subject"), term("rdf:object")))),
            Group("Where it has a part", tuple(self._statements(term("rdf:object"), term("rdf:subject")))),
            Group("Other properties", tuple(self._properties())),
            Group("What follows", tuple(self._inferred())),
            Group("Why its names are taken for one", tuple(self._merges())),
        ]
        return Explanation(self.node, title, tuple(group for group in groups if group.lines))

    def _names(self) -> Iterator[Line]:
        """A line for each language: the spellings, and the places where articles in it name the entity."""
        spellings: dict[str, dict[str, None]] = defaultdict(dict)
        for predicate in (LABEL, ALT_LABEL, kg("acronym")):
            for quad in sorted(self.db.quads_for_pattern(self.node, predicate, None, DefaultGraph()), key=str):
                if isinstance(quad.object, Literal):
                    spellings[quad.object.language or ""][quad.object.value] = None
        met: dict[str, list[Quote]] = defaultdict(list)
        for quote in self.quotes.naming(self.node):
            met[quote.language].append(quote)
        for language in sorted({*spellings, *met}):
            known = ", ".join(spellings.get(language, ())) or "(in other words)"
            found = tuple(met.get(language, ()))
            note = () if found or not language else ("no article names it so; from the registry of names",)
            yield Line(f"{known} [{language}]" if language else f"{known} (short form)", found, note)

    def _facts(self) -> Iterator[Group]:
        """A group for each class of fact that speaks of the entity; what several articles say is one line."""
        found: dict[NamedNode, dict[str, set[NamedNode]]] = {cls: defaultdict(set) for cls in _FACTS}
        about = {quad.subject for quad in self.db.quads_for_pattern(None, None, self.node, DefaultGraph())}
        for fact in sorted((*about, self.node), key=str):
            for cls in _FACTS:
                is_one = next(self.db.quads_for_pattern(fact, RDF_TYPE, cls, DefaultGraph()), None) is not None
                if isinstance(fact, NamedNode) and is_one:
                    found[cls][self.words.fact(fact)].add(fact)
        for cls, lines in found.items():
            yield Group(_FACTS[cls], tuple(Line(text, self._all(facts)) for text, facts in sorted(lines.items())))

    def _statements(self, here: NamedNode, there: NamedNode) -> Iterator[Line]:
        """What articles say of a conference: its properties, or where the entity is the value of one."""
        found: dict[str, set[NamedNode]] = defaultdict(set)
        for quad in self.db.quads_for_pattern(None, here, self.node, DefaultGraph()):
            if not isinstance(quad.subject, NamedNode):
                continue
            predicate = self.quotes.value(quad.subject, term("rdf:predicate"))
            other = self.quotes.value(quad.subject, there)
            if isinstance(predicate, NamedNode) and other is not None:
                found[f"{self.labels.text(predicate)}: {self.words.term(other)}"].add(quad.subject)
        for text, nodes in sorted(found.items()):
            yield Line(text if here == term("rdf:subject") else f"as {text}", self._all(nodes))

    def _properties(self) -> Iterator[Line]:
        """Asserted properties that no other group shows: where a body is based, what a conference is part of."""
        shown = {LABEL, ALT_LABEL, kg("acronym"), kg("evidence"), RDF_TYPE}
        said = {self.quotes.value(node, term("rdf:predicate")) for node in self.quotes.nodes(self.node, kg("evidence"))}
        quads = self.db.quads_for_pattern(self.node, None, None, DefaultGraph())
        for quad in sorted(quads, key=lambda each: (each.predicate.value, str(each.object))):
            value = quad.object
            if quad.predicate in shown | said or not isinstance(value, (NamedNode, Literal)):
                continue
            if not self._is_inferred(quad.predicate, value):
                why = self.explainer.why(self.node, quad.predicate, value)
                assert why is not None, "it was read from the graph"
                note = (f"from {why.source}",) if why.source else ()
                yield Line(f"{self.labels.text(quad.predicate)}: {self.words.term(value)}", why.quotes, note)

    def _inferred(self) -> Iterator[Line]:
        """What our rules draw, line by line; then, in one line for each axiom, what only says it in other terms."""
        graph = shared_graph("inferred", base=self.store.base)
        aligned: dict[str, list[str]] = defaultdict(list)
        quads = self.db.quads_for_pattern(self.node, None, None, graph)
        for quad in sorted(quads, key=lambda each: (each.predicate.value, str(each.object))):
            if not isinstance(quad.object, (NamedNode, Literal)):
                continue
            name = "is a" if quad.predicate == RDF_TYPE else self.labels.text(quad.predicate)
            text = f"{name}: {self.words.term(quad.object)}"
            why = self.explainer.why(self.node, quad.predicate, quad.object)
            assert why is not None, "it was read from the graph"
            if quad.predicate.value.startswith(KG) and why.rule not in _AXIOMS:
                yield Line(text, self._grounds(why), (f"rule {why.rule}", *self._because(why)))
            else:
                aligned[why.rule].append(text)
        for rule, texts in sorted(aligned.items()):
            yield Line("; ".join(texts), notes=(f"rule {rule}, from the lines above and the ontology",))

    @staticmethod
    def _grounds(why: Why) -> tuple[Quote, ...]:
        """The quotes of the premises, but those for what class something is, which any mention of it gives."""
        telling = {quote for premise in why.premises if premise.predicate != RDF_TYPE for quote in premise.quotes}
        return tuple(sorted(telling)) or why.quotes

    def _because(self, why: Why) -> Iterator[str]:
        for premise in why.premises:
            said = self.words.triple(premise.subject, premise.predicate, premise.object)
            origin = (
                f" (rule {premise.rule})" if premise.rule else f" (from {premise.source})" if premise.source else ""
            )
            yield f"because {said}{origin}"

    def _merges(self) -> Iterator[Line]:
        for quad in sorted(self.db.quads_for_pattern(None, kg("mergedInto"), self.node, DefaultGraph()), key=str):
            if isinstance(quad.subject, NamedNode):
                reason, rule = (self.quotes.value(quad.subject, kg(name)) for name in ("reason", "rule"))
                if reason is not None and rule is not None:
                    yield Line(reason.value, notes=(f"rule {rule.value}",))

    def _is_inferred(self, predicate: NamedNode, value: NamedNode | Literal) -> bool:
        graph = shared_graph("inferred", base=self.store.base)
        return next(self.db.quads_for_pattern(self.node, predicate, value, graph), None) is not None

    def _all(self, nodes: Iterable[NamedNode]) -> tuple[Quote, ...]:
        return tuple(self.quotes.all(nodes))


def as_text(explanation: Explanation, *, base: str) -> Iterator[str]:
    """The lines of an explanation for a terminal."""
    yield explanation.title
    yield f"{short(explanation.node, base=base)}  <{explanation.node.value}>"
    for group in explanation.groups:
        yield f"\n{group.title}"
        for line in group.lines:
            yield f"  {line.text}"
            yield from (f"    {note}" for note in line.notes)
            yield from (f"    {quote}" for quote in line.quotes)
