"""Publication dates: full dates only (day, month and year), and none rather than a doubtful one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.lang.letters import plain_letters
from kg.read.language import width
from kg.read.markers import markers
from kg.read.names import byline

_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)|\d年|\s\d{1,2}/\d\d\)|[\u0660-\u0669\u06f0-\u06f9]{4}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_TIME = (
    r"\d{1,2}\s?[:\uff1ahH.]\s?\d{2}(?:min\b)?(?:[:\uff1a]\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?"
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
        rf"""(?:(?<![\w/.-])|(?<=[\u2e80-\ud7ff]))(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})(?=[T\s]|[^\w/.-]|[.-]?(?:\s|$))
        |(?<!\d)(?P<y7>\d{{4}})\.\s(?P<m7>\d{{1,2}})\.\s(?P<d7>\d{{1,2}})(?=\.|\s|$)
        |(?<![\d/.-])(?P<d2>\d{{1,2}})(?P<s2>[-/.]|\s-\s)(?P<m2>\d{{1,2}})(?P=s2)(?P<y2>\d{{4}})(?![\d/-])
        |(?<!\d)(?P<y3>\d{{4}}|{markers().era}\d{{1,3}}|{markers().era}元)\s?[年년]\s?(?P<m3>\d{{1,2}})\s?[月월]\s?(?P<d3>\d{{1,2}})\s?[日号號일]
        |(?<![\d/.,-])(?P<d4>\d{{1,2}})(?:(?:st|nd|rd|th|er|[.ºª])?\s(?:de\s|of\s)?|\.)(?P<n4>{month})(?:/{month})?(?:\.|,)?\s(?:de\s|del\s)?(?P<y4>\d{{4}})(?!\d)
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
    return _YEAR.search(text) is not None


def full_dates(text: str, *, day_first: bool | None) -> Iterator[Found]:
    """Every full date of ``text``; ``day_first`` decides 04/12/2025 (None: unknown, such a date is passed over)."""
    for match in _pattern().finditer(text) if may_hold_date(text) else ():
        part = match.groupdict()
        day: date | None
        if part["y2"]:
            day = _ordered(int(part["d2"]), int(part["m2"]), int(part["y2"]), part["s2"], day_first=day_first)
        else:
            form = next(form for form in "13456789" if part[f"y{form}"])
            month = int(part[f"m{form}"]) if f"m{form}" in part else markers().months[part[f"n{form}"].lower()]
            ahead = markers().ahead.get((part.get(f"n{form}") or "").lower(), 0)
            year = _year(part[f"y{form}"])
            day = valid(year - (ahead if year > _LAST_YEAR else 0), month, int(part[f"d{form}"]))
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


