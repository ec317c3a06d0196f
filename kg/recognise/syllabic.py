"""Acronyms of syllables, which are written as names are (*Bappenas*), and acronyms right before a person's name."""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.spans import Span

_CAPITALS = re.compile(r"[A-ZÀ-Þ]{2,12}")
_NAME_BEHIND = re.compile(r" [^\W\d_][\w.'’-]*[a-zà-ÿ.]")
"""A word behind an acronym that is written as names are."""


def is_syllabic(word: str, pack: Pack) -> bool:
    """True for an acronym of syllables, as ``bodies.syllabic`` of the pack tells them."""
    return _syllabic(pack.code).fullmatch(word) is not None


@cache
def _syllabic(code: str) -> re.Pattern[str]:
    return re.compile(lang.load(code).bodies.get("syllabic", "(?!)"))


def opening_acronyms(
    text: str, at: int, words: list[tuple[int, int]], pack: Pack
) -> tuple[list[Span], list[tuple[int, int]]]:
    """The acronyms with which a run of ``words`` begins (offsets from ``at``), and the words behind them: gubernur
    *NTB* | Made Surya. Only in languages that have acronyms of syllables.
    """
    told: list[Span] = []
    while "syllabic" in pack.bodies and len(words) > 1:
        start, stop = at + words[0][0], at + words[0][1]
        word = text[start:stop]
        capitals = _CAPITALS.fullmatch(word) and word not in pack.bodies.get("not_acronyms", ())
        if not _NAME_BEHIND.match(text, stop) or not (capitals or is_syllabic(word, pack)):
            break
        told.append(Span(start, stop, "acronym", Name("organization", word, pack.code, acronym=word)))
        words = words[1:]
    return told, words
