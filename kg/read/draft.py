"""An article as it is being read: what is known of it, and its lines with their shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.read.clean import Line
from kg.read.language import width

# A full stop behind an initial or a short form ends no sentence: U.N. says, Sp. Braga.
ONE_SENTENCE = re.compile(r"(?<!\b[^\W\d_])(?<!\b[A-Z][a-z])[.!?]\s+\S|[。\uff01\uff1f]\S")
_COUNT = re.compile(r"\s*[(\[\uff08]?\s*\d*\s*[)\]\uff09]?\s*$")
# Widths are in Latin letters (a Chinese character counts three).
TITLE, MENU, PROSE, LONG, CAPTION, MARKED = 12, 40, 40, 120, 200, 300

_ENDS = frozenset(".!?…。\uff01\uff1f؟۔।;\uff1b")


_CLOSERS = " \"'”’»)]】」』\uff09/›*_"


# The initials with which agencies and papers end an article: "… in April. PTI VKR SCY", "… in Genf. (afp)".
_SIGN_OFF = re.compile(
    r"(?<=[.!?…。”\"»)])\s+"
    r"(?:[(/]{1,2}@?[\w./-]{2,14}\)?|(?:[A-Z]{2,6}[/ ]{0,3}){1,5}|[(\uff08][^()\uff08\uff09\d]{1,14}[)\uff09])$"
)
_LISTED = re.compile(r"[-*–—•]\s|\(?\d{1,2}[.)]\s")


@dataclass(slots=True)
class Draft:
    """What is known of an article so far. Readers fill in what their form states, the lines tell the rest.

    ``declared`` is the language as stated, region included ("en-US"); where it is ``trusted`` the text is
    not asked. ``language`` is the answer: a code, "" where unknown. ``given_id``: the id the input gives.
    """

    lines: Sequence[Line]
    published: date | None = None
    language: str = ""
    headline: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    declared: str = ""
    trusted: bool = False
    given_id: str = ""


class Page:
    """The lines with their shapes and fates; a fate is "" (text), "drop" or a paragraph kind. ``dated`` are those of a
    day, ``opened`` those that one opened, which was taken from them.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self.widths = [width(line.text) for line in lines]
        self.ended = [
            _SIGN_OFF.sub("", line.text).rstrip(_CLOSERS)[-1:] in _ENDS and not _signed_short(line.text)
            for line in lines
        ]
        self.fates = [line.kind for line in lines]
        self.dated: set[int] = set()
        self.opened: set[int] = set()
        self.contacts: set[int] = set()

    def kept(self) -> list[int]:
        """Indexes of the lines that are not dropped."""
        return [index for index, fate in enumerate(self.fates) if fate != "drop"]

    def prose(self, index: int) -> bool:
        """Whether a line reads as running text: a sentence, or long."""
        wide = self.widths[index]
        return self.fates[index] == "" and (wide >= LONG or (self.ended[index] and wide >= PROSE))

    def solid(self) -> list[int]:
        """Indexes of the lines of running text."""
        return [index for index in range(len(self.lines)) if self.prose(index)]

    def drop(self, indexes: Sequence[int]) -> None:
        """Sets lines aside."""
        for index in indexes:
            self.fates[index] = "drop"

    def listed(self, index: int) -> bool:
        """Whether a line is an item of a list."""
        return self.lines[index].bullet or _LISTED.match(self.lines[index].text) is not None


def _signed_short(text: str) -> bool:
    """Whether a short line ends in a name's initial, and no sentence: 4 May 2024, by *Jane D.*"""
    return len(text) <= 2 * MENU and _INITIAL.search(text) is not None


_INITIAL = re.compile(r"(?:^|\s)[A-ZÀ-Þ][^\W\d_]+ [A-ZÀ-Þ]\.$")


def bare(text: str) -> str:
    """A line without its count, punctuation and case, as marker words are listed; the Turkish İ is an i."""
    return _COUNT.sub("", text).strip(" :.…!?*#|»>-–—").replace("\u0130", "i").lower()
