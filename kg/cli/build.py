"""``kg build``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.build import build
from kg.cli.options import store_option

if TYPE_CHECKING:
    from kg.graph import Summary


@click.command("build", short_help="Read articles into one graph.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, path_type=Path))
@store_option
@click.option("--base", metavar="IRI", help="Start of the IRIs of entities and articles.  [default: the project's own]")
@click.option("--strict", is_flag=True, help="Build nothing, and exit 2, if a file cannot be read.")
@click.option("--infer/--no-infer", default=True, show_default=True, help="Add what the ontology entails.")
@click.option("--names", type=click.Path(path_type=Path), metavar="FILE", help="Turtle: who is who, and who is not.")
def command(
    paths: tuple[Path, ...], store: Path, base: str | None, strict: bool, infer: bool, names: Path | None
) -> None:
    """Read the articles in PATHS (files and folders; - is standard input) into one graph.

    The graph replaces what was in the store. Files that cannot be read are named with the reason and left out.
    """
    # A build makes many small frozen values, none of them in circles: collecting by default steps costs a fifth.
    gc.set_threshold(100_000, 50, 50)
    with click.progressbar(length=0, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int, article: str) -> None:
            bar.length, bar.label = total, f"Reading {article}"
            bar.update(done - bar.pos)

        graph = build(paths, store=store, base=base, strict=strict, progress=progress, infer=infer, names=names)
    assert graph.summary is not None
    _print_summary(graph.summary)
    click.echo(f"Wrote {len(graph):,} triples to {store}.")


def _print_summary(summary: Summary) -> None:
    """What was read, found and skipped; the last on standard error."""
    articles = "1 article" if summary.articles == 1 else f"{summary.articles} articles"
    click.echo(f"Read {articles}: {_counts(summary.languages)}.")
    facts = {name.removesuffix("s") if count == 1 else name: count for name, count in summary.facts.items()}
    entities = "1 entity" if summary.entities == 1 else f"{summary.entities} entities"
    click.echo(f"Found {_counts(facts) or 'nothing'}, of {entities}.")
    if summary.unproven:
        click.echo(f"Left out, because the evidence does not check: {summary.unproven}.", err=True)
    if summary.skipped:
        files = "1 file" if len(summary.skipped) == 1 else f"{len(summary.skipped)} files"
        click.echo(f"Skipped {files}:", err=True)
        for item in summary.skipped:
            click.echo(f"  {item.path}: {item.reason}" + (f" ({item.hint})" if item.hint else ""), err=True)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
