"""``kg export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import store_option
from kg.errors import KgError


@click.command("export", short_help="Write the graph in an RDF format.")
@click.option(
    "-f", "--format", "name", metavar="FORMAT",
    help="turtle, json-ld, trig, nquads, ntriples or xml.  [default: as the file's name says, else turtle]",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file.  [default: standard output]"
)
@click.option("--with-text", is_flag=True, help="Add the text of each article, in a graph of its own.")
@store_option
def command(name: str | None, output: Path | None, with_text: bool, store: Path) -> None:
    """Write the graph of the store in an RDF format, the same bytes every time.

    JSON-LD, TriG and N-Quads carry the named graphs; Turtle, N-Triples and RDF/XML the merged facts.
    """
    from kg.formats import by_name, by_path, write_graph
    from kg.store import open_store

    form = by_name(name) if name else by_path(output) if output else by_name("turtle")
    opened = open_store(store)
    if output is None:
        write_graph(opened, form, sys.stdout.buffer, with_text=with_text)
        return
    part = output.with_name(f".{output.name}.part")
    try:
        with part.open("wb") as file:
            write_graph(opened, form, file, with_text=with_text)
        part.replace(output)
    except OSError as error:
        raise KgError(f"'{output}' cannot be written: {error.strerror or error}", where="--output") from error
