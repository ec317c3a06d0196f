"""What a comparison with gold gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Tally(NamedTuple):
    """How many are ``right``, how many were ``found`` (0 where only recall is measured), how many ``wanted``."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: object) -> Tally:
        """The sum, field by field."""
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)


@dataclass(frozen=True, slots=True)
class Figure:
    """How good one kind of fact is in one language (or ``all``), from 0 to 1; None where nothing was asked.

    ``precision``, ``recall`` and ``found`` are None where the kind is not measured by F1.
    """

    language: str
    kind: str
    value: float | None
    precision: float | None = None
    recall: float | None = None
    right: int | None = None
    found: int | None = None
    wanted: int | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """What one article's graph lacks or has too much, in words."""

    article: str
    language: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """All figures and all misses."""

    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]

    @property
    def mean(self) -> float:
        """The mean of all kinds over all languages."""
        return next((f.value for f in self.figures if (f.language, f.kind) == ("all", "mean") and f.value), 0.0)
