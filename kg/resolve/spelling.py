"""Spellings of one name brought to one form: letters without marks, tones, other scripts and how they sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from kg.resolve.readings import load_readings

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LONGEST_SLUG: Final = 96
_LETTERS: Final = str.maketrans({
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th",
})  # fmt: skip
#: Letters, digits, and the signs of Devanagari, which are neither.
WORD: Final = re.compile("(?:[^\\W_]|[\u0900-\u0903\u093a-\u094f\u0962\u0963])+")
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
#: A letter of a script that is not Latin.
_OTHER_SCRIPT: Final = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb13-\ufdff\ufe70-\ufefc"
    "\uff66-\uffdc\U00010000-\U0001d3ff\U00020000-\U0003ffff]"
)
_VOICED: Final = 8  # the class of the marks that make カ of ガ: no accents
#: Letters that stand for long vowels inside words where short ones are not written (Arabic, Hebrew).
_VOWELS_OF_ABJADS: Final = re.compile("(?<=.)[wy]")
_ABJAD: Final = re.compile("[\u0590-\u06ff]")
_HAN_PART: Final = re.compile("[·・•‧．.\\s-]+")


def is_han(text: str) -> bool:
    """True where ``text`` holds a Chinese character."""
    return _HAN.search(text) is not None


@lru_cache(maxsize=65536)
def script(text: str) -> str:
    """The script a name is in: ``han`` where it holds a Chinese character, ``latin``, or as Unicode calls another."""
    if is_han(text):
        return "han"
    other = _OTHER_SCRIPT.search(text)
    return unicodedata.name(other[0], "unknown").split(" ")[0].lower() if other else "latin"


def is_latin(text: str) -> bool:
    """True where all letters of ``text`` are Latin ones."""
    return script(text) == "latin"


@lru_cache(maxsize=65536)
def roman(text: str) -> str:
    """``text`` in Latin letters, word by word: ``Сергей Лавров`` → ``sergey lavrov``; with Chinese characters it stays.

    By the tables of AnyAscii, which follow the usual romanizations: Hepburn, the Revised Romanization of Korean …
    """
    if script(text) in ("latin", "han"):
        return text
    return WORD.sub(lambda word: anyascii(word[0]).lower(), unicodedata.normalize("NFC", text))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """``text`` in lower case without marks: ``Bùi Thanh Sơn`` → ``bui thanh son``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    # A letter of mathematics comes out of decomposing as a capital.
    kept = "".join(char for char in decomposed if unicodedata.combining(char) in (0, _VOICED)).casefold()
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of ``text`` without marks; an English possessive ``'s`` is no word."""
    return tuple(WORD.findall(plain(_POSSESSIVE.sub("", text))))


def tone_key(text: str) -> str:
    """A Vietnamese spelling with each syllable's tone at its end and final y as i: ``Hòa`` and ``Hoà`` are one."""
    return " ".join(_syllable(part) for part in WORD.findall(unicodedata.normalize("NFC", text.casefold())))


