"""Numbers in digits, words and Chinese numerals, with their magnitudes: ``1,14 tỷ``, ``11.4亿``, ``two million``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

from kg import lang
from kg.lang import Pack
from kg.recognise.spans import Span

_HAN_DIGITS = dict(zip("〇零一二三四五六七八九两兩", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 2), strict=True))
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SOME = frozenset("数數几幾上成好")  # before a unit these leave the number open: 数百, several hundred
_HAN_NUMBER = re.compile("[〇零一二三四五六七八九两兩十百千]+(?:[万萬亿億][〇零一二三四五六七八九两兩十百千]*)*")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"\d+(?:-\d+){2,}")
"""The number of an account or a telephone, or a day in figures: 191-1126890-0-75."""
_PAIRS = r"[1-9]\d?(?:,\d\d)+,\d{3}(?![\d,])(?:\.\d+)?"
"""Lakhs and crores: 1,50,000."""
_THREE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
LONGEST_NUMBER = 24
"""Digits beyond which a run is no amount but an identifier."""


class Number(NamedTuple):
    """``value`` as an exact decimal; ``scale`` is the magnitude word in it (1 for none); ``shape``: digits or word."""

    value: Decimal
    scale: Decimal = Decimal(1)
    shape: str = "digits"


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    pack = lang.load(code)
    group = "".join(re.escape(c) for c in pack.numbers["group"] if c != pack.numbers["decimal"])
    decimal = re.escape(pack.numbers["decimal"])
    other = re.escape("." if pack.numbers["decimal"] == "," else ",")
    groups = rf"\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d{{1,3}}(?:{decimal}\d{{3}}){{2,}}(?!\d)"
    digits = rf"{groups}|{_PAIRS}|\d+(?:{decimal}\d+|{other}\d{{1,2}}(?!\d))?"
    magnitudes = "|".join(re.escape(m) for m in sorted(pack.numbers["magnitudes"], key=len, reverse=True))
    edge = r"(?![^\W\d_])" if pack.spaces else ""
    endings = pack.numbers.get("magnitude_ends")
    edge = rf"(?:{edge}|(?=(?:{endings})(?!\w)))" if endings else edge  # 900 bin|den fazla
    return re.compile(digits), re.compile(rf"[ -]?((?:{magnitudes})){edge}")


def parse_digits(written: str, *, decimal: str) -> Decimal | None:
    """The value of a digit string such as ``1.140.000`` or ``1,14`` where ``decimal`` is the decimal mark.

    A mark followed by other than three digits is read as decimal whichever it is, so that a foreign ``4.35`` is
    never 435. None where it is no number.
    """
    if written.isdecimal():
        return Decimal(written)
    plain = written.replace(" ", "").replace("'", "").replace("\u00a0", "")
    other = "." if decimal == "," else ","
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+(?:{re.escape(decimal)}\d+)?|{_PAIRS}", plain):
        plain = plain.replace("," if re.fullmatch(_PAIRS, plain) else other, "")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(decimal)}\d{{3}}){{2,}}", plain):
        plain = plain.replace(decimal, "")
    plain = plain.replace(decimal, ".").replace(other, ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def parse_han(written: str) -> int | None:
    """The value of a Chinese numeral such as 二十五 or 三千万; None where it is none."""
    total = section = digit = 0
    seen = False
    for char in written:
        if char in _HAN_DIGITS:
            digit, seen = _HAN_DIGITS[char], True
        elif char in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[char]
            digit, seen = 0, True
        elif char in _HAN_LARGE:
            total += ((section + digit) or 1) * _HAN_LARGE[char]
            section = digit = 0
            seen = True
        else:
            return None
    return total + section + digit if seen else None


def numbers(folded: str, words: Sequence[Span], code: str) -> list[Span]:
    """All numbers of ``folded`` text; ``words`` are its number words, and what else tells which numbers are one:
    currencies, things counted and words of sharing out. Values are ``Number``.
    """
    pack = lang.load(code)
    found = list(_digits(folded, pack))
    told = list(_word_numbers(folded, words, pack)) if words else []
    if told:
        found = [n for n in found if not any(w.start < n.start and n.end <= w.end for w in told)]
        # of "200 mil mujeres" the word multiplies, and is no number of its own
        found += [w for w in told if not any(n.start < w.start < n.end for n in found) and not _cut(folded, w, found)]
    if not pack.spaces:
        found += _han(folded, pack)
        found = _sections(folded, sorted(found))
    if len(found) < 2:
        return found
    return _once(folded, _added(folded, _once(folded, sorted(found), pack), words, pack), pack)


def _once(folded: str, found: Sequence[Span], pack: Pack) -> list[Span]:
    """A number told twice, in words and in digits in brackets, is one, and a magnitude may follow: *treize (13)
    millions*, "two million (*2 000 000*) yen".
    """
    once: list[Span] = []
    for span in found:
        last = once[-1] if once else None
        bracket = last is not None and folded[last.end : span.start].strip() == "(" and folded.startswith(")", span.end)
        if last is None or not bracket or last.value.value != span.value.value:
            once.append(span)
            continue
        shape = last.value.shape
        end, value, scale = _scale(folded, span.end + 1, span.value.value, pack)
        once[-1] = Span(last.start, end, "number", Number(value, max(scale, last.value.scale), shape))
    return once


def _sections(folded: str, found: Sequence[Span]) -> list[Span]:
    """Thousands and hundreds with the rest of their section of four digits behind them: 5천|700만 are 57 million."""
    whole: list[Span] = []
    for span in reversed(found):
        last = whole[-1] if whole else None
        if last is None or span.value.scale not in (10, 100, 1000) or folded[span.end : last.start].strip(" "):
            whole.append(span)
            continue
        myriad = Decimal(10) ** (last.value.scale.adjusted() // 4 * 4)
        if myriad == 1 or span.end + 1 < last.start or last.value.value >= span.value.scale * myriad:
            whole.append(span)
            continue
        value = span.value.value * myriad + last.value.value
        whole[-1] = Span(span.start, last.end, "number", Number(value, last.value.scale, span.value.shape))
    return whole[::-1]


def _cut(folded: str, word: Span, found: Sequence[Span]) -> bool:
    """True for a word behind digits that were read as no number: of 9ر5 *million* no million is told."""
    digits = folded[max(0, word.start - 2) : word.start]
    return digits[:1].isdigit() and digits[1:] == " " and all(n.end != word.start - 1 for n in found)


def _added(folded: str, found: Sequence[Span], words: Sequence[Span], pack: Pack) -> list[Span]:
    """A number whose large and small parts stand side by side, or with a bare "and" between them, is one: 1亿2000万,
    *trois milliards 250 millions*, *un miliardo e 200 milioni*.

    Neither the ends of a range (*between* 2 billion and 300 million) nor what is shared out are parts of one number.
    """
    both = () if any(w.kind == "respectively" for w in words) else _bare_and(pack.code)
    signs = {w.end for w in words if w.kind == "currency"}
    coins = {w.start for w in words if w.kind in ("currency", "countable")}
    whole: list[Span] = []
    for span in found:
        last = whole[-1] if whole else None
        gap = folded[last.end : span.start] if last else ""
        bare = not pack.spaces or (pack.numbers.get("units_behind", False) and gap == " ")
        joined = last is not None and _is_rest(last.value, span.value, apart=gap in both, bare=bare)
        # of "705 thousand *346 dollars*" the money says that it is one number, of "3 bin *200 okul*" the schools
        joined = joined or (
            last is not None and gap in (" ", *both) and span.end + 1 in coins and _is_small(last.value, span.value)
        )
        apart = gap == " " and (pack.spaces or span.value.scale > 1)  # 3억 5000만
        if last is None or not joined or not (apart or (gap == "" and not pack.spaces) or gap in both):
            whole.append(span)
            continue
        listed = len(whole) > 1 and folded[whole[-2].end : last.start] == ", "
        signed = last.start in signs or last.start - 1 in signs  # "$2 billion and 300 million euros" are two sums
        if gap in both and (listed or signed or range_opened(folded, last.start, gap.strip(), pack)):
            whole.append(span)
            continue
        value = Number(last.value.value + span.value.value, last.value.scale, last.value.shape)
        whole[-1] = Span(last.start, span.end, "number", value)
    return whole


def _is_rest(large: Number, small: Number, *, apart: bool, bare: bool) -> bool:
    """True where ``small`` may be the rest of ``large``, of a lower magnitude; it tells its own, unless it may be
    ``bare``, is large in itself, or both are words: "3 million 2019" are two numbers, *deux mille cinq cents* is one.
    ``apart`` tells that "and" stands between them.
    """
    if large.scale <= small.scale or small.value >= large.scale:
        return False
    words = large.shape == small.shape == "word" and (large.scale == 1000 or not apart)
    return bare or words or small.scale > 1 or small.value >= 10**4


def _is_small(large: Number, small: Number) -> bool:
    """True where ``small`` may be the units behind the thousands or millions of ``large``."""
    return small.scale == 1 and small.value < 1000 <= large.scale and large.value % 1000 == 0 and small.value % 1 == 0


@cache
def _bare_and(code: str) -> tuple[str, ...]:
    """The words for "and" that may join two parts of a number, with the blanks around them."""
    pack = lang.load(code)
    return tuple(w for w in pack.bodies["and"] if pack.spaces and w.strip().isalpha())


def range_opened(folded: str, start: int, word: str, pack: Pack) -> bool:
    """True where ``word`` makes a range of the number from ``start`` and of the next: where what must open a range
    with such a word stands before them ("*between* 2 and 3 million"), or where nothing must.
    """
    opener = pack.numbers.get("range_opens", {}).get(word)
    told = folded[max(0, start - 24) : start]
    return opener is None or re.search(rf"(?<!\w)(?:{opener})\W+(?:\w+ ){{0,2}}\W*$", told) is not None


@cache
def _ordinal_patterns(code: str) -> tuple[re.Pattern[str], ...]:
    pack = lang.load(code)
    edge = r"(?<!\w)" if pack.spaces else ""
    return tuple(re.compile(f"{edge}(?:{p})") for p in pack.numbers.get("ordinal_patterns", ()))


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def parse_roman(written: str) -> int | None:
    """The value of a Roman numeral up to 89, in lower case; None where it is none."""
    if not re.fullmatch(r"l?x{0,3}(?:ix|iv|v?i{0,3})", written) or not written:
        return None
    total = 0
    for one, following in zip(written, [*written[1:], ""], strict=True):
        value = _ROMAN[one]
        total += -value if following and _ROMAN[following] > value else value
    return total


def ordinals(text: str, folded: str, start: int, end: int, code: str) -> list[Span]:
    """Ordinals in digits, Roman or Chinese numerals in ``folded[start:end]``, as the pack's patterns write them."""
    found = []
    for pattern in _ordinal_patterns(code):
        for match in pattern.finditer(folded, start, end):
            written = match["n"]
            if not written.isdigit() and any("a" < sign < "z" for sign in text[slice(*match.span("n"))]):
                continue  # *vie*, *Lie* and *Xie* are no Roman numerals
            value = int(written) if written.isdigit() else parse_roman(written) or parse_han(written)
            if value and value < 200:
                found.append(Span(match.start(), match.end(), "ordinal", value))
    return found


