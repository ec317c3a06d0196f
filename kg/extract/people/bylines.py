"""Who wrote an article: its author, or the reporters of its dateline or last lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kg import lang
from kg.lang import Pack
from kg.model import Evidence, Name, Paragraph, RoleFact
from kg.read.names import byline, editors, row, several
from kg.recognise import Recognised
from kg.recognise.fold import fold
from kg.recognise.people.han import after_post
from kg.recognise.people.posted import native_names
from kg.recognise.people.worded import no_words
from kg.recognise.spans import Span

_ALONE = re.compile(r"([\u4e00-\u9fff]{2,3})(?=[)）】]|\s|$)")
"""A reporter's name that a bracket or a blank closes; its surname may stand in no list."""

_HEAD, _FOOT = 6, 6
"""Paragraphs at the top in which a reporter may be named, below the masthead, the title and the day, and at the end."""


def authors(found: Recognised) -> Iterator[RoleFact]:
    """The author named in a byline of the article, or in the last lines, which tell who the author is, and all whom its
    bylines tell with a word for their work, editors too; none where only a desk (``names.desks``) or a body is named.
    """
    told: set[str] = set()
    for role in (*_author(found), *_signers(found), *_by_form(found)):
        if fold(role.person.text) not in told:
            told.add(fold(role.person.text))
            yield role


def _author(found: Recognised) -> Iterator[RoleFact]:
    article = found.article
    if not article.author or (_is_desk(found, article.author) and not found.pack.spaces):
        yield from _reporters(found)
        return
    if _is_desk(found, article.author):
        return
    last = [p for p in article.paragraphs[-2:] if article.text.startswith(article.author, p.start)]
    for paragraph in [p for p in article.paragraphs if p.kind == "byline"] + last:
        at = article.text.find(article.author, paragraph.start, paragraph.end)
        loose = paragraph.start == at and _of_subjects(found, at, at + len(article.author))
        if at >= 0 and not loose and not _is_body(found, at, at + len(article.author)):
            yield _signed(found, at, at + len(article.author))
            return


def _signers(found: Recognised) -> Iterator[RoleFact]:
    """All people whom the bylines tell with a word for their work, in a row of names or alone, and editors in Chinese
    signs below the text.
    """
    article = found.article
    for paragraph in article.paragraphs:
        if paragraph.kind == "byline":
            line = article.text[paragraph.start : paragraph.end]
            bare = "  " not in line and byline(line, unmarked=True) == line
            alone = [(0, len(line))] if bare and not _of_subjects(found, paragraph.start, paragraph.end) else []
            told = [(line.find(name), line.find(name) + len(name)) for name, _ in several(line)]
            for at, end in told or row(line) or alone:
                start, stop = paragraph.start + at, paragraph.start + end
                if not _is_desk(found, line[at:end]) and not _is_body(found, start, stop):
                    yield _signed(found, start, stop)
    for paragraph in article.paragraphs[-4:]:
        for start, end in editors(article.text[paragraph.start : paragraph.end]):
            at, stop = paragraph.start + start, paragraph.start + end
            if not _is_desk(found, article.text[at:stop]) and not _is_body(found, at, stop):
                yield _signed(found, at, stop)


def _signed(found: Recognised, start: int, end: int) -> RoleFact:
    """The post of who signed the article there."""
    name = Name("person", found.article.text[start:end], found.article.language)
    return RoleFact(name, "author", "", (Evidence(start, end, "byline"),), observed=found.article.published)


def _is_desk(found: Recognised, name: str) -> bool:
    """True for a name that a word for a desk opens or ends: *Staff* Reporter, Tim *Redaksi*, 樱花|在线; and for a post
    with no more than a surname, as headlines have one: *Minister Moe* in Kenya.
    """
    words, desks = fold(name).split(" "), found.pack.names.get("desks", ())
    if not found.pack.spaces:
        return fold(name).endswith(tuple(desks))
    if len(words) == 2 and any(
        found.folded.startswith(fold(name), s.start) and s.end - s.start == len(words[0])
        for sentence in found.sentences
        for s in sentence.of("post")
    ):
        return True
    return not {words[0], words[-1]}.isdisjoint(desks)


def _is_body(found: Recognised, start: int, end: int) -> bool:
    """True where the better part of what stands there is the name of a body, *By The Associated Press*, or all of it
    are places and fields: *Foreign Affairs*.
    """
    bodies = (span for sentence in found.sentences for span in sentence.of("body", "acronym"))
    if any(2 * (min(end, s.end) - max(start, s.start)) > end - start for s in bodies):
        return True
    left = found.article.text[start:end]
    for sentence in found.sentences:
        for span in sentence.of("place", "nation", "concept", "sector", "event"):
            if start <= span.start and span.end <= end:
                at, stop = span.start - start, span.end - start
                left = left[:at] + " " * (stop - at) + left[stop:]
    return not left.strip()


def _of_subjects(found: Recognised, start: int, end: int) -> bool:
    """True where one word of what stands there without a mark is of a field, a gathering or aid, or a place opens
    it or stands behind a small word: *Climate* Action, Voz de *Angola*; not Elif *Karadağ* or Lan *Anh*.
    """
    kinds = ("concept", "sector", "event", "aid", "nation", "place")
    text = found.article.text
    inside = (s for part in found.sentences for s in part.of(*kinds) if start <= s.start and s.end <= end)
    whole = (s for s in inside if not text[s.end].isalpha() and not text[start : s.start][-1:].isalpha())
    return any(s.kind != "place" or _OPENS_PLACE.search(text[start : s.start]) for s in whole)


