"""Where the facts behind a finding stand in the articles."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Triple
from pyoxigraph import Store as Database

from kg.findings import Finding, Node, Place
from kg.mappers.source import read_source
from kg.vocab import EVIDENCE, kg, term

_LIST_LIMIT: Final = 5
#: Graphs of a user's own: what stands there is in no article.
_OWN: Final = re.compile(r"/graph/own-[^/?#]+>$")


def places(finding: Finding, database: Database) -> tuple[Place, ...]:
    """Where the facts behind a finding stand: its statement's evidence, else that of its node, and of its value."""
    found: dict[NamedNode, None] = {}
    if isinstance(finding.focus, NamedNode):
        found.update(dict.fromkeys(_statements(finding, database) or _evidence(finding.focus, database)))
    if isinstance(finding.value, NamedNode):
        found.update(dict.fromkeys(_evidence(finding.value, database)))
    placed = (_place(evidence, database) for evidence in found)
    return tuple(sorted(filter(None, placed), key=lambda place: (place.article, place.start)))[:_LIST_LIMIT]


def _objects(subject: NamedNode, predicate: NamedNode, database: Database) -> list[Node]:
    """The objects of a property in all graphs but a user's own, each once, in one order."""
    quads = database.quads_for_pattern(subject, predicate, None, None)
    said = (quad for quad in quads if not _OWN.search(str(quad.graph_name)))
    return sorted({quad.object for quad in said if not isinstance(quad.object, Triple)}, key=str)


def _subjects(predicate: NamedNode, value: NamedNode, database: Database) -> list[NamedNode]:
    quads = database.quads_for_pattern(None, predicate, value, DefaultGraph())
    return sorted({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}, key=str)


def _statements(finding: Finding, database: Database) -> list[NamedNode]:
    """The statements that say a triple at fault: of the value, or of the property where no value is at fault."""
    if finding.path is None or not isinstance(finding.focus, NamedNode):
        return []
    said = [
        node
        for node in _subjects(term("rdf:subject"), finding.focus, database)
        if finding.path in _objects(node, term("rdf:predicate"), database)
    ]
    same = [node for node in said if finding.value in _objects(node, term("rdf:object"), database)]
    return same if finding.value is not None else said


def _evidence(node: NamedNode, database: Database) -> list[NamedNode]:
    """The first evidence of a node, or what the node itself is evidence or a selector of."""
    if _objects(node, term("oa:hasSource"), database):
        return [node]
    selected = _subjects(term("oa:hasSelector"), node, database)
    if selected:
        return selected
    nodes = [item for item in _objects(node, EVIDENCE, database) if isinstance(item, NamedNode)]
    return sorted(nodes, key=lambda item: (_start(item, database), item.value))[:1]


def _selected(node: NamedNode, name: str, database: Database) -> str:
    """``oa:start`` or ``oa:exact`` of a piece of evidence; empty where it has none."""
    selectors = [item for item in _objects(node, term("oa:hasSelector"), database) if isinstance(item, NamedNode)]
    values = [value for item in selectors for value in _objects(item, term(name), database)]
    return values[0].value if values else ""


def _start(node: NamedNode, database: Database) -> int:
    start = _selected(node, "oa:start", database)
    return int(start) if re.fullmatch(r"\d{1,9}", start) else 0


def _place(evidence: NamedNode, database: Database) -> Place | None:
    source = next((node for node in _objects(evidence, term("oa:hasSource"), database)), None)
    if not isinstance(source, NamedNode):
        return None
    rules = _objects(evidence, kg("rule"), database)
    start = _start(evidence, database)
    return Place(
        evidence=evidence.value,
        article=source.value,
        start=start,
        quote=_selected(evidence, "oa:exact", database),
        rule=rules[0].value if rules else "",
        where=_where(source, start, database),
    )


def _where(article: NamedNode, start: int, database: Database) -> str:
    """``file:line:column`` of an offset in an article; its id and the offset where the file is not known."""
    files, maps = _objects(article, kg("file"), database), _objects(article, kg("lineMap"), database)
    known = files and maps and re.fullmatch(r"\d{1,9}:\d{1,9}:\d{1,9}( \d{1,9}:\d{1,9}:\d{1,9})*", maps[0].value)
    place = read_source(files[0].value, maps[0].value).locate(start) if known else ""
    return place or f"{article.value.rpartition('/')[2]}: character {start}"
