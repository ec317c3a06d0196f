"""``kg gaps``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.rows import Row, format_option, print_rows

if TYPE_CHECKING:
    from kg.gaps import Coverage, Gap


@click.command("gaps", short_help="List sentences from which no rule took anything.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The articles of this store, as they were read into it, in place of PATHS.",
)
@click.option("--counts", is_flag=True, help="Count them by language and kind instead.")
@format_option
def command(paths: tuple[Path, ...], form: str, *, store: Path | None, counts: bool) -> None:
    """List sentences that hold a sum of money, a day or a post, and gave no fact.

    They are those of the articles in PATHS, or of a store. A fact here is a post, a sum, a count or a conference; names
    and sectors do not count. Each sentence comes with its article, its place in the file (file:line:column), and what
    in it makes one expect a fact.
    """
    if bool(paths) == (store is not None):
        raise click.UsageError("Give PATHS, or a store with --store DIR.")
    coverage = _of_paths(paths) if store is None else _of_store(store)
    if counts:
        rows = [(language, kind, str(missed), str(all_)) for language, kind, missed, all_ in coverage.counts()]
        print_rows(("language", "kind", "gaps", "sentences"), rows, form)
    else:
        print_rows(("article", "language", "place", "kind", "words", "sentence"), map(_row, coverage.gaps), form)


def _of_paths(paths: tuple[Path, ...]) -> Coverage:
    from kg.builder.reading import facts_of
    from kg.gaps import gaps
    from kg.read import read_paths

    articles, skipped = read_paths(paths)
    readings, faults = facts_of(articles)
    for item in (*skipped, *faults):
        click.echo(f"Skipped {item}", err=True)
    return gaps(readings)


def _of_store(store: Path) -> Coverage:
    from kg.builder.stored import stored_readings
    from kg.gaps import gaps

    return gaps(stored_readings(store))


def _row(gap: Gap) -> Row:
    kinds = ", ".join(dict.fromkeys(kind for kind, _ in gap.triggers))
    words = "; ".join(dict.fromkeys(words for _, words in gap.triggers))
    return gap.article, gap.language, gap.place, kinds, words, gap.sentence
