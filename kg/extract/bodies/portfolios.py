"""Ministries told by their field alone, behind the name of who leads them: minister Jansen van *Financiën*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import lang
from kg.model import Name
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_STATE = frozenset({"minister", "state-secretary", "deputy-minister", "development-minister", "foreign-minister"})
"""Posts whose holders lead ministries."""


def portfolios(found: Recognised, sentence: Sentence) -> Iterator[Span]:
    """The ministries that a sentence names so, as spans of kind body."""
    field = _field(found.pack.code)
    names = [s for s in sentence.frame.spans if s.kind == "name"] if found.pack.names.get("field") else []
    posts = [p.end for p in sentence.of("post") if p.value.slug in _STATE]
    for name in names:
        if any(0 < name.start - end <= 2 for end in posts) and (told := field.match(found.article.text, name.end)):
            start, end = told.span("name")
            value = Name("organization", told["name"], found.pack.code, type="GovernmentBody")
            yield Span(start, end, "body", value)


@cache
def _field(code: str) -> re.Pattern[str]:
    """Capitalised words behind a word that joins a name to its field."""
    pack = lang.load(code)
    joins = "|".join(map(re.escape, pack.names.get("field", ()))) or "(?!)"
    both = "|".join(re.escape(word.strip()) for word in pack.bodies["and"] if word.strip().isalpha()) or "(?!)"
    word = r"[^\W\d_a-zà-þ][\w'’-]+"
    row = rf"{word}(?: {word}|,? (?:{both}) {word}|, {word}(?=[^.;]{{0,40}} (?:{both}) ))*"
    return re.compile(rf" (?:{joins}) (?P<name>{row})")
