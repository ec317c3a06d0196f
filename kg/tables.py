"""Tables of rows, and the formats every command that prints rows can print them in.

JSON, CSV, TSV and XML are the SPARQL results formats of the W3C, to the letter; ``table`` and ``md`` are for readers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    Triple,
    Variable,
    parse_query_results,
)

from kg.dataset import Dataset
from kg.errors import KgError
from kg.vocab import LABEL, PREFIXES, term

if TYPE_CHECKING:
    import pandas

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Cell: TypeAlias = Term | None

#: Formats for rows; the first is the one people get who ask for none.
ROW_FORMATS: Final = ("table", "json", "csv", "tsv", "md", "xml")
#: The column of the facts a row rests on. It feeds citations, and tables for readers leave it out.
EVIDENCE: Final = "evidence"
#: Cells wider than this are broken into lines.
WIDEST: Final = 60

_W3C: Final = {
    "json": QueryResultsFormat.JSON,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
}
_LABELS: Final = (term("skos:prefLabel"), LABEL, term("schema:identifier"))
_NUMBERS: Final = frozenset({term("xsd:integer"), term("xsd:decimal"), term("xsd:double")})
_STRING: Final = term("xsd:string")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: the names of its columns, and its rows, each with a term or None for every column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of one column. Raises ValueError for a name that is no column's."""
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame with typed columns: numbers, days, texts. Raises KgError where pandas is not installed."""
        from kg.notebook import rows_to_pandas

        return rows_to_pandas(self)

    def _repr_html_(self) -> str:
        from kg.notebook import rows_html

        return rows_html(self)


@dataclass(frozen=True)
class Labels:
    """What IRIs of a store are called, in the first of ``languages`` in which they have a label.

    After those comes English, then whatever there is.
    """

    store: Dataset
    languages: tuple[str, ...] = ()

    def of(self, node: NamedNode) -> Literal | None:
        """The label of ``node``; None where it has none."""
        return _label(self, node)

    def text(self, cell: Cell) -> str:
        """A cell as readers see it: labels for IRIs, or short IRIs, and literals without datatype."""
        if cell is None:
            return ""
        if isinstance(cell, Literal):
            return cell.value
        if isinstance(cell, NamedNode):
            label = self.of(cell)
            return short(cell, base=self.store.base) if label is None else label.value
        return str(cell)


@lru_cache(maxsize=65536)
def _label(labels: Labels, node: NamedNode) -> Literal | None:
    order = (*labels.languages, "en")
    found = [
        (order.index(value.language) if value.language in order else len(order), value.language or "", value.value)
        for predicate in _LABELS
        for quad in labels.store.match(node, predicate)
        if isinstance(value := quad.object, Literal)
    ]
    if not found:
        return None
    _, language, text = min(found)
    return Literal(text, language=language) if language else Literal(text)


def short(node: NamedNode, *, base: str) -> str:
    """An IRI as a person writes it: what follows the base, or with a prefix, or whole."""
    if node.value.startswith(base) and len(node.value) > len(base):
        return node.value.removeprefix(base)
    for prefix, namespace in PREFIXES.items():
        if node.value.startswith(namespace):
            return f"{prefix}:{node.value.removeprefix(namespace)}"
    return node.value


def with_labels(rows: Rows, labels: Labels) -> Rows:
    """``rows`` with a column ``xLabel`` after each column ``x`` that holds an IRI with a label."""
    named = [
        any(isinstance(cell, NamedNode) and labels.of(cell) is not None for cell in rows.column(name))
        for name in rows.columns
    ]
    columns = [
        new
        for name, has in zip(rows.columns, named, strict=True)
        for new in ((name, f"{name}Label") if has else (name,))
    ]

    def widened(row: tuple[Cell, ...]) -> Iterator[Cell]:
        for cell, has in zip(row, named, strict=True):
            yield cell
            if has:
                yield labels.of(cell) if isinstance(cell, NamedNode) else None

    return Rows(tuple(columns), tuple(tuple(widened(row)) for row in rows.rows))


def render(
    rows: Rows,
    form: str,
    *,
    text: Callable[[Cell], str],
    quotes: Sequence[Sequence[str]] = (),
) -> bytes:
    """``rows`` in the format ``form``.

    ``text`` says how readers see a cell, in ``table`` and ``md``. ``quotes`` are lines for each row: under it
    in a table, in a column ``quotes`` elsewhere. Raises KgError for an unknown format.
    """
    if form not in ROW_FORMATS:
        raise KgError(f"rows cannot be written as '{form}'", where="--format", hint=f"One of: {', '.join(ROW_FORMATS)}")
    if form in _W3C:
        return _w3c(_quoted(rows, quotes), form)
    shown = [index for index, name in enumerate(rows.columns) if name != EVIDENCE]
    heads = [rows.columns[index] for index in shown]
    cells = [[text(row[index]) for index in shown] for row in rows.rows]
    if form == "md":
        return _markdown(heads, cells, quotes).encode()
    numeric = {place for place, index in enumerate(shown) if _is_numeric(row[index] for row in rows.rows)}
    return _table(heads, cells, numeric, quotes).encode()


def render_answer(answer: bool, form: str) -> bytes:  # noqa: FBT001  # it is the value
    """Yes or no, in a format for rows. Raises KgError for an unknown format."""
    if form in ("json", "xml"):
        document = json.dumps({"head": {}, "boolean": answer}).encode()
        return bytes(parse_query_results(document, format=QueryResultsFormat.JSON).serialize(format=_W3C[form]) or b"")
    if form not in ROW_FORMATS:
        raise KgError(f"yes or no cannot be written as '{form}'", where="--format", hint="One of: table, json, xml")
    return b"true\n" if answer and form in _W3C else b"false\n" if form in _W3C else b"yes\n" if answer else b"no\n"


def emit(output: bytes) -> None:
    """Write ``output`` to standard output."""
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()


def _quoted(rows: Rows, quotes: Sequence[Sequence[str]]) -> Rows:
    if not quotes:
        return rows
    cells = (Literal("\n".join(lines)) if lines else None for lines in quotes)
    return Rows((*rows.columns, "quotes"), tuple((*row, cell) for row, cell in zip(rows.rows, cells, strict=True)))


def _w3c(rows: Rows, form: str) -> bytes:
    """Through the engine's own writers: it reads our JSON and writes the format asked for."""
    for name in rows.columns:
        Variable(name)
    document = {
        "head": {"vars": list(rows.columns)},
        "results": {
            "bindings": [
                {name: _json(cell) for name, cell in zip(rows.columns, row, strict=True) if cell is not None}
                for row in rows.rows
            ]
        },
    }
    solutions = parse_query_results(json.dumps(document).encode(), format=QueryResultsFormat.JSON)
    written = bytes(solutions.serialize(format=_W3C[form]) or b"")
    return written if written.endswith(b"\n") else written + b"\n"


