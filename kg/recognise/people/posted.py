"""Names beside posts and honorifics, where neither blanks nor capitals show where a name begins.

What tells is the script: foreign names have one of their own (グテーレス|事務総長), others begin with a listed surname
(岸田|文雄|首相). The name stands before the post, also with the body between (グテーレス|国連|事務総長), or behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from kg import lang
from kg.lang import Pack
from kg.model import Name
from kg.recognise.spans import Span

_OWNERS = frozenset({"place", "nation", "body", "acronym", "home"})
_MARKS = "・＝=·"
_GIVEN = "[\u4e00-\u9fff]{1,2}"
"""A given name where a pack does not say how they are written."""
_PHONE = re.compile(r" ?[(☎:] ?(?:\+\d{1,3}|0\d{1,2})[-). ]\d")
"""A telephone number right behind a name, as in the heads of press releases."""
LONGEST = 48
"""Characters of the longest name."""


class _Forms(NamedTuple):
    """How a pack's names are written: foreign ones, others up to a post, others behind one, any before an honorific;
    one ``word`` between a name and its post.
    """

    foreign: re.Pattern[str]
    foreign_ends: re.Pattern[str]
    spaced: bool
    ends: re.Pattern[str]
    begins: re.Pattern[str]
    honoured: re.Pattern[str]
    word: re.Pattern[str]
    short: re.Pattern[str]
    between: re.Pattern[str]
    joins: re.Pattern[str]


@cache
def _forms(code: str) -> _Forms:
    names = lang.load(code).names
    given = names["given"]
    surnames = sorted(names["surnames"], key=len, reverse=True)
    long = "|".join(re.escape(s) for s in surnames if len(s) > 1)
    short = "|".join(re.escape(s) for s in surnames if len(s) == 1) or "(?!)"
    # a surname of one sign stands for nobody
    native = f"(?:(?:{long})(?:{given})?|(?:{short}){given})"
    edge = names["edge"]
    return _Forms(
        foreign=re.compile(names["foreign"]),
        foreign_ends=re.compile(
            rf"(?<!{edge})(?<!\d)(?:{names['foreign']})$" if " " in names["foreign"] else rf"(?:{names['foreign']})$"
        ),
        spaced=" " in names["foreign"],
        ends=re.compile(rf"(?<!{edge})(?<!\d)(?P<name>{native})$"),
        begins=re.compile(rf"(?P<name>{native})(?!{edge})"),
        honoured=re.compile(rf"(?<!{edge})(?P<name>{edge}{{2,5}})$"),
        word=re.compile(rf" ({edge}{{2,8}}) ?$"),
        short=re.compile(rf"(?<!{edge})(?:{short}){edge}$"),
        between=re.compile(rf"(?:{names.get('between_post', '(?!)')})$"),
        joins=re.compile(names.get("joins_post", "(?!)")),
    )


def beside_posts(text: str, start: int, end: int, framed: Sequence[Span], pack: Pack) -> Iterator[Span]:
    """Names beside the posts and honorifics of a sentence's frame."""
    taken = -1
    for place, span in enumerate(framed):
        if span.kind not in ("post", "honorific"):
            continue
        name = _before(text, start, place, framed, pack)
        if (name is None or name.start < taken) and span.kind == "post":
            name = _behind(text, end, place, framed, pack)
        if name is not None and name.start >= taken:
            yield name
            taken = name.end


def _before(text: str, start: int, place: int, framed: Sequence[Span], pack: Pack) -> Span | None:
    """The name that ends before ``framed[place]``, or before what says whose post it is."""
    forms, at, index = _forms(pack.code), framed[place].start, place
    for _ in range(10):
        at -= forms.spaced and text[at - 1 : at] == " "
        if name := _ends_at(
            text, start, at, framed[:index], pack, honoured=framed[index].kind == "honorific", owned=index < place
        ):
            return name
        if framed[place].kind == "honorific":
            return None
        if index == place and (name := _unlisted(text, start, at, framed[place], pack)):
            return name
        while index and framed[index - 1].end > at:  # EU| 인도적 지원 담당| 집행위원
            index -= 1
        before = framed[index - 1] if index else None
        if before is not None and before.kind in _OWNERS and before.end == at:
            at, index = before.start, index - 1
        elif match := forms.between.search(text[max(start, at - LONGEST) : at]):
            at -= len(match[0])
        else:
            return _short(text, start, at, framed[place], pack) or _opening(text, start, at, framed[:index], pack)
    return None