@lru_cache(maxsize=65536)
def _syllable(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    tone = "".join(char for char in decomposed if char in _TONES)
    base = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if base.endswith("y") and base[-2:] not in ("ay", "uy", "ây"):
        base = base[:-1] + "i"
    return base + tone


def has_marks(text: str) -> bool:
    """True where a Latin spelling shows marks, so that they tell it apart from another."""
    if text.isascii() or not is_latin(text):
        return False
    return any(ord(char) > 127 and char.isalpha() for char in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=65536)
def simplified(text: str) -> str:
    """``text`` with traditional characters as simplified ones, without blanks."""
    return re.sub(r"\s+", "", text).translate(load_readings().simplified) if is_han(text) else text


def han_parts(text: str) -> tuple[str, ...]:
    """The parts of a name in characters: ``约瑟普·博雷利`` → ``约瑟普``, ``博雷利``."""
    return tuple(part for part in _HAN_PART.split(simplified(text)) if part)


def pinyin(text: str) -> tuple[tuple[str, ...], ...]:
    """For each character of ``text`` its readings; an empty tuple where one has none."""
    table = load_readings().pinyin
    found = tuple(table.get(char, ()) for char in simplified(text) if is_han(char))
    return found if all(found) else ()


@lru_cache(maxsize=65536)
def latin_slug(text: str) -> str:
    """Readable ASCII for an id: words without marks, in Latin letters, Chinese characters by their first reading in
    pinyin. A character that has none of these stands as its code point.
    """
    table = load_readings().pinyin
    parts: list[str] = []
    for word in WORD.findall(_POSSESSIVE.sub("", text)):
        if is_han(word):
            parts += [table[char][0] if char in table else _code(char) for char in simplified(word)]
        else:
            folded = plain(roman(word))
            # Plain, a sign such as ⑴ is more than letters and digits.
            bare = "".join(char for char in folded if char.isalnum() or char == "-")
            parts.append(bare if bare.isascii() else "-".join(map(_code, bare)))
    return "-".join(parts)


def slug_of(text: str) -> str:
    """The readable part of an id: words without marks, cut at a word where very long."""
    slug = latin_slug(text)
    return slug if len(slug) <= _LONGEST_SLUG else slug[:_LONGEST_SLUG].rpartition("-")[0]


def _code(char: str) -> str:
    return char if char.isascii() else f"u{ord(char):x}"


#: Sounds that a transliteration keeps apart; vowels and what Chinese drops are left out.
_LATIN_SOUND: Final = (
    (re.compile("tsch|sch|tch|sh|ch|zh|cz|sz|ts|tz"), "S"), (re.compile("ph"), "P"), (re.compile("th"), "T"),
    (re.compile("ng"), "N"), (re.compile("ck"), "K"), (re.compile("c(?=[eiy])"), "S"), (re.compile("x"), "KS"),
    (re.compile("[bpfvw]"), "P"), (re.compile("[dt]"), "T"), (re.compile("[gkqch]"), "K"),
    (re.compile("[lr]"), "L"), (re.compile("m"), "M"), (re.compile("n"), "N"), (re.compile("[szj]"), "S"),
    (re.compile("[^PTNKSLM]"), ""), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip
_PINYIN_SOUND: Final = {
    "b": "P", "p": "P", "f": "P", "w": "P", "d": "T", "t": "T", "g": "K", "k": "K", "h": "K", "l": "L",
    "r": "L", "m": "M", "n": "N", "j": "S", "q": "S", "x": "S", "z": "S", "c": "S", "s": "S", "y": "",
}  # fmt: skip


@lru_cache(maxsize=16384)
def latin_sounds(word: str) -> str:
    """The consonants of a Latin word in classes: ``Borrell`` → ``PLL`` is written ``PL`` + ``L``."""
    text = plain(word)
    for pattern, sound in _LATIN_SOUND[:-2]:
        text = pattern.sub(sound, text)
    kept = re.sub(r"([PTNKSLM])\1+", r"\1", text)  # doubled letters are one sound, before vowels go
    return _LATIN_SOUND[-2][0].sub("", kept)


@lru_cache(maxsize=16384)
def sound_readings(word: str) -> frozenset[str]:
    """``latin_sounds`` of a word as languages may read it: *j* as in John or Jens, *ch* as in China or Bach."""
    text = plain(word)
    ways = {text} | ({text.replace("j", "")} if "j" in text else set())
    ways |= {re.sub("(?<![st])ch", "k", way) for way in ways}
    return frozenset(map(latin_sounds, ways))


@lru_cache(maxsize=16384)
def sounds(text: str) -> tuple[str, ...]:
    """The consonants of each part of a name in any script, in these classes: ``Сергей Лавров`` → ``SLK``, ``LPLP``."""
    if is_han(text):
        return tuple(map(han_sounds, han_parts(text)))
    told = words(roman(text))
    if _ABJAD.search(text):
        told = tuple(_VOWELS_OF_ABJADS.sub("", word) for word in told)
    return tuple(map(latin_sounds, told))


@lru_cache(maxsize=16384)
def han_sounds(text: str) -> str:
    """The consonants of a transliteration in characters, in the same classes: ``博雷利`` → ``PLL``."""
    sounds: list[str] = []
    for readings in pinyin(text):
        syllable = readings[0]
        sounds.append("L" if syllable == "er" else _PINYIN_SOUND.get(syllable[0], ""))
        if syllable.endswith(("n", "ng")):
            sounds.append("N")
    return "".join(sounds)


def alike(one: str, other: str) -> float:
    """How much two chains of sounds have in common, 0 to 1: twice the longest common subsequence over both lengths."""
    if not one or not other:
        return 0.0
    row = [0] * (len(other) + 1)
    for a in one:
        last = 0
        for column, b in enumerate(other, start=1):
            last, row[column] = row[column], last + 1 if a == b else max(row[column], row[column - 1])
    return 2 * row[-1] / (len(one) + len(other))
