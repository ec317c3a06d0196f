"""A pack may be like another: it inherits what it does not say, and spells it in its own way."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lang
from kg.check import check_pack
from kg.errors import KgError
from kg.lang.kin import inherited, left_out, respelled, respelled_pattern

INSTEAD = {
    "ble": "vart|blei",
    "gitt": "gjeve",
    "fra": "frå",
    "norge": "Noreg",
    "millioner": "millionar",
    "utenriks-": "utanriks",
    "-inger": "ingar",
    "den norske stat": "den norske staten",
    "norske stat": "staten",
}
HEAD = '[language]\ncode = "xx"\nname = "X"\nlike = "nb"\n'


def whole(text: str) -> Mapping[str, Any]:
    """The pack in ``text`` with what it inherits."""
    return lang.whole(tomllib.loads(text), where="xx.toml")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("fra Norge", ("frå Noreg",)),
        ("ble gitt", ("vart gjeve", "blei gjeve")),
        ("Fra", ("Frå",)),
        ("fram", ()),
        ("FRA", ()),
        ("Utenriksmålinger", ("Utanriksmålingar",)),
        ("utenriks inger", ()),
        ("spenninger", ("spenningar",)),
        ("", ()),
        ("fra den norske stat", ("frå den norske staten",)),
        ("Norske stat", ("Staten",)),
        ("norske, stat", ()),
        ("norske  stat", ()),
    ],
)
def test_words_are_respelled_whole(text: str, written: tuple[str, ...]) -> None:
    """Each word in each of its ways, with its capital; parts of words and acronyms stay."""
    assert respelled(text, INSTEAD) == written


@pytest.mark.parametrize(
    ("pattern", "reads", "not_read"),
    [
        ("(?:fra|til) den", ["fra den", "frå den", "til den"], ["fr den"]),
        ("ble? gitt", ["ble gitt", "bl gjeve"], ["vart gitt"]),
        ("[fra]x", ["fx", "rx"], ["frå x", "åx"]),
        ("(?P<fra>a)", ["a"], ["fra"]),
        (r"\bfra\b", ["fra", "frå"], ["fram"]),
        ("fra norske stat(?: her)?", ["frå staten her", "fra norske stat"], ["frå stat"]),
        ("(?<!fra |ble )(?:a|x)", ["a"], ["frå a"]),
        ("(?:ble |blei |vart |var )(?<=ble |til )a", ["ble a", "vart a"], ["var a"]),
        ("norske stats?", ["norske stat", "norske stats"], ["staten"]),
    ],
)
def test_patterns_read_either(pattern: str, reads: list[str], not_read: list[str]) -> None:
    """Whole words only: no sets, no names of groups, and no word whose last letter is repeated."""
    made = re.compile(respelled_pattern(pattern, INSTEAD))
    assert all(made.fullmatch(text) for text in reads)
    assert not any(made.fullmatch(text) for text in not_read)


def test_words_that_must_not_stand_before_are_not_in_any_way() -> None:
    """Each way of such a word has its own width, which Python asks for."""
    made = re.compile(respelled_pattern("(?<!ble )(?<!utenriksmøte )gitt", INSTEAD))
    assert made.search("er gitt")
    assert not any(made.search(f"{word} gjeve") for word in ("ble", "vart", "blei", "utenriksmøte", "utanriksmøte"))


def test_slots_and_macros_stay() -> None:
    """The names in braces and angles are no words of the language."""
    assert respelled_pattern("{fra:place} <ble> fra", INSTEAD) == "{fra:place} <ble> (?:fra|frå)"


@pytest.mark.filterwarnings("ignore:Possible nested set")
@given(st.text(alphabet="fra(){}[]<>?*+|\\ :bile", max_size=40))
def test_no_pattern_loses_what_it_reads(pattern: str) -> None:
    """What compiles still does, and matches what it matched."""
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError):
        return
    made = re.compile(respelled_pattern(pattern, INSTEAD))
    for text in ("fra", "ble", "frabile", " fra ", ""):
        assert not compiled.fullmatch(text) or made.fullmatch(text)


def test_lists_are_added_and_values_are_own() -> None:
    """Lists grow, tables are laid over, texts and flags are the pack's own where it has them."""
    base = {
        "language": {"code": "yy", "compounds": ["møte"]},
        "numbers": {"decimal": ",", "magnitudes": {"millioner": 6}},
        "words": {"give": ["gir", "ble gitt"]},
        "patterns": {"aid": [{"name": "a", "pattern": "fra {place}"}]},
    }
    own = {
        "language": {"code": "xx", "like": "yy", "instead": INSTEAD},
        "numbers": {"decimal": "."},
        "words": {"give": ["gjev", "gir"], "mine": ["x"]},
        "patterns": {"aid": [{"name": "b", "pattern": "x"}]},
    }
    told = inherited(own, base)
    assert told["language"]["code"] == "xx"
    assert told["language"]["compounds"] == ["møte"]
    assert told["numbers"] == {"decimal": ".", "magnitudes": {"millionar": 6, "millioner": 6}}
    assert told["words"] == {"give": ["gjev", "gir", "ble gitt", "vart gjeve", "blei gjeve"], "mine": ["x"]}
    assert [row["pattern"] for row in told["patterns"]["aid"]] == ["x", "(?:fra|frå) {place}"]


