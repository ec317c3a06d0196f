"""Which lines of a page are the article, and what each of them is.

Everything here is general: shapes of lines, marker words (markers.toml), languages. A line is set aside
only where something speaks against it; a plain short line between paragraphs stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kg.read import dates
from kg.read.clean import Line
from kg.read.language import identify, is_foreign, width
from kg.read.markers import markers

_ENDS = frozenset(".!?…。!?؟۔।;;")
_CLOSERS = " \"'”’»)]】」』)/›*_"
_CLAUSE = re.compile(r"[\d,;:,、;:。.!?“”«»()()—…\"]")
_PICTURE_NAME = re.compile(r"!?\S*\.(?:jpe?g|png|webp|gif|svg|bmp|tiff?|avif|mp4|heic)(?:[?#]\S*)?|[A-Za-z]+[-_][\w-]*\d{4}[\w-]*", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_MAIL = re.compile(r"\S+@\S+\.\w+")
_COUNT = re.compile(r"\s*[(\[(]?\s*\d*\s*[)\])]?\s*$")
_CRUMBS = re.compile(r"^[^.!?]{1,40}(?:\s?[>»›]\s?[^.!?]{1,60}){1,6}$")
_NAME_WORD = r"(?:[^\W\d_a-z][\w'’.-]*|(?:de|da|del|van|von|der|den|bin|al|el|la|le|du|af|av|and|og|et|und|y|và)(?=\s))"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s{_NAME_WORD}){{1,4}}")
_HAN_NAME = re.compile(r"[\u3400-\u9fff·]{2,8}")
_AGENCY = re.compile(r"[A-ZĐ]{2,8}(?:\.vn)?")
_AGENCY_LEAD = re.compile(r"^(?:[^\W\d_][\w./]{1,14}|[^\W\d_][\w ,.]{1,30}\((?:[^()]{2,20})\))\s?[–—-]{1,2}\s|^\([^()]{2,20}\)\s?[–—-]")
_MENU_RUN, _LONE_MENU_RUN, _TAIL_RUN = 4, 8, 3
_MENU_WIDTH, _PROSE, _LONG, _CAPTION = 40, 40, 120, 300
_HEAD_LINES, _TAIL_LINES = 12, 6


@dataclass(slots=True)
class Draft:
    """What is known of an article so far; readers fill in what their form states."""

    lines: Sequence[Line]
    published: date | None = None
    language: str = ""
    headline: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    # The language as the input or the caller states it, region included; ``trusted``: never to be doubted.
    declared: str = ""
    trusted: bool = False
    # Lines that are known to be the article: nothing is set aside by shape.
    whole: bool = False


@dataclass(slots=True)
class _Page:
    """The lines with their shapes and fates; a fate is "" (text), "drop" or a paragraph kind."""

    lines: Sequence[Line]
    widths: list[int]
    ended: list[bool]
    fates: list[str]
    pictures: set[int] = field(default_factory=set)

    def kept(self) -> list[int]:
        return [index for index, fate in enumerate(self.fates) if fate != "drop"]

    def prose(self, index: int) -> bool:
        """Whether a line reads as running text: a sentence, or long."""
        return self.fates[index] == "" and (
            self.widths[index] >= _LONG or self.ended[index] and self.widths[index] >= _PROSE
        )

    def drop(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            self.fates[index] = "drop"


def choose(draft: Draft) -> tuple[Draft, list[tuple[Line, str]]]:
    """The lines that are the article, each with its paragraph kind, and the draft with what the lines tell.

    ``draft.language`` is "" where no language could be told.
    """
    page = _page(draft.lines)
    _mark(page, draft)
    if not draft.whole:
        _cut_after_end_markers(page)
        _drop_repeats(page)
        _drop_menus(page)
    texts = [page.lines[index].text for index in page.kept()]
    draft.language = draft.language or identify(texts, declared=draft.declared)
    _read_dates(page, draft)
    if not draft.whole:
        _drop_foreign(page, draft.language)
        _drop_tail(page)
    _read_names(page, draft)
    _read_headline(page, draft)
    return draft, [(page.lines[index], page.fates[index] or "text") for index in page.kept()]


def _page(lines: Sequence[Line]) -> _Page:
    return _Page(
        lines=lines,
        widths=[width(line.text) for line in lines],
        ended=[line.text.rstrip(_CLOSERS)[-1:] in _ENDS for line in lines],
        fates=[line.kind for line in lines],
    )


def _mark(page: _Page, draft: Draft) -> None:
    """Lines known by their own words: picture names, addresses, credits, sources, buttons, consent."""
    for index, line in enumerate(page.lines):
        text = line.text
        if page.fates[index] or page.widths[index] > _CAPTION:
            continue
        if " " not in text and _only_address(text):
            page.fates[index] = "drop"
            page.pictures.add(index)
        elif markers().picture.match(text) and page.widths[index] <= _LONG:
            page.fates[index] = "caption"
            page.pictures.add(index)
        elif not draft.whole and _boilerplate(text, page.widths[index]):
            page.fates[index] = "drop"
        elif markers().credit.search(text):
            page.fates[index] = "caption"
    for index in page.pictures:
        _caption_below(page, index)


def _only_address(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in (_PICTURE_NAME, _ADDRESS, _MAIL))


def _caption_below(page: _Page, picture: int) -> None:
    """The line under a picture's name is its caption, if it is no longer than one sentence."""
    index = picture + 1
    if index < len(page.lines) and not page.fates[index] and page.widths[index] <= 200:
        near = not page.lines[picture].line or page.lines[index].line - page.lines[picture].line <= 2
        if near and not re.search(r"[.!?。!?]\s*\S", page.lines[index].text.rstrip(_CLOSERS)[:-1]):
            page.fates[index] = "caption"


