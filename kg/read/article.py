"""An article from its lines: what every input form ends in."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import KgError
from kg.model import Article, Paragraph
from kg.read.body import choose
from kg.read.clean import Line, clean, tightened
from kg.read.dates import address_date
from kg.read.draft import Draft
from kg.read.language import supported


def compose(
    draft: Draft,
    *,
    id: str,  # noqa: A002 - the article's own word for it
    path: str = "",
    codes: Sequence[str] | None = None,
) -> Article:
    """The article of ``draft``. ``codes``: languages that can be read (default: those with a pack).

    Raises KgError where nothing is left to read or its language is unknown.
    """
    chosen = choose(draft) if draft.lines else []
    if not chosen:
        what = "nothing but links, addresses and page furniture" if draft.lines else "no text"
        raise KgError(f"empty: {what}", where=path, hint="give the article's text")
    known = tuple(codes or ()) if draft.trusted or codes is not None else supported()
    if not draft.trusted and draft.language not in known:
        told = f": {draft.language} has no pack" if draft.language else ""
        raise KgError(f"unknown language{told}", where=path, hint=f"languages that can be read: {', '.join(known)}")
    text, paragraphs = join(chosen)
    return Article(
        id=" ".join(clean(id).split()),
        text=text,
        paragraphs=paragraphs,
        language=draft.language,
        published=draft.published or (address_date(draft.url) if draft.url else None),
        headline=_field(draft.headline),
        author=_field(draft.author),
        publisher=_field(draft.publisher),
        url=_field(draft.url),
        path=path,
    )


def _field(value: str | None) -> str | None:
    """A metadata field on one clean line, no longer than a headline can be; None for an empty one."""
    return " ".join(clean(value or "").split())[:1000].rstrip() or None


def join(chosen: Sequence[tuple[Line, str]]) -> tuple[str, tuple[Paragraph, ...]]:
    """The body, each paragraph ended by a newline, and the paragraphs' places in it and in the file."""
    paragraphs = []
    start = 0
    lines = [(tightened(line), kind) for line, kind in chosen]
    for line, kind in lines:
        end = start + len(line.text)
        breaks = tuple((start + offset, row, column) for offset, row, column in line.breaks)
        paragraphs.append(Paragraph(start, end, kind, line.line, line.column, breaks))
        start = end + 1
    return "".join(f"{line.text}\n" for line, _ in lines), tuple(paragraphs)
