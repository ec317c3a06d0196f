"""Who only handles a sum: manages it, hands it out, or carries out what it is for ("a grant managed by *UNDP*")."""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span
from kg.registry import load_registry

_BEFORE, _BEHIND = 64, 64
"""Characters before and behind a name that may say so."""
_NAME, _NATION = "@", "#"
"""What stands for a name, and for a nationality, in the packs' patterns."""


def only_handles(found: Recognised, sentence: Sentence, body: Span) -> bool:
    """True where the words beside ``body`` say that it manages or hands out what others give; a state's agency, which
    carries out what its state pays for, may give it all the same.
    """
    entry = load_registry().by_id.get(body.value.known)
    if entry is not None and entry.type == "GovernmentBody":
        return False
    return said_until(found, sentence, body, "handled") is not None


def said_until(found: Recognised, sentence: Sentence, span: Span, key: str) -> int | None:
    """Where the words end that the pack's pattern ``names.<key>`` reads around a name, which is ``@`` there, or
    around a nationality, ``#``; None where they are not told of it.
    """
    pattern = _pattern(found.pack.code, key)
    if pattern is None:
        return None
    before = found.folded[max(sentence.start, span.start - _BEFORE) : span.start]
    behind = found.folded[span.end : min(sentence.end, span.end + _BEHIND)]
    text = f"{before}{_NATION if span.kind == 'nation' else _NAME}{behind}".replace("\n", " ")
    told = next((m.end() for m in pattern.finditer(text) if m.start() <= len(before) < m.end()), None)
    return None if told is None else span.end + told - len(before) - 1


@cache
def _pattern(code: str, key: str) -> re.Pattern[str] | None:
    pack = lang.load(code)
    written = pack.names.get(key)
    edge = rf"(?<![^\W{_NAME}])" if pack.spaces else ""
    return re.compile(f"{edge}(?:{written})") if written else None
