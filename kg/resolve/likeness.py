"""How two spellings of a person's name are alike, as the spellings alone say: parts, order, readings, sounds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.resolve.readings import load_readings
from kg.resolve.spelling import alike, has_marks, pinyin, script, simplified, sounds, tone_key, words

_SOUNDS_ALIKE: Final = 0.75
_SURELY_ALIKE: Final = 0.85
#: Fewer consonants than these tell nothing.
FEWEST_SOUNDS: Final = 2
#: So many tell two people of one position apart.
_TELLING: Final = 8


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


def in_two_scripts(one: str, other: str) -> bool:
    """True for two names in different scripts of which one sounds like the other."""
    return script(one) != script(other) and sounds_like(one, other)


def is_telling(text: str) -> bool:
    """True for a name of two parts and more with so many consonants that another hardly has the same."""
    parts = sounds(text)
    return len(parts) > 1 and sum(map(len, parts)) >= _TELLING


def surely_in_two_scripts(one: str, other: str) -> bool:
    """True for two long names in different scripts with nearly all consonants, and the number of parts, in common."""
    mine, its = sounds(one), sounds(other)
    near = len(mine) == len(its) and alike("".join(mine), "".join(its)) >= _SURELY_ALIKE
    return near and is_telling(one) and is_telling(other) and in_two_scripts(one, other)


def sounds_like(one: str, other: str) -> bool:
    """True where two names have their consonants in common: in all, or in the last part where one is a part alone."""
    mine, its = sounds(one), sounds(other)
    if not mine or not its:
        return False
    whole, last = _near("".join(mine), "".join(its)), _near(mine[-1], its[-1])
    if len(mine) > 1 and len(its) > 1:
        return whole and last
    return whole or last


def _near(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= FEWEST_SOUNDS and alike(one, other) >= _SOUNDS_ALIKE
