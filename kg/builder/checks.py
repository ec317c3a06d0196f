"""What a build is told, checked before any work is done; and what it tells of itself in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import KgError
from kg.graph import Summary

if TYPE_CHECKING:
    from kg.builder.reading import Files
    from kg.builder.shelf import Row
    from kg.model import Skipped
    from kg.registry import Registry


#: Files that are named where many could not be read.
_SHOWN: Final = 50


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


def registry_of(names: str | Path | None, *, base: str) -> Registry:
    """The registry of names with the user's own. Raises KgError for a file that says what it does not understand."""
    from kg.registry import load_registry

    return load_registry(None if names is None else Path(names), base=base)


def refuse(files: Files, *, strict: bool) -> None:
    """Raise KgError where there is nothing to build of, or under ``strict`` not all."""
    skipped = files.skipped
    if skipped and (strict or not files.rows):
        count, lines = listed(skipped)
        raise KgError(f"{count} could not be read, so nothing is built", where="PATHS", hint="\n  ".join(lines))
    if not files.rows:
        raise KgError("there is no article to read", where="PATHS", hint="Give files, or folders that hold some.")


def listed(skipped: Sequence[Skipped]) -> tuple[str, list[str]]:
    """How many files were not read, in words, and a line for each of the first."""
    more = len(skipped) - _SHOWN
    lines = [*map(str, skipped[:_SHOWN]), *([f"… and {more:,} more"] if more > 0 else [])]
    return "1 file" if len(skipped) == 1 else f"{len(skipped):,} files", lines


def summary_of(
    rows: Sequence[Row], *, entities: int, triples: int, read: int, removed: int, skipped: Iterable[Skipped]
) -> Summary:
    """What a graph of the articles in ``rows`` holds, and what was done to get it."""
    facts: dict[str, int] = {}
    for row in rows:
        for kind, count in row.facts.items():
            facts[kind] = facts.get(kind, 0) + count
    return Summary(
        articles=len(rows),
        read=read,
        removed=removed,
        languages=Counter(row.language for row in rows),
        facts=facts,
        entities=entities,
        triples=triples,
        unproven=sum(row.unproven for row in rows),
        skipped=tuple(skipped),
    )
