"""``kg explain``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.answers import lang_option, note_languages
from kg.cli.options import store_option


@click.command("explain", short_help="Show all that is said of an entity, with the quotes.")
@click.argument("name")
@lang_option
@store_option
def command(name: str, languages: tuple[str, ...], store: Path) -> None:
    """Show all that is said of an entity, each line with its quotes and the rule that read them.

    NAME is any of its spellings, in any language, with or without accents; an acronym; or an IRI. The IRI of a fact
    or an article is explained too.
    """
    from kg.explain import as_text, explain
    from kg.store import open_store

    opened = open_store(store)
    note_languages(opened, languages)
    for line in as_text(explain(opened, name, languages=languages), base=opened.base):
        click.echo(line)
