"""Papers and sites that a page bears the name of: its masthead, the name beside the day of publication, or behind ©."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import lang
from kg.model import Evidence, MentionFact, Name
from kg.read.markers import markers
from kg.read.mastheads import outlets, twice
from kg.recognise import Recognised
from kg.recognise.fold import fold

_EDGE = 5
"""Lines at either end of an article in which an outlet is named."""
_WIDEST = 60
"""Characters of the longest line that tells an outlet and the day."""
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w'’.&-]*"
_NAMED = re.compile(rf"(?P<name>{_WORD}(?: {_WORD}){{0,4}})(?P<joint>\s*[|·•–—-]\s*|, |\s+)")
_RIGHTS = re.compile(
    r"\s*(?:\([Cc]\)|[©ⓒ]|Copyright [©ⓒ])\s*(?:\d{4}\s+)?"
    r"(?P<name>[^\W\d_a-zß-öø-ÿ][\w.&-]{1,20}(?: [A-Z][\w.&-]+){0,2})"
)
"""The owner of an article's rights, with the sign for them before the name."""
_DATELINE = re.compile(
    r"[^()\n]{0,48}?\((?P<name>[^\W\d_a-zß-öø-ÿ][^()\d/:–-]{1,40}?)(?:[-–/:][^()]{1,30})?\)\.? ?[-–—:]+ "
)
"""The agency in brackets before the dash of a dateline: Kolda, 22 jan (*APS*) – …"""
_SITE = r"[A-Za-z][\w-]{1,24}(?:\.[A-Za-z][\w-]+)*\.(?:(?i:com|net|org|info|news)|[a-z]{2}|[A-Z]{2})"
_OPENING = re.compile(
    rf"(?:[^\W\d_a-zß-öø-ÿ][\w .'’-]{{1,24}}, ?)?(?P<name>{_SITE}|{_WORD}(?: {_WORD}){{1,3}})"
    r"(?:, ?[^\W\d_a-zß-öø-ÿ][\w .'’-]{1,24})? ?(?:[-–—]{1,2}|\|) ?(?=[\"“]?[^\W_a-zß-öø-ÿ])"
)
"""A site, or a paper, that opens a dateline before its dash, with the town on either side: ROMA, *KABARKITA.COM* – …"""
_CREDIT = re.compile(rf"\((?:[^\W\d_]+ ?: ?)(?P<name>{_SITE})\)")
"""The site that a picture is from: (Foto: *kabarkita.id*)."""
_SIGNED = re.compile(r"[^/\n:]{3,40} ?/ ?(?P<name>[A-ZÀ-Þ]{2,6})")
"""An agency behind a reporter or a town: Johan Alm/*TT*."""
_SOURCE = re.compile(
    r"[^\W\d_]+ ?: ?(?P<name>[A-ZÀ-Þ]{2,6}|[^\W\d_a-zß-öø-ÿ][\w'’-]*(?: [^\W\d_a-zß-öø-ÿ][\w'’-]*){1,4})"
)
"""A source that is one agency or paper: Källor: *STT*."""
_HELD = frozenset({"place", "nation", "post", "event", "venue", "weekday", "month", "date", "period", "number"})
"""Kinds of spans that begin no outlet's name beside a day."""


def outlet_mentions(found: Recognised, named: frozenset[str]) -> Iterator[MentionFact]:
    """The bodies of an article's masthead, of the lines that tell a paper and the day, and of those of rights; none
    whose name is one of ``named`` (folded), which the article writes elsewhere.
    """
    article = found.article
    last = len(article.paragraphs) - _EDGE
    told: set[str] = set(named)
    for index, paragraph in enumerate(article.paragraphs):
        text = article.text[paragraph.start : paragraph.end]
        spans: list[tuple[int, int]] = []
        kind = "MediaOrganization"
        if paragraph.kind == "source" and (not index or twice(text)):
            spans, kind = outlets(text), kind if twice(text) else ""
        elif paragraph.kind in ("text", "source", "byline") and (index <= _EDGE or index >= last):
            lines = (_beside_day(found, index), _RIGHTS.match(text), _agency(found, index, text))
            spans = [m.span("name") for m in lines if m]
        if paragraph.kind in ("text", "caption"):
            spans += [m.span("name") for m in _CREDIT.finditer(text)]
        for start, end in spans:
            if fold(text[start:end]) not in told:
                told.add(fold(text[start:end]))
                name = Name("organization", text[start:end], article.language, type=kind)
                yield MentionFact(name, (Evidence(paragraph.start + start, paragraph.start + end, "outlet-line"),))


def _agency(found: Recognised, index: int, text: str) -> re.Match[str] | None:
    """The agency of a dateline, behind a reporter's name or a town that is all of a line else, or that a line of
    sources names alone.
    """
    paragraph = found.article.paragraphs[index]
    spans = [s for row in found.sentences if row.paragraph == index for s in row.spans]
    town = any(s.kind == "place" and s.start == paragraph.start for s in spans)
    match = None
    if paragraph.kind == "source":
        match = _SOURCE.fullmatch(text) if found.pack.names.get("posts_lower", True) else None
    elif match := _SIGNED.fullmatch(text):
        match = match if paragraph.kind == "byline" or town else None
    elif paragraph.kind == "text" and index <= _EDGE and text[:1].isupper() | text.startswith("("):
        match = _DATELINE.match(text) or _opening(found, text)
    if match is None or (match.re is not _SIGNED and fold(match["name"]) in _plain(found.pack.code)):
        return None
    start = paragraph.start + match.start("name")
    return None if any(s.kind in _HELD and s.start == start for s in spans) else match


@cache
def _plain(code: str) -> frozenset[str]:
    """What stands where an agency may and is none: desks, and capitals that are no acronyms."""
    pack = lang.load(code)
    return frozenset((*pack.names.get("desks", ()), *map(fold, pack.bodies.get("not_acronyms", ()))))


def _opening(found: Recognised, text: str) -> re.Match[str] | None:
    """A site that opens a dateline, or a name that a word in names of papers opens or ends."""
    match = _OPENING.match(text)
    paper = match is not None and not _papers(found.pack.code).isdisjoint(fold(match["name"]).split())
    return match if match and ("." in match["name"] or paper) else None


def _beside_day(found: Recognised, index: int) -> re.Match[str] | None:
    """The name that opens a short line, right before a day: *Nowiny Lokalne*, 20 października 2025 r.; no town's, and
    no section's.
    """
    paragraph, pack = found.article.paragraphs[index], found.pack
    line = found.article.text[paragraph.start : paragraph.end]
    rows = [s for s in found.sentences if s.paragraph == index] if len(line) <= _WIDEST else []
    day = min((d.start for s in rows for d in s.of("date")), default=None)
    match = _NAMED.fullmatch(line[: day - paragraph.start]) if day is not None else None
    if match is None or any(s.start == paragraph.start and s.kind in _HELD for row in rows for s in row.spans):
        return None
    name = match["name"]
    paper = any(word in _papers(pack.code) for word in fold(name).split())
    cased = name.upper() != name.lower()
    clear = paper or "." in name[1:-1] or not (cased or "," in match["joint"])
    return match if clear and fold(name) not in markers().sections else None


@cache
def _papers(code: str) -> frozenset[str]:
    """Words in the names of papers."""
    names = lang.load(code).names
    return frozenset({*names.get("papers", ()), *names.get("paper_opens", ())})
