"""The whole line: articles are read, their facts extracted, names resolved, and all of it stored as one graph.

The graph depends on the articles alone: neither on the order they are given in, nor on whether they were read at once
or added to a store one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.builder.checks import checked_base, refuse, registry_of, summary_of
from kg.graph import Graph

if TYPE_CHECKING:
    from kg.builder.reading import Progress
    from kg.model import Reading, Skipped

__all__ = ["WAIT", "build", "build_readings", "checked_base"]

#: Seconds that a build waits for another one to end, unless told otherwise.
WAIT = 600.0


def build(
    paths: Iterable[str | Path],
    *,
    store: str | Path | None = None,
    base: str | None = None,
    strict: bool = False,
    progress: Progress | None = None,
    infer: bool = True,
    names: str | Path | None = None,
    prune: bool = False,
    jobs: int = 1,
    wait: float = 0,
    told: Callable[[str], None] | None = None,
) -> Graph:
    """One graph of the articles in ``paths`` (files and folders; ``-`` is standard input).

    The graph is in memory, or on disk at ``store``. What a store holds of other files stays in it, unless
    ``prune``; files that did not change since are not read again. ``base`` is the start of minted IRIs, the store's
    or the project's own if not given. ``infer`` adds what the ontology entails, in a graph of its own. ``names`` is
    a Turtle file of the user's that adds to the registry of names: who is who, and who is not. Many files are read
    by ``jobs`` processes. Where another build is at work on the store, ``told`` is given a message, and it is
    waited for ``wait`` seconds.

    Files that cannot be read are named in ``Graph.summary.skipped``. Raises KgError for a bad ``base`` or
    ``names``, a store that cannot be written, is taken, or holds articles that would be lost, where no article could
    be read, and under ``strict`` where one could not; the store is then what it was.
    """
    from kg.builder.stored import build_store

    if store is not None:
        return build_store(
            paths, store=Path(store), base=base, strict=strict, progress=progress, infer=infer, names=names,
            prune=prune, jobs=jobs, wait=wait, told=told,
        )  # fmt: skip
    from kg.builder.reading import named, read_files, with_ids

    base = checked_base(base)
    files = read_files(
        paths, store=Path(), known={}, recall=lambda _: (), prune=True, jobs=jobs, progress=progress
    )  # fmt: skip
    refuse(files, strict=strict)
    readings = [one for key, ids in named(files).items() for one in with_ids(files.read[key], ids)]
    return build_readings(readings, skipped=files.skipped, base=base, infer=infer, names=names)


def build_readings(
    readings: Sequence[Reading],
    *,
    skipped: Sequence[Skipped] = (),
    base: str | None = None,
    infer: bool = True,
    names: str | Path | None = None,
) -> Graph:
    """One graph in memory of what was read from articles, each with an id of its own; else as ``build``."""
    from kg.builder.reading import row_of
    from kg.builder.update import Plan, all_quads
    from kg.resolve import resolve
    from kg.store import count_triples, write_store

    base = checked_base(base)
    registry = registry_of(names, base=base)
    resolution = resolve(readings, registry=registry)
    by_id = {reading.article.id: reading for reading in readings}
    plan = Plan(tuple(sorted(by_id)), by_id.__getitem__, resolution, base, infer)
    rows = [row_of(reading) for reading in readings]
    store = write_store(all_quads(plan), base=base)
    summary = summary_of(
        rows, entities=len(resolution.entities), triples=count_triples(store.db), read=len(rows), removed=0,
        skipped=skipped,
    )  # fmt: skip
    return Graph(store, summary)
