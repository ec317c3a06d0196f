"""Names told in full, of which the registry knows the short one: *Kingdom of* Tonga, *UN* World Food Programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.recognise.spans import Span
from kg.registry import load_registry

REACH = 60
"""Characters before a short name in which what makes it the full one may begin."""


def in_full(text: str, spans: Sequence[Span], pack: Pack) -> list[Span]:
    """``spans``, in which a country begins with the words that make its name the full one (``names.formal``), and an
    international body with the name of the one it is part of (``names.parent``).
    """
    state, parent = _before("formal", pack.code), _before("parent", pack.code)
    if state is None and parent is None:
        return list(spans)
    known = load_registry().by_id
    wide = list(spans)
    for index, span in enumerate(wide):
        pattern = None
        if span.kind == "place" and known[span.value].country:
            pattern = state
        elif span.kind == "body" and known[span.value].type == "InternationalOrganization":
            pattern = parent
        match = pattern.search(text, max(0, span.start - REACH), span.start) if pattern else None
        if match:
            wide[index] = span._replace(start=match.start())
    return sorted(wide, key=lambda s: (s.start, -s.end)) if wide != list(spans) else wide


@cache
def _before(key: str, code: str) -> re.Pattern[str] | None:
    written = lang.load(code).names.get(key)
    return re.compile(rf"(?<!\w)(?:{written})$") if written else None
