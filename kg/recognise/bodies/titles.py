"""Lines that have capitals throughout, as headlines of some papers have."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGER = re.compile(r"[^\W\d_][\w'’]{3,}")
_FEW = 3


@lru_cache(maxsize=64)
def _title(line: str) -> bool:
    """True for a line whose longer words, four and more, have capitals all but one."""
    words = _LONGER.findall(line)
    return len(words) > _FEW and line.rstrip()[-1:] not in ".!?" and sum(word[0].islower() for word in words) < 2


def in_title(text: str, at: int) -> bool:
    """True where ``at`` is in a line that has capitals throughout, as headlines of some papers have: they tell nothing
    there.
    """
    end = text.find("\n", at)
    return _title(text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)])
