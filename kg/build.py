"""The whole line: articles are read, their facts extracted, names resolved, and all of it stored as one graph.

The graph depends on the articles alone, not on the order they are given in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.errors import KgError
from kg.graph import Graph, Summary

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.model import Article, Reading, Skipped
    from kg.resolve.model import Resolution

#: Told after each article: how many are done, how many there are, and the id of this one.
Progress: TypeAlias = Callable[[int, int, str], None]

_KINDS: Final = {
    "RoleFact": "roles",
    "FigureFact": "aid figures",
    "CountFact": "counts",
    "ConferenceFact": "conferences",
    "SectorFact": "sectors",
    "QuotationFact": "quotations",
    "MentionFact": "mentions",
}


def build(
    paths: Iterable[str | Path],
    *,
    store: str | Path | None = None,
    base: str | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    infer: bool = True,
    names: str | Path | None = None,
) -> Graph:
    """One graph of the articles in ``paths`` (files and folders; ``-`` is standard input).

    The graph is in memory, or on disk at ``store``, in place of what was there. ``base`` is the start of
    minted IRIs, the project's own if not given. ``infer`` adds what the ontology entails, in a graph
    of its own. ``names`` is a Turtle file of the user's that adds to the registry of names: who is who, and
    who is not. Files that cannot be read are named in ``Graph.summary.skipped``. Raises KgError for
    a bad ``base`` or ``names``, a store that cannot be written, where no article could be read, and under ``strict``
    where one could not.
    """
    from kg.extract import read_facts
    from kg.read import read_paths

    base = checked_base(base)
    found, unread = read_paths(paths)
    articles, doubles = unique(found)
    skipped = sorted((*unread, *doubles), key=lambda item: (item.path, item.reason))
    if skipped and (strict or not articles):
        raise _refused(skipped)
    if not articles:
        raise KgError("there is no article to read", where="PATHS", hint="Give files, or folders that hold some.")
    readings = []
    for article in articles:
        readings.append(read_facts(article))
        if progress is not None:
            progress(len(readings), len(articles), article.id)
    return build_readings(readings, skipped=skipped, store=store, base=base, infer=infer, names=names)


def build_readings(
    readings: Sequence[Reading],
    *,
    skipped: Sequence[Skipped] = (),
    store: str | Path | None = None,
    base: str | None = None,
    infer: bool = True,
    names: str | Path | None = None,
) -> Graph:
    """One graph of what was read from articles, each with an id of its own; else as ``build``."""
    from kg.infer import infer as entailed
    from kg.mappers import unproven
    from kg.registry import load_registry
    from kg.resolve import resolve
    from kg.store import write_store

    base = checked_base(base)
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    registry = load_registry(None if names is None else Path(names), base=base)
    resolution = resolve(ordered, registry=registry)
    quads = list(assemble(ordered, resolution, base=base))
    if infer:
        quads.extend(entailed(quads, base=base))
    summary = Summary(
        articles=len(ordered),
        languages=Counter(reading.article.language for reading in ordered),
        facts=Counter(_KINDS[type(fact).__name__] for reading in ordered for fact in reading.facts),
        entities=len(resolution.entities),
        unproven=sum(len(unproven(reading)) for reading in ordered),
        skipped=tuple(skipped),
    )
    return Graph(write_store(quads, base=base, path=None if store is None else Path(store)), summary)


def assemble(readings: Sequence[Reading], resolution: Resolution, *, base: str) -> Iterator[Quad]:
    """All quads but the inferred ones: ontology, vocabularies, names, and each article's facts and body."""
    from kg.mappers import map_body, map_entities, map_reading, map_source
    from kg.ontology import ontology_quads

    yield from ontology_quads(base=base)
    yield from map_entities(resolution, base=base)
    for reading in readings:
        yield from map_reading(reading, resolution, base=base)
        yield map_body(reading.article, base=base)
        yield from map_source(reading.article, base=base)


def unique(articles: Iterable[Article]) -> tuple[list[Article], list[Skipped]]:
    """The articles by id, each once. Of different articles with one id the one with the first path stays."""
    from kg.model import Skipped

    kept: dict[str, Article] = {}
    doubles: list[Skipped] = []
    for article in sorted(articles, key=lambda item: (item.id, item.path, item.text)):
        first = kept.setdefault(article.id, article)
        if first.text != article.text:
            reason = f"another article has the id '{article.id}': {first.path or 'the first one'}"
            doubles.append(Skipped(article.path, reason, hint="Give each article an id of its own."))
    return list(kept.values()), doubles


def checked_base(base: str | None) -> str:
    """``base``, or the project's own where it is None. Raises KgError for one that no IRI can start with."""
    from pyoxigraph import NamedNode

    from kg.vocab import BASE

    if base is None:
        return BASE
    try:
        NamedNode(base)
    except ValueError as error:
        raise KgError(f"'{base}' is no absolute IRI: {error}", where="--base", hint=f"Such as {BASE}") from None
    if not base.endswith(("/", "#")):
        raise KgError(f"'{base}' does not end in '/' or '#'", where="--base", hint=f"Such as {base}/")
    return base


def _refused(skipped: Sequence[Skipped]) -> KgError:
    """Why nothing is built: every file that could not be read, with the reason."""
    lines = (f"{item.path}: {item.reason}" + (f" ({item.hint})" if item.hint else "") for item in skipped)
    count = "1 file" if len(skipped) == 1 else f"{len(skipped)} files"
    return KgError(f"{count} could not be read, so nothing is built", where="PATHS", hint="\n  ".join(lines))