_OPENS_PLACE = re.compile(r"(?:^|\s[^\W\dA-ZÀ-Þ]+\s)\Z")


def _reporters(found: Recognised) -> Iterator[RoleFact]:
    """The reporter in the dateline of an article without word boundaries, or in its last lines: （记者 周立群）,
    記者林佩珊台北報導.
    """
    article, words = found.article, found.pack.names.get("byline", {})
    if found.pack.spaces or not words:
        return
    if words.get("follows"):
        yield from _before_word(found, words)
        return
    after, between = re.compile(words["after"]), re.compile(words.get("between", "(?!)"))
    for paragraph in _beside_text(found):
        for match in re.compile(words["before"]).finditer(article.text, paragraph.start, paragraph.end):
            high = min((s.start for s in _places(found) if s.start > match.end()), default=paragraph.end)
            spans = list(_row(article.text, match.end(), min(high, paragraph.end), found.pack, between))
            if spans and after.match(article.text, spans[-1].end):
                for span in spans:
                    evidence = (Evidence(match.start(), span.end, "dateline-reporter"),)
                    yield RoleFact(span.value, "author", span.value.text, evidence, observed=article.published)


def _by_form(found: Recognised) -> Iterator[RoleFact]:
    """The reporters that the pack's forms of bylines tell (``names.signs``): (七尾支局・|浜田圭吾|)."""
    article, code = found.article, found.pack.code
    for paragraph in _beside_text(found):
        for pattern in _signs(code):
            for match in pattern.finditer(article.text, paragraph.start, paragraph.end):
                if not _placed(found, match) or not _unlisted(found, match):
                    continue
                for one in re.finditer(_any_name(code), match["names"]):
                    at = match.start("names") + one.start()
                    evidence = (Evidence(at, at + len(one[0]), "dateline-reporter"),)
                    name = Name("person", one[0], article.language)
                    if not _is_desk(found, one[0]):  # 鶴岡|支社
                        yield RoleFact(name, "author", one[0], evidence, observed=article.published)


def _beside_text(found: Recognised) -> Iterator[Paragraph]:
    """The paragraphs at the top and at the end of an article, in which a reporter may be named."""
    paragraphs = found.article.paragraphs
    return iter(dict.fromkeys((*paragraphs[:_HEAD], *paragraphs[-_FOOT:])))


def _placed(found: Recognised, match: re.Match[str]) -> bool:
    """False where the group ``place`` of a byline's form holds no place."""
    where = match.span("place") if "place" in match.re.groupindex else (-1, -1)
    return where == (-1, -1) or any((s.start, s.end) == where for s in _places(found))


def _unlisted(found: Recognised, match: re.Match[str]) -> bool:
    """False where, in a script without capitals, a byline's form holds a word that is no part of a name."""
    start, end = match.span("names")
    told = found.pack.spaces and not found.pack.names.get("surnames")
    return not told or (no_words(found.article.text, start, end, found.pack) and not _is_body(found, start, end))


@cache
def _any_name(code: str) -> str:
    """A pattern of a name: one that begins with a listed surname, or two to four words where none is listed."""
    names = lang.load(code).names
    return native_names(code) if names.get("surnames") else r"[^\W\d_]{2,}(?: [^\W\d_]{2,}){1,3}"


@cache
def _signs(code: str) -> tuple[re.Pattern[str], ...]:
    """The pack's forms of bylines, the names that one holds in a group ``names``."""
    names = lang.load(code).names
    between = names.get("byline", {}).get("between", "(?!)")
    row = f"(?P<names>{_any_name(code)}(?:{between}{_any_name(code)})*)" if names.get("signs") else ""
    return tuple(re.compile(form.replace("{}", row), re.MULTILINE) for form in names.get("signs", ()))


def _before_word(found: Recognised, words: Mapping[str, str]) -> Iterator[RoleFact]:
    """The reporters whose names stand before the word for a reporter: [서울=한빛통신] 민서윤·도하람 |기자."""
    article, name = found.article, native_names(found.pack.code)
    row = f"{name}(?:{words.get('between', '(?!)')}{name})*"
    pattern = re.compile(rf"(?:{words['before']})(?P<names>{row})(?:{words['follows']})(?:{words['after']})")
    for paragraph in _beside_text(found):
        for match in pattern.finditer(article.text, paragraph.start, paragraph.end):
            for one in re.finditer(name, match["names"]):
                at = match.start("names") + one.start()
                evidence = (Evidence(at, match.end(), "dateline-reporter"),)
                yield RoleFact(
                    Name("person", one[0], article.language), "author", one[0], evidence, observed=article.published
                )


def _row(text: str, at: int, end: int, pack: Pack, between: re.Pattern[str]) -> Iterator[Span]:
    """The names that stand one after the other from ``at`` on: 黎华玲 王泽."""
    while span := after_post(text, at, end, pack) or _alone(text, at, pack):
        yield span
        gap = between.match(text, span.end, end)
        if gap is None:
            return
        at = gap.end()


def _alone(text: str, at: int, pack: Pack) -> Span | None:
    alone = _ALONE.match(text, at)
    return Span(alone.start(1), alone.end(1), "name", Name("person", alone[1], pack.code)) if alone else None


def _places(found: Recognised) -> Iterator[Span]:
    """The places named; of two that share a sign the later: 陳文|山|東京, not 山東."""
    for sentence in found.sentences:
        places = sentence.of("place")
        yield from (s for s in places if not any(s.start < p.start < s.end < p.end for p in places))
