"""Reporters named in one part of a line: beside the day, their mail or their work, before their town or agency."""

from __future__ import annotations

import re

from kg.read.draft import TITLE, Page
from kg.read.markers import markers
from kg.read.names import byline, person_like, section

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


def under_title(page: Page, above: int, index: int) -> bool:
    """Whether a line stands right below a title or a lead, and right over the text or over one line of whose paper or
    town it is: "Floods in Malawi", *Jane Doe*, The Nation.
    """
    below = [i for i in page.kept() if i > index][:2]
    if page.widths[above] < 2 * TITLE or person_like(page.lines[above].text) or not below:
        return False
    short = page.widths[below[0]] <= _OUTLET and not page.ended[below[0]] and not page.ended[above]
    return page.prose(below[0]) or (short and page.prose(below[-1]))


_OUTLET = 30
"""Width of the longest line of a paper or town under a reporter's name."""


def apart(page: Page, line: str, author: str, *, top: bool) -> bool:
    """Whether the text tells nothing of the name with which a line opens without a mark, as it does of places and of
    people written about. At the ``top`` no word of it stands there alone with a capital, or small; at the foot not one
    of several.
    """
    if not author or not line.startswith(author):
        return not top or byline(line, unmarked=False) == author
    words = [word for word in _LETTERS.findall(author) if len(word) > _SHORT]
    text = " ".join(page.lines[i].text for i in page.solid())
    alone = {run[0] for run in _runs(text) if len(run) == 1}
    if not top:
        return not any(word in alone for word in words) or all(word in text for word in words)
    small = set(_LETTERS.findall(text))
    return not any(word in alone or word.lower() in small for word in words)


def _runs(text: str) -> list[list[str]]:
    """The words with a capital of a text, those together that follow one another."""
    runs: list[list[str]] = []
    end = -1
    for match in _LETTERS.finditer(text):
        if match[0][0].isupper():
            if runs and match.start() == end + 1 and text[end] in " -":
                runs[-1].append(match[0])
            else:
                runs.append([match[0]])
            end = match.end()
    return runs


_SHORT = 3
"""Letters of the longest word that says nothing of a name."""
_LETTERS = re.compile(r"[^\W\d_]+")


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
    if not person_like(text) or section(text):
        return False
    words = text.lower().split()
    return not {words[0], words[-1]} & markers().reporters
