"""Where sentences end: a newline always ends one; an abbreviation, an ordinal or a decimal mark never does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from kg.lang import Pack
from kg.recognise.fold import CYRILLIC_CAPITALS

_END = re.compile(
    r"(?<![.!?…])[.!?…]+(?:[ \u00a0\u202f]?»)?[\"”»'’)\]]*\s+(?=[\"“”«'‘(\[–-]*\s?[\d\w])|[。！？][\"”』」）》]*|;\s*\n"
    r"|(?<=[a-zà-ÿ]{3})\.(?=[A-ZÀ-Þ][a-zà-ÿ]{0,11}['’ ])"  # pages that were glued together: "the end.The next"
)
_PAUSE = re.compile(r".*[\s,;，；、]", re.DOTALL)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,2}[A-Z]")
_CYRILLIC_INITIALS = re.compile(rf"(?:[{CYRILLIC_CAPITALS}]\.){{1,2}}[{CYRILLIC_CAPITALS}]")
"""First letters of a name and a father's name; no short form of a country or body has such dots: *М.В.* Орлов."""
BRACKETED = 160
"""Characters in brackets behind a full stop that ends no sentence."""
LONGEST_SENTENCE = 2000
"""Characters beyond which a run without a full stop is a list or a table and is read piece by piece."""


def sentences(text: str, start: int, end: int, pack: Pack) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of ``text[start:end]`` (one paragraph)."""
    abbreviations = pack.names.get("abbreviations", ())
    if opens := _opens(pack):
        yield from _opened(text, start, end, opens)
        return
    begin = start
    for match in _END.finditer(text, start, end):
        if match[0][0] == "." and not _ends(text, begin, match, abbreviations, pack):
            continue
        if match[0][0] == "." and not pack.spaces and _in_brackets(text, begin, match.start(), end):
            continue
        yield from _pieces(text, begin, match.end())
        begin = match.end()
    if begin < end:
        yield from _pieces(text, begin, end)


@cache
def _opens(pack: Pack) -> re.Pattern[str] | None:
    """What stands between two sentences of a language that writes no full stops: a blank before a word that opens one
    (``names.sentence_opens``).
    """
    words = sorted(pack.names.get("sentence_opens", ()), key=len, reverse=True)
    return re.compile(rf"(?<=\S) +(?={'|'.join(map(re.escape, words))})|[!?]+\s+|;\s*\n") if words else None


def _opened(text: str, start: int, end: int, opens: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin, brackets = start, [(m.start() + start, m.end() + start) for m in re.finditer(r"\([^()]*\)", text[start:end])]
    for match in opens.finditer(text, start, end):
        near = bisect_left(brackets, (match.start(), 0)) - 1
        if near < 0 or match.start() >= brackets[near][1]:
            yield from _pieces(text, begin, match.end())
            begin = match.end()
    if begin < end:
        yield from _pieces(text, begin, end)


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence; one that is too long to be one is cut at a pause, so that the work stays linear in the text."""
    while end - begin > LONGEST_SENTENCE:
        pause = _PAUSE.match(text, begin, begin + LONGEST_SENTENCE)
        cut = pause.end() if pause else begin + LONGEST_SENTENCE
        yield begin, cut
        begin = cut
    yield begin, end


def _in_brackets(text: str, begin: int, at: int, end: int) -> bool:
    """True inside brackets that hold what another script writes: 大臣（H.E*.* Mr. John Mbadi, Minister）との間で."""
    opened = max(text.rfind("(", begin, at), text.rfind("（", begin, at))
    closed = max(text.rfind(")", begin, at), text.rfind("）", begin, at))
    return opened > closed and any(0 < text.find(mark, at, end) - at <= BRACKETED for mark in ")）")


def _after_capital(text: str, begin: int, head: int) -> bool:
    """True where the word before ``head`` has a capital: *Henry* G.R. Kerr, *Ambassador* J.P. Morel."""
    before = text[begin:head].rstrip(" ").rpartition(" ")[2]
    return before[:1].isupper() and before[-1:].isalpha()


def _ends(text: str, begin: int, match: re.Match[str], abbreviations: tuple[str, ...], pack: Pack) -> bool:
    following = text[match.end()]
    if following.islower():
        return False
    head = match.start()
    while head > begin and (text[head - 1].isalnum() or text[head - 1] in "._"):
        head -= 1
    last = text[head : match.start()]
    if not last:
        return True
    if (len(last) == 1 and last.isalpha()) or (_INITIALS.fullmatch(last) and _after_capital(text, begin, head)):
        return False
    if _CYRILLIC_INITIALS.fullmatch(last):
        return False
    if last.isdigit() and len(last) < 3 and pack.numbers.get("ordinal_dot"):
        return False
    if last.isdigit() and following.isdigit() and pack.names.get("verb_last"):
        return False  # where sentences end in their verb the figures are those of a day: 10. 21.
    return last.lower() + "." not in abbreviations
