"""Whose page it is: the name over its menu, or a paper's name beside the day, twice as some pages write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.read.markers import markers

_TWICE = re.compile(r"(?P<name>[^\W\d_][^\d:|/]{1,40}?) ?(?P=name) ?(?=\d{1,2}[./-]\d{1,2}[./-]\d{4})")
"""*Daily NewsDaily News*16/10/2024"""
_PART = re.compile(r"[^/|]+")
_NAME = re.compile(r"[^\W\d_]\w*(?:[ -][\w.&'’]+){0,4}")
_WIDEST, _TITLE, _HEAD = 40, 20, 8
"""Characters of the longest masthead and of the shortest headline; lines of a page's head."""


def mark_masthead(texts: Sequence[str], fates: list[str], is_menu: Callable[[str], bool]) -> None:
    """Give the fate "source" to the first of the lines ``texts`` that stays, where it is a name right over a menu and a
    title follows below.
    """
    index = next((i for i, fate in enumerate(fates) if not fate), len(texts))
    if index > _HEAD or index + 1 >= len(texts) or not outlets(texts[index]):
        return
    below = texts[index + 1]
    rest = zip(texts[index + 1 :][:_HEAD], fates[index + 1 :], strict=False)
    titled = any(len(text) >= _TITLE and not fate for text, fate in rest)
    if titled and (_is_section(below) or (is_menu(below) and fates[index + 1])):
        fates[index] = "source"


def _is_section(line: str) -> bool:
    """True for the name of a paper's section, or a path that opens with one: *Forside* / Politikk."""
    return re.split(r" [/>|›»·] ", line)[0].strip().lower() in markers().sections


def outlets(text: str) -> list[tuple[int, int]]:
    """Where the names stand in a masthead ("Daily News / NTB"), or in a line that writes one twice before the day."""
    if match := twice(text):
        return [match.span("name")]
    if len(text) > _WIDEST:
        return []
    parts = [(m.start() + len(m[0]) - len(m[0].lstrip()), m[0].strip()) for m in _PART.finditer(text)]
    named = all(part[:1].isupper() and (part.isalnum() or _NAME.fullmatch(part)) for _, part in parts)
    return [(at, at + len(part)) for at, part in parts] if named else []


def twice(text: str) -> re.Match[str] | None:
    """A line that opens with a name written twice, right before the day."""
    return _TWICE.match(text)
