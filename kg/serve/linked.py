"""Linked Data: what an IRI of ours stands for, as RDF, at the path of that IRI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Triple

from kg.formats import by_name, write_triples
from kg.serve.jobs import Body, Head
from kg.serve.problems import refuse
from kg.serve.rdf import TRIPLES, chosen
from kg.store import Store
from kg.vocab import BASE, KG, shared_graph

#: What begins the IRIs of our vocabularies.
_VOCABULARIES: Final = BASE.removesuffix("id/")
_AS_PAGE: Final = '<?format=html>; rel="alternate"; type="text/html"'
_ESCAPED: Final = re.compile("%[0-9a-f]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeAsked:
    """The path of an IRI as it was sent, percent-encoded; the forms accepted, or the one that is named."""

    path: str
    accept: str | None = None
    format: str = ""


def describe(store: Store, asked: NodeAsked) -> tuple[Head, Body]:
    """The job: what the graph says of the node at a path. Raises Refused (404, 406)."""
    form = chosen(TRIPLES, asked.accept, asked.format)
    for node in _nodes(asked.path, base=store.base):
        if triples := list(_about(store, node)):
            output = BytesIO()
            write_triples(triples, by_name(form.name), output, base=store.base)
            return Head(form.content_type, fields=(("Link", _AS_PAGE),)), output.getvalue()
    raise refuse(404, f"nothing is at '{asked.path}'", hint="Search for its name on the start page.")


def alternates(path: str, *, base: str) -> str:
    """A ``Link`` field that tells the forms of RDF of what is at a path; empty where that is no IRI of ours."""
    if not any(path.startswith(urlsplit(beginning).path) for beginning in (base, _VOCABULARIES)):
        return ""
    forms = {form.name: form.media_type for form in reversed(TRIPLES)}
    return ", ".join(f'<?format={name}>; rel="alternate"; type="{kind}"' for name, kind in reversed(forms.items()))


def _nodes(path: str, *, base: str) -> Iterator[NamedNode]:
    """The nodes whose IRIs have this path: of the store's base, or of a vocabulary of ours."""
    path = _ESCAPED.sub(lambda match: match[0].upper(), path)
    for beginning in dict.fromkeys((base, _VOCABULARIES)):
        parts = urlsplit(beginning)
        if path.startswith(parts.path):
            try:
                yield NamedNode(f"{parts.scheme}://{parts.netloc}{path}")
            except ValueError:
                return


def _about(store: Store, node: NamedNode) -> Iterator[Triple]:
    """What is said of ``node`` and of its parts, which stand below it; and the triples of the graph that it names, or
    that holds what the article states. Some may come twice.
    """
    for graph in (node, NamedNode(f"{node.value}/facts"), *_ontology(store, node)):
        if store.db.contains_named_graph(graph):
            yield from (quad.triple for quad in store.match(graph=graph))
    known, open_nodes = {node}, [node]
    while open_nodes:
        for quad in store.match(open_nodes.pop()):
            yield quad.triple
            part = quad.object
            if isinstance(part, NamedNode) and part.value.startswith(f"{node.value}/") and part not in known:
                known.add(part)
                open_nodes.append(part)


def _ontology(store: Store, node: NamedNode) -> tuple[NamedNode, ...]:
    return (shared_graph("ontology", base=store.base),) if node.value == KG.removesuffix("#") else ()
