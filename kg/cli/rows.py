"""Rows of text on the terminal or for other programs, in the format that ``--format`` names."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias, TypeVar

import click

Row: TypeAlias = tuple[str, ...]
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def format_option(function: Decorated) -> Decorated:
    """``--format table|json|csv|tsv|md``, given as ``form``."""
    return click.option(
        "-f", "--format", "form", type=click.Choice(FORMS), default="table", show_default=True, help="How to show rows."
    )(function)


def print_rows(columns: Sequence[str], rows: Iterable[Row], form: str) -> None:
    """Print ``rows`` under ``columns`` in the format ``form``."""
    click.echo(_WRITERS[form](tuple(columns), list(rows)), nl=False)


def _table(columns: Row, rows: list[Row]) -> str:
    """Columns padded to their widest cell; the last one is not."""
    lines = [columns, *([_one_line(cell, "  ") for cell in row] for row in rows)]
    widths = [max(map(_width, cells)) for cells in zip(*lines, strict=True)]
    rule = ["-" * width for width in widths]
    return "".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in (lines[0], rule, *lines[1:])
    )


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _json(columns: Row, rows: list[Row]) -> str:
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _csv(columns: Row, rows: list[Row]) -> str:
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows([columns, *rows])
    return output.getvalue()


def _tsv(columns: Row, rows: list[Row]) -> str:
    return "".join(
        "\t".join(_one_line(cell.replace("\t", " "), " ") for cell in row) + "\n" for row in [columns, *rows]
    )


def _md(columns: Row, rows: list[Row]) -> str:
    lines = [columns, ("---",) * len(columns), *rows]
    cells = ([_one_line(cell.replace("|", "\\|"), "<br>") for cell in line] for line in lines)
    return "".join("| " + " | ".join(line) + " |\n" for line in cells)


def _one_line(text: str, between: str) -> str:
    return between.join(text.split("\n"))


_WRITERS: Final[dict[str, Callable[[Row, list[Row]], str]]] = {
    "table": _table, "json": _json, "csv": _csv, "tsv": _tsv, "md": _md,
}  # fmt: skip
#: The names of the formats.
FORMS: Final = tuple(_WRITERS)
