"""Publication dates: full dates only (day, month and year), and none rather than a doubtful one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.read.language import width
from kg.read.markers import markers
from kg.read.names import byline

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d年|\s\d{1,2}/\d\d\)")
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_FIGURES = {start + figure: str(figure) for start in (0x660, 0x6F0) for figure in range(10)}
"""The figures of Arabic and Persian script, each as the Latin one."""
_TIME = (
    r"\d{1,2}\s?[:\uff1ahH.]\s?\d{2}(?:[:\uff1a]\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?"
    r"|\d{1,2}\s?[時时点點시](?:\s?\d{1,2}\s?[分분](?:\s?\d{1,2}\s?[秒초])?|半)?"
)
_ZONE = (
    r"\(?(?:GMT|UTC|Z\b)\s?(?:[+-]\s?\d{1,2}(?::?\d{2})?)?\)?|[+-]\d{2}:?\d{2}\b"
    r"|\b(?:[ECMP][SD]T|CES?T|IST|BST|ICT|ET)\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A full date and where it stands in a line."""

    start: int
    end: int
    day: date


@cache
def _pattern() -> re.Pattern[str]:
    month = markers().month
    return re.compile(
        rf"""(?:(?<![\w/.-])|(?<=[가-힣]))(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?=[T\s]|[^\w/.-]|[.-]?(?:\s|$))
        |(?<!\d)(?P<y7>\d{{4}})\.\s(?P<m7>\d{{1,2}})\.\s(?P<d7>\d{{1,2}})(?=\.|\s|$)
        |(?<![\d/.-])(?P<d2>\d{{1,2}})(?P<s2>[-/.]|\s-\s)(?P<m2>\d{{1,2}})(?P=s2)(?P<y2>\d{{4}})(?![\d/-])
        |(?<!\d)(?P<y3>\d{{4}}|{markers().era}\d{{1,3}}|{markers().era}元)\s?[年년]\s?(?P<m3>\d{{1,2}})\s?[月월]\s?(?P<d3>\d{{1,2}})\s?[日号號일]
        |(?<![\d/.,-])(?P<d4>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª])?\s(?:de\s|of\s)?(?P<n4>{month})(?:/{month})?(?:\.|,)?\s(?:de\s|del\s)?(?P<y4>\d{{4}})(?!\d)
        |(?<!\w)(?P<n5>{month})\.?\s(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?:de\s|del\s)?(?P<y5>\d{{4}})(?!\d)
        |(?<![\d/.,-])(?P<d8>\d{{1,2}})-(?P<n8>{month})-(?P<y8>\d{{4}})(?![\d-])
        |\((?P<n9>{month})\.?\s(?P<d9>\d{{1,2}})/(?P<y9>\d\d)\)
        |(?<!\d)(?P<d6>\d{{1,2}})\stháng\s(?P<m6>\d{{1,2}})(?:\snăm\s|,\s?|\s|[/-])(?P<y6>\d{{4}})(?!\d)""".replace(
            "\n        ", ""
        ),
        re.IGNORECASE,
    )


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day or a newspaper's page cannot be of that year."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ordered(first: int, second: int, year: int, separator: str, *, day_first: bool | None) -> date | None:
    """A date in figures: dots always put the day first, else ``day_first`` says (None: only if there is no doubt)."""
    if separator == "." or day_first:
        return valid(year, second, first)
    if day_first is False:
        return valid(year, first, second)
    readings = {day for day in (valid(year, second, first), valid(year, first, second)) if day}
    return readings.pop() if len(readings) == 1 else None


def may_hold_date(text: str) -> bool:
    """Whether the text holds a year in figures: a quick test."""
    return _YEAR.search(text.translate(_FIGURES)) is not None


def full_dates(text: str, *, day_first: bool | None) -> Iterator[Found]:
    """Every full date of ``text``; ``day_first`` decides 04/12/2025 (None: unknown, such a date is passed over)."""
    for match in _pattern().finditer(text.translate(_FIGURES)) if may_hold_date(text) else ():
        part = match.groupdict()
        day: date | None
        if part["y2"]:
            day = _ordered(int(part["d2"]), int(part["m2"]), int(part["y2"]), part["s2"], day_first=day_first)
        else:
            form = next(form for form in "13456789" if part[f"y{form}"])
            month = int(part[f"m{form}"]) if f"m{form}" in part else markers().months[part[f"n{form}"].lower()]
            day = valid(_year(part[f"y{form}"]), month, int(part[f"d{form}"]))
        if day:
            yield Found(match.start(), match.end(), day)


