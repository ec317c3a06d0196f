"""All that the graph says of one entity, each line with the sentences behind it and the rule that read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.explain.pieces import AS, COMMA, SEMICOLON, Piece, Pieces, joined
from kg.explain.pieces import as_text as pieces_text
from kg.explain.why import Explainer, Why, explain_triple, source
from kg.explain.words import Words, literal
from kg.query.entities import by_iri, find
from kg.query.quotes import Quote
from kg.store import Store
from kg.tables import Labels, short
from kg.vocab import ALT_LABEL, EVIDENCE, KG, LABEL, RDF_TYPE, kg, shared_graph, term

__all__ = ["Explainer", "Explanation", "Group", "Line", "Quote", "Why", "explain", "explain_triple"]

#: The groups of an explanation and their titles, in order.
TITLES: Final = {
    "names": "Names",
    "posts": "Posts",
    "sums": "Sums of money",
    "numbers": "Numbers",
    "quotations": "Quotations",
    "said": "What is said of it",
    "part": "Where it has a part",
    "rests": "What rests on it",
    "properties": "Other properties",
    "follows": "What follows",
    "merges": "Why its names are taken for one",
}
_FACTS: Final = {
    kg("Role"): "posts",
    kg("AidFigure"): "sums",
    kg("CountFigure"): "numbers",
    kg("Quotation"): "quotations",
}
#: Rules of the ontology, which say the same again in other terms.
_AXIOMS: Final = frozenset({"subclass", "subproperty", "inverse"})


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be known of a line; ``kind`` says what ``pieces`` are.

    ``rule``: the name of the rule it follows by; ``aligned``: that of an axiom; ``because``: a premise, with its own
    ``rule`` or ``origin`` (as ``Why``); ``from``: nothing, it comes from ``origin``; ``unmet``: nothing, no article
    uses the name.
    """

    kind: str
    pieces: Pieces = ()
    rule: str = ""
    origin: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        """The note in English."""
        said, whence = pieces_text(self.pieces), source(self.origin, self.reason)
        grounds = f" (rule {self.rule})" if self.rule else f" (from {whence})" if whence else ""
        told = {
            "rule": f"rule {self.rule}",
            "aligned": f"rule {self.rule}, from the lines above and the ontology",
            "because": f"because {said}{grounds}",
            "from": f"from {whence}",
            "unmet": "no article names it so; from the registry of names",
        }
        return told[self.kind]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said, the quotes that say it, and notes: rules, premises, reasons.

    ``more`` counts the quotes that were left out.
    """

    pieces: Pieces
    quotes: tuple[Quote, ...] = ()
    notes: tuple[Note, ...] = ()
    more: int = 0

    @property
    def text(self) -> str:
        """What is said, in one text."""
        return pieces_text(self.pieces)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind, a key of ``TITLES``; ``more`` counts the lines that were left out."""

    kind: str
    lines: tuple[Line, ...]
    more: int = 0

    @property
    def title(self) -> str:
        """The English title."""
        return TITLES[self.kind]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the graph says of ``node``: what it is called, its class (None if it has none of ours), and its groups.

    No group is empty.
    """

    node: NamedNode
    name: Pieces
    kind: Piece | None
    groups: tuple[Group, ...]

    @property
    def title(self) -> str:
        """Name and class, in one text."""
        return pieces_text(self.name) + (f" ({self.kind.text})" if self.kind else "")

    def _repr_html_(self) -> str:
        from kg.notebook import explanation_html

        return explanation_html(self)


def explain(
    store: Store, name: str | NamedNode, *, languages: tuple[str, ...] = (), most: int | None = None
) -> Explanation:
    """All that is said of the entity called ``name``: any spelling, acronym or IRI; or of a fact, by its IRI.

    Labels are in the first of ``languages`` that has one. Of the lines of a group, and of the quotes of a line, no
    more than ``most`` are given, the others counted. Raises KgError where nothing is called that, with the
    nearest names, or several things are, naming them.
    """
    node = name if isinstance(name, NamedNode) else by_iri(store, name) or find(store, name)
    return _Subject(node, store, Labels(store, languages), most).explanation()


class _Subject:
    """The entity that is explained, with what reads the graph for it."""

    def __init__(self, node: NamedNode, store: Store, labels: Labels, most: int | None) -> None:
        self.node = node
        self.db = store.db
        self.store = store
        self.labels = labels
        self.most = most
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
        kinds = [self.words.named(cls) for cls in classes if not self._is_inferred(RDF_TYPE, cls)]
        found: dict[str, Iterable[Line]] = {
            "names": self._names(),
            **self._facts(),
            "said": self._statements(term("rdf:subject"), term("rdf:object")),
            "part": self._statements(term("rdf:object"), term("rdf:subject")),
            "rests": self._resting(),
            "properties": self._properties(),
            "follows": self._inferred(),
            "merges": self._merges(),
        }
        groups = [self._group(name, list(found[name])) for name in TITLES]
        return Explanation(
            self.node,
            self.words.said(self.node),
            min(kinds, key=lambda kind: kind.text, default=None),
            tuple(group for group in groups if group.lines),
        )

    def _group(self, kind: str, lines: list[Line]) -> Group:
        kept = lines[: self.most]
        return Group(kind, tuple(kept), len(lines) - len(kept))

    def _names(self) -> Iterator[Line]:
        """A line for each language: the spellings, and the places where articles in it name the entity."""
        spellings: dict[str, dict[str, None]] = defaultdict(dict)
        for predicate in (LABEL, ALT_LABEL, kg("acronym")):
            for quad in sorted(self.db.quads_for_pattern(self.node, predicate, None, DefaultGraph()), key=str):
                if isinstance(quad.object, Literal):
                    spellings[quad.object.language or ""][quad.object.value] = None
        met = self._met()
        for language in sorted({*spellings, *met}):
            known = [(Piece(text, language=language),) for text in spellings.get(language, ())]
            said = joined(known, COMMA) or (Piece("(in other words)", "unnamed"),)
            tag = Piece(f" [{language}]", "tag", language=language) if language else Piece(" (short form)", "short")
            note = () if language in met or not language else (Note("unmet"),)
            yield self._line((*said, tag), met.get(language, ()), note)

    def _met(self) -> dict[str, list[NamedNode]]:
        """By language, the evidence of each place where the entity is named, or the fact itself stated."""
        found: dict[str, list[NamedNode]] = defaultdict(list)
        for node in self.quotes.nodes(self.node, EVIDENCE):
            article = self.quotes.value(node, term("oa:hasSource"))
            if isinstance(article, NamedNode) and self.quotes.value(node, term("rdf:subject")) is None:
                language = self.quotes.value(article, term("schema:inLanguage"))
                found["" if language is None else language.value].append(node)
        return found

    def _facts(self) -> dict[str, Iterator[Line]]:
        """For each class of fact those that speak of the entity; what several articles say is one line."""
        found: dict[NamedNode, dict[Pieces, set[NamedNode]]] = {cls: defaultdict(set) for cls in _FACTS}
        about = {quad.subject for quad in self.db.quads_for_pattern(None, None, self.node, DefaultGraph())}
        for fact in sorted((*about, self.node), key=str):
            for cls in _FACTS:
                is_one = next(self.db.quads_for_pattern(fact, RDF_TYPE, cls, DefaultGraph()), None) is not None
                if isinstance(fact, NamedNode) and is_one:
                    found[cls][self.words.said(fact)].add(fact)
        return {_FACTS[cls]: self._lines(lines) for cls, lines in found.items()}

    def _statements(self, here: NamedNode, there: NamedNode) -> Iterator[Line]:
        """What articles say of a conference: its properties, or where the entity is the value of one."""
        found: dict[Pieces, set[NamedNode]] = defaultdict(set)
        lead = () if here == term("rdf:subject") else (AS,)
        for quad in self.db.quads_for_pattern(None, here, self.node, DefaultGraph()):
            if not isinstance(quad.subject, NamedNode):
                continue
            predicate = self.quotes.value(quad.subject, term("rdf:predicate"))
            other = self.quotes.value(quad.subject, there)
            if isinstance(predicate, NamedNode) and other is not None:
                found[*lead, *self.words.property(predicate, other)].add(quad.subject)
        return self._lines(found)

    def _lines(self, found: Mapping[Pieces, Iterable[NamedNode]]) -> Iterator[Line]:
        """A line for each thing said, in the order of their texts, with the quotes of the nodes that say it."""
        for pieces in sorted(found, key=lambda each: (pieces_text(each), str(each))):
            nodes = sorted(found[pieces], key=lambda node: node.value)
            yield self._line(pieces, [piece for node in nodes for piece in self.quotes.evidence(node)])

    def _line(self, pieces: Pieces, evidence: Sequence[NamedNode], notes: tuple[Note, ...] = ()) -> Line:
        """A line with the quotes of some pieces of evidence."""
        nodes = list(dict.fromkeys(evidence))
        read = self.quotes.all(nodes[: self.most])
        return Line(pieces, tuple(read), notes, len(nodes) - len(nodes[: self.most]))

    def _resting(self) -> Iterator[Line]:
        """What rests on a piece of evidence."""
        for quad in sorted(self.db.quads_for_pattern(None, EVIDENCE, self.node, DefaultGraph()), key=str):
            if isinstance(quad.subject, NamedNode):
                yield self._line(self.words.said(quad.subject), [self.node])

    def _properties(self) -> Iterator[Line]:
        """Asserted properties that no other group shows: where a body is based, what a conference is part of."""
        shown = {LABEL, ALT_LABEL, kg("acronym"), EVIDENCE, RDF_TYPE}
        said = {self.quotes.value(node, term("rdf:predicate")) for node in self.quotes.nodes(self.node, EVIDENCE)}
        quads = self.db.quads_for_pattern(self.node, None, None, DefaultGraph())
        for quad in sorted(quads, key=lambda each: (each.predicate.value, str(each.object))):
            value = quad.object
            if quad.predicate in shown | said or not isinstance(value, (NamedNode, Literal)):
                continue
            if not self._is_inferred(quad.predicate, value):
                why = self.explainer.why(self.node, quad.predicate, value)
                assert why is not None, "it was read from the graph"
                note = (Note("from", origin=why.origin, reason=why.reason),) if why.origin else ()
                yield Line(self.words.property(quad.predicate, value), why.quotes, note)

    def _inferred(self) -> Iterator[Line]:
        """What our rules draw, line by line; then, in one line for each axiom, what only says it in other terms."""
        graph = shared_graph("inferred", base=self.store.base)
        aligned: dict[str, list[Pieces]] = defaultdict(list)
        quads = self.db.quads_for_pattern(self.node, None, None, graph)
        for quad in sorted(quads, key=lambda each: (each.predicate.value, str(each.object))):
            value = quad.object
            if not isinstance(value, (NamedNode, Literal)):
                continue
            reason = self.explainer.reasons(self.node).get((self.node, quad.predicate, value))
            said = self.words.property(quad.predicate, value)
            if reason is None:  # it follows no more: the store was inferred from by other rules
                yield Line(said)
            elif not quad.predicate.value.startswith(KG) or reason.rule in _AXIOMS:
                aligned[reason.rule].append(said)
            else:
                why = self.explainer.why(self.node, quad.predicate, value)
                assert why is not None, "it was read from the graph"
                yield Line(said, self._grounds(why), (Note("rule", rule=why.rule), *self._because(why)))
        for rule, each in sorted(aligned.items()):
            yield Line(joined(each, SEMICOLON), notes=(Note("aligned", rule=rule),))

    @staticmethod
    def _grounds(why: Why) -> tuple[Quote, ...]:
        """The quotes of the premises, but those for what class something is, which any mention of it gives."""
        telling = {quote for premise in why.premises if premise.predicate != RDF_TYPE for quote in premise.quotes}
        return tuple(sorted(telling)) or why.quotes

    def _because(self, why: Why) -> Iterator[Note]:
        for premise in why.premises:
            said = self.words.statement(premise.subject, premise.predicate, premise.object)
            yield Note("because", said, rule=premise.rule, origin=premise.origin, reason=premise.reason)

    def _merges(self) -> Iterator[Line]:
        for quad in sorted(self.db.quads_for_pattern(None, kg("mergedInto"), self.node, DefaultGraph()), key=str):
            if isinstance(quad.subject, NamedNode):
                reason, rule = (self.quotes.value(quad.subject, kg(name)) for name in ("reason", "rule"))
                if isinstance(reason, Literal) and rule is not None:
                    yield Line((literal(reason),), notes=(Note("rule", rule=rule.value),))

    def _is_inferred(self, predicate: NamedNode, value: NamedNode | Literal) -> bool:
        graph = shared_graph("inferred", base=self.store.base)
        return next(self.db.quads_for_pattern(self.node, predicate, value, graph), None) is not None


def as_text(explanation: Explanation, *, base: str) -> Iterator[str]:
    """The lines of an explanation for a terminal."""
    yield explanation.title
    yield f"{short(explanation.node, base=base)}  <{explanation.node.value}>"
    for group in explanation.groups:
        yield f"\n{group.title}"
        for line in group.lines:
            yield f"  {line.text}"
            yield from (f"    {note.text}" for note in line.notes)
            yield from (f"    {quote}" for quote in line.quotes)
