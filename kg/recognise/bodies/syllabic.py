"""Acronyms of syllables, which are written as names are: *Bappenas*."""

from __future__ import annotations

from kg import lang
from kg.lang import Pack


def is_syllabic(word: str, pack: Pack) -> bool:
    """True for an acronym of syllables, as ``bodies.syllabic`` of the pack tells them."""
    return lang.pattern(pack.code, "syllabic", table="bodies").fullmatch(word) is not None