def _unlisted(text: str, start: int, at: int, post: Span, pack: Pack) -> Span | None:
    """A name whose surname no list holds, where the article tells the surname again before the same post: 茶谷義隆|市長
    … 茶谷市長.
    """
    edge, title = pack.names["edge"], text[post.start : post.end]
    run = re.compile(rf"(?<!{edge}){edge}{{3,5}}$").search(text, max(start, at - LONGEST), at)
    if run is None or pack.particles or _no_name(text, *run.span(), pack):
        return None
    surnames = (run[0][:size] for size in (2, 1, 3) if 0 < len(run[0]) - size < 4)
    again = any(re.search(rf"(?<!{edge}){re.escape(name + title)}", text) for name in surnames)
    return _person(text, *run.span(), pack) if again else None


def _short(text: str, start: int, at: int, post: Span, pack: Pack) -> Span | None:
    """A name of two signs before its post and body, told again by its surname: 박진| 외교부 장관 … 박 장관."""
    native = _forms(pack.code).short.search(text, max(start, at - LONGEST), at)
    if native is None or not _forms(pack.code).spaced or _no_name(text, native.start(), at, pack):
        return None
    title = text[at : post.end].rpartition(" ")[2]
    if " " not in text[at : post.end].strip():
        return None
    if " " in text[post.start : post.end] and at == post.start - 1:  # 조현| 외교부 장관
        return _person(text, native.start(), at, pack)
    return _person(text, native.start(), at, pack) if f" {native[0][0]} {title}" in text else None


def _opening(text: str, start: int, at: int, framed: Sequence[Span], pack: Pack) -> Span | None:
    """A name with a listed surname that opens a clause, one word that no list holds between it and its post:
    이덕훈| 수은 행장.
    """
    forms = _forms(pack.code)
    low = max([start, at - LONGEST, *(s.end for s in framed if s.end <= at and s.kind != "number")])
    word = forms.word.search(text, low, at) if forms.spaced else None
    if word is None or word[1] in pack.names.get("not_names", ()) or word[1].endswith(tuple(pack.names["not_ends"])):
        return None
    native = forms.ends.search(text[low : word.start()])
    begin = low + native.start("name") if native else -1
    if native is None or _no_name(text, begin, word.start(), pack, native=True):
        return None
    opens = begin == start or text[begin - 2 : begin] in (", ", "” ", '" ', "” ", "…")
    return _person(text, begin, word.start(), pack) if opens else None


def _ends_at(
    text: str, start: int, at: int, framed: Sequence[Span], pack: Pack, *, honoured: bool, owned: bool
) -> Span | None:
    forms = _forms(pack.code)
    low = max(start, at - LONGEST)
    foreign = forms.foreign_ends.search(text, low, at)
    if foreign is not None and not forms.spaced:
        if _owner_last(text, foreign.start(), at, framed):
            return None  # the name is what stands before: ンゴジ・アデバヨ・|ナイジェリア
        begin = _past_owner(text, *foreign.span(), framed)
        return _person(text, begin, at, pack) if begin < at and not _no_name(text, begin, at, pack) else None
    spans = [s for s in framed if s.end <= at and s.kind != "number"]
    low = max([low, *(s.end for s in spans)])
    window = text[low:at]
    native = forms.ends.search(window) or (forms.honoured.search(window) if honoured else None)
    if native is not None:
        begin = low + native.start("name")
        whole = _with_forenames(text, low, begin, pack)
        if whole < begin:  # 제임스| 하트웰 has no surname 하
            return _person(text, whole, at, pack)
        return None if _no_name(text, begin, at, pack, native=not honoured) else _person(text, begin, at, pack)
    foreign = forms.foreign_ends.search(window) if forms.spaced else None
    if foreign is None:
        return None
    begin = low + foreign.start()
    while " " in text[begin:at] and _no_part(text[begin:at].partition(" ")[0], pack):
        begin = text.index(" ", begin) + 1  # 또 블링컨 장관
    begin = _with_forenames(text, low, begin, pack)  # 파올로| 리치: the ending is no 로
    first, _, more = text[begin:at].partition(" ")
    known = first in _forenames(pack.code) and bool(more)
    beside = bool(spans) and spans[-1].kind in _OWNERS and begin - spans[-1].end <= 2
    beside = beside or _of_one_told(text, start, begin, pack)
    ends = pack.names.get("beside_ends", "") if beside and more else ""
    if _no_name(text, begin, at - (text[at - 1] in ends), pack, native=known, owned=owned and bool(more)):
        return None
    again = text.count(text[begin:at].rpartition(" ")[2]) > 1
    return _person(text, begin, at, pack) if owned or beside or again or known else None


def _of_one_told(text: str, start: int, begin: int, pack: Pack) -> bool:
    """True behind a body spoken of again, whose post it is: 이 단체의| 울리히 포크트."""
    words = pack.raw.get("again", {}).get("pronoun", ())
    owned = (f"{word}{of} " for word in words for of in pack.names["genitive"] if of[0] != " ")
    return text[start:begin].endswith(tuple(owned))


