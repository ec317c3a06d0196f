"""How Chinese characters are read, and small words of names: the data of ``ontology/readings.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.errors import KgError
from kg.resources import data_folder


@dataclass(frozen=True, slots=True)
class Readings:
    """Tables of characters and words.

    ``pinyin`` and ``vietnamese`` give all readings of a simplified character (Vietnamese with its marks),
    ``simplified`` is a table for ``str.translate``. ``function_words``, ``endings`` and
    ``beginnings`` are by language, the latter two with the longest first; ``short`` gives the words that one stands
    for, by language and word.
    """

    pinyin: Mapping[str, tuple[str, ...]]
    vietnamese: Mapping[str, tuple[str, ...]]
    simplified: Mapping[int, str]
    function_words: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[str, ...]]
    short: Mapping[tuple[str, str], tuple[str, ...]]


@cache
def load_readings() -> Readings:
    """The tables. Raises KgError, with the line, where a line is not kind, key and values."""
    path = data_folder("ontology") / "readings.tsv"
    characters: dict[str, dict[str, list[str]]] = {"pinyin": {}, "vietnamese": {}}
    words: dict[str, dict[str, list[str]]] = {"function": {}, "ending": {}, "beginning": {}}
    simplified: dict[int, str] = {}
    short: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        kind, _, rest = line.partition("\t")
        key, _, values = rest.partition("\t")
        if kind in characters:
            for char in values:
                characters[kind].setdefault(char, []).append(key)
        elif kind in words:
            words[kind].setdefault(key, []).extend(values.split())
        elif kind == "traditional":
            simplified.update(zip(map(ord, values[::2]), values[1::2], strict=True))
        elif kind == "short":
            word, *stands_for = values.split()
            short[key, word] = tuple(stands_for)
        else:
            raise KgError(f"unknown kind of reading {kind!r}", where=f"{path}:{number}:1")
    return Readings(
        pinyin=_tuples(characters["pinyin"]),
        vietnamese=_tuples(characters["vietnamese"]),
        simplified=MappingProxyType(simplified),
        function_words=MappingProxyType({code: frozenset(rows) for code, rows in words["function"].items()}),
        endings=_longest_first(words["ending"]),
        beginnings=_longest_first(words["beginning"]),
        short=MappingProxyType(short),
    )


def _tuples(table: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(values) for key, values in table.items()})


def _longest_first(table: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return _tuples({code: sorted(rows, key=lambda row: (-len(row), row)) for code, rows in table.items()})
