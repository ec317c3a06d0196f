"""Lists of those among whom a sum is shared out, each with its share, under words that say so: "*The money is shared as
follows*: UNHCR: 3 million; ICRC: 2 million".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from kg import lang
from kg.extract.sums.clauses import Clause, Party, unqualified
from kg.model import FigureFact
from kg.recognise import Recognised, Sentence

_ITEMS, _LINE = 15, 120
"""The items of such a list, and characters of one."""
_OPENS = 4
"""Characters before the name with which an item opens, as a bullet or an article; and between words that head a list
and its first name where no colon parts them: 配分先|は|UNHCR.
"""
_GIVERS = ("pledge", "anyone", "giver", "raise", "ask", "cost")
"""Kinds of words that make such a list one of those who give or should pay: "*The pledges* are divided as follows"."""


def gets_share(clause: Clause, party: Party) -> bool:
    """True for who stands right before its share in such a list: in a sentence, or on a line of its own."""
    between = clause.gap(party.end, clause.money.start).strip(" (:,-")
    apart = party.end > clause.money.start or party.has("to", "in", "by")  # "22 million go *to UNHCR*, 18 million to"
    if apart or unqualified(between, clause.found.pack.code):
        return False
    found, sentence = clause.found, clause.sentence
    if _heads(found, sentence, party.start):
        return True
    opens = found.article.paragraphs[sentence.paragraph].start == sentence.start
    return opens and party.start - sentence.start <= _OPENS and head_of_list(found, sentence) is not None


@lru_cache(maxsize=64)
def head_of_list(found: Recognised, sentence: Sentence) -> Sentence | None:
    """The sentence that heads the list of which ``sentence`` may be an item."""
    at = found.sentences.index(sentence)
    for before in reversed(found.sentences[max(0, at - _ITEMS) : at]):
        if _heads(found, before):
            return before
        if not before.of("money") or before.end - before.start > _LINE:
            break
    return None


def given_by_whole(
    found: Recognised, sentence: Sentence, told: list[FigureFact], earlier: Sequence[FigureFact]
) -> list[FigureFact]:
    """``told``, those of ``sentence`` given who gives the sum that is shared out in it, or in the list that it is an
    item of: the last of those ``earlier`` that is as large.
    """
    sums = sentence.of("money")
    if not any(_heads(found, sentence, m.start) for m in sums[:1]) and head_of_list(found, sentence) is None:
        return told
    return [_of_whole(figure, earlier) for figure in told]


def _of_whole(figure: FigureFact, earlier: Sequence[FigureFact]) -> FigureFact:
    able = (f for f in reversed(earlier) if f.currency == figure.currency and f.amount >= figure.amount)
    whole = next(able, None)
    if figure.donors or not figure.recipients or whole is None or whole.status == "requested":
        return figure
    donors = tuple(d for d in whole.donors if d not in figure.recipients)
    return replace(figure, donors=donors, status=figure.status or whole.status)


@cache
def _words(code: str) -> re.Pattern[str]:
    return re.compile(lang.load(code).names.get("shared_out", "(?!)"))


def _heads(found: Recognised, sentence: Sentence, until: int | None = None) -> bool:
    """True for a sentence whose words say that a sum is shared out; with the offset of one who gets a share ``until``
    where they stand before it, and a colon or a bracket between.
    """
    match = next(_words(found.pack.code).finditer(found.folded[sentence.start : sentence.end]), None)
    if match is None:
        return False
    opened = sentence.start + match.end()
    end = sentence.end if until is None else until
    if any(s.start < end for s in sentence.of(*_GIVERS)):
        return False
    if until is None:
        return True
    first = min((s.start for s in sentence.of("place", "body", "acronym") if s.start >= opened), default=end)
    return first <= end and (first - opened <= _OPENS or bool(set(found.folded[opened:end]) & set(":(")))
