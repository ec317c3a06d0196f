"""Content negotiation (RFC 9110, section 12.5): which of the forms on offer a client likes best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

#: Choices that are kept: clients ask for the same again and again.
_KEPT: Final = 256
#: Ranges that are looked at: more than any client sends.
_MOST: Final = 100
_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 -- a word of the standard, nothing secret
_RANGE: Final = re.compile(rf"({_TOKEN})/({_TOKEN})")
_LANGUAGE: Final = re.compile(r"\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
#: As the standard writes it, and as Java does: ``.2``.
_QUALITY: Final = re.compile(r"0?(?:\.[0-9]*)?|1(?:\.0*)?")


@lru_cache(_KEPT)
def choose(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """The media type of ``offers`` that an ``Accept`` field likes best, the first of equals; None if it likes none.

    No field, an empty one, and one without anything that can be read, accept everything.
    """
    ranges = [item for item in _items(accept or "") if _RANGE.fullmatch(item[0])]
    if not ranges:
        return offers[0] if offers else None
    best, liked = None, 0.0
    for offer in offers:
        quality = _quality(offer.lower(), ranges)
        if quality > liked:
            best, liked = offer, quality
    return best


def choose_language(accept: str | None, offers: Sequence[str]) -> str:
    """The language of ``offers`` that an ``Accept-Language`` field likes best; the first where it likes none.

    ``zh-Hant`` is content with ``zh``; ``no`` and ``nn`` with ``nb``.
    """
    best, liked = offers[0], 0.0
    for name, quality in _items(accept or ""):
        if not _LANGUAGE.fullmatch(name):
            continue
        primary = name.partition("-")[0].lower()
        primary = "nb" if primary in ("no", "nn") else primary
        offer = offers[0] if name == "*" else primary
        if offer in offers and quality > liked:
            best, liked = offer, quality
    return best


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much the most specific range that fits likes ``offer``; 0 if none fits."""
    family = offer.partition("/")[0]
    for wanted in (offer, f"{family}/*", "*/*"):
        fitting = [quality for name, quality in ranges if name == wanted]
        if fitting:
            return max(fitting)
    return 0.0


def _items(field: str) -> list[tuple[str, float]]:
    """What a field lists, in lower case, with its quality; what cannot be read is passed over."""
    found = []
    for item in field.split(",", _MOST)[:_MOST]:
        name, *parameters = (part.strip() for part in item.split(";"))
        quality = next((p[2:] for p in parameters if p[:2].lower() == "q="), "1")
        if name and _QUALITY.fullmatch(quality):
            found.append((name.lower(), float(f"0{quality}0" if "." in quality else quality or 0)))
    return found
