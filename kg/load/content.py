"""What there is to load: each named graph of a store as sorted lines of N-Triples, its hash and its size."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from kg.store import Store, count_triples, is_body, is_merged
from kg.vocab import merged_graph

if TYPE_CHECKING:
    from kg.remote.profiles import Profile

#: Lines that are hashed at once.
_AT_ONCE: Final = 10_000
_IRI: Final = re.compile(rb"<([^<>]*)>")
_LITERAL: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a graph: ``digest`` is the SHA-256 of its sorted lines, ``count`` how many triples it has."""

    graph: str
    digest: str
    count: int


def graph_names(store: Store, *, with_text: bool = False, merged: bool = False) -> list[str]:
    """The named graphs of ``store``, sorted; article bodies only ``with_text``.

    ``merged`` adds the default graph as the last, which has each fact once, under a name of its own: servers differ in
    what they take for their default graph, and where it is the union some count a fact once for each graph that has it.
    """
    graphs = (graph for graph in store.db.named_graphs() if isinstance(graph, NamedNode))
    named = (graph.value for graph in graphs if with_text or not is_body(graph, base=store.base))
    return [*sorted(named), *([merged_graph(store.base).value] if merged else [])]


def contents(store: Store, *, with_text: bool = False, merged: bool = False) -> Iterator[tuple[Content, list[bytes]]]:
    """The content of each of ``graph_names`` that has any, with its lines, one at a time, so that memory is flat."""
    for graph in graph_names(store, with_text=with_text, merged=merged):
        content, written = content_of(store, graph)
        if written:
            yield content, written


def content_of(store: Store, graph: str) -> tuple[Content, list[bytes]]:
    """The content of a graph, with its lines."""
    return _content(graph, lines(store, graph))


def _content(graph: str, written: list[bytes]) -> tuple[Content, list[bytes]]:
    digest = hashlib.sha256()
    for start in range(0, len(written), _AT_ONCE):
        digest.update(b"".join(written[start : start + _AT_ONCE]))
    return Content(graph, digest.hexdigest(), len(written)), written


@dataclass
class Reader:
    """Reads the graphs of a store, one after another, those of ``hashed`` only where their lines are asked for.

    The merged facts say what the graphs say of which they are merged: where all of these were read before, they are
    not read once more. ``hashed`` grows by what is read.
    """

    store: Store
    hashed: dict[str, Content]
    _met: set[bytes] = field(default_factory=set, init=False)
    _whole: bool = field(default=True, init=False)
    _skipped: bool = field(default=False, init=False)

    def content(self, graph: str) -> tuple[Content, Callable[[], list[bytes]]]:
        """The content of a graph, and what gives its lines until the next one is asked for."""
        if self._skipped:
            self._whole = False
            self._met.clear()
        if graph in self.hashed:
            self._skipped = True
            return self.hashed[graph], partial(self._read, graph)
        self.hashed[graph], written = _content(graph, self._read(graph))
        return self.hashed[graph], lambda: written

    def _read(self, graph: str) -> list[bytes]:
        self._skipped = False
        if graph == merged_graph(self.store.base).value and self._whole:
            written, self._met = sorted(self._met), set()
            if len(written) == count_triples(self.store.db):
                return written
        written = lines(self.store, graph)
        if self._whole and is_merged(NamedNode(graph), base=self.store.base):
            self._met.update(written)
        return written


def lines(store: Store, graph: str) -> list[bytes]:
    """The triples of a graph, or the merged facts, as sorted lines of N-Triples: the same for the same triples."""
    output = io.BytesIO()
    source = DefaultGraph() if graph == merged_graph(store.base).value else NamedNode(graph)
    store.db.dump(output, RdfFormat.N_TRIPLES, from_graph=source)
    return sorted(output.getvalue().splitlines(keepends=True))


def in_graph(written: Iterable[bytes], graph: str) -> bytes:
    """Lines of N-Triples as N-Quads of ``graph``."""
    # No literal has an end of line in it: what is replaced is the end of a line.
    return b"".join(written).replace(b" .\n", f" <{graph}> .\n".encode())


def obstacle(written: Sequence[bytes], profile: Profile) -> str | None:
    """Why a server of ``profile`` cannot hold these lines, said for people; None where it can."""
    longest = max(map(len, written), default=0)
    fits = all(longest <= limit for limit in (profile.iri_bytes, profile.literal_bytes) if limit)
    if fits and not any(b"_:" in line for line in written):
        return None
    for line in written:
        if line.startswith(b"_:") or b" _:" in _LITERAL.sub(b"", line):
            return "it holds a blank node, which cannot be sent twice as the same"
        if profile.iri_bytes and len(line) > profile.iri_bytes:
            longest = max((len(iri) for iri in _IRI.findall(_LITERAL.sub(b"", line))), default=0)
            if longest > profile.iri_bytes:
                return f"an IRI of {longest:,} bytes; {profile.title} cuts one off after {profile.iri_bytes:,}"
        if profile.literal_bytes and len(line) > profile.literal_bytes:
            longest = max((len(text) for text in _LITERAL.findall(line)), default=0)
            if longest > profile.literal_bytes:
                return f"a text of {longest:,} bytes; {profile.title} takes at most {profile.literal_bytes:,}"
    return None