def _with_forenames(text: str, low: int, begin: int, pack: Pack) -> int:
    """Where a name begins with the listed first names before it: 마리아 테레사| 라자로."""
    while begin > low and text[begin - 1] == " ":
        word = text[low : begin - 1].rpartition(" ")[2]
        if word not in _forenames(pack.code) or _no_part(word, pack):
            break
        begin -= len(word) + 1
    return begin


def _behind(text: str, end: int, place: int, framed: Sequence[Span], pack: Pack) -> Span | None:
    """The name right behind the post ``framed[place]``: 外務大臣|の|岸田文雄|氏."""
    forms, at = _forms(pack.code), framed[place].end
    if not pack.names.get("joins_post"):
        return None
    joined = forms.joins.match(text, at)
    at = joined.end() if joined else at
    if forms.spaced and joined is None:
        return None
    if (
        not forms.spaced
        and (foreign := forms.foreign.match(text, at, end))
        and (joined or any(m in foreign[0] for m in _MARKS))
    ):
        begin = _past_owner(text, *foreign.span(), framed)
        whole = begin == at and not _no_name(text, at, foreign.end(), pack)
        following = next((s for s in framed if s.start == foreign.end()), None)
        known = any(s.start == at and s.end == foreign.end() for s in framed)
        honour = following is not None and following.kind == "honorific"
        return _person(text, at, foreign.end(), pack) if whole and not known and (honour or _told(foreign[0])) else None
    native = forms.begins.match(text, at, end)
    if native is None:
        return None
    title = next((h for h in pack.names.get("honorifics", ()) if native[0].endswith(h)), "")
    stop = native.end() - len(title)
    if forms.spaced and text[framed[place].start - 1 : framed[place].start] != "(" and not _PHONE.match(text, stop):
        return None  # 굿네이버스(이사장| 이일하), 책임자 과장| 이민호 (02-2100-0000)
    return None if _no_name(text, at, stop, pack, native=True) else _person(text, at, stop, pack)


def _told(written: str) -> bool:
    """True for a foreign name of two parts or more, which is no other word."""
    return any(mark in written for mark in _MARKS)


def _past_owner(text: str, start: int, end: int, framed: Sequence[Span]) -> int:
    """Where a name begins in a run of the script of foreign names, of which a country or body may be the first part:
    フランス・|マクロン.
    """
    owner = next((s for s in framed if s.start == start and s.kind in _OWNERS and s.end <= end), None)
    if owner is None:
        return start
    return owner.end + 1 if text[owner.end : owner.end + 1] in tuple(_MARKS) else owner.end


def _owner_last(text: str, start: int, end: int, framed: Sequence[Span]) -> bool:
    """True for a run of the script of foreign names whose last part, behind a mark, is a country or body."""
    last = next((s for s in reversed(framed) if s.end <= end), None)
    return (
        last is not None
        and last.end == end
        and last.kind in _OWNERS
        and last.start - 1 > start
        and text[last.start - 1] in _MARKS
    )


def _no_name(text: str, start: int, end: int, pack: Pack, *, native: bool = False, owned: bool = False) -> bool:
    """True for what is no name of a person; ``native`` for one with a listed surname, right before a post or whose
    post it is: of these a body has the first sign of the post as its last (연구|원| 원|장). ``owned`` for one of two
    words and more before whose post it is: that ends as it likes, but for particles.
    """
    written = text[start:end]
    if written in pack.names.get("not_names", ()) or any(_no_part(word, pack) for word in written.split(" ")):
        return True
    not_ends = pack.names.get("not_ends", "")
    key = "not_owned_ends" if owned else "not_native_ends" if native else "not_ends"
    ends = written.endswith(tuple(pack.names.get(key, not_ends)))
    body = native and text[end : end + 2] == f" {written[-1]}"
    return end - start < 2 or ends or body or written.startswith(_glued(pack.code))


def _no_part(word: str, pack: Pack) -> bool:
    """True for a word that is no part of a name: one of the pack's, or one that has the form of such words."""
    return word in pack.names.get("not_names", ()) or lang.pattern(pack.code, "not_name").fullmatch(word) is not None


@cache
def _forenames(code: str) -> frozenset[str]:
    return frozenset(lang.load(code).names.get("forenames", ()))


@cache
def native_names(code: str) -> str:
    """A pattern of the names that begin with a listed surname, and go on with a given name."""
    return "".join(native_parts(code))


def native_parts(code: str) -> tuple[str, str]:
    """Patterns of the listed surnames of a language, the longest first, and of its given names."""
    names = lang.load(code).names
    surnames = sorted(names["surnames"], key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, surnames))})", names.get("given", _GIVEN)


@cache
def _glued(code: str) -> tuple[str, ...]:
    return tuple(lang.load(code).names.get("glued", ""))


def _person(text: str, start: int, end: int, pack: Pack) -> Span:
    return Span(start, end, "name", Name("person", text[start:end], pack.code))
