"""Draws the graph of the sentence on the first screen of README.md: what is drawn is what was read."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import NamedNode

from kg import Graph, build
from kg.picture import Said, Saying, layout, svg
from kg.views.neighbourhood import Edge, Neighbourhood, Node

LINKS = """SELECT ?from ?link ?to {
  VALUES ?link { kg:evidence kg:statedIn kg:donor kg:recipient kg:sector kg:heldBy kg:position oa:hasSource }
  ?from ?link ?to . FILTER NOT EXISTS { ?from a rdf:Statement }
  FILTER EXISTS { ?from kg:statedIn|^kg:evidence/kg:statedIn ?article } } ORDER BY ?from ?link ?to"""
VALUES = """SELECT ?link ?value {{ VALUES ?s {{ <{}> }} {{ ?s ?link ?value }} UNION {{ ?s oa:hasSelector ?x .
  ?x ?link ?value }} }} ORDER BY ?link ?value"""
#: How far a node is from the article, by the kind of thing that its IRI names; what is not here is two steps away.
STEPS = {"article": 0, "evidence": 1, "figure": 1, "role": 1}
#: Colours of kinds that only this picture has.
LIKE = {"evidence": "sum", "figure": "organization", "role": "person", "sector": "concept", "position": "concept"}


def picture(sentence: str, folder: Path) -> str:
    """The graph of an article that is one sentence, as SVG; the article is written into ``folder``."""
    (folder / "news.txt").write_text(sentence, encoding="utf-8")
    drawn = build([folder / "news.txt"])
    rows = [tuple(row) for row in drawn.store.answer(LINKS)]
    edges = tuple(Edge(start, link, end, ()) for start, link, end in rows)
    iris = {node for edge in edges for node in (edge.source, edge.target)}
    nodes = sorted((_node(iri) for iri in iris), key=lambda node: (node.step, node.kind, node.iri.value))
    saying = Saying(
        node=lambda node: Said(_text(drawn, node.iri)),
        edge=lambda edge: Said(re.split(r"[#/]", edge.label.value)[-1]),
        more=lambda number: Said(f"and {number} more"),
    )
    title = Said("What is read from one sentence: a sum and a post, with their quotes", "en")
    told = Said(f"{len(nodes)} nodes of the graph and {len(edges)} links between them.", "en")
    return svg(layout(Neighbourhood(tuple(nodes), edges, 2), saying), title=title, description=told)


def _kind(iri: NamedNode) -> str:
    """What an IRI names: the part before the last, ``figure`` in ``…/article/news/figure/20-usd``."""
    return iri.value.split("/")[-2]


def _node(iri: NamedNode) -> Node:
    return Node(iri, LIKE.get(_kind(iri), _kind(iri)), STEPS.get(_kind(iri), 2))


def _text(drawn: Graph, iri: NamedNode) -> str:
    """What the node is and the plain values it has."""
    have = {
        re.split(r"[#/]", link.value)[-1]: value.value for link, value in drawn.store.answer(VALUES.format(iri.value))
    }
    if "exact" in have:
        quote = have["exact"]
        cut = quote if len(quote) < 30 else quote[:29].rpartition(" ")[0] + " …"
        return f"“{cut}” characters {have['start']} to {have['end']}, rule {have['rule']}"
    if _kind(iri) == "figure":
        status, qualifier = (have[key].rpartition("#")[2] for key in ("status", "qualifier"))
        return f"kg:AidFigure: amount {have['amount']}, currency {have['currency']}, {qualifier}, {status}"
    if _kind(iri) == "role":
        return f"kg:Role: title “{have['title']}”"
    return f"{'kg:Article' if _kind(iri) == 'article' else _kind(iri)} {iri.value.rpartition('/')[2]}"
