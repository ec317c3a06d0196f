"""A sentence cut into clauses: for each sum of money, who and which verbs stand around it, and how.

Everything here is a value; who gives and who gets is decided by the rules of ``actors.py`` and ``takers.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import TypeVar

from kg import lang
from kg.extract.cases import governs
from kg.extract.sums.parts import end_of_whole
from kg.lang import Pack
from kg.model import FigureFact, Name, RoleFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

GIVING = frozenset({"give", "pledge", "paid"})
NEAR, ASIDE = 24, 80
"""Characters between a name and its verb, and those that a relative clause may take."""
CASES = (("to", "dative"), ("in", "locative"), ("of", "genitive"), ("by", "ablative"))
"""What a party is to its clause by the preposition before it, and the pack's list of such words."""


by_start = attrgetter("start")
"""Where a span or a party begins: what they are sorted by."""


def index_of(found: Recognised, figure: FigureFact) -> int:
    """The index of the sentence that first tells a figure."""
    return bisect_right(found.sentences, figure.evidence[0].start, key=by_start) - 1


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may give or get. ``name`` is None for those who are not named ("donors", "the bank").

    ``marks`` is what the words beside say: ``to in of by`` (after a preposition), ``governed`` (so is it, or the name
    it is joined to), ``country`` or ``town``, ``there`` (only where a gathering is), ``which`` (which gathering, hall),
    ``asks`` (its verb is one of asking), ``explains`` (it belongs to words about the name before), ``aside`` (it
    stands in a relative clause), ``left`` (people flee it, its donors give, or it is the label of a headline),
    ``again`` (it is not named here: "the bank"), ``subject`` (words behind it say so).
    """

    span: Span
    name: Name | None
    marks: frozenset[str] = frozenset()

    @property
    def start(self) -> int:
        """Where it begins in the article."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.span.end

    def same(self, other: Party | None) -> bool:
        """True for the very same words."""
        return other is not None and (self.start, self.end) == (other.start, other.end)

    def has(self, *marks: str) -> bool:
        """True where one of ``marks`` is told of it."""
        return not self.marks.isdisjoint(marks)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sum, and the stretch of its sentence that speaks of it: from the sum before to the sum after."""

    found: Recognised
    sentence: Sentence
    money: Span
    start: int
    end: int
    first: bool
    before: tuple[Party, ...]
    after: tuple[Party, ...]
    words: tuple[Span, ...]
    roles: Sequence[RoleFact] = ()
    verbs: tuple[Span, ...] = field(init=False)
    """The verbs of giving before the sum; behind it in the sentence where the language has them last. Of "will provide
    Mali with a *grant*" the noun is none.
    """

    def __post_init__(self) -> None:
        """The verbs are asked for by almost every rule."""
        object.__setattr__(self, "verbs", self._verbs())

    def _verbs(self) -> tuple[Span, ...]:
        if self.found.pack.names.get("verb_last"):
            behind = [s for s in self.sentence.frame.spans if s.start >= self.money.end]
            last = tuple(s for s in behind if s.kind in GIVING)
            # 500万ドルの支援|を行う: the noun tells what the verb does
            return last or tuple(s for s in behind if s.kind == "aid" and not self.behind("ask"))
        verbs = self.ahead(*GIVING)
        nouns = {v for v in verbs[1:] if self._is_noun(v)}
        return tuple(v for v in verbs if v not in nouns) if nouns else verbs

    def _is_noun(self, verb: Span) -> bool:
        before = self.found.folded[max(self.start, verb.start - 12) : verb.start]
        return before.endswith(tuple(self.found.pack.names.get("indefinite", ())))

    def ahead(self, *kinds: str) -> tuple[Span, ...]:
        """The spans of these kinds before the sum."""
        start = self.money.start
        return tuple([s for s in self.words if s.kind in kinds and s.end <= start])

    def behind(self, *kinds: str) -> tuple[Span, ...]:
        """The spans of these kinds after the sum."""
        end = self.money.end
        return tuple([s for s in self.words if s.kind in kinds and s.start >= end])

    def gap(self, start: int, end: int) -> str:
        """The folded text between two offsets."""
        return self.found.folded[start:end]

    def listed(self, key: str) -> tuple[str, ...]:
        """A list of ``[names]`` of the pack."""
        return tuple(self.found.pack.names.get(key, ()))


def clause_of(
    found: Recognised,
    sentence: Sentence,
    able: Sequence[Party],
    sums: Sequence[Span],
    at: int,
    roles: Sequence[RoleFact] = (),
) -> Clause:
    """The stretch of ``sentence`` about the ``at``-th of its ``sums``, with those of ``able`` that stand in it."""
    money = sums[at]
    start = sums[at - 1].end if at else sentence.start
    end = end_of_whole(sentence, money, sums[at + 1].start if at + 1 < len(sums) else sentence.end)
    return Clause(
        found=found,
        sentence=sentence,
        money=money,
        start=start,
        end=end,
        first=at == 0,
        before=tuple(p for p in between(able, start, money.start) if p.end <= money.start),
        after=tuple(p for p in between(able, money.end, end) if p.end <= end),
        words=tuple(s for s in between(sentence.frame.spans, start, end) if s.end <= end),
        roles=roles,
    )


Placed = TypeVar("Placed", Span, Party)


def between(spans: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """Those of ``spans`` (in text order) that begin from ``start`` to before ``end``."""
    return spans[bisect_left(spans, start, key=by_start) : bisect_left(spans, end, key=by_start)]


def both_words(pack: Pack) -> tuple[str, ...]:
    """What joins two names: "and"; in languages without spaces the marks and characters that join them."""
    return (*pack.bodies["and"], *pack.bodies.get("joiners", ()))


@cache
def _before_place(code: str) -> re.Pattern[str] | None:
    """What may part a preposition and its place, where there are no spaces: 向|中部|非洲, 向“大|非洲之角."""
    written = lang.load(code).names.get("before_place")
    return re.compile(f"(?:{written})+$") if written else None


def governed_by(found: Recognised, sentence: Sentence, start: int, end: int, key: str) -> bool:
    """True where a word of the pack's list ``key`` stands right before ``start``, in the same sentence; an adjective
    such as "drought-hit" may part them. Where such words stand behind what they govern, it is one behind ``end``.
    """
    if found.pack.names.get("postpositions"):
        return governs(found, start, end, key)
    # a preposition may open a paragraph: "Til Etiopia …"
    before = " " + found.folded[max(sentence.start, start - 32) : start].replace("\n", " ")
    words: tuple[str, ...] = found.pack.names.get(key, ())
    if before.endswith(words):
        # a conjunction may end so, where nothing parts words: ขณะ|ที่
        return found.pack.spaces or not before.endswith(found.pack.names.get("further", ()))
    if (pattern := _before_place(found.pack.code)) and (parted := pattern.search(before)):
        return before.endswith(words, 0, parted.start())
    plain = _ADJECTIVE.sub("", before) if "-" in before else before
    return plain is not before and plain.endswith(words)


_ADJECTIVE = re.compile(r"(?<= )[^\W\d_]+-[^\W\d_]+ $")


def unqualified(text: str, code: str) -> str:
    """``text`` without a qualifier at its end: "with *about*", "(*about*"."""
    words = _qualifiers(code)
    if not text.endswith(words):
        return text
    bare = next((w for w in words if text == w or text.endswith((f" {w}", f"({w}"))), "")
    return text.removesuffix(bare).rstrip()


@cache
def _qualifiers(code: str) -> tuple[str, ...]:
    """The words before a number that say how exact it is, the longest first."""
    return tuple(sorted((w for row in lang.load(code).qualifiers.values() for w in row), key=len, reverse=True))
