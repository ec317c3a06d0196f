"""``kg names``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option
from kg.cli.rows import Row, format_option, print_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.names import Merged, Named


@click.command("names", short_help="List entities with their names and why names were merged.")
@click.option("--merges", "what", flag_value="merges", help="List each merge: names, rule, reason, and what undoes it.")
@click.option("--unknown", "what", flag_value="unknown", help="List names that no registry entry and no merge placed.")
@format_option
@store_option
def command(what: str | None, form: str, store: Path) -> None:
    """List people, organizations, places and conferences with their names in each language.

    Different names are merged into one entity by general rules, each merge with a reason. To undo one, put the
    line under "undo" into a registry of your own; `ontology/names.ttl` tells what else such a file can say.
    """
    from kg.names import entities, merges, unknown
    from kg.registry import load_registry
    from kg.store import open_store

    opened = open_store(store)
    if what == "merges":
        print_rows(("entity", "names", "rule", "reason", "undo"), _merges(merges(opened)), form)
        return
    found = unknown(opened, load_registry()) if what else entities(opened)
    columns = ("entity", "type", *sorted({code for one in found for code in one.names}))
    print_rows(columns, _named(found, columns[2:]), form)


def _named(found: Sequence[Named], languages: Sequence[str]) -> Iterator[Row]:
    for one in found:
        yield (one.id, one.type, *("; ".join(one.names.get(code, ())) for code in languages))


def _merges(found: Sequence[Merged]) -> Iterator[Row]:
    for one in found:
        names = "; ".join(f"{text} ({language})" if language else text for text, language in one.names)
        yield one.entity, names, one.rule, one.reason, "\n".join(one.undo)
