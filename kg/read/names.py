"""Lines that name who wrote an article or where it was taken from."""

from __future__ import annotations

import re

from kg.read.markers import markers

_ADDRESS = re.compile(r"https?://[^\s<>\]»”\")\uff09]+")
_AGENCY = re.compile(r"[A-ZĐ]{2,8}(?:\.vn|\.com)?")
_OF_AGENCY = re.compile(r"[^/|:\d]{5,40}?\s?/\s?[A-ZÅÄÖÆØ]{2,5}")
"""A reporter and the agency: *Jane Doe/TT*."""
_BRACKETED = re.compile(r"[(\uff08]\s*(.{2,40}?)\s*[)\uff09]\.?")
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,8}")
_COLON = re.compile(r"[:\uff1a/|]")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "del",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "al",
        "el",
        "av",
        "af",
    ]
)


def person_like(text: str) -> bool:
    """Whether ``text`` is two to five capitalised words (particles apart) without figures, or one behind an initial
    (N.Tú): written as names are.
    """
    words = text.split()
    if len(words) == 1:
        return _INITIALLED.fullmatch(text) is not None
    capital = [word for word in words if word[0].isupper()]
    named = all(word[0].isupper() or word in _PARTICLES for word in words)
    spelt = all(char.isalpha() or char in " '’.-" for char in text)
    # a short word in capitals beside others is a body's: *Communication DFAE*
    shouted = [word for word in words if word.isupper()]
    body = len(shouted) == 1 and len(shouted[0]) in (3, 4)
    return 2 <= len(words) <= 5 and len(capital) >= 2 and named and spelt and not body


_INITIALLED = re.compile(r"[A-ZĐ]\.[^\W\da-z_][^\W\d_]*[a-zà-ỹ]")
_ROW = re.compile(r"\s+[-–—&+]\s+|\s*[,;]\s+")


def row(text: str) -> list[tuple[int, int]]:
    """Where the names stand of which a line is a row: Jane Doe - John Roe; none where one part is written otherwise, or
    there is but one.
    """
    parts, at = [], 0
    for sign in [*_ROW.finditer(text), None]:
        parts.append((at, sign.start() if sign else len(text)))
        at = sign.end() if sign else at
    if len(parts) == 1 or markers().byline.match(text):
        return []
    return parts if all(person_like(text[low:high]) and not section(text[low:high]) for low, high in parts) else []


def section(text: str) -> bool:
    """Whether a line holds the name of a paper's section, or opens as names of papers do: World News, Le Monde."""
    words = text.lower().split()
    told = {" ".join(words[low:high]) for low in range(len(words)) for high in range(low + 1, len(words) + 1)}
    return words[:1] != [] and (words[0] in markers().articles or not told.isdisjoint(markers().sections))


def several(text: str) -> list[tuple[str, bool]]:
    """The people that a line of names tells with words for their work, and whether each edited the article:
    "Reporting by Jane Doe and John Roe; Editing by Max Poe".
    """
    found: list[tuple[str, bool]] = []
    if markers().may_open(text) and (markers().byline.match(text) or markers().editor.match(text)):
        for part in re.split(r"\s*[;|•·]\s*|\.\s+|\s{2,}", _without_stop(text.strip(" ()[]【】"))):
            editor = markers().editor.match(part)
            opened = editor or markers().byline.match(part)
            if opened is None:
                break
            names = [_leading_name(one) for one in markers().joint.split(part[opened.end() :])]
            if not all(names) and text[-1] in ".!?\u3002":
                return []  # a sentence that begins so: Par Anna Kodjo et Ben Oto, la réunion …
            found += [(name, editor is not None) for name in names if name]
    return found


def _leading_name(text: str) -> str:
    """The name that ``text`` begins with, before its place or its paper: *Jane Doe* in Port Sudan; else ""."""
    if _HAN_NAME.fullmatch(text.strip()):
        return text.strip()
    name = _PLACE.split(text, maxsplit=1)[0].strip()
    return name if person_like(name) and not section(name) else ""


_PLACE = re.compile(r"\s[^\W\d_]{1,5}\s(?=[^\W\d_]*[A-ZÀ-ÞА-ЯЄІЇҐ])(?<=[a-zß-ÿа-яєіїґ]\s)|\s*[(/]")
"""What stands between a reporter's name and where the reporter is: Jane Doe* in *Port Sudan."""


