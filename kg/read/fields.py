"""Metadata fields by their many names: front matter, schema.org objects and their kin."""

from __future__ import annotations

from collections.abc import Mapping

from kg.read.dates import stated_date
from kg.read.draft import Draft

_IDENTIFIER = ("identifier", "id", "@id")
_HEADLINE = ("headline", "title", "name")
_PUBLISHED = ("datepublished", "published", "date", "pubdate", "publication_date", "published_at", "datecreated")
_LANGUAGE = ("inlanguage", "language", "lang", "locale")
_AUTHOR = ("author", "authors", "byline", "creator")
_PUBLISHER = ("publisher", "sourceorganization", "site", "provider")
_ADDRESS = ("url", "link", "canonical", "source_url", "mainentityofpage", "@id")


def words(value: object) -> str:
    """A field's text: of a string or number itself, of an object its name, of a list all of them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, Mapping):
        lowered = {str(key).lower(): item for key, item in value.items()}
        for key in ("name", "@value", "value", "alternatename", "@id", "url"):
            if isinstance(lowered.get(key), (str, int)):
                return words(lowered[key])
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(
            dict.fromkeys(text for item in value[:20] if not isinstance(item, list) and (text := words(item)))
        )
    return ""


def first(fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first field of ``names`` that says anything."""
    return next((text for name in names if (text := words(fields.get(name)))), "")


def identifier(fields: Mapping[str, object]) -> str:
    """The id given with an article, or ""; of several the first."""
    value = fields.get("identifier")
    if isinstance(value, list):
        fields = {**fields, "identifier": value[0] if value else None}
    return " ".join(first(fields, _IDENTIFIER).split())


def fill(draft: Draft, fields: Mapping[str, object]) -> None:
    """Put what ``fields`` (lower-case keys) state into ``draft``, where it holds nothing yet."""
    draft.declared = draft.declared or _code(fields)
    draft.headline = draft.headline or first(fields, _HEADLINE) or None
    draft.author = draft.author or first(fields, _AUTHOR) or None
    draft.publisher = draft.publisher or first(fields, _PUBLISHER) or None
    addresses = [text for name in _ADDRESS if (text := words(fields.get(name))).startswith(("http://", "https://"))]
    draft.url = draft.url or (addresses[0] if addresses else None)
    stated = first(fields, _PUBLISHED)
    if draft.published is None and stated:
        draft.published = stated_date(stated, language=draft.declared)


def _code(fields: Mapping[str, object]) -> str:
    """The language a field names: "nb-NO", or a Language object's alternateName; of a list the first."""
    for name in _LANGUAGE:
        value = fields.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, Mapping):
            value = value.get("alternateName") or value.get("identifier") or value.get("name")
        if text := words(value):
            return text
    return ""
