"""Frames: a sentence with each typed span written as one character, so that a rule is a short pattern.

"Japanese Foreign Minister Iwaya pledged 95 billion yen" becomes ``⟨nation⟩ ⟨post⟩ ⟨name⟩ ⟨give⟩ ⟨money⟩``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from kg import lang
from kg.errors import KgError
from kg.lang import Pack
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


@cache
def symbols(code: str) -> Mapping[str, str]:
    """The character that stands for each kind of span in frames of language ``code``."""
    return _symbols(lang.load(code))


def _symbols(pack: Pack) -> Mapping[str, str]:
    kinds = (*KINDS, *sorted(set(pack.words) - set(KINDS)))
    return {kind: chr(_FIRST + index) for index, kind in enumerate(kinds)}


@dataclass(frozen=True, slots=True)
class Frame:
    """``text`` with a symbol for each of ``spans``; ``origin[i]`` is where the i-th character stands in the article."""

    text: str
    spans: tuple[Span, ...]
    at: Mapping[int, Span]
    origin: tuple[int, ...]

    def offset(self, index: int) -> int:
        """The article's offset of the frame's character ``index``."""
        return self.origin[index]


def frame(folded: str, start: int, end: int, spans: Sequence[Span], code: str) -> Frame:
    """The frame of ``folded[start:end]``. ``spans`` lie in it, in order, and do not overlap."""
    table = symbols(code)
    pieces: list[str] = []
    origin: list[int] = []
    at: dict[int, Span] = {}
    position = start
    kept = []
    for span in spans:
        if span.kind not in table or span.start < position or span.end > end:
            continue
        pieces.append(folded[position : span.start])
        origin.extend(range(position, span.start))
        at[len(origin)] = span
        pieces.append(table[span.kind])
        origin.append(span.start)
        kept.append(span)
        position = span.end
    pieces.append(folded[position:end])
    origin.extend(range(position, end + 1))
    return Frame("".join(pieces), tuple(kept), at, tuple(origin))


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern; ``slots`` maps a group's name to the slot's name."""

    name: str
    means: str
    regex: re.Pattern[str]
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a rule matched: offsets in the article and, for each slot, the spans in it."""

    rule: str
    means: str
    start: int
    end: int
    slots: Mapping[str, tuple[Span, ...]]
    texts: Mapping[str, tuple[int, int]]

    def one(self, slot: str) -> Span | None:
        """The first span of ``slot``; None where the pattern did not fill it."""
        spans = self.slots.get(slot, ())
        return spans[0] if spans else None


_MACRO = re.compile(r"(?<!\?P)<([a-z_]+)>")
_SLOT = re.compile(r"\{(?:([a-z_]+):)?([a-z|-]+)\}")


def compile_rule(name: str, pattern: str, means: str, pack: Pack) -> Rule:
    """A rule from a pack's pattern: ``<macro>`` is replaced, ``{kind}`` and ``{slot:kind|kind}`` become groups.

    Raises KgError for an unknown kind or macro, and for a pattern that is no regular expression.
    """
    table = _symbols(pack)
    for _ in range(4):
        pattern = _MACRO.sub(lambda m: f"(?:{_known(m[1], pack.macros, 'macro', name)})", pattern)
    slots: dict[str, str] = {}

    def group(match: re.Match[str]) -> str:
        slot = match[1] or match[2].split("|")[0].replace("-", "_")
        key = f"{slot}__{len(slots)}"
        slots[key] = slot
        return f"(?P<{key}>[{''.join(_known(kind, table, 'kind of span', name) for kind in match[2].split('|'))}])"

    try:
        return Rule(name, means, re.compile(_SLOT.sub(group, pattern)), slots)
    except re.error as error:
        raise KgError(f"the rule '{name}' is no regular expression: {error}") from error


def _known(name: str, table: Mapping[str, str], what: str, rule: str) -> str:
    """What ``name`` stands for. Raises KgError, with what may be meant, where it stands for nothing."""
    if name in table:
        return table[name]
    near = get_close_matches(name, table, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(sorted(table))}"
    raise KgError(f"the rule '{rule}' asks for an unknown {what} '{name}'", hint=hint)


@cache
def rules(code: str, family: str) -> tuple[Rule, ...]:
    """The compiled rules of one family (``people``, ``conference``, ``aid`` …) of a language's pack."""
    pack = lang.load(code)
    try:
        return tuple(compile_rule(p.name, p.pattern, p.means, pack) for p in pack.patterns.get(family, ()))
    except KgError as error:
        raise KgError(error.message, where=f"kg/lang/{code}.toml: patterns.{family}", hint=error.hint) from None


def find(rule: Rule, frame: Frame) -> Iterator[Found]:
    """Every match of ``rule`` in ``frame``, left to right."""
    for match in rule.regex.finditer(frame.text):
        slots: dict[str, tuple[Span, ...]] = {}
        texts: dict[str, tuple[int, int]] = {}
        for key, value in match.groupdict().items():
            if value is None:
                continue
            slot = rule.slots.get(key)
            if slot is not None:
                slots[slot] = (*slots.get(slot, ()), frame.at[match.start(key)])
            else:
                texts[key] = (frame.offset(match.start(key)), frame.offset(match.end(key)))
        last = frame.at.get(match.end() - 1)
        end = last.end if last else frame.offset(match.end())
        yield Found(rule.name, rule.means, frame.offset(match.start()), end, slots, texts)
