"""What the keys of a language pack may hold: each form says what is wrong with a value, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

#: Says what is wrong with a value, or nothing.
Form = Callable[[Any], str]


def _is(wanted: str, test: Callable[[Any], bool]) -> Form:
    return lambda value: "" if test(value) else f"is not {wanted}"


def all_of(value: Any, kind: type) -> bool:
    """True for a list whose items are all of a kind."""
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _by_word(value: Any, *kinds: type) -> bool:
    return isinstance(value, dict) and all(isinstance(v, kinds) and not isinstance(v, bool) for v in value.values())


def regex(value: Any, *, group: str = "") -> str:
    """What is wrong with a regular expression, which must have a group named ``group`` where one is asked for."""
    if not isinstance(value, str):
        return "is not a text"
    try:
        compiled = re.compile(value)
    except re.error as error:
        return f"is no regular expression: {error}"
    return f"has no group (?P<{group}>…)" if group and group not in compiled.groupindex else ""


def ordinal_patterns(value: Any) -> str:
    """What is wrong with a list of patterns, each with a group ``n``."""
    if not all_of(value, str):
        return "is not a list of texts"
    return next((f"'{item}' {wrong}" for item in value if (wrong := regex(item, group="n"))), "")


def byline(value: Any) -> str:
    """What is wrong with a table of what stands before and after a reporter's name."""
    if not isinstance(value, dict) or set(value) - {"between", "follows"} != {"before", "after"}:
        return "does not hold 'before' and 'after'"
    return next((f"'{key}' {wrong}" for key, item in value.items() if (wrong := regex(item))), "")


def named_after(value: Any) -> str:
    """What is wrong with a list of patterns, each with {} where a name stands."""
    if not all_of(value, str):
        return "is not a list of texts"
    wrong = (f"'{v}' {'does not hold {} once' if v.count('{}') != 1 else regex(v.replace('{}', 'x'))}" for v in value)
    return next((text for text in wrong if not text.endswith("' ")), "")


def apposition(value: Any) -> str:
    """What is wrong with a pattern of what a body is called behind its name, its words in a group ``words``."""
    return regex(value, group="words")


def name_forms(value: Any) -> str:
    """What is wrong with a list of patterns, each with a group ``name``."""
    if not all_of(value, str):
        return "is not a list of texts"
    wrong = (f"'{v}' {regex(v) or 'has no group name'}" for v in value if regex(v) or "(?P<name>" not in v)
    return next(wrong, "")


def home(value: Any) -> str:
    """What is wrong with the place and the currency that a language is at home in, and whether nowhere else."""
    texts = {key: one for key, one in value.items() if key != "alone"} if isinstance(value, dict) else value
    if not _by_word(texts, str) or set(texts) - {"also"} != {"place", "currency"}:
        return "does not hold 'place' and 'currency'"
    return "" if isinstance(value.get("alone", True), bool) else "holds an 'alone' that is not true or false"


def endings(value: Any) -> str:
    """What is wrong with a table of patterns by kind of label."""
    if not isinstance(value, dict) or not set(value) <= set(INFLECTED):
        return f"does not hold patterns for some of {', '.join(INFLECTED)}"
    return next((f"'{kind}' {wrong}" for kind, item in value.items() if (wrong := regex(item))), "")


def proclitics(value: Any) -> str:
    """What is wrong with patterns of what is written together with the word behind it, by kind of label."""
    if not isinstance(value, dict) or "any" not in value:
        return "does not hold patterns by kind of label, one for 'any'"
    return next((f"'{kind}' {wrong}" for kind, item in value.items() if (wrong := regex(item))), "")


_DECLINED: Final = re.compile(r"[a-z]\d{1,2}( [^\s;|]+(\|[^\s;|]+)*)+")
_DECLENSION: Final[Mapping[str, type]] = {
    **dict.fromkeys(("cases", "nouns", "adjectives", "names", "genders"), dict), "undeclined": list, "lists": list,
    "acronyms": dict, "behind": bool, "beside": dict, "last": bool,
}  # fmt: skip