_CODE = r"\b(?-i:[A-Z]{2,5}\d{3,}(?:\s(?:\d{1,4}|[A-Z]{2,3}|[A-Z]{2,5}\d{3,})\b)*)\b"
"""The numbers that an agency gives its piece: OTS0087 5 AI 0412."""
_NOISE = re.compile(rf"{_CODE}|{_TIME}|{_ZONE}|[\s|,.;:\uff1a•·/()\uff08\uff09\[\]–—-]+", re.IGNORECASE)
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
    clock = _CLOCK.match(text, first.end) or re.search(_TIME, before)
    end = max(clock.end(), first.end) if clock else first.end
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
    "Publié dans Horizons le 01 - 04 - 2024"; names may follow a day with a place or hour: "Lima, 4 May 2024 | Caritas".
    """
    found = list(full_dates(text, day_first=day_first))
    if len(found) != 1 or markers().updated.search(text):
        return None
    before, after = text[: found[0].start], text[found[0].end :]
    stem = re.sub(rf"\([^()]*\)|{_CODE}|{_TIME}", "", _worded_out(before)).rstrip(" ")
    words = stem.rstrip(" ,").split()
    signed = markers().byline.match(after.lstrip(" ,|")) is not None
    if not words and markers().source.match(after.lstrip(" ,|")):
        return found[0].day
    if signed and not words and markers().published.search(before):
        return found[0].day  # "Publié le 4 mai 2024 par Anna Kodjo"
    told = markers().published.search(before)
    clock = _CLOCK.match(text, found[0].end) is not None or re.search(_TIME, before) is not None
    placed = stem.endswith(",") and len(words) <= 3 and all(not word[0].islower() for word in words)
    opens = told is not None and told.start() == 0 and len(words) <= 3  # "Publié dans Horizons le …"
    closes = markers().published.search(after) is not None and len(words) <= 3  # 港日報 2024年5月4日 朝刊
    names = (placed or clock or opens) and _names_behind(after)
    if (_left(after) and not signed and not names) or re.search(r"\d", stem) or not words:
        return None
    glued = before[-1].isalpha() and before[-1] < "\u2e80" and text[found[0].start].isdigit()
    joined = re.search(r"(?:[|•·]|\s[-–—/])$", stem.rstrip(" ,:")) is not None and len(words) <= _NAMED
    by = markers().byline.match(text) is not None
    timed = clock and len(words) <= (_NAMED if by else 4)
    by = by and told is not None and not _left(before[told.end() :])
    labelled = opens or closes or (by and len(words) <= _NAMED)  # "Par Anna Kodjo (à Praia), publié le …"
    return found[0].day if glued or joined or timed or placed or labelled else None


def _worded_out(text: str) -> str:
    """The text without what may stand beside a date: labels, weekdays, the same day in another calendar."""
    return markers().date_words.sub("", markers().reading.sub(", ", text))


def _names_behind(text: str) -> bool:
    """Whether nothing but names follows a day: 4 May 2024 | *Caritas Peru*."""
    rest = re.sub(_TIME, "", _worded_out(text)).strip(" ,|–—-·•/")
    words = rest.split()
    return 1 <= len(words) <= 4 and not re.search(r"[\d.,:;!?]", rest) and all(not word[0].islower() for word in words)


def closed_by_day(text: str, *, day_first: bool | None) -> bool:
    """Whether a line ends with a day and the short word for *year* that ends with a full stop: "4 maja 2024 r."."""
    last = list(full_dates(text, day_first=day_first))[-1:]
    after = text[last[0].end :] if last else ""
    return bool(after.strip(" .")) and not _left(after)


def under_text(text: str, *, day_first: bool | None) -> date | None:
    """The day that a line right below the text gives, alone, beside a name ("Daily News, 4 May 2024") or before a
    section ("04/05/2024 – Health").
    """
    found = list(full_dates(text, day_first=day_first))
    if len(found) != 1 or markers().updated.search(text) or markers().related_opening.match(text):
        return None
    before = _worded_out(text[: found[0].start])
    words = before.strip(" ,–—-|").split()
    after = text[found[0].end :]
    named = len(words) <= 3 and all(not word[0].islower() for word in words) and not re.search(r"\d", before)
    parted = not words or before.rstrip().endswith((",", "-", "–", "—", "|"))
    return found[0].day if named and parted and (not _left(after) or (not words and _names_behind(after))) else None


def day_of_author(text: str, *, day_first: bool | None) -> date | None:
    """The one day with which a line begins that then names its author: "Tuesday 4 May 2024, by Jane Doe"."""
    found = list(full_dates(text, day_first=day_first))
    if len(found) != 1 or _left(text[: found[0].start]):
        return None
    return found[0].day if byline(text[found[0].end :].lstrip(" ,|-–—"), unmarked=False) else None


def signed_behind(text: str) -> str:
    """The author that a line names behind its day: "Posted on 4 May 2024 by Jane Doe"; else ""."""
    return byline(re.split(r"\d(?=\D*$)", text, maxsplit=1)[-1].lstrip(" ,|"), unmarked=False)


_AFTER_DATELINE = re.compile(
    rf"\)?[\s,]*(?:{_TIME})?[\s,]*(?:[(\[/][^()\[\]/\d]{{2,40}}[)\]/][\s,]*|(?:[^\W\d_a-z][\w.]{{1,14}}\s){{1,2}})?(?:[–—]|--?(?:\s|$)|[.:।]-?\s)\s*(?!\d)"
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
    before = re.sub(r"\([^()]*\)", "", _worded_out(text[: first.start])).strip(" (")
    words = re.findall(r"[\w'’ʻ‘]+", plain_letters(before))
    parted = before.endswith((",", "\uff0c", "،"))
    cased = all(word.lstrip("'’ʻ‘")[:1].isupper() for word in words)
    place = 1 <= len(words) <= 4 and (cased or (parted and not before[:1].islower()))
    bracketed = "(" in text[max(0, first.start - 1) : first.start + 1]
    told = parted or bracketed or not re.search(r"[.:।]-?\s", after.group())  # "*Place, date*. The …"
    return first.day if place and told else None


_OPENED = re.compile(r"\s?[–—]{1,2}\s?(?=[^\W\d_a-zà-öø-ÿ])|\s-\s(?=[^\W\d_a-zà-öø-ÿ])")


def opening_day(text: str, *, day_first: bool | None) -> date | None:
    """The day that opens a paragraph, parted by a dash from its first sentence: "4 May 2024 – The storm …"."""
    first = next(full_dates(text[:60], day_first=day_first), None)
    if first is None or _left(text[: first.start]) or only_changed(text[: first.start]):
        return None
    return first.day if _OPENED.match(text, first.end) else None


def day_in_title(text: str, *, day_first: bool | None) -> date | None:
    """The day in brackets that ends a headline, as some ministries give that of a statement: "Talks in Oslo (4 May
    2024)".
    """
    bracket = re.search(r"[(\uff08]([^()\uff08\uff09]{8,40})[)\uff09]$", text)
    return bare_date(bracket[1], day_first=day_first) if bracket else None


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
