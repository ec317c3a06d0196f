"""Streets, hospitals and prizes that bear a person's name: *avenue du Président Wilson*, *King Albert Street*."""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.recognise import Recognised
from kg.recognise.rules.frames import Found
from kg.recognise.spans import Span

_REACH = 40
"""Characters before a name in which the words stand that tell a street."""


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What stands before and after the names in the pack's patterns ``named_after``."""
    halves = (written.split("{}") for written in lang.load(code).names.get("named_after", ()))
    return tuple((re.compile(rf"(?i)(?<!\w)(?:{b})$"), re.compile(rf"(?:{a})(?!\w)")) for b, a in halves)


def named_after(found: Recognised, match: Found, name: Span) -> bool:
    """True where the name, with a post before it or not, is that of a thing named after somebody.

    What stands after it in a pattern is compared as it is written, and with a capital is the last word of the name.
    """
    text, start = found.article.text, min(s.start for s in (name, *match.slots.get("post", ())))
    ends = {name.end, text.rfind(" ", name.start, name.end)} - {-1}
    return any(
        before.search(text, max(0, start - _REACH), start) and any(after.match(text, end) for end in ends)
        for before, after in _patterns(found.pack.code)
    )
