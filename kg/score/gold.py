"""Gold annotations: what a careful reader finds in each article, read from a YAML file and checked line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import yaml

from kg.errors import KgError

#: Says what is wrong with a value, or nothing.
Check = Callable[[Any], str]

_HINT: Final = "See tests/gold/README.md for the keys and what they hold."


def _is(wanted: str, test: Callable[[Any], bool]) -> Check:
    return lambda value: "" if test(value) else f"is not {wanted}"


_TEXT = _is("a text", lambda v: isinstance(v, str) and bool(v.strip()))
_TEXTS = _is("a list of texts", lambda v: isinstance(v, list) and bool(v) and all(isinstance(t, str) for t in v))
_SLUGS = _is("a list of slugs", lambda v: isinstance(v, list) and all(isinstance(t, str) for t in v))
_SUM = _is("a number above 0", lambda v: isinstance(v, int | float) and not isinstance(v, bool) and v > 0)
_WHOLE = _is("a whole number", lambda v: isinstance(v, int) and not isinstance(v, bool))
_DAY = _is("a day (2025-12-04)", lambda v: isinstance(v, date))
_CURRENCY = _is("a currency code (USD)", lambda v: isinstance(v, str) and re.fullmatch("[A-Z]{3}", v) is not None)
_MONTH_DAY = _is("a day (12-04)", lambda v: isinstance(v, str) and re.fullmatch(r"[01]\d-[0-3]\d", v) is not None)
_YEARS = _is("a list of years", lambda v: isinstance(v, list) and all(isinstance(year, int) for year in v))
_PAIR = _is("two years", lambda v: isinstance(v, list) and len(v) == 2 and all(isinstance(year, int) for year in v))
_NUMBERS = _is("numbers by kind", lambda v: isinstance(v, dict) and all(isinstance(n, int) for n in v.values()))
_MAYBE_DAY = _is("a day (2025-12-04) or null", lambda v: v is None or isinstance(v, date))
_ANY_DAY = _is("a day (2025-12-04 or 12-04)", lambda v: not (_DAY(v) and _MONTH_DAY(v)))

#: The keys of an article's entry that hold one value.
_ENTRY: Final[Mapping[str, Check]] = {"id": _TEXT, "lang": _TEXT, "published": _MAYBE_DAY, "sectors": _SLUGS}
#: The keys of the rows of its lists.
_ROWS: Final[Mapping[str, Mapping[str, Check]]] = {
    "people": {"names": _TEXTS, "positions": _SLUGS, "in": _TEXTS},
    "aid": {
        "amount": _SUM, "upper": _SUM, "currency": _CURRENCY, "q": _TEXT, "from": _DAY, "to": _DAY,
        "donor": _TEXT, "recipient": _TEXT, "sector": _TEXT,
    },
    "counts": {"value": _WHOLE, "of": _TEXT, "q": _TEXT, "asof": _ANY_DAY},
    "conferences": {
        "ordinal": _WHOLE, "date": _DAY, "end": _DAY, "monthday": _MONTH_DAY, "place": _TEXT, "venue": _TEXTS,
        "organizers": _TEXTS, "theme": _TEXT, "previous": _YEARS, "reviews": _PAIR, "sessions": _NUMBERS,
    },
}  # fmt: skip
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("id", "lang"), "people": ("names", "positions"), "aid": ("amount", "currency"), "counts": ("value",)
}  # fmt: skip
#: Which scheme the slugs of a key are of.
_SCHEMES: Final[Mapping[tuple[str, str], str]] = {
    ("people", "positions"): "positions", ("", "sectors"): "sectors", ("aid", "sector"): "sectors",
    ("aid", "q"): "qualifiers", ("counts", "q"): "qualifiers", ("counts", "of"): "countables",
}  # fmt: skip


def read_gold(path: Path, *, slugs: Mapping[str, frozenset[str]]) -> list[dict[str, Any]]:
    """The entries of a gold file, one for each article.

    ``slugs`` are those that may be used, by scheme (``positions``, ``sectors``, ``countables``, ``qualifiers``); a
    scheme that is absent or empty is not checked. Raises KgError with file and line for a file that cannot be read,
    is not YAML, or holds a wrong key, value or slug.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        items = yaml.safe_load(text)
    except OSError as error:
        raise KgError(f"'{path}' cannot be read: {error.strerror or error}", where="GOLD") from error
    except UnicodeDecodeError as error:
        raise KgError("is not UTF-8", where=str(path)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise KgError(f"not valid YAML: {error.problem}", where=where) from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2025-02-30
        raise KgError(f"not valid YAML: {error}", where=str(path)) from error
    if not isinstance(tree, yaml.SequenceNode):
        raise KgError("is not a list of articles", where=f"{path}:1", hint=_HINT)
    seen: dict[str, int] = {}
    for node, item in zip(tree.value, items, strict=True):
        for line, problem in _problems(node, item, "", slugs):
            raise KgError(problem, where=f"{path}:{line}", hint=_HINT)
        line = _line(node)
        if item["id"] in seen:
            raise KgError(
                f"the article '{item['id']}' stands in line {seen[item['id']]} already", where=f"{path}:{line}"
            )
        seen[item["id"]] = line
    return list(items)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _problems(
    node: yaml.Node, item: object, kind: str, slugs: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, str]]:
    """Line and problem of an entry (``kind`` is empty) or of a row of one of its lists."""
    what = f"an entry of '{kind}'" if kind else "an article"
    if not isinstance(node, yaml.MappingNode) or not isinstance(item, dict):
        yield _line(node), f"{what} is not a set of keys and values"
        return
    known = _ROWS[kind] if kind else {**_ENTRY, **dict.fromkeys((*_ROWS, "orgs"), _is("a list", _is_list))}
    met: set[str] = set()
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key not in known:
            near = get_close_matches(key, known, n=1)
            yield _line(key_node), f"unknown key '{key}'" + (f"; did you mean '{near[0]}'?" if near else "")
        elif key in met:
            yield _line(key_node), f"the key '{key}' stands twice"
        else:
            met.add(key)
            yield from _value_problems(value_node, item[key], kind, key, known[key], slugs)
    for key in _NEEDED.get(kind, ()):
        if key not in met:
            yield _line(node), f"{what} has no '{key}'"


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _value_problems(
    node: yaml.Node, value: Any, kind: str, key: str, check: Check, slugs: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, str]]:
    if problem := check(value):
        yield _line(node), f"'{key}' {problem}"
        return
    for slug in (value if isinstance(value, list) else [value]) if (kind, key) in _SCHEMES else ():
        scheme = _SCHEMES[kind, key]
        allowed = slugs.get(scheme, frozenset())
        if allowed and slug not in allowed:
            near = get_close_matches(slug, sorted(allowed), n=1)
            yield _line(node), f"'{slug}' is none of the {scheme}" + (f"; did you mean '{near[0]}'?" if near else "")
    if not kind and key in _ROWS:
        for row_node, row in zip(node.value, value, strict=True):
            yield from _problems(row_node, row, key, slugs)
    if not kind and key == "orgs":
        for row_node, row in zip(node.value, value, strict=True):
            if problem := _TEXTS(row):
                yield _line(row_node), f"an entry of 'orgs' {problem}"
