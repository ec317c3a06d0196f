"""What stands before a person's name and is written with a capital too: the acronym of a body, a place."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.spans import Span

_UPPER = "A-ZÀ-ÖØ-Þ\u0100-\u017f\u0401\u0410-\u042f"
_SHORT = re.compile(r"[A-Z\u0401\u0410-\u042f]{2,8}")
"""One word in capitals."""
REACH = 40
"""Characters before a name in which a preposition and its place are looked for."""


def behind_acronym(
    match: re.Match[str], words: list[tuple[int, int]], pack: Pack
) -> tuple[list[Span], list[tuple[int, int]]]:
    """The acronyms with which a run begins, as bodies, and the words of the person's name behind: *НИИ РАН* | Иван
    Петров.
    """
    capital = 0
    while capital < len(words) and _SHORT.fullmatch(match[0][slice(*words[capital])]):
        capital += 1
    if not pack.names.get("acronym_first") or not capital or len(words) - capital < 2:
        return [], words
    low, high = words[0][0], words[capital - 1][1]
    name = Name("organization", match[0][low:high], pack.code, acronym=match[0][low:high] if capital == 1 else "")
    return [Span(match.start() + low, match.start() + high, "acronym", name)], words[capital:]


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
