"""What a search looks things up in, made by one worker and handed to the others, as jobs."""

from __future__ import annotations

import pickle

from kg.serve.jobs import Body, Head
from kg.store import Store
from kg.views.search import put_tables, tables

_MEDIA_TYPE = "application/octet-stream"


def make(store: Store, _: object) -> tuple[Head, Body]:
    """The job: the tables of the store, with the name of its generation."""
    return Head(_MEDIA_TYPE), pickle.dumps((store.data, tables(store)), pickle.HIGHEST_PROTOCOL)


def take(store: Store, made: bytes) -> tuple[Head, Body]:
    """The job: use the tables that another worker has made, if they are of the same generation."""
    data, found = pickle.loads(made)  # noqa: S301 -- it comes from our own process, through our own sockets
    if data == store.data:
        put_tables(store, found)
    return Head(_MEDIA_TYPE), b""
