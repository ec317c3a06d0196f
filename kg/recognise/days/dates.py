"""Days and periods, read against the day of publication."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from kg import lang
from kg.errors import KgError
from kg.lang import Pack
from kg.lang.macros import written_out
from kg.model import MonthDay, Period
from kg.recognise.days import calendar, weeks
from kg.recognise.rules.sieve import Sieve
from kg.recognise.spans import Span

_SLOTS = {
    "day": r"(?P<day>\d{1,2})",
    "day2": r"(?P<day2>\d{1,2})",
    "mm": r"(?P<mm>\d{1,2})",
    "mm2": r"(?P<mm2>\d{1,2})",
    "year": r"(?P<year>(?:19|20)\d\d)",
    "yy": r"(?<!\d)(?P<yy>\d\d)",
    "year2": r"(?P<year2>(?:(?:19|20)\d\d)|\d\d(?!\d))",
}
_DASHED = r"(?P<year2>(?:(?:19|20)\d\d)|(?:(?<=[-/])|(?<=- ))\d\d(?!\d|[./]\d|\.? (?:MONTHS)))"
"""A second year where blanks part words: of two digits behind a dash only, not in "2024 and *80* million", and no day
of a month.
"""

_HAN_ZERO = "〇○零"
_HAN = {
    "day": "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]",
    "mm": "十[一二]?|[一二三四五六七八九]",
    "year": f"(?:一九|二[{_HAN_ZERO}])[{_HAN_ZERO}一二三四五六七八九]{{2}}",
}
_HAN_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | dict.fromkeys(_HAN_ZERO, 0)
"""Days, months and years in Chinese numerals, as they are met where there are no spaces: 二○二四年六月十二日."""


class When(NamedTuple):
    """A day, or first and last day: full dates where the year is known, else MonthDay."""

    first: date | MonthDay
    last: date | MonthDay | None = None
    stated: bool = True


def _alternation(words: object) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))  # type: ignore[attr-defined]


def _slots(pack: Pack) -> dict[str, str]:
    months = _alternation(pack.months) or "(?!)"
    count = _alternation(pack.numbers.get("words", {})) or "(?!)"
    digits = _SLOTS | {"year2": _DASHED.replace("MONTHS", months)}
    if not pack.spaces:
        digits = {name: _or_han(name, slot) for name, slot in _SLOTS.items()}
    return digits | {
        "month": f"(?P<month>{months})",
        "month2": f"(?P<month2>{months})",
        "n": rf"(?P<n>\d{{1,2}}|{count}|[一二三四五六七八九十两兩]+)",
        "weekday": f"(?P<weekday>{_alternation(pack.weekdays) or '(?!)'})",
        "weekday2": f"(?P<weekday2>{_alternation(pack.weekdays) or '(?!)'})",
        "toldmonth": f"(?P<toldmonth>{_alternation(pack.raw['dates'].get('told_months', ())) or '(?!)'})",
        "toldyear": f"(?P<toldyear>{_alternation(pack.raw['dates'].get('told_years', ())) or '(?!)'})",
        "erayear": rf"(?P<erayear>(?:{_alternation(pack.raw['dates'].get('eras', ())) or '(?!)'})(?:\d{{1,2}}|元))",
        "relative": f"(?P<relative>{_alternation(pack.raw['dates'].get('relative', ())) or '(?!)'})",
    }


def _or_han(name: str, slot: str) -> str:
    """The pattern of a slot in digits, or in Chinese numerals."""
    han = _HAN.get(name.rstrip("2"))
    return f"{slot[:-1]}|{han})" if han else slot


def compile_time(pattern: str, pack: Pack) -> re.Pattern[str]:
    """A pack's pattern of days or periods. Raises KgError for an unknown slot, or what is no regular expression."""
    try:
        return _compiled(_written(pattern, pack))
    except re.error as error:
        raise KgError(f"'{pattern}' is no regular expression: {error}") from error


_compiled = cache(re.compile)


def _written(pattern: str, pack: Pack) -> str:
    """The regular expression that a pack's pattern stands for. Raises KgError for an unknown slot."""
    edge = r"(?<![\w])" if pack.spaces else r"(?<!\d)"
    pattern = written_out(pattern, pack.macros, pattern)
    slots, count = _slots(pack), itertools.count()

    def group(match: re.Match[str]) -> str:
        if match[1] not in slots:
            known = ", ".join(sorted(slots))
            raise KgError(f"'{pattern}' asks for an unknown slot '{match[1]}'", hint=f"There are: {known}")
        return slots[match[1]].replace(f"(?P<{match[1]}>", f"(?P<{match[1]}__{next(count)}>", 1)

    full = re.sub(r"\{([a-z]+2?)\}", group, pattern if pack.spaces else _with_room(pattern))
    return f"{edge}(?:{full})" + (r"(?![\w])" if pack.spaces else r"(?!\d)")


