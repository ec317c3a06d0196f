"""Finding out what server answers at an address, and where its endpoints are, by questions that change nothing."""

from __future__ import annotations

import ipaddress
import netrc
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from kg.errors import KgError
from kg.load.http import Client, Credentials
from kg.load.profiles import Profile, by_name, endpoint, told
from kg.load.target import Target, select

#: How graphs are sent: as the server's profile says, by the Graph Store HTTP Protocol, or by SPARQL Update.
Method = Literal["auto", "graph-store", "update"]
METHODS: Final[tuple[Method, ...]] = ("auto", "graph-store", "update")

_DESCRIPTION: Final = {"Accept": "text/turtle, application/rdf+xml;q=0.9, */*;q=0.1"}


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


def query_endpoint(url: str, *, client: Client, profile: str | None = None) -> tuple[Profile, str]:
    """What kind of server is at ``url``, and where it answers queries. Raises KgError as ``connect`` does."""
    check_address(url)
    kind = by_name(profile) if profile else _ask_kind(client, url)
    client.final = kind.final
    query_url = endpoint(kind, url, kind.query, signed=client.credentials is not None)
    _check_query(client, query_url)
    return kind, query_url


def check_address(url: str) -> None:
    """Raise KgError unless ``url`` is an http or https address without user, password, query or fragment."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise KgError(f"'{url}' is no address: {error}", where="--to") from error
    if parts.username is not None or parts.password is not None:
        raise KgError(
            "an address with a user or a password in it is not taken: others can read it",
            where="--to",
            hint="Set KG_LOAD_USER and KG_LOAD_PASSWORD, or use a netrc file.",
        )
    if parts.scheme not in ("http", "https") or not host:
        raise KgError(f"'{url}' is no http or https address", where="--to", hint="For example http://localhost:7878.")
    if parts.query or parts.fragment:
        raise KgError(f"'{url}' has a query or a fragment", where="--to", hint="Leave out all after '?' and '#'.")


def credentials_for(url: str, environment: Mapping[str, str]) -> Credentials | None:
    """Who asks at ``url``: as the environment says, else as a netrc file does; None where neither does.

    Raises KgError for a netrc file that cannot be read, or a user without a password.
    """
    token, user = environment.get("KG_LOAD_TOKEN", ""), environment.get("KG_LOAD_USER", "")
    if token or user:
        return Credentials(user, environment.get("KG_LOAD_PASSWORD", ""), token)
    path = Path(environment.get("NETRC") or Path.home() / ".netrc")
    if not path.is_file():
        return None
    try:
        found = netrc.netrc(path).authenticators(urlsplit(url).hostname or "")
    except (netrc.NetrcParseError, OSError) as error:
        raise KgError(f"'{path}' cannot be read: {error}") from error
    return Credentials(found[0], found[2] or "") if found else None


def in_the_open(url: str) -> bool:
    """Whether what is sent to ``url`` can be read on the way: http to another machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" or parts.hostname == "localhost":
        return False
    try:
        return not ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return True


def _ask_kind(client: Client, url: str) -> Profile:
    """The profile of the server at ``url``, from its address, headers and service description."""
    answer = client.request("GET", url, headers=_DESCRIPTION, accept=(400, 401, 403, 404, 405, 406, 415))
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return told(f"url: {url}\n{headers}\n{answer.text[:8000]}") or by_name("sparql")


def _check_query(client: Client, url: str) -> None:
    """Raise KgError unless SPARQL is answered at ``url``."""
    try:
        rows = select(client, url, 'SELECT ("kg" AS ?answer) {}')
    except KgError as error:
        if type(error) is not KgError:
            raise
        raise KgError(
            f"no SPARQL store answers at {url}: {error.message}",
            where="--to",
            hint="Give the address of its query endpoint, and what it is with --profile.",
        ) from error
    if rows != [{"answer": '"kg"'}]:
        raise KgError(f"{url} answers SPARQL wrongly", where="--to")


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
