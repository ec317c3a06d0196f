"""Frames: a sentence with each typed span written as one character, so that a rule is a short pattern.

"Japanese Foreign Minister Iwaya pledged 95 billion yen" becomes ``⟨nation⟩ ⟨post⟩ ⟨name⟩ ⟨give⟩ ⟨money⟩``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg import lang
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
    kinds = (*KINDS, *sorted(set(lang.load(code).words) - set(KINDS)))
    return {kind: chr(_FIRST + index) for index, kind in enumerate(kinds)}


@dataclass(frozen=True, slots=True)
class Frame:
    """``text`` with a symbol for each of ``spans``; ``origin[i]`` is the offset in the article of the i-th character."""

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


_SLOT = re.compile(r"\{(?:([a-z_]+):)?([a-z|-]+)\}")


def compile_rule(name: str, pattern: str, means: str, pack: Pack) -> Rule:
    """A rule from a pack's pattern: ``<macro>`` is replaced, ``{kind}`` and ``{slot:kind|kind}`` become groups.

    Raises KeyError for an unknown kind or macro, re.error for a pattern that is no regular expression.
    """
    table = symbols(pack.code)
    for _ in range(4):
        pattern = re.sub(r"<([a-z_]+)>", lambda m: f"(?:{pack.macros[m[1]]})", pattern)
    slots: dict[str, str] = {}

    def group(match: re.Match[str]) -> str:
        slot = match[1] or match[2].split("|")[0].replace("-", "_")
        key = f"{slot}__{len(slots)}"
        slots[key] = slot
        return f"(?P<{key}>[{''.join(table[kind] for kind in match[2].split('|'))}])"

    return Rule(name, means, re.compile(_SLOT.sub(group, pattern)), slots)


@cache
def rules(code: str, family: str) -> tuple[Rule, ...]:
    """The compiled rules of one family (``people``, ``conference``, ``aid`` …) of a language's pack."""
    pack = lang.load(code)
    return tuple(compile_rule(p.name, p.pattern, p.means, pack) for p in pack.patterns.get(family, ()))


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
