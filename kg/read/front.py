"""What the lines of a page tell of the article itself: day of publication, sources, bylines, headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from kg.read import dates
from kg.read.bylines import apart, in_row, mails, under_title
from kg.read.draft import CAPTION, LONG, MARKED, MENU, ONE_SENTENCE, TITLE, Draft, Page, bare
from kg.read.language import width
from kg.read.markers import markers
from kg.read.mastheads import outlets
from kg.read.names import byline, row, several, signed, source_address

_HEAD_LINES, _TAIL_LINES = 12, 6
_BRACKETS = "【\uff3b["
_INITIALS = re.compile(r"[(\[/]?[\w./-]{1,8}[)\]/]?")


# "VTV.vn – …", "HANOI, May 27 (VNA) – …", "(VTC News) – …": what opens an article's first paragraph
_LEAD_IN = re.compile(
    r"[^\W\d_][\w./]{1,14}\s?[–—]\s|[^\W\d_][\w ,.]{1,30}\([^()]{2,20}\)\s?[–—-]{1,2}\s|\([^()]{2,20}\)\s?[–—-]"
)


def read_dates(page: Page, draft: Draft, day_first: bool | None) -> None:  # noqa: FBT001 - three-valued: None is unknown
    """Dates of the head, the foot and the dateline, in this order; lines that are only a date go."""
    kept = page.kept()
    head = _head(page)
    dated = [index for index in head if dates.may_hold_date(page.lines[index].text[:LONG])]
    found: list[date] = []
    changed: list[date] = []
    for index in dated:
        if page.fates[index] in {"", "byline"} and (index == head[0] or page.widths[index] <= LONG):
            later = dates.only_changed(page.lines[index].text)
            (changed if later else found).extend(_date_line(page, index, day_first=day_first))
    plain: list[date] = []
    for index in kept[len(head) :][-_TAIL_LINES:]:
        text = page.lines[index].text
        if page.widths[index] > LONG or not dates.may_hold_date(text):
            continue
        later = dates.only_changed(text)
        if later or markers().published.search(text):
            (changed if later else found).extend(_foot_line(page, index, day_first=day_first))
            if index in page.dated and (author := dates.signed_behind(text)):
                page.fates[index] = "byline"
                draft.author = draft.author or author
        elif not page.prose(index) and (_beside_name(page, index) or dates.dressed(text, day_first=day_first)):
            plain.extend(_foot_line(page, index, day_first=day_first))
        elif _under_text(page, index) and (day := dates.under_text(text, day_first=day_first)):
            page.dated.add(index)
            plain.append(day)
    opening = [i for i in page.kept()[:_HEAD_LINES] if page.prose(i) or page.lines[i].text[0] in _BRACKETS]
    found += filter(None, (dates.dateline_date(page.lines[i].text, day_first=day_first) for i in opening))
    found += _opening_days(page, day_first=day_first)
    titles = [page.lines[i].text for i in head if not page.prose(i)]
    told = filter(None, (dates.day_in_title(text, day_first=day_first) for text in titles[:1]))
    # A page that only says when it was changed was published by then at the latest.
    draft.published = draft.published or next(iter([*found, *plain, *changed, *told]), None)


def _opening_days(page: Page, *, day_first: bool | None) -> list[date]:
    """The day that opens the first paragraph, where no other one opens so, as those of a chronicle do."""
    prose = [page.lines[i].text for i in page.kept() if page.prose(i)]
    days = [dates.opening_day(text, day_first=day_first) for text in prose]
    return [days[0]] if days and days[0] and not any(days[1:]) else []


def _foot_line(page: Page, index: int, *, day_first: bool | None) -> list[date]:
    """The day that a line of the foot states; a line that is nothing else is dropped."""
    text = page.lines[index].text
    if day := dates.bare_date(text, day_first=day_first):
        page.drop([index])
        page.dated.add(index)
        return [day]
    day = dates.date_among_labels(text, day_first=day_first)
    if day is None and not page.ended[index]:
        day = dates.trailing_date(text, day_first=day_first)
    if day:
        page.dated.add(index)
    return [day] if day else []


def _beside_name(page: Page, index: int) -> bool:
    """Whether a line of names stands one or two lines above, or a row of names and days is right below the text."""
    above = [i for i in page.kept() if index - 3 < i < index]
    if "|" in page.lines[index].text and above and page.prose(above[-1]):
        return True
    return any(byline(page.lines[i].text, unmarked=True) for i in above if not page.prose(i))


def _under_text(page: Page, index: int) -> bool:
    """Whether a line stands right below the text, or below the initials that sign it."""
    above = [i for i in page.kept() if i < index and not _INITIALS.fullmatch(page.lines[i].text)]
    return bool(above) and (page.prose(above[-1]) or page.ended[above[-1]])


def _head(page: Page) -> list[int]:
    """The first lines, as far as no more than half of the prose stands above them."""
    total = sum(page.widths[index] for index in page.solid())
    head, above = [], 0
    for index in page.kept()[:_HEAD_LINES]:
        if above * 2 > total:
            break
        head.append(index)
        above += page.widths[index] if page.prose(index) else 0
    return head


def _date_line(page: Page, index: int, *, day_first: bool | None) -> list[date]:
    """The publication date a line of the head states, if any; the line, or its opening, is taken out of the text."""
    line = page.lines[index]
    if page.widths[index] <= LONG and dates.is_date_line(line.text, day_first=day_first):
        page.drop([index])
        page.dated.add(index)
        day = dates.bare_date(line.text, day_first=day_first)
        return [day] if day else []
    if leading := dates.leading_date(line.text, day_first=day_first):
        day, start = leading
        page.lines[index] = line.behind(start)
        page.opened.add(index)
        page.widths[index] = width(page.lines[index].text)
        return [day]
    ended = page.ended[index] and not dates.closed_by_day(line.text, day_first=day_first)
    short = not ended and page.widths[index] <= LONG
    trailing = dates.trailing_date(line.text, day_first=day_first) if short else None
    among = None if trailing else dates.date_among_labels(line.text, day_first=day_first)
    if day_told := trailing or among or (short and dates.day_of_author(line.text, day_first=day_first)):
        page.dated.add(index)
        if trailing and not _signs(line.text):
            page.fates[index] = "source"
        return [day_told]
    return []


def read_names(page: Page, draft: Draft) -> None:
    """Sources anywhere, bylines at the head and the foot."""
    kept = page.kept()
    solid = page.solid()
    for index in kept:
        if page.widths[index] <= MARKED and page.fates[index] in {"", "caption"}:
            address = source_address(page.lines[index].text, last=index == kept[-1] and index != kept[0])
            if address is not None:
                page.fates[index] = "source"
                draft.url = draft.url or address or None
    if not solid:
        return
    # a credit without a mark stands by its picture, a byline under the text
    foot = [i for a, i in pairwise(kept) if i > solid[-1] or (page.ended[a] and page.prose(a) and i > solid[0])]
    behind = {i for a, i in pairwise(kept) if i > solid[-1] and (page.ended[a] or page.fates[a])}
    top = set(_head(page)[1:])
    head = [index for index in kept if index < solid[0] or index in top]
    dated = {at for index in page.dated for at in (index - 1, index + 1)} | page.opened
    beside_date = {index for index in top if index in dated or _worded(page, index + 1)}
    titled = {i for a, i in pairwise(kept) if i in top and i < solid[0] and under_title(page, a, i)}
    behind |= {i for a, i in pairwise(kept) if a in behind and i == kept[-1] and page.widths[a] <= MENU}
    for index in [*foot, *head]:
        text = page.lines[index].text
        if page.fates[index] or page.lines[index].bullet or index in page.contacts or bare(text) in markers().end:
            continue
        signers = several(text) if page.widths[index] <= MARKED else []
        if len(signers) > 1 or (signers and not page.prose(index) and page.widths[index] > 2 * MENU):
            page.fates[index] = "byline"
            draft.author = draft.author or next((name for name, editor in signers if not editor), None)
        elif not page.ended[index] and page.widths[index] <= 2 * MENU:
            shouted = text.isupper() and index not in behind
            alone = index in behind or index in beside_date or (index != kept[0] and signed(text))
            told = (alone or index in titled) and not shouted
            author = byline(text, unmarked=told) or in_row(text, beside=told)
            if index not in beside_date and not apart(page, text, author, top=index in titled):
                continue
            author = author or (dates.signed_behind(text) if index in page.dated else "")
            rows = row(text) if told and not author else []
            author = author or (text[slice(*rows[0])] if rows else "")
            if author or signers:
                page.fates[index] = "byline"
                draft.author = draft.author or author or None


def _signs(text: str) -> bool:
    """Whether a line that ends in a day names who wrote the article."""
    return bool(byline(text, unmarked=False) or in_row(text, beside=True) or dates.signed_behind(text))


def _worded(page: Page, index: int) -> bool:
    """Whether a line tells only what a reporter does, as it stands under a name, or an address for mail: JOURNALIST."""
    if index >= len(page.lines):
        return False
    words = bare(page.lines[index].text)
    works = len(words.split()) <= _WORKS and not markers().reporters.isdisjoint(words.split())
    return words in markers().authors or works or mails(page.lines[index].text)


_WORKS = 4
"""Words of the longest line of what a reporter does."""


def read_headline(page: Page, draft: Draft) -> None:
    """The line the input calls so; else an unended first line over prose, or the line over an agency's lead-in."""
    kept = [index for index in page.kept() if page.fates[index] in {"", "headline"}][: _HEAD_LINES + 1]
    stated = next((index for index in kept if page.fates[index] == "headline"), None)
    if stated is None and draft.headline:
        stated = next((index for index in kept if page.lines[index].text == draft.headline), None)
    chosen = stated if stated is not None else _unstated_headline(page, kept)
    if chosen is not None and (stated is not None or not draft.headline):
        page.fates[chosen] = "headline"
        draft.headline = draft.headline or page.lines[chosen].text


