"""Every key that a language pack may have, what it must hold, and what is wrong with a pack that has others.

``docs/language.md`` explains each of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

#: Says what is wrong with a value, or nothing.
Form = Callable[[Any], str]


class Problem(NamedTuple):
    """A key of a pack (``numbers.words``, ``patterns.people 3``) and what is wrong with it."""

    key: str
    message: str


class Key(NamedTuple):
    """What a key holds. ``needed``: no pack can be read without it. ``wanted``: a complete pack has it."""

    form: Form
    needed: bool = False
    wanted: bool = False


def _is(wanted: str, test: Callable[[Any], bool]) -> Form:
    return lambda value: "" if test(value) else f"is not {wanted}"


def _all(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _by_word(value: Any, *kinds: type) -> bool:
    return isinstance(value, dict) and all(isinstance(v, kinds) and not isinstance(v, bool) for v in value.values())


def _regex(value: Any, *, group: str = "") -> str:
    """What is wrong with a regular expression, which must have a group named ``group`` where one is asked for."""
    if not isinstance(value, str):
        return "is not a text"
    try:
        compiled = re.compile(value)
    except re.error as error:
        return f"is no regular expression: {error}"
    return f"has no group (?P<{group}>…)" if group and group not in compiled.groupindex else ""


def _ordinal_patterns(value: Any) -> str:
    if not _all(value, str):
        return "is not a list of texts"
    return next((f"'{item}' {wrong}" for item in value if (wrong := _regex(item, group="n"))), "")


def _byline(value: Any) -> str:
    if not isinstance(value, dict) or set(value) - {"between", "follows"} != {"before", "after"}:
        return "does not hold 'before' and 'after'"
    return next((f"'{key}' {wrong}" for key, item in value.items() if (wrong := _regex(item))), "")


def _named_after(value: Any) -> str:
    """What is wrong with a list of patterns, each with {} where a name stands."""
    if not _all(value, str):
        return "is not a list of texts"
    wrong = (f"'{v}' {'does not hold {} once' if v.count('{}') != 1 else _regex(v.replace('{}', 'x'))}" for v in value)
    return next((text for text in wrong if not text.endswith("' ")), "")


def _name_forms(value: Any) -> str:
    """What is wrong with a list of patterns, each with a group ``name``."""
    if not _all(value, str):
        return "is not a list of texts"
    wrong = (f"'{v}' {_regex(v) or 'has no group name'}" for v in value if _regex(v) or "(?P<name>" not in v)
    return next(wrong, "")


def _home(value: Any) -> str:
    if not _by_word(value, str) or set(value) - {"also"} != {"place", "currency"}:
        return "does not hold 'place' and 'currency'"
    return ""


def _endings(value: Any) -> str:
    """What is wrong with a table of patterns by kind of label."""
    if not isinstance(value, dict) or not set(value) <= set(INFLECTED):
        return f"does not hold patterns for some of {', '.join(INFLECTED)}"
    return next((f"'{kind}' {wrong}" for kind, item in value.items() if (wrong := _regex(item))), "")


def _proclitics(value: Any) -> str:
    """What is wrong with patterns of what is written together with the word behind it, by kind of label."""
    if not isinstance(value, dict) or "any" not in value:
        return "does not hold patterns by kind of label, one for 'any'"
    return next((f"'{kind}' {wrong}" for kind, item in value.items() if (wrong := _regex(item))), "")


_DECLINED: Final = re.compile(r"[a-z]\d( [^\s;|]+(\|[^\s;|]+)*)+")
_DECLENSION: Final[Mapping[str, type]] = {
    **dict.fromkeys(("cases", "nouns", "adjectives", "names", "genders"), dict), "undeclined": list, "lists": list,
    "behind": bool,
}  # fmt: skip


def _declension(value: Any) -> str:
    """What is wrong with tables of declension: each row is a gender, letters cut off, and endings case by case."""
    if not (isinstance(value, dict) and {"cases", "nouns"} <= set(value) <= set(_DECLENSION)):
        return f"does not hold 'cases', 'nouns' and some of {', '.join(sorted(_DECLENSION))}"
    for name, table in value.items():
        if not isinstance(table, _DECLENSION[name]) or not all(isinstance(item, str) for item in _items(table)):
            return f"'{name}' does not hold texts"
    for name in ("nouns", "adjectives", "names"):
        for ending, rows in value.get(name, {}).items():
            for row in rows.split(";"):
                if not _DECLINED.fullmatch(row.strip()) or len(row.split()) != len(value["cases"]) + 1:
                    return f"'{name}' has for '{ending}' no row of gender, letters cut and an ending for each case"
    return ""


def _items(table: Any) -> Iterable[Any]:
    return table.values() if isinstance(table, dict) else () if isinstance(table, bool) else table


def _tens(value: Any) -> str:
    named = isinstance(value, str) and "{tens}" in value and "{unit}" in value
    return "" if named else "does not hold {tens} and {unit}"


def _side(value: Any) -> str:
    return _regex(value.partition(" not after ")[0] if isinstance(value, str) else value)


def months(value: Any) -> str:
    """What is wrong with a table of months."""
    if not _by_word(value, int):
        return "is not a set of words with numbers"
    missing = sorted(set(range(1, 13)) - set(value.values()))
    return f"names no month {', '.join(map(str, missing))}" if value and missing else ""


TEXT: Final = _is("a text", lambda v: isinstance(v, str))
FLAG: Final = _is("true or false", lambda v: isinstance(v, bool))
WHOLE: Final = _is("a whole number", lambda v: isinstance(v, int) and not isinstance(v, bool))
TEXTS: Final = _is("a list of texts", lambda v: _all(v, str))
NUMBERS: Final = _is("a set of words with numbers", lambda v: _by_word(v, int, float))
WHOLES: Final = _is("a set of words with whole numbers", lambda v: _by_word(v, int))
NAMES: Final = _is("a set of words with texts", lambda v: _by_word(v, str))
#: Kinds of labels that may bear endings: the schemes', and the pack's lists of words.
INFLECTED: Final = ("post", "sector", "countable", "event", "concept", "aid")
WHOSE: Final = _is("a set of words, each with a list of currency codes", lambda v: isinstance(v, dict) and all(
    _all(codes, str) and all(re.fullmatch("[A-Z]{3}", code) for code in codes) for codes in v.values()))  # fmt: skip
CURRENCIES: Final = _is("a set of currency codes with lists of words", lambda v: isinstance(v, dict) and all(
    re.fullmatch("[A-Z]{3}", code) and _all(words, str) for code, words in v.items()))  # fmt: skip

QUALIFIERS: Final = ("exactly", "about", "nearly", "more-than", "up-to", "at-least")
#: Families of patterns, and what each reads.
FAMILIES: Final = ("people", "conference", "aid", "capital", "town", "dateline", "source", "spent")
#: Lists of words that extraction asks for by name; a pack may have more, for its own patterns.
WORDS: Final[Mapping[str, Key]] = {
    **dict.fromkeys(
        ("give", "pledge", "paid", "ask", "hold", "say", "aid", "other", "theme", "earlier", "later", "review",
         "venue", "respectively"),
        Key(TEXTS, wanted=True),
    ),
    **dict.fromkeys(
        ("notevent", "notsector", "anyone", "benefit", "receive", "theme_end", "home", "authorities",
         "not_given", "debt", "added", "business", "elsewhere", "raise", "sign", "succeeds", "closes", "hope", "each",
         "change",
         "host", "meet", "compared", "local", "cost", "parts", "counterpart", "notask", "same_day"),
        Key(TEXTS),
    ),
}  # fmt: skip
#: Keys of packs of languages without spaces between words, needed by them alone.
UNSPACED: Final = frozenset({"surnames", "transliteration"})
#: Keys of packs that tell names by the posts beside them.
POSTED: Final = frozenset({"surnames", "given", "edge"})

KEYS: Final[Mapping[str, Mapping[str, Key]]] = {
    "language": {
        "code": Key(TEXT, needed=True), "name": Key(TEXT, needed=True), "spaces": Key(FLAG), "compounds": Key(TEXTS),
        "endings": Key(_endings), "declension": Key(_declension), "spelled": Key(NAMES), "particles": Key(_regex),
        "capitals": Key(FLAG), "proclitics": Key(_proclitics), "contracted": Key(NAMES),
        "like": Key(TEXT), "instead": Key(NAMES),
    },
    "numbers": {
        "decimal": Key(_is("a comma or a point", lambda v: v in (",", ".")), needed=True),
        "group": Key(TEXTS, needed=True), "range": Key(_regex, needed=True), "range_opens": Key(NAMES),
        "and_half": Key(TEXTS), "definite": Key(TEXTS), "change_opens": Key(TEXTS),
        "words": Key(NUMBERS, wanted=True), "tens": Key(_tens), "magnitudes": Key(WHOLES, needed=True),
        "ordinals": Key(WHOLES, wanted=True), "ordinal_patterns": Key(_ordinal_patterns, wanted=True),
        "ordinal_dot": Key(FLAG), "infix": Key(_is(
            "a set of words with qualifiers", lambda v: _by_word(v, str) and set(v.values()) <= set(QUALIFIERS))),
    },
    "money": {
        "joiners": Key(TEXTS, needed=True), "currencies": Key(CURRENCIES, needed=True),
        "assumed": Key(NAMES, wanted=True), "whose": Key(WHOSE), "follow": Key(TEXTS),
        "not_where": Key(NAMES),
    },
    "qualifiers": dict.fromkeys(QUALIFIERS, Key(TEXTS, wanted=True)) | {"exactly": Key(TEXTS)},
    "qualifiers_after": dict.fromkeys(QUALIFIERS, Key(TEXTS)),
    "dates": {
        "months": Key(months, needed=True), "weekdays": Key(WHOLES, wanted=True),
        "patterns": Key(TEXTS, needed=True), "relative": Key(WHOLES), "told_years": Key(WHOLES),
        "told_months": Key(WHOLES), "eras": Key(WHOLES),
    },
    "names": {
        **dict.fromkeys(
            ("stop", "honorifics", "abbreviations", "locative", "dative", "genitive", "ablative", "as_of",
             "not_event", "equals", "between_qualifier"),
            Key(TEXTS, wanted=True),
        ),
        **dict.fromkeys(
            ("particles", "elided", "year_words", "indefinite", "not_counts", "classifiers", "not_persons",
             "called", "called_after", "papers", "paper_opens", "such_as", "there", "told_by",
             "any_event", "sum_goes_on",
             "not_ordinal", "edition", "another", "notice", "definite", "field",
             "as_of_period", "relative", "articles", "surnames", "after", "speech", "not_names", "desks",
             "shares", "during", "together", "approve", "followed", "further", "owner", "such", "until", "ahead",
             "several_days", "subject", "before_name"),
            Key(TEXTS),
        ),
        "transliteration": Key(TEXT), "glued": Key(TEXT), "not_ends": Key(TEXT),
        "not_native_ends": Key(TEXT), "forenames": Key(TEXTS), "acronym_first": Key(FLAG),
        "ordinal_after": Key(WHOLE), "verb_second": Key(FLAG),
        "place_after_post": Key(FLAG), "posts_lower": Key(FLAG), "capitals_without": Key(TEXT), "byline": Key(_byline),
        "home": Key(_home), "named_after": Key(_named_after),
        "side": Key(_side), "postpositions": Key(FLAG), "verb_last": Key(FLAG),
        **dict.fromkeys(("not_name", "regions"), Key(_regex)),
        **dict.fromkeys(("foreign", "given", "edge", "between_post", "joins_post", "styled"), Key(_regex)),
        **dict.fromkeys(("measure", "measure_bare", "measure_last", "measure_after"), Key(_regex)),
        **dict.fromkeys(("home_alone", "districts", "district_ends", "copula", "posted", "middles"), Key(TEXTS)),
        "clause": Key(TEXTS),
        **dict.fromkeys(("before_place", "companion", "formal", "parent", "pairs", "local_ends"), Key(_regex)),
    },
    "again": {
        **dict.fromkeys(("speaker", "country"), Key(TEXTS, wanted=True)), "subject": Key(TEXTS), "accord": Key(TEXTS),
        "person": Key(TEXTS), "gift": Key(TEXTS),
        "bodies": Key(NAMES, wanted=True),
    },
    "bodies": {
        **dict.fromkeys(("left", "right"), Key(FLAG, needed=True)),
        **dict.fromkeys(("connectors", "and"), Key(TEXTS, needed=True)),
        **dict.fromkeys(
            ("capitals", "plain", "place_ends", "small_nations", "names_end", "comma_capital", "genitive",
             "head_and_word", "domain_left", "domain_right", "proper_compounds", "acronyms_small"),
            Key(FLAG),
        ),
        "first_capital": Key(FLAG), "forms": Key(_name_forms), "outlets": Key(_name_forms),
        **dict.fromkeys(("field", "adjective", "syllabic"), Key(_regex)), "local": Key(NAMES),
        **dict.fromkeys(("lower_heads", "articles", "joiners", "not_heads", "post_words", "not_after",
                         "foreign_heads", "foreign_links", "named_heads"), Key(TEXTS)),
        "not_acronyms": Key(TEXTS, wanted=True), "breaks": Key(TEXT), "bridge": Key(WHOLE),
    },
}  # fmt: skip
#: Sections whose keys a pack is free to name.
FREE: Final = frozenset({"words", "macros"})
#: Sections that a pack can do without.
_OPTIONAL: Final = frozenset({"qualifiers_after", "macros", "again"})


def problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What makes ``data``, a pack as TOML gives it, impossible to read: missing keys and wrong values."""
    for name in (*KEYS, *sorted(FREE), "patterns"):
        table = data.get(name)
        if table is None and name not in _OPTIONAL:
            yield Problem(name, "the section is missing")
        elif table is not None and not isinstance(table, dict):
            yield Problem(name, "is not a section")
        elif table is not None and name in KEYS:
            yield from _section(name, table)
    yield from _words(data.get("words"))
    yield from _macros(data.get("macros", {}))
    yield from _rules(data)
    language, names = data.get("language"), data.get("names")
    if isinstance(names, dict) and "foreign" in names:
        for key in sorted(POSTED - set(names)):
            yield Problem(f"names.{key}", "is missing, and names.foreign needs it")
    if isinstance(language, dict) and isinstance(names, dict) and language.get("spaces") is False:
        for key in sorted(UNSPACED - set(names)):
            yield Problem(f"names.{key}", "is missing, and a language without spaces needs it")


