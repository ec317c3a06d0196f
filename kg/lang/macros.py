"""Pieces of patterns that a pack names once: ``<actor>`` in a pattern stands for what ``macros.actor`` holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from kg.errors import KgError

#: A macro that a pattern names: ``<actor>``, but no ``(?P<group>``.
MACRO: Final = re.compile(r"(?<!\?P)<([a-z_]+)>")
_DEEP: Final = 4


def written_out(pattern: str, macros: Mapping[str, str], name: str) -> str:
    """``pattern``, that of the rule ``name``, with what its macros stand for.

    Raises KgError for an unknown macro, and for macros that name each other.
    """
    for _ in range(_DEEP):
        pattern = MACRO.sub(lambda m: f"(?:{known(m[1], macros, 'macro', name)})", pattern)
    if deep := MACRO.search(pattern):
        hint = "A macro may hold macros, four deep."
        raise KgError(f"the rule '{name}' never comes to the end of its macros: '{deep[1]}'", hint=hint)
    return pattern


def known(name: str, table: Mapping[str, str], what: str, rule: str) -> str:
    """What ``name`` stands for. Raises KgError, with what may be meant, where it stands for nothing."""
    if name in table:
        return table[name]
    near = get_close_matches(name, table, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(sorted(table))}"
    raise KgError(f"the rule '{rule}' asks for an unknown {what} '{name}'", hint=hint)


def named_in(patterns: Iterable[str], macros: Mapping[str, str]) -> set[str]:
    """The macros that ``patterns`` name, and those that these name."""
    used, added = set[str](), {name for pattern in patterns for name in MACRO.findall(pattern)}
    while added - used:
        used |= added
        added = {inner for name in added for inner in MACRO.findall(macros.get(name, ""))}
    return used
