"""Languages that are like another: what their pack inherits, and how they spell what they inherit.

A pack with ``language.like`` holds what differs. Its lists are put before those of the other pack, its tables over the
other's, its rules before the other's rules. ``language.instead`` says which words, beginnings (``utenriks-``) and
endings (``-inger``) of words, and which phrases of up to four words, the language writes in another way: each inherited
list gains the words so written, and each inherited pattern reads either. ``language.without`` says what it leaves out,
as false friends are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kg.lang.forms import NAMES, NUMBERS, WHOLES, WHOSE, months
from kg.lang.keys import KEYS

#: Words with a blank between.
_RUN: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
#: What is no text in a pattern: slots, repetitions, macros, names of groups, sets, escapes; and a last letter that is
#: repeated is no whole word.
_IN_PATTERN: Final = re.compile(
    r"\(\?<(?P<sign>[!=])(?P<behind>[^\W\d_]+(?:[ |]+[^\W\d_]+)*[ |]*)\)|"
    r"\{[^}]*\}|<[a-z_]+>|\[[^\]]*\]|\\.|(?P<run>[^\W\d_]+(?: [^\W\d_]+)*)(?![^\W\d_]|[?*+{])|[^\W\d_]+"
)
#: The most words of a phrase that is written in another way.
_LONGEST_PHRASE: Final = 4
#: Tables whose keys are words of the language.
_BY_WORD: Final = frozenset(
    (section, name)
    for section, keys in KEYS.items()
    for name, key in keys.items()
    if key.form in (NUMBERS, WHOLES, NAMES, WHOSE, months)
)
#: Lists of patterns.
_PATTERNS: Final = frozenset(
    {("dates", "patterns"), ("names", "days_long"), ("names", "named_after"), ("numbers", "ordinal_patterns")}
)
#: What tells of the pack itself, and is not inherited.
_OWN: Final = frozenset({"like", "instead", "without"})
#: The key of what no list and no label of the other language says in this one.
_EVERYWHERE: Final = "all"
#: Before a beginning or an ending stand so many letters more.
_SHORTEST_REST: Final = 2

Instead = Mapping[str, str]
#: What is left out of each list or table (``words.hold``), of the ``labels``, or of ``all``.
Without = Mapping[str, Sequence[str]]


def respelled(text: str, instead: Instead) -> tuple[str, ...]:
    """``text`` as the language writes it, in each of its ways; none where no word of it is written otherwise.

    >>> respelled("ble gitt til Norge", {"ble": "vart|blei", "norge": "Noreg"})
    ('vart gitt til Noreg', 'blei gitt til Noreg')
    """
    most = max((len(ways) for run in _RUN.findall(text) for _, ways in _phrases(run, instead)), default=0)
    written = (_all_words(text, instead, number) for number in range(most))
    return tuple(way for way in written if way != text)


def _all_words(text: str, instead: Instead, number: int) -> str:
    def way(found: re.Match[str]) -> str:
        ways = (ways or (told,) for told, ways in _phrases(found[0], instead))
        return " ".join(one[min(number, len(one) - 1)] for one in ways)

    return _RUN.sub(way, text)


def _phrases(run: str, instead: Instead) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The phrases of ``run`` that are written otherwise, the longest, and its other words, each with its ways."""
    words = run.split(" ")
    while words:
        lengths = range(min(len(words), _LONGEST_PHRASE), 1, -1)
        length = next((length for length in lengths if " ".join(words[:length]).lower() in instead), 1)
        told = " ".join(words[:length])
        yield told, _ways(told, instead)
        words = words[length:]


def _ways(word: str, instead: Instead) -> tuple[str, ...]:
    """How a word or phrase is written, with its capital; nothing where it is written so, or is in capitals."""
    small = word.lower()
    if len(word) > 1 and word.isupper():
        return ()
    ways = instead[small].split("|") if small in instead else _of_parts(small, instead)
    return tuple(way[:1].upper() + way[1:] if word[0].isupper() else way for way in ways)


def _of_parts(word: str, instead: Instead) -> list[str]:
    """The ways of a word whose beginning or ending, the longest that is told, is written otherwise."""
    cuts = range(len(word) - _SHORTEST_REST, 0, -1)
    begin = next((word[:cut] for cut in cuts if f"{word[:cut]}-" in instead), "")
    rest = word[len(begin) :]
    end = next(
        (rest[cut:] for cut in range(0 if begin else _SHORTEST_REST, len(rest)) if f"-{rest[cut:]}" in instead), ""
    )
    if not (begin or end):
        return []
    middle = rest.removesuffix(end)
    begins = instead[f"{begin}-"].split("|") if begin else [""]
    ends = instead[f"-{end}"].split("|") if end else [""]
    return [f"{first}{middle}{last}" for first in begins for last in ends]