def unknown(data: Mapping[str, Any]) -> Iterator[Problem]:
    """The keys of ``data``, which can be read, that nothing asks for."""
    sections = {*KEYS, *FREE, "patterns", "periods"}
    for section, table in data.items():
        if section not in sections:
            yield Problem(section, f"unknown section{_near(section, sections)}")
        known = {"patterns": set(FAMILIES)}.get(section, set(KEYS.get(section, ())))
        for name in table if known else ():
            if name not in known:
                yield Problem(f"{section}.{name}", f"unknown key{_near(name, known)}")
    used = set().union(*(_kinds(row["pattern"]) for rows in data["patterns"].values() for row in rows))
    used |= set().union(*map(_kinds, data.get("macros", {}).values()))
    for name in data["words"]:
        if name not in WORDS and name not in used:
            hint = _near(name, set(WORDS)) or "; no pattern has it as a slot"
            yield Problem(f"words.{name}", f"unknown list of words{hint}")
    yield from _idle(data)


def _idle(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What stands in ``data``, which can be read, for nothing: macros that no pattern has, words told twice."""
    macros: Mapping[str, str] = data.get("macros", {})
    patterns = [row["pattern"] for rows in data["patterns"].values() for row in rows]
    patterns += [*data["dates"]["patterns"], *(row["pattern"] for row in data.get("periods", ()))]
    used, added = set[str](), _macros_in(patterns)
    while added - used:
        used |= added
        added = _macros_in(macros.get(name, "") for name in added)
    for name in macros:
        if name not in used:
            yield Problem(f"macros.{name}", "no pattern has it")
    for section in ("names", "bodies", "words"):
        for name, words in data[section].items():
            for word, times in Counter(words if isinstance(words, list) else ()).items():
                if times > 1:
                    yield Problem(f"{section}.{name}", f"'{word}' stands in it {times} times")


def _macros_in(patterns: Iterable[str]) -> set[str]:
    """The macros that patterns name: ``<actor>``, but no ``(?P<group>``."""
    return {name for pattern in patterns for name in re.findall(r"(?<!\?P)<([a-z_]+)>", pattern)}


def _kinds(pattern: str) -> set[str]:
    """The kinds of spans that a pattern asks for: ``{donor:place|body}`` asks for two."""
    return {
        kind for kinds in re.findall(r"\{(?:[a-z_]+(?:@[a-z]+)?:)?([a-z|_-]+)\}", pattern) for kind in kinds.split("|")
    }


def lacking(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What a complete pack has and ``data``, which can be read, does not."""
    tables: dict[str, Mapping[str, Key]] = {**KEYS, "words": WORDS}
    for section, keys in tables.items():
        for name, key in keys.items():
            if key.wanted and name not in data.get(section, {}):
                yield Problem(f"{section}.{name}", "is missing")
    for family in FAMILIES:
        if not data["patterns"].get(family):
            yield Problem(f"patterns.{family}", "is missing")
    if not data.get("periods"):
        yield Problem("periods", "is missing")
    for currency in ("USD", "EUR"):
        if currency not in data["money"]["currencies"]:
            yield Problem("money.currencies", f"has no word for {currency}")


def _near(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def _section(section: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    keys = KEYS[section]
    for name, value in table.items():
        if name in keys and (wrong := keys[name].form(value)):
            yield Problem(f"{section}.{name}", wrong)
    for name, key in keys.items():
        if key.needed and name not in table:
            yield Problem(f"{section}.{name}", "is missing")


def _words(table: Any) -> Iterator[Problem]:
    for name, value in table.items() if isinstance(table, dict) else ():
        if wrong := TEXTS(value):
            yield Problem(f"words.{name}", wrong)


def _macros(table: Any) -> Iterator[Problem]:
    for name, value in table.items() if isinstance(table, dict) else ():
        if not re.fullmatch("[a-z_]+", name):
            yield Problem(f"macros.{name}", "the name is not in small letters")
        elif wrong := TEXT(value):
            yield Problem(f"macros.{name}", wrong)


def _rules(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Patterns and periods: each a list of tables with a name and a pattern."""
    patterns = data.get("patterns")
    lists = {f"patterns.{k}": v for k, v in patterns.items()} if isinstance(patterns, dict) else {}
    for name, rows in {**lists, "periods": data.get("periods", [])}.items():
        if not _all(rows, dict):
            yield Problem(name, f"is not a list of rules [[{name}]]")
            continue
        for number, row in enumerate(rows, 1):
            needed = ("name", "pattern", "means") if name == "periods" else ("name", "pattern")
            for key in needed:
                if not isinstance(row.get(key), str) or not row[key]:
                    yield Problem(f"{name} {number}", f"the rule has no {key}")
            for key in sorted(row.keys() - {"name", "pattern", "means"}):
                yield Problem(f"{name} {number}", f"unknown key '{key}'")