def _boilerplate(text: str, wide: int) -> bool:
    """Buttons, requests for consent, feet of pages, links to other articles."""
    if wide <= _MENU_WIDTH and _bare(text) in markers().button:
        return True
    if markers().cookies.match(text):
        return True
    return wide <= _LONG and (_is_end(text) or _links_elsewhere(text))


def _bare(text: str) -> str:
    """A line without its count, punctuation and case, as marker words are listed."""
    return _COUNT.sub("", text).strip(" :.…!?*#|»>-–—").lower()


def _is_end(text: str) -> bool:
    return _bare(text) in markers().end or markers().end_opening.match(text) is not None


def _links_elsewhere(text: str) -> bool:
    return markers().related_opening.match(text) is not None


def _cut_after_end_markers(page: _Page) -> None:
    """Drop all after the marker behind which hardly any prose stands; behind others, only their list of links."""
    masses = [wide if page.prose(index) else 0 for index, wide in enumerate(page.widths)]
    total, before = sum(masses), 0
    for index, line in enumerate(page.lines):
        ends = page.fates[index] == "drop" and page.widths[index] <= _LONG and _is_end(line.text)
        if ends and before and (total - before) * 4 <= before:
            page.drop(range(index, len(page.lines)))
            return
        if ends:
            _drop_links(page, index + 1)
        before += masses[index]


def _drop_links(page: _Page, start: int) -> None:
    """The unended lines of a list of links that begins at ``start``; a single one may be a subheading and stays."""
    end = start
    while end < len(page.lines) and end - start < 12 and not page.fates[end] and not page.ended[end]:
        if page.widths[end] > _LONG:
            break
        end += 1
    if end - start >= 2:
        page.drop(range(start, end))


def _drop_repeats(page: _Page) -> None:
    """Later copies of a line; every copy of a short one that stands three times."""
    counts = Counter(page.lines[index].text for index in page.kept())
    seen: set[str] = set()
    for index in page.kept():
        text = page.lines[index].text
        many = counts[text] >= 3 and not page.prose(index) and not page.ended[index]
        if counts[text] > 1 and (text in seen or many):
            page.drop([index])
        seen.add(text)


