"""Names of persons in Chinese characters beside posts, and foreign names written in them by their sounds."""

from __future__ import annotations

import re
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.fold import is_han
from kg.recognise.spans import Span

_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ž.'’-]*[a-zà-ž](?: [A-ZÀ-Þ][A-Za-zÀ-ž.'’-]*){1,3}")
"""A foreign name in its own letters: 副署長 *Anna Berg*."""


@cache
def _han_run() -> re.Pattern[str]:
    """A name whose parts dots divide; its wide ranges take a while to compile, and few languages need them."""
    word, longer = (rf"[\u4e00-\u9fff]{{1,{most}}}(?:[-－][\u4e00-\u9fff]{{1,{most}}})?" for most in (7, 8))
    return re.compile(rf"{word}(?:[·•・‧.．]{longer})+")


@cache
def _spelled() -> re.Pattern[str]:
    """A foreign name right before its own letters in brackets: 維特柏吉斯（*Jonas Vitbergis*）."""
    letters = r"[A-ZÀ-Þ][A-Za-zÀ-ž.'’-]*(?: [A-Za-zÀ-ž.'’-]+){1,4}"
    return re.compile(rf"([\u4e00-\u9fff][\u4e00-\u9fff·•・‧.．-]{{1,11}}) ?[(（]{letters}[)）]")


