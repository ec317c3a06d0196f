"""``kg lang``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.rows import Row, format_option, print_rows

if TYPE_CHECKING:
    from kg.check import Language


@click.group("lang", short_help="List and check language packs.", invoke_without_command=True)
@format_option
@click.pass_context
def command(context: click.Context, form: str) -> None:
    """List the languages: their rules, words, labels in each scheme of the ontology, and test sentences."""
    if context.invoked_subcommand is None:
        from kg.check import SCHEMES, languages

        columns = ("code", "name", "rules", "words", *SCHEMES, "corpus")
        print_rows(columns, map(_row, languages()), form)


@command.command("check")
@click.argument("packs", nargs=-1, metavar="[XX|FILE]...")
@format_option
def check(packs: tuple[str, ...], form: str) -> None:
    """Say what languages lack or have wrong. XX is a code such as en, FILE a pack of yours; all packs if none is given.

    Everything a language is made of is checked: pack, labels, places, messages of shapes, words of pages and test
    sentences. Exit 0 where nothing is wrong, 1 where something is, 2 where there is no such pack.
    """
    from kg import lang
    from kg.check import check as check_language

    found = [lack for pack in packs or lang.codes() for lack in check_language(pack)]
    if not found:
        click.echo("Nothing is missing or wrong.", err=True)
        return
    print_rows(("place", "key", "problem"), [(lack.place, lack.key, lack.message) for lack in found], form)
    raise click.exceptions.Exit(1)


def _row(language: Language) -> Row:
    numbers = (language.rules, language.words, *language.labels.values())
    corpus = "" if language.corpus is None else str(language.corpus)
    return (language.code, language.name, *map(str, numbers), corpus)
