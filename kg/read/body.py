"""Which lines of a page are the article, and what each of them is.

Everything here is general: shapes of lines, marker words (markers.toml), languages. A line is set aside
only where something speaks against it; a plain short line between paragraphs stays.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.read import dates
from kg.read.clean import Line
from kg.read.contacts import mark_contacts
from kg.read.draft import CAPTION, LONG, MARKED, MENU, ONE_SENTENCE, PROSE, Draft, Page, bare
from kg.read.front import read_dates, read_headline, read_names
from kg.read.language import identify, is_foreign, normal_code, region, width
from kg.read.markers import markers
from kg.read.mastheads import mark_masthead, twice
from kg.read.names import byline, editors, source_address

_CLAUSE = re.compile(r"[\d,;:\uff0c、\uff1b\uff1a。.!?\uff01\uff1f“”«»()\uff08\uff09—…\"]")
_MENU_RUN, _LONG_MENU_RUN, _TAIL_RUN, _LINK_LIST = 4, 8, 3, 12
_PICTURE_NAME = re.compile(
    r"!?\S*\.(?:jpe?g|png|webp|gif|svg|bmp|tiff?|avif|mp4|heic)(?:[?#]\S*)?|[A-Za-z]+[-_][A-Za-z0-9_-]*\d{4}[A-Za-z0-9_-]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[a-z][a-z\d-]+(?:\.[a-z][a-z\d-]+)*\.[a-z]{2,3}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_MENU_SIGN = re.compile(r"\s*[|>»›]+\s*|\s{2,}|\s/\s")
_GALLERY = re.compile(r"\[\d{1,2}/\d{1,2}\]\s")  # "[2/5] Women wait …": a picture of several
_TAGS = re.compile(r"(?:[#\uff03][^\W\d_][^#\uff03]{0,40}){2,}")  # #School #Water
_OWNER = re.compile(r"©\s?[^\d\s][^.!?。]{1,60}?(?:\s{2,}|\u3000)\S+\s\S")
_BRACKETED = re.compile(r"\s*[(\uff08【\[][^()\d]{2,24}[)\uff09】\]]")
_CREDIT_SIGN = re.compile("[:\uff1a©/(\uff08摄攝影]")


def choose(draft: Draft) -> list[tuple[Line, str]]:
    """The lines that are the article, each with its paragraph kind; ``draft`` gets what the lines tell."""
    page = Page(draft.lines)
    _mark(page)
    mark_contacts(page)
    _cut_after_end(page)
    for index, line in enumerate(page.lines):
        if page.fates[index] == "drop" and page.widths[index] <= LONG and editors(line.text):
            page.fates[index] = "byline"  # a foot, but who edited the article
    _drop_repeats(page)
    _drop_menus(page)
    mark_masthead([line.text for line in page.lines], page.fates, _menu_line)
    declared = normal_code(draft.declared)
    texts = [page.lines[index].text for index in page.kept()]
    draft.language = declared if draft.trusted else identify(texts, declared=declared)
    stated = draft.declared if declared == draft.language else draft.language
    read_dates(page, draft, dates.order_of(region(texts, stated) if stated == draft.language else stated))
    if draft.language:
        _drop_foreign(page, draft.language)
    _drop_tail(page)
    read_names(page, draft)
    read_headline(page, draft)
    return [(page.lines[index], page.fates[index] or "text") for index in page.kept()]


def _mark(page: Page) -> None:
    """Lines known by their own words: picture names, addresses, credits, buttons, consent, feet of pages."""
    pictures = []
    for index, line in enumerate(page.lines):
        text, wide = line.text, page.widths[index]
        if page.fates[index] or wide > MARKED:
            continue
        if _nothing(text) or _picture_label(text, wide):
            page.fates[index] = "drop"
            if _PICTURE_NAME.fullmatch(text) or _picture_label(text, wide):
                pictures.append(index)
        elif _pictured(text):
            page.fates[index] = "caption"
        elif _furniture(text, wide):
            page.fates[index] = "drop"
        elif _GALLERY.match(text) or (_CREDIT_SIGN.search(text) and markers().credit.search(text)):
            page.fates[index] = "caption"
    for index in pictures:
        _caption_below(page, index)


def _nothing(text: str) -> bool:
    """Only a picture's name, an address, or no letter and no figure at all."""
    if " " not in text and any(pattern.fullmatch(text) for pattern in (_PICTURE_NAME, _ADDRESS, _MAIL)):
        return True
    return len(text) < MENU and not any(char.isalnum() for char in text)


def _pictured(text: str) -> bool:
    """A picture's owner with what it shows behind: "© UNICEF/Jane Doe   A mother and her child"."""
    return _OWNER.match(text) is not None


def _picture_label(text: str, wide: int) -> bool:
    """Text that a page numbers its pictures with: "Title - Photo 2."."""
    return text.rstrip(".")[-1:].isdigit() and wide <= CAPTION and markers().picture.match(text) is not None


