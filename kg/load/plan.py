"""What a load has to do: what is in the store against what the target says it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.load.content import Content
from kg.load.manifest import Entry

#: A graph is not in the target, not as it should be, or the same.
Kind = Literal["new", "changed", "same"]


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


@dataclass
class Batch:
    """Graphs, with their lines, that are sent, checked and recorded together; ``new`` where the target has none."""

    new: bool
    contents: dict[Content, list[bytes]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many triples there are in it."""
        return sum(content.count for content in self.contents)


def kind_of(content: Content, entries: Mapping[str, Entry], counts: Mapping[str, int]) -> Kind:
    """What to do with ``content`` where the manifest has ``entries`` and the target ``counts`` of triples.

    A graph is believed to be the same only if the manifest has its hash and the target as many triples as then.
    """
    entry, there = entries.get(content.graph), counts.get(content.graph, 0)
    if entry is not None and entry.digest == content.digest and there == entry.count:
        return "same"
    return "changed" if there else "new"
