"""How much room text takes: estimated from the cells of a terminal, so that every machine draws the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from wcwidth import wcswidth, wrap

#: Pixels of a line of text, and of one cell of it at that size: a Chinese character has two cells.
LINE: Final = 17
CELL: Final = 7.4
#: Letters that are wider than others of one cell.
_WIDE: Final = re.compile(r"[A-ZÀ-ÞĐ@%&MWmwÆŒæœ]")
_ELLIPSIS: Final = "…"
#: What XML cannot hold, and what would turn the direction of all that follows.
_UNWRITABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufffe\uffff]+"
)


def clean(text: str) -> str:
    """``text`` on one line, without what cannot be drawn."""
    return " ".join(_UNWRITABLE.sub(" ", text).split())


def width(text: str) -> float:
    """An upper estimate of the pixels a line takes in a common font without serifs."""
    return (max(0, wcswidth(text)) + 0.35 * len(_WIDE.findall(text))) * CELL


def lines(text: str, room: float, *, most: int) -> list[str]:
    """``text`` as lines no wider than ``room`` pixels; what does not fit on ``most`` of them ends in ``…``."""
    text = clean(text)
    cells = int(room / CELL)
    while True:
        broken = wrap(text, cells) or [""]
        if cells <= 1 or all(width(line) <= room for line in broken):
            break
        cells -= 1
    if len(broken) <= most:
        return broken
    return [*broken[: most - 1], _cut(broken[most - 1], room)]


def _cut(line: str, room: float) -> str:
    while line and width(line + _ELLIPSIS) > room:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is of a script written from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in strong if way in ("L", "R", "AL")), "L") != "L"