def _scale(folded: str, end: int, value: Decimal, pack: Pack) -> tuple[int, Decimal, Decimal]:
    """Multiply by the magnitude words that follow: ``11.4`` ``亿``, *two and a half* ``million``."""
    magnitude = _patterns(pack.code)[1]
    scale = Decimal(1)
    half = _half_behind(folded, end, pack) if value % 1 == 0 and value < _MANY else end
    if half > end and magnitude.match(folded, half):
        value, end = value + Decimal("0.5"), half
    while match := magnitude.match(folded, end):
        scale *= Decimal(10) ** pack.numbers["magnitudes"][match[1]]
        end = match.end()
    if scale > 1 and value % 1 == 0 and (half := _half_behind(folded, end, pack)) > end:
        return half, value * scale + scale / 2, scale
    return end, value * scale, scale


_MANY = 1000
"""A number from which on nobody tells halves: it is one and its magnitude in one word, *a million*."""


def _half_behind(folded: str, end: int, pack: Pack) -> int:
    """Where words such as *and a half* end, right behind a number; else ``end``."""
    for words in pack.numbers.get("and_half", ()):
        if folded.startswith(words, end) and not folded[end + len(words) : end + len(words) + 1].isalnum():
            return end + len(words)
    return end


_HUNDREDS = re.compile(r" (\d{1,3})(?= )")


