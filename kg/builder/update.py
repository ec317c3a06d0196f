"""From readings to a store on disk: all of it anew, or what changed in a copy of the one that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Final

from pyoxigraph import NamedNode, Quad
from pyoxigraph import Store as Database

from kg.infer import infer as entailed
from kg.infer.changes import inferred_changes
from kg.infer.parts import Inference
from kg.mappers import map_body, map_entities, map_reading, map_source
from kg.model import Reading
from kg.ontology import ontology_quads
from kg.resolve.model import Resolution
from kg.store import count_triples, replace_quads, with_default_graph
from kg.vocab import body_graph, facts_graph, kg, shared_graph

#: Quads that go into the database at once: what one writes takes memory until it is on the disk.
_BATCH: Final = 100_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a store is to hold: the ids of its articles, sorted, who their names are, the base, and whether to infer.

    ``reading`` gives what was read from an article.
    """

    articles: tuple[str, ...]
    reading: Callable[[str], Reading]
    resolution: Resolution
    base: str
    infer: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a graph: by how many triples its merged facts have grown, and the named graphs it changed."""

    grown: int
    graphs: frozenset[str] = frozenset()


def assemble(readings: Iterable[Reading], resolution: Resolution, *, base: str) -> Iterator[Quad]:
    """All quads but the inferred ones: ontology, vocabularies, names, and each article's facts and body."""
    yield from ontology_quads(base=base)
    yield from map_entities(resolution, base=base)
    for reading in readings:
        yield from article_quads(reading, resolution, base=base)


def article_quads(reading: Reading, resolution: Resolution, *, base: str) -> Iterator[Quad]:
    """The quads of an article's two graphs: what it states, and its text."""
    yield from map_reading(reading, resolution, base=base)
    yield map_body(reading.article, base=base)
    yield from map_source(reading.article, base=base)


def all_quads(plan: Plan) -> list[Quad]:
    """The whole graph."""
    quads = list(assemble(map(plan.reading, plan.articles), plan.resolution, base=plan.base))
    return [*quads, *entailed(quads, base=plan.base)] if plan.infer else quads


def written_anew(plan: Plan) -> Callable[[Database], Change]:
    """What fills an empty database with the whole graph, article by article."""
    return partial(_write, plan)


def _write(plan: Plan, graph: Database) -> Change:
    quads = with_default_graph(in_parts(plan), base=plan.base)
    while batch := list(islice(quads, _BATCH)):
        graph.bulk_extend(batch)
    return Change(count_triples(graph))


def in_parts(plan: Plan) -> Iterator[Quad]:
    """The whole graph, what follows from a part right after it."""
    inference = Inference(plan.base)
    yield from ontology_quads(base=plan.base)
    readings = map(plan.reading, plan.articles)
    articles = (list(article_quads(reading, plan.resolution, base=plan.base)) for reading in readings)
    for part in chain((map_entities(plan.resolution, base=plan.base),), articles):
        yield from part
        if plan.infer:
            yield from inference.take(part)
    if plan.infer:
        yield from inference.rest()


def changed(plan: Plan, articles: Iterable[str], entities: Iterable[str]) -> Callable[[Database], Change]:
    """What makes the graph of ``plan`` of the one before, where these articles and entities may be others."""
    staying = frozenset(plan.articles)
    return partial(_change, plan, {key: key in staying for key in sorted(articles)}, tuple(entities))


def _change(plan: Plan, articles: Mapping[str, bool], entities: Sequence[str], graph: Database) -> Change:
    """Replace the graphs of some articles (True: still there) and what is said of some entities."""
    removed: set[Quad] = set()
    added: set[Quad] = set()
    for article, stays in articles.items():
        old = set(_graph(graph, facts_graph(article, base=plan.base)))
        old.update(_graph(graph, body_graph(article, base=plan.base)))
        new = set(article_quads(plan.reading(article), plan.resolution, base=plan.base)) if stays else set[Quad]()
        removed |= old - new
        added |= new - old
    named = set(_names(plan, entities))
    were = set(chain.from_iterable(_names_of(graph, entity, base=plan.base) for entity in entities))
    removed |= were - named
    added |= named - were
    grown = replace_quads(graph, removed, added, base=plan.base)
    if plan.infer:
        left, entered = inferred_changes(graph, removed, added, base=plan.base)
        grown += replace_quads(graph, left, entered, base=plan.base)
        removed.update(left)
        added.update(entered)
    graphs = {quad.graph_name for quad in chain(removed, added)}
    return Change(grown, frozenset(name.value for name in graphs if isinstance(name, NamedNode)))


def _graph(graph: Database, name: NamedNode) -> Iterator[Quad]:
    return graph.quads_for_pattern(None, None, None, name)


def _names(plan: Plan, entities: Iterable[str]) -> list[Quad]:
    """What the graph of names is to say of some entities."""
    wanted = frozenset(entities)
    part = Resolution(
        entities=tuple(entity for entity in plan.resolution.entities if entity.id in wanted),
        merges=tuple(merge for merge in plan.resolution.merges if merge.entity in wanted),
    )
    return map_entities(part, base=plan.base)


def _names_of(graph: Database, entity: str, *, base: str) -> Iterator[Quad]:
    """What the graph of names says of an entity and of the merges into it."""
    node, names = NamedNode(base + entity), shared_graph("names", base=base)
    yield from graph.quads_for_pattern(node, None, None, names)
    for quad in list(graph.quads_for_pattern(None, kg("mergedInto"), node, names)):
        yield from graph.quads_for_pattern(quad.subject, None, None, names)
