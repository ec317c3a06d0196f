"""Which lines of a page are the article, and what each of them is.

Everything here is general: shapes of lines, marker words (markers.toml), languages. A line is set aside
only where something speaks against it; a plain short line between paragraphs stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from kg.read import dates
from kg.read.clean import Line
from kg.read.language import identify, is_foreign, normal_code, region, width
from kg.read.markers import markers
from kg.read.mastheads import mark_masthead, twice
from kg.read.names import byline, signed, source_address

_ENDS = frozenset(".!?…。\uff01\uff1f؟۔।;\uff1b")
_CLOSERS = " \"'”’»)]】」』\uff09/›*_"
_CLAUSE = re.compile(r"[\d,;:\uff0c、\uff1b\uff1a。.!?\uff01\uff1f“”«»()\uff08\uff09—…\"]")
_LISTED = re.compile(r"[-*–—•]\s|\(?\d{1,2}[.)]\s")
_ONE_SENTENCE = re.compile(r"[.!?]\s+\S|[。\uff01\uff1f]\S")
_PICTURE_NAME = re.compile(
    r"!?\S*\.(?:jpe?g|png|webp|gif|svg|bmp|tiff?|avif|mp4|heic)(?:[?#]\S*)?|[A-Za-z]+[-_][A-Za-z0-9_-]*\d{4}[A-Za-z0-9_-]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[a-z][a-z\d-]+(?:\.[a-z][a-z\d-]+)*\.[a-z]{2,3}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_MENU_SIGN = re.compile(r"\s*[|>»›]+\s*|\s{2,}|\s/\s")
_CREDIT_SIGN = re.compile("[:\uff1a©/(\uff08摄攝影]")
_COUNT = re.compile(r"\s*[(\[\uff08]?\s*\d*\s*[)\]\uff09]?\s*$")
# "VTV.vn – …", "HANOI, May 27 (VNA) – …", "(VTC News) – …": what opens an article's first paragraph
_LEAD_IN = re.compile(
    r"[^\W\d_][\w./]{1,14}\s?[–—]\s|[^\W\d_][\w ,.]{1,30}\([^()]{2,20}\)\s?[–—-]{1,2}\s|\([^()]{2,20}\)\s?[–—-]"
)

# Widths are in Latin letters (a Chinese character counts three).
_TITLE, _MENU, _PROSE, _LONG, _CAPTION, _MARKED = 12, 40, 40, 120, 200, 300
_MENU_RUN, _LONG_MENU_RUN, _TAIL_RUN, _LINK_LIST = 4, 8, 3, 12
_HEAD_LINES, _TAIL_LINES = 12, 6


@dataclass(slots=True)
class Draft:
    """What is known of an article so far. Readers fill in what their form states, the lines tell the rest.

    ``declared`` is the language as stated, region included ("en-US"); where it is ``trusted`` the text is
    not asked. ``language`` is the answer: a code, "" where unknown. ``given_id``: the id the input gives.
    """

    lines: Sequence[Line]
    published: date | None = None
    language: str = ""
    headline: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    declared: str = ""
    trusted: bool = False
    given_id: str = ""


class _Page:
    """The lines with their shapes and fates; a fate is "" (text), "drop" or a paragraph kind."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self.widths = [width(line.text) for line in lines]
        self.ended = [line.text.rstrip(_CLOSERS)[-1:] in _ENDS for line in lines]
        self.fates = [line.kind for line in lines]
        self.dated: set[int] = set()

    def kept(self) -> list[int]:
        return [index for index, fate in enumerate(self.fates) if fate != "drop"]

    def prose(self, index: int) -> bool:
        """Whether a line reads as running text: a sentence, or long."""
        wide = self.widths[index]
        return self.fates[index] == "" and (wide >= _LONG or (self.ended[index] and wide >= _PROSE))

    def solid(self) -> list[int]:
        return [index for index in range(len(self.lines)) if self.prose(index)]

    def drop(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            self.fates[index] = "drop"

    def listed(self, index: int) -> bool:
        return self.lines[index].bullet or _LISTED.match(self.lines[index].text) is not None


def choose(draft: Draft) -> list[tuple[Line, str]]:
    """The lines that are the article, each with its paragraph kind; ``draft`` gets what the lines tell."""
    page = _Page(draft.lines)
    _mark(page)
    _cut_after_end(page)
    _drop_repeats(page)
    _drop_menus(page)
    mark_masthead([line.text for line in page.lines], page.fates, _menu_line)
    declared = normal_code(draft.declared)
    texts = [page.lines[index].text for index in page.kept()]
    draft.language = declared if draft.trusted else identify(texts, declared=declared)
    stated = draft.declared if declared == draft.language else draft.language
    _read_dates(page, draft, dates.order_of(region(texts, stated) if stated == draft.language else stated))
    if draft.language:
        _drop_foreign(page, draft.language)
    _drop_tail(page)
    _read_names(page, draft)
    _read_headline(page, draft)
    return [(page.lines[index], page.fates[index] or "text") for index in page.kept()]


def _mark(page: _Page) -> None:
    """Lines known by their own words: picture names, addresses, credits, buttons, consent, feet of pages."""
    pictures = []
    for index, line in enumerate(page.lines):
        text, wide = line.text, page.widths[index]
        if page.fates[index] or wide > _MARKED:
            continue
        if _nothing(text) or _picture_label(text, wide):
            page.fates[index] = "drop"
            pictures.append(index)
        elif _furniture(text, wide):
            page.fates[index] = "drop"
        elif _CREDIT_SIGN.search(text) and markers().credit.search(text):
            page.fates[index] = "caption"
    for index in pictures:
        _caption_below(page, index)


def _nothing(text: str) -> bool:
    """Only a picture's name, an address, or no letter and no figure at all."""
    if " " not in text and any(pattern.fullmatch(text) for pattern in (_PICTURE_NAME, _ADDRESS, _MAIL)):
        return True
    return len(text) < _MENU and not any(char.isalnum() for char in text)


def _picture_label(text: str, wide: int) -> bool:
    """Text that a page numbers its pictures with: "Title - Photo 2."."""
    return text.rstrip(".")[-1:].isdigit() and wide <= _CAPTION and markers().picture.match(text) is not None


def _caption_below(page: _Page, picture: int) -> None:
    """The line under a picture's name is its caption, if it is no longer than one sentence."""
    index = picture + 1
    if index == len(page.lines) or page.fates[index] or page.widths[index] > _CAPTION:
        return
    near = page.lines[index].line - page.lines[picture].line <= 2
    if near and not _ONE_SENTENCE.search(page.lines[index].text):
        page.fates[index] = "caption"


def _furniture(text: str, wide: int) -> bool:
    """Buttons, menus on one line, requests for consent, feet of pages, links to other articles."""
    if wide <= _LONG and (_bare(text) in markers().button or _menu_line(text)):
        return True
    if not markers().may_open(text):
        return False
    return markers().cookies.match(text) is not None or (
        wide <= _LONG and (_is_end(text) or markers().related_opening.match(text) is not None)
    )


def _menu_line(text: str) -> bool:
    """A menu on one line: short names with signs between ("News > Europe"), or known ones ("Home News Sport")."""
    if _CLAUSE.search(text.removeprefix("«").replace("»", ">")):
        return False
    parts = [part.strip() for part in _MENU_SIGN.split(text)]
    if len(parts) > 2 and all(0 < width(part) <= _MENU * 0.6 and part.count(" ") < 4 for part in parts):
        return True
    words = text.lower().split()
    known = sum(word in markers().button or word in markers().sections for word in words)
    return (
        len(words) > 1
        and known * 4 >= len(words) * 3
        and (len(words) > 2 or all(word in markers().button for word in words))
    )


def _bare(text: str) -> str:
    """A line without its count, punctuation and case, as marker words are listed."""
    return _COUNT.sub("", text).strip(" :.…!?*#|»>-–—").lower()


def _is_end(text: str) -> bool:
    return _bare(text) in markers().end or markers().end_opening.match(text) is not None


def _cut_after_end(page: _Page) -> None:
    """Drop all after the marker behind which hardly any prose stands; behind others only their list of links."""
    masses = [page.widths[index] if page.prose(index) else 0 for index in range(len(page.lines))]
    total, before = sum(masses), 0
    for index, line in enumerate(page.lines):
        before += masses[index]
        if page.fates[index] != "drop" or page.widths[index] > _LONG or not _is_end(line.text):
            continue
        if before and (total - before) * 4 <= before:
            page.drop(range(index, len(page.lines)))
            return
        _drop_links(page, index + 1)


def _drop_links(page: _Page, start: int) -> None:
    """The unended lines of a list of links that begins at ``start``; a single one may be a subheading and stays."""
    end = start
    while end < min(len(page.lines), start + _LINK_LIST) and not page.fates[end]:
        if page.ended[end] or page.widths[end] > _LONG:
            break
        end += 1
    if end - start > 1:
        page.drop(range(start, end))


def _drop_repeats(page: _Page) -> None:
    """Later copies of a line; every copy of a short unended one that stands three times."""
    kept = page.kept()
    counts = Counter(page.lines[index].text for index in kept)
    seen: set[str] = set()
    for index in kept:
        text = page.lines[index].text
        many = counts[text] >= 3 and not page.prose(index) and not page.ended[index] and not page.fates[index]
        if text in seen or many:
            page.drop([index])
        seen.add(text)


def _menu(page: _Page, index: int) -> bool:
    if page.fates[index] or page.widths[index] > _MENU or page.ended[index]:
        return False
    text = page.lines[index].text
    return text.count(" ") <= 5 and not _CLAUSE.search(text)


def _drop_menus(page: _Page) -> None:
    """Runs of short lines without an end, figures or clauses: lists of links.

    Four are enough before and after the prose, eight inside it. What a colon announces is the article's.
    Where no line is prose short lines may be all there is: then eight, and something has to be left.
    """
    solid = page.solid()
    first, last = (solid[0], solid[-1]) if solid else (-1, len(page.lines))
    runs: list[list[int]] = []
    run: list[int] = []
    announced = False
    for index in page.kept():
        if _menu(page, index):
            run.append(index)
            continue
        if not announced:
            runs.append(run)
        run, announced = [], page.lines[index].text.endswith((":", "\uff1a"))
    if not announced:
        runs.append(run)
    runs = [run for run in runs if len(run) >= (_LONG_MENU_RUN if run and first < run[0] < last else _MENU_RUN)]
    left = sum(page.widths[index] for index in page.kept()) - sum(page.widths[index] for run in runs for index in run)
    if solid or left > 2 * _PROSE:
        for run in runs:
            page.drop(run)


def _drop_foreign(page: _Page, language: str) -> None:
    """Lines surely in another language; source lines name what they name.

    Where that would be most of the text, the language was given and is not the text's: all stays.
    """
    foreign = []
    for index in page.kept():
        text = page.lines[index].text
        sourced = twice(text) or (markers().may_open(text) and markers().source.match(text))
        if is_foreign(text, language) and not sourced:
            foreign.append(index)
    if 2 * sum(page.widths[index] for index in foreign) <= sum(page.widths[index] for index in page.kept()):
        page.drop(foreign)


def _drop_tail(page: _Page) -> None:
    """Three and more unended lines after the last prose: titles of other articles. Announced lists stay."""
    solid = page.solid()
    if not solid or sum(page.ended[index] for index in solid) * 2 < len(solid):
        return
    if page.lines[solid[-1]].text.endswith((":", "\uff1a", ";")):
        return
    tail = [index for index in range(solid[-1] + 1, len(page.lines)) if page.fates[index] == ""]
    plain = [index for index in tail if not page.ended[index] and not page.listed(index)]
    announced = any(page.lines[index].text.endswith((":", "\uff1a")) for index in plain)
    if not announced and sum(page.widths[index] > _MENU * 0.6 for index in plain) >= _TAIL_RUN:
        page.drop([index for index in plain if source_address(page.lines[index].text, last=False) is None])


def _read_dates(page: _Page, draft: Draft, day_first: bool | None) -> None:  # noqa: FBT001 - three-valued: None is unknown
    """Dates of the head, the foot and the dateline, in this order; lines that are only a date go."""
    kept = page.kept()
    head = _head(page)
    dated = [index for index in head if dates.may_hold_date(page.lines[index].text[:_LONG])]
    found: list[date] = []
    changed: list[date] = []
    for index in dated:
        if page.fates[index] in {"", "byline"} and (index == head[0] or page.widths[index] <= _LONG):
            later = dates.only_changed(page.lines[index].text)
            (changed if later else found).extend(_date_line(page, index, day_first=day_first))
    for index in kept[len(head) :][-_TAIL_LINES:]:
        text = page.lines[index].text
        labelled = page.widths[index] <= _LONG and dates.may_hold_date(text) and markers().published.search(text)
        if labelled and (day := dates.bare_date(text, day_first=day_first)):
            page.drop([index])
            found.append(day)
    opening = [page.lines[index].text for index in page.kept()[:_HEAD_LINES] if page.prose(index)]
    found += filter(None, (dates.dateline_date(text, day_first=day_first) for text in opening))
    # A page that only says when it was changed was published by then at the latest.
    draft.published = draft.published or next(iter(found + changed), None)


def _head(page: _Page) -> list[int]:
    """The first lines, as far as no more than half of the prose stands above them."""
    total = sum(page.widths[index] for index in page.solid())
    head, above = [], 0
    for index in page.kept()[:_HEAD_LINES]:
        if above * 2 > total:
            break
        head.append(index)
        above += page.widths[index] if page.prose(index) else 0
    return head


def _date_line(page: _Page, index: int, *, day_first: bool | None) -> list[date]:
    """The publication date a line of the head states, if any; the line, or its opening, is taken out of the text."""
    line = page.lines[index]
    if page.widths[index] <= _LONG and dates.is_date_line(line.text, day_first=day_first):
        page.drop([index])
        page.dated.add(index)
        day = dates.bare_date(line.text, day_first=day_first)
        return [day] if day else []
    if leading := dates.leading_date(line.text, day_first=day_first):
        day, start = leading
        page.lines[index] = replace(
            line, text=line.text[start:], column=line.column + start,
            breaks=tuple((offset - start, row, column) for offset, row, column in line.breaks if offset > start),
        )  # fmt: skip
        page.widths[index] = width(page.lines[index].text)
        return [day]
    if among := dates.date_among_labels(line.text, day_first=day_first):
        page.dated.add(index)
        return [among]
    trailing = (
        None if page.ended[index] or page.widths[index] > _LONG else dates.trailing_date(line.text, day_first=day_first)
    )
    if trailing:
        page.dated.add(index)
        page.fates[index] = "" if byline(line.text, unmarked=False) else "source"
    return [trailing] if trailing else []


def _read_names(page: _Page, draft: Draft) -> None:
    """Sources anywhere, bylines at the head and the foot."""
    kept = page.kept()
    solid = page.solid()
    for index in kept:
        if page.widths[index] <= _MARKED and page.fates[index] in {"", "caption"}:
            address = source_address(page.lines[index].text, last=index == kept[-1] and index != kept[0])
            if address is not None:
                page.fates[index] = "source"
                draft.url = draft.url or address or None
    if not solid:
        return
    # a credit without a mark stands by its picture, a byline under the text
    foot = [i for a, i in pairwise(kept) if i > solid[-1] or (page.ended[a] and page.prose(a) and i > solid[0])]
    head = [index for index in kept if index < solid[0]]
    beside_date = {index for index in head[1:] if {index - 1, index + 1} & page.dated}
    for index in [*foot, *head]:
        if page.fates[index] == "" and not page.ended[index] and page.widths[index] <= 2 * _MENU:
            text = page.lines[index].text
            alone = index > solid[-1] or index in beside_date or (index != kept[0] and signed(text))
            author = byline(text, unmarked=alone)
            if author and _bare(page.lines[index].text) not in markers().end:
                page.fates[index] = "byline"
                draft.author = draft.author or author


def _read_headline(page: _Page, draft: Draft) -> None:
    """The line the input calls so; else an unended first line over prose, or the line over an agency's lead-in."""
    kept = [index for index in page.kept() if page.fates[index] in {"", "headline"}][: _HEAD_LINES + 1]
    stated = next((index for index in kept if page.fates[index] == "headline"), None)
    if stated is None and draft.headline:
        stated = next((index for index in kept if page.lines[index].text == draft.headline), None)
    chosen = stated if stated is not None else _unstated_headline(page, kept)
    if chosen is not None and (stated is not None or not draft.headline):
        page.fates[chosen] = "headline"
        draft.headline = draft.headline or page.lines[chosen].text


def _unstated_headline(page: _Page, kept: Sequence[int]) -> int | None:
    for index, below in pairwise(kept):
        titled = _TITLE <= page.widths[index] <= _CAPTION and not _ONE_SENTENCE.search(page.lines[index].text)
        if titled and index not in page.dated and (not page.ended[index] or _LEAD_IN.match(page.lines[below].text)):
            return index
        if page.prose(index):
            return None
    return None
