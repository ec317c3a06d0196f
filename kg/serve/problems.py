"""What goes wrong, as HTTP tells it: problem documents (RFC 9457), or the same as text or HTML where that is wanted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from typing import Final

from kg.errors import KgError
from kg.serve.negotiate import choose

#: Media types of a problem; the first is for those who accept none of them.
_FORMS: Final = ("application/problem+json", "application/json", "text/html", "text/plain")
_PLACE: Final = re.compile(r":(\d+):(\d+)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """A status, what happened in this case, what to do about it, and where in the query, counted from 1.

    ``offered`` lists what could have been asked for; ``fields`` are header fields, such as ``Retry-After``;
    ``parameter`` names the one that is wrong, if one is.
    """

    status: int
    detail: str
    hint: str = ""
    line: int = 0
    column: int = 0
    offered: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    parameter: str = ""

    @property
    def title(self) -> str:
        """What the status means."""
        return HTTPStatus(self.status).phrase


class Refused(Exception):
    """A request that gets a problem for an answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def refuse(status: int, detail: str, *, hint: str = "", **fields: str) -> Refused:
    """A problem to raise; ``fields`` are header fields, ``retry_after="1"`` for ``Retry-After: 1``."""
    named = tuple((name.replace("_", "-").title(), value) for name, value in fields.items())
    return Refused(Problem(status, detail, hint=hint, fields=named))


def of_error(error: KgError, *, status: int = 400) -> Problem:
    """A KgError as a problem, with line and column where it names them."""
    place = _PLACE.search(error.where)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    return Problem(status, error.message, hint=error.hint, line=line, column=column)


def written(problem: Problem, accept: str | None) -> tuple[str, bytes]:
    """Media type and bytes of a problem, in the form that ``accept`` likes best."""
    media_type = choose(accept, _FORMS) or _FORMS[0]
    if media_type == "text/html":
        return "text/html; charset=utf-8", _html(problem).encode()
    if media_type == "text/plain":
        return "text/plain; charset=utf-8", _text(problem).encode()
    return media_type, _json(problem)


def _json(problem: Problem) -> bytes:
    told = {
        "type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail,
        "hint": problem.hint, "parameter": problem.parameter, "line": problem.line, "column": problem.column,
        "offered": problem.offered,
    }  # fmt: skip
    said = {key: value for key, value in told.items() if value}
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"


def _lines(problem: Problem) -> list[str]:
    place = f"Line {problem.line}, column {problem.column}: " if problem.line else ""
    offered = f"Offered: {', '.join(problem.offered)}." if problem.offered else ""
    parameter = f"{problem.parameter}: " if problem.parameter else ""
    return [line for line in (parameter + place + problem.detail, problem.hint, offered) if line]


def _text(problem: Problem) -> str:
    return "\n".join([f"{problem.status} {problem.title}", *_lines(problem)]) + "\n"


def _html(problem: Problem) -> str:
    title = f"{problem.status} {problem.title}"
    told = "".join(f"<pre>{escape(line)}</pre>" for line in _lines(problem))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1>{told}</html>\n"
    )