def _with_hundreds(folded: str, end: int, value: Decimal, scale: Decimal, pack: Pack) -> tuple[int, Decimal, Decimal]:
    """Thousands told before the hundreds of a larger number: *tres mil 300 millones* is 3,300 million."""
    hundreds = _HUNDREDS.match(folded, end) if value % 1000 == 0 and 0 < value < 10**6 else None
    if hundreds is None:
        return end, value, scale
    after, whole, larger = _scale(folded, hundreds.end(), value + int(hundreds[1]), pack)
    return (after, whole, larger) if larger >= 10**6 else (end, value, scale)


def _digits(folded: str, pack: Pack) -> Iterator[Span]:
    digits = _patterns(pack.code)[0]
    position, size = 0, len(folded)
    may_join = pack.capitals or bool(pack.proclitics)  # कॉप30 is a name where no word is written before a number
    while (first := _DIGIT.search(folded, position)) is not None:
        start = first.start()
        if code := _CODE.match(folded, start):
            position = code.end()
            continue
        match = digits.match(folded, start)
        assert match is not None
        position = match.end()
        if (
            start
            and folded[start - 1].isalpha()
            and (folded[start - 1].isascii() or folded[max(0, start - 2)].isdigit() or not may_join)
            and pack.spaces
            and not _currency_letter(folded, start, pack)
        ):
            continue
        while position < size and folded[position].isdigit():
            position += 1
        if position != match.end() or position - start > LONGEST_NUMBER:
            continue
        decimal = pack.numbers["decimal"]
        value = parse_digits(match[0], decimal=decimal)
        if value is None:
            continue
        end, value, scale = _scale(folded, position, value, pack)
        if scale == 1 and decimal in pack.numbers["group"] and decimal in match[0] and _THREE.fullmatch(match[0]):
            value *= 1000  # some write 323.191 for 323,191, and 1.250 million for a million and a quarter
        if scale == 1000:
            end, value, scale = _with_hundreds(folded, end, value, scale, pack)
        position = max(position, end)
        yield Span(start, end, "number", Number(value, scale))


