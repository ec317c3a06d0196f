"""``kg export``."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import click

from kg.cli.options import store_option
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.load.shards import Compression


@click.command("export", short_help="Write the graph in an RDF format.")
@click.option(
    "-f", "--format", "name", metavar="FORMAT",
    help="turtle, json-ld, trig, nquads, ntriples or xml.  [default: as the file's name says, else turtle]",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file.  [default: standard output]")
@click.option("--with-text", is_flag=True, help="Add the text of each article, in a graph of its own.")
@click.option("--split", metavar="N|SIZE", help="N-Quads in shards of N statements or 100MB each; -o is their folder.")
@click.option("--compress", type=click.Choice(["gzip", "zstd"]), help="How shards are packed.  [default: gzip]")
@store_option
def command(
    name: str | None,
    output: Path | None,
    with_text: bool,
    split: str | None,
    compress: Compression | None,
    store: Path,
) -> None:
    """Write the graph of the store in an RDF format, the same bytes every time.

    JSON-LD, TriG and N-Quads carry the named graphs; Turtle, N-Triples and RDF/XML the merged facts. A file whose name
    ends in .gz is packed.
    """
    from kg.formats import by_name, by_path, is_packed, write_graph
    from kg.store import open_store

    if split is not None:
        _shards(name, output, split, compress, with_text=with_text, store=store)
        return
    if compress is not None:
        raise KgError("only shards are packed", where="--compress", hint="Add --split.")
    if output is not None and output.is_dir():
        raise KgError(f"'{output}' is a directory", where="--output", hint="Name a file, or add --split.")
    form = by_name(name) if name else by_path(output) if output else by_name("turtle")
    opened = open_store(store)
    if output is None:
        write_graph(opened, form, sys.stdout.buffer, with_text=with_text)
        return
    part = output.with_name(f".{output.name}.part")
    try:
        with part.open("wb") as file:
            if is_packed(output):
                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    write_graph(opened, form, cast(IO[bytes], packed), with_text=with_text)
            else:
                write_graph(opened, form, file, with_text=with_text)
        part.replace(output)
    except OSError as error:
        raise KgError(f"'{output}' cannot be written: {error.strerror or error}", where="--output") from error


def _shards(
    name: str | None, output: Path | None, split: str, compress: Compression | None, *, with_text: bool, store: Path
) -> None:
    """Write shards, and say how many."""
    from kg.load.shards import limit_of, write_shards
    from kg.store import open_store

    limit = limit_of(split)
    if name not in (None, "nquads"):
        raise KgError(f"shards are N-Quads, not {name}", where="--format", hint="Leave --format away.")
    if output is None:
        raise KgError("shards need a folder", where="--split", hint="Name one: -o FOLDER.")
    count = write_shards(open_store(store), output, limit, compression=compress or "gzip", with_text=with_text)
    click.echo(f"Wrote {count} shard{'' if count == 1 else 's'} and manifest.json to {output}.")
