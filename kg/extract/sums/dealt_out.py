"""Lists that tell to whom parts of a sum go, each with its part behind it: "The money is shared out as follows: *UNHCR*
5 million, …": who stands before a sum there gets it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg import lang
from kg.extract.lands import is_land
from kg.extract.sums.clauses import GIVING, NEAR, Party, unqualified
from kg.extract.sums.parties import parties_named
from kg.model import FigureFact, Name
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

_OPENS = 8
"""Characters before the first name of a list behind its colon, or at the start of its line: bullets and articles."""
_NEAR = 3
"""Sentences, lines included, before the head of a list in which the sum stands that it shares out."""
_BARE = frozenset({"", ":", "：", "-", "(", "（", ","})
_COLON = re.compile("[:：]")
_NO_AID = frozenset({"debt", "not_given", "cost", "other", "business"})
"""Words in the head of a list of debts, losses or contracts."""
_GIFTS = frozenset({"pledge", "giver", "partners", "give"})


class Item(NamedTuple):
    """One of a list: a name and the sum behind it."""

    party: Party
    money: Span


class Head(NamedTuple):
    """The words that open a list: from where to where, in which sentence."""

    sentence: Sentence
    start: int
    end: int


def dealt_out(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """``figures``, the items of such lists given as receiver who stands before their sum, and as giver who gives the
    sum that is shared out.
    """
    out = list(figures)
    does: dict[Head, str] = {}
    for at, sentence in enumerate(found.sentences):
        items = _items(found, sentence) if sentence.of("money") else []
        head = _head(found, at, items) if items else None
        told = does.get(head) or _tells(found, head, items) if head else ""
        if head is None or not told:
            head, told = _as_before(found, at, items)
        if head is None:
            continue
        does |= {head: told} if told == "give" else {}  # of countries and banks under one head all give
        whole = _whole(found, out, head)
        names = frozenset(i.party.name for i in items if i.party.name)
        for item in items:
            for index, figure in enumerate(out):
                if item.party.name is not None and _is_of(figure, item, sentence):
                    out[index] = _as_told(figure, item.party.name, told, names, whole)
    return out


def _as_told(figure: FigureFact, name: Name, told: str, names: Set[Name], whole: FigureFact | None) -> FigureFact:
    """The sum of an item that bears ``name``, given or got by that as ``told`` of a list of ``names``."""
    donors = tuple(d for d in figure.donors if d not in names)
    others = tuple(r for r in figure.recipients if r not in names)
    if told == "neither":
        return replace(figure, donors=donors, recipients=others)
    if told == "give":
        return replace(figure, donors=(name,), recipients=others)
    if not donors and whole and whole.currency == figure.currency and whole.amount >= figure.amount:
        donors = whole.donors
    return replace(figure, donors=donors, recipients=(name,))


def _is_of(figure: FigureFact, item: Item, sentence: Sentence) -> bool:
    """True for the figure of an item's sum."""
    told = figure.evidence[0]
    same = (figure.amount, figure.upper) == (item.money.value.amount, item.money.value.upper)
    return same and figure.alias is None and sentence.start <= told.start < sentence.end and told.end >= item.money.end


def _items(found: Recognised, sentence: Sentence) -> list[Item]:
    """The names of a sentence with a sum right behind each."""
    named = [p for p in parties_named(found, sentence) if p.name]
    items = []
    for money in sentence.of("money"):
        party = next((p for p in reversed(named) if p.end <= money.start), None)
        if party is None:
            continue
        between = unqualified(found.folded[party.end : money.start].strip(), found.pack.code)
        if between in _BARE:
            items.append(Item(party, money))
    return items


def _head(found: Recognised, at: int, items: Sequence[Item]) -> Head | None:
    """The words that open the list of ``items``, of the ``at``-th sentence: those before a colon right before the
    first, or before the first of several in brackets; or the line above where the sentence opens with it.
    """
    sentence, first = found.sentences[at], items[0]
    acts = sentence.of(*GIVING, "ask", "raise")
    if any(first.party.start <= s.start < items[-1].money.end for s in acts):
        return None
    before = found.folded[sentence.start : first.party.start]
    colons = [m.end() for m in _COLON.finditer(before)]
    if colons and len(before) - colons[-1] <= _OPENS:
        return Head(sentence, sentence.start, sentence.start + colons[-1])
    if len(before) <= _OPENS:
        return _line_above(found, at)
    bracketed = all(found.folded[i.party.end : i.money.start].strip() in ("(", "（") for i in items)
    told = any(p.start < first.party.start for p in parties_named(found, sentence) if p.name)
    told = told and not before.rstrip().endswith(tuple(w.strip() for w in found.pack.names.get("followed", ())))
    return Head(sentence, sentence.start, first.party.start) if bracketed and len(items) > 1 and not told else None


