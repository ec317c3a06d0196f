"""Which of many patterns can match a text at all, from one pass over it.

Most patterns of a pack can match in few sentences: one of days needs a month or a figure, one of givers needs a sum.
What a pattern needs is read off the pattern itself, as in the prefilters of RE2 and Google Code Search: sets of
strings of which every match holds one each. An automaton finds all those strings in one pass; only patterns whose
needs are all met are tried. A pattern from which nothing can be read is always tried, so a sieve never changes what
is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import MappingProxyType
from typing import Any, Final

import daachorse

Needs = tuple[frozenset[str], ...]

MOST: Final = 30
"""Strings beyond which a set is no longer multiplied out with what follows it in the pattern."""
FIGURE: Final = "\ufdd0"
"""Stands in a need for any decimal digit (``\\d``); the character itself is in no text."""
_FIGURE: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Run:
    """What is known of a stretch of a pattern: ``ways`` are all texts it can be, where they are few (else None).

    Where it is not known ``whole`` they are all that it can end with.
    """

    ways: frozenset[str] | None
    needs: Needs = ()
    whole: bool = True


_NOTHING: Final = _Run(frozenset({""}))
_ANYTHING: Final = _Run(None)


def needs(pattern: str, parts: Mapping[str, _Run] = MappingProxyType({})) -> Needs:
    """Sets of strings: every match of ``pattern`` holds, for each set, one of its strings (or a figure).

    ``parts`` says what is known of the patterns for which a single character stands in this one. None for a pattern
    that disregards case or is no regular expression.
    """
    return _closed(_read(pattern, parts))


def _read(pattern: str, parts: Mapping[str, _Run]) -> _Run:
    """What is known of a pattern."""
    try:
        tree = _parser.parse(pattern)
    except re.error:
        return _ANYTHING
    return _ANYTHING if tree.state.flags & re.IGNORECASE else _sequence(tree, parts)


def _closed(run: _Run) -> Needs:
    """The needs of a stretch that ends here: what it can be is needed, unless it can be nothing."""
    if not run.ways or "" in run.ways or " " in run.ways:
        return run.needs
    kept: list[str] = []
    for way in sorted(run.ways, key=len):  # one that holds a shorter one says nothing more
        if not any(short in way for short in kept):
            kept.append(way)
    return (*run.needs, frozenset(kept))


def _sequence(items: Iterable[Any], parts: Mapping[str, _Run]) -> _Run:
    """What is known of items that follow each other."""
    run, literal = _NOTHING, ""
    for operator, argument in items:
        part = parts.get(chr(argument)) if operator is sre.LITERAL else None
        if operator is sre.LITERAL and part is None:
            literal += chr(argument)
            continue
        if literal:
            run, literal = _then(run, _Run(frozenset({literal}))), ""
        run = _then(run, part or _READERS.get(operator, _unknown)(argument, parts))
    return _then(run, _Run(frozenset({literal}))) if literal else run


def _then(first: _Run, second: _Run) -> _Run:
    apart = first.ways is None or second.ways is None or not second.whole
    if apart or len(first.ways or ()) * len(second.ways or ()) > MOST:
        return _Run(second.ways, (*_closed(first), *second.needs), whole=False)
    ways = frozenset(a + b for a in first.ways or () for b in second.ways or ())
    return _Run(ways, (*first.needs, *second.needs), whole=first.whole)


def _unknown(_: Any, __: Mapping[str, _Run]) -> _Run:
    return _ANYTHING


def _class(items: Sequence[Any], _: Mapping[str, _Run]) -> _Run:
    """A character class: its characters, where they are listed; any decimal digit for a class of digits."""
    ways: set[str] = set()
    for operator, argument in items:
        if operator is sre.LITERAL:
            ways.add(chr(argument))
        elif operator is sre.RANGE and argument[1] - argument[0] < 16:
            ways.update(map(chr, range(argument[0], argument[1] + 1)))
        elif (operator, argument) == (sre.CATEGORY, sre.CATEGORY_DIGIT):
            ways.add(FIGURE)
        else:
            return _ANYTHING
    if FIGURE in ways:  # a digit is found by itself and joins no longer string
        return _Run(None, (frozenset(ways),))
    return _Run(frozenset(ways))


def _branch(argument: Any, parts: Mapping[str, _Run]) -> _Run:
    """Alternatives: all that they can be; else what each of them needs, taken together."""
    runs = [_sequence(items, parts) for items in argument[1]]
    if all(run.ways is not None and run.whole and not run.needs for run in runs):
        ways = frozenset(way for run in runs for way in run.ways or ())
        if len(ways) <= MOST:
            return _Run(ways)
    each = [max(_closed(run), key=_selective, default=frozenset[str]()) for run in runs]
    return _Run(None, (frozenset().union(*each),) if all(each) else ())


def _selective(need: frozenset[str]) -> tuple[bool, int]:
    """Of several needs of one alternative the best is the one whose shortest string is longest."""
    return FIGURE not in need, min(map(len, need))


def _group(argument: Any, parts: Mapping[str, _Run]) -> _Run:
    _, added, _, items = argument
    return _ANYTHING if added & re.IGNORECASE else _sequence(items, parts)


def _repeat(argument: Any, parts: Mapping[str, _Run]) -> _Run:
    least, most, items = argument
    run = _sequence(items, parts)
    if least == 0:
        few = most == 1 and run.whole and not run.needs
        return _Run(run.ways | {""}) if few and run.ways is not None else _ANYTHING
    return run if most == 1 else _Run(None, _closed(run))


_READERS: Final[dict[Any, Callable[[Any, Mapping[str, _Run]], _Run]]] = {
    sre.IN: _class,
    sre.BRANCH: _branch,
    sre.SUBPATTERN: _group,
    sre.ATOMIC_GROUP: _sequence,
    sre.MAX_REPEAT: _repeat,
    sre.MIN_REPEAT: _repeat,
    sre.POSSESSIVE_REPEAT: _repeat,
    sre.AT: lambda *_: _NOTHING,
    sre.ASSERT: lambda *_: _NOTHING,
    sre.ASSERT_NOT: lambda *_: _NOTHING,
}


class Sieve:
    """Says which of some patterns can match a text; each need of theirs is one bit of a number."""

    def __init__(self, patterns: Sequence[str], parts: Mapping[str, str] = MappingProxyType({})) -> None:
        """A sieve of regular expressions.

        ``parts`` are expressions that many of them share, each read once, by the character that stands for it there
        and in the parts after it.
        """
        known: dict[str, _Run] = {}
        for mark, part in parts.items():
            known[mark] = _read(part, known)
        bits: dict[frozenset[str], int] = {}
        self._wanted = tuple(sum({1 << bits.setdefault(n, len(bits)) for n in needs(p, known)}) for p in patterns)
        self._always = [place for place, wanted in enumerate(self._wanted) if not wanted]
        words: dict[str, int] = {}
        for need, bit in bits.items():
            for word in need:
                words[word] = words.get(word, 0) | 1 << bit
        self._figure = words.pop(FIGURE, 0)
        self._met = tuple(words.values())
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(words)) if words else None

    def open(self, text: str) -> list[int]:
        """The places of the patterns that may match in ``text``."""
        met = self._figure if self._figure and _FIGURE.search(text) else 0
        if self._automaton is not None:
            for _, _, word in self._automaton.find_overlapping(text):
                met |= self._met[word]
        if not met:
            return self._always
        return [place for place, wanted in enumerate(self._wanted) if wanted & met == wanted]