def _year(text: str) -> int:
    """The year in ``text``: four figures, the last two of them, or an era and its year (令和8, 令和元)."""
    if text.isdigit():
        return int(text) + (2000 if len(text) == 2 else 0)
    era = next(era for era in markers().eras if text.startswith(era))
    return markers().eras[era] + (1 if text.endswith("元") else int(text.removeprefix(era)))


def order_of(language: str | None) -> bool | None:
    """Whether figures stand day first in ``language`` (a code, with its region where known)."""
    code = (language or "").replace("_", "-").lower()
    if code in {"en-us", "en-ph"}:
        return False
    return None if code == "en" or not code else True


_NOISE = re.compile(rf"{_TIME}|{_ZONE}|[\s|,.;:\uff1a•·/()\uff08\uff09\[\]–—-]+", re.IGNORECASE)
_JOINT = re.compile(r"\s*[|•·–—]\s*|\s[-/]\s|\.\s|\s{2,}")
_BESIDE = r"(?:[T,\s]|\b(?:at|à|kl\.?|um|lúc|a las|le)\s)*"
_CLOCK = re.compile(rf"{_BESIDE}(?P<time>{_TIME})\s*(?:{_ZONE})?", re.IGNORECASE)


def _left(text: str) -> str:
    """What is left of a date line's text without times, weekdays and labels."""
    return _NOISE.sub("", markers().date_words.sub("", markers().reading.sub("", text)))


def _without(text: str, found: list[Found]) -> str:
    for one in reversed(found):
        text = f"{text[: one.start]} | {text[one.end :]}"
    return text


def is_date_line(text: str, *, day_first: bool | None) -> bool:
    """Whether a line says when the page was published or changed, and nothing else.

    Two dates without a word about them are the days of an event, not of the page.
    """
    if not any(char.isdigit() for char in text):
        return False
    found = list(full_dates(text, day_first=day_first)) or _doubtful(text)
    if not found or _left(_without(text, found)):
        return False
    labelled = markers().published.search(text) or markers().updated.search(text)
    return labelled is not None or len({one.day for one in found}) == 1


def _doubtful(text: str) -> list[Found]:
    """Dates in figures that stand day first or month first, as far as they are one."""
    return list(full_dates(text, day_first=True)) or list(full_dates(text, day_first=False))


def bare_date(text: str, *, day_first: bool | None) -> date | None:
    """The day a date line gives: the earliest it names."""
    found = list(full_dates(text, day_first=day_first))
    if not found or not is_date_line(text, day_first=day_first):
        return None
    return min(one.day for one in found)


_DRESSED = 6
"""Width of the shortest weekday or label that makes a day at a page's foot the page's own."""


def dressed(text: str, *, day_first: bool | None) -> bool:
    """Whether a line is a day with its weekday or hour and nothing else."""
    found = list(full_dates(text, day_first=day_first)) if bare_date(text, day_first=day_first) else []
    return bool(found) and width(_without(text, found)) - len(" | ") * len(found) >= _DRESSED


def only_changed(text: str) -> bool:
    """Whether a date line speaks of a change and not of the publication."""
    return markers().updated.search(text) is not None and markers().published.search(text) is None


_LABELLED = re.compile(r"(?P<label>[^\W\d][^:\uff1a|\d]{0,14})[:\uff1a]\s?(?P<told>.{1,40})")


def date_among_labels(text: str, *, day_first: bool | None) -> date | None:
    """The day told in a row of facts about the page: "Editor: Jane Doe | Time: 2024-05-04 11:03 | Source: News", or in
    a part of one that a word of publishing opens: "News | Published 4 May 2024 | Changed 5 May 2024"; where no part
    does, the day that one part is: "By the Harbour Times | 4 May 2024 | Topics: Harbours".
    """
    parts = [part.strip() for part in re.split(r"[|\uff5c]|\s{2,}", text) if part.strip()]
    if len(parts) < 2:
        return None
    days = [(part, bare_date(part, day_first=day_first)) for part in parts]
    found = [(part, day) for part, day in days if day]
    if not all(_LABELLED.fullmatch(part) for part in parts):
        told = [one for one in found if markers().published.match(one[0])]
        found = told or (found if len(found) == 1 else [])
    stated = [day for part, day in found if not only_changed(part)]
    return next(iter(stated + [day for _, day in found]), None)


