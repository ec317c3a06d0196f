"""Words of lists that patterns name: frames have signs for them, and rules meet them all the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from kg import lang
from kg.check import check_pack
from kg.lang import Pattern
from kg.read import read_text
from kg.recognise import recognise
from kg.recognise.rules.frames import _wider, compile_rule, find
from kg.recognise.rules.listed import listed, words_of

WORDS = {"granted": "give", "support": "aid", "under review": "review", "review": "other"}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("{money} granted by {place}", ["granted"]),
        ("(?:granted|given) by", ["granted"]),
        ("(?:now |then )?granted", ["granted"]),
        ("is under review now", ["under review"]),
        ("grante?d", []),
        ("granted(?:ly)?", []),
        ("[a-z]*support", []),
        ("support[a-z]*", []),
        ("{of:aid} (?P<support>x)", []),
        ("(?! granted)x", []),
        ("(?<! granted )x", []),
    ],
)
def test_whole_words_of_patterns_are_found(pattern: str, found: list[str]) -> None:
    """No parts of words, no slots or names of groups, and none that must not stand there."""
    assert [one.word for one in listed(pattern, WORDS)] == found


def test_what_must_not_stand_there_is_told_apart() -> None:
    """A sign in a lookbehind or behind a *not* cannot be asked for its word."""
    assert [one.word for one in listed("(?! (?:granted|x)) granted (?<!support)", WORDS, barred=True)] == [
        "granted", "support",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Kenya got 5 million dollars granted by Japan.", True),
        ("Kenya got 5 million dollars pledged by Japan.", False),
        ("Kenya got 5 million dollars donated by Japan.", False),
    ],
)
def test_a_rule_meets_the_word_it_names(text: str, met: bool) -> None:
    """And no other word of the same list."""
    pack = lang.load("en")
    assert {words_of(pack)[word] for word in ("granted", "donated")} == {"give"}
    rule = compile_rule("mine", "{money} granted by {donor:place}", "", pack)
    (sentence,) = recognise(read_text(text, id="x", language="en", published=date(2025, 1, 1))).sentences
    assert [found.slots["donor"][0].value.text for found in find(rule, sentence.frame)] == (["Japan"] if met else [])


def test_a_list_that_is_asked_for_is_met_as_before() -> None:
    """A pattern that has the list beside one of its words reads all of them."""
    rule = compile_rule("mine", "{money} (?:granted|{of:give}) by {donor:place}", "", lang.load("en"))
    text = "Kenya got 5 million dollars donated by Japan."
    (sentence,) = recognise(read_text(text, id="x", language="en", published=date(2025, 1, 1))).sentences
    assert len(list(find(rule, sentence.frame))) == 1


def test_every_rule_of_every_pack_compiles_with_its_words() -> None:
    """Also where words are in several lists, or a macro names them; a rule knows all signs that it may read."""
    for code in lang.codes():
        pack = lang.load(code)
        for row in (row for rows in pack.patterns.values() for row in rows):
            rule = compile_rule(row.name, row.pattern, row.means, pack)
            wider, words = _wider(rule.source, code)
            assert rule.regex.groups + len(words) == wider.groups
            assert set(re.findall(r"\(\?P<word__\d+>(.)\)", wider.pattern)) <= set(rule.signs)


def test_a_word_that_can_never_be_met_is_a_finding() -> None:
    """With its key; a word of no list is none."""
    text = lang.source("en") + '[[patterns.people]]\nname = "mine"\npattern = "{name}(?! (?:granted|xyz) ){post}"\n'
    found = [lack.message for lack in check_pack(text, file="en.toml") if "never met" in lack.message]
    assert found == ["'granted' in 'mine' is never met there, as it is in a list: ask for {give}"]


def test_no_words_where_there_are_no_lists() -> None:
    """Packs are values: another's lists are not looked at."""
    pack = replace(lang.load("en"), words={}, qualifiers={}, patterns={"people": (Pattern("a", "granted"),)})
    assert words_of(pack) == {}
