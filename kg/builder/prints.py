"""Prints of what the graph is made of: two graphs of one article are the same quads where their prints agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.builder.digests import text_digest
from kg.mappers.entity import best_label
from kg.resolve.model import Entity, Merge, Resolution


def article_prints(readings: Mapping[str, str], resolution: Resolution) -> dict[str, str]:
    """The print of each article's graph, of that of its reading (by article id) and of what its names stand for."""
    looks = {entity.id: _look(entity, resolution) for entity in resolution.entities}
    editions: dict[str, list[str]] = defaultdict(list)
    for (conference, year), edition in sorted(resolution.editions.items()):
        editions[conference].append(f"{year} {looks.get(edition, edition)}")
    met: dict[str, list[str]] = {article: [text] for article, text in readings.items()}
    for (article, _), entity_id in resolution.names.items():
        met[article].append(looks[entity_id])
    for (article, key), conference in resolution.conferences.items():
        met[article] += (str(key), looks[conference], *editions.get(conference, ()))
    return {article: text_digest("\n".join(lines)) for article, lines in met.items()}


def _look(entity: Entity, resolution: Resolution) -> str:
    """What the graph of an article shows of an entity: its id, class, series, and its one label in each language."""
    labels = [best_label(entity, language) for language in sorted({tag for _, tag in (entity.label, *entity.labels)})]
    series = resolution.by_id[entity.in_series].label if entity.in_series in resolution.by_id else ""
    return repr((entity.id, entity.type, entity.label, labels, entity.in_series, series))


def entity_prints(resolution: Resolution) -> dict[str, str]:
    """The print of what the graph of names says of each entity, and of the merges into it."""
    merges = merges_by_entity(resolution.merges)
    return {entity.id: text_digest(repr((entity, merges.get(entity.id)))) for entity in resolution.entities}


def merges_by_entity(merges: Iterable[Merge]) -> dict[str, list[Merge]]:
    """The merges into each entity."""
    found: dict[str, list[Merge]] = defaultdict(list)
    for merge in merges:
        found[merge.entity].append(merge)
    return found
