"""The marker words of markers.toml, made ready for use."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_BULLET = "•·▪◦‣●○■□◆►▶✓"


@dataclass(frozen=True, slots=True)
class Markers:
    """Patterns over one line each; ``months`` maps a folded month name to its number."""

    byline: re.Pattern[str]
    source: re.Pattern[str]
    credit: re.Pattern[str]
    picture: re.Pattern[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    date_words: re.Pattern[str]
    month: str
    months: dict[str, int]
    end: frozenset[str]
    button: frozenset[str]
    end_opening: re.Pattern[str]
    related_opening: re.Pattern[str]
    cookies: re.Pattern[str]


def _words(tables: list[dict[str, list[str]]], *keys: str) -> list[str]:
    """All words under ``keys`` in every language, longest first so that an alternation takes the longest."""
    return sorted({word for table in tables for key in keys for word in table[key]}, key=lambda w: (-len(w), w))


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


@cache
def markers() -> Markers:
    """The markers of every language, read once."""
    text = resources.files("kg.read").joinpath("markers.toml").read_text(encoding="utf-8")
    tables = list(tomllib.loads(text).values())
    months: dict[str, int] = {}
    for table in tables:
        for number, names in enumerate(table["month"], 1):
            months.update(dict.fromkeys(names, number))
    photo = _any(_words(tables, "photo"))
    lead = rf"[\s{_BULLET}|*\-–—(\[]*"
    several = [word for word in _words(tables, "footer", "comments") if " " in word or "©" in word or word > "\u2e80"]
    return Markers(
        # Latin and Vietnamese bylines may do without a colon, Chinese ones need a colon, slash or space.
        byline=re.compile(rf"{lead}{_any(_words(tables, 'byline'))}(?:\s*[::/|]\s*|\s+)(?=\S)", re.I),
        source=re.compile(rf"{lead}{_any(_words(tables, 'source'))}(?:\s*[::]\s*|\s+)(?=\S)", re.I),
        credit=re.compile(rf"(?:^|[(\[(【—–|/:.-]\s*){photo}\s*[::©/][^.!?。]{{1,80}}$|[((]{photo}\s[^()()]{{1,60}}[))]\s*$", re.I),
        picture=re.compile(rf"(?:^|.*\s[-–—|]\s){photo}\s*\d{{1,3}}\.?$", re.I),
        published=re.compile(rf"(?<!\w){_any(_words(tables, 'published'))}(?!\w)", re.I),
        updated=re.compile(rf"(?<!\w){_any(_words(tables, 'updated'))}(?!\w)", re.I),
        date_words=re.compile(rf"(?<!\w){_any(_words(tables, 'published', 'updated', 'weekday'))}(?!\w)", re.I),
        month=_any(sorted(months, key=lambda name: (-len(name), name))),
        months=months,
        end=frozenset(_words(tables, "comments", "related", "footer")),
        button=frozenset(_words(tables, "share")),
        end_opening=re.compile(rf"{lead}{_any(several)}(?!\w)", re.I),
        related_opening=re.compile(rf"{lead}{_any(_words(tables, 'related'))}\s*[::»>]", re.I),
        cookies=re.compile(rf"{lead}{_any(_words(tables, 'cookies'))}", re.I),
    )