def test_what_a_language_has_not_is_left_out() -> None:
    """Of one list, or of all; and what is left out is not respelled."""
    base = {
        "language": {"code": "yy"},
        "dates": {"weekdays": {"mandag": 0, "minggu": 6}},
        "words": {"give": ["gir", "fra", "Rapat"], "hold": ["rapat", "gir"]},
    }
    without = {"words.give": ["gir"], "all": ["rapat", "fra"], "dates.weekdays": ["minggu"], "labels": ["by"]}
    told = inherited({"language": {"code": "xx", "like": "yy", "instead": INSTEAD, "without": without}}, base)
    assert told["words"] == {"give": [], "hold": ["gir"]}
    assert told["dates"] == {"weekdays": {"mandag": 0}}
    assert "without" not in told["language"] or told["language"]["without"] == without


def test_labels_that_a_language_has_not_are_left_out() -> None:
    """Those under "labels" and those under "all", whatever their capitals."""
    without = {"labels": ["by"], "all": ["skole"], "words.give": ["gir"]}
    assert [left_out(label, without) for label in ("By", "skole", "gir", "byer")] == [True, True, False, False]


def test_a_pack_of_two_lines_is_the_other_one() -> None:
    """All that a pack does not say is as in the one it is like."""
    pack, other = lang.parse(HEAD, where="xx.toml"), lang.load("nb")
    assert (pack.words, pack.patterns, pack.months, pack.numbers) == (
        other.words, other.patterns, other.months, other.numbers,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD.replace('"nb"', '"qq"'), "there is no language pack for 'qq'"),
        (HEAD.replace('"nb"', "1"), "is not a text"),
        (HEAD + "instead = 1\n", "is not a set of words with texts"),
        (HEAD + 'without = ["gir"]\n', "is not a set of keys with lists of texts"),
    ],
)
def test_a_pack_like_none_is_wrong_use(text: str, message: str) -> None:
    """Whoever names no pack is told so, by reading and by checking."""
    with pytest.raises(KgError, match=message):
        lang.parse(text, where="xx.toml")
    assert [lack.message for lack in check_pack(text, file="xx.toml")] == [message]


def test_what_is_repeated_is_found() -> None:
    """A word or value that the other pack has is told with its key; a new one is not."""
    text = HEAD + '[numbers]\ndecimal = ","\nwords = { to = 2, tvo = 2 }\n[words]\ngive = ["gir", "gjev"]\n'
    found = [(lack.line, lack.key, lack.message) for lack in check_pack(text, file="xx.toml") if lack.line > 4]
    assert found == [
        (6, "numbers.decimal", "is the same in nb"),
        (7, "numbers.words", "'to' is in nb too"),
        (9, "words.give", "'gir' is in nb too"),
    ]


def test_labels_come_from_both() -> None:
    """A language that is like no other has its own labels only."""
    assert lang.kin("nb") == ("nb",)
    assert lang.kin("qq") == ("qq",)
    assert lang.spellings("nb", "Norge", "nb") == ("Norge",)