def _currency_letter(folded: str, start: int, pack: Pack) -> bool:
    """Letters glued to a number are a currency code (``usd5m``) or part of an identifier (``b12``)."""
    head = start
    while head and folded[head - 1].isalpha():
        head -= 1
    if not (pack.capitals or folded[head].isascii()):
        return folded[head:start] in pack.assumed  # रु500, not कॉप30
    short = start - head == 1 and folded[head].upper() in pack.assumed  # K5 million
    return (short or start - head in (2, 3)) and (head == 0 or not folded[head - 1].isalnum())


def _word_numbers(folded: str, words: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """Runs of number words: hundred multiplies what stands before it, smaller ones add up."""
    index = 0
    words = [w for w in words if w.kind == "numword"]
    if not words:
        return
    joints = {"", " ", "-", *(w for w in pack.bodies["and"] if pack.spaces and w.strip().isalpha())}
    after = 0
    while index < len(words):
        start, end, total = words[index].start, words[index].end, Decimal(str(words[index].value))
        thousands = Decimal(0)
        index += 1
        if start < after:  # of "zweihundert tausend" the second word has multiplied the first
            continue
        while index < len(words) and folded[end : words[index].start] in joints:
            value = Decimal(str(words[index].value))
            if value == 100 and total < 100:
                total *= 100
            elif total == 1000 and value < 1000 and not thousands:
                thousands, total = total, value
            elif 1 <= value < total and total % 10 == 0 and (value < 10 or total % 100 == 0):
                total += value
            else:
                break
            end = words[index].end
            index += 1
        end, total, scale = _scale(folded, end, thousands + total, pack)
        end, total, scale = _with_hundreds(folded, end, total, scale, pack)
        if scale == 1 and total >= _MANY and (half := _half_behind(folded, end, pack)) > end:  # *a million* and a half
            end, total = half, total + Decimal(1000) ** (total.adjusted() // 3) / 2
        after = end
        yield Span(start, end, "number", Number(total, scale, "word"))


def _han(folded: str, pack: Pack) -> Iterator[Span]:
    for match in _HAN_NUMBER.finditer(folded):
        before = folded[match.start() - 1] if match.start() else ""
        if before.isdigit() or (before in _SOME and match[0][0] in _HAN_UNITS):
            continue
        value = parse_han(match[0])
        if value is None or not value:
            continue
        end, total, scale = _scale(folded, match.end(), Decimal(value), pack)
        scale = max(scale, *(Decimal(_HAN_LARGE.get(char, 1)) for char in match[0]))
        yield Span(match.start(), end, "number", Number(total, scale, "word"))
