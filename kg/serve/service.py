"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.formats import by_name, write_triples
from kg.serve.jobs import Body, Head
from kg.serve.rdf import TRIPLES, chosen
from kg.store import Store
from kg.vocab import RDF_TYPE

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
#: The forms of results by the names W3C gives them.
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "JSON-LD", "N-Triples", "RDF_XML",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """The endpoint's address, the forms accepted, whether it asks other servers, and where it takes updates, if so."""

    url: str
    accept: str | None = None
    format: str = ""
    federated: bool = False
    updates: str = ""


def describe(store: Store, asked: Described) -> tuple[Head, Body]:
    """The job: the description as RDF. Raises Refused (406)."""
    form = chosen(TRIPLES, asked.accept, asked.format)
    output = BytesIO()
    write_triples(_said(asked), by_name(form.name), output, base=store.base)
    return Head(form.content_type), output.getvalue()


def _said(asked: Described) -> Iterator[Triple]:
    """The merged facts are the default graph; there are no blank nodes here either."""
    endpoint = NamedNode(asked.url)
    service, dataset, graph = (NamedNode(f"{asked.url}#{name}") for name in ("service", "dataset", "merged"))
    yield Triple(service, RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), endpoint)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _RESULTS:
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
    for name in ("EmptyGraphs", *(("BasicFederatedQuery",) if asked.federated else ())):
        yield Triple(service, _sd("feature"), _sd(name))
    yield Triple(service, _sd("defaultEntailmentRegime"), NamedNode("http://www.w3.org/ns/entailment/Simple"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    if asked.updates:
        updates = NamedNode(f"{asked.updates}#service")
        yield Triple(updates, RDF_TYPE, _sd("Service"))
        yield Triple(updates, _sd("endpoint"), NamedNode(asked.updates))
        yield Triple(updates, _sd("supportedLanguage"), _sd("SPARQL11Update"))
        yield Triple(updates, _sd("defaultDataset"), dataset)
    yield Triple(dataset, RDF_TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), graph)
    yield Triple(graph, RDF_TYPE, _sd("Graph"))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
