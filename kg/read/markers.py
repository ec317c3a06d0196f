"""The marker words of markers.toml, made ready for use."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_LEAD = r"[\s|*\-–—(\[\uff08【]*"
_LEAD_CHARACTERS = " \t|*-–—([\uff08【"
_KEYS = ("byline", "source", "comments", "related", "footer", "cookies")


@dataclass(frozen=True, slots=True)
class Markers:
    """Patterns and word lists over single lines; ``months`` maps a month's name in lower case to its number."""

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
    sections: frozenset[str]
    end_opening: re.Pattern[str]
    related_opening: re.Pattern[str]
    cookies: re.Pattern[str]
    openings: frozenset[str]

    def may_open(self, text: str) -> bool:
        """Whether the line may begin with a byline, source, comment, related, footer or cookie word: a quick test."""
        head = text[:12].lstrip(_LEAD_CHARACTERS)[:3].lower()
        return head in self.openings or head[:2] in self.openings or head[:1] in self.openings


def _any(words: list[str]) -> str:
    """An alternation that takes the longest word."""
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


@cache
def markers() -> Markers:
    """The markers of every language, read once."""
    text = resources.files("kg.read").joinpath("markers.toml").read_text(encoding="utf-8")
    tables = list(tomllib.loads(text).values())

    def words(*keys: str) -> list[str]:
        return sorted({word for table in tables for key in keys for word in table[key]}, key=lambda w: (-len(w), w))

    months = {name: number for table in tables for number, names in enumerate(table["month"], 1) for name in names}
    photo = _any(words("photo"))
    # One word alone ("contact") opens many a good line; several, or Chinese ones, do not.
    telling = [word for word in words("footer", "comments") if " " in word or word == "©" or word > "\u2e80"]
    opened = rf"(?:^|[(\uff08【\[—–|/:.-]\s*){photo}\s*[:\uff1a©/][^.!?。]{{1,80}}$"
    credit = rf"{opened}|[(\uff08]{photo}\s[^()\uff08\uff09]{{1,60}}[)\uff09]\s*$|\s{_any(words('taken'))}[)\uff09]?$"
    return Markers(
        byline=re.compile(rf"{_LEAD}{_any(words('byline'))}(?:\s*[:\uff1a/|]\s*|\s+)(?=\S)", re.IGNORECASE),
        source=re.compile(rf"{_LEAD}{_any(words('source'))}(?:\s*[:\uff1a]\s*|\s+)(?=\S)", re.IGNORECASE),
        credit=re.compile(credit, re.IGNORECASE),
        picture=re.compile(rf"(?:^|.*\s[-–—|]\s){photo}\s*\d{{1,3}}\.?$", re.IGNORECASE),
        published=re.compile(rf"(?<!\w){_any(words('published'))}(?!\w)", re.IGNORECASE),
        updated=re.compile(rf"(?<!\w){_any(words('updated'))}(?!\w)", re.IGNORECASE),
        date_words=re.compile(
            rf"(?<!\w){_any(words('published', 'updated', 'weekday', 'beside'))}(?!\w)", re.IGNORECASE
        ),
        month=_any(sorted(months, key=lambda name: (-len(name), name))),
        months=months,
        end=frozenset(words("comments", "related", "footer")),
        button=frozenset(words("share")),
        sections=frozenset(words("sections")),
        end_opening=re.compile(rf"{_LEAD}{_any(telling)}(?![^\W\d])", re.IGNORECASE),
        related_opening=re.compile(rf"{_LEAD}{_any(words('related'))}\s*[:\uff1a»>]", re.IGNORECASE),
        cookies=re.compile(rf"{_LEAD}{_any(words('cookies'))}", re.IGNORECASE),
        openings=frozenset(word[:3] for word in words(*_KEYS)) | frozenset(f"{word} "[:3] for word in words(*_KEYS)),
    )