def _caption_below(page: Page, picture: int) -> None:
    """The line under a picture's name is its caption, if it is no longer than one sentence."""
    index = picture + 1
    if index == len(page.lines) or page.fates[index] or page.widths[index] > CAPTION:
        return
    near = page.lines[index].line - page.lines[picture].line <= 2
    if near and not ONE_SENTENCE.search(page.lines[index].text):
        page.fates[index] = "caption"


def _furniture(text: str, wide: int) -> bool:
    """Buttons, menus on one line, requests for consent, feet of pages, links to other articles."""
    if wide <= LONG and (bare(text) in markers().button or _menu_line(text) or _counter(text) or _TAGS.fullmatch(text)):
        return True
    if not markers().may_open(text):
        return False
    return markers().cookies.match(text) is not None or (
        wide <= LONG and (_is_end(text) or markers().related_opening.match(text) is not None)
    )


def _counter(text: str) -> bool:
    """Only how long ago a page was changed, how long it takes to read, or how often it was."""
    return any(char.isdigit() for char in text) and not bare(markers().reading.sub("", text)).strip("|·•, ")


def _menu_line(text: str) -> bool:
    """A menu on one line: short names with signs between ("News > Europe"), or known ones ("Home News Sport")."""
    if _CLAUSE.search(text.removeprefix("«").replace("»", ">")):
        return False
    parts = [part.strip() for part in _MENU_SIGN.split(text)]
    if len(parts) > 2 and all(0 < width(part) <= MENU * 0.6 and part.count(" ") < 4 for part in parts):
        return True
    words = text.lower().split()
    known = sum(word in markers().button or word in markers().sections for word in words)
    return (
        len(words) > 1
        and known * 4 >= len(words) * 3
        and (len(words) > 2 or all(word in markers().button for word in words))
    )


def _is_end(text: str) -> bool:
    return bare(text) in markers().end or markers().end_opening.match(text) is not None


def _cut_after_end(page: Page) -> None:
    """Drop all after the marker behind which hardly any prose stands; behind others only their list of links."""
    masses = [page.widths[index] if page.prose(index) else 0 for index in range(len(page.lines))]
    total, before = sum(masses), 0
    for index, line in enumerate(page.lines):
        before += masses[index]
        if page.fates[index] != "drop" or page.widths[index] > LONG or not _is_end(line.text):
            continue
        if before and (total - before) * 4 <= before:
            page.drop([row for row in range(index, len(page.lines)) if row not in page.contacts])
            return
        if before:  # over the text stand the headline and the day
            _drop_links(page, index + 1)


def _drop_links(page: Page, start: int) -> None:
    """The unended lines of a list of links that begins at ``start``; a single one may be a subheading and stays."""
    end = start
    while end < min(len(page.lines), start + _LINK_LIST) and not page.fates[end]:
        if page.ended[end] or page.widths[end] > LONG or end in page.contacts:
            break
        end += 1
    if end - start > 1:
        page.drop(range(start, end))


def _drop_repeats(page: Page) -> None:
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


def _menu(page: Page, index: int) -> bool:
    if page.fates[index] or page.widths[index] > MENU or page.ended[index] or index in page.contacts:
        return False
    text = page.lines[index].text
    return text.count(" ") <= 5 and not _CLAUSE.search(text) and not _signed(text)


def _drop_menus(page: Page) -> None:
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
    if solid or left > 2 * PROSE:
        for run in runs:
            page.drop(run)


def _drop_foreign(page: Page, language: str) -> None:
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


def _drop_tail(page: Page) -> None:
    """Three and more unended lines after the last prose: titles of other articles. Announced lists stay."""
    solid = page.solid()
    if not solid or sum(page.ended[index] for index in solid) * 2 < len(solid):
        return
    if page.lines[solid[-1]].text.endswith((":", "\uff1a", ";")):
        return
    tail = [row for row in range(solid[-1] + 1, len(page.lines)) if page.fates[row] == "" and row not in page.contacts]
    plain = [index for index in tail if not page.ended[index] and not page.listed(index)]
    announced = any(page.lines[index].text.endswith((":", "\uff1a")) for index in plain)
    if not announced and sum(page.widths[index] > MENU * 0.6 for index in plain) >= _TAIL_RUN:
        page.drop([index for index in plain if not _told_behind(page, index)])


def _told_behind(page: Page, index: int) -> bool:
    """Whether a line behind the text tells where it is from or who wrote it, in brackets right below it too."""
    text = page.lines[index].text
    below = index > 0 and page.prose(index - 1) and _BRACKETED.fullmatch(text) is not None
    return below or _signed(text) or source_address(text, last=False) is not None


def _signed(text: str) -> bool:
    """Whether a line names an author with a word for one."""
    return markers().may_open(text) and bool(byline(text, unmarked=False))