_IN_DIGITS = r"\{(?:year2?|mm2?|day2?|n)\}"


def _with_room(pattern: str) -> str:
    """A pattern in which blanks may part digits and the characters beside: 2021 年 5 月."""
    pattern = re.sub(rf"({_IN_DIGITS})(?=[\[一-鿿]|\(\?:[一-鿿])", r"\1 ?", pattern)
    return re.sub(rf"(?<=[一-鿿])(?={_IN_DIGITS})", " ?", pattern)


@dataclass(frozen=True, slots=True)
class _Times:
    """Patterns of days or periods, what each means, and the sieve of those that can match."""

    patterns: tuple[str, ...]
    means: tuple[str, ...]
    sieve: Sieve

    def matches(self, folded: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
        """The matches in ``folded[start:end]``, pattern by pattern, with what they mean."""
        for place in self.sieve.open(folded[start:end]):
            for match in _compiled(self.patterns[place]).finditer(folded, start, end):
                yield self.means[place], match


@cache
def _days(code: str) -> _Times:
    pack = lang.load(code)
    iso = "{year}-{mm}-{day}"
    with _naming(code, "dates.patterns"):
        told = [*weeks.patterns(pack.raw["dates"]), *((p, "") for p in (iso, *pack.dates))]
        written = tuple(_written(p, pack) for p, _ in told)
    return _Times(written, tuple(means for _, means in told), Sieve(written))


@cache
def _periods(code: str) -> _Times:
    pack = lang.load(code)
    with _naming(code, "periods"):
        written = tuple(_written(p.pattern, pack) for p in pack.periods)
    return _Times(written, tuple(p.means for p in pack.periods), Sieve(written))


@contextmanager
def _naming(code: str, key: str) -> Iterator[None]:
    """Say in which key of which pack a pattern is wrong."""
    try:
        yield
    except KgError as error:
        raise KgError(error.message, where=f"kg/lang/{code}.toml: {key}", hint=error.hint) from None


def _day(year: int | None, month: int, day: int, published: date | None) -> date | MonthDay | None:
    """The day; a missing year is the one that brings it nearest to the day of publication."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    years = [year] if year else [published.year, published.year - 1, published.year + 1] if published else []
    days = []
    for candidate in years:
        try:
            days.append(date(candidate, month, day))
        except ValueError:
            continue
    if not years:
        return MonthDay(month, day)
    if not days:
        return None
    return min(days, key=lambda d: abs((d - published).days)) if published and not year else days[0]


def _groups(match: re.Match[str]) -> dict[str, str]:
    """The slots of a pattern that matched, numbers in digits; one slot may stand in several alternatives."""
    got = {name.split("__")[0]: value for name, value in match.groupdict().items() if value is not None}
    return {name: _in_digits(value) if name.rstrip("2") in _HAN else value for name, value in got.items()}


def _in_digits(written: str) -> str:
    """A day, month or year in digits: 二十一 is 21, 二○二四 is 2024."""
    if written.isdecimal() and written.isascii():
        return written
    if "十" in written:
        tens, _, units = written.partition("十")
        return str(10 * (_HAN_DIGIT[tens] if tens else 1) + (_HAN_DIGIT[units] if units else 0))
    return "".join(str(_HAN_DIGIT[char]) for char in written)


def dates(folded: str, start: int, end: int, code: str, published: date | None) -> list[Span]:
    """The days written in ``folded[start:end]``; values are ``When``."""
    pack = lang.load(code)
    found: list[Span] = []
    for means, match in _days(code).matches(folded, start, end):
        if any(s.start < match.end() and match.start() < s.end for s in found):
            continue
        if when := _when(match, pack, published, means):
            found.append(Span(match.start(), match.end(), "date", when))
    return found


def _month_told(got: dict[str, str], pack: Pack, published: date | None) -> dict[str, str]:
    """The slots of a pattern with year and month of a word for a month told from the day of publication."""
    if not (word := got.get("toldmonth")) or published is None:
        return got
    told = calendar.months_on(published, int(pack.raw["dates"]["told_months"][word]))
    return {**got, "year": str(told.year), "mm": str(told.month)}


def with_week(written: str, code: str) -> bool:
    """True for a weekday as it is ``written``, in small letters, that tells its week: *last Friday*."""
    times = _days(code)
    return any(means and _compiled(p).fullmatch(written) for p, means in zip(times.patterns, times.means, strict=True))


def _when(match: re.Match[str], pack: Pack, published: date | None, means: str) -> When | None:
    got = _groups(match)
    if got.get("weekday") and not got.get("day"):
        number, other = pack.weekdays[got["weekday"]], pack.weekdays.get(got.get("weekday2", ""))
        return When(*weeks.days_of(means, number, other, published), stated=False) if published else None
    if got.get("relative"):
        days = pack.raw["dates"]["relative"][got["relative"]]
        return When(published + timedelta(days=days), None, stated=False) if published else None
    got = _month_told(got, pack, published)
    if not (got.get("month") or got.get("mm")):
        alone = _day_alone(int(got["day"]), published)
        length = int(got["day2"]) - int(got["day"]) if got.get("day2") else 0
        ends = alone + timedelta(days=length) if alone and 0 < length < 10 else None
        return When(alone, ends, stated=False) if alone else None
    year = _year(got, pack, published)
    month = pack.months[got["month"]] if got.get("month") else int(got.get("mm") or 0)
    first = _day(year, month, int(got.get("day") or 0), published)
    if first is None:
        return None
    final: date | MonthDay | None = None
    if got.get("day2"):
        month2 = pack.months[got["month2"]] if got.get("month2") else int(got["mm2"]) if got.get("mm2") else month
        final = _day(year, month2, int(got["day2"]), published)
    return When(first, final)


def _year(got: Mapping[str, str], pack: Pack, published: date | None) -> int | None:
    """The year as written, or as told from the year of publication: 去年6月, in June last year."""
    if written := got.get("year"):
        return int(written)
    if (short := got.get("yy")) and published:  # the nearest year that ends so
        century = published.year // 100 * 100
        return min(
            (c + int(short) for c in (century - 100, century, century + 100)), key=lambda y: abs(y - published.year)
        )
    if era := got.get("erayear"):
        count = re.search(r"\d+$", era)  # the first year of an era has no number
        begin = era[: count.start()] if count else era[:-1]
        return int(pack.raw["dates"]["eras"][begin]) + (int(count[0]) if count else 1)
    word = got.get("toldyear")
    return published.year + int(pack.raw["dates"]["told_years"][word]) if word and published else None


def _day_alone(day: int, published: date | None) -> date | None:
    """A day written without its month (on the 27th) is the latest one, or else one soon after the publication."""
    if published is None:
        return None
    nearest = [published + timedelta(days=shift) for shift in range(-20, 11)]
    return min((d for d in nearest if d.day == day), key=lambda d: abs((d - published).days), default=None)


def periods(text: str, folded: str, start: int, end: int, code: str, published: date | None) -> list[Span]:
    """The periods written in ``folded[start:end]``; values are ``Period``. Earlier patterns of the pack win."""
    pack = lang.load(code)
    found: list[Span] = []
    taken: list[tuple[int, int]] = []
    for means, match in _periods(code).matches(folded, start, end):
        if any(low < match.end() and match.start() < high for low, high in taken):
            continue
        if means == "none":
            taken.append(match.span())
        if (bounds := _bounds(means, match, pack, published)) is not None:
            fiscal = means.startswith("fiscal")
            within = _within(means, match, pack, published) if fiscal else None
            label, lasts = text[match.start() : match.end()], _count(_groups(match).get("n"), pack) or 1
            lasts = lasts if means.startswith("fiscal run") else 1
            period = Period(bounds[0], bounds[1], label, fiscal=fiscal, within=within, lasts=lasts)
            found.append(Span(match.start(), match.end(), "period", period))
            taken.append(match.span())
    return sorted(found)


def _within(means: str, match: re.Match[str], pack: Pack, published: date | None) -> date | None:
    """A day in a fiscal year that is told from the day of publication (今年度), or whose year is not written in four
    digits, and is the one that it begins in (26年度, 令和7年度).
    """
    shift = means.removeprefix("fiscal").removeprefix(" run").strip()
    if shift:
        return calendar.months_on(published, 12 * int(shift)) if published else None
    got = _groups(match)
    year = _year(got, pack, published) if "year" not in got or "run" in means else None
    return date(year, 12, 31) if year else None


def days_long(folded: str, code: str) -> Iterator[int]:
    """The days that ``folded`` says something lasts, as the pack's ``names.days_long`` tell it: *two-day*."""
    pack = lang.load(code)
    for pattern in _lengths(code):
        for match in pattern.finditer(folded):
            yield _count(_groups(match).get("n"), pack) or 0


@cache
def _lengths(code: str) -> tuple[re.Pattern[str], ...]:
    pack = lang.load(code)
    return tuple(compile_time(pattern, pack) for pattern in pack.names.get("days_long", ()))


def _count(written: str | None, pack: Pack) -> int | None:
    words = pack.numbers.get("words", {})
    if not written or written.isdigit() or written in words:
        return int(words.get(written, written)) if written else None
    from kg.recognise.sums.numbers import parse_han

    return parse_han(written)


def _bounds(
    means: str, match: re.Match[str], pack: Pack, published: date | None
) -> tuple[date | None, date | None] | None:
    """First and last day of a period; what each word of ``means`` stands for is told in ``docs/language.md``."""
    got = _month_told(_groups(match), pack, published)
    year = _year(got, pack, published)
    here = year or (published.year if published else 0)
    kind, _, argument = means.partition(" ")
    if kind == "years" and got.get("year2") and (year or got.get("month2")):
        return _span_of_years(year or int(got["year2"]), got, pack)  # "from January to June 2022"
    if kind == "pair" and year and got.get("year2"):
        return (date(year, 1, 1), date(year + 1, 12, 31)) if int(got["year2"]) == year + 1 else None
    if kind in ("year", "run") and year:
        more = (_count(got.get("n"), pack) or 1) - 1
        first = year - more if argument else year
        return date(first, 1, 1), date(first + more, 12, 31)
    if kind in ("until", "since") and year:
        begin = date(year, min(int(got.get("mm") or pack.months.get(got.get("month", ""), 1)), 12), 1)
        return (None, date(year, 12, 31)) if kind == "until" else calendar.since(begin, published)
    if kind in ("half", "quarter") and here:
        return calendar.part(here, int(argument), 6 if kind == "half" else 3)
    if kind == "month" and (here or published) and (month := _month(got, pack, "")):
        # without a year the latest such month where it is a number: 截至|4月|底
        latest = here - (month > published.month) if published and not year and got.get("mm") else here
        return calendar.part(latest, month, 1)
    if kind == "first" and here:
        return calendar.first_part(here, argument, _count(got.get("n"), pack) or 0)
    if kind in ("open", "fiscal"):  # of whose fiscal year it is the days depend
        return None, None
    if kind.startswith("until-"):
        return _up_to(kind, argument, year, got, pack, published)
    if published is None:
        return None
    if first := _month(got, pack, "") if kind in ("months", "since-month") else 0:
        return calendar.from_month(first, _month(got, pack, "2") if kind == "months" else None, published)
    return calendar.relative(kind, argument, _count(got.get("n"), pack), published)


def _up_to(
    kind: str, argument: str, year: int | None, got: Mapping[str, str], pack: Pack, published: date | None
) -> tuple[None, date] | None:
    """Up to the last day of "until mid-2027", and of "until May", whose year is that of the next May where none is
    told.
    """
    if kind == "until-half":
        return (None, date(year, 6, 30)) if year else None
    month = _month(got, pack, "")
    ahead = published.year + (month < published.month and argument != "this") if published else 0
    return (None, calendar.part(year or ahead, month, 1)[1]) if month and (year or ahead) else None


def _month(got: Mapping[str, str], pack: Pack, which: str) -> int:
    """The number of the first or second month of a pattern; nought where it has none."""
    number = pack.months.get(got.get(f"month{which}", ""), 0) or int(got.get(f"mm{which}") or 0)
    return number if number <= 12 else 0


def _span_of_years(year: int, got: Mapping[str, str], pack: Pack) -> tuple[date, date] | None:
    """From ``year`` (its month where told) to ``year2``: "from 2018 to October 2023", "May 2018-June 2019"."""
    written = got["year2"]
    last = int(written) if len(written) == 4 else year // 100 * 100 + int(written)
    named = [pack.months.get(got.get(key, ""), 0) for key in ("month", "month2")]
    first_month, last_month = int(got.get("mm") or named[0] or 1), int(got.get("mm2") or named[1] or 12)
    if not (year <= last <= year + 60 and 1 <= first_month <= 12 and 1 <= last_month <= 12):
        return None
    return calendar.part(year, first_month, 1)[0], calendar.part(last, last_month, 1)[1]


def years(folded: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Four-digit years in ``folded[start:end]`` as (start, end, year)."""
    for match in re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)").finditer(folded, start, end):
        yield match.start(), match.end(), int(match[0])