def _json(cell: Term) -> dict[str, Any]:
    if isinstance(cell, NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, Triple):
        parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    if cell.language:
        return {"type": "literal", "value": cell.value, "xml:lang": cell.language}
    datatype = {} if cell.datatype == _STRING else {"datatype": cell.datatype.value}
    return {"type": "literal", "value": cell.value, **datatype}


def _is_numeric(cells: Iterable[Cell]) -> bool:
    there = [cell for cell in cells if cell is not None]
    return bool(there) and all(isinstance(cell, Literal) and cell.datatype in _NUMBERS for cell in there)


def _table(heads: list[str], cells: list[list[str]], numeric: set[int], quotes: Sequence[Sequence[str]]) -> str:
    """Columns in line on a terminal: a Chinese character is two cells wide, a combining mark none."""
    from wcwidth import ljust, rjust, width, wrap

    broken = [[wrap(cell, WIDEST) or [""] for cell in row] for row in cells]
    widths = [
        max([width(head), *(width(line) for row in broken for line in row[place])]) for place, head in enumerate(heads)
    ]

    def line(parts: Iterable[str]) -> str:
        padded = (
            rjust(part, widths[place]) if place in numeric else ljust(part, widths[place])
            for place, part in enumerate(parts)
        )
        return "  ".join(padded).rstrip()

    lines = [line(heads), "  ".join("─" * each for each in widths)]
    for row, notes in zip_longest(broken, quotes, fillvalue=()):
        lines += [line(parts) for parts in zip_longest(*row, fillvalue="")]
        lines += [f"    {note}" for note in notes]
    count = "1 row" if len(cells) == 1 else f"{len(cells)} rows"
    return "\n".join([*lines, f"({count})", ""])


def _markdown(heads: list[str], cells: list[list[str]], quotes: Sequence[Sequence[str]]) -> str:
    if quotes:
        heads = [*heads, "quotes"]
        cells = [[*row, "\n".join(notes)] for row, notes in zip(cells, quotes, strict=True)]
    rows = [heads, ["---"] * len(heads), *cells]
    return "".join(f"| {' | '.join(map(_markdown_cell, row))} |\n" for row in rows)


def _markdown_cell(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")
    return "<br>".join(escaped.split("\n"))
