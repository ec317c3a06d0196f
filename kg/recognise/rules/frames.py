"""Frames: a sentence with each typed span written as one character, so that a rule is a short pattern.

"Japanese Foreign Minister Iwaya pledged 95 billion yen" becomes ``⟨nation⟩ ⟨post⟩ ⟨name⟩ ⟨give⟩ ⟨money⟩``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from graphlib import TopologicalSorter

from kg import lang
from kg.errors import KgError
from kg.lang import Pack
from kg.lang.macros import MACRO, known, written_out
from kg.recognise.fold import fold
from kg.recognise.rules.listed import Listed, listed, words_of
from kg.recognise.rules.sieve import Sieve
from kg.recognise.spans import Span

KINDS = (
    "money",
    "number",
    "date",
    "period",
    "ordinal",
    "post",
    "body",
    "acronym",
    "place",
    "nation",
    "event",
    "venue",
    "name",
    "person",
    "qualifier",
    "honorific",
    "weekday",
)
_FIRST = 0xE000
_FIRST_MACRO = 0x100000


@cache
def symbols(code: str) -> Mapping[str, str]:
    """The character that stands for each kind of span in frames of language ``code``."""
    return _symbols(lang.load(code))


def _symbols(pack: Pack) -> Mapping[str, str]:
    kinds = (*KINDS, *sorted(set(pack.words) - set(KINDS)))
    return {kind: chr(_FIRST + index) for index, kind in enumerate(kinds)}


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence that begins at ``start`` of its article; ``text`` has a symbol at ``places[i]`` for ``spans[i]``.

    ``able`` are the places of the rules that can match it, for each family that has any.
    """

    text: str
    start: int
    spans: tuple[Span, ...]
    places: tuple[int, ...]
    able: Mapping[str, Sequence[int]]

    def offset(self, index: int) -> int:
        """The article's offset of the frame's character ``index``."""
        before = bisect_left(self.places, index)
        if not before:
            return self.start + index
        return self.spans[before - 1].end + index - self.places[before - 1] - 1

    def at(self, index: int) -> Span | None:
        """The span whose symbol is the frame's character ``index``; None where that is a character of the text."""
        place = bisect_left(self.places, index)
        return self.spans[place] if place < len(self.places) and self.places[place] == index else None


def frame(folded: str, start: int, end: int, spans: Sequence[Span], code: str) -> Frame:
    """The frame of ``folded[start:end]``. ``spans`` lie in it, in order, and do not overlap."""
    table = symbols(code)
    pieces: list[str] = []
    places: list[int] = []
    kept: list[Span] = []
    position, size = start, 0
    for span in spans:
        symbol = table.get(span.kind)
        if symbol is None or span.start < position or span.end > end:
            continue
        pieces += (folded[position : span.start], symbol)
        size += span.start - position
        places.append(size)
        kept.append(span)
        position, size = span.end, size + 1
    pieces.append(folded[position:end])
    text = "".join(pieces)
    return Frame(text, start, tuple(kept), tuple(places), _able(text, code))


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern as a regular expression; ``slots`` maps a group's name to the slot's name, ``cases`` to those cases in
    which its span must stand (``{recipient@d:place}``).

    ``source`` is the pattern with its macros written out, and ``signs`` are the characters of the lists that may hold
    words it names; see ``kg.recognise.rules.listed``.
    """

    name: str
    means: str
    pattern: str
    slots: Mapping[str, str]
    cases: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    signs: str = ""
    language: str = ""

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first needed: few articles need them all.

        Raises KgError where it is no regular expression.
        """
        try:
            return _compiled(self.pattern)
        except re.error as error:
            raise KgError(f"the rule '{self.name}' is no regular expression: {error}") from error


