"""Languages as data: one pack ``xx.toml`` for each, read into a frozen value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError
from kg.lang.faults import problems
from kg.lang.kin import inherited, respelled
from kg.lang.letters import plain_letters

_HERE = Path(__file__).parent
_LIKE = re.compile(r"""^\s*like\s*=\s*["']([a-z]{2,3})["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named rule: a regular expression over a sentence's frame, with slots in braces."""

    name: str
    pattern: str
    means: str = ""


class Home(NamedTuple):
    """A country whose press writes a language: its id in the registry, its currency, another in which its ministers
    ``also`` promise, and whether no other country's press writes it. No sum is in a currency that is None, while that
    of one told by a word such as "shillings" may be empty.
    """

    place: str = ""
    currency: str | None = None
    also: str | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """All that the recognisers and extractors know of one language; see ``docs/language.md`` for each key."""

    code: str
    name: str
    spaces: bool
    capitals: bool
    numbers: Mapping[str, Any]
    currencies: Mapping[str, tuple[str, ...]]
    assumed: Mapping[str, str]
    joiners: tuple[str, ...]
    qualifiers: Mapping[str, tuple[str, ...]]
    qualifiers_after: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    dates: tuple[str, ...]
    periods: tuple[Pattern, ...]
    names: Mapping[str, Any]
    bodies: Mapping[str, Any]
    words: Mapping[str, tuple[str, ...]]
    macros: Mapping[str, str]
    patterns: Mapping[str, tuple[Pattern, ...]]
    compounds: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    particles: str = ""
    proclitics: Mapping[str, str] = field(default_factory=dict)
    contracted: Mapping[str, str] = field(default_factory=dict)
    endings: Mapping[str, str] = field(default_factory=dict)
    declension: Mapping[str, Any] = field(default_factory=dict)
    softened: Mapping[str, str] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)
    like: str = ""
    instead: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    written: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """The pack as its file writes it, where ``raw`` and all else have one letter for those written in several ways."""

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def home(self) -> Home:
        """The country whose press writes the language (``names.home``); all empty where several do."""
        return Home(**self.names.get("home", {}))


@cache
def codes() -> tuple[str, ...]:
    """The codes of all languages that have a pack, sorted."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.toml")))


def source(code: str) -> str:
    """The text of the pack of language ``code``. Raises KgError where there is none."""
    path = _HERE / f"{code}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", code) or not path.is_file():
        raise KgError(f"there is no language pack for {code!r}", where="language", hint=f"known: {', '.join(codes())}")
    return path.read_text(encoding="utf-8")


@cache
def load(code: str) -> Pack:
    """The pack of language ``code``. Raises KgError with file and key where it is missing or wrong."""
    return parse(source(code), where=f"kg/lang/{code}.toml")


def parse(text: str, *, where: str) -> Pack:
    """The pack in ``text``, which stands in the file ``where``. Raises KgError naming the key that is wrong."""
    try:
        data = whole(tomllib.loads(text), where=where)
    except tomllib.TOMLDecodeError as error:
        raise KgError(f"not valid TOML: {error}", where=where) from error
    plain = _plain(data)
    for problem in problems(plain):
        raise KgError(
            problem.message, where=f"{where}: {problem.key}", hint=f"All that is wrong: kg lang check {where}"
        )
    return replace(_pack(plain), name=data["language"]["name"], written=data)


def _plain(value: Any) -> Any:
    """``value`` with one letter for those that are written in several ways, as in folded text."""
    if isinstance(value, str):
        return plain_letters(value)
    if isinstance(value, list):
        return list(map(_plain, value))
    return {plain_letters(key): _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def whole(data: Mapping[str, Any], *, where: str) -> Mapping[str, Any]:
    """The pack ``data``, as TOML gives it, with all that it has from the pack it is like.

    Raises KgError where there is no such pack, or where that one is like another itself.
    """
    language = data.get("language")
    like = language.get("like") if isinstance(language, dict) else None
    if like is None:
        return data
    wrong = [problem for problem in problems(data) if problem.key in ("language.like", "language.instead")]
    if wrong or like not in codes():
        raise KgError(
            wrong[0].message if wrong else f"there is no language pack for {like!r}",
            where=f"{where}: {wrong[0].key if wrong else 'language.like'}",
        )
    base = tomllib.loads(source(like))
    if "like" in base["language"]:
        raise KgError(f"{like!r} is like another itself", where=f"{where}: language.like")
    return inherited(data, base)


@cache
def pattern(code: str, key: str, *, table: str = "names") -> re.Pattern[str]:
    """The pattern that a pack has under ``key`` of ``[names]`` or ``[bodies]``; one that nothing matches where it has
    none.
    """
    return re.compile((load(code).names if table == "names" else load(code).bodies).get(key, "(?!)"))


@cache
def kin(code: str) -> tuple[str, ...]:
    """The languages whose labels are met in texts in ``code``: itself, and the one that its pack is like.

    The pack is not loaded for it: names are compared in all languages.
    """
    like = _LIKE.search(source(code)) if code in codes() else None
    return (code, like[1]) if like else (code,)


def spellings(code: str, text: str, language: str) -> tuple[str, ...]:
    """How texts in ``code`` write a label ``text`` that is in ``language``."""
    pack = load(code)
    return (text, *respelled(text, pack.instead)) if language == pack.like else (text,)


def _lists(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}


def _words(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The lists of words, where who hosts a gathering holds it too."""
    words = _lists(table)
    return words | {"hold": tuple(dict.fromkeys((*words.get("hold", ()), *words.get("host", ()))))}


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    """``table`` with its lists as tuples, which is what ``str.startswith`` and ``str.endswith`` take."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _patterns(rows: list[dict[str, str]]) -> tuple[Pattern, ...]:
    return tuple(Pattern(row["name"], row["pattern"], row.get("means", "")) for row in rows)


def _pack(data: Mapping[str, Any]) -> Pack:
    language = data["language"]
    spaces = language.get("spaces", True)
    return Pack(
        code=language["code"],
        name=language["name"],
        spaces=spaces,
        capitals=spaces and language.get("capitals", True),
        numbers=data["numbers"],
        currencies=_lists(data["money"]["currencies"]),
        assumed=data["money"].get("assumed", {}),
        joiners=tuple(data["money"]["joiners"]),
        qualifiers=_lists(data["qualifiers"]),
        qualifiers_after=_lists(data.get("qualifiers_after", {})),
        months=data["dates"]["months"],
        weekdays=data["dates"].get("weekdays", {}),
        dates=tuple(data["dates"]["patterns"]),
        periods=_patterns(data.get("periods", [])),
        names=_tuples(data["names"]),
        bodies=_tuples(data["bodies"]),
        words=_words(data["words"]),
        macros=data.get("macros", {}),
        patterns={kind: _patterns(rows) for kind, rows in data["patterns"].items()},
        compounds=tuple(language.get("compounds", ())),
        counted=tuple(language.get("counted", ())),
        particles=language.get("particles", ""),
        proclitics=language.get("proclitics", {}),
        contracted=language.get("contracted", {}),
        endings=language.get("endings", {}),
        declension=language.get("declension", {}),
        softened=language.get("softened", {}),
        spelled=language.get("spelled", {}),
        like=language.get("like", ""),
        instead=language.get("instead", {}),
        raw=data,
    )
