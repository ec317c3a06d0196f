"""What things are called: read once from a store, for lists and for search."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.query.entities import KINDS as ENTITIES
from kg.resolve.spelling import latin_slug
from kg.store import Store
from kg.views.reading import naming, rows
from kg.views.tables import Kept
from kg.vocab import ALT_LABEL, LABEL, POSITION, SECTOR, kg, shared_graph, term

#: What is listed and found, by the first part of its IRI's local name or by the scheme of a concept.
KINDS: Final = (*ENTITIES, "sector", "position")

_BEST: Final = (LABEL, term("skos:prefLabel"))
#: Where names stand, by graph.
_NAMES: Final = {"names": (LABEL, ALT_LABEL, kg("acronym")), "vocabularies": (term("skos:prefLabel"), ALT_LABEL)}
_SCHEMES: Final = {SECTOR: "sector", POSITION: "position"}


@dataclass(frozen=True)  # without slots, which would be pickled field by field
class Named:
    """A thing that has names.

    ``labels`` is its best spelling by language, ``spellings`` every (text, language), acronyms (without a language)
    among them. ``articles`` counts those that name it; for a post they are not counted.
    """

    iri: str
    kind: str
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


@Kept
def names(store: Store) -> dict[str, Named]:
    """Everything of ``KINDS`` that has a name, by its IRI."""
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    spellings: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for graph, predicates in _NAMES.items():
        for predicate in predicates:
            for quad in store.match(None, predicate, None, shared_graph(graph, base=store.base)):
                label = quad.object
                if not isinstance(quad.subject, NamedNode) or not isinstance(label, Literal):
                    continue
                iri, text, language = quad.subject.value, label.value, label.language or ""
                spellings[iri].add((language, text))
                if predicate in _BEST:
                    labels[iri][language] = min(text, labels[iri].get(language, text))
    counts: Counter[str] = Counter()
    for query in _COUNTS:
        counts.update({iri: int(count) for iri, count in rows(store, query)})
    return {
        iri: Named(
            iri,
            kind,
            labels[iri],
            tuple((text, code) for code, text in sorted(spellings[iri])),
            counts[iri] or (len(naming(store, NamedNode(iri))) if kind in ENTITIES else 0),
        )
        for iri in sorted(spellings)
        if (kind := _kind(iri, store.base))
    }


def by_name(found: list[Named], language: str) -> list[Named]:
    """Sorted by what they are called in a language; Chinese names by their sound, as in a dictionary."""
    return sorted(found, key=lambda one: (latin_slug(one.label(language)[0]), one.label(language)[0], one.iri))


def _kind(iri: str, base: str) -> str:
    if iri.startswith(base):
        kind = iri.removeprefix(base).partition("/")[0]
        return kind if kind in KINDS else ""
    return next((kind for scheme, kind in _SCHEMES.items() if iri.startswith(scheme)), "")


_COUNTS = (
    "SELECT ?thing (COUNT(?article) AS ?n) { ?article kg:mentions ?thing } GROUP BY ?thing",
    "SELECT ?thing (COUNT(?article) AS ?n) { ?article kg:mentionsSector ?thing } GROUP BY ?thing",
    """SELECT ?thing (COUNT(?article) AS ?n) {
      ?article kg:reports ?thing FILTER NOT EXISTS { ?article kg:mentions ?thing }
    } GROUP BY ?thing""",
)
