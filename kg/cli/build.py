"""``kg build``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.build import WAIT, build
from kg.builder.checks import listed
from kg.cli.options import store_option

if TYPE_CHECKING:
    from kg.graph import Summary


@click.command("build", short_help="Read articles into one graph.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, path_type=Path))
@store_option
@click.option("--prune", is_flag=True, help="Remove from the store what is not in PATHS.")
@click.option(
    "--base", metavar="IRI",
    help="Start of the IRIs of entities and articles.  [default: the store's, in a new one the project's own]",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Build nothing, and exit 2, if a file cannot be read.")
@click.option("--infer/--no-infer", default=True, show_default=True, help="Add what the ontology entails.")
@click.option("--names", type=click.Path(path_type=Path), metavar="FILE", help="Turtle: who is who, and who is not.")
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, metavar="N",
    help="Processes that read articles, where there are many.  [default: one for each core]",
)  # fmt: skip
@click.option(
    "--wait", type=click.FloatRange(0), default=WAIT, show_default=True, envvar="KG_WAIT", show_envvar=True,
    metavar="SECONDS", help="How long to wait for another build of this store.",
)  # fmt: skip
def command(
    paths: tuple[Path, ...], store: Path, prune: bool, base: str | None, strict: bool, infer: bool,
    names: Path | None, jobs: int, wait: float,
) -> None:  # fmt: skip
    """Read the articles in PATHS (files and folders; - is standard input) into one graph.

    A store that is there already is brought up to date: files that changed are read again, new ones added, the
    others left as they are. What it holds of files that are not in PATHS stays, and so does what it holds of a file
    that can be read no longer; with --prune both go, and the store is what a build of PATHS alone gives. --names and
    --no-infer hold for the whole graph and are given each time.

    Files that cannot be read are named with the reason and left out. A build that fails or is stopped leaves the
    store as it was.
    """
    with click.progressbar(length=0, label="Reading", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int, article: str) -> None:
            bar.length, bar.label = total, f"Reading {article}"
            bar.update(done - bar.pos)

        graph = build(
            paths, store=store, base=base, strict=strict, progress=progress, infer=infer, names=names, prune=prune,
            jobs=jobs, wait=wait, told=_tell,
        )  # fmt: skip
    assert graph.summary is not None
    _print_summary(graph.summary)
    click.echo(f"Wrote {graph.summary.triples:,} triples to {store}.")


def _tell(message: str) -> None:
    click.echo(message, err=True)


def _print_summary(summary: Summary) -> None:
    """What was read, found and skipped; the last on standard error."""
    languages = f"{_articles(summary.articles)}: {_counts(summary.languages)}."
    if summary.read == summary.articles and not summary.removed:
        click.echo(f"Read {languages}")
    else:
        kept = summary.articles - summary.read
        removed = f", {summary.removed} removed" if summary.removed else ""
        click.echo(f"Read {_articles(summary.read)}; {kept} unchanged{removed}.")
        click.echo(f"There are {languages}" if summary.articles != 1 else f"There is {languages}")
    facts = {name.removesuffix("s") if count == 1 else name: count for name, count in summary.facts.items()}
    entities = "1 entity" if summary.entities == 1 else f"{summary.entities} entities"
    click.echo(f"Found {_counts(facts) or 'nothing'}, of {entities}.")
    if summary.unproven:
        click.echo(f"Left out, because the evidence does not check: {summary.unproven}.", err=True)
    if summary.skipped:
        files, lines = listed(summary.skipped)
        click.echo("\n  ".join([f"Skipped {files}:", *lines]), err=True)


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
