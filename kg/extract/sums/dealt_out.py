"""Lists that tell to whom parts of a sum go, each with its part behind it: "The money is shared out as follows: *UNHCR*
5 million, …": who stands before a sum there gets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg import lang
from kg.extract.lands import is_land
from kg.extract.sums.clauses import GIVING, NEAR, Party, index_of, unqualified
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
    """The words that open a list: from where to where, in the sentence of which number."""

    at: int
    start: int
    end: int


def dealt_out(found: Recognised, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """``figures``, the items of such lists given as receiver who stands before their sum, and as giver who gives the
    sum that is shared out.
    """
    out = list(figures)
    here: dict[int, list[int]] = {}
    for index, figure in enumerate(figures):
        here.setdefault(index_of(found, figure), []).append(index)
    does: dict[Head, str] = {}
    above = -1
    for at, sentence in enumerate(found.sentences):
        items = _items(found, sentence) if sentence.of("money") else []
        head = _head(found, at, items, above) if items else None
        above = above if _is_item(sentence, items) else at
        told = does.get(head) or _tells(found, head, items) if head else ""
        if head is None or not told:
            head, told = _as_before(found, at, items)
        if head is None:
            continue
        if told == "give":
            does[head] = told  # of countries and banks under one head all give
        near = (out[i] for n in range(max(0, head.at - _NEAR), head.at + 1) for i in here.get(n, ()))
        whole = _whole(near, head)
        names = frozenset(i.party.name for i in items if i.party.name)
        for index in here.get(at, ()):
            item = next((i for i in items if _is_of(out[index], i)), None)
            if item is not None and item.party.name is not None:
                out[index] = _as_told(out[index], item.party.name, told, names, whole)
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


def _is_of(figure: FigureFact, item: Item) -> bool:
    """True for the figure of an item's sum, of the same sentence."""
    same = (figure.amount, figure.upper) == (item.money.value.amount, item.money.value.upper)
    return same and figure.alias is None and figure.evidence[0].end >= item.money.end


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


def _head(found: Recognised, at: int, items: Sequence[Item], above: int) -> Head | None:
    """The words that open the list of ``items``, of the ``at``-th sentence: those before a colon right before the
    first, or before the first of several in brackets; or, where the sentence opens with it, the line ``above`` the
    items.
    """
    sentence, first = found.sentences[at], items[0]
    acts = sentence.of(*GIVING, "ask", "raise")
    if any(first.party.start <= s.start < items[-1].money.end for s in acts):
        return None
    before = found.folded[sentence.start : first.party.start]
    colons = [m.end() for m in _COLON.finditer(before)]
    if colons and len(before) - colons[-1] <= _OPENS:
        return Head(at, sentence.start, sentence.start + colons[-1])
    if len(before) <= _OPENS:
        line = found.sentences[above] if above >= 0 else None
        return Head(above, line.start, line.end) if line and not line.of("money") else None
    bracketed = all(found.folded[i.party.end : i.money.start].strip() in ("(", "（") for i in items)
    told = any(p.start < first.party.start for p in parties_named(found, sentence) if p.name)
    told = told and not before.rstrip().endswith(tuple(w.strip() for w in found.pack.names.get("followed", ())))
    return Head(at, sentence.start, first.party.start) if bracketed and len(items) > 1 and not told else None


def _is_item(sentence: Sentence, items: Sequence[Item]) -> bool:
    """True for a line that opens with a name and its sum, the first of its ``items``."""
    return bool(items) and items[0].party.start - sentence.start <= _OPENS and not sentence.of(*GIVING)


def _tells(found: Recognised, head: Head, items: Sequence[Item]) -> str:
    """What ``head`` says that those of the list do: "get", by words of getting or sharing out, or "give", by words of
    gifts or of those who give, if they are countries, or "neither", by words of debts; empty where it does not tell.
    """
    text = found.folded[head.start : head.end]
    sentence = found.sentences[head.at]
    kinds = {s.kind for s in sentence.spans if head.start <= s.start and s.end <= head.end}
    if kinds & _NO_AID:
        return "neither"
    shared = "benefit" in kinds or _words(found.pack.code, "dealt").search(text) is not None
    parties = [p for p in parties_named(found, sentence) if head.start <= p.start and p.end <= head.end]
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
    return (Head(at - 1, before.start, before.end), does) if does else (None, "")


def _whole(near: Iterable[FigureFact], head: Head) -> FigureFact | None:
    """The last of the sums ``near`` the head of a list that is told before it, where its giver is told."""
    told = [f for f in near if f.alias is None and f.evidence[0].start < head.end]
    return told[-1] if told and told[-1].donors and told[-1].status != "requested" else None


@cache
def _words(code: str, key: str) -> re.Pattern[str]:
    """The pattern of one of the pack's lists of words in such heads; one that nothing matches where it has none."""
    words = lang.load(code).names.get(key, "(?!)")
    return re.compile(f"(?<!\\w)(?:{words})" if lang.load(code).spaces else words)
