"""Candidates for names of persons: capitalised runs, Vietnamese and Chinese names, transliterated foreign names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from kg import lang
from kg.lang import Pack
from kg.lang.labels import labels
from kg.model import Name
from kg.recognise.bodies.syllabic import is_syllabic
from kg.recognise.fold import fold, is_han
from kg.recognise.people.openings import before_its_town, behind_places, opening_names
from kg.recognise.spans import Span
from kg.recognise.words.owners import unowned

_UPPER = "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper() and c != c.lower())
_WORD = re.compile("[^ ]+")
# a word's edge, where Chinese characters are no part of a Latin word
_ACRONYM = re.compile(
    r"(?<![^\W\u3400-\u9fff])(?<!\.)[A-ZĐЁ\u0410-\u042f][A-Z0-9ĐЁ\u0410-\u042f]*"
    r"(?:[/&-][A-ZĐ][\wÀ-ỹ]*(?: [A-ZÀ-Ỹ][\wà-ỹ]*)?)?"
    r"(?![^\W\u3400-\u9fff])"
)
_OWNER = re.compile(r"[A-ZÀ-Þ]{3,10}s")
"""An acronym with the sign of the genitive."""
_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ž.'’-]*[a-zà-ž](?: [A-ZÀ-Þ][A-Za-zÀ-ž.'’-]*){1,3}")
"""A foreign name in its own letters: 副署長 *Anna Berg*."""
_CAPITALISED = re.compile(rf"(?<!\w)[{_UPPER}][\w'’-]*")
SHORTEST = 3
"""Letters of the shortest name that is looked for behind its genitive."""
_MEMBER = re.compile(r"[A-ZÀ-Þ]{2,6}-[a-zà-ÿ]{3,}|HE")
"""What somebody is to a body, written in one word (*SV-toppen* Berit Lie), and Excellencies: *HE* Ann Lee."""
_DEGREE = re.compile(r"[A-Z][a-z]{0,3}(?:\.[A-Z][a-z]{0,5})+\.?")
"""What somebody holds of a university: Ahmad, *S.E.*, *M.Si.*"""
_LETTERS = re.compile(r"(?:[A-Z]\.)+[A-Z]?|TD|MEP|MSP|OBE|CBE")
"""Letters that a member of a parliament or an order bears behind the name: Ann Lee *T.D.*"""


@cache
def _han_run() -> re.Pattern[str]:
    """A name whose parts dots divide; its wide ranges take a while to compile, and few languages need them."""
    word, longer = (rf"[\u4e00-\u9fff]{{1,{most}}}(?:[-－][\u4e00-\u9fff]{{1,{most}}})?" for most in (7, 8))
    return re.compile(rf"{word}(?:[·•・‧]{longer})+")


@cache
def _spelled() -> re.Pattern[str]:
    """A foreign name right before its own letters in brackets: 維特柏吉斯（*Jonas Vitbergis*）."""
    letters = r"[A-ZÀ-Þ][A-Za-zÀ-ž.'’-]*(?: [A-Za-zÀ-ž.'’-]+){1,4}"
    return re.compile(rf"([\u4e00-\u9fff][\u4e00-\u9fff·•・‧-]{{1,11}}) ?[(（]{letters}[)）]")


@cache
def _run(code: str) -> re.Pattern[str]:
    particles = "|".join(re.escape(p) for p in lang.load(code).names.get("particles", ())) or "(?!)"
    opened = rf"(?<!\w)[‘ʻ'’](?=[{_UPPER}][a-z])(?![^\n]*?\w[’'](?!\w))"  # ‘Ana, but no quotation
    inside = r"[\w]|(?<=\w)[‘ʻʼ`](?=\w)"
    word = rf"(?:{opened})?[{_UPPER}](?:{inside}|['’.-](?=\w)|(?<![a-z])&(?=[{_UPPER}])|\.(?= [{_UPPER}]))*"
    return re.compile(rf"(?<![\w]){word}(?:(?: (?:(?:{particles})(?:[ -]|(?<=')))*|-(?:(?:{particles})-)?){word})*")


@cache
def _field(code: str) -> re.Pattern[str]:
    """The field of a post that a name seems to go on into: *minister Jansen* van Financiën."""
    joins = "|".join(map(re.escape, lang.load(code).names.get("field", ())))
    if not joins:
        return re.compile("(?!)")
    fields = "|".join(re.escape(label) for label, _ in labels(code).get("concept", ()))
    return re.compile(rf" (?:{joins}) (?:{fields})(?![\w-])", re.IGNORECASE)


@cache
def _region(code: str) -> re.Pattern[str]:
    """What stands behind an adjective that is the name of a region, and no person's."""
    return re.compile(lang.load(code).names.get("regions", "(?!)"))


