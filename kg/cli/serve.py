"""``kg serve``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.options import store_option
from kg.errors import KgError

#: The variable of the environment that holds the token for updates; on the command line others could read it.
_VARIABLE = "KG_TOKEN"


@click.command("serve", short_help="Show the graph in a browser, and answer SPARQL.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all there are."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any that is free."
)
@click.option(
    "--root-path",
    metavar="PATH",
    help="Where a reverse proxy shows the server, / at its top; its X-Forwarded-Proto is believed then.",
)
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="Processes that answer.  [default: processors and one]"
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1, 86400),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="What an answer may take, till it is sent.",
)
@click.option(
    "--max-result",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    metavar="MB",
    help="What an answer may be long.",
)
@click.option(
    "--max-memory",
    type=click.IntRange(0),
    default=2000,
    show_default=True,
    metavar="MB",
    help="What a process may need for an answer; 0 is any.",
)
@click.option(
    "--allow-service",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="A server that queries may ask with SERVICE; may be repeated.  [default: none]",
)
@click.option(
    "--writable",
    is_flag=True,
    help="Take SPARQL updates of graphs of your own at /update, from who has the token: KG_TOKEN, or the one printed.",
)
@store_option
def command(
    host: str,
    port: int,
    root_path: str | None,
    workers: int | None,
    time_limit: float,
    max_result: int,
    max_memory: int,
    hosts: tuple[str, ...],
    writable: bool,
    store: Path,
) -> None:
    """Show the graph in a browser, and answer SPARQL for programs, until Ctrl-C.

    The start page tells what is there; /sparql is a SPARQL endpoint; the path of an entity's IRI gives a page, or RDF.
    Nothing is fetched, and nothing changed unless --writable: then graphs of your own, whose names begin with the
    store's base and graph/own-, beside the articles' graphs. A store that kg build writes meanwhile is taken up.
    """  # fmt: skip
    import secrets

    from kg.serve.app import Settings
    from kg.serve.run import serve
    from kg.serve.worker import Limits

    told = os.environ.get(_VARIABLE) if writable else None
    token = (_checked(told) if told is not None else secrets.token_urlsafe(32)) if writable else None
    settings = Settings(
        store=store,
        workers=workers or (os.cpu_count() or 1) + 1,
        limits=Limits(seconds=time_limit, result=max_result * 1_000_000, memory=max_memory * 1_000_000),
        hosts=tuple(map(_host, hosts)),
        token=token,
        root=None if root_path is None else "/" + root_path.strip("/") if root_path.strip("/") else "",
    )

    def tell(url: str) -> None:
        click.echo(f"Serving {store} at {url} (Ctrl-C ends it).")
        if token is not None and told is None:
            click.echo(f"Updates go to {url}update with 'Authorization: Bearer {token}'.")

    serve(settings, host=host, port=port, told=tell)


def _checked(token: str) -> str:
    """A token that can be sent and is not soon guessed. Raises KgError for any other."""
    import re

    if not re.fullmatch(r"[A-Za-z0-9._~+/-]{16,}=*", token):
        raise KgError(
            "the token is not 16 or more letters, digits or ._~+/-",
            where=_VARIABLE,
            hint="Leave it unset, and one is made and printed.",
        )
    return token


def _host(text: str) -> str:
    """The name of a server, with its port if need be. Raises KgError for anything else, as a whole address."""
    import re

    if not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", text):
        raise KgError(
            f"'{text}' is not the name of a server", where="--allow-service", hint="Such as query.wikidata.org."
        )
    return text.lower()
