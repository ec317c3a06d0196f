"""What is wrong with a language pack: missing keys, wrong values, and what nothing asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from kg.lang import forms
from kg.lang.keys import FAMILIES, FAMILIES_OPTIONAL, FREE, KEYS, OPTIONAL, POSTED, UNSPACED, WORDS, Key
from kg.lang.macros import named_in


class Problem(NamedTuple):
    """A key of a pack (``numbers.words``, ``patterns.people 3``) and what is wrong with it."""

    key: str
    message: str


def problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """What makes ``data``, a pack as TOML gives it, impossible to read: missing keys and wrong values."""
    for name in (*KEYS, *sorted(FREE), "patterns"):
        table = data.get(name)
        if table is None and name not in OPTIONAL:
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
    if (
        isinstance(language, dict)
        and isinstance(names, dict)
        and language.get("spaces") is False
        and "parts" not in names
    ):
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
    patterns += [form for key in ("forms", "mentioned", "outlets") for form in data["bodies"].get(key, ())]
    used = named_in(patterns, macros)
    for name in macros:
        if name not in used:
            yield Problem(f"macros.{name}", "no pattern has it")
    for section in ("names", "bodies", "words"):
        for name, words in data[section].items():
            for word, times in Counter(words if isinstance(words, list) else ()).items():
                if times > 1:
                    yield Problem(f"{section}.{name}", f"'{word}' stands in it {times} times")


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
    for family in (f for f in FAMILIES if f not in FAMILIES_OPTIONAL):
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
        if wrong := forms.TEXTS(value):
            yield Problem(f"words.{name}", wrong)


def _macros(table: Any) -> Iterator[Problem]:
    for name, value in table.items() if isinstance(table, dict) else ():
        if not re.fullmatch("[a-z_]+", name):
            yield Problem(f"macros.{name}", "the name is not in small letters")
        elif wrong := forms.TEXT(value):
            yield Problem(f"macros.{name}", wrong)


def _rules(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Patterns and periods: each a list of tables with a name and a pattern."""
    patterns = data.get("patterns")
    lists = {f"patterns.{k}": v for k, v in patterns.items()} if isinstance(patterns, dict) else {}
    for name, rows in {**lists, "periods": data.get("periods", [])}.items():
        if not forms.all_of(rows, dict):
            yield Problem(name, f"is not a list of rules [[{name}]]")
            continue
        for number, row in enumerate(rows, 1):
            needed = ("name", "pattern", "means") if name == "periods" else ("name", "pattern")
            for key in needed:
                if not isinstance(row.get(key), str) or not row[key]:
                    yield Problem(f"{name} {number}", f"the rule has no {key}")
            for key in sorted(row.keys() - {"name", "pattern", "means"}):
                yield Problem(f"{name} {number}", f"unknown key '{key}'")
