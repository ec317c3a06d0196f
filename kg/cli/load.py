"""``kg load``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option

if TYPE_CHECKING:
    from kg.load.connect import Method
    from kg.load.content import Content
    from kg.load.run import Outcome
    from kg.load.send import Check
    from kg.load.target import Target
    from kg.remote.http import Credentials

#: Graphs that a report names, unless all were asked for.
_SHOWN = 20


@click.command("load", short_help="Put the graph into a triple store.")
@click.option("--to", "url", metavar="URL", required=True, help="The store: its address, or its query endpoint.")
@store_option
@click.option("--with-text", is_flag=True, help="Send the text of each article too, in a graph of its own.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--prune", is_flag=True, help="Drop graphs that an earlier load sent and that are in the store no more.")
@click.option(
    "--method", type=click.Choice(["auto", "graph-store", "update"]), default="auto", show_default=True,
    help="Graph Store HTTP Protocol, or SPARQL Update.",
)  # fmt: skip
@click.option("--profile", metavar="NAME", help="What the server is.  [default: as it says]")
@click.option(
    "--check", type=click.Choice(["counts", "sent", "all"]), default="sent", show_default=True,
    help="Read back nothing but counts, what was sent, or every graph.",
)  # fmt: skip
@click.option("--user", metavar="NAME", help="Ask for the password of this user.")
@click.option(
    "--ca-bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="PEM: authorities whose certificates are trusted.",
)  # fmt: skip
@click.option("--retries", type=click.IntRange(0, 20), default=5, show_default=True, help="Of each request.")
@click.option("--all", "show_all", is_flag=True, help="Name every graph, however many there are.")
def command(
    url: str,
    store: Path,
    with_text: bool,
    dry_run: bool,
    prune: bool,
    method: Method,
    profile: str | None,
    check: Check,
    user: str | None,
    ca_bundle: Path | None,
    retries: int,
    show_all: bool,
) -> None:
    """Put the graph into any SPARQL 1.1 store, sending only graphs that changed, each replaced whole.

    A manifest graph in the target says what is there, so a second load, or one after a failure, sends what is
    missing. A password is never an option: KG_USER and KG_PASSWORD, KG_TOKEN, a netrc file, or --user.
    Exit 1 where a graph is not in the target as it should be.
    """
    from kg.load.connect import connect
    from kg.load.run import load
    from kg.remote.detect import check_address, in_the_open
    from kg.remote.http import Client
    from kg.store import open_store

    check_address(url)
    opened = open_store(store)
    credentials = _credentials(url, user)
    if credentials and in_the_open(url):
        click.echo("Warning: over http, others on the way can read the password and the graph.", err=True)
    client = Client(credentials, ca_bundle=ca_bundle, retries=retries)
    target = connect(url, client=client, method=method, profile=profile)
    with click.progressbar(length=0, label="Sending", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        outcome = load(
            opened, target, with_text=with_text, prune=prune, dry_run=dry_run, check=check, progress=progress
        )
    shown = None if show_all else _SHOWN
    if dry_run:
        _print_plan(outcome, target, shown, prune=prune)
        return
    _print_outcome(outcome, target, shown)
    if outcome.failed:
        sys.exit(1)


def _credentials(url: str, user: str | None) -> Credentials | None:
    """Who asks: from the environment or netrc; with ``user``, the password is asked for if the environment has none."""
    from kg.remote.detect import credentials_for
    from kg.remote.http import Credentials

    if user is None:
        return credentials_for(url, os.environ)
    password = os.environ.get("KG_PASSWORD")
    return Credentials(user, click.prompt("Password", hide_input=True, err=True) if password is None else password)


def _print_plan(outcome: Outcome, target: Target, shown: int | None, *, prune: bool) -> None:
    """What a load would do."""
    plan = outcome.plan
    click.echo(f"{_place(target)}: {_graphs(plan.to_send)} to send, {len(plan.same):,} there already.")
    lines = [f"  {'new' if item in plan.new else 'changed':7} {item.count:>9,}  {item.graph}" for item in plan.to_send]
    lines += [f"  {'drop' if prune else 'gone':7} {'':>9}  {graph}" for graph in plan.gone]
    _print_lines(lines, shown)


def _print_outcome(outcome: Outcome, target: Target, shown: int | None) -> None:
    """What is in the target; on standard error, what is not."""
    click.echo(f"{_place(target)}: sent {_graphs(outcome.sent)}, {len(outcome.plan.same):,} were there already.")
    if outcome.dropped:
        click.echo(f"Dropped {_number(len(outcome.dropped))}.")
    if outcome.gone:
        click.echo(f"In the target only: {_number(len(outcome.gone))}. --prune drops such graphs.")
    if outcome.failed:
        click.echo(f"Not in the target as in the store: {_number(len(outcome.failed))}.", err=True)
        _print_lines([f"  {graph}: {reason}" for graph, reason in outcome.failed], shown, err=True)
        whole = [item.graph for item in outcome.sent] + [item.graph for item in outcome.plan.same]
        click.echo(f"In the target as in the store: {_number(len(whole))}.", err=True)
        _print_lines([f"  {graph}" for graph in sorted(whole)], shown, err=True)
        click.echo("The same command again sends what is missing.", err=True)


def _print_lines(lines: list[str], shown: int | None, *, err: bool = False) -> None:
    for line in lines[:shown]:
        click.echo(line, err=err)
    if shown is not None and len(lines) > shown:
        click.echo(f"  … and {len(lines) - shown:,} more (--all names them).", err=err)


def _place(target: Target) -> str:
    way = "SPARQL Update" if target.graphs_url is None else "Graph Store protocol"
    return f"{target.profile.title} at {target.query_url}, {way}"


def _graphs(contents: tuple[Content, ...]) -> str:
    return f"{_number(len(contents))} ({sum(content.count for content in contents):,} triples)"


def _number(count: int) -> str:
    return "1 graph" if count == 1 else f"{count:,} graphs"
