"""The words of the interface, one file per language in ``words/``, and how numbers and days are written in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import UnknownCurrencyError, format_compact_decimal, format_decimal, get_currency_name

from kg.explain.pieces import BLANK, TO, Piece
from kg.vocab import kg

#: Languages of the interface; the first is for readers who ask for none of them.
LANGUAGES: Final = ("en", "fr", "zh", "vi", "nb")

#: What stands between the pieces of a line, and the words that say how a language writes it.
_SIGNS: Final = {
    ": ": "mark.colon", "; ": "mark.semicolon", ", ": "mark.comma", "“": "mark.open", "”": "mark.close",
    " — ": "mark.dash",
}  # fmt: skip
_EXACTLY: Final = kg("exactly").value
_FOLDER: Final = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Interface:
    """What an interface says: its language and its texts by key."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text ``key``, with ``values`` at its ``{names}``. Raises KeyError for a key that no file holds."""
        return self.texts[key].format_map(values)

    @property
    def name(self) -> str:
        """What the language calls itself."""
        name = self._locale.get_display_name(self._locale) or self.language
        return name[:1].upper() + name[1:]

    def number(self, value: int | str | Decimal) -> str:
        """A number, grouped as the language does."""
        return format_decimal(Decimal(value), locale=self._locale, format=None, decimal_quantization=False)

    def day(self, written: str) -> str:
        """A day written as ``2025-12-01``, or without a year as ``--12-01``, in words; anything else as it is."""
        try:
            if written.startswith("--"):
                return format_skeleton("MMMMd", date.fromisoformat(f"2000{written[1:]}"), locale=self._locale)
            return format_date(date.fromisoformat(written), "long", locale=self._locale)
        except ValueError:
            return written

    def brief(self, value: Decimal) -> str:
        """A round number with its thousands, millions or billions in short, as at the tick of a chart."""
        return format_compact_decimal(value, locale=self._locale, fraction_digits=3)

    def currency(self, code: str) -> str:
        """What this language calls a currency (ISO 4217); the code itself where it has no name for it."""
        try:
            name = get_currency_name(code, locale=self._locale)
        except UnknownCurrencyError:
            return code
        return name[:1].upper() + name[1:]

    def period(self, start: str, end: str) -> str:
        """A period of which the first and the last day are given, or one of them: whole years by their numbers.

        Empty where neither is known.
        """
        if not start or not end:
            known = [self("period.from", day=self.day(start))] if start else []
            return " ".join([*known, *([self("period.to", day=self.day(end))] if end else [])])
        try:
            first, last = date.fromisoformat(start), date.fromisoformat(end)
        except ValueError:
            return f"{start}–{end}"
        if first == last:
            return self.day(start)
        whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if whole and first.year == last.year:
            return format_skeleton("y", first, locale=self._locale)
        return format_interval(first, last, "y" if whole else "yMMMd", locale=self._locale)

    def month(self, written: str) -> str:
        """A month written as ``2025-12``, in words; a year, or anything else, as it is."""
        try:
            return format_skeleton("yMMMM", date.fromisoformat(f"{written}-01"), locale=self._locale)
        except ValueError:
            return written

    def language_name(self, code: str) -> str:
        """What this language calls the language ``code``; the code itself for what is none."""
        name = self._locale.languages.get(code) or self._locale.languages.get(code.partition("-")[0])
        return name or code

    def piece(self, piece: Piece) -> str:
        """A piece of what is said, as this language writes it."""
        if piece.kind == "sign":
            return self(_SIGNS[piece.text]) if piece.text in _SIGNS else piece.text
        if piece.kind == "number":
            return self.number(piece.text)
        if piece.kind == "day":
            return self.day(piece.text)
        if piece.kind in ("language", "tag"):
            return f" ({self.language_name(piece.language)})"
        return piece.text if piece.kind == "text" else self(f"said.{piece.kind}")

    def plainer(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Pieces as readers want them: no "exactly" before a number, and a time as one piece."""
        found: list[Piece] = []
        for piece in pieces:
            if found and found[-1].node == _EXACTLY and piece == BLANK:
                found.pop()
                continue
            found.append(piece)
            if [each.kind for each in found[-3:]] == ["day", "sign", "day"] and found[-2] == TO:
                found[-3:] = [Piece(self.period(found[-3].text, piece.text))]
        return found

    def said(self, pieces: Iterable[Piece]) -> str:
        """All pieces, one after the other."""
        return "".join(map(self.piece, self.plainer(pieces)))

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)


@cache
def interface(language: str) -> Interface:
    """The interface in ``language``, one of ``LANGUAGES``. Raises KeyError for another."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Interface(language, tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8")))
