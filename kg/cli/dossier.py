"""``kg dossier``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import store_option

#: Those of the interface; named here so that ``--help`` imports nothing.
_LANGUAGES = ("en", "fr", "zh", "vi", "nb")


@click.command("dossier", short_help="Write all pages as one HTML file to mail to somebody.")
@click.argument("output", metavar="OUT.html", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--lang",
    "language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="The language of its words; quotes stay as they are.",
)
@click.option("--title", default="", help="What stands at its top.")
@click.option("--no-text", is_flag=True, help="Leave the articles out; their quotes stay.")
@store_option
def command(output: Path, language: str, title: str, no_text: bool, store: Path) -> None:
    """Write what the store holds as one HTML file: people, organizations, conferences, figures, articles, findings.

    It opens from disk, without a network; it fetches nothing and runs no script. The same bytes every time.
    """
    from kg.dossier import write_dossier
    from kg.store import open_store

    size = write_dossier(open_store(store), output, language=language, title=title, with_text=not no_text)
    click.echo(f"Wrote {output}: {size / 1_000_000:,.1f} MB.")