@cache
def _ending(code: str) -> re.Pattern[str]:
    """The ending of a case at the end of a name, behind an apostrophe: Ali Veli*'yi*."""
    return re.compile(rf"(?:{lang.load(code).names.get('case_ends', '(?!)')})$")


@cache
def _elided(code: str) -> re.Pattern[str]:
    """A small word that lost its vowel before a small letter, as sentences begin: *L'*ancien, *Dell'*ex."""
    words = "|".join(re.escape(w.capitalize()) for w in lang.load(code).names.get("elided", ())) or "(?!)"
    return re.compile(rf"(?:{words})['’](?=[^\W\d_])(?![A-ZÀ-Þ])")


def latin(text: str, start: int, end: int, pack: Pack, *, sentence: tuple[int, int]) -> Iterator[Span]:
    """Names in ``text[start:end]``, a stretch between spans of ``sentence``: runs of capitalised words.

    A stop word is cut off where it begins the sentence or a part of it; elsewhere a capital makes it part of a name
    (Mme *Le* Kim Dung).
    """
    stops = pack.names.get("stop", ())
    for match in _run(pack.code).finditer(text, start, end):
        at, stop = match.span()
        field = _field(pack.code).search(match[0])
        words = [(m.start(), m.end()) for m in _WORD.finditer(match[0]) if not field or m.end() <= field.start()]
        opens = _opens(text, at + words[0][0], sentence)
        while words and opens and fold(match[0][words[0][0] : words[0][1]]) in stops:
            words = words[1:]
        if words and _elided(pack.code).match(match[0], words[0][0]):  # L'ancien, D'autres; not D'Arcy
            words = words[1:]
        words = _without_titles(match[0], words, pack)
        words = behind_places(text, match, _behind_district(text, match, words, pack), pack)
        opening, words = opening_names(text, at, before_its_town(text, match, words, pack), pack)
        yield from opening
        if not words:
            continue
        begin, stop = at + words[0][0], at + words[-1][1]
        name = text[begin:stop]
        name = name[: unowned(fold(name), len(name), pack)]
        ending = _ending(pack.code).search(fold(name))
        name = name[: ending.start()] if ending else name
        stop = begin + len(name)
        if pack.bodies.get("genitive") and (_OWNER.fullmatch(name) or _owns(text, begin, stop)):  # ICAN|s direktør
            name, stop = name[:-1], stop - 1
        if (_ACRONYM.fullmatch(name) and name.upper() == name) or is_syllabic(name, pack):
            if 2 <= len(name) <= 12 and name not in pack.bodies.get("not_acronyms", ()):
                yield _acronym(text, begin, stop, pack)
            continue
        region = len(words) == 1 and _region(pack.code).match(text, stop)  # Томской| области
        region = region or _DEGREE.fullmatch(name)
        if len(name) > 1 and len(words) <= 6 and not region and (len(words) > 1 or fold(name) not in stops):
            yield Span(begin, stop, "name", Name("person", name, pack.code))


def _without_titles(written: str, words: list[tuple[int, int]], pack: Pack) -> list[tuple[int, int]]:
    """The words of a name without what somebody is to a body before it, letters of an order and a weekday behind it."""
    if len(words) > 1 and _MEMBER.fullmatch(written[slice(*words[0])]):
        words = words[1:]
    if len(words) > 2 and _LETTERS.fullmatch(written[slice(*words[-1])]):
        words = words[:-1]
    while words and fold(written[slice(*words[-1])]) in pack.weekdays:  # Mr Jensen Tuesday
        words = words[:-1]
    return words


def _acronym(text: str, start: int, end: int, pack: Pack) -> Span:
    return Span(start, end, "acronym", Name("organization", text[start:end], pack.code, acronym=text[start:end]))


def _owns(text: str, start: int, stop: int) -> bool:
    """True for a name with the ``s`` of the genitive, right before what it owns, which the text also tells without it:
    Ola *Moes* reise, where *Moe* stands elsewhere.
    """
    last = text[max(text.rfind(" ", start, stop), start - 1) + 1 : stop]
    before_small = text[stop : stop + 1] == " " and text[stop + 1 : stop + 2].islower()
    return before_small and last[-1] == "s" and len(last) > SHORTEST and last[:-1] in _capitalised(text)


