"""The acronym given in brackets behind the name of a body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.lang import Pack
from kg.model import Name
from kg.recognise.fold import CYRILLIC_CAPITALS, fold
from kg.registry import load_registry

_ACRONYM = re.compile(
    r" ?[(（][\"“]?(?![^)）]{0,12}[\u0430-\u045f])"
    rf"([A-ZÀ-ỸĐ{CYRILLIC_CAPITALS}][A-ZÀ-ỸĐ{CYRILLIC_CAPITALS}0-9&/.-]{{1,11}}"
    r"|[A-Z][a-z]{0,3}[A-Z][A-Za-z]{0,6}"
    r"|[A-Z]{2,6}-[A-Z][a-zà-ÿ]{2,12})[\"”]?[)）]"
)
_SMALL = re.compile(r" \(([A-ZÀ-Þ][a-zà-ÿ]{2,9})\)")
"""An acronym written like a name, as some papers do: (Bad), (Cedeao)."""


def acronym_after(text: str, end: int, pack: Pack) -> re.Match[str] | None:
    """The acronym given in brackets right after a body's name ends at ``end``; group 1 is the acronym."""
    match = _ACRONYM.match(text, end)
    if match is None and pack.spaces and (match := _SMALL.match(text, end)) and not _spells(text, end, match[1]):
        return None
    return match if match and match[1] not in pack.bodies.get("not_acronyms", ()) else None


def own_acronym(name: Name, text: str, end: int, pack: Pack) -> re.Match[str] | None:
    """The acronym in brackets behind a registered body's name, as :func:`acronym_after`; None for another's that does
    not spell its words either: they end a longer name, as in "the aid office of *the European Commission* (ECHO)".
    """
    match = acronym_after(text, end, pack)
    whose = _acronyms(pack.code).get(match[1], frozenset()) if match else frozenset()
    return match if match and (not whose or name.known in whose or _spells(text, end, match[1])) else None


@cache
def _acronyms(code: str) -> Mapping[str, frozenset[str]]:
    """The registered bodies by each acronym that articles in a language may use for them."""
    found: dict[str, frozenset[str]] = {}
    for entry, label in load_registry().labels(code, "en"):
        if label.strength == "acronym" and entry.kind == "organization":
            found[label.text] = found.get(label.text, frozenset()) | {entry.id}
    return found


def _spells(text: str, end: int, acronym: str) -> bool:
    """True where the first letters of the words before ``end`` hold those of ``acronym`` in order: *Banque africaine de
    développement* (Bad).
    """
    words = re.findall(r"[^\W\d_]+", text[max(0, end - 120) : end])[-2 * len(acronym) :]
    letters = iter("".join(fold(word[0]) for word in words))
    return all(any(one == other for other in letters) for one in fold(acronym))
