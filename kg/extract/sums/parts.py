"""Sums that are parts of the one before: "65 billion, *of which* Germany gives 10 and Norway 5"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import FigureFact
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

BESIDE = 12
"""Characters between a sum and a word such as "counterpart funds" right behind it."""


def end_of_whole(sentence: Sentence, money: Span, end: int) -> int:
    """Where the words about a sum end: at one that opens its parts, or else at ``end``, where the next sum begins.

    Parts told without a sum ("of which a fifth is for wells") are among its own words.
    """
    if sentence.of("money")[-1].start < end:
        return end
    return min((w.start for w in sentence.of("parts") if money.end <= w.start < end), default=end)


def with_whole(
    found: Recognised, sentence: Sentence, money: Span, figure: FigureFact, told: Sequence[tuple[Span, FigureFact]]
) -> FigureFact:
    """``figure``, that of ``money``, with receiver, status, time and sectors of the sum that it is a part of.

    ``told`` are the sums before in the sentence, each with its figure. What the receiver itself puts in is no part of
    what it gets.
    """
    opened = [w.start for w in sentence.of("parts") if w.start < money.start]
    wholes = [whole for span, whole in told if opened and span.end <= opened[-1]]
    if not wholes or figure.status == "requested" or own_share(found, sentence, money):
        return figure
    return replace(
        figure,
        recipients=figure.recipients or wholes[-1].recipients,
        status=figure.status or wholes[-1].status,
        sectors=figure.sectors or wholes[-1].sectors,
        period=figure.period or wholes[-1].period,
    )


def is_part(sentence: Sentence, money: Span, before: Span) -> bool:
    """True for a part of the sum ``before``, which nobody gives as a whole: "costs 10 million, *of which* Japan 6"."""
    return any(before.end <= w.start and w.end <= money.end + BESIDE for w in sentence.of("parts"))


def tells_parts(found: Recognised, sentence: Sentence) -> bool:
    """True where a sentence opens with "of this", or has that right behind its first sum: "some 5 million *of it*"."""
    end = sentence.of("money")[0].end
    words = sentence.of("parts")
    opens = any(w.start - sentence.start <= 2 for w in words)
    return opens or any(w.start >= end and not found.folded[end : w.start].strip(" ") for w in words)


def may_be_part(part: FigureFact, whole: FigureFact) -> bool:
    """True for a sum no larger than another in the same currency."""
    return part.currency == whole.currency and part.amount <= (whole.upper or whole.amount)


def own_share(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for what those who get aid put in themselves: *counterpart funds* of 5 million."""
    sums = sentence.of("money")
    since = max((m.end for m in sums if m.end <= money.start), default=sentence.start)
    until = min((m.start for m in sums if m.start >= money.end), default=sentence.end)
    words = sentence.of("counterpart")
    behind = [w.start for w in words if money.end <= w.start <= min(until, money.end + BESIDE)]
    plain = [at for at in behind if not set(found.folded[money.end : at]) & set(",;、")]
    return bool(plain) or any(since <= w.start < money.start for w in words)