_EDITED = re.compile(rf"{_HAN_NAME.pattern}(?=$|[、\uff0c,\s)）】\]])")


def editors(text: str) -> list[tuple[int, int]]:
    """Where the names in Chinese signs stand behind words for editors: 责任编辑：李明, （編輯：翟思嘉）."""
    found = []
    for word in markers().han_editor.finditer(text):
        name = _EDITED.match(text, word.end())
        while name:
            found.append(name.span())
            gap = re.compile(r"[、\s]\s?").match(text, name.end())
            name = _EDITED.match(text, gap.end()) if gap else None
    return found


def byline(text: str, *, unmarked: bool) -> str:
    """The author a line names ("By Jane Doe", "作者:某某"), or ""; ``unmarked``: a mere name will do."""
    match = markers().byline.match(text) if markers().may_open(text) else None
    if match:
        name = _PARTED.split(_without_stop(text[match.end() :].rstrip(" )\uff09")), maxsplit=1)[0].strip()
        after_colon = _COLON.search(match.group()) is not None
        single = after_colon and len(name.split()) == 1 and name[:1].isupper() and not _SITE.search(name)
        if (person_like(name) and not section(name)) or single or _HAN_NAME.fullmatch(name):
            return name
        if first := next((one for one, editor in several(text) if not editor), ""):
            return first
    name = re.split(rf"\s*[/(\uff08]|{_PLACED}", text, maxsplit=1)[0].strip()
    unmarked = unmarked or _OF_AGENCY.fullmatch(text) is not None
    return _behind_town(name) if unmarked and person_like(name) and not section(name) else ""


def _without_stop(text: str) -> str:
    """A line without the full stop at its end, unless that is an initial's."""
    return text if _INITIAL.search(text) else text.rstrip(" .)")


def _behind_town(name: str) -> str:
    """A name without the town from which its bearer reports: *From Gulu* Jane Doe."""
    opening, *rest = name.split(" ", 2)
    return rest[1] if opening.lower() in markers().places and len(rest) == 2 and " " in rest[1] else name


_PARTED = re.compile(r"\s*[|/•·,;(\uff08–—]\s*|\s-\s|\s{2,}|\s(?=[^\W\d_]+\s?[:\uff1a])")
"""What ends a name behind a word for who wrote: Jane Doe* Photo:* John Roe."""
_INITIAL = re.compile(r"[^\W\d_]\s[^\W\da-z_]\.$")
"""The initial with which a name may end: Rivo *R.*"""
_SITE = re.compile(r"[.]\w{2,}$")
"""The end of a site's name: VOV*.VN*."""
_PLACED = r",\s[^\W\dA-Z_]{1,5}\s[^\W\d_][\w-]+$"
"""Where a reporter is: Jane Doe*, à Tshikapa*."""
_SIGNED = re.compile(r"[^()]{4,40} \((?:[A-Z]{2,8}|[A-Z][\w.]*(?: [A-Z][\w.]*){1,4})\)")


def signed(text: str) -> bool:
    """Whether a line is a name with the paper or agency in brackets: "Jane Doe (Harbour Times)", "Jane Doe (VNA)"."""
    return _SIGNED.fullmatch(text) is not None


def source_address(text: str, *, last: bool) -> str | None:
    """The address a source line gives, "" where it only names an agency, None where it is no source line.

    ``last``: the line is the article's last, where an agency's letters alone will do.
    """
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        inner = bracketed.group(1)
        return "" if _AGENCY.fullmatch(inner) else source_address(inner, last=False)
    if last and _AGENCY.fullmatch(text):
        return ""
    match = markers().source.match(text) if markers().may_open(text) else None
    if match is None:
        return None
    rest = text[match.end() :]
    if address := _ADDRESS.search(rest):
        return address.group().rstrip(".,;")
    if _COLON.search(match.group()):
        return "" if len(rest.split()) <= 12 and len(text) <= 120 else None
    # Without a colon the word may open any sentence: only a short name follows it in a source line.
    named = len(rest.split()) <= 4 and not rest[0].islower() and text[-1] not in ".!?。:,\uff1a\uff0c"
    return "" if named and len(text) <= 40 else None