def _unstated_headline(page: Page, kept: Sequence[int]) -> int | None:
    """The first title over the prose that is no label."""
    titles: list[int] = []
    for index, below in pairwise(kept):
        if index not in page.dated and not page.lines[index].bullet and _titled(page, index, below):
            titles.append(index)
        if page.prose(index):
            break
    for place, index in enumerate(titles):
        if not any(_is_label(page, index, later, place) for later in titles[place + 1 :]):
            if place > 1 and outlets(page.lines[titles[0]].text):
                page.fates[titles[0]] = "source"  # whose page it is, over its motto or section
            return index
    return None


def _titled(page: Page, index: int, below: int) -> bool:
    """Whether a line may be a headline: one sentence without an end, a subject before it or not ("Health. A …"), or an
    ended one over an agency's lead-in.
    """
    text = page.lines[index].text
    if not TITLE <= page.widths[index] <= CAPTION:
        return False
    if ONE_SENTENCE.search(text):
        return not page.ended[index] and _SUBJECT.match(text) is not None
    return not page.ended[index] or _LEAD_IN.match(page.lines[below].text) is not None


def _is_label(page: Page, index: int, below: int, place: int) -> bool:
    """Whether a line over a title only says whose page it is or of what section: it is short, or in capitals, names
    nothing but itself, and the title is longer by half; less will do below another label.
    """
    text, title = page.lines[index].text, page.lines[below].text
    if page.widths[index] * (5 if place else 6) > page.widths[below] * 4 or page.prose(below):
        return False
    if _TRAIL.search(text):
        return True
    if _SPOKEN.search(text) or page.widths[index] > _LABEL:
        return False
    return len(_WORD.findall(text)) <= _LABEL_WORDS + 2 * (place > 0) or (text.isupper() and not title.isupper())


_LABEL, _LABEL_WORDS = 60, 5
"""Width and words of the longest line that names a site or a section."""
_WORD = re.compile(r"[^\W\d_]+")
_TRAIL = re.compile(r"[^\s\d]\s*[|>›»·]\s*[^\s\d]|[^\s\d]\s/\s[^\s\d]|\S\s{2,}\S")
_SUBJECT = re.compile(r"[^.!?]{3,40}\.\s[^.!?]+$")
_SPOKEN = re.compile(r"[\d,;!?\uff0c、\uff1b。\uff01\uff1f“”«»\"]|[:\uff1a].")
