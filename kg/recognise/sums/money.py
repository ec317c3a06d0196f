"""Sums of money: a number beside a currency, ranges, and amounts whose currency or magnitude is carried over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kg import lang
from kg.lang import Pack
from kg.recognise.fold import is_han
from kg.recognise.spans import Span
from kg.recognise.sums.numbers import Number, range_opened


class Money(NamedTuple):
    """``amount`` (and ``upper`` of a range) in units of ``currency``; ``assumed`` where the writing leaves it open."""

    amount: Decimal
    currency: str
    written: str
    assumed: bool
    upper: Decimal | None = None
    carried: bool = False


@cache
def _range(code: str) -> re.Pattern[str]:
    pack = lang.load(code)
    return re.compile(rf" ?(?:{pack.numbers['range']}) ?")


_NO_CENTS = re.compile(r"[,:](?:--?|=)(?![\w-])")
"""What is written behind whole amounts: kr 75.000*,-*, 5 000*:-*."""
_YEAR = re.compile(r" (?:19|20)\d\d(?![\w%]|[.,]\d)")
"""A year right behind a number, in a list of sums by years: 10 miljoner kronor 2025, *12 miljoner 2026*."""


def money(text: str, folded: str, numbers: Sequence[Span], currencies: Sequence[Span], code: str) -> list[Span]:
    """All sums of money. ``currencies`` are the currency words and symbols met; values are ``Money``."""
    pack = lang.load(code)
    found: list[Span] = []
    if not currencies:
        return found
    before, after = _signs(folded, numbers, currencies, pack)
    index = 0
    while index < len(numbers):
        number = numbers[index]
        second = numbers[index + 1] if index + 1 < len(numbers) else None
        joined = second is not None and _in_range(folded, number, second, before, code) and _rises(number, second)
        last = second if joined and second is not None else number
        front = _front(folded, number.start, before)
        front = None if front and found and front.start < found[-1].end else front  # 157 triệu *USD* | năm 2011
        back = _back(folded, last.end, after, pack.joiners)
        if front and back and front.value[0] != back.value[0] and not back.value[1]:
            front = front if front.value[1] is False else None
        currency = front if front and not (front.value[1] and back) else back or front
        index += 2 if joined else 1
        if back and folded[last.end] == "-" and 1900 <= last.value.value <= 2100:
            continue  # 2022-kroner: the prices of that year
        if currency is None:
            if joined:
                index -= 1
            continue
        amount, upper = number.value.value, None
        if joined and second is not None:
            upper = second.value.value
            amount = _same_magnitude(number.value, second.value)
        start = min(front.start, number.start) if front else number.start
        no_cents = _NO_CENTS.match(folded, last.end)
        end = max(back.end, last.end) if back else no_cents.end() if no_cents else last.end
        found.append(
            Span(
                start,
                end,
                "money",
                Money(amount, currency.value[0], text[currency.start : currency.end], currency.value[1], upper),
            )
        )
    return found


def former(folded: str, numbers: Sequence[Span], spans: Sequence[Span], pack: Pack) -> list[Span]:
    """Where it is told what a sum was before it was raised or cut: "raises its aid from *3 in 2020 to* 5 million".

    A comma or a verb of giving behind the verb of raising leaves the two a range.
    """
    verbs = [s for s in spans if s.kind == "change"]
    opens = tuple(f" {word}" for word in pack.numbers.get("change_opens", ())) if verbs else ()
    if not opens:
        return []
    money_words = [s for s in spans if s.kind == "currency"]
    before, after = {c.end: c for c in money_words}, {c.start: c for c in money_words}

    vague = "|".join(re.escape(w) for row in pack.qualifiers.values() for w in row) or "(?!)"

    def opened(number: Span) -> bool:
        sign = _front(folded, number.start, before)
        end = sign.start if sign else number.start
        return re.sub(rf" (?:{vague})$", "", folded[max(0, end - 48) : end].rstrip()).endswith(opens)

    def changed(number: Span) -> bool:
        verb = max((v.end for v in verbs if v.end <= number.start), default=None)
        if verb is None or "," in folded[verb : number.start]:
            return False
        return not any(s.kind in ("give", "pledge", "paid") and verb <= s.start < number.start for s in spans)

    def joined(first: Span, second: Span) -> bool:
        word, sign = _back(folded, first.end, after, pack.joiners), _front(folded, second.start, before)
        gap = folded[word.end if word else first.end : sign.start if sign else second.start].removeprefix(",")
        gap = re.sub(rf" (?:{vague}) ?$", " ", gap)
        gap = re.sub(r"^ (?:\w{1,4} )?(?:19|20)\d\d(?= )", "", gap)  # "from 3 million *in 2020* to 5 million"
        return _range(pack.code).fullmatch(gap) is not None and gap.strip() not in ("", "-")

    numbers = [n for n in numbers if n.value.scale > 1 or not 1900 <= n.value.value <= 2100]
    told = [(n, m) for n, m in pairwise(numbers) if changed(n) and opened(n) and joined(n, m)]
    return [Span(n.start, m.start, "former", n.value) for n, m in told]


def listed(folded: str, numbers: Sequence[Span], sums: Sequence[Span], code: str) -> list[Span]:
    """Plain numbers joined to the sum that follows: "12, 15 and 18 million euros" where that is no range."""
    found: list[Span] = []
    if not sums or len(numbers) < 2:
        return found
    joint = _joint(code)
    following = {s.start: s for s in sums}
    for number, second in reversed(list(pairwise(numbers))):
        later = following.get(second.start)
        scale = _scale(later, second)
        plain = is_large(number) or (number.value.scale in (1, scale) and number.value.shape == "digits")
        plain = plain and not 1900 <= number.value.value <= 2100
        if later is None or not plain or any(s.start <= number.start < s.end for s in sums):
            continue
        gap = folded[number.end : second.start]
        more = gap == ", " and bool(found) and found[-1].start == second.start
        if more or (gap.strip() not in ("", "-") and joint.fullmatch(gap)):
            amount = number.value.value * (scale if number.value.scale == 1 else 1)
            span = Span(number.start, number.end, "money", later.value._replace(amount=amount, upper=None))
            following[span.start] = span
            found.append(span)
    return found


@cache
def _joint(code: str) -> re.Pattern[str]:
    """What may join the numbers of a list of sums."""
    pack = lang.load(code)
    joiners = "" if pack.spaces else "".join(f"|{re.escape(j)}" for j in pack.bodies.get("joiners", ()))
    return re.compile(rf",? ?(?:{pack.numbers['range']}{joiners}) ?")


def _scale(money: Span | None, number: Span) -> Decimal:
    """The magnitude of a sum whose number is ``number``, also where it took that from the sum after it."""
    digits = number.value.value / number.value.scale
    return money.value.amount / digits if money is not None and digits else Decimal(number.value.scale)


def led(folded: str, numbers: Sequence[Span], sums: Sequence[Span], actors: Sequence[Span], pack: Pack) -> list[Span]:
    """Scaled numbers before the sum that says of what they are: "Norway *200 million*, Denmark 150 million dollars".

    Between them stand only a mark or "and" and the name of the next giver.
    """
    found: list[Span] = []
    if not sums:
        return found
    before = _before_giver(pack.code)
    first = min(s.end for s in sums)
    for number in reversed(numbers):
        if not is_large(number) or first <= number.start:  # the sum before says it
            continue
        later = min((s for s in (*sums, *found) if s.start > number.start), default=None)
        if later is None or any(s.start <= number.start < s.end for s in sums):
            continue
        named = [a for a in actors if number.end < a.start and a.end <= later.start]
        beside = len(named) == 1 and not folded[named[0].end : later.start].strip()
        if beside and before.fullmatch(folded, number.end, named[0].start):
            value = later.value._replace(amount=number.value.value, upper=None, carried=True)
            found.append(Span(number.start, number.end, "money", value))
    return found


@cache
def _before_giver(code: str) -> re.Pattern[str]:
    """What may part a sum from the name of the next giver."""
    both = "|".join(re.escape(w.strip()) for w in lang.load(code).bodies["and"] if w.strip() != ",")
    return re.compile(rf",?(?: ?(?:{both}),?)? ?(?:\w{{1,3}} |\w')?" if both else r"[,、]?")


def retold(folded: str, money: Span, told: Sequence[Span], pack: Pack) -> bool:
    """True for a sum that repeats the one before in another currency: "4 billion dollars, *or 2,300 billion CFA*"."""
    before = [s for s in told if s.end <= money.start]
    words = pack.names.get("equals", ())
    return bool(before) and folded[before[-1].end : money.start].strip() in words


def carried(
    folded: str, numbers: Sequence[Span], sums: Sequence[Span], last: Money | None, spans: Sequence[Span], pack: Pack
) -> list[Span]:
    """Scaled numbers without a currency after a sum: "… 75 million euros, Rome 40 million".

    ``last`` is the latest sum before the sentence in its article; where there is none, numbers of a sentence with
    these ``spans`` may be of the money of the language's own country (see ``given_at_home``). A number that goes on
    with a noun counts something; one that goes on with a preposition, a mark or the end of the sentence is a sum.
    """
    found = []
    for number in numbers:
        if not is_large(number) or any(s.start <= number.start < s.end for s in sums):
            continue
        if pack.spaces and folded[number.start - 1 : number.start].isalpha():  # a sign that no list holds
            continue
        told = [s for s in sums if s.end <= number.start]
        if told and _retold_unnamed(folded[told[-1].end : number.start].strip(), pack):
            continue  # "6 million dollars (*1.15 billion*)": the same sum in a currency that is not named
        plain = [s for s in told if not in_brackets(folded, s.start)] or told
        plain = [s for s in plain if not retold(folded, s, sums, pack)] or plain
        earlier = [s.value for s in plain] or ([last] if last else [])
        if not earlier and number.start > given_at_home(folded, spans, pack):
            earlier = [Money(number.value.value, pack.home.currency or "", "", assumed=True)]
        on = _goes_on(folded, number.end, pack) or (plain and _YEAR.match(folded, number.end))
        if earlier and on and not _are(folded, number.end, spans):
            value = earlier[-1]._replace(amount=number.value.value, upper=None, carried=True)
            found.append(Span(number.start, number.end, "money", value))
    return found


def _are(folded: str, end: int, spans: Sequence[Span]) -> bool:
    """True where a dash for "are" parts a number from what it counts: "из них 7 млн *— дети*"."""
    return folded.startswith(" - ", end) and any(s.kind == "countable" and s.start == end + 3 for s in spans)


def _retold_unnamed(between: str, pack: Pack) -> bool:
    """True for what stands before a sum told again in a currency that no list holds: "(", "(equivalent to *wari*"."""
    words = _brackets(pack)
    opened, _, currency = between.rpartition(" ")
    return between in words or (opened in words and opened != "(" and currency.isalpha())


def _brackets(pack: Pack) -> frozenset[str]:
    """What stands between a sum and the same sum told again in brackets."""
    return frozenset({"(", *(w for w in pack.names.get("equals", ()) if w.startswith("("))})


def given_at_home(folded: str, spans: Sequence[Span], pack: Pack) -> int:
    """Where the country of the language's press is told to give ("*Norge gir* 15 millioner til …"), behind which
    millions without a currency are of its own money; the length of the text where nothing says so.
    """
    place = pack.home.place
    givers = [s for s in spans if (s.kind == "place" and s.value == place) or s.kind == "home"] if place else []
    verbs = [s for s in spans if s.kind in ("give", "pledge")]
    told = (max(g.end, v.end) for g in givers for v in verbs if 1 in (v.start - g.end, g.start - v.end))
    return min(told, default=len(folded))


def is_large(number: Span) -> bool:
    """True for a number with a magnitude that only sums of money have beside them: millions, or many 万."""
    scale = number.value.scale
    return bool(scale >= 10**6 or (scale == 10**4 and number.value.value >= 10**6))


def in_brackets(folded: str, at: int) -> bool:
    """True where an open bracket stands a few characters before ``at``, as before a sum told in another currency."""
    before = folded[max(0, at - 24) : at]
    return before.rfind("(") > before.rfind(")")


def shares(
    folded: str, numbers: Sequence[Span], sums: Sequence[Span], actors: Sequence[Span], pack: Pack
) -> list[Span]:
    """Bare numbers that share a sum before them: "840 million, of which *110* by Paris and *244* by Berlin".

    Such a number goes on with a word of ``names.shares`` and a name, or stands between a name and a mark. It takes
    currency and magnitude of the latest sum told in full before it.
    """
    words = tuple(pack.names.get("shares", ()))
    whole = _adding_up(folded, numbers, sums, pack)
    if not whole and not (words and sums):
        return []
    starts, ends = {a.start for a in actors}, {a.end for a in actors}
    marks = (*pack.bodies["and"], ",", ".", ";", ")", " ;")
    found: list[Span] = []
    for number in numbers:
        plain = number.value.scale == 1 and number.value.shape == "digits" and 0 < number.value.value < 1000
        earlier = [(s, n) for s in sums for n in numbers if s.start <= n.start < s.end <= number.start]
        if not plain or not earlier or any(s.start <= number.start < s.end for s in sums):
            continue
        latest, magnitude = earlier[-1][0].value, earlier[-1][1].value.scale
        by = any(folded.startswith(w, number.end) and number.end + len(w) in starts for w in words)
        by = by or number in whole
        own = (
            bool(words)
            and number.start - 1 in ends
            and (number.end == len(folded) or folded.startswith(marks, number.end))
        )
        if magnitude >= 10**6 and (by or own):
            value = latest._replace(amount=number.value.value * magnitude, upper=None, carried=True)
            found.append(Span(number.start, number.end, "money", value))
    return found


def _adding_up(folded: str, numbers: Sequence[Span], sums: Sequence[Span], pack: Pack) -> list[Span]:
    """Bare numbers right behind a sum told in millions that are its parts, as they make it up: "70 million euros: *40*
    for the camps and *30* for the schools". None of them counts something.
    """
    for whole in sums:
        told = next((n for n in numbers if whole.start <= n.start < whole.end), None)
        if told is None or told.value.scale < 10**6 or whole.value.upper is not None:
            continue
        left, parts = told.value.value / told.value.scale, list[Span]()
        for number in (n for n in numbers if n.start >= whole.end):
            plain = number.value.scale == 1 and number.value.shape == "digits" and number.value.value > 0
            if not (plain and _goes_on(folded, number.end, pack)) or any(s.start <= number.start < s.end for s in sums):
                break
            left -= number.value.value
            parts.append(number)
            if left <= 0:
                break
        if left == 0 and len(parts) > 1:
            return parts
    return []


def _goes_on(folded: str, end: int, pack: Pack) -> bool:
    """Whether what follows a number leaves it a sum: no letter, or a preposition."""
    if end >= len(folded) or not (
        folded[end].isalpha() or (folded[end] == " " and folded[end + 1 : end + 2].isalnum())
    ):
        return folded[end : end + 1] not in ("%", "-") and folded[end : end + 2] != " %"
    if folded.startswith(tuple(w for w in pack.names.get("sum_goes_on", ()) if w.startswith(" ")), end):
        return True
    joiners = tuple(j for j in pack.joiners if j.strip().isalpha() or j.strip().endswith("'"))
    if folded.startswith(joiners, end):  # "2 millions| de personnes", and no currency
        return False
    keys = ("dative", "locative", "genitive", "ablative", "sum_goes_on")
    words = [w.lstrip() for key in keys for w in pack.names.get(key, ())] + [w.lstrip() for w in pack.bodies["and"]]
    rest = folded[end : end + 24].lstrip()
    return any(rest.startswith(word) for word in words if word)


def _same_magnitude(first: Number, second: Number) -> Decimal:
    """The lower end of "30-35 million": it takes the magnitude of the upper where it has none."""
    return first.value * second.scale if first.scale == 1 else first.value


def _signs(
    folded: str, numbers: Sequence[Span], currencies: Sequence[Span], pack: Pack
) -> tuple[dict[int, Span], dict[int, Span]]:
    """The currencies that may stand before a number, by where they end, and behind one, by where they begin.

    A single letter is one only before a large sum written as one (N200 million, R 5,000): N 200 is a road.
    """
    follow = pack.raw["money"].get("follow", ())  # words that never go first: *đồng* ends the word for "contract"
    sums = {n.start for n in numbers if n.value.scale > 1 or _grouped(folded, n)}
    letters = [
        c for c in currencies if c.end - c.start == 1 and folded[c.start].isascii() and folded[c.start].isalpha()
    ]
    bare = [c for c in letters if not {c.end, c.end + 1} & sums]
    before = {c.end: c for c in currencies if folded[c.start : c.end] not in follow and c not in bare}
    after = {c.start: c for c in currencies if c not in letters}
    return before, after


def _grouped(folded: str, number: Span) -> bool:
    """True for a number with marks between its thousands."""
    return number.value.value >= 1000 and not folded[number.start : number.end].isdecimal()


def _rises(first: Span, second: Span) -> bool:
    """True where two numbers may be the ends of a range: not the year and the sum of "in *2020* to *10 million*"."""
    return bool(_same_magnitude(first.value, second.value) < second.value.value)


def _in_range(folded: str, first: Span, second: Span, before: dict[int, Span], code: str) -> bool:
    gap_end = second.start
    if front := _front(folded, second.start, before):
        gap_end = front.start
    if gap_end < first.end or _range(code).fullmatch(folded, first.end, gap_end) is None:
        return False
    return range_opened(folded, first.start, folded[first.end : gap_end].strip(), lang.load(code))


def _front(folded: str, start: int, before: dict[int, Span]) -> Span | None:
    span = before.get(start)
    if span is None and start and folded[start - 1] in " -":
        span = before.get(start - 1)
    if span is not None and span.end - span.start == 1 and is_han(folded[span.start]):  # 张|元|三: 元 never goes first
        return None
    return span


def _back(folded: str, end: int, after: dict[int, Span], joiners: Sequence[str]) -> Span | None:
    closed = re.compile(r' ?"(?! ?\d)').match(folded, end)  # « près de 2 milliards » d'euros
    closed = closed or _NO_CENTS.match(folded, end)
    for at in (end, closed.end()) if closed else (end,):
        for joiner in joiners:
            if folded.startswith(joiner, at) and (span := after.get(at + len(joiner))):
                return span
    return None
