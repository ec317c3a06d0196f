"""A sieve leaves out only patterns that cannot match."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lang
from kg.lang.keys import FAMILIES
from kg.read import read_text
from kg.recognise import recognise
from kg.recognise.days import dates
from kg.recognise.fold import fold
from kg.recognise.rules import frames
from kg.recognise.rules.sieve import FIGURE, Sieve, needs

CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("since", [{"since"}]),
        ("in the (?:first|second) half", [{"in the first half", "in the second half"}]),
        ("(?:from )?may", [{"may"}]),
        (r"(?<!\w)\d{1,2} (?:jan|feb)(?!\w)", [{FIGURE}, {" jan", " feb"}]),
        ("a[^.]{0,9}b", [{"a"}, {"b"}]),
        ("(?:ab)+c", [{"ab"}, {"c"}]),
        ("on [mt]on", [{"on mon", "on ton"}]),
        ("(?:x|yz|xa)", [{"x", "yz"}]),
        ("(?:[a-z]+ of|about)", [{" of", "about"}]),
    ],
)
def test_what_a_pattern_needs(pattern: str, wanted: list[set[str]]) -> None:
    """The strings of which every match holds one, set by set; one that holds another says nothing more."""
    assert list(needs(pattern)) == [frozenset(one) for one in wanted]


@pytest.mark.parametrize(
    "pattern", ["", "a?", "a*", "(?:a|)", "[^a]", ".", r"\w+", "(?i)may", "(?i:may)", "(?=a)", "("]
)
def test_a_pattern_that_may_be_anything_needs_nothing(pattern: str) -> None:
    """What can match nothing, or in any case, or what is no pattern, is always tried."""
    assert needs(pattern) == ()
    assert Sieve([pattern]).open("") == [0]


_PIECE = st.sampled_from(
    ["a", "b", "ab", "c ", r"\d", "[ab]", "[^c]", ".", "(?:a|bc)", "(?:a|)", r"(?<!a)", "(?!b)", r"\b"]
)
_TIMES = st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "+?", "??"])
_PATTERN = st.recursive(
    _PIECE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, _TIMES).map(lambda p: f"(?:{p[0]}){p[1]}"),
        inner.map(lambda part: f"({part})"),
    ),
    max_leaves=8,
)


@given(st.lists(_PATTERN, min_size=1, max_size=4), st.text("abc 1²٣", max_size=12))
def test_what_matches_goes_through(patterns: list[str], text: str) -> None:
    """Whatever the patterns and the text: each pattern that matches somewhere is let through, in order."""
    opened = Sieve(patterns).open(text)
    assert opened == sorted(opened)
    assert {place for place, pattern in enumerate(patterns) if re.search(pattern, text)} <= set(opened)


@given(
    st.lists(_PATTERN, min_size=1, max_size=3),
    st.lists(st.lists(st.one_of(_PATTERN, st.sampled_from("\U00100000\U00100001\U00100002")), min_size=1, max_size=4)),
    st.text("abc 1", max_size=12),
)
def test_shared_parts_change_nothing_that_matches(parts: list[str], lists: list[list[str]], text: str) -> None:
    """A pattern in which characters stand for parts is let through wherever it matches with the parts written out."""
    marks = {chr(0x100000 + place): f"(?:{part})" for place, part in enumerate(parts)}
    short = ["".join(piece for piece in pieces if piece < "\U00100000" or piece in marks) for pieces in lists]
    full = ["".join(marks.get(character, character) for character in pattern) for pattern in short]
    opened = Sieve(short, marks).open(text)
    assert {place for place, pattern in enumerate(full) if re.search(pattern, text)} <= set(opened)


def test_a_shared_part_that_is_needed_is_needed() -> None:
    """What a part needs its pattern needs: a text without it lets the pattern not through, one with it does."""
    sieve = Sieve(["A since B"], {"B": "(?:may|june)", "A": "in B"})
    assert sieve.open("in 1990 since may") == []
    assert sieve.open("in may since") == []
    assert sieve.open("in june since may") == [0]


def _texts(value: Any) -> Iterator[str]:
    """The texts of a corpus file, whatever they are there."""
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from _texts(item)


@pytest.mark.parametrize("code", lang.codes())
def test_no_rule_of_a_pack_is_left_out(code: str) -> None:
    """On each sentence of the corpus: every rule, day and period that matches is let through."""
    rows = tomllib.loads((CORPUS / f"{code}.toml").read_text(encoding="utf-8"))
    for text in (t for t in _texts(rows) if len(t) > 20):
        folded = fold(text)
        for times in (dates._days(code), dates._periods(code)):
            matching = {n for n, pattern in enumerate(times.patterns) if re.search(pattern, folded)}
            assert matching <= set(times.sieve.open(folded))
        for sentence in recognise(read_text(text, id="x", language=code)).sentences:
            for family in FAMILIES:
                every = [m for rule in frames.rules(code, family) for m in frames.find(rule, sentence.frame)]
                assert list(frames.read(sentence.frame, code, family)) == every


@pytest.mark.parametrize("code", lang.codes())
def test_few_patterns_are_tried_on_a_sentence_without_times(code: str) -> None:
    """A sentence without months, figures and words of time lets almost none of the patterns of times through."""
    for times in (dates._days(code), dates._periods(code)):
        assert len(times.sieve.open("xyz xyz.")) <= len(times.patterns) // 10
