"""Whom a page names for questions of the press: lines at its foot that hold people, and no other furniture."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.read.draft import LONG, Page, bare
from kg.read.markers import markers
from kg.read.names import person_like

_LONGEST = 8
"""Lines of a list of people to ask."""
_PIECE = re.compile(r"[,:;()|/\uff0c\uff1a\uff08\uff09\u3001–—]|\s-\s|\s{2,}|\u3000")
_TURNED = re.compile(r"[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]+")
"""A surname and a given name: *Doe, Jane*."""
_ADDRESS = re.compile(r"[\d@/:]|www\.")
"""What a line with a number, a site or an address has, and none with a post."""
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def mark_contacts(page: Page) -> None:
    """Note in ``page`` the lines below its text that name people to ask; their headings, streets and numbers go."""
    solid = page.solid()
    for index in page.kept():
        text = page.lines[index].text
        opened = markers().contact.match(text) if page.widths[index] <= LONG and markers().may_open(text) else None
        if opened is None or not solid or index <= solid[len(solid) // 2] or page.fates[index] or page.prose(index):
            continue
        if text[opened.end() :].strip():
            _note(page, index, text[opened.end() :])
            continue
        page.drop([index])
        for row in range(index + 1, min(index + 1 + _LONGEST, len(page.lines))):
            if not _of_list(page, row):
                break
            _note(page, row, page.lines[row].text)


def _of_list(page: Page, row: int) -> bool:
    """Whether a line may go on with a list of people: short, without an end, and no button or other heading."""
    text = page.lines[row].text
    told = bare(text) in markers().end or bare(text) in markers().button
    return page.fates[row] in {"", "drop"} and page.widths[row] <= LONG and not told and not page.prose(row)


def _note(page: Page, row: int, text: str) -> None:
    if page.fates[row] == "drop":
        return
    if not _named(text):
        if row - 1 in page.contacts and _named(page.lines[row - 1].text) and not _ADDRESS.search(text):
            page.contacts.add(row)  # the post of the person on the line above
        else:
            page.drop([row])
        return
    page.contacts.add(row)
    line = page.lines[row]
    start = len(line.text) - len(text) + _opening(text)
    if start and _HAN.search(text) is None:
        page.lines[row] = line.behind(start)


def _opening(text: str) -> int:
    """Where the piece begins that holds a person, or the post before it: Press (P 2), *Spokesperson: Jane Doe*."""
    starts = [0, *(match.end() for match in _PIECE.finditer(text))]
    for place, (start, end) in enumerate(pairwise([*starts, len(text) + 1])):
        if person_like(text[start : end - 1].strip()):
            posted = place and text[start - 1] == ":"
            at = starts[place - 1] if posted else start
            return at + len(text[at:]) - len(text[at:].lstrip())
    return 0


def _named(text: str) -> bool:
    """Whether a person may stand in ``text``, as one of its pieces."""
    pieces = [piece.strip() for piece in _PIECE.split(text)]
    if _TURNED.fullmatch(text) or any(person_like(piece) for piece in pieces):
        return True
    return any(_HAN.search(piece) and not any(char.isdigit() for char in piece) for piece in pieces)
