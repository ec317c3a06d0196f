"""Words of a pack's patterns that are in a list of the pack too, so that frames show a sign and not the word.

A rule may name a word of a list: ``bevilget av {donor:place}`` though *bevilget* is a verb of giving. Where it stands
the rule reads the sign of the list, and the word behind the sign must be one that the rule names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from kg.lang import Pack
from kg.recognise.fold import fold

_APART = frozenset(
    {
        "against",
        "budget",
        "business",
        "change",
        "compared",
        "cost",
        "charity",
        "counterpart",
        "debt",
        "each",
        "elsewhere",
        "estimates",
        "flee",
        "hazard",
        "not_given",
        "partners",
        "parts",
        "thing",
        "withheld",
        "withhold",
        "women",
    }
    | {"guest", "notask"}
)
"""Lists of words that say what a sentence is about, and are text to the rules."""
#: What is no text in a pattern: slots, macros, sets, names of groups, openings of groups, escapes, repetitions.
_NO_TEXT: Final = re.compile(r"\{[^}]*\}|(?<!\?P)<[a-z_]+>|\[(?:\\.|[^\]\\])*\]|\(\?P<[a-z_]+>|\(\?(?:[:=!]|<[=!])|\\.")
_RUN: Final = re.compile(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*")
#: What stands behind a word that goes on: a repetition of its last letter, a letter or a set in the next group.
_GOES_ON: Final = re.compile(r"[?*+{\[]|[)?*+]+(?:\((?:\?:)?)*(?:\[|[^\W\d_])|(?:\((?:\?:)?)+(?:\[|[^\W\d_])")
#: What stands before a word that began before: a set, or a group that does not end in a blank.
_BEGAN: Final = re.compile(r"\[[?*+]?$|(?<![ ])(?<!\|)(?<!\()[)][?*+]{0,2}$")
#: Words of the longest phrase in a list.
LONGEST: Final = 6


class Listed(NamedTuple):
    """A word at ``start`` to ``end`` of a pattern, and the kind of the list it is in."""

    start: int
    end: int
    word: str
    kind: str


def framed_lists(pack: Pack) -> frozenset[str]:
    """The pack's lists whose words are signs in frames."""
    return frozenset(pack.words) - _APART


@lru_cache(maxsize=32)
def words_of(pack: Pack) -> Mapping[str, str]:
    """The words that are signs in frames, with the kind of the sign."""
    lists = {kind: pack.words[kind] for kind in sorted(framed_lists(pack))}
    lists["qualifier"] = tuple(word for row in pack.qualifiers.values() for word in row)
    return {fold(word): kind for kind, words in lists.items() for word in words}


def listed(pattern: str, words: Mapping[str, str], *, barred: bool = False) -> Iterator[Listed]:
    """The words of ``pattern`` that are in ``words``, of several at one place the longest.

    Words that other letters may stand right beside are left out, and those in a lookbehind or behind a *not*, where no
    sign can be asked for its word: ``barred`` tells only these.
    """
    text = _NO_TEXT.sub(lambda found: _blanked(found[0]), pattern)
    bars = list(_barred(pattern, text))
    for run in _RUN.finditer(text):
        start, end = _whole(text, run.start(), run.end())
        if start >= end or any(low < start < high for low, high in bars) != barred:
            continue
        tokens = [(m.start(), m.end()) for m in re.finditer(r"[^ ]+", text[start:end])]
        at = 0
        while at < len(tokens):
            for last in range(min(len(tokens), at + LONGEST), at, -1):
                low, high = start + tokens[at][0], start + tokens[last - 1][1]
                word = fold(text[low:high])
                if word in words:
                    yield Listed(low, high, word, words[word])
                    at = last - 1
                    break
            at += 1


def _blanked(piece: str) -> str:
    """What is no text as signs of its length: a set may go on with a word; a group opens; all else ends a word."""
    if piece.startswith("[") or piece == "\\w":
        return "[" * len(piece)
    return "(" * len(piece) if piece.startswith("(") else "\0" * len(piece)


def _barred(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the lookbehinds of a pattern are, and the lookaheads that tell what must not follow."""
    for opening in re.finditer(r"\(\?(?:!|<[=!])", pattern):
        depth, at = 1, opening.end()
        while at < len(text) and depth:
            depth += {"(": 1, ")": -1}.get(pattern[at], 0) if text[at] in "()" else 0
            at += 1
        yield opening.start(), at


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The run without a first and a last word that other letters may stand right beside."""
    if _BEGAN.search(text, max(0, start - 4), start) and not re.search(r" \)[?*+]{0,2}$", text[:start][-5:]):
        blank = text.find(" ", start, end)
        start = blank + 1 if blank >= 0 else end
    if _GOES_ON.match(text, end):
        end = max(start, text.rfind(" ", start, end))
    return start, end
