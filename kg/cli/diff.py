"""``kg diff``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.answers import lang_option
from kg.cli.rows import FORMS, print_rows

if TYPE_CHECKING:
    from kg.diff import Change

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command("diff", short_help="Compare two graphs, fact by fact.")
@click.argument("one", metavar="A", type=click.Path(exists=True, path_type=Path))
@click.argument("other", metavar="B", type=click.Path(exists=True, path_type=Path))
@click.option("--summary", is_flag=True, help="Count them by kind instead.")
@click.option(
    "-f", "--format", "form", type=click.Choice(("text", *FORMS)), default="text", show_default=True,
    help="Text by article, or rows.",
)  # fmt: skip
@lang_option
@click.pass_context
def command(ctx: click.Context, one: Path, other: Path, summary: bool, form: str, languages: tuple[str, ...]) -> None:
    """List the facts that were added, removed and changed from A to B, by article, in words and with their quotes.

    A and B are stores, or files in an RDF format. Where one of them holds no named graphs (Turtle, N-Triples,
    RDF/XML), the merged facts are compared. Exit 0: they say the same; 1: they do not; 2: wrong use.
    """
    from kg.diff import diff
    from kg.diff import summary as counted

    changes = diff(one, other, languages=languages)
    if summary:
        rows = [(kind, change, str(number)) for kind, change, number in counted(changes)]
        print_rows(("kind", "change", "count"), rows, "table" if form == "text" else form)
    elif form == "text":
        for line in _lines(changes):
            click.echo(line)
    else:
        cells = [(c.change, c.article, c.kind, c.fact, c.before, "\n".join(c.quotes)) for c in changes]
        print_rows(("change", "article", "kind", "fact", "before", "quotes"), cells, form)
    ctx.exit(int(bool(changes)))


def _lines(changes: list[Change]) -> Iterator[str]:
    """The changes under the article that states them, each with its quotes."""
    article = None
    for item in changes:
        if item.kind == "other triples":
            continue
        if item.article != article:
            article = item.article
            yield article or "(no article)"
        yield f"  {_SIGNS[item.change]} {item.kind}: " + (f"{item.before} → " if item.before else "") + item.fact
        yield from (f"      “{quote}”" for quote in item.quotes)
    rest = [f"{item.fact} {item.change}" for item in changes if item.kind == "other triples"]
    if rest:
        yield f"Triples of names, evidence and inferences: {', '.join(rest)}."
    if not changes:
        yield "Both say the same."
