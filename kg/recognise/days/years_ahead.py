"""Years of a calendar that is ahead of the common one, as those of the Buddhist era: พ.ศ. 2568 is 2025."""

from __future__ import annotations

import re
from functools import cache

from kg import lang

_FIRST, _LAST = 1900, 2099


def in_common_years(folded: str, code: str) -> str:
    """``folded`` text with common years for those of the calendar of language ``code``; as long as it was.

    A year has four digits behind what opens one in the pack (``dates.year_opens``), or two behind a month; what stands
    between years of a list or a range (``dates.year_joins``) leads to the next.
    """
    ahead = lang.load(code).raw["dates"].get("years_ahead", 0)
    return _pattern(code).sub(lambda match: _common(match[0], ahead), folded) if ahead else folded


def _common(years: str, ahead: int) -> str:
    """A run of years, each of as many digits as it had; one that cannot be a year stays."""
    return re.sub(r"(?<!\d)(?:\d{4}|\d\d)(?!\d)", lambda match: _year(match[0], ahead), years)


def _year(written: str, ahead: int) -> str:
    if len(written) == 4:
        year = int(written) - ahead
        return str(year) if _FIRST <= year <= _LAST else written
    century = (_FIRST + 100 + ahead) // 100 * 100
    return f"{(century + int(written) - ahead) % 100:02}"


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """The years behind what opens one. Four digits that a mark or a magnitude makes a number are none."""
    pack = lang.load(code)
    months = "|".join(re.escape(month) for month in sorted(pack.months, key=len, reverse=True))
    whole = r"\d{4}(?![\d,:]|\.\d)"
    opens, joins = pack.raw["dates"]["year_opens"], pack.raw["dates"]["year_joins"]
    runs = rf"(?<!\d)(?:{opens}) ?{whole}(?:(?:{joins})(?:{whole}|\d\d(?![\d,.:])))*"
    return re.compile(rf"{runs}|(?<=\d )(?:{months}),? ?(?:{whole}|\d\d(?![\d,.:]))(?:(?:{joins}){whole})*")
