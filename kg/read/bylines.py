"""Reporters named in one part of a line: beside the day, their mail or their work, before their town or agency."""

from __future__ import annotations

import re

from kg.read.markers import markers
from kg.read.names import byline, person_like

_CELLS = re.compile(r"\s*\|\s*|\s+[·•–—/-]\s+|\s{2,}")
_MAIL = re.compile(r"\s*[(<\[]?[^\s@()<>|]+@[^\s@()<>|]+\.\w{2,}[)>\]]?\s*")
_DAY = re.compile(r"\d{1,4}[./-]\d|\b(?:19|20)\d\d\b|\d:\d\d")
_TAIL = re.compile(r"\s*,\s|\s*[(]|\s[^\W\d_A-ZÀ-Þ]{1,4}\s(?=[^\W\d_])(?!(?:de|da|di|van|von|bin)\s)")
"""What parts a reporter's name from the rest: Jane Doe*, *Oslo; Jane Doe* (*AFP); Jane Doe* in *Oslo."""
_LONGEST_TAIL = 6
"""Words of the longest town, paper or work behind a reporter's name."""


def mails(text: str) -> bool:
    """Whether a line is nothing but an address for mail."""
    return _MAIL.fullmatch(text) is not None


def in_row(text: str, *, beside: bool) -> str:
    """The author that one part of a line names: "NEWS | 4 May 2024 | Story by Jane Doe", "Jane Doe | 4 May 2024",
    "Jane Doe jane@post.example", "Jane Doe, Africa correspondent"; ``beside`` the day, "Jane Doe, Oslo" too. Else "".
    """
    cells = [cell.strip(" ,") for cell in _CELLS.split(text) if cell.strip(" ,")]
    if any(cell[-1] in ".!?" and len(cell.split()) > _LONGEST_TAIL for cell in cells):
        return ""  # a sentence, and who took its picture
    labelled = [name for cell in cells if len(cells) > 1 and (name := byline(cell, unmarked=False))]
    if labelled:
        return labelled[0]
    told = beside or any(_DAY.search(cell) or _MAIL.search(cell) or _works(cell) for cell in cells)
    names = [name for cell in cells if (name := _name(_MAIL.sub("", cell), told=told))]
    return names[0] if len(names) == 1 else ""


def _works(cell: str) -> bool:
    """Whether a part of a line opens with a word for reporters: Redacción Mundo."""
    return cell.split(maxsplit=1)[0].lower() in markers().reporters


def _name(cell: str, *, told: bool) -> str:
    """The name with which a part of a line begins, before where its bearer is or what they do."""
    words = cell.split()
    if len(words) < 2 or cell[-1] in ".!?" or _DAY.search(cell):
        return ""
    if told and _person(cell):
        return cell
    parted = _TAIL.search(cell)
    name, rest = (cell[: parted.start()], cell[parted.end() :]) if parted else (cell, "")
    works = any(word.strip("()").lower() in markers().reporters for word in words[2:])
    if rest and _person(name) and (works or told) and len(rest.split()) <= _LONGEST_TAIL:
        return name
    return _before_work(words) if works else ""


def _before_work(words: list[str]) -> str:
    """The words up to what their bearer does: *Jane Doe* Global health reporter."""
    for at, word in enumerate(words[2:], 2):
        if word.lower() in markers().beats or word.lower() in markers().reporters:
            name = " ".join(words[:at])
            return name if _person(name) else ""
    return ""


def _person(text: str) -> bool:
    """Whether ``text`` is written as names of persons are, and not as those of papers, which an article opens."""
    if not person_like(text):
        return False
    first, *_, last = text.lower().split()
    return first not in markers().articles and not {first, last} & markers().reporters
