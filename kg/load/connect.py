"""The store to load into: where it takes graphs, and by which of two protocols."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import urlsplit

from kg.errors import KgError
from kg.load.target import Target
from kg.remote.detect import query_endpoint
from kg.remote.http import Client
from kg.remote.profiles import endpoint

#: How graphs are sent: as the server's profile says, by the Graph Store HTTP Protocol, or by SPARQL Update.
Method = Literal["auto", "graph-store", "update"]
METHODS: Final[tuple[Method, ...]] = ("auto", "graph-store", "update")


def connect(
    url: str,
    *,
    client: Client,
    method: Method = "auto",
    profile: str | None = None,
) -> Target:
    """The store at ``url``: its kind, found by asking unless ``profile`` names it, and its endpoints.

    Raises KgError for an address that is none or holds a password, and where no SPARQL store answers.
    """
    kind, query_url = query_endpoint(url, client=client, profile=profile)
    signed = client.credentials is not None
    if method == "graph-store" and kind.graphs is None:
        raise KgError(
            f"{kind.title} offers no Graph Store protocol that is known here",
            where="--method",
            hint="Leave --method away, or name the server with --profile.",
        )
    by_update = method == "update" or kind.graphs is None
    return Target(
        kind,
        client,
        query_url,
        endpoint(kind, url, kind.update, signed=signed) if kind.name != "sparql" else _ask_update(client, url),
        None if by_update else endpoint(kind, url, kind.graphs or "", signed=signed),
        None if by_update or kind.bulk is None or method != "auto" else endpoint(kind, url, kind.bulk, signed=signed),
    )


def _ask_update(client: Client, url: str) -> str:
    """Where a server of no known kind takes updates: the first address near ``url`` that takes an empty one."""
    bare = url.rstrip("/")
    candidates = [bare, f"{bare}/update", f"{bare}/statements"]
    if "/" in urlsplit(bare).path.strip("/") or urlsplit(bare).path:
        candidates.append(f"{bare.rsplit('/', 1)[0]}/update")
    refusals = []
    for candidate in candidates:
        try:
            client.request(
                "POST", candidate, data=b"INSERT DATA {}", headers={"Content-Type": "application/sparql-update"}
            )
        except KgError as error:
            if type(error) is not KgError:
                raise
            refusals.append(error.message)
        else:
            return candidate
    raise KgError(
        f"no updates are taken at {bare}: {refusals[0]}",
        where="--to",
        hint="Name the server with --profile if it is one of those known.",
    )
