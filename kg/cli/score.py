"""``kg score``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option
from kg.cli.rows import Row, format_option, print_rows

if TYPE_CHECKING:
    from kg.score import Figure


@click.command("score", short_help="Compare the graph with what a careful reader found.")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--misses", is_flag=True, help="List what is missing, wrong or too much in each article instead.")
@click.option(
    "--min", "least", type=click.FloatRange(0, 1), default=0.0, metavar="X", help="Exit 1 if the mean is below X."
)
@format_option
@store_option
def command(gold: Path, form: str, store: Path, least: float, *, misses: bool) -> None:
    """Compare the graph with GOLD, a YAML file that says what a careful reader finds in each article.

    Figures go from 0 to 1, by language and kind: F1 with precision and recall for people, aid, sectors and identity;
    for the others the share of what was asked that is right. The mean leaves out the evidence.
    """
    from kg.score import score
    from kg.store import open_store

    result = score(open_store(store), gold)
    if misses:
        rows = [(miss.article, miss.language, miss.kind, miss.what) for miss in result.misses]
        print_rows(("article", "language", "kind", "miss"), rows, form)
    else:
        columns = ("language", "kind", "score", "precision", "recall", "right", "found", "wanted")
        print_rows(columns, [_row(figure) for figure in result.figures], form)
    if result.mean < least:
        click.echo(f"The mean {result.mean:.3f} is below {least:g}.", err=True)
        raise click.exceptions.Exit(1)


def _row(figure: Figure) -> Row:
    shares = ("" if share is None else f"{share:.3f}" for share in (figure.value, figure.precision, figure.recall))
    numbers = ("" if number is None else str(number) for number in (figure.right, figure.found, figure.wanted))
    return (figure.language, figure.kind, *shares, *numbers)
