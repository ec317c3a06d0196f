"""``kg validate``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option

if TYPE_CHECKING:
    from kg.findings import Finding, Report


@click.command("validate", short_help="Check the graph against the shapes.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_option
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text", show_default=True,
    help="Text for people, or the standard SHACL report.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(["violation", "warning", "info"]), default="violation", show_default=True,
    help="Exit 1 on a finding as grave as this.",
)  # fmt: skip
@click.option("--lang", metavar="CODE", default="en", show_default=True, help="Language of the messages.")
@click.option("--engine", metavar="NAME", default="auto", show_default=True, help="pyshacl or pyshifty, or by size.")
@click.pass_context
def command(
    ctx: click.Context, files: tuple[Path, ...], store: Path, form: str, fail_on: str, lang: str, engine: str
) -> None:
    """Check the graph of the store, or the RDF in FILES, against the shapes.

    Each finding comes with the sentence and the place it stands at. Exit 0: nothing as grave as --fail-on was
    found; 1: something was; 2: wrong use.
    """
    from kg.store import open_store
    from kg.validate import load_shapes, validate_files, validate_store

    known = sorted({tag for messages in load_shapes().messages.values() for tag in messages})
    if lang.lower().partition("-")[0] not in known:
        raise click.BadParameter(f"there are no messages in '{lang}'. One of: {', '.join(known)}", param_hint="--lang")
    report = validate_files(files, engine=engine) if files else validate_store(open_store(store), engine=engine)
    if form == "text":
        click.echo("\n".join(_lines(report, lang)))
    else:
        sys.stdout.buffer.write(report.json() if form == "json" else report.turtle())
    ctx.exit(int(report.fails(fail_on)))


def _lines(report: Report, lang: str) -> Iterator[str]:
    for finding in report.findings:
        yield from _finding(finding, lang)
        yield ""
    found = [f"{count} {name if count == 1 else _PLURAL[name]}" for name, count in report.counts().items() if count]
    yield f"Found {', '.join(found)}." if found else "The graph conforms to the shapes."


_PLURAL = {"violation": "violations", "warning": "warnings", "info": "infos"}


def _finding(finding: Finding, lang: str) -> Iterator[str]:
    """Message, constraint, the triple at fault, and the quote, place and rule of each fact behind it."""
    from kg.findings import short

    yield f"{finding.severity}: {finding.message(lang)} [{finding.name}]"
    yield "  " + " ".join(filter(None, (short(finding.focus), short(finding.path), short(finding.value))))
    for place in finding.places:
        yield f"  {place.where}: “{' '.join(place.quote.split())}” ({place.rule})"
