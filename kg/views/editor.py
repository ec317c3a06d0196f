"""The SPARQL page: what an editor can offer, and the prepared queries as examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.query import named, queries
from kg.store import Store
from kg.tables import Labels
from kg.vocab import PREFIXES, RDF_TYPE, shared_graph, term

_CLASSES: Final = (term("owl:Class"),)
_PROPERTIES: Final = (term("owl:ObjectProperty"), term("owl:DatatypeProperty"), term("owl:AnnotationProperty"))

#: What the editor holds before anything is typed.
_QUERY: Final = """PREFIX kg: <https://w3id.org/kg-news/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?person ?name ?title
WHERE {
  ?role a kg:Role ; kg:heldBy ?person ; kg:title ?title .
  ?person rdfs:label ?name .
  FILTER (LANG(?name) = LANG(?title))
}
ORDER BY ?person ?name ?title
LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Editor:
    """What the SPARQL page shows.

    ``query`` is the text to begin with, ``examples`` are prepared queries: name to summary and its
    language. ``classes`` and
    ``properties`` of the ontology come as IRI and label, by IRI; ``prefixes`` as prefix to namespace.
    """

    query: str
    examples: Mapping[str, tuple[str, str]]
    classes: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    prefixes: Mapping[str, str]


def editor(store: Store, *, example: str = "", language: str = "en") -> Editor:
    """The editor for ``store``, with labels in ``language``; it begins with the prepared query ``example``, if any.

    Raises KgError where no query is called that.
    """
    labels = Labels(store, (language,))
    return Editor(
        query=_without_header(named(example).text) if example else _QUERY,
        examples={each.name: each.summary_in(language) for each in queries()},
        classes=_terms(store, _CLASSES, labels),
        properties=_terms(store, _PROPERTIES, labels),
        prefixes={**PREFIXES, "kgid": store.base},
    )


def _terms(store: Store, kinds: tuple[NamedNode, ...], labels: Labels) -> tuple[tuple[str, str], ...]:
    """The terms of these kinds that the ontology declares; ours first, as they are what most queries ask for."""
    graph = shared_graph("ontology", base=store.base)
    found = {
        quad.subject for kind in kinds for quad in store.match(None, RDF_TYPE, kind, graph)
        if isinstance(quad.subject, NamedNode)
    }  # fmt: skip
    ours = PREFIXES["kg"]
    ordered = sorted(found, key=lambda node: (not node.value.startswith(ours), node.value))
    return tuple((node.value, label.value if (label := labels.of(node)) else "") for node in ordered)


def _without_header(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"
