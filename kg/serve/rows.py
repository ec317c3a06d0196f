"""Rows as plain JSON, for programs that know nothing of RDF: numbers, names beside IRIs, quotes with rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from kg.query.quotes import Quote
from kg.tables import EVIDENCE, Cell, Labels, Rows
from kg.vocab import term

#: What a literal of a datatype is called in the columns; anything else is ``string``.
_KINDS: Final[Mapping[NamedNode, str]] = {
    term(f"xsd:{datatype}"): kind
    for datatype, kind in (
        ("integer", "integer"), ("decimal", "number"), ("double", "number"), ("boolean", "boolean"),
        ("date", "date"), ("dateTime", "dateTime"), ("gYear", "year"),
    )
}  # fmt: skip
#: Every kind of cells a column may have. One with cells of several is ``mixed``, one without any ``empty``.
KINDS: Final = ("iri", "text", "list", *dict.fromkeys(_KINDS.values()), "string", "mixed", "empty")


def plain(
    rows: Rows, labels: Labels, *, lists: Mapping[str, str], quotes: Sequence[Sequence[Quote]] | None = None
) -> dict[str, Any]:
    """``rows`` as ``{"columns": [{"name", "kind"}], "rows": [{name: value}]}``; a column without a value is null.

    ``lists`` are columns whose cells are lists, each with what separates items. ``quotes``, those of each row, stand
    in its ``quotes``.
    """
    separators = {EVIDENCE: " ", **lists}
    columns = [{"name": name, "kind": _kind(name, rows.column(name), separators)} for name in rows.columns]
    found: list[dict[str, Any]] = [
        {
            name: _listed(cell, separators[name]) if name in separators else _value(cell, labels)
            for name, cell in zip(rows.columns, row, strict=True)
        }
        for row in rows.rows
    ]
    for row, cited in zip(found, quotes or (), strict=quotes is not None):
        row["quotes"] = [_quote(each) for each in cited]
    return {"columns": columns, "rows": found}


def _kind(name: str, cells: Iterable[Cell], separators: Mapping[str, str]) -> str:
    if name in separators:
        return "list"
    kinds = {_kind_of(cell) for cell in cells if cell is not None}
    return "empty" if not kinds else kinds.pop() if len(kinds) == 1 else "mixed"


def _kind_of(cell: Cell) -> str:
    if isinstance(cell, Literal):
        return "text" if cell.language else _KINDS.get(cell.datatype, "string")
    return "iri"


def _listed(cell: Cell, separator: str) -> list[str]:
    if isinstance(cell, Literal):
        return [item for item in cell.value.split(separator) if item]
    return [cell.value] if isinstance(cell, NamedNode) else []


def _value(cell: Cell, labels: Labels) -> object:
    """A cell: an IRI with its label, a text with its language, a number, a truth value, or a string; None for none."""
    if isinstance(cell, NamedNode):
        label = labels.of(cell)
        named = {} if label is None else {"label": label.value, **({"lang": label.language} if label.language else {})}
        return {"iri": cell.value, **named}
    if not isinstance(cell, Literal):
        return None if cell is None else str(cell)
    if cell.language:
        return {"text": cell.value, "lang": cell.language}
    kind = _kind_of(cell)
    if kind == "boolean":
        return cell.value in ("true", "1")
    return _number(cell.value) if kind in ("integer", "number") else cell.value


def _number(written: str) -> int | float | str:
    """A number; as it is written where JSON's readers would not give the same again."""
    try:
        exact = Decimal(written)
        if exact == int(exact):
            return int(exact)
        return float(written) if Decimal(repr(float(written))) == exact else written
    except (ArithmeticError, ValueError):  # INF, NaN
        return written


def _quote(quote: Quote) -> dict[str, object]:
    return {
        "text": quote.text,
        "lang": quote.language,
        "article": quote.article,
        "start": quote.start,
        "end": quote.end,
        "rule": quote.rule,
        "place": quote.place,
        "evidence": quote.node,
    }
