"""Acronyms of syllables, which are written as names are: *Bappenas*."""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.lang import Pack


def is_syllabic(word: str, pack: Pack) -> bool:
    """True for an acronym of syllables, as ``bodies.syllabic`` of the pack tells them."""
    return _syllabic(pack.code).fullmatch(word) is not None


@cache
def _syllabic(code: str) -> re.Pattern[str]:
    return re.compile(lang.load(code).bodies.get("syllabic", "(?!)"))