def leading_date(text: str, *, day_first: bool | None) -> tuple[date, int] | None:
    """The labelled or set-off date a line begins with, and where the rest of the line begins.

    "date 2025-12-04 Title" and "04/12/2025 | Title" have one; "4 May 2024 was a Saturday" and
    "4 May 2024 – 6 May 2024: a meeting" have not.
    """
    first = next(full_dates(text[:80], day_first=day_first), None)
    if first is None or _left(text[: first.start]):
        return None
    before = text[: first.start]
    if only_changed(before):
        return None
    clock = _CLOCK.match(text, first.end)
    end = clock.end() if clock else first.end
    joint = _JOINT.match(text, end)
    # A comma right behind the day goes on with a sentence that begins with it.
    labelled = markers().published.search(before) is not None and not text[end:].lstrip().startswith(",")
    told = markers().date_words.match(text, end) if clock else None  # 2024年5月4日 15時52分配信
    end = told.end() if told else end
    if not joint and not labelled and not clock and not _topic(text[end:]):
        return None
    start = joint.end() if joint else end
    while start < len(text) and text[start] in " :\uff1a|":
        start += 1
    rest = text[start:]
    # A sentence that goes on in lower case is about the day; a figure makes it a range.
    return None if not rest or rest[0].islower() or rest[0].isdigit() else (first.day, start)


_TOPIC_WIDTH, _TOPIC_WORDS = 40, 4


def _topic(rest: str) -> bool:
    """Whether what follows a day is a site's name of its subject: 4 May 2024 *Humanitarian Aid*."""
    words = rest.split()
    plain = all(char.isalpha() or char in " -&" for char in rest)
    return plain and rest[:1] == " " and 1 <= len(words) <= _TOPIC_WORDS and len(rest) <= _TOPIC_WIDTH


_NAMED = 8
"""Words of the longest line of a reporter's name and where they are, before the day of publication."""


def trailing_date(text: str, *, day_first: bool | None) -> date | None:
    """The date a page's line of names ends in: "Jane Doe | 4 May 2024", "Daily News04/05/2024", "Oslo, 4 May 2024",
    "Publié dans Horizons le 01 - 04 - 2024".
    """
    found = list(full_dates(text, day_first=day_first))
    if len(found) != 1 or markers().updated.search(text):
        return None
    before, after = text[: found[0].start], text[found[0].end :]
    stem = markers().date_words.sub("", before).rstrip(" ")
    words = stem.rstrip(" ,").split()
    signed = markers().byline.match(after.lstrip(" ,|")) is not None
    if signed and not words and markers().published.search(before):
        return found[0].day  # "Publié le 4 mai 2024 par Anna Kodjo"
    if (_left(after) and not signed) or re.search(r"\d", stem) or not words:
        return None
    glued = before[-1].isalpha() and before[-1] < "\u2e80" and text[found[0].start].isdigit()
    joined = re.search(r"(?:[|•·]|\s[-–—/])$", stem.rstrip(" ,:")) is not None and len(words) <= _NAMED
    by = markers().byline.match(text) is not None
    clock = _CLOCK.match(text, found[0].end) is not None and len(words) <= (_NAMED if by else 4)
    placed = stem.endswith(",") and len(words) <= 3 and all(word[0].isupper() for word in words)
    told = markers().published.search(before)
    opens = told is not None and told.start() == 0 and len(words) <= 3  # "Publié dans Horizons le …"
    by = by and told is not None and not _left(before[told.end() :])
    labelled = opens or (by and len(words) <= _NAMED)  # "Par Anna Kodjo (à Praia), publié le …"
    return found[0].day if glued or joined or clock or placed or labelled else None


def signed_behind(text: str) -> str:
    """The author that a line names behind its day: "Posted on 4 May 2024 by Jane Doe"; else ""."""
    return byline(re.split(r"\d(?=\D*$)", text, maxsplit=1)[-1].lstrip(" ,|"), unmarked=False)


_AFTER_DATELINE = re.compile(
    rf"\)?[\s,]*(?:{_TIME})?[\s,]*(?:[A-Z][\w./]{{1,14}}\s){{0,2}}(?:[(\[/][^()\[\]/\d]{{2,40}}[)\]/][\s,]*)?(?:[–—]|--?(?:\s|$)|[.:]-?\s)\s*(?!\d)"
)
_PLACE_NEXT = re.compile(r"\s*[–—-]\s*([^\W\d_])[^–—.;:\d]{1,30}\s[–—-]\s")
_BRACKETED = re.compile(r"[【［\[]\s*(?=[^】］\]]{8,30}[】］\]])")
_NO_FIGURES = re.compile(r"[^\d】］\]]{0,16}")
_IN_BRACKET = re.compile(r"[^】］\]\d]{0,16}[】］\]]")


