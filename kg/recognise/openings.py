"""What stands before a person's name and is written with a capital too: the acronym of a body, a place."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.fold import fold
from kg.recognise.spans import Span
from kg.recognise.syllabic import is_syllabic

_UPPER = "A-ZÀ-ÖØ-Þ\u0100-\u017f\u0401\u0410-\u042f"
_CAPITALS = re.compile("[A-ZÀ-ÞĐ\u0401\u0410-\u042f]{2,12}")
_NAME_BEHIND = re.compile(rf" [^\W\d_][\w.'’-]*[^\W\d_A-ZÀ-Þ\u0401\u0410-\u042f]| [{_UPPER}]\.")
"""A word behind an acronym that is written as names are, or an initial."""
REACH = 40
"""Characters before a name in which a preposition and its place are looked for."""


def opening_acronyms(
    text: str, at: int, words: list[tuple[int, int]], pack: Pack
) -> tuple[list[Span], list[tuple[int, int]]]:
    """The bodies by whose acronyms a run of ``words`` begins (offsets from ``at``), and the words of the person's name
    behind them: *НИИ РАН* | Иван Петров, *Bappenas* | Made Surya, *MAG* | Ann Lee.
    """
    told: list[Span] = []
    while len(words) > 1 and _opens(text, at, words, pack):
        start, stop = at + words[0][0], at + words[0][1]
        if told and pack.declension and text[told[-1].end : start] == " ":
            start = told.pop().start
        name = text[start:stop]
        acronym = "" if " " in name else name
        told.append(Span(start, stop, "acronym", Name("organization", name, pack.code, acronym=acronym)))
        words = words[1:]
    return told, words


def _opens(text: str, at: int, words: list[tuple[int, int]], pack: Pack) -> bool:
    """True for an acronym before a person's name: where the pack says that names follow one, or the article gives it
    in brackets behind the name that it stands for; where surnames are listed, one of them must follow.
    """
    word, second = (text[at + low : at + high] for low, high in words[:2])
    follows = _NAME_BEHIND.match(text, at + words[0][1]) is not None
    if is_syllabic(word, pack):
        return follows
    if not _CAPITALS.fullmatch(word) or word in pack.bodies.get("not_acronyms", ()):
        return False
    enough = len(words) > 2 or "syllabic" in pack.bodies
    if not pack.names.get("acronym_first"):
        return enough and follows and f"({word})" in text
    surnames = pack.names.get("surnames", ())
    fits = not surnames or (fold(second) in surnames and fold(word) not in surnames)
    return enough and fits and (follows or _CAPITALS.fullmatch(second) is not None)


def behind_places(text: str, match: re.Match[str], words: list[tuple[int, int]], pack: Pack) -> list[tuple[int, int]]:
    """The words of a run without those with which it begins and that the article puts behind a preposition of place,
    with no name behind: по *Арктике* | Артур Белов, beside *в Арктике*. Only where a name has another form there.
    """
    if not pack.declension:
        return words
    told, second = _placed(text, pack.code)
    if len(words) > 2 - ("." in match[0]) and second.search(text, max(0, match.start() - REACH), match.start()):
        words = words[1:]
    while len(words) > 1 and match[0][slice(*words[0])] in told:
        words = words[1:]
    return words


@lru_cache(maxsize=2)
def _placed(text: str, code: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The capitalised words that stand alone behind a preposition of place, and a pattern of what stands before the
    second of two: *в Арктике и* Антарктике.
    """
    pack = lang.load(code)
    before = "|".join(re.escape(word.strip()) for word in pack.names.get("locative", ())) or "(?!)"
    both = "|".join(re.escape(word) for word in pack.bodies["and"] if word.strip() != ",") or "(?!)"
    opened = rf"(?<!\w)(?:{before}) [{_UPPER}][\w-]+"
    alone = re.compile(rf"(?={opened}(?! [{_UPPER}])(?![\w-]))(?:{before}) ([\w-]+)")
    return frozenset(m[1] for m in alone.finditer(text)), re.compile(rf"{opened}(?:{both})\Z")