def respelled_pattern(pattern: str, instead: Instead) -> str:
    """``pattern`` reading each of its words in all ways.

    >>> respelled_pattern("(?:fra|til) {place}", {"fra": "frå"})
    '(?:(?:fra|frå)|til) {place}'
    """

    def either(found: re.Match[str]) -> str:
        if found["behind"]:
            return _either_behind(found[0], found["behind"], found["sign"], instead)
        told = _phrases(found["run"], instead) if found["run"] else ((found[0], ()),)
        return " ".join(f"(?:{'|'.join((text, *ways))})" if ways else text for text, ways in told)

    return _IN_PATTERN.sub(either, pattern)


def _either_behind(pattern: str, behind: str, sign: str, instead: Instead) -> str:
    """``pattern``, which asks that one of the words ``behind`` stands before it, or that none does, for all their ways:
    each has its own width, so each is asked for alone.
    """
    words = behind.split("|")
    ways = [way for word in words for way in respelled(word, instead)]
    if not ways:
        return pattern
    asked = [f"(?<{sign}{way})" for way in (*words, *ways)]
    return "".join(asked) if sign == "!" else f"(?:{'|'.join(asked)})"


def inherited(own: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """The pack ``own`` with all that it has from ``base``, both as TOML gives them."""
    instead, without = (own["language"].get(key, {}) for key in ("instead", "without"))
    kept = {section: _kept(value, section, without) for section, value in base.items()}
    told = {section: _respelled(value, (section,), instead) for section, value in kept.items()}
    told["language"] = {key: value for key, value in told["language"].items() if key not in _OWN}
    pack: dict[str, Any] = _over(own, told)
    return pack


def left_out(label: str, without: Without, key: str = "labels") -> bool:
    """True for a label, or for a word of the list or table ``key``, that the language does not have.

    >>> left_out("Rapat", {"labels": ["rapat"]}), left_out("rapat", {"labels": ["rapat"]}, "words.hold")
    (True, False)
    """
    return any(label.lower() in without.get(name, ()) for name in (key, _EVERYWHERE))


def _kept(value: Any, key: str, without: Without) -> Any:
    """What stands under ``key`` of a pack without what is left out."""
    if isinstance(value, dict):
        rows = {name: _kept(item, f"{key}.{name}", without) for name, item in value.items()}
        return {name: item for name, item in rows.items() if not left_out(name, without, key)}
    if isinstance(value, list):
        return [item for item in value if not (isinstance(item, str) and left_out(item, without, key))]
    return value


def _respelled(value: Any, path: tuple[str, ...], instead: Instead) -> Any:
    """What stands at ``path`` of a pack, with the words that it inherits in all ways."""
    if isinstance(value, str):
        return respelled_pattern(value, instead) if path[0] == "macros" or path[-1] == "pattern" else value
    if isinstance(value, list) and path in _PATTERNS:
        return [respelled_pattern(item, instead) for item in value]
    if isinstance(value, list):
        items = [_respelled(item, path, instead) for item in value]
        return _once([*items, *(way for item in items if isinstance(item, str) for way in respelled(item, instead))])
    if isinstance(value, dict):
        table: dict[str, Any] = {key: _respelled(item, (*path, key), instead) for key, item in value.items()}
        ways = {way: table[key] for key in table for way in respelled(key, instead)} if path in _BY_WORD else {}
        return {**ways, **table}
    return value


def _once(items: list[Any]) -> list[Any]:
    """``items`` without those that stand before; rules are never the same."""
    return [item for number, item in enumerate(items) if item not in items[:number]]


def _over(own: Any, base: Any) -> Any:
    """``own`` with what ``base`` has besides: lists one after the other, tables key by key, other values its own."""
    if isinstance(own, dict) and isinstance(base, dict):
        return {key: _over(own[key], base[key]) if key in own and key in base else (own | base)[key]
                for key in (*base, *(key for key in own if key not in base))}  # fmt: skip
    if isinstance(own, list) and isinstance(base, list):
        return [*own, *(item for item in base if item not in own)]
    return own
