"""An article from its lines: what every input form ends in."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import KgError
from kg.model import Article, Paragraph
from kg.read.body import Draft, choose
from kg.read.clean import Line, clean
from kg.read.dates import address_date
from kg.read.language import normal_code, supported


def compose(draft: Draft, *, id: str, path: str = "", codes: Sequence[str] | None = None) -> Article:  # noqa: A002 - the article's own word
    """The article of ``draft``. ``codes``: languages that can be read (default: those with a pack).

    Raises KgError where nothing is left to read or its language is unknown.
    """
    known = supported() if codes is None else tuple(codes)
    declared = normal_code(draft.declared)
    if draft.trusted:
        draft.language = declared
    region, draft.declared = draft.declared, declared if declared in known else ""
    if draft.declared:
        # The region tells the order of day and month.
        draft.declared = draft.declared + region.strip().replace("_", "-")[len(region.strip().replace("_", "-").split("-")[0]) :]
    if not draft.lines:
        raise KgError("empty: no text to read", where=path, hint="give a file that holds an article")
    draft, chosen = choose(draft)
    if not draft.trusted and draft.language not in known:
        told = f"unknown language: {draft.language} has no pack" if draft.language else "unknown language"
        raise KgError(told, where=path, hint=f"languages that can be read: {', '.join(known)}")
    if not chosen:
        raise KgError("empty: nothing but links, addresses or page furniture", where=path, hint="give the article's text")
    if draft.published is None and draft.url:
        draft.published = address_date(draft.url)
    text, paragraphs = join(chosen)
    return Article(
        id=id, text=text, paragraphs=paragraphs, language=draft.language, published=draft.published,
        headline=_field(draft.headline), author=_field(draft.author), publisher=_field(draft.publisher),
        url=_field(draft.url), path=path,
    )  # fmt: skip


def _field(value: str | None) -> str | None:
    """A metadata field on one line, clean, not longer than a headline can be; None for an empty one."""
    return " ".join(clean(value or "").split())[:1000] or None


def join(chosen: Sequence[tuple[Line, str]]) -> tuple[str, tuple[Paragraph, ...]]:
    """The body, each paragraph ended by a newline, and the paragraphs' places in it and in the file."""
    paragraphs = []
    start = 0
    for line, kind in chosen:
        end = start + len(line.text)
        paragraphs.append(Paragraph(start, end, kind, line.line, line.column))
        start = end + 1
    return "".join(f"{line.text}\n" for line, _ in chosen), tuple(paragraphs)
