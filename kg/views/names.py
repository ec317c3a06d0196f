"""What things are called: read once from a store, for lists and for search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.resolve.spelling import latin_slug
from kg.store import Store
from kg.views.reading import rows
from kg.vocab import ALT_LABEL, KG, LABEL, POSITION, RDF_TYPE, SECTOR, kg, shared_graph, term

#: What is listed and found, by the first part of its IRI's local name or by the scheme of a concept.
KINDS: Final = ("person", "organization", "conference", "place", "series", "sector", "position")

_SCHEMES: Final = {SECTOR: "sector", POSITION: "position"}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that has names.

    ``type`` is the local name of its class, ``labels`` its best spelling by language, ``spellings`` every (text,
    language), acronyms (without a language) among them; ``articles`` counts those that name it.
    """

    iri: str
    kind: str
    type: str
    labels: Mapping[str, str]
    spellings: tuple[tuple[str, str], ...]
    articles: int

    def label(self, language: str) -> tuple[str, str]:
        """What it is called in a language, else in English, else in the first there is: (text, language)."""
        for code in (language, "en", *sorted(self.labels)):
            if code in self.labels:
                return self.labels[code], code
        return self.iri, ""

    def others(self, language: str) -> list[tuple[str, str]]:
        """Its other spellings, each text once, in the order of languages."""
        shown = {self.label(language)[0]}
        found: list[tuple[str, str]] = []
        for text, code in self.spellings:
            if text not in shown:
                shown.add(text)
                found.append((text, code))
        return found


@lru_cache(maxsize=2)
def names(store: Store) -> dict[str, Named]:
    """Everything of ``KINDS`` by its IRI."""
    types = _types(store)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    spellings: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for predicate in (LABEL, term("skos:prefLabel"), ALT_LABEL, kg("acronym")):
        for graph in ("names", "vocabularies"):
            quads = store.match(None, predicate, None, shared_graph(graph, base=store.base))
            for quad in sorted(quads, key=lambda each: str(each.object)):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    iri, text, language = quad.subject.value, quad.object.value, quad.object.language or ""
                    spellings[iri][text, language] = None
                    if predicate not in (ALT_LABEL, kg("acronym")):
                        labels[iri].setdefault(language, text)
    counts = {iri: int(count) for iri, count in rows(store, _COUNTS)}
    return {
        iri: Named(iri, kind, type_, labels[iri], tuple(sorted(spellings[iri], key=_place)), counts.get(iri, 0))
        for iri, (kind, type_) in types.items()
    }


def by_name(found: list[Named], language: str) -> list[Named]:
    """Sorted by what they are called in a language; Chinese names by their sound, as in a dictionary."""
    return sorted(found, key=lambda one: (latin_slug(one.label(language)[0]), one.label(language)[0], one.iri))


def _place(spelling: tuple[str, str]) -> tuple[str, str]:
    return spelling[1], spelling[0]


def _types(store: Store) -> dict[str, tuple[str, str]]:
    """Kind and class of everything that is listed, by IRI."""
    found: dict[str, tuple[str, str]] = {}
    for graph in ("names", "vocabularies"):
        for quad in store.match(None, RDF_TYPE, None, shared_graph(graph, base=store.base)):
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
                continue
            iri, cls = quad.subject.value, quad.object.value
            kind = _kind(iri, store.base)
            if kind and (cls.startswith(KG) or graph == "vocabularies"):
                found[iri] = min(
                    found.get(iri, (kind, "~")), (kind, cls.removeprefix(KG) if cls.startswith(KG) else "Concept")
                )
    return dict(sorted(found.items()))


def _kind(iri: str, base: str) -> str:
    if iri.startswith(base):
        kind = iri.removeprefix(base).partition("/")[0]
        return kind if kind in KINDS else ""
    return next((kind for scheme, kind in _SCHEMES.items() if iri.startswith(scheme)), "")


_COUNTS = """SELECT ?thing (COUNT(DISTINCT ?article) AS ?n) {
  { ?article kg:mentions ?thing } UNION { ?article kg:reports ?thing } UNION { ?article kg:mentionsSector ?thing }
  UNION { ?role kg:position ?thing ; kg:statedIn ?article }
} GROUP BY ?thing"""
