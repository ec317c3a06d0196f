"""What small words beside a name say of its part in the sentence: before it, or behind it where the language has them
there (``names.postpositions``).
"""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.recognise import Recognised
from kg.recognise.words.cases import there

KEYS = (
    *("dative", "locative", "genitive", "ablative", "on_behalf", "told_by", "as_of", "not_event", "during", "until"),
    "subject",
)
"""The pack's lists of such words."""
_QUOTES = tuple("'\"」』")
"""Marks that close a name in quotation marks."""
REACH = 24
"""Characters of the longest of them."""


@cache
def _behind(code: str) -> re.Pattern[str]:
    pack = lang.load(code)
    words = sorted({w for key in KEYS for w in pack.names.get(key, ())}, key=len, reverse=True)
    edge = r"(?!\w)" if pack.particles else ""  # 팔레스타인 |가|자지구: a particle ends its word
    return re.compile("|".join(re.escape(w) + (edge if " " not in w else "") for w in words) or "(?!)")


@cache
def _styled(code: str) -> re.Pattern[str]:
    return re.compile(lang.load(code).names.get("styled", ""))


def styled_until(found: Recognised, end: int) -> int:
    """Where a name ends that bears more than the list knows, where words behind it govern it: ギニア|共和国|に."""
    match = _styled(found.pack.code).match(found.folded, end)
    return match.end() if match else end


def governs(found: Recognised, start: int, end: int, key: str) -> bool:
    """True where one of the pack's words ``names.<key>`` stands right before ``start``; where these words stand behind,
    where one stands right behind ``end``: the longest of all there, *によると* and not *に*. A name's case may tell the
    same: *Genevessä*.
    """
    if key == "locative" and there(found.folded[start:end], found.pack.code):
        return True
    words: tuple[str, ...] = found.pack.names.get(key, ())
    if found.pack.names.get("postpositions"):
        at = styled_until(found, end)
        behind = _behind(found.pack.code)
        match = behind.match(found.folded, at)
        if match is None and found.folded[at : at + 1] in _QUOTES:  # 『…会議』|で; not Stockholm|'de
            match = behind.match(found.folded, at + 1)
        return match is not None and match[0] in words
    before = " " + found.folded[max(0, start - REACH) : start].replace("\n", " ")
    return before.endswith(words)
