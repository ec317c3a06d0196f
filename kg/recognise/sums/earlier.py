"""The money that the sentences before told, and which numbers without a currency are sums of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.recognise.spans import Span
from kg.recognise.sums.money import Money, in_brackets, is_large, retold

MOVING = frozenset({"give", "pledge", "paid", "receive", "raise", "benefit", "added"})
"""Kinds of words by which a sentence goes on to speak of the money told before it."""
TELLING = MOVING | {"ask", "hope"}
"""Kinds of words that tell what a sum is that definite millions stand for."""
REACH = 48
"""Characters between definite millions and the word that tells of them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The latest sum of the sentences before one. ``near``: it was told in the same paragraph; ``counted``: a large
    number of things was told since.
    """

    money: Money | None = None
    paragraph: int = -1
    counted: bool = False
    near: bool = False

    def at(self, paragraph: int) -> Earlier:
        """The same for a sentence of ``paragraph``."""
        near = self.money is not None and self.paragraph == paragraph
        return self if near == self.near else replace(self, near=near)


def after(folded: str, spans: Sequence[Span], last: Earlier, paragraph: int, pack: Pack) -> Earlier:
    """What is told after a sentence with ``spans``: its last sum, but for those that only repeat one."""
    told = [s for s in spans if s.kind == "money"]
    plain = [s for s in told if not in_brackets(folded, s.start)] or told
    plain = [s for s in plain if not retold(folded, s, told, pack)]
    if plain:
        return Earlier(plain[-1].value, paragraph)
    if last.counted:
        return last
    things = {s.start for s in spans if s.kind == "countable"}
    counted = things and any(s.kind == "number" and is_large(s) and {s.end, s.end + 1} & things for s in spans)
    return replace(last, counted=True) if counted else last


def moves(folded: str, numbers: Sequence[Span], spans: Sequence[Span], last: Earlier, pack: Pack) -> bool:
    """True where a sentence may go on to speak of the money told before it: it has a word of giving or getting, or
    neither it nor one since counts anything. In "four million people are hungry, a number that may rise to *five
    million*" is no sum. What stands in another stretch between commas is not counted, nor is part of a name.
    """
    named = [s for s in spans if s.kind == "body"]  # the World Food *Programme*
    things = [s for s in spans if s.kind == "countable" and not any(n.start <= s.start < n.end for n in named)]
    large = [n for n in numbers if is_large(n)] if pack.spaces and things else []
    counts = last.counted or any(_in_one_stretch(folded, n, t) for n in large for t in things)
    return not counts or any(s.kind in MOVING for s in spans)


def _in_one_stretch(folded: str, one: Span, other: Span) -> bool:
    return not set(folded[min(one.end, other.end) : max(one.start, other.start)]) & set(",;:(")


def meant(
    folded: str, numbers: Sequence[Span], sums: Sequence[Span], spans: Sequence[Span], last: Earlier, pack: Pack
) -> list[Span]:
    """Definite millions of which it is told who gives, asks or hopes for them: "*de 900 millionene* arrangørene hadde
    håpet på". They are of the money told before.
    """
    words = tuple(pack.numbers.get("definite", ()))
    things = {s.start for s in spans if s.kind == "countable"}
    tells = [s.start for s in spans if s.kind in TELLING]
    found = []
    for number in numbers if words else ():
        taken = any(s.start <= number.start < s.end for s in sums)
        if taken or number.end + 1 in things or not folded[number.start : number.end].endswith(words):
            continue
        told = next((at for at in tells if 0 < at - number.end <= REACH), None)
        if told is None or set(folded[number.end : told]) & set(",;:.()"):
            continue
        if folded.startswith(tuple(f" {w.strip(' ,')} " for w in pack.names.get("relative", ())), number.end):
            continue
        before = [s.value for s in sums if s.end <= number.start] or ([last.money] if last.near and last.money else [])
        if before:
            value = before[-1]._replace(amount=number.value.value, upper=None, carried=True)
            found.append(Span(number.start, number.end, "money", value))
    return found


def of_it(
    folded: str, numbers: Sequence[Span], sums: Sequence[Span], spans: Sequence[Span], last: Earlier, pack: Pack
) -> list[Span]:
    """Millions of which words before them say that they are a part of the money told before: "*of this
    sum*, 25 million is a loan". No thing is counted right behind them.
    """
    opens = _part_of_sum(pack.code)
    things = {s.start for s in spans if s.kind == "countable"}
    for number in numbers:
        taken = any(s.start <= number.start < s.end for s in sums)
        if taken or not opens or not is_large(number) or {number.end, number.end + 1} & things:
            continue
        before = [s.value for s in sums if s.end <= number.start] or ([last.money] if last.money else [])
        if before and opens.search(folded, max(0, number.start - REACH - 16), number.start):
            value = before[-1]._replace(amount=number.value.value, upper=None, carried=True)
            return [Span(number.start, number.end, "money", value)]
    return []


@cache
def _part_of_sum(code: str) -> re.Pattern[str] | None:
    """What says that the millions right behind, or a verb later, are a part of a sum; None where a pack knows none."""
    words = lang.load(code).names.get("of_the_sum", ())
    told = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)[^.;:()\d]*$") if words else None
