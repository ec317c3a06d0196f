"""Folding of one character to one character, so that offsets of the folded text are offsets of the text."""

from __future__ import annotations

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
_FULL_WIDTH_DIGITS = {ord("\uff10") + n: ord("0") + n for n in range(10)}
_OTHER_DIGITS = {start + n: ord("0") + n for start in (0x0660, 0x06F0, 0x0966) for n in range(10)}
_DIGITS = _FULL_WIDTH_DIGITS | _OTHER_DIGITS


def fold(text: str) -> str:
    """``text`` in lower case with quotes, dashes, blanks and digits of one form; the same length as ``text``.

    Diacritics stay: they tell words apart (Vietnamese *bà*, *ba*, *bã*).
    """
    for char, plain in _ONE_TO_ONE[:1]:
        text = text.replace(char, plain)
    folded = text.lower()
    if folded.isascii():
        return folded.replace("\t", " ")
    for char, plain in _ONE_TO_ONE[1:]:
        folded = folded.replace(char, plain)
    if any(start in folded for start in "\uff10\uff11\uff12\u0660\u0661\u0662\u06f1\u06f2\u0967\u0968"):
        folded = folded.translate(_DIGITS)
    return folded


def is_han(char: str) -> bool:
    """True for a Chinese character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
