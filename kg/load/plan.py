"""What a load has to do: what is in the store against what the target says it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.load.content import Content
from kg.load.manifest import Entry

#: Triples of one batch: large enough that requests cost little, small enough for memory and for a retry.
BATCH: Final = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """``new`` are not in the target, ``changed`` not as they should be, ``same`` are; ``gone`` left the store."""

    new: tuple[Content, ...]
    changed: tuple[Content, ...]
    same: tuple[Content, ...]
    gone: tuple[str, ...]

    @property
    def to_send(self) -> tuple[Content, ...]:
        """What is new and what changed, by graph."""
        return tuple(sorted(self.new + self.changed, key=lambda content: content.graph))


@dataclass(frozen=True, slots=True)
class Batch:
    """Graphs that are sent, checked and recorded together; ``new`` where the target has none of them."""

    contents: tuple[Content, ...]
    new: bool


def plan(local: Iterable[Content], entries: Mapping[str, Entry], counts: Mapping[str, int]) -> Plan:
    """What to do where the store has ``local``, the manifest ``entries`` and the target ``counts`` of triples.

    A graph is believed to be the same only if the manifest has its hash and the target as many triples as then.
    """
    local = tuple(local)
    names = {content.graph for content in local}

    def same(content: Content) -> bool:
        entry = entries.get(content.graph)
        return entry is not None and entry.digest == content.digest and counts.get(content.graph, 0) == entry.count

    unsure = [content for content in local if not same(content)]
    return Plan(
        new=tuple(content for content in unsure if not counts.get(content.graph)),
        changed=tuple(content for content in unsure if counts.get(content.graph)),
        same=tuple(filter(same, local)),
        gone=tuple(sorted(entries.keys() - names)),
    )


def batches(todo: Plan) -> Iterator[Batch]:
    """The graphs to send, new ones first, in batches of about ``BATCH`` triples; a larger graph is one of its own."""
    for contents, new in ((todo.new, True), (todo.changed, False)):
        batch: list[Content] = []
        size = 0
        for content in contents:
            if batch and size + content.count > BATCH:
                yield Batch(tuple(batch), new)
                batch, size = [], 0
            batch.append(content)
            size += content.count
        if batch:
            yield Batch(tuple(batch), new)
