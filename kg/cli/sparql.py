"""``kg sparql``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.answers import answer_options, print_answer
from kg.cli.options import dataset_options
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.dataset import Dataset


@click.command("sparql", short_help="Run any SPARQL query.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("-e", "--expression", metavar="TEXT", help="The query itself, in place of a file.")
@answer_options
@dataset_options
def command(
    file: Path | None,
    expression: str | None,
    form: str | None,
    languages: tuple[str, ...],
    cite: bool,
    store: Dataset,
) -> None:
    """Run the SPARQL query in FILE (- is standard input) or TEXT: SELECT, ASK, CONSTRUCT or DESCRIBE.

    A query that names no graph sees the merged facts, each once; GRAPH reaches those of each article. The
    project's prefixes need no PREFIX. Nothing is changed, and no server asked but the one --endpoint names.
    """
    from kg.query import sparql

    if (file is None) == (expression is None):
        raise click.UsageError("Give a FILE (or -) or -e TEXT, one of the two.")
    text, where = (expression or "", "-e") if file is None else _read(file)
    print_answer(store, sparql(store, text, where=where), form=form, languages=languages, cite=cite)


def _read(file: Path) -> tuple[str, str]:
    """The query in a file, or on standard input, and what errors call it."""
    where = "standard input" if str(file) == "-" else str(file)
    try:
        with click.open_file(str(file), "rb") as opened:
            return opened.read().decode("utf-8-sig"), where
    except UnicodeDecodeError as error:
        raise KgError(f"this is not UTF-8 text: {error.reason} at byte {error.start}", where=where) from None
