"""A store as the scorer sees it: through the public vocabulary alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.store import Store, is_merged
from kg.vocab import ALT_LABEL, COUNTABLE, LABEL, POSITION, RDF_TYPE, SECTOR, kg, term

Subject: TypeAlias = NamedNode | BlankNode | Triple

_NAMES = (LABEL, term("skos:prefLabel"), ALT_LABEL, term("schema:name"), term("schema:alternateName"))
_SCHEMES = {"positions": POSITION, "sectors": SECTOR, "countables": COUNTABLE}
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
_GAP = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """``name`` without case, diacritics, punctuation and spacing: what does not matter when names are compared."""
    plain = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return _GAP.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)).casefold()).strip()


def slug(iri: str) -> str:
    """The last part of an IRI or of a path."""
    return re.split(r"[/#]", iri)[-1]


def _text(node: Subject | Literal) -> str:
    """The IRI of a node, or what a literal says; a quoted triple has neither."""
    return "" if isinstance(node, Triple) else node.value


@dataclass(frozen=True)
class View:
    """A store with its names and articles at hand."""

    store: Store

    @cached_property
    def names(self) -> Mapping[str, frozenset[str]]:
        """The folded names of every node, from all articles and the registry."""
        found: dict[str, set[str]] = {}
        for predicate in _NAMES:
            for quad in self.store.db.quads_for_pattern(None, predicate, None, DefaultGraph()):
                found.setdefault(_text(quad.subject), set()).add(fold(_text(quad.object)))
        return {node: frozenset(names) for node, names in found.items()}

    @cached_property
    def articles(self) -> Mapping[str, tuple[NamedNode, NamedNode]]:
        """Identifier to (article, graph that describes it)."""
        found = {}
        for quad in sorted(self.store.db.quads_for_pattern(None, RDF_TYPE, kg("Article"), None), key=str):
            if isinstance(quad.subject, NamedNode) and is_merged(quad.graph_name, base=self.store.base):
                assert isinstance(quad.graph_name, NamedNode), "a merged graph has a name"
                for other in self._quads(quad.subject, term("schema:identifier"), quad.graph_name):
                    found[_text(other.object)] = (quad.subject, quad.graph_name)
        return found

    def article(self, identifier: str) -> ArticleView:
        """The article with this identifier; one without statements where there is none."""
        node, graph = self.articles.get(identifier, (None, None))
        return ArticleView(self, node, graph)

    def slugs(self) -> Mapping[str, frozenset[str]]:
        """The slugs that gold may use: positions, sectors and countables of the store's schemes, and qualifiers."""
        concepts = self._of_type(term("skos:Concept"))
        found = {
            name: frozenset(iri.removeprefix(start) for iri in concepts if iri.startswith(start))
            for name, start in _SCHEMES.items()
        }
        return found | {"qualifiers": frozenset(map(slug, self._of_type(kg("Qualifier"))))}

    def texts(self, article: NamedNode) -> list[str]:
        """The article's body, if the store holds it."""
        return [
            _text(q.object) for q in self.store.db.quads_for_pattern(article, term("schema:articleBody"), None, None)
        ]

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        """The objects of a statement in the merged facts, as text."""
        quads = self.store.db.quads_for_pattern(subject, predicate, None, DefaultGraph())
        return sorted(_text(quad.object) for quad in quads)

    def subjects(self, predicate: NamedNode, value: NamedNode) -> list[str]:
        """The subjects of a statement in the merged facts, by IRI."""
        quads = self.store.db.quads_for_pattern(None, predicate, value, DefaultGraph())
        return sorted({_text(quad.subject) for quad in quads})

    def bears(self, node: str, wanted: Iterable[str]) -> bool:
        """True where ``node`` (an entity, or a name written as plain text) bears one of the ``wanted`` names."""
        have = self.names.get(node) or {fold(slug(node) if _IRI.fullmatch(node) else node)}
        return any(fold(name) in have for name in wanted)

    def _of_type(self, kind: NamedNode) -> frozenset[str]:
        return frozenset(self.subjects(RDF_TYPE, kind))

    def _quads(self, subject: NamedNode | None, predicate: NamedNode, graph: NamedNode) -> Iterator[Quad]:
        return self.store.db.quads_for_pattern(subject, predicate, None, graph)


@dataclass(frozen=True)
class ArticleView:
    """What one article states: the graph named after it. Empty where the store does not have the article."""

    view: View
    node: NamedNode | None
    graph: NamedNode | None

    def of_class(self, *classes: str) -> list[str]:
        """The IRIs of the things of these classes of ours, in order."""
        if self.graph is None:
            return []
        quads = (
            quad
            for name in classes
            for quad in self.view.store.db.quads_for_pattern(None, RDF_TYPE, kg(name), self.graph)
        )
        return sorted({_text(quad.subject) for quad in quads})

    def values(self, node: str | None, predicate: str) -> list[str]:
        """What the article says of ``node`` (of anything where None) by the property ``predicate`` of ours, as text."""
        if self.graph is None:
            return []
        subject = None if node is None else NamedNode(node)
        quads = self.view.store.db.quads_for_pattern(subject, kg(predicate), None, self.graph)
        return sorted(_text(q.object) for q in quads if isinstance(q.object, NamedNode | Literal))

    def slugs(self, node: str | None, predicate: str) -> frozenset[str]:
        """The same as slugs."""
        return frozenset(map(slug, self.values(node, predicate)))

    def having(self, predicate: str, value: str) -> list[str]:
        """The IRIs of what has ``value`` (an IRI) as ``predicate`` of ours."""
        if self.graph is None:
            return []
        quads = self.view.store.db.quads_for_pattern(None, kg(predicate), NamedNode(value), self.graph)
        return sorted(_text(quad.subject) for quad in quads)
