"""How two spellings of a person's name are alike, as the spellings alone say: parts, order, readings, sounds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.resolve.readings import load_readings
from kg.resolve.spelling import (
    alike,
    han_parts,
    han_sounds,
    has_marks,
    is_han,
    latin_sounds,
    pinyin,
    simplified,
    tone_key,
    words,
)

_SOUNDS_ALIKE: Final = 0.75
#: Fewer consonants than these tell nothing.
FEWEST_SOUNDS: Final = 2


def is_short(text: str) -> bool:
    """True for a family or given name alone, which is some person's within its article only."""
    if is_han(text):
        return len(simplified(text)) < 2
    return len(words(text)) < 2


def part_of(short: str, full: str) -> bool:
    """True where ``short`` is the end of ``full``, or one word (part) at its beginning."""
    a, b = (han_parts(text) if is_han(text) else words(text) for text in (short, full))
    if not a or len(a) >= len(b) or is_han(short) != is_han(full):
        return False
    return b[-len(a) :] == a or (len(a) == 1 and b[:1] == a)


def turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where one name is the other with its last parts first, or with initials in between."""
    a, b = ([part for part in side if len(part) > 1] for side in (one, other))
    return one != other and len(a) > 1 and any(a[cut:] + a[:cut] == b for cut in range(len(a)))


@lru_cache(maxsize=16384)
def vietnamese_readings(characters: str) -> tuple[tuple[str, ...], ...]:
    """For each character of a name how it is read in Vietnamese."""
    table = load_readings().vietnamese
    return tuple(table.get(char, ()) for char in simplified(characters))


def read_as(text: str, characters: str) -> bool:
    """True where each syllable of a Vietnamese name reads its character; with its tone, where the name shows marks."""
    readings = vietnamese_readings(characters)
    if has_marks(text):
        written = tone_key(text).split(" ")
        return len(written) == len(readings) and all(
            syllable in map(tone_key, said) for syllable, said in zip(written, readings, strict=True)
        )
    plain = words(text)
    return len(plain) == len(readings) and all(
        word in {words(one)[0] for one in said} for word, said in zip(plain, readings, strict=True)
    )


def pinyin_spellings(characters: str) -> Iterator[tuple[str, str, int]]:
    """How a name in characters may be written in pinyin: all its letters, the family name, and where that stands."""
    readings = pinyin(characters)
    for family in readings[0] if len(readings) > 1 else ():
        for given in _chains(readings[1:]):
            yield family + given, family, 0
            yield given + family, family, -1


def _chains(readings: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    if not readings:
        yield ""
        return
    for rest in _chains(readings[1:]):
        for one in readings[0]:
            yield one + rest


def sounds_like(characters: str, latin: str) -> bool:
    """True where a transliteration keeps the consonants of a name: of the whole, or of its last part where alone."""
    parts, others = han_parts(characters), words(latin)
    if not others:
        return False
    if len(parts) > 1:
        return _near(parts[-1], others[-1:]) and _near("".join(parts), others)
    return _near(parts[0], others[-1:]) or _near(parts[0], others)


def _near(characters: str, latin: tuple[str, ...]) -> bool:
    one, other = han_sounds(characters), "".join(latin_sounds(word) for word in latin)
    return min(len(one), len(other)) >= FEWEST_SOUNDS and alike(one, other) >= _SOUNDS_ALIKE
