"""Where sentences end: a newline always ends one; an abbreviation, an ordinal or a decimal mark never does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lang import Pack

_END = re.compile(r"[.!?…]+[\"”»'’)\]]*\s+(?=[\"“«'‘(\[–-]*\s?[\d\w])|[。！？][\"”』」）》]*|;\s*\n")
_WORD = re.compile(r"[\w.]+$")


def sentences(text: str, start: int, end: int, pack: Pack) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of ``text[start:end]`` (one paragraph)."""
    abbreviations = pack.names.get("abbreviations", ())
    begin = start
    for match in _END.finditer(text, start, end):
        if match[0][0] == "." and not _ends(text, begin, match, abbreviations, pack):
            continue
        yield begin, match.end()
        begin = match.end()
    if begin < end:
        yield begin, end


def _ends(text: str, begin: int, match: re.Match[str], abbreviations: tuple[str, ...], pack: Pack) -> bool:
    following = text[match.end()]
    if following.islower():
        return False
    word = _WORD.search(text, begin, match.start())
    if word is None:
        return True
    last = word[0]
    if len(last) == 1 and last.isalpha():
        return False
    if last.isdigit() and len(last) < 3 and pack.numbers.get("ordinal_dot"):
        return False
    return last.lower() + "." not in abbreviations
