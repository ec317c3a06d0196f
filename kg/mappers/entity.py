"""Persons, organizations, places, conferences and series: what they are and how they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode, Quad

from kg.mappers.context import Context, Triple
from kg.mappers.evidence import numbered
from kg.model import Name
from kg.resolve.model import Entity, Merge, Resolution
from kg.vocab import ALT_LABEL, BASE, LABEL, RDF_TYPE, article_iri, kg, segment, shared_graph, slugify, term, text

Spelling = tuple[str, str]


def entities_met(names: Iterable[Name], context: Context) -> Iterator[Triple]:
    """Class and names of every entity an article names, as it names them, so that its graph stands alone."""
    spellings: dict[str, list[Spelling]] = {}
    entities: dict[str, Entity] = {}
    for name in names:
        entity = context.resolution.entity_of(context.article.id, name)
        entities[entity.id] = entity
        met = spellings.setdefault(entity.id, [])
        met.append((name.text, name.language))
        if name.acronym:
            met.append((name.acronym, name.language))
            yield context.iri(entity), kg("acronym"), text(name.acronym)
    for identifier, entity in entities.items():
        yield from description(entity, spellings[identifier], context)


def description(entity: Entity, met: Sequence[Spelling], context: Context) -> Iterator[Triple]:
    """Class, label in each language met, other spellings met, and the series of a conference."""
    node = context.iri(entity)
    yield node, RDF_TYPE, kg(entity.type)
    labels = {language: best_label(entity, language) for _, language in met} or {entity.label[1]: entity.label}
    best = {label or next(spelling for spelling in met if spelling[1] == tag) for tag, label in labels.items()}
    for spelling in sorted(best):
        yield node, LABEL, text(*spelling)
    for spelling in dict.fromkeys(met):
        if spelling not in best:
            yield node, ALT_LABEL, text(*spelling)
    if entity.in_series:
        yield node, kg("inSeries"), NamedNode(context.base + entity.in_series)


def best_label(entity: Entity, language: str) -> Spelling | None:
    """The one label of an entity in a language, the same in every article; None where it has none."""
    return next((label for label in (entity.label, *entity.labels) if label[1] == language), None)


def map_entities(resolution: Resolution, *, base: str = BASE) -> list[Quad]:
    """The graph of names: every entity with all its names, where it is, what it is elsewhere, and every merge."""
    graph = shared_graph("names", base=base)
    triples: dict[Triple, None] = {}
    for entity in sorted(resolution.entities, key=lambda item: item.id):
        triples.update(dict.fromkeys(_entity(entity, base)))
    triples.update(dict.fromkeys(_merges(resolution.merges, base)))
    return [Quad(*triple, graph) for triple in triples]


def _entity(entity: Entity, base: str) -> Iterator[Triple]:
    node = NamedNode(base + entity.id)
    yield node, RDF_TYPE, kg(entity.type)
    spellings = list(dict.fromkeys((entity.label, *entity.labels)))
    best = {language: best_label(entity, language) for _, language in spellings}
    for spelling in spellings:
        yield node, LABEL if spelling == best[spelling[1]] else ALT_LABEL, text(*spelling)
    for acronym in entity.acronyms:
        yield node, kg("acronym"), text(acronym)
    if entity.country:
        yield node, kg("countryCode"), text(entity.country)
    if entity.based_in:
        yield node, kg("basedIn"), NamedNode(base + entity.based_in)
    if entity.in_series:
        yield node, kg("inSeries"), NamedNode(base + entity.in_series)
    for other in entity.same_as:
        # schema:sameAs, not owl:sameAs: the other's statements are not ours to assert.
        yield node, term("schema:sameAs"), NamedNode(other)


def _merges(merges: Iterable[Merge], base: str) -> Iterator[Triple]:
    """A kg:Merge for each: which names were taken for one entity, in which articles, by which rule and why."""
    used: dict[str, int] = {}
    for merge in sorted(merges, key=lambda item: (item.entity, item.rule, sorted(item.names), item.reason)):
        name = f"{merge.entity.replace('/', '-')}-{slugify(merge.rule) or 'rule'}"
        used[name] = used.get(name, 0) + 1
        node = NamedNode(f"{base}merge/{segment(numbered(name, used[name]))}")
        yield node, RDF_TYPE, kg("Merge")
        yield node, kg("mergedInto"), NamedNode(base + merge.entity)
        yield node, kg("reason"), text(merge.reason, "en")
        yield node, kg("rule"), text(merge.rule)
        for spelling, language, article_id in sorted(set(merge.names)):
            yield node, kg("mergedName"), text(spelling, language)
            if article_id:
                yield node, term("prov:used"), NamedNode(article_iri(article_id, base=base))