def _line_above(found: Recognised, at: int) -> Head | None:
    """The line or sentence above the items of a list, the last of which is the ``at``-th sentence."""
    above = at - 1
    while above >= 0 and _is_item(found, found.sentences[above]):
        above -= 1
    if above < 0:
        return None
    head = found.sentences[above]
    return None if head.of("money") else Head(head, head.start, head.end)


def _is_item(found: Recognised, sentence: Sentence) -> bool:
    """True for a line that opens with a name and its sum."""
    items = _items(found, sentence) if sentence.of("money") else []
    return bool(items) and items[0].party.start - sentence.start <= _OPENS and not sentence.of(*GIVING)


def _tells(found: Recognised, head: Head, items: Sequence[Item]) -> str:
    """What ``head`` says that those of the list do: "get", by words of getting or sharing out, or "give", by words of
    gifts or of those who give, if they are countries, or "neither", by words of debts; empty where it does not tell.
    """
    text = found.folded[head.start : head.end]
    kinds = {s.kind for s in head.sentence.spans if head.start <= s.start and s.end <= head.end}
    if kinds & _NO_AID:
        return "neither"
    shared = "benefit" in kinds or _words(found.pack.code, "dealt").search(text) is not None
    parties = [p for p in parties_named(found, head.sentence) if head.start <= p.start and p.end <= head.end]
    unnamed = [p for p in parties if p.span.kind == "anyone"]
    named = any(p.name and not p.has("to", "in", "of", "by") for p in parties)
    helped = items[0].party.has("to") or any(p.has("to") for p in unnamed)
    lands = items[0].party.name is not None and is_land(items[0].party.name)
    gifts = kinds & _GIFTS - ({"give"} if "benefit" in kinds else set())
    given = (
        bool(gifts)
        or _words(found.pack.code, "dealt_gifts").search(text) is not None
        or any(p.has("of", "by") for p in unnamed)
    )
    given = given or (bool(unnamed) and not helped and "receive" not in kinds)
    if lands and given and not (helped or named):
        return "give"
    if named and not shared:
        return ""  # "*Mali* has received: Norway 5 million"
    return "get" if shared or helped or "receive" in kinds else ""


def _as_before(found: Recognised, at: int, items: Sequence[Item]) -> tuple[Head | None, str]:
    """What several in brackets do of whom a sentence only tells that they come next: what the one does with which the
    sentence before opens ("Kenya received most. Then follow *Chad* (5 million) and *Mali* (3 million)").
    """
    sentence, before = found.sentences[at], found.sentences[at - 1]
    short = items and items[0].party.start - sentence.start <= NEAR
    bracketed = all(found.folded[i.party.end : i.money.start].strip() in ("(", "（") for i in items)
    told = before.of(*GIVING, "receive", "benefit", "ask")
    if not (at and short and bracketed and len(items) > 1 and told) or before.paragraph != sentence.paragraph:
        return None, ""
    if sentence.of(*GIVING, "receive", "benefit", "ask", "raise", "other"):
        return None, ""
    does = {"receive": "get", "give": "give"}.get(told[0].kind, "")
    return (Head(before, before.start, before.end), does) if does else (None, "")


def _whole(found: Recognised, figures: Sequence[FigureFact], head: Head) -> FigureFact | None:
    """The last sum told before a list, close to its head, where its giver is told."""
    at = found.sentences.index(head.sentence)
    since = found.sentences[max(0, at - _NEAR)].start
    told = [f for f in figures if f.alias is None and since <= f.evidence[0].start < head.end]
    return told[-1] if told and told[-1].donors and told[-1].status != "requested" else None


@cache
def _words(code: str, key: str) -> re.Pattern[str]:
    """The pattern of one of the pack's lists of words in such heads; one that nothing matches where it has none."""
    words = lang.load(code).names.get(key, "(?!)")
    return re.compile(f"(?<!\\w)(?:{words})" if lang.load(code).spaces else words)