def declension(value: Any) -> str:
    """What is wrong with tables of declension: each row is a gender, letters cut off, and endings case by case."""
    if not (isinstance(value, dict) and {"cases", "nouns"} <= set(value) <= set(_DECLENSION)):
        return f"does not hold 'cases', 'nouns' and some of {', '.join(sorted(_DECLENSION))}"
    for name, table in value.items():
        if not isinstance(table, _DECLENSION[name]) or not all(isinstance(item, str) for item in _items(table)):
            return f"'{name}' does not hold texts"
    for name in ("acronyms", "beside"):
        if any(set(cases) - set(value["cases"]) for cases in value.get(name, {}).values()):
            return f"'{name}' does not hold letters of 'cases'"
    for name in ("nouns", "adjectives", "names"):
        for ending, rows in value.get(name, {}).items():
            for row in rows.split(";"):
                if not _DECLINED.fullmatch(row.strip()) or len(row.split()) != len(value["cases"]) + 1:
                    return f"'{name}' has for '{ending}' no row of gender, letters cut and an ending for each case"
    return ""


def _items(table: Any) -> Iterable[Any]:
    return table.values() if isinstance(table, dict) else () if isinstance(table, bool) else table


def tens(value: Any) -> str:
    """What is wrong with the order of tens and units in a number in words."""
    named = isinstance(value, str) and "{tens}" in value and "{unit}" in value
    return "" if named else "does not hold {tens} and {unit}"


def side(value: Any) -> str:
    """What is wrong with a pattern, with what must not stand before it behind ``not after``."""
    return regex(value.partition(" not after ")[0] if isinstance(value, str) else value)


def months(value: Any) -> str:
    """What is wrong with a table of months."""
    if not _by_word(value, int):
        return "is not a set of words with numbers"
    missing = sorted(set(range(1, 13)) - set(value.values()))
    return f"names no month {', '.join(map(str, missing))}" if value and missing else ""


TEXT: Final = _is("a text", lambda v: isinstance(v, str))
FLAG: Final = _is("true or false", lambda v: isinstance(v, bool))
WHOLE: Final = _is("a whole number", lambda v: isinstance(v, int) and not isinstance(v, bool))
TEXTS: Final = _is("a list of texts", lambda v: all_of(v, str))
NUMBERS: Final = _is("a set of words with numbers", lambda v: _by_word(v, int, float))
WHOLES: Final = _is("a set of words with whole numbers", lambda v: _by_word(v, int))
NAMES: Final = _is("a set of words with texts", lambda v: _by_word(v, str))
_VERBS: Final = (
    "give", "pledge", "paid", "ask", "receive", "raise", "host", "hold", "say", "sign", "meet", "guest",
    "benefit",
)  # fmt: skip
#: Kinds of labels that may bear endings: the schemes', and the pack's lists of words.
INFLECTED: Final = ("post", "sector", "countable", "event", "concept", "aid", *_VERBS)
LISTS: Final = _is(
    "a set of keys with lists of texts", lambda v: isinstance(v, dict) and all(all_of(item, str) for item in v.values())
)
WHOSE: Final = _is("a set of words, each with a list of currency codes", lambda v: isinstance(v, dict) and all(
    all_of(codes, str) and all(re.fullmatch("[A-Z]{3}", code) for code in codes) for codes in v.values()))  # fmt: skip
CURRENCIES: Final = _is("a set of currency codes with lists of words", lambda v: isinstance(v, dict) and all(
    re.fullmatch("[A-Z]{3}", code) and all_of(words, str) for code, words in v.items()))  # fmt: skip

QUALIFIERS: Final = ("exactly", "about", "nearly", "more-than", "up-to", "at-least")
DECIMAL: Final = _is("a comma or a point", lambda v: v in (",", "."))
QUALIFIED: Final = _is(
    "a set of words with qualifiers", lambda v: _by_word(v, str) and set(v.values()) <= set(QUALIFIERS)
)
