"""Sums of which an article that is about aid says that nobody gives them: costs, losses, differences."""

from __future__ import annotations

from kg.extract.sums.clauses import GIVING, NEAR, unqualified
from kg.recognise import Recognised, Sentence
from kg.recognise.spans import Span

OWED = 60
"""Characters between a word such as "debts" and the sum of them."""
_APART = 4
"""Characters between a sum and one told beside it that is no other: a cost of 5 million (*4 million euros*)."""
SMALLEST, MONTHLY, BUYS = 100, 10_000, 2_000
"""Units of a currency below which a sum is a price or a share of somebody; below which one told by the month is a wage
or a subscription; and below which one that opens its sentence is what a gift buys, one in brackets what a call costs.
"""


def not_given(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for a sum right after a word such as "cost" or "claimed back", or before one such as "in damage": nobody
    gives it. Nor does anybody a sum of a few coins. A word behind a comma tells of what follows: "5 million, *a cut of*
    a tenth".
    """
    words = sentence.of("not_given")
    last = max((m.end for m in sentence.of("money") if m.end <= money.start - _APART), default=sentence.start)
    near = (s for s in words if last <= s.end and 0 <= money.start - s.end <= 16)
    before = any(not _given_then(found, sentence, s.end, money) for s in near)
    before = before or _cost_of_somebody(found, sentence, money) or _of_trade(found, sentence, money)
    after = any(0 <= s.start - money.end <= 1 and found.folded[s.start] != "," for s in words)
    owed = _is_owed(found, sentence, money)
    small = money.value.amount < SMALLEST or _of_somebody(found, sentence, money)
    return before or after or owed or small or _is_difference(found, sentence, money)


def _of_somebody(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for a small sum that no body gives: "220 dollars *a month*", "*200 kroner gives* a family clean water",
    "text HELP to 2160 *(250 kr)*".
    """
    folded, amount = found.folded, money.value.amount
    behind = folded[money.end :].removeprefix(" ")
    if amount < MONTHLY and behind.startswith(tuple(found.pack.names.get("monthly", ()))):
        return True
    if amount >= BUYS or len(sentence.of("money")) > 1:
        return False
    opens = money.start - sentence.start <= 2
    gives = any(0 < v.start - money.end <= 2 for v in sentence.of("give"))
    bracketed = folded[sentence.start : money.start].endswith(("(", "（")) and behind.startswith((")", "）"))
    return (opens and gives) or bracketed


def raised_from(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for what a sum was before it rose or fell to the next: "raises its aid *from 30 million* to 45 million"."""
    following = next((m for m in sentence.of("money") if m.start >= money.end), None)
    opens = tuple(found.pack.numbers.get("change_opens", ()))
    before = unqualified(found.folded[sentence.start : money.start].rstrip(), found.pack.code).rstrip()
    if following is None or following.start - money.end > 16 or not before.endswith(opens):
        return False
    return any(money.end <= v.start and v.end <= following.start for v in sentence.of("change"))


def _given_then(found: Recognised, sentence: Sentence, end: int, money: Span) -> bool:
    """True where a comma parts the word that ends at ``end`` from a sum, and beside that a verb of giving stands."""
    comma = max(found.folded.rfind(mark, end, money.start) for mark in (", ", ",", "，", "、"))
    words = sentence.of(*GIVING, "aid")
    return comma >= 0 and any(comma < s.start < money.start or 0 <= s.start - money.end <= NEAR for s in words)


def _of_trade(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for the sum of what a word of markets or trade before it tells of, no verb of giving or aid between: "the
    *exports* of Vietnam will reach 420 billion".
    """
    told = [s for s in sentence.of("other") if 0 < money.start - s.end <= OWED]
    if not told:
        return False
    since = told[-1].end
    acts = sentence.of(*GIVING, "receive", "ask", "raise", "sign", "benefit", "aid", "money", "body", "sector")
    return not any(since <= s.start < money.start for s in acts) and not set(found.folded[since : money.start]) & _MARKS


_MARKS = frozenset(",;:()，；、")
"""What ends the words about a sum."""


def _is_owed(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for the sum of a debt, a loss or damage told before it, whatever says how much: "the hidden *debts* of the
    state, worth 2 billion"; not where a verb stands between, or a word of aid before: "*relief* of debts worth 5
    million".
    """
    told = [s for s in sentence.of("debt") if 0 <= money.start - s.end <= OWED]
    if not told:
        return False
    noun, folded = told[-1], found.folded
    between = folded[noun.end : money.start]
    verbs = sentence.of(*GIVING, "receive", "ask", "raise", "say", "benefit", "aid", "hope", "money")
    acts = any(noun.end <= v.start < money.start for v in verbs)
    words = (v for v in sentence.frame.spans if v.kind == "aid")  # not that of the name of a bank for it
    beside = (v for v in words if v.start <= noun.start or v.end > noun.end)
    relief = any(0 < noun.end - v.start <= NEAR + noun.end - noun.start for v in beside)
    return not (acts or relief) and between.count(",") <= 1 and not set(between) & set(";:()")


def _cost_of_somebody(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True where only a name, and how exact the sum is, parts such a word from the sum: "could cost *Chad* about"."""
    for word in sentence.of("not_given"):
        named = (s for s in sentence.of("place", "body") if 0 < s.start - word.end <= 5 and s.end < money.start)
        if any(not unqualified(found.folded[s.end : money.start].strip(), found.pack.code) for s in named):
            return True
    return False


def _is_difference(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for the sum by which something rose or fell: right behind a verb of change that a word of comparison opens
    ("比上一轮减少3亿欧元").
    """
    folded = found.folded
    if _year_on_year(found, sentence, money):
        return True
    verb = next((v for v in sentence.of("change") if 0 <= money.start - v.end <= NEAR), None)
    if verb is None or unqualified(folded[verb.end : money.start], found.pack.code):
        return False
    named = [s for s in sentence.frame.spans if s.kind in ("place", "body", "name", "nation")]
    return any(
        w.end <= verb.start
        and not set(folded[w.end : verb.start]) & set(",;:")
        and not any(n.start <= w.start < n.end for n in named)
        for w in sentence.of("compared")
    )


def _year_on_year(found: Recognised, sentence: Sentence, money: Span) -> bool:
    """True for the sum by which something rose or fell from one year to a later one, both past: "økte med 9 milliarder
    *fra 2021 til 2022*".
    """
    behind = next((p for p in sentence.of("period") if 0 < p.start - money.end <= 2), None)
    published, opens = found.article.published, found.pack.numbers.get("change_opens", ())
    if behind is None or not published or not behind.value.end or behind.value.end >= published:
        return False
    from_year = found.folded.startswith(tuple(f"{word} " for word in opens), behind.start)
    return from_year and any(v.end <= money.start for v in sentence.of("change"))