@cache
def _surnames(code: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """The surnames of a pack by length, longest first."""
    written = lang.load(code).names["surnames"]
    return tuple(
        (n, frozenset(w for w in written if len(w) == n)) for n in sorted({len(w) for w in written}, reverse=True)
    )


@cache
def _words(code: str, key: str) -> re.Pattern[str]:
    """A pattern of the words of ``key`` in a pack's ``[names]``, longest first."""
    words = sorted(lang.load(code).names.get(key, ()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def after_post(text: str, start: int, end: int, pack: Pack) -> Span | None:
    """A name in Chinese characters that begins at ``start`` (right after a post)."""
    start += text.startswith(" ", start)
    if _words(pack.code, "not_names").match(text, start):
        return None
    if match := _han_run().match(text, start, end):
        joined = text[start] in pack.names.get("glued", "")  # 国务卿|和|杰里米·…: the name of the next post
        return None if joined else _trim_foreign(text, match.start(), match.end(), pack)
    if start >= end:
        return None  # 代表|總統|耶南德茲: the next post has the name
    if match := _LATIN.match(text, start):
        return _person(text, *match.span(), pack)
    if (match := _spelled().match(text, start)) and not _verb_inside(text, *match.span(1), pack):
        return _person(text, *match.span(1), pack)
    reach = start
    while reach < end and reach - start < 8 and is_han(text[reach]):
        reach += 1
    for length, written in _surnames(pack.code):
        if text[start : min(reach, start + length)] in written:
            return _given(text, start, start + length, reach, pack)
    return _transliterated(text, start, end, pack) or _before_speech(text, start, reach, pack)


def _verb_inside(text: str, start: int, end: int, pack: Pack) -> bool:
    """True where a verb or particle of two characters or more stands between two offsets."""
    return any(len(m[0]) > 1 for m in _words(pack.code, "after").finditer(text, start, end))


def dotted(text: str, start: int, end: int) -> bool:
    """True where a foreign name with its parts divided by dots begins: 玛丽亚·马尔默·…, whatever places are in it."""
    return _han_run().match(text, start + text.startswith(" ", start), end) is not None


def _before_speech(text: str, start: int, reach: int, pack: Pack) -> Span | None:
    """A name whose surname no list holds: two to four characters between a post and a verb that persons go with."""
    said, after = _words(pack.code, "speech"), _words(pack.code, "after")
    for at in range(start + 2, min(start + 4, reach) + 1):
        if verb := said.match(text, at):
            longer = after.match(text, at)  # 說明 is no 說
            if longer and longer.end() > verb.end() and longer[0] not in pack.names["speech"]:
                continue
            inside = any(after.match(text, i) for i in range(start, at))
            return None if inside else _person(text, start, at, pack)
    return None


def _person(text: str, start: int, end: int, pack: Pack) -> Span:
    return Span(start, end, "name", Name("person", text[start:end], pack.code))


def _given(text: str, start: int, after: int, reach: int, pack: Pack) -> Span | None:
    """One or two given-name characters after a surname; the second where it goes wherever the first goes."""
    stop_words = _words(pack.code, "after")
    after += text.startswith(tuple(pack.names.get("middles", ())), after)

    def stops(at: int) -> bool:
        return at >= reach or stop_words.match(text, at) is not None

    word = stop_words.match(text, after)
    if after >= reach or (word and len(word[0]) > 1):
        return None
    foreign = _transliterated(text, start, reach, pack)
    if foreign and foreign.end - start > after + 2 - start:
        return foreign
    end = after + 1
    if not stops(end):
        one, two = text.count(text[start:end]), text.count(text[start : end + 1])
        if two == one or two > 1 or stops(end + 1):
            end += 1
    if end - start == 3 and end - after == 2 and not stops(end) and _words(pack.code, "speech").match(text, end + 1):
        end += 1  # one sign between a name and what is said belongs to the name: 石月英|雄|說
    return _person(text, start, end, pack)


def _transliterated(text: str, start: int, end: int, pack: Pack) -> Span | None:
    letters = pack.names["transliteration"]
    stop = start
    while stop < end and stop - start < 9 and text[stop] in letters:
        stop += 1
    while stop > start and text[stop - 1] == "-":
        stop -= 1
    name = _trim_foreign(text, start, stop, pack) if stop - start >= 2 else None
    return _with_rare(text, name, end, pack) if name and name.end == start + 2 else name


def _with_rare(text: str, name: Span, end: int, pack: Pack) -> Span | None:
    """A name of two signs with the third where that writes no sounds: 沃瑞|棣|表示; None where more of them follow."""
    if name.end >= end or not is_han(text[name.end]):
        return name
    after = _words(pack.code, "after")
    if after.match(text, name.end) or text[name.end] in pack.names["transliteration"]:
        return name
    ends = name.end + 1 >= end or not is_han(text[name.end + 1]) or after.match(text, name.end + 1)
    if text.count(text[name.start : name.end]) > text.count(text[name.start : name.end + 1]):
        return name
    return _person(text, name.start, name.end + 1, pack) if ends else None


def _trim_foreign(text: str, start: int, end: int, pack: Pack) -> Span | None:
    """Cut a transliterated run where a verb or particle begins, or where the characters that write sounds end."""
    after = _words(pack.code, "after")
    letters = pack.names["transliteration"]
    dot = max(text.rfind(d, start, end) for d in "·•・‧.．-－")
    for at in range(max(start + 2, dot + 2), end):
        word = after.match(text, at)
        if word and text[at] in letters:  # 阿提|出席, not 阿|提出|席
            later = after.match(text, at + 1)
            word = None if later and later.end() > word.end() > at + 1 else word
        if word or (dot >= 0 and at > dot + 2 and text[at] not in letters):
            end = at
            break
    return _person(text, start, end, pack) if end - start >= 2 else None


def before_post(text: str, start: int, end: int, pack: Pack) -> Span | None:
    """A name in Chinese characters that ends at ``end`` (right before a post): 裴青山 in 裴青山副总理."""
    run = start
    for at in range(end - 1, max(start, end - 16) - 1, -1):
        if not is_han(text[at]) and text[at] not in "·•・‧.．":
            run = at + 1
            break
    for match in _han_run().finditer(text, run, end):
        if match.end() == end:
            foreign = _trim_foreign(text, _after_verb(text, match.start(), pack), end, pack)
            return foreign if foreign and foreign.end == end else None
    for at in range(max(run, end - 7), end - 1):  # 阿里·阿卜杜勒 … 阿卜杜勒|部长
        if any(dot + text[at:end] in text for dot in "·•・‧.．") and _may_begin(text, at, end, pack):
            return _person(text, at, end, pack)
    for length in (3, 2, 4):
        at = end - length
        if at < run or not _may_begin(text, at, end, pack):
            continue
        if length == 3 and at > run and _double(text, at - 1, end, pack):
            return _person(text, at - 1, end, pack)
        whole = at == run or text.count(text[at:end]) > 1
        for size, written in _surnames(pack.code):
            if whole and text[at : at + size] in written and 1 <= length - size <= 2:
                return _person(text, at, end, pack)
    return _sounded_before(text, run, start, end, pack)


def _may_begin(text: str, at: int, end: int, pack: Pack) -> bool:
    """False where no name of a person begins: in a stop word of the pack (新|任业务), behind a figure, or where the
    last character joins it to what follows: 李强|和|外交部长.
    """
    if _words(pack.code, "not_names").match(text, at) or text[at - 1 : at].isdigit():
        return False
    words = pack.names.get("stop", ())
    inside = any(text.startswith(word, at - i) for word in words for i in range(1, len(word)) if at >= i)
    return not inside and text[end - 1] not in pack.names.get("glued", "")


def _double(text: str, start: int, end: int, pack: Pack) -> bool:
    """True for a name with a surname of two characters, never written without its first: 梅田|邦夫."""
    double = text[start : start + 2] in _surnames_of(pack.code, 2)
    return double and text.count(text[start:end]) == text.count(text[start + 1 : end])


def _surnames_of(code: str, length: int) -> frozenset[str]:
    """The surnames of a pack that have so many characters."""
    return next((written for n, written in _surnames(code) if n == length), frozenset())


def _after_verb(text: str, start: int, pack: Pack) -> int:
    """Where a foreign name begins that a particle is written together with: 与|安东尼奥·…"""
    return start + 1 if text[start] in pack.names.get("glued", "") else start


def _sounded_before(text: str, run: int, start: int, end: int, pack: Pack) -> Span | None:
    """A foreign name of three to eight characters before its post, from an edge on: 鲁比奥 in 和鲁比奥国务卿."""
    letters = pack.names["transliteration"]
    at = end
    while at > run and end - at < 9 and text[at - 1] in letters and text[at - 1] != "-":
        at -= 1
    edge = at in (run, start) or text[at - 1] in pack.names.get("glued", "")
    if not edge or not 3 <= end - at <= 8 or _words(pack.code, "not_names").match(text, at):
        return None
    return _person(text, at, end, pack)
