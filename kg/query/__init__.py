"""Questions to the graph: the prepared ones of ``queries/``, and any SPARQL.

All of it runs on the engine of the store, here or elsewhere, over the merged facts as default graph and the
named graphs of the articles; nothing is fetched and nothing changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, QueryBoolean, QuerySolutions, Triple

from kg.dataset import Dataset
from kg.errors import KgError, UnknownName
from kg.query.binding import bind
from kg.query.guard import check, undeclared
from kg.query.header import Parameter, Query, read_query
from kg.resources import query_files
from kg.tables import Cell, Rows
from kg.vocab import PREFIXES

__all__ = ["Answer", "Parameter", "Query", "lists", "named", "not_sparql", "queries", "run", "run_query", "sparql"]

#: What a query gives: rows (SELECT), triples (CONSTRUCT, DESCRIBE), yes or no (ASK).
Answer: TypeAlias = Rows | tuple[Triple, ...] | bool

_SYNTAX_ERROR: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LIST: Final = re.compile(r'GROUP_CONCAT\(.+; SEPARATOR = "([^"]+)"\) AS \?(\w+)\)')
_LONGEST_REASON: Final = 80


@cache
def queries() -> tuple[Query, ...]:
    """The prepared queries, by name. Raises KgError where a file's header is wrong."""
    return tuple(map(_read, query_files()))


def named(name: str) -> Query:
    """The prepared query ``name``. Raises KgError, with the nearest name, where there is none."""
    for path in query_files():
        if path.stem == name:
            return _read(path)
    names = [path.stem for path in query_files()]
    near = get_close_matches(name, names, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Queries: {', '.join(names)}."
    raise UnknownName(f"there is no query '{name}'", hint=hint)


def run(store: Dataset, name: str, parameters: Mapping[str, str] | None = None) -> Answer:
    """What the prepared query ``name`` gives, with ``parameters`` (name to value as a user writes it).

    Lists in a cell, such as languages, come sorted. Raises KgError for an unknown query or parameter, or a
    value that its type does not accept.
    """
    return run_query(store, named(name), parameters or {})


def run_query(
    store: Dataset, query: Query, parameters: Mapping[str, str], *, limit: int | None = None, offset: int = 0
) -> Answer:
    """As ``run``; of the rows, those after the first ``offset``, and no more than ``limit``."""
    text = bind(query, parameters, store)
    page = (f" LIMIT {limit}" if limit is not None else "") + (f" OFFSET {offset}" if offset else "")
    answer = _asked(store, f"{text}\n{page}" if page else text, where=f"{query.name}.rq")
    return _with_lists_sorted(answer, query) if isinstance(answer, Rows) else answer


def lists(query: Query) -> dict[str, str]:
    """The columns whose cells are lists, each with what separates the items of one."""
    return {name: separator for separator, name in _LIST.findall(query.text)}


def sparql(store: Dataset, text: str, *, where: str = "query") -> Answer:
    """What a user's SPARQL query gives. The project's prefixes are known to it; ``where`` names it in errors.

    Raises KgError, with line and column, for what is not SPARQL, and for updates and SERVICE.
    """
    check(text, where=where)
    return _asked(store, text, where=where)


_read = cache(read_query)


def _asked(store: Dataset, text: str, *, where: str) -> Answer:
    try:
        answer = store.answer(text)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            return Rows(columns, tuple(tuple(solution[name] for name in columns) for solution in answer))
        return tuple(answer)
    except SyntaxError as error:
        raise not_sparql(str(error), text, where) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise KgError(f"the query cannot be answered: {error}", where=where) from error


def not_sparql(message: str, text: str, where: str) -> KgError:
    """What the engine's ``message`` means: where the query goes wrong, with the line and a mark under the place."""
    match = _SYNTAX_ERROR.match(message)
    if match is None:
        return KgError(f"this is not SPARQL: {message}", where=where)
    line, column, reason = int(match[1]), int(match[2]), " ".join(match[3].split())
    unknown = undeclared(text)
    # The engine names the place where it knows of no other way to read a name, which may be far behind it.
    if unknown is not None and (place := _place(text, unknown[1])) <= (line, column):
        near = get_close_matches(unknown[0].removesuffix(":"), PREFIXES, n=1)
        meant = f". Did you mean '{near[0]}:'?" if near else ""
        return _at(f"this is not SPARQL: the prefix '{unknown[0]}' is not declared{meant}", text, where, *place)
    lines = text.split("\n")
    expected = f" ({reason})" if len(reason) <= _LONGEST_REASON else ""
    rest = lines[line - 1][column - 1 :].split() if line <= len(lines) else []
    unexpected = f"'{rest[0]}' is not understood here" if rest else "something is missing here"
    return _at(f"this is not SPARQL: {unexpected}{expected}", text, where, line, column)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _at(message: str, text: str, where: str, line: int, column: int) -> KgError:
    """An error at a place of a query, which is shown with a mark under it."""
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    mark = f"{shown}\n  {' ' * (column - 1)}^" if shown.strip() else ""
    return KgError(message, where=f"{where}:{line}:{column}", hint=mark)


def _with_lists_sorted(rows: Rows, query: Query) -> Rows:
    """GROUP_CONCAT joins values in the order in which an engine meets them; here each list comes sorted.

    One of nothing is an empty text for some engines and no value for others; here it is no value.
    """
    separators = lists(query)

    def ordered(name: str, cell: Cell) -> Cell:
        if name not in separators or not isinstance(cell, Literal):
            return cell
        parts = sorted(set(filter(None, cell.value.split(separators[name]))))
        return Literal(separators[name].join(parts)) if parts else None

    return Rows(rows.columns, tuple(tuple(map(ordered, rows.columns, row)) for row in rows.rows))