def _menu(page: _Page, index: int) -> bool:
    line = page.lines[index]
    if page.fates[index] or page.widths[index] > _MENU_WIDTH or page.ended[index] or _CLAUSE.search(line.text):
        return False
    return line.text.count(" ") <= 5


def _drop_menus(page: _Page) -> None:
    """Runs of four and more short lines without an end, figures or clauses: lists of links.

    A list that a colon announces is the article's, and so is one with bullets between paragraphs. Where
    no line is prose, short lines are the article: only runs of eight are dropped, and never all lines.
    """
    kept = page.kept()
    solid = [index for index in kept if page.prose(index)]
    shortest = _MENU_RUN if solid else _LONE_MENU_RUN
    first, last = (solid[0], solid[-1]) if solid else (-1, len(page.lines))
    run: list[int] = []
    runs: list[list[int]] = []
    lead = ""
    for index in [*kept, None]:
        if index is not None and _menu(page, index):
            run.append(index)
            continue
        inside = bool(run) and first < run[0] < last
        listed = lead.endswith((":", ":")) or inside and bool(solid) and any(page.lines[i].bullet for i in run)
        if len(run) >= shortest and not listed:
            runs.append(run)
        run = []
        lead = page.lines[index].text if index is not None else ""
    dropped = sum(map(len, runs))
    if solid or sum(page.widths[i] for i in kept) - sum(page.widths[i] for r in runs for i in r) >= _PROSE * 2 and dropped:
        for run in runs:
            page.drop(run)


def _drop_foreign(page: _Page, language: str) -> None:
    """Lines surely in another language; sources and bylines name what they name."""
    if not language:
        return
    for index in page.kept():
        text = page.lines[index].text
        if not markers().source.match(text) and is_foreign(text, language):
            page.drop([index])


def _drop_tail(page: _Page) -> None:
    """Three and more unended lines after the last prose: titles of other articles."""
    solid = [index for index in page.kept() if page.prose(index)]
    if not solid or sum(page.ended[index] for index in solid) * 2 < len(solid):
        return
    tail = [index for index in range(solid[-1] + 1, len(page.lines)) if page.fates[index] == ""]
    plain = [index for index in tail if not page.ended[index] and not markers().source.match(page.lines[index].text)]
    if len([index for index in plain if page.widths[index] > 24]) >= _TAIL_RUN:
        page.drop(plain)


def _read_dates(page: _Page, draft: Draft) -> None:
    """Take dates from the lines at the head, then the foot, the dateline and the address; drop lines that are only that."""
    day_first = dates.order_of(draft.declared if draft.declared.lower().startswith(draft.language or "?") else draft.language)
    kept = page.kept()
    found: date | None = None
    for index in kept[:_HEAD_LINES]:
        if page.widths[index] > _LONG or page.fates[index] not in {"", "byline"}:
            continue
        day = _date_line(page, index, day_first=day_first)
        found = found or day
    for index in kept[_HEAD_LINES:][-_TAIL_LINES:]:
        text = page.lines[index].text
        if markers().published.search(text) and (day := dates.bare_date(text, day_first=day_first)):
            page.drop([index])
            found = found or day
    if draft.published is None:
        draft.published = found
    for index in page.kept()[:_HEAD_LINES]:
        if draft.published is None and page.prose(index):
            draft.published = dates.dateline_date(page.lines[index].text, day_first=day_first)


def _date_line(page: _Page, index: int, *, day_first: bool | None) -> date | None:
    """The publication date a line of the head states; the line, or its part, is taken out of the text."""
    line = page.lines[index]
    if day := dates.bare_date(line.text, day_first=day_first):
        page.drop([index])
        return None if markers().updated.search(line.text) and not markers().published.search(line.text) else day
    if leading := dates.leading_date(line.text, day_first=day_first):
        day, start = leading
        _replace(page, index, replace(line, text=line.text[start:], column=line.column + start))
        return day
    return dates.trailing_date(line.text, day_first=day_first) if not page.ended[index] else None