@lru_cache(maxsize=2)
def _capitalised(text: str) -> frozenset[str]:
    """The words of a text that begin with a capital."""
    return frozenset(_CAPITALISED.findall(text))


def _behind_district(
    text: str, match: re.Match[str], words: list[tuple[int, int]], pack: Pack
) -> list[tuple[int, int]]:
    """The words of a name, without those that name the district before them: xã Bình An | *Lê Văn Ba*."""
    districts = (*pack.names.get("districts", ()), *pack.names.get("provinces", ()))
    before = text[max(0, match.start() - 12) : match.start()].rstrip().rpartition(" ")[2]
    surnames = pack.names.get("surnames", ())
    if not words or before not in districts or not surnames:
        return words
    opens = [i for i, (low, high) in enumerate(words) if fold(match[0][low:high]) in surnames and i < len(words) - 1]
    return words[opens[0] :] if opens else []


def _opens(text: str, at: int, sentence: tuple[int, int]) -> bool:
    """True where a sentence begins, or a part of it: after a quotation mark, a bracket, a colon or a dash."""
    start, end = sentence
    return (
        at == start
        or (start < at < end and text[at - 1] in "\"“«‘'(:•–—-")
        or (start + 1 < at < end and text[at - 2] in ":–—-•«")
    )


def acronyms(text: str, start: int, end: int, pack: Pack) -> Iterator[Span]:
    """Runs of capitals in ``text[start:end]`` that may name a body: ``VTV``, ``CARE/USA``."""
    for match in _ACRONYM.finditer(text, start, end):
        if (
            2 <= len(match[0]) <= 24
            and match[0].split("/")[0] not in pack.bodies.get("not_acronyms", ())
            and match[0][:2].isupper()
        ):
            yield _acronym(text, *match.span(), pack)


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


def han_after(text: str, start: int, end: int, pack: Pack) -> Span | None:
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


def titled(framed: Sequence[Span], place: int, pack: Pack) -> bool:
    """True where a title that opens a name follows right behind a post: 主席|丹斯里|林清河, but not 总统|夫人."""
    following = framed[place + 1] if place + 1 < len(framed) else None
    beside = following is not None and following.kind == "honorific" and following.start == framed[place].end
    return beside and following is not None and following.value not in pack.names.get("after", ())


def _verb_inside(text: str, start: int, end: int, pack: Pack) -> bool:
    """True where a verb or particle of two characters or more stands between two offsets."""
    return any(len(m[0]) > 1 for m in _words(pack.code, "after").finditer(text, start, end))


def linked(text: str, start: int, pack: Pack) -> int:
    """Where the words end that a locative before ``start`` links a place to: Đại sứ Việt Nam| tại |Lào."""
    before = (w for w in pack.names.get("locative", ()) if w.startswith(" ") and text.endswith(w, 0, start))
    return start - len(max(before, key=len, default=" "))


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
    dot = max(text.rfind(d, start, end) for d in "·•・‧-－")
    for at in range(max(start + 2, dot + 2), end):
        word = after.match(text, at)
        if word and text[at] in letters:  # 阿提|出席, not 阿|提出|席
            later = after.match(text, at + 1)
            word = None if later and later.end() > word.end() > at + 1 else word
        if word or (dot >= 0 and at > dot + 2 and text[at] not in letters):
            end = at
            break
    return _person(text, start, end, pack) if end - start >= 2 else None


def han_before(text: str, start: int, end: int, pack: Pack) -> Span | None:
    """A name in Chinese characters that ends at ``end`` (right before a post): 裴青山 in 裴青山副总理."""
    run = start
    for at in range(end - 1, max(start, end - 16) - 1, -1):
        if not is_han(text[at]) and text[at] not in "·•・‧":
            run = at + 1
            break
    for match in _han_run().finditer(text, run, end):
        if match.end() == end:
            foreign = _trim_foreign(text, _after_verb(text, match.start(), pack), end, pack)
            return foreign if foreign and foreign.end == end else None
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


def known(text: str, names: Sequence[str], code: str) -> Iterator[Span]:
    """Every place where one of ``names`` (met elsewhere in the article) stands."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            yield Span(at, at + len(name), "name", Name("person", sys.intern(name), code))
            at = text.find(name, at + len(name))
