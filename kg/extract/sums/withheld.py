"""Sums that somebody refuses, cuts or freezes, or gives less than before: nobody gives them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.sums.clauses import CASES, GIVING, NEAR, governed_by, unqualified
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

OBJECT = 60
"""Characters between a verb such as "refuse" and the sum that is its object."""
_JOINED = 4
"""Characters between such a verb and one of giving that depends on it: "*refused* to *lend*"."""
_MARKS = frozenset(",;:()，；、")


def withheld(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for the object of a verb of refusing, cutting or freezing: "*cut* 50 million in aid", "*refused* a loan of 5
    million", "a loan of 5 million *was refused*". Not for what is left after a cut ("cut *to* 5 million"), nor for a
    debt, whose cancelling is aid.
    """
    if sentence.of("debt"):
        return False
    if _is_difference(found, money) or _is_cut_by(found, sentence, money):
        return True
    if _is_left(found, sentence, money):
        return False
    acts = sentence.of(*GIVING, "receive", "raise", "sign", "benefit", "ask", "hope", "money")
    before = any(
        0 < money.start - verb.end <= OBJECT and _is_one_stretch(found, acts, verb.end, money.start, verb)
        for verb in sentence.of("withhold")
    )
    return before or any(_is_cut(found, sentence, acts, money, verb) for verb in sentence.of("withheld"))


def _is_difference(found: Recognised, money: Span) -> bool:
    """True where the words right behind a sum say that somebody gives so much less: "5 million *less*"."""
    folded, pack = found.folded, found.pack
    at = money.end + folded.startswith(" ", money.end)
    word = next((w for w in pack.numbers.get("less", ()) if folded.startswith(w, at)), None)
    return word is not None and not (pack.spaces and folded[at + len(word) : at + len(word) + 1].isalpha())


def _is_cut_by(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for the sum by which aid is cut, behind a word for "with" too: *kutter støtten med* 5 million."""
    by = tuple(f" {word}" for word in found.pack.numbers.get("change_by", ()))
    before = unqualified(found.folded[sentence.start : money.start].rstrip(), found.pack.code)
    verb = max((v.end for v in sentence.of("withhold") if 0 < money.start - v.end <= OBJECT), default=None)
    if not by or verb is None or not before.endswith(by):
        return False
    between = found.folded[verb : money.start]
    if set(between) & _MARKS or any(word in between for word in found.pack.bodies["and"]):
        return False
    return any(verb <= s.start < money.start for s in sentence.of("aid"))


def _is_left(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for what is left after a cut, or what pays for something: "cut *to* 5 million", 500万ドル|*に*削減."""
    ends = tuple(found.pack.numbers.get("change_ends", ()))
    if found.pack.names.get("postpositions"):
        return found.folded.startswith(ends, money.end)
    before = f" {unqualified(found.folded[sentence.start : money.start].rstrip(), found.pack.code)}"
    return before.endswith(tuple(f" {word}" if found.pack.spaces else word for word in ends))


def _is_one_stretch(found: Recognised, acts: Sequence[Span], start: int, end: int, verb: Span) -> bool:
    """True where neither a mark nor another deed parts ``start`` from ``end``, but for what is itself refused."""
    own = (range(verb.end, verb.end + _JOINED + 1), range(verb.start - _JOINED, verb.start + 1))
    other = (a for a in acts if start <= a.start and a.end <= end and a.start not in own[0] and a.end not in own[1])
    return not set(found.folded[start:end]) & _MARKS and not any(other)


def _is_cut(found: Recognised, sentence: Sentence, acts: Sequence[Span], money: Span, verb: Span) -> bool:
    """True where ``verb`` stands behind its sum, which no verb of giving governs already, and has no subject there."""
    if not 0 <= verb.start - money.end <= OBJECT or not _is_one_stretch(found, acts, money.end, verb.start, verb):
        return False
    if found.pack.names.get("verb_last"):
        return True
    since = max(found.folded.rfind(mark, sentence.start, money.start) for mark in ",;:，；")
    nouns = tuple(f"{w.strip()} " for key in ("articles", "indefinite") for w in found.pack.names.get(key, ()))
    verbs = (a for a in acts if a.kind in GIVING and not found.folded.endswith(nouns, sentence.start, a.start))
    given = any(since < v.start and v.end <= money.start for v in verbs)
    named = (s for s in sentence.of("place", "body") if money.end <= s.start and 0 <= verb.start - s.end <= NEAR // 4)
    own = (not any(governed_by(found, sentence, s.start, s.end, key) for _, key in CASES) for s in named)
    return not given and not any(own)
