"""Finding out what server answers at an address, and where its endpoints are, by questions that change nothing."""

from __future__ import annotations

import ipaddress
import netrc
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from kg.errors import KgError
from kg.remote.http import Client, Credentials
from kg.remote.profiles import Profile, by_name, endpoint, told

_RESULTS: Final = {"Accept": "application/sparql-results+json"}
_DESCRIPTION: Final = {"Accept": "text/turtle, application/rdf+xml;q=0.9, */*;q=0.1"}


def select(client: Client, url: str, query: str) -> list[dict[str, str]]:
    """The rows of a SELECT asked at ``url``. Raises KgError, also for an answer that is no result."""
    answer = client.request("POST", url, data={"query": query}, headers=_RESULTS)
    try:
        solutions = parse_query_results(answer.content, QueryResultsFormat.JSON)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [{name: str(row[name]) for name in names if row[name] is not None} for row in solutions]
    except (SyntaxError, AssertionError) as error:
        raise KgError(f"{url} answers a query with what is no result of one") from error


def query_endpoint(url: str, *, client: Client, profile: str | None = None) -> tuple[Profile, str]:
    """What kind of server is at ``url``, and where it answers queries. Raises KgError where no store answers."""
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
        raise KgError(f"'{url}' is no address: {error}", where="URL") from error
    if parts.username is not None or parts.password is not None:
        raise KgError(
            "an address with a user or a password in it is not taken: others can read it",
            where="URL",
            hint="Set KG_USER and KG_PASSWORD, or use a netrc file.",
        )
    if parts.scheme not in ("http", "https") or not host:
        raise KgError(f"'{url}' is no http or https address", where="URL", hint="For example http://localhost:7878.")
    if parts.query or parts.fragment:
        raise KgError(f"'{url}' has a query or a fragment", where="URL", hint="Leave out all after '?' and '#'.")


def credentials_for(url: str, environment: Mapping[str, str]) -> Credentials | None:
    """Who asks at ``url``: as the environment says, else as a netrc file does; None where neither does.

    Raises KgError for a netrc file that cannot be read, or a user without a password.
    """
    token, user = environment.get("KG_TOKEN", ""), environment.get("KG_USER", "")
    if token or user:
        return Credentials(user, environment.get("KG_PASSWORD", ""), token)
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
            where="URL",
            hint="Give the address of its query endpoint, and what it is with --profile.",
        ) from error
    if rows != [{"answer": '"kg"'}]:
        raise KgError(f"{url} answers SPARQL wrongly", where="URL")
