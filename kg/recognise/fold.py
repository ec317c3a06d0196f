"""Folding of one character to one character, so that offsets of the folded text are offsets of the text."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lang.letters import LETTERS, plain_letters

_ONE_TO_ONE = (
    ("\u0130", "i"),  # the only character whose lower case is longer than itself
    ("\u2019", "'"),
    ("\u2018", "'"),
    ("\u02bc", "'"),
    ("\uff07", "'"),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u2011", "-"),
    ("\u2010", "-"),
    ("\u2212", "-"),
    ("\uff0d", "-"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2007", " "),
    ("\u3000", " "),
    ("\t", " "),
    ("\uff0c", ","),
    ("\uff08", "("),
    ("\uff09", ")"),
    ("\uff1a", ":"),
    ("\uff1b", ";"),
    ("\uff05", "%"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u201e", '"'),
    ("\u00ab", '"'),
    ("\u00bb", '"'),
    ("\u300c", '"'),
    ("\u300d", '"'),
    ("\u300a", '"'),
    ("\u300b", '"'),
    ("\uff02", '"'),
)
_MARKS = {0x060C: ",", 0x061B: ";", 0x061F: "?", 0x066A: "%", 0x066B: ".", 0x066C: ","}
"""Arabic comma, semicolon, question mark, percent, decimal and thousands mark."""
_DIGITS = {start + n: chr(ord("0") + n) for start in (0xFF10, 0x0660, 0x06F0, 0x0966, 0x0E50) for n in range(10)}
_OTHER_DIGIT = re.compile(
    "[\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\u060c\u061b\u061f\u066a-\u066c]"
)
_TABLE = _DIGITS | _MARKS | LETTERS | {ord(char): plain for char, plain in _ONE_TO_ONE[1:]}
_SHORT = 200
"""Characters up to which one pass by table is quicker than a replacement per character."""


CYRILLIC_CAPITALS = "\u0401\u0404\u0406\u0407\u0410-\u042f\u0490"
"""Capitals of Russian and Ukrainian, for a class of a pattern."""
CYRILLIC = f"{CYRILLIC_CAPITALS}\u0430-\u044f\u0451\u0454\u0456\u0457\u0491"
"""All their letters."""


def fold(text: str) -> str:
    """``text`` in lower case with quotes, dashes, blanks and digits of one form; the same length as ``text``.

    Diacritics stay: they tell words apart (Vietnamese *bà*, *ba*, *bã*); letters of several forms get one
    (``kg.lang.letters``).
    """
    if text.isascii():
        return text.lower().replace("\t", " ")
    if len(text) < _SHORT:
        return _by_table(text)
    folded = text.replace(*_ONE_TO_ONE[0]).lower()
    for char, plain in _ONE_TO_ONE[1:]:
        folded = folded.replace(char, plain)
    return plain_letters(folded.translate(_DIGITS | _MARKS) if _OTHER_DIGIT.search(folded) else folded)


@lru_cache(maxsize=8192)
def _by_table(text: str) -> str:
    """Names and words, which come again and again, by one table."""
    return text.replace(*_ONE_TO_ONE[0]).lower().translate(_TABLE)


def is_han(char: str) -> bool:
    """True for a Chinese character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


@lru_cache(maxsize=8192)
def in_one_word(a: str, b: str) -> bool:
    """True where two characters side by side stand in one word.

    Chinese characters and hiragana show no word's edge; katakana and hangul end where another script begins (ケニア|に,
    EU|는). Thai shows none but within a syllable, whose signs no word begins or ends with: of สามารถ no word is สาม.
    """
    if _is_thai(a) or _is_thai(b):
        return (b in _THAI_INSIDE and _is_thai(a)) or (a in _THAI_FIRST and _is_thai(b))
    return a.isalnum() and b.isalnum() and not _unbroken(a) and not _unbroken(b) and _script(a) == _script(b)


_THAI_INSIDE = frozenset(map(chr, (*range(0x0E30, 0x0E3B), 0x0E45, *range(0x0E47, 0x0E4F))))
"""Vowels and marks that follow the consonant of their syllable."""
_THAI_FIRST = frozenset("เแโใไ")
"""Vowels that are written before it."""


def _is_thai(char: str) -> bool:
    return "\u0e01" <= char <= "\u0e4e"


def _unbroken(char: str) -> bool:
    return is_han(char) or "\u3041" <= char <= "\u309f" or char in "々〆"


def _script(char: str) -> str:
    """Katakana, hangul, or any other script."""
    return "katakana" if "\u30a0" <= char <= "\u30ff" else "hangul" if "\uac00" <= char <= "\ud7af" else ""