_compiled = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a rule matched: offsets in the article and, for each slot, the spans in it.

    ``title`` is where the words stand that tell a post and are no span: the group of that name in the pattern.
    """

    rule: str
    means: str
    start: int
    end: int
    slots: Mapping[str, tuple[Span, ...]]
    title: tuple[int, int] | None = None

    def one(self, slot: str) -> Span | None:
        """The first span of ``slot``; None where the pattern did not fill it."""
        spans = self.slots.get(slot, ())
        return spans[0] if spans else None


_SLOT = re.compile(r"\{(?:([a-z_]+)(?:@([a-z]+))?:)?([a-z|-]+)\}")


def compile_rule(name: str, pattern: str, means: str, pack: Pack) -> Rule:
    """A rule from a pack's pattern: ``<macro>`` is replaced, ``{kind}`` and ``{slot:kind|kind}`` become groups.

    Raises KgError for an unknown kind or macro.
    """
    table, source = _symbols(pack), written_out(pattern, pack.macros, name)
    written, slots, cases = _with_groups(source, table, name)
    signs = "".join(sorted(table[kind] for kind in _kinds_named(pattern, pack)))
    return Rule(name, means, written, slots, cases, source, signs, pack.code)


def _with_groups(pattern: str, table: Mapping[str, str], rule: str) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
    """``pattern`` with its slots as groups, the slots by group, and the cases that some ask for."""
    slots: dict[str, str] = {}
    cases: dict[str, str] = {}

    def group(match: re.Match[str]) -> str:
        slot = match[1] or match[3].split("|")[0].replace("-", "_")
        key = f"{slot}__{len(slots)}"
        slots[key] = slot
        if match[2]:
            cases[key] = match[2]
        return f"(?P<{key}>[{''.join(known(kind, table, 'kind of span', rule) for kind in match[3].split('|'))}])"

    return _SLOT.sub(group, pattern), slots, cases


@lru_cache(maxsize=8192)
def _kinds_named(pattern: str, pack: Pack) -> frozenset[str]:
    """The lists that may hold words which a pattern names, or a macro in it."""
    inner = (_kinds_named(pack.macros[name], pack) for name in MACRO.findall(pattern))
    return frozenset(one.kind for one in _listed(pattern, pack)).union(*inner)


@lru_cache(maxsize=8192)
def _listed(pattern: str, pack: Pack) -> tuple[Listed, ...]:
    return tuple(listed(pattern, words_of(pack)))


@cache
def _wider(source: str, code: str) -> tuple[re.Pattern[str], Mapping[str, frozenset[str]]]:
    """A rule's ``source`` as it reads signs of lists too, and the words it names by the groups of these signs.

    Made when a sentence first has such a sign: few rules ever meet one.
    """
    pack = lang.load(code)
    table = _symbols(pack)
    pattern, words = _with_listed(source, table, words_of(pack))
    return _compiled(_with_groups(pattern, table, "")[0]), words


def _with_listed(
    pattern: str, table: Mapping[str, str], words: Mapping[str, str]
) -> tuple[str, Mapping[str, frozenset[str]]]:
    """``pattern`` that also reads the signs of the listed words it names, and those words by the group of each sign."""
    met = list(listed(pattern, words))
    of_kind = {kind: frozenset(one.word for one in met if one.kind == kind) for kind in {one.kind for one in met}}
    groups: dict[str, frozenset[str]] = {}
    for number, one in reversed(list(enumerate(met))):
        key = f"word__{number}"
        groups[key] = of_kind[one.kind]
        either = f"(?:{pattern[one.start : one.end]}|(?P<{key}>{table[one.kind]}))"
        pattern = pattern[: one.start] + either + pattern[one.end :]
    return pattern, groups


@cache
def rules(code: str, family: str) -> tuple[Rule, ...]:
    """The rules of one family (``people``, ``conference``, ``aid`` …) of a language's pack."""
    pack = lang.load(code)
    try:
        return tuple(compile_rule(p.name, p.pattern, p.means, pack) for p in pack.patterns.get(family, ()))
    except KgError as error:
        raise KgError(error.message, where=f"kg/lang/{code}.toml: patterns.{family}", hint=error.hint) from None


