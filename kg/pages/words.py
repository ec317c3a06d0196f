"""The words of the interface, one file per language in ``words/``, and how numbers and days are written in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import UnknownCurrencyError, format_compact_decimal, format_decimal, get_currency_name

#: Languages of the interface; the first is for readers who ask for none of them.
LANGUAGES: Final = ("en", "fr", "zh", "vi", "nb")

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
        """A day written as ``2025-12-01``, in words; anything else as it is."""
        try:
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

    def language_name(self, code: str) -> str:
        """What this language calls the language ``code``."""
        return Locale.parse(code).get_display_name(self._locale) or code

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)


@cache
def interface(language: str) -> Interface:
    """The interface in ``language``, one of ``LANGUAGES``. Raises KeyError for another."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Interface(language, tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8")))
