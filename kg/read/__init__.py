"""From files to articles: one module an input form; all end in an Article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.model import Article
from kg.read.article import compose
from kg.read.clean import clean, split_lines
from kg.read.draft import Draft
from kg.read.files import read_paths
from kg.read.wrap import unwrap

__all__ = ["read_paths", "read_text"]


def read_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the article's own word for it
    path: str = "",
    published: date | None = None,
    language: str | None = None,
    headline: str | None = None,
    author: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    codes: Sequence[str] | None = None,
) -> Article:
    """The article in ``text`` (plain text); what is given is taken as it is, the rest is read from the text.

    Page furniture is set aside. A given ``language`` is not checked against the text or the packs.
    Raises KgError where there is no text, or its language is unknown and none is given.
    """
    draft = Draft(
        lines=unwrap(list(split_lines(clean(text)))), published=published, headline=headline, author=author,
        publisher=publisher, url=url, declared=language or "", trusted=bool(language),
    )  # fmt: skip
    return compose(draft, id=id, path=path, codes=codes)
