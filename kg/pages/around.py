"""The neighbourhood of an entity in a reader's language: as a picture, and as JSON for a script that expands it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pyoxigraph import NamedNode

from kg.pages.links import Links
from kg.pages.words import Interface, interface
from kg.picture import Said, Saying, layout, svg
from kg.store import Store
from kg.tables import Labels
from kg.views.figures import Sum
from kg.views.neighbourhood import Edge, Neighbourhood, Node, neighbourhood
from kg.vocab import POSITION, kg

if TYPE_CHECKING:
    from kg.pages import Asked


def saying(store: Store, language: str) -> Saying:
    """What the nodes and edges of pictures are called in ``language``."""
    labels, words = Labels(store, (language,)), interface(language)

    def labelled(node: NamedNode) -> Said:
        label = labels.of(node)
        return Said(labels.text(node)) if label is None else Said(label.value, label.language or "")

    def node(each: Node) -> Said:
        if each.sum is not None:
            return Said(_money(each.sum, labels, words), language)
        if each.count is not None:
            return Said(f"{words.number(each.count[0])} × {labels.text(each.count[1])}", language)
        return labelled(each.iri)

    return Saying(
        node=node,
        edge=lambda edge: labelled(edge.label),
        more=lambda number: Said(words("around.node_more", n=words.number(number)), language),
    )


def picture(store: Store, shown: Neighbourhood, *, language: str, links: Links | None = None) -> str:
    """The picture of ``shown`` as SVG: with ``links`` for a page, without for a file of its own."""
    said, words = saying(store, language), interface(language)
    middle = said.node(shown.nodes[0])
    told = words("around.description", nodes=words.number(len(shown.nodes)), edges=words.number(len(shown.edges)))
    return svg(
        layout(shown, said),
        title=Said(words("around.title", name=middle.text), language),
        description=Said(told, language),
        href=(lambda box: links.node(box.node.iri.value)) if links else (lambda box: box.node.iri.value),
        alone=links is None,
    )


@dataclass(frozen=True, slots=True)
class Around:
    """A neighbourhood on a page: its picture, and what the list beside it says."""

    shown: Neighbourhood
    saying: Saying
    picture: Markup


def around(store: Store, asked: Asked, iri: str) -> Around | None:
    """What stands around an entity, for its page; ``depth=2`` asks for a step more. None where nothing does."""
    shown = neighbourhood(store, NamedNode(iri), depth=2 if asked.value("depth") == "2" else 1)
    if not shown.edges:
        return None
    drawn = picture(store, shown, language=asked.language, links=asked.links)
    return Around(shown, saying(store, asked.language), Markup(drawn))  # noqa: S704  # an XML writer wrote it


def graph(store: Store, about: NamedNode, *, depth: int, language: str, links: Links) -> bytes:
    """A neighbourhood as JSON in the form of cytoscape's ``elements``.

    ``{"about", "depth", "more", "elements": {"nodes": [{"data", "position"}], "edges": [{"data"}]}}``. The data of a
    node: ``id`` (its IRI), ``label`` and its ``lang``, ``kind``, ``step`` from the middle, ``more`` (neighbours that
    are not here: ask again about it), ``href`` (its page). Of an edge: ``id``, ``source``, ``target``, ``label``,
    ``property`` (an IRI), ``facts`` (IRIs) and ``quotes`` (``text``, ``lang``, ``article``, ``href``). ``position`` is
    the middle of the node in the picture of ours.
    """
    shown = neighbourhood(store, about, depth=depth)
    said = saying(store, language)
    boxes = {box.node.iri: box for box in layout(shown, said).boxes}

    def node(each: Node) -> dict[str, Any]:
        label, box = said.node(each), boxes[each.iri]
        data = {
            "id": each.iri.value,
            "label": label.text,
            "lang": label.language,
            "kind": each.kind,
            "step": each.step,
            "more": each.more,
            "href": links.node(each.iri.value),
        }
        return {"data": data, "position": {"x": box.x + box.width // 2, "y": box.middle}}

    def edge(each: Edge) -> dict[str, Any]:
        data = {
            "id": f"{each.source.value} {each.label.value} {each.target.value}",
            "source": each.source.value,
            "target": each.target.value,
            "label": said.edge(each).text,
            "property": each.label.value if not each.label.value.startswith(POSITION) else kg("position").value,
            "facts": [fact.value for fact in each.facts],
            "quotes": [
                {"text": q.text, "lang": q.language, "article": q.article, "href": links.quoted(q)} for q in each.quotes
            ],
        }
        return {"data": data}

    elements = {"nodes": [node(each) for each in shown.nodes], "edges": [edge(each) for each in shown.edges]}
    document = {"about": shown.nodes[0].iri.value, "depth": shown.depth, "more": shown.more, "elements": elements}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _money(one: Sum, labels: Labels, words: Interface) -> str:
    upper = f"–{words.number(one.first.upper)}" if one.first.upper is not None else ""
    return " ".join([*map(labels.text, one.qualifiers), f"{words.number(one.first.amount)}{upper}", one.first.currency])
