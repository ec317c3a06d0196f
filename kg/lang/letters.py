r"""Letters that are written in several ways, or may be left unmarked: one of each row stands for all.

Arabic alef bears a hamza or none, *yeh* and *heh* end a word with their dots or without, and Iran and Pakistan write
two letters of their own; Turkish *ı* loses itself where capitals are made small. Folded text, packs and labels have the
first of each row, so that any spelling meets any other. One character stays one character.

The vowels and marks that Devanagari sets around a consonant are no letters to ``\w`` nor to ``str.isalpha``, which
end a word at each of them. Letters of a dead script (ꡀ and those behind it) stand for them; both nasal signs are one.
"""

from __future__ import annotations

import re

_ROWS = ("اأإآٱ", "يىی", "هةۀ", "كک", "iı")
_SIGNS = (0x900, *range(0x902, 0x904), *range(0x93A, 0x93D), *range(0x93E, 0x950), *range(0x955, 0x958), 0x962, 0x963)
"""Signs of Devanagari that follow a consonant."""
_FIRST_LETTER = 0xA840
LETTERS = {ord(other): row[0] for row in _ROWS for other in row[1:]}
LETTERS |= {sign: chr(_FIRST_LETTER + nth) for nth, sign in enumerate(_SIGNS)}
LETTERS[0x901] = LETTERS[0x902]
"""What stands for each of them."""
_OTHER = re.compile(f"[{''.join(map(chr, LETTERS))}]")


def plain_letters(text: str) -> str:
    """``text`` with one letter for each row; the same length."""
    return text.translate(LETTERS) if _OTHER.search(text) else text
