"""Fiscal years: when those of a country or body begin, and by which of their calendar years they are called.

Sources: the countries' ministries of finance. Only those are listed whose usage is settled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from kg.model import Name, Period
from kg.recognise.fold import fold
from kg.registry import load_registry


class FiscalYear(NamedTuple):
    """The month it begins in; ``last``: a year alone is the one it ends in (None where that is not settled)."""

    month: int
    last: bool | None


_CALENDAR: Final = FiscalYear(1, last=None)
#: By ISO 3166-1 code, or by the registry's id of a body.
FISCAL: Final[Mapping[str, FiscalYear]] = {
    "JP": FiscalYear(4, last=False), "US": FiscalYear(10, last=True), "IN": FiscalYear(4, last=None),
    "GB": FiscalYear(4, last=None), "CA": FiscalYear(4, last=None), "AU": FiscalYear(7, last=None),
    "NZ": FiscalYear(7, last=None), "PK": FiscalYear(7, last=True), "BD": FiscalYear(7, last=None),
    "TH": FiscalYear(10, last=True), "HK": FiscalYear(4, last=None), "SG": FiscalYear(4, last=False),
    "organization/world-bank": FiscalYear(7, last=True),
    "organization/international-development-association": FiscalYear(7, last=True),
    "organization/united-states-agency-for-international-development": FiscalYear(10, last=True),
    "organization/japan-international-cooperation-agency": FiscalYear(4, last=False),
    "organization/european-union": _CALENDAR, "organization/european-commission": _CALENDAR,
    "organization/asian-development-bank": _CALENDAR,
    **dict.fromkeys(
        ("AT", "BE", "BR", "CH", "CN", "DE", "DK", "ES", "FI", "FR", "IE", "IT", "KR", "LU", "NL", "NO", "PT", "SE",
         "TW", "VN"),
        _CALENDAR,
    ),
}  # fmt: skip


def in_days(period: Period, whose: Sequence[Name]) -> Period:
    """``period``, a fiscal year, with first and last day in the fiscal years of the first of ``whose`` that has any.

    It stays open where none of them has, or where the year alone may be either of two.
    """
    label = fold(period.label)
    years = [int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", label)]
    short = re.search(r"(?:19|20)\d\d ?[-/–] ?(\d\d)(?!\d)", label)
    if short:
        years.append(years[0] // 100 * 100 + int(short[1]))
    for name in whose:
        if (fiscal := _of(name)) is not None and period.within is not None:
            begins = period.within.year - (period.within.month < fiscal.month)
            last = date(begins + period.lasts, fiscal.month, 1) - timedelta(days=1)
            return Period(date(begins, fiscal.month, 1), last, period.label, fiscal=True)
        if fiscal is not None and years:
            return _bounds(period, fiscal, years)
    return period


def _of(name: Name) -> FiscalYear | None:
    entry = load_registry().by_id.get(name.known)
    return FISCAL.get(name.known) or (FISCAL.get(entry.country) if entry else None)


def _bounds(period: Period, fiscal: FiscalYear, years: Sequence[int]) -> Period:
    """The fiscal year called by one year, or that begins in the first of two and ends in the next; or several."""
    begins, ends = years[0], years[-1]
    several = ends > begins + 1
    if len(years) == 1 or several:
        if fiscal.last is None and fiscal.month > 1:
            return period
        begins, ends = (begins - 1, ends) if fiscal.last else (begins, ends + 1)
    if fiscal.month == 1:
        return Period(date(years[0], 1, 1), date(years[-1], 12, 31), period.label, fiscal=True)
    last = date(ends, fiscal.month, 1) - timedelta(days=1)
    return Period(date(begins, fiscal.month, 1), last, period.label, fiscal=True) if begins < ends else period