def dateline_date(text: str, *, day_first: bool | None) -> date | None:
    """The full date of a dateline: "HANOI, May 27, 2024 (VNA) – ...", 【2024年5月27日 東京発】; one without its year
    gives None.
    """
    first = next(full_dates(text[:100], day_first=day_first), None)
    if first and (opened := _BRACKETED.match(text)):
        inside = _NO_FIGURES.fullmatch(text, opened.end(), first.start) and _IN_BRACKET.match(text, first.end)
        return first.day if inside and not only_changed(text[: first.end + 16]) else None
    year = re.compile(rf"\s?{markers().date_words.pattern}").match(text, first.end) if first else None
    after = _AFTER_DATELINE.match(text, year.end() if year else first.end) if first else None
    if first is None or after is None:
        return None
    town = None if _left(text[: first.start]) else _PLACE_NEXT.match(text, first.end)
    if town and text[town.start(1)].isupper():
        return first.day  # "Le 27 mai 2024 – Accra (Ghana) – …"
    before = re.sub(r"\([^()]*\)", "", markers().date_words.sub("", text[: first.start])).strip(" (")
    words = re.findall(r"\w[\w'’.-]*", before)
    place = 1 <= len(words) <= 4 and all(word[0].isupper() or _placed(word, before) for word in words)
    # Before a full stop or a colon only "Place, date" is a dateline.
    bracketed = "(" in text[max(0, first.start - 1) : first.start + 1]
    told = before.endswith(",") or bracketed or not re.search(r"[.:]-?\s", after.group())
    return first.day if place and told else None


def _placed(word: str, before: str) -> bool:
    """True for a town's name in a script without capitals that a comma parts from the day: 北京，2026年5月14日."""
    return word[0].lower() == word[0].upper() and before.endswith((",", "，"))


_BEFORE, _BEHIND, _SMALL = 6, 5, 2
"""Words at most before and behind the one day of a line about the page, and of those before it that are no names."""


def lone_date(text: str, *, day_first: bool | None) -> date | None:
    """The one day in a line of a few words about the page: "PRESS RELEASE 2026-01-20", "Harbour News, 4 May 2024,
    page 9", "Praia, 4 May 2024 | Cáritas".
    """
    found = list(full_dates(text, day_first=day_first))
    if len(found) != 1:
        return None
    before, behind = text[: found[0].start].rstrip(), text[found[0].end :].strip()
    if only_changed(before) or re.search(r"\d\s*[-–—]$|[|\uff5c]", before) or not (before or behind):
        return None
    if len(before.split()) > _BEFORE or len(behind.split()) > _BEHIND:
        return None
    stem = markers().date_words.sub("", before).rstrip()
    small = [word for word in stem.split() if word[0].islower()]
    parted = stem.endswith((",", ":", "–", "—", "-", "·", "•", "(")) and len(small) <= _SMALL
    goes_on = re.match(r"[^\W\d_]{3,}", behind) is not None and behind[0].islower()
    return None if goes_on or ((small or stem != before) and not parted) else found[0].day


_PATH_DATES = (
    re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|-|$)"),
    re.compile(r"/(20\d\d)-(\d\d)-(\d\d)(?!\d)"),
    re.compile(r"[/_-](20\d\d)([01]\d)([0-3]\d)(?=[/_.-]|$)"),
    # YYYYMMDDhhmmss and milliseconds, as many news systems number their pages
    re.compile(r"[/_-](20\d\d)([01]\d)([0-3]\d)[0-2]\d[0-5]\d(?:[0-5]\d\d{0,3})?(?=\.|/|$)"),
    # three figures for the site, then YYMMDDhhmmss and milliseconds
    re.compile(r"[/_-]\d{3}(\d\d)([01]\d)([0-3]\d)[0-2]\d[0-5]\d[0-5]\d\d{3}(?=\.|/|$)"),
)


def address_date(url: str) -> date | None:
    """The date in a page's address, where it holds exactly one that is a day."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0], flags=re.IGNORECASE)
    days = set()
    for pattern in _PATH_DATES:
        for year, month, day in pattern.findall(path):
            days.add(valid(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)))
    found = {day for day in days if day}
    return found.pop() if len(found) == 1 else None


def stated_date(value: str, *, language: str | None) -> date | None:
    """The date of a metadata field: ISO 8601 (with a time or without), 20240527, or a date in words."""
    text = value.strip()[:80]
    iso = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text) or re.match(r"(\d{4})(\d\d)(\d\d)(?=T|$)", text)
    if iso:
        return valid(*map(int, iso.groups()))
    found = {one.day for one in full_dates(text, day_first=order_of(language))}
    return found.pop() if len(found) == 1 else None
