"""Hostile text made harmless, and text cut into lines that know where they stand."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

# Controls, lone surrogates, noncharacters and the marks that reorder or isolate a stretch of text on a screen.
_ASTRAL = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb"
    + _ASTRAL
    + "]"
)
# Invisible, and in the middle of words: soft hyphen, zero-width space, word joiner, byte order mark, direction.
# Vowels over Arabic letters, and what stretches a word, go too: some write them, most do not.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff\u061c\u0640\u064b-\u0652\u0670]")
# Latin letters as wide as a Chinese character, as Japanese papers write acronyms: ＪＩＣＡ.
_WIDE = {wide + n: chr(ord(plain) + n) for wide, plain in ((0xFF21, "A"), (0xFF41, "a")) for n in range(26)}
_ANY_WIDE = re.compile("[\uff21-\uff3a\uff41-\uff5a]")
# The blanks that some set around figures in Chinese and Japanese, before a unit, between parts of a number or a day:
# 2021 年 5 月, 4.8 億美元, 第 26 屆; not behind the time at which a page was written: 10:14 人民网.
_UNIT = (
    "[年月億亿萬万千百兆個个名位家所座場场次項项筆笔屆届歲岁天號号戶户棟栋間间輛辆架艘隻只件頁页票週周倍季輪轮"
    "元円公多餘余カかヶケ校棟戸世台回歳]|日(?!本)|人(?!民)|[國国](?![家內内際际])|美[元金]|[日欧歐韓韩加澳港新台臺][元圓圆幣币]|英[鎊镑]|人民[幣币]"
)
_SPACED = re.compile(
    rf"(?<![\d:：/.-])(?P<n>\d[\d,.]*) (?={_UNIT})|(?<=[第年月至到首前]) (?=\d+ ?(?:{_UNIT}))"
    r"|(?:(?<=\d[萬万億亿千百])|(?<=\d [萬万億亿千百])) (?=\d)"
)
_MARK_RUN = re.compile(r"[^\w\s\x00-\x7f]{32,}")
_BREAKS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BULLETS = re.compile(r"(?:[•·▪◦‣●○■□◆►▶✓♦❖➤➢▽▼]\s*)+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an input: its text, where it stands in the file (0: unknown), and its kind where the form tells it."""

    text: str
    line: int = 0
    column: int = 1
    kind: str = ""
    bullet: bool = False
    # Where the text goes on in a later line of the file: (offset in the text, line, column).
    breaks: tuple[tuple[int, int, int], ...] = ()

    def behind(self, start: int) -> Line:
        """The line without the ``start`` characters that it begins with."""
        breaks = tuple((offset - start, row, column) for offset, row, column in self.breaks if offset > start)
        return replace(self, text=self.text[start:], column=self.column + start, breaks=breaks)


def _thin(match: re.Match[str]) -> str:
    """A run of marks with no more than 30 combining ones in a row (UAX 15): normalising more takes quadratic time."""
    kept: list[str] = []
    row = 0
    for char in match.group():
        row = row + 1 if unicodedata.combining(char) else 0
        if row <= 30:
            kept.append(char)
    return "".join(kept)


def clean(text: str) -> str:
    r"""NFC text without invisible characters, Latin letters of one width.

    Controls, lone surrogates and noncharacters become spaces.

    Line ends become "\n", one for one, so that line numbers stay those of the file.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ODD.search(text):
        text = _ODD.sub(" ", text)
    if text.isascii():
        return text
    text = _MARK_RUN.sub(_thin, _INVISIBLE.sub("", text))
    if _ANY_WIDE.search(text):
        text = text.translate(_WIDE)
    return unicodedata.normalize("NFC", text)


def tightened(line: Line) -> Line:
    """``line`` without the blanks between figures and their units in Chinese and Japanese; what follows each of them is
    told by a break, so that its column stays that of the file.
    """
    if line.text.isascii():
        return line
    gaps = [match.end() - 1 for match in _SPACED.finditer(line.text)]
    if not gaps:
        return line
    marks = ((0, line.line, line.column), *line.breaks)
    breaks = [(offset - bisect_left(gaps, offset), row, column) for offset, row, column in line.breaks]
    for before, gap in enumerate(gaps):
        offset, row, column = marks[bisect_right(marks, gap + 1, key=itemgetter(0)) - 1]
        breaks.append((gap - before, row, column + gap + 1 - offset))
    edges = zip([0, *(gap + 1 for gap in gaps)], [*gaps, len(line.text)], strict=True)
    text = "".join(line.text[start:end] for start, end in edges)
    return replace(line, text=text, breaks=tuple(sorted(breaks)) if line.line else ())


def split_lines(text: str, *, first: int = 1) -> Iterator[Line]:
    """The lines of cleaned ``text`` that are not blank, stripped, without their bullets; numbered from ``first``."""
    broken = _BREAKS.search(text) is not None
    for number, raw in enumerate(text.split("\n"), first):
        if not raw or raw.isspace():
            continue
        if not broken:
            yield from _line(raw, number, 1)
            continue
        column = 1
        for piece in _BREAKS.split(raw):
            yield from _line(piece, number, column)
            column += len(piece) + 1


def _line(raw: str, number: int, column: int) -> Iterator[Line]:
    text = raw.lstrip()
    bullet = _BULLETS.match(text) if text and not text[0].isalnum() else None
    if bullet:
        text = text[bullet.end() :]
    column += len(raw) - len(text)
    text = text.rstrip()
    if text:
        yield Line(text, number, column, bullet=bullet is not None)
