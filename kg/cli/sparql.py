"""``kg sparql``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.answers import answer_options, print_answer
from kg.cli.options import store_option
from kg.errors import KgError


@click.command("sparql", short_help="Run any SPARQL query.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("-e", "--expression", metavar="TEXT", help="The query itself, in place of a file.")
@answer_options
@store_option
def command(
    file: Path | None,
    expression: str | None,
    form: str | None,
    languages: tuple[str, ...],
    cite: bool,
    store: Path,
) -> None:
    """Run the SPARQL query in FILE (- is standard input) or TEXT: SELECT, ASK, CONSTRUCT or DESCRIBE.

    A query that names no graph sees the merged facts, each once; GRAPH reaches those of each article. The
    project's prefixes need no PREFIX. Nothing is changed, and no other server asked.
    """
    from kg.query import sparql
    from kg.store import open_store

    if (file is None) == (expression is None):
        raise click.UsageError("Give a FILE (or -) or -e TEXT, one of the two.")
    text, where = (expression or "", "-e") if file is None else _read(file)
    opened = open_store(store)
    print_answer(opened, sparql(opened, text, where=where), form=form, languages=languages, cite=cite)


def _read(file: Path) -> tuple[str, str]:
    """The query in a file, or on standard input, and what errors call it."""
    where = "standard input" if str(file) == "-" else str(file)
    try:
        with click.open_file(str(file), "rb") as opened:
            return opened.read().decode("utf-8-sig"), where
    except UnicodeDecodeError as error:
        raise KgError(f"this is not UTF-8 text: {error.reason} at byte {error.start}", where=where) from None
