"""Articles as JSON: one schema.org object, an array, an ``@graph``, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from kg.errors import KgError
from kg.read.clean import Line, clean, split_lines
from kg.read.draft import Draft
from kg.read.fields import fill, identifier

_CONTAINERS = ("@graph", "articles", "items", "itemlistelement", "item", "mainentity", "hits", "results", "data")
_DEPTH_LIMIT = 64
# How far ahead in the file the next paragraph is looked for, and how many may be missed in a row.
_WINDOW, _MISSES = 100_000, 20


def parse(text: str, *, path: str, line: int = 1) -> object:
    """The value of a JSON text that begins in ``line`` of ``path``. Raises KgError with line and column."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno + line - 1}:{error.colno}"
        raise KgError(f"malformed JSON: {error.msg}", where=place, hint="correct the file there") from error
    except RecursionError as error:
        raise KgError("JSON is nested too deep", where=path, hint=f"use at most {_DEPTH_LIMIT} levels") from error
    except ValueError as error:
        raise KgError("JSON holds a number too long to read", where=path, hint="write it as a string") from error


def articles(value: object) -> Iterator[dict[str, object]]:
    """The objects of ``value`` that are articles, in their order, keys in lower case."""
    stack = [(value, 0)]
    while stack:
        item, depth = stack.pop()
        if depth > _DEPTH_LIMIT:
            continue
        if isinstance(item, list):
            stack.extend((one, depth + 1) for one in reversed(item))
        elif isinstance(item, Mapping):
            fields = {str(key).lower(): one for key, one in item.items()}
            if _is_article(fields):
                yield fields
            else:
                inner = [fields[key] for key in reversed(_CONTAINERS) if isinstance(fields.get(key), (list, dict))]
                stack.extend((one, depth + 1) for one in inner)


def _is_article(fields: Mapping[str, object]) -> bool:
    kinds = fields.get("@type", fields.get("type"))
    named = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    return "articlebody" in fields or any(kind.endswith(("Article", "BlogPosting", "Report")) for kind in named)


def record_draft(fields: Mapping[str, object], *, source: str, cursor: int = 0) -> tuple[Draft, int]:
    """The draft of one article object found in the JSON text ``source`` after ``cursor``, and where it ends there.

    Raises KgError where it has no text.
    """
    body = fields.get("articlebody") or fields.get("text") or fields.get("body")
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str) or not body.strip():
        raise KgError("no articleBody", hint="give the article's text as a string under articleBody")
    lines, cursor = place(list(split_lines(clean(body))), source, cursor=cursor)
    draft = Draft(lines=lines)
    fill(draft, fields)
    draft.given_id = identifier(fields)
    return draft, cursor


def place(lines: list[Line], source: str, *, cursor: int = 0, starts: bool = False) -> tuple[list[Line], int]:
    """``lines`` with the line and column at which each stands word for word in ``source`` (0 where it does not).

    ``starts``: where a whole line does not stand there, for tags break it up, its first words will do.
    """
    placed, misses = [], 0
    line, line_start, counted = source.count("\n", 0, cursor) + 1, source.rfind("\n", 0, cursor) + 1, cursor
    for one in lines:
        found, length = (-1, 0) if misses > _MISSES else _find(one.text, source, cursor, starts=starts)
        if found < 0:
            misses += 1
            placed.append(Line(one.text, 0, 1, one.kind, one.bullet))
            continue
        misses = 0
        line += source.count("\n", counted, found)
        line_start = max(line_start, source.rfind("\n", counted, found) + 1)
        counted, cursor = found, found + length
        placed.append(Line(one.text, line, found - line_start + 1, one.kind, one.bullet))
    return placed, cursor


def _find(text: str, source: str, cursor: int, *, starts: bool) -> tuple[int, int]:
    """Where ``text`` stands in ``source``: as it is, else as JSON writes it or as it begins (columns of its start)."""
    if starts:
        forms = [text, *(text[:size].rpartition(" ")[0] for size in (40, 24) if len(text) > size)]
    else:
        forms = [text, json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]]
    for form in filter(None, dict.fromkeys(forms)):
        found = source.find(form, cursor, cursor + _WINDOW + len(form))
        if found >= 0:
            return found, len(form)
    return -1, 0
