"""``kg.check`` and ``kg lang``: every way in which a language can be incomplete or wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import check, lang
from kg.check import Lack, check_pack, line_of
from kg.cli import main
from kg.errors import KgError

ENGLISH = lang.source("en")


def found(text: str) -> list[tuple[str, str]]:
    """Key and message of all findings in the pack itself."""
    return [(lack.key, lack.message) for lack in check_pack(text, file="en.toml") if lack.file == "en.toml"]


def without(key: str) -> str:
    """The English pack without ``key``, on however many lines its list stands."""
    return re.sub(rf"(?ms)^{key} = (?:\[\n.*?^\]|.*?)\n", "", ENGLISH, count=1)


RULE = '[[patterns.people]]\nname = "mine"\npattern = "{pattern}"\n'
PERIOD = '[[periods]]\nname = "mine"\npattern = \'{pattern}\'\nmeans = "{means}"\n'
LAST_RULE = f"patterns.people {ENGLISH.count('[[patterns.people]]') + 1}"
LAST_PERIOD = f"periods {ENGLISH.count('[[periods]]') + 1}"


def rule(pattern: str) -> str:
    """The English pack with one rule more."""
    return ENGLISH + RULE.format(pattern=pattern)


def period(pattern: str, means: str) -> str:
    """The English pack with one period more."""
    return ENGLISH.replace("[names]", PERIOD.format(pattern=pattern, means=means) + "[names]")


def instead(old: str, new: str) -> str:
    """The English pack with ``new`` in place of the first ``old``."""
    assert old in ENGLISH
    return ENGLISH.replace(old, new, 1)


BROKEN = {
    "not TOML": ("[language", "", "not valid TOML"),
    "no section": (instead("[numbers]", "[nombers]"), "numbers", "the section is missing"),
    "no key it can be read without": (without("decimal"), "numbers.decimal", "is missing"),
    "no list of words": (without("review"), "words.review", "is missing"),
    "no qualifier": (without("nearly"), "qualifiers.nearly", "is missing"),
    "no currency": (without("EUR"), "money.currencies", "has no word for EUR"),
    "no month": (ENGLISH.replace("june = 6, ", "").replace("jun = 6, ", ""), "dates.months", "names no month 6"),
    "a macro that no pattern has": (instead("[macros]", '[macros]\nidle = "x"'), "macros.idle", "no pattern has it"),
    "a macro of idle macros": (
        instead("[macros]", '[macros]\nidle = "<other>"\nother = "<idle>"'),
        "macros.other",
        "no pattern has it",
    ),
    "a word told twice": (
        instead("respectively = [", 'respectively = ["each in turn", "each in turn", '),
        "words.respectively",
        "'each in turn' stands in it 2 times",
    ),
    "unknown section": (ENGLISH + "[nambers]\nx = 1\n", "nambers", "did you mean 'numbers'?"),
    "unknown key": (instead("joiners =", "joiner = []\njoiners ="), "money.joiner", "did you mean 'joiners'?"),
    "unknown family": (
        ENGLISH + RULE.replace("people", "peple").format(pattern="{{post}}"),
        "patterns.peple",
        "unknown key",
    ),
    "unknown list": (instead("[words]", '[words]\nzzz = ["z"]'), "words.zzz", "no pattern has it as a slot"),
    "wrong type": (instead('decimal = "."', "decimal = 1"), "numbers.decimal", "is not a comma or a point"),
    "wrong list": (instead("[words]", "[words]\nmine = [1]"), "words.mine", "is not a list of texts"),
    "rule without name": (
        ENGLISH + RULE.replace('name = "mine"', "").format(pattern="{post}"),
        LAST_RULE,
        "the rule has no name",
    ),
    "unknown slot": (rule("{pots}"), LAST_RULE, "unknown kind of span 'pots'. Did you mean 'post'?"),
    "unknown macro": (rule("<bdy>{post}"), LAST_RULE, "unknown macro 'bdy'"),
    "macros in a circle": (
        rule("<idle>{post}").replace("[macros]", '[macros]\nidle = "<other>"\nother = "x<idle>"'),
        LAST_RULE,
        "never comes to the end of its macros",
    ),
    "no regular expression": (rule("({post}"), LAST_RULE, "is no regular expression"),
    "empty match": (rule("{post}?"), LAST_RULE, "matches where nothing stands"),
    "unknown slot of a day": (instead("h) {weekday}'", "h) {wekday}'"), "dates.patterns", "unknown slot 'wekday'"),
    "unknown macro of a day": (instead("h) {weekday}'", "h) <wd>'"), "dates.patterns", "unknown macro 'wd'"),
    "unknown macro of a form": (
        instead("[bodies]", "[bodies]\noutlets = ['<bdy>(?P<name>x)']"),
        "bodies.outlets 1",
        "unknown macro 'bdy'",
    ),
    "unknown slot of a period": (period("{yer}", "year"), LAST_PERIOD, "unknown slot 'yer'"),
    "unknown meaning": (period("{year}", "yaer"), LAST_PERIOD, "'yaer' is no meaning"),
    "bad ordinal": (instead("(?P<n>", "(?P<m>"), "numbers.ordinal_patterns", "has no group (?P<n>…)"),
    "bad range": (instead('range = "-|to|and"', 'range = "(-"'), "numbers.range", "is no regular expression"),
    "opposites": (instead("later = [", 'later = ["previous", '), "words.later", "'previous' is in words.earlier too"),
    "two qualifiers": (
        instead("at-least = [", 'at-least = ["some", '),
        "qualifiers.at-least",
        "'some' is in qualifiers.about too",
    ),
    "two currencies": (
        instead("THB = [", 'THB = ["yen", '),
        "money.currencies THB",
        "'yen' is in money.currencies.JPY too",
    ),
    "no sounds": (
        instead("spaces = true", "spaces = false"),
        "names.transliteration",
        "a language without spaces needs it",
    ),
}


@pytest.mark.parametrize(("text", "key", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_in_a_pack_is_told_with_its_key(text: str, key: str, message: str) -> None:
    """One broken pack for every kind of finding."""
    assert any(key == k and message in m for k, m in found(text)), found(text)


def test_a_pack_that_is_whole_has_no_finding() -> None:
    """The control of the test above."""
    assert found(ENGLISH) == []


@pytest.mark.parametrize("code", lang.codes())
def test_every_pack_is_whole(code: str) -> None:
    """Keys, words and patterns of all packs."""
    assert [lack for lack in check.check(code) if lack.file.startswith("kg/lang/")] == []


@pytest.mark.parametrize("code", lang.codes())
def test_every_language_is_complete(code: str) -> None:
    """Labels, places, messages, words of pages and test sentences too."""
    assert check.check(code) == []


def test_a_pack_is_called_as_its_language_is() -> None:
    """By the name of its file it is found."""
    (lack,) = (lack for lack in check_pack(ENGLISH, file="kg/lang/xx.toml") if lack.file.startswith("kg/lang"))
    assert (lack.key, lack.message) == ("language.code", "the file is called xx.toml, so the code is to be 'xx'")
    assert ENGLISH.splitlines()[lack.line - 1] == 'code = "en"'


def test_a_new_language_lacks_everything_but_its_pack() -> None:
    """A pack alone is told what else a language is made of: labels, places, messages, words of pages, sentences."""
    lacks = check_pack(ENGLISH.replace('code = "en"', 'code = "xx"'), file="xx.toml")
    files = {lack.file for lack in lacks}
    assert {
        "ontology/positions.ttl", "ontology/sectors.ttl", "ontology/countables.ttl", "ontology/event-kinds.ttl",
        "ontology/concepts.ttl", "ontology/places.ttl", "shapes", "kg/read/markers.toml", "tests/corpus/xx.toml",
    } <= files  # fmt: skip
    assert Lack("ontology/positions.ttl", 0, "minister", "has no label in 'xx'") in lacks


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("language", "[language]"),
        ("numbers.decimal", 'decimal = "."'),
        ("money.currencies THB", "[money.currencies]"),
        ("qualifiers.nearly", "nearly = "),
        ("patterns.people 2", "[[patterns.people]]"),
        ("words.nowhere", "[words]"),
    ],
)
def test_a_key_is_found_in_its_file(key: str, line: str) -> None:
    """The line of the key, or of its section."""
    assert ENGLISH.splitlines()[line_of(ENGLISH, key) - 1].startswith(line)


def test_a_section_that_is_not_there_has_no_line() -> None:
    """0 stands for no line."""
    assert line_of(ENGLISH, "nowhere.at_all") == 0
    assert Lack("a.toml", 0, "", "").place == "a.toml"
    assert Lack("a.toml", 3, "", "").place == "a.toml:3"


@pytest.mark.parametrize("name", [n for n in BROKEN if n != "not TOML"])
def test_a_broken_pack_never_ends_in_a_traceback(name: str) -> None:
    """Loading it raises KgError with file and key, or works."""
    try:
        lang.parse(BROKEN[name][0], where="kg/lang/xx.toml")
    except KgError as error:
        assert error.where == f"kg/lang/xx.toml: {BROKEN[name][1]}"  # noqa: PT017 - some of them can be read


def run(*args: object) -> Result:
    """``kg lang`` with these arguments."""
    return CliRunner().invoke(main, ["lang", *map(str, args)])


def test_the_command_lists_packs() -> None:
    """Code, name, rules, words, labels by scheme, test sentences."""
    rows = json.loads(run("--format", "json").stdout)
    assert [row["code"] for row in rows] == list(lang.codes())
    assert all(int(row[column]) > 0 for row in rows for column in ("rules", "words", "positions", "concepts"))


def test_the_command_checks_a_file(tmp_path: Path) -> None:
    """File and line, key and what is wrong with it; exit 1."""
    path = tmp_path / "xx.toml"
    path.write_text(without("review"), encoding="utf-8")
    result = run("check", path, "--format", "json")
    line = line_of(without("review"), "words")
    row = {"place": f"{path}:{line}", "key": "words.review", "problem": "is missing"}
    assert result.exit_code == 1
    assert row in json.loads(result.stdout)


def test_a_whole_language_is_told_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 0 and nothing on standard output."""
    monkeypatch.setattr(check, "check", lambda _code: [])
    result = run("check", "en")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing is missing" in result.stderr


@pytest.mark.parametrize(("pack", "message"), [("xx", "no language pack for 'xx'"), ("no/xx.toml", "cannot be read")])
def test_an_unknown_pack_is_wrong_use(pack: str, message: str) -> None:
    """Exit 2."""
    result = run("check", pack)
    assert result.exit_code == 2
    assert message in result.stderr