def _replace(page: _Page, index: int, line: Line) -> None:
    lines = list(page.lines)
    lines[index] = line
    page.lines = lines
    page.widths[index] = width(line.text)


def _read_names(page: _Page, draft: Draft) -> None:
    """Sources anywhere, bylines at the head and the foot."""
    kept = page.kept()
    solid = [index for index in kept if page.prose(index)]
    for index in kept:
        if page.widths[index] <= 250 and page.fates[index] in {"", "caption"} and (url := _source(page, index)) is not None:
            page.fates[index] = "source"
            draft.url = draft.url or url or None
    foot = [index for index in kept if index > (solid[-1] if solid else len(page.lines))]
    head = [index for index in kept if solid and index < solid[0]]
    for index in [*foot, *head]:
        if page.fates[index] == "" and (author := _byline(page.lines[index].text, at_foot=index in foot)):
            page.fates[index] = "byline"
            draft.author = draft.author or author


def _source(page: _Page, index: int) -> str | None:
    """The address of a source line ("" where it only names an agency); None where the line is no source."""
    text = page.lines[index].text
    match = markers().source.match(text)
    bracketed = re.fullmatch(r"[((]\s*(.{2,40}?)\s*[))]\.?", text)
    if match is None:
        named = bracketed and (_AGENCY.fullmatch(bracketed.group(1)) or markers().source.match(bracketed.group(1)))
        lone = _AGENCY.fullmatch(text) and index == page.kept()[-1] and index > 0
        return "" if named or lone else None
    rest = text[match.end() :]
    address = re.search(r"https?://[^\s)>\]»”\"]+", rest)
    if address:
        return address.group().rstrip(".,;")
    colon = re.search(r"[::]", match.group())
    named = len(rest.split()) <= 12 if colon else len(rest.split()) <= 4 and not page.ended[index] and rest[0].isupper()
    return "" if named and page.widths[index] <= _LONG else None


def _byline(text: str, *, at_foot: bool) -> str:
    """The author a line names, or ""."""
    match = markers().byline.match(text)
    if match:
        rest = re.split(r"\s*[|/•·,;(–—]\s*|\s-\s", text[match.end() :].rstrip(".))"))[0].strip()
        spaced = not re.search(r"[::/|]", match.group())
        if _NAME.fullmatch(rest) or not spaced and (_HAN_NAME.fullmatch(rest) or rest[:1].isupper() and rest.count(" ") < 4):
            return rest
    bare = re.split(r"\s*[/(]", text, maxsplit=1)[0].strip()
    if at_foot and _NAME.fullmatch(bare) and bare.count(" ") <= 3 and len(text) <= 50 and _bare(text) not in markers().end:
        return bare
    return ""


def _read_headline(page: _Page, draft: Draft) -> None:
    """The first line, if it is unended and stands over the text; or the line over a paragraph an agency's name opens."""
    kept = [index for index in page.kept() if page.fates[index] not in {"byline", "source", "caption"}]
    for index in kept[:_HEAD_LINES]:
        if page.fates[index] == "headline":
            draft.headline = draft.headline or page.lines[index].text
            return
    stated = draft.headline and next((index for index in kept[:3] if page.lines[index].text == draft.headline), None)
    if stated is not None and stated != "":
        page.fates[int(stated)] = "headline"
        return
    lead = next((index for index in kept[:_HEAD_LINES] if page.prose(index)), None)
    for place, index in enumerate(kept[: min(_HEAD_LINES, len(kept) - 1)]):
        below = page.lines[kept[place + 1]].text
        titled = 18 <= page.widths[index] <= 200
        over = lead is None or index < lead
        if titled and (over and not page.ended[index] or _AGENCY_LEAD.match(below) and page.widths[index] <= _LONG):
            page.fates[index] = "headline"
            draft.headline = draft.headline or page.lines[index].text
            return
        if page.prose(index) and page.widths[index] > _LONG:
            return
