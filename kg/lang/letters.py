"""Letters that are written in several ways, or may be left unmarked: one of each row stands for all.

Arabic alef bears a hamza or none, *yeh* and *heh* end a word with their dots or without, and Iran and Pakistan write
two letters of their own; Turkish *ı* loses itself where capitals are made small. Folded text, packs and labels have the
first of each row, so that any spelling meets any other. One character stays one character.
"""

from __future__ import annotations

import re

_ROWS = ("اأإآٱ", "يىی", "هةۀ", "كک", "iı")
LETTERS = {ord(other): row[0] for row in _ROWS for other in row[1:]}
"""What stands for each of them."""
_OTHER = re.compile(f"[{''.join(map(chr, LETTERS))}]")


def plain_letters(text: str) -> str:
    """``text`` with one letter for each row; the same length."""
    return text.translate(LETTERS) if _OTHER.search(text) else text