@cache
def _sieve(code: str) -> tuple[Sieve, tuple[tuple[str, int], ...]]:
    """One sieve of the rules of all families of a language, with the family and the place of each.

    A macro is read once, however many rules name it: written out they are up to ten times as long.
    """
    pack = lang.load(code)
    every = [(family, place) for family in pack.patterns for place, _ in enumerate(rules(code, family))]
    table = _symbols(pack)
    marks = {name: chr(_FIRST_MACRO + index) for index, name in enumerate(pack.macros)}

    def short(pattern: str) -> str:
        for one in reversed(_listed(pattern, pack)):
            pattern = f"{pattern[: one.start]}(?:{pattern[one.start : one.end]}|{table[one.kind]}){pattern[one.end :]}"
        marked = MACRO.sub(lambda m: marks[m[1]], pattern)
        return _SLOT.sub(lambda m: f"[{''.join(table[kind] for kind in m[3].split('|'))}]", marked)

    inner_first = TopologicalSorter({name: MACRO.findall(text) for name, text in pack.macros.items()}).static_order()
    parts = {marks[name]: short(pack.macros[name]) for name in inner_first}
    return Sieve([short(pack.patterns[family][place].pattern) for family, place in every], parts), tuple(every)


def _able(text: str, code: str) -> Mapping[str, Sequence[int]]:
    """The places of the rules of each family that can match a frame's text."""
    sieve, told = _sieve(code)
    able: dict[str, list[int]] = {}
    for index in sieve.open(text):
        family, place = told[index]
        able.setdefault(family, []).append(place)
    return able


def read(frame: Frame, code: str, family: str) -> Iterator[Found]:
    """Every match of the rules of a family in ``frame``, rule by rule."""
    places = frame.able.get(family)
    if places:
        told = rules(code, family)
        for place in places:
            yield from find(told[place], frame)


def find(rule: Rule, frame: Frame) -> Iterator[Found]:
    """Every match of ``rule`` in ``frame``, left to right."""
    regex = rule.regex
    matches = list(regex.finditer(frame.text))
    if any(sign in frame.text for sign in rule.signs):
        wider, words = _wider(rule.source, rule.language)
        matches += [match for match in wider.finditer(frame.text) if _of_its_words(words, match, frame)]
    for match in matches:
        if rule.cases and not _in_its_cases(rule, match, frame):
            continue
        slots: dict[str, tuple[Span, ...]] = {}
        for key, slot in rule.slots.items():
            at = match.start(key)
            if at >= 0 and (span := frame.at(at)) is not None:
                slots[slot] = (*slots.get(slot, ()), span)
        last = frame.at(match.end() - 1)
        end = last.end if last else frame.offset(match.end())
        title = None
        if "title" in regex.groupindex:
            title = frame.offset(match.start("title")), frame.offset(match.end("title"))
        yield Found(rule.name, rule.means, frame.offset(match.start()), end, slots, title)


def _of_its_words(words: Mapping[str, frozenset[str]], match: re.Match[str], frame: Frame) -> bool:
    """True where signs stand for listed words in a match, and each is of one that the rule names."""
    signs = [(key, match.start(key)) for key in words if match.start(key) >= 0]
    spans = ((key, frame.at(at)) for key, at in signs)
    return bool(signs) and all(span is None or fold(str(span.value)) in words[key] for key, span in spans)


def _in_its_cases(rule: Rule, match: re.Match[str], frame: Frame) -> bool:
    """True where no span stands for certain in another case than its slot asks for."""
    for key, wanted in rule.cases.items():
        span = frame.at(match.start(key)) if match.start(key) >= 0 else None
        told = getattr(span.value, "cases", "") if span else ""
        if told and not set(told) & set(wanted):
            return False
    return True
