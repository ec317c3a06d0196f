"""Labels of the schemes as texts in a language have them, with those of a language that it is like."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg import lang, schemes


@cache
def labels(code: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each kind of span the (label, slug) pairs of language ``code``; see ``kg.schemes.labels``.

    A label of its own has the say over one of the language that it is like.
    """
    languages = lang.kin(code)
    if len(languages) == 1:
        return schemes.labels(code)
    found: dict[str, dict[str, str]] = {}
    for language in languages:
        for kind, rows in schemes.labels(language).items():
            told = {way: slug for label, slug in rows for way in reversed(lang.spellings(code, label, language))}
            found[kind] = told | found.get(kind, {})
    return {kind: tuple(sorted(found[kind].items())) for kind in sorted(found)}
