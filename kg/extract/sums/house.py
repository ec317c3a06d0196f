"""Whose money an article tells of from its first line: that of the state or body whose letterhead opens it, or of the
state whose aid budget it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.leads import lines_above
from kg.extract.referents import is_land
from kg.extract.sums.actors import country_code
from kg.extract.sums.parties import actor
from kg.extract.sums.receiver import lead_of
from kg.extract.topic import is_giver
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span
from kg.recognise.sums.currencies import own_of
from kg.registry import load_registry

_OF_STATE = frozenset({"government", "embassy", "ministry"})
_PARTS = re.compile(r"\s*(?:[>|»•/\n]|[–—-] )\s*")
_LINES = 5
"""The lines at the top of a page within which a letterhead stands."""
_SHARE = 3
"""How many times as long as its name such a line is at most: "Foreign Ministry press release"."""


def house_of(found: Recognised) -> Name | None:
    """The one state, or body that gives aid, whose name a line or part of a line above the text hardly more than
    bears: "Embassy of Japan in Chad | News".
    """
    told = {n.known: n for sentence in lines_above(found, _LINES) for n in _letterheads(found, sentence)}
    return next(iter(told.values())) if len(told) == 1 else None


def _letterheads(found: Recognised, sentence: Sentence) -> Iterator[Name]:
    text = found.article.text[sentence.start : sentence.end]
    edges = [0, *(at for m in _PARTS.finditer(text) for at in m.span()), len(text)]
    parts = [(sentence.start + a, sentence.start + b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    for span in sentence.of("body", "home"):
        if any(a <= span.start and span.end <= b and _SHARE * (span.end - span.start) >= b - a for a, b in parts):
            name = _home(found) if span.kind == "home" else _state_or_giver(sentence, span)
            if name is not None:
                yield name


def _state_or_giver(sentence: Sentence, span: Span) -> Name | None:
    """The state whose ministry, government or embassy a body is, or the body if it gives aid."""
    name = actor(sentence, span)
    entries = load_registry().by_id
    entry = entries.get(name.known)
    if entry is not None and entry.type == "GovernmentBody" and (seat := entries.get(entry.based_in)) is not None:
        return _named(seat.in_country or seat.id, name.language)
    if is_land(name) or is_giver(name):
        return name
    inside = [s for s in sentence.spans if span.start <= s.start and s.end <= span.end]
    if name.known or not any(s.kind == "concept" and s.value in _OF_STATE for s in inside):
        return None
    return next((_named(s.value.known, name.language) for s in inside if _is_state(s)), None)


def _is_state(span: Span) -> bool:
    return span.kind in ("place", "nation") and is_land(span.value)


def _named(known: str, code: str) -> Name:
    text, written = load_registry().by_id[known].label(code)
    return Name("place", text, written, known=known)


def _home(found: Recognised) -> Name | None:
    known = found.pack.names.get("home", {}).get("place", "")
    return _named(known, found.pack.code) if known else None


def budget_of(found: Recognised) -> Name | None:
    """The state whose aid budget an article is about: the only one that its lead names, beside words for such a budget
    (``words.budget``); where it names none that of the language's press.
    """
    lead = lead_of(found)
    if not any(s.of("budget") for s in lead):
        return None
    named = {country_code(s.value): s.value.known for x in lead for s in x.of("place", "nation") if s.value.known}
    if len(named) > 1:
        return None
    known = next(iter(named.values()), "")
    entry = load_registry().by_id.get(known)
    return _named(entry.in_country or known, found.pack.code) if entry is not None else _home(found)


def of_budget(figure: FigureFact, sentence: Sentence, state: Name) -> bool:
    """True for a sum without a giver, in the money of ``state``, of which nobody else is named in its sentence."""
    if figure.donors or figure.alias is not None or sentence.of("other", "cost", "elsewhere"):
        return False
    money = own_of(country_code(state), (figure.currency,))
    others = {country_code(s.value) for s in sentence.of("place", "nation")} - {"", country_code(state)}
    getting = {country_code(r) for r in figure.recipients}
    return bool(money) and others <= getting and country_code(state) not in getting
