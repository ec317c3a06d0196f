"""The parts of a person's name: its words, what dots part in characters, or a listed family name and what follows it.

Where a language writes a name without blanks, the list of family names of its pack (``names.surnames``, with
``names.given``) tells where the given name begins: 조|태열, 岩屋|毅.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg import lang
from kg.recognise.people.posted import native_parts
from kg.resolve.spelling import han_parts, is_han, script, simplified, words


@cache
def _native(language: str) -> re.Pattern[str] | None:
    """A name of a listed family name and a given one, in a language that writes no blank between them."""
    if language not in lang.codes() or "given" not in lang.load(language).names:
        return None
    family, given = native_parts(language)
    return re.compile(f"({family})({given})")


@lru_cache(maxsize=65536)
def parts(text: str, language: str) -> tuple[str, ...]:
    """The parts of a name, without marks; characters as simplified ones."""
    native = _native(language)
    told = native.fullmatch(text) if native else None
    if told is not None:
        return tuple(simplified(part) if is_han(part) else words(part)[0] for part in told.groups())
    return han_parts(text) if is_han(text) else words(text)


@lru_cache(maxsize=65536)
def is_short(text: str, language: str) -> bool:
    """True for a family or given name alone, which is some person's within its article only."""
    if is_han(text):
        native = _native(language)
        return len(simplified(text)) < 2 or (native is not None and text in lang.load(language).names["surnames"])
    return len(parts(text, language)) < 2


def part_of(short: str, full: str, language: str) -> bool:
    """True where ``short`` is the end of ``full``, or one part at its beginning; both are names of one article."""
    if _is_family(short, full, language):
        return True
    a, b = parts(short, language), parts(full, language)
    if not a or len(a) >= len(b) or script(short) != script(full):
        return False
    return b[-len(a) :] == a or (len(a) == 1 and b[:1] == a)


def _is_family(short: str, full: str, language: str) -> bool:
    """True for a listed family name of two characters or more, and a name in characters that goes on with one or two:
    高桥 of 高桥诚, in a language that writes all names in them.
    """
    if not (1 < len(short) < len(full) <= len(short) + 2 and full.startswith(short)) or language not in lang.codes():
        return False
    return is_han(full) and short in lang.load(language).names.get("surnames", ())
