"""``kg info``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import store_option
from kg.cli.rows import format_option, print_rows


@click.command("info", short_help="Say what is in the store.")
@store_option
@format_option
def command(store: Path, form: str) -> None:
    """Say what is in the store: articles, facts by kind and language, entities, triples, what made it, its size."""
    from kg.info import info

    print_rows(("about", "name", "value"), ((item.about, item.name, item.value) for item in info(store)), form)
