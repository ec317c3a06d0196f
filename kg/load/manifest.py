"""The manifest: a graph in the target that says which graphs were put there, their hashes and sizes.

It is the journal too. Before a graph is touched its hash is taken out of the manifest, and put in again
once what the target holds was read back, or, where counts are enough, once it was sent: a graph without a hash, or of
another count than the manifest says, is one that a load did not finish, and the next load sends it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.load.content import Content
from kg.load.target import Target, chunks
from kg.vocab import SCHEMA, VOID, shared_graph

#: The SHA-256 of a graph's sorted N-Triples, in hexadecimal digits.
_HASH: Final = f"<{SCHEMA}sha256>"
_COUNT: Final = f"<{VOID}triples>"

#: Rows of one page of the manifest, and graphs of one update of it: below the limits of every server known.
_PAGE: Final = 5_000
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of a graph: its hash, "" while it is being written, and its number of triples."""

    digest: str
    count: int


def manifest_graph(base: str) -> str:
    """The IRI of the manifest of graphs under ``base``."""
    return shared_graph("manifest", base=base).value


def staging_graph(base: str, worker: int) -> str:
    """The IRI of the graph in which a worker builds what then takes another graph's place."""
    return shared_graph(f"staging-{worker}", base=base).value


def read(target: Target, *, base: str) -> dict[str, Entry]:
    """The manifest of the target, by graph; empty where nothing was loaded yet. Raises KgError."""
    entries: dict[str, Entry] = {}
    last = ""
    while True:
        # By the last IRI of the page before, not by OFFSET, which some servers refuse past their limit of rows.
        rows = target.select(
            f"SELECT ?g ?n ?h {{ GRAPH <{manifest_graph(base)}> {{ ?g {_COUNT} ?n OPTIONAL {{ ?g {_HASH} ?h }} }}"
            f' FILTER(STR(?g) > "{last}") }} ORDER BY STR(?g) LIMIT {_PAGE}'
        )
        for row in rows:
            graph, digest = row["g"][1:-1], row.get("h", "").strip('"')
            known = entries.get(graph)
            # Two entries for a graph are the trace of two loads at once: neither is believed.
            fits = known is None or known.digest == digest
            entries[graph] = Entry(digest if fits else "", int(row["n"].split('"')[1]))
            last = graph
        if len(rows) < _PAGE:
            return entries


def mark(target: Target, contents: Iterable[Content], *, base: str) -> None:
    """Say that ``contents`` are being written: their graphs lose their hashes."""
    _replace(target, {content.graph: Entry("", content.count) for content in contents}, base=base)


def record(target: Target, counts: Mapping[Content, int], *, base: str) -> None:
    """Say that these contents are in the target, whole, in as many triples as the target counts."""
    _replace(target, {content.graph: Entry(content.digest, count) for content, count in counts.items()}, base=base)


def forget(target: Target, graphs: Iterable[str], *, base: str) -> None:
    """Say nothing of ``graphs`` any more."""
    for part in chunks(graphs, _AT_ONCE):
        target.update(_removal(part, base=base))


def _replace(target: Target, entries: Mapping[str, Entry], *, base: str) -> None:
    for part in chunks(entries.items(), _AT_ONCE):
        said = "".join(
            f"<{graph}> {_COUNT} {entry.count} .\n"
            + (f'<{graph}> {_HASH} "{entry.digest}" .\n' if entry.digest else "")
            for graph, entry in part
        )
        target.update(
            f"{_removal([graph for graph, _ in part], base=base)} ;\n"
            f"INSERT DATA {{ GRAPH <{manifest_graph(base)}> {{\n{said}}} }}"
        )


def _removal(graphs: Iterable[str], *, base: str) -> str:
    manifest, named = manifest_graph(base), " ".join(f"<{graph}>" for graph in graphs)
    return (
        f"DELETE {{ GRAPH <{manifest}> {{ ?g ?p ?o }} }} "
        f"WHERE {{ VALUES ?g {{ {named} }} GRAPH <{manifest}> {{ ?g ?p ?o }} }}"
    )
