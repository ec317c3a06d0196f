"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

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
