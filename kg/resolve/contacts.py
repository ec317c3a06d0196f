"""Which names and conferences were held against which: what must be resolved anew together, and what need not.

Every step of resolution compares only what shares a key: the same letters, the same seat, the same day and place. It
notes here each key that each item had when it was asked for, so that two sets of items without a key in common are
known not to touch: resolved apart they give what they give together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from kg.resolve.likeness import in_two_scripts, read_as
from kg.resolve.nodes import Key, Node

#: A spelling, or a conference of an article.
Item: TypeAlias = Node | Key
#: The step, the key as text, and the side: "=" all that share it meet, "?" those that ask meet those that offer ("!").
Contact: TypeAlias = tuple[str, str, str]

MEETS: Final = "="
ASKS: Final = "?"
OFFERS: Final = "!"
#: With whom each side meets.
MET: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({MEETS: (MEETS,), ASKS: (ASKS, OFFERS), OFFERS: (ASKS,)})


def _reads(characters: Item, latin: Item) -> bool:
    return isinstance(characters, Node) and isinstance(latin, Node) and read_as(latin.text, characters.text)


def _sounds(one: Item, other: Item) -> bool:
    return isinstance(one, Node) and isinstance(other, Node) and in_two_scripts(one.text, other.text)


def _two_languages(one: Item, other: Item) -> bool:
    return isinstance(one, Node) and isinstance(other, Node) and one.language != other.language


#: Steps that compare only some of those that share a key, as their spellings alone say: (who asks, who offers).
_COMPARED: Final[Mapping[str, Callable[[Item, Item], bool]]] = MappingProxyType(
    {
        "sino-vietnamese": _reads,
        "transliteration": _sounds,
        "short-transliteration": _sounds,
        "same-sound": _two_languages,
    }
)


@dataclass(slots=True)
class Contacts:
    """The contacts of each item that a step asked for."""

    of_item: dict[Item, set[Contact]] = field(default_factory=dict)

    def note(self, item: Item, step: str, key: Hashable, side: str = MEETS) -> None:
        """``item`` has ``key`` in ``step``."""
        self.of_item.setdefault(item, set()).add((step, plain_key(key), side))

    def note_all(self, items: Iterable[Item], step: str, key: Hashable) -> None:
        """All of ``items`` have ``key`` in ``step``."""
        for item in items:
            self.note(item, step, key)

    def note_id(self, item: Item, key: str) -> None:
        """The id ``key`` was asked for on behalf of ``item``."""
        self.note(item, "id", key)


def plain_key(key: Hashable) -> str:
    """A key as text, the same in every process: sets in order."""
    if isinstance(key, str):
        return key
    if isinstance(key, tuple):
        return f"({','.join(map(plain_key, key))})"
    if isinstance(key, frozenset):
        return f"{{{','.join(sorted(map(plain_key, key)))}}}"
    return str(key)


def is_choosy(step: str) -> bool:
    """Whether ``step`` compares only some of those that share a key."""
    return step in _COMPARED


def is_met(step: str, one: Item, side: str, other: Item) -> bool:
    """Whether ``step`` looks at two items of one key together, the first on ``side``, the other on one it meets."""
    compared = _COMPARED.get(step)
    if compared is None:
        return True
    return compared(other, one) if side == OFFERS else compared(one, other)
