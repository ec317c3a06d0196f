"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.dataset import Dataset

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def store_option(function: Decorated) -> Decorated:
    """``--store DIR``: the store a command reads or writes, given as ``store: Path``."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        default=Path("store"),
        show_default=True,
        envvar="KG_STORE",
        show_envvar=True,
        metavar="DIR",
        help="The store on disk.",
    )(function)


def dataset_options(function: Decorated) -> Decorated:
    """``--store DIR`` or ``--endpoint URL``: what a question is asked of, given opened as ``store: Dataset``."""

    @wraps(function)
    def opened(
        *args: Any, store: Path, endpoint: str | None, profile: str | None, ca_bundle: Path | None, **options: Any
    ) -> Any:
        from kg.store import open_store

        asked = _endpoint(endpoint, profile, ca_bundle) if endpoint else open_store(store)
        return function(*args, store=asked, **options)

    for option in (
        click.option(
            "--ca-bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
            help="PEM: authorities whose certificates are trusted, with --endpoint.",
        ),
        click.option("--profile", metavar="NAME", help="What the server is, with --endpoint.  [default: as it says]"),
        click.option(
            "--endpoint", metavar="URL", envvar="KG_ENDPOINT", show_envvar=True,
            help="Ask a SPARQL store elsewhere in place of --store.",
        ),
        store_option,
    ):  # fmt: skip
        opened = option(opened)
    return opened  # type: ignore[return-value]  # the options change what it is called with


def _endpoint(url: str, profile: str | None, ca_bundle: Path | None) -> Dataset:
    from kg.query.endpoint import connect
    from kg.remote.detect import check_address, credentials_for
    from kg.remote.http import Client

    check_address(url)
    client = Client(credentials_for(url, os.environ), ca_bundle=ca_bundle)
    return connect(url, client=client, profile=profile)
