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
_NAME = "@"
"""What stands for the name in the packs' pattern."""


def only_handles(found: Recognised, sentence: Sentence, body: Span) -> bool:
    """True where the words beside ``body`` say that it manages or hands out what others give; a state's agency, which
    carries out what its state pays for, may give it all the same.
    """
    pattern = _pattern(found.pack.code)
    entry = load_registry().by_id.get(body.value.known)
    if pattern is None or (entry is not None and entry.type == "GovernmentBody"):
        return False
    before = found.folded[max(sentence.start, body.start - _BEFORE) : body.start]
    behind = found.folded[body.end : min(sentence.end, body.end + _BEHIND)]
    text = f"{before}{_NAME}{behind}".replace("\n", " ")
    return any(m.start() <= len(before) < m.end() for m in pattern.finditer(text))


@cache
def _pattern(code: str) -> re.Pattern[str] | None:
    pack = lang.load(code)
    written = pack.names.get("handled")
    edge = rf"(?<![^\W{_NAME}])" if pack.spaces else ""
    return re.compile(f"{edge}(?:{written})") if written else None
