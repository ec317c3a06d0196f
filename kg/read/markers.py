"""The marker words of markers.toml, made ready for use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_LEAD = r"[\s|*\-–—(\[\uff08【]*"
_LEAD_CHARACTERS = " \t|*-–—([\uff08【"
_KEYS = ("byline", "editor", "source", "comments", "related", "contact", "footer", "cookies")


@dataclass(frozen=True)
class Markers:
    """Patterns and word lists over single lines, of every language in ``tables``.

    Each is made when it is first asked for: few articles need them all, and compiling them takes longer than reading.
    """

    tables: Sequence[Mapping[str, Any]]

    def words(self, *keys: str) -> list[str]:
        """The words of some lists, the longest first."""
        found = {word for table in self.tables for key in keys for word in table[key]}
        return sorted(found, key=lambda word: (-len(word), word))

    @cached_property
    def byline(self) -> re.Pattern[str]:
        """Words before the name of an author."""
        return re.compile(rf"{_LEAD}{_any(self.words('byline'))}(?:\s*[:\uff1a/|]\s*|\s+)(?=\S)", re.IGNORECASE)

    @cached_property
    def editor(self) -> re.Pattern[str]:
        """Words before the name of an editor or a translator: a colon stands behind them, or a verb is one of them."""
        telling = [word for word in self.words("editor") if " " in word]
        colon = rf"{_any(self.words('editor'))}\s*[:\uff1a/|]\s*"
        return re.compile(rf"{_LEAD}(?:{colon}|{_any(telling)}\s+)(?=\S)", re.IGNORECASE)

    @cached_property
    def han_editor(self) -> re.Pattern[str]:
        """Chinese words for an editor up to the colon behind them, wherever they stand."""
        words = [word for word in self.words("editor") if "\u3400" < word[0] <= "\u9fff"]
        return re.compile(rf"(?<![\u3400-\u9fff]){_any(words)}\s*[:\uff1a/|]\s*")

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """What stands between two names of a list."""
        return re.compile(rf"\s*(?:,|、|&|\s{_any(self.words('and'))}\s)\s*")

    @cached_property
    def authors(self) -> frozenset[str]:
        """Words for authors that may stand under a name; those of one syllable (by) stand before it."""
        return frozenset(word for word in self.words("byline") if len(word) > 4)

    @cached_property
    def reporters(self) -> frozenset[str]:
        """Words for reporters that may stand behind a name."""
        return frozenset(self.words("reporters"))

    @cached_property
    def beats(self) -> frozenset[str]:
        """Words with a capital that may open what a reporter does, behind the name."""
        return frozenset(self.words("beats"))

    @cached_property
    def articles(self) -> frozenset[str]:
        """Words that open names of papers, and none of persons."""
        return frozenset(self.words("articles"))

    @cached_property
    def places(self) -> frozenset[str]:
        """Prepositions before the town that opens a line with its reporter."""
        return frozenset(self.words("from"))

    @cached_property
    def contact(self) -> re.Pattern[str]:
        """How the lines open that tell whom to ask: a whole line, or up to a colon."""
        return re.compile(rf"{_LEAD}{_any(self.words('contact'))}[^:\uff1a]{{0,20}}(?:[:\uff1a]\s*|$)", re.IGNORECASE)

    @cached_property
    def reading(self) -> re.Pattern[str]:
        """How long ago a page was changed, how long it takes to read, how often it was read."""
        forms = "|".join(
            re.escape(phrase).replace(r"\#", r"[\d.,]{1,7}[KkMm万만]?").replace(r"\ ", r"[\s:\uff1a]*")
            for phrase in self.words("reading")
        )
        return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)

    @cached_property
    def source(self) -> re.Pattern[str]:
        """Words before the name of a source."""
        return re.compile(rf"{_LEAD}{_any(self.words('source'))}(?:\s*[:\uff1a]\s*|\s+)(?=\S)", re.IGNORECASE)

    @cached_property
    def credit(self) -> re.Pattern[str]:
        """Who took a picture."""
        photo = _any(self.words("photo"))
        opened = rf"(?:^|[(\uff08【\[—–|/:.-]\s*){photo}\s*[:\uff1a©/][^.!?。]{{1,80}}$"
        taken = _any(self.words("taken"))
        credit = rf"{opened}|[(\uff08]{photo}\s[^()\uff08\uff09]{{1,60}}[)\uff09]\s*$|\s{taken}[)\uff09]?$"
        return re.compile(credit, re.IGNORECASE)

    @cached_property
    def picture(self) -> re.Pattern[str]:
        """The number of a picture."""
        return re.compile(rf"(?:^|.*\s[-–—|]\s){_any(self.words('photo'))}\s*\d{{1,3}}\.?$", re.IGNORECASE)

    @cached_property
    def published(self) -> re.Pattern[str]:
        """Words beside the day on which an article was published."""
        return re.compile(rf"(?<!\w){_any(self.words('published'))}(?!\w)", re.IGNORECASE)

    @cached_property
    def updated(self) -> re.Pattern[str]:
        """Words beside the day on which it was changed."""
        return re.compile(rf"(?<!\w){_any(self.words('updated'))}(?!\w)", re.IGNORECASE)

    @cached_property
    def date_words(self) -> re.Pattern[str]:
        """All that may stand beside a date."""
        words = _any(self.words("published", "updated", "weekday", "beside"))
        return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)

    @cached_property
    def months(self) -> Mapping[str, int]:
        """The number of a month by its name in lower case."""
        return {
            name: number for table in self.tables for number, names in enumerate(table["month"], 1) for name in names
        }

    @cached_property
    def ahead(self) -> Mapping[str, int]:
        """How far the years beside a month are ahead of the common ones, by its name, where an era of the language has
        begun before these: พฤศจิกายน 2568 is of 2025.
        """
        return {
            name: max(0, -min(table["era"].values(), default=0))
            for table in self.tables
            for names in table["month"]
            for name in names
        }

    @cached_property
    def month(self) -> str:
        """A pattern of the name of any month."""
        return _any(sorted(self.months, key=lambda name: (-len(name), name)))

    @cached_property
    def eras(self) -> Mapping[str, int]:
        """The year before the first of each era."""
        return {name: year for table in self.tables for name, year in table["era"].items()}

    @cached_property
    def era(self) -> str:
        """A pattern of the name of any era."""
        return _any(sorted(self.eras, key=len, reverse=True))

    @cached_property
    def end(self) -> frozenset[str]:
        """Lines behind which the article has ended."""
        return frozenset(self.words("comments", "related", "footer"))

    @cached_property
    def button(self) -> frozenset[str]:
        """What is written on buttons."""
        return frozenset(self.words("share"))

    @cached_property
    def sections(self) -> frozenset[str]:
        """Sections of a site."""
        return frozenset(self.words("sections"))

    @cached_property
    def end_opening(self) -> re.Pattern[str]:
        """How a line opens behind which the article has ended."""
        # One word alone ("contact") opens many a good line; several, or Chinese ones, do not.
        telling = [w for w in self.words("footer", "comments") if " " in w or w == "©" or w > "\u2e80"]
        return re.compile(rf"{_LEAD}{_any(telling)}(?![^\W\d])", re.IGNORECASE)

    @cached_property
    def related_opening(self) -> re.Pattern[str]:
        """How a link to another article opens."""
        return re.compile(rf"{_LEAD}{_any(self.words('related'))}\s*[:\uff1a»>]", re.IGNORECASE)

    @cached_property
    def cookies(self) -> re.Pattern[str]:
        """How a request for consent opens."""
        return re.compile(rf"{_LEAD}{_any(self.words('cookies'))}", re.IGNORECASE)

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first letters of all words that may open such a line."""
        words = self.words(*_KEYS)
        return frozenset(word[:3] for word in words) | frozenset(f"{word} "[:3] for word in words)

    def may_open(self, text: str) -> bool:
        """Whether the line may begin with a byline, source, comment, related, footer or cookie word: a quick test."""
        head = text[:12].lstrip(_LEAD_CHARACTERS)[:3].replace("\u0130", "i").lower()
        return head in self.openings or head[:2] in self.openings or head[:1] in self.openings


def _any(words: list[str]) -> str:
    """An alternation that takes the longest word."""
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


@cache
def markers() -> Markers:
    """The markers of every language, read once."""
    text = Path(__file__).with_name("markers.toml").read_text(encoding="utf-8")
    return Markers(tuple(tomllib.loads(text).values()))
