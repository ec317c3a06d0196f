"""HTTP as triple stores need it: bodies as bytes of known length, retries with back-off, no redirects.

A body sent in chunks empties a graph of Virtuoso, and one that a redirect drops loads nothing without a
word, so neither happens here. Every request made through this module may be made twice: those that load
are written so that doing them again changes nothing.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from kg.errors import KgError

#: Seconds to wait for a connection and for an answer: a large graph takes a server minutes.
TIMEOUT: Final = (10, 900)

#: Seconds that a server at work may leave a body of more than ``LONG`` bytes unread. urllib3 has one time for this and
#: for a connection, so a server that is gone is found out as late for such a body.
STALL: Final = 300
LONG: Final = 1_000_000

#: Seconds before the first retry; doubled with each, unless the server names a time.
FIRST_WAIT: Final = 0.5

#: The longest that a server's own Retry-After is waited for, in seconds.
LONGEST_WAIT: Final = 300.0

_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_TAGS: Final = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


class Unreachable(KgError):
    """The server does not answer, or lets nobody in: no other request will fare better."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password, or a bearer token."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        r.headers["Authorization"] = f"Bearer {self.token}"
        return r


class _Nobody(AuthBase):
    """No credentials at all: without one of its own, requests would look into netrc for every host it meets."""

    def __call__(self, r: requests.PreparedRequest) -> requests.PreparedRequest:
        return r


@dataclass
class Client:
    """Requests to one server, in any thread. ``retries`` is how often one that failed is made again."""

    credentials: Credentials | None = None
    ca_bundle: Path | None = None
    retries: int = 5
    final: str = ""
    _auth: AuthBase = field(default_factory=_Nobody, repr=False)
    _local: threading.local = field(default_factory=threading.local, repr=False)

    def __post_init__(self) -> None:
        if self.credentials and self.credentials.token:
            self._auth = _Bearer(self.credentials.token)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: bytes | Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: tuple[int, ...] = (),
    ) -> requests.Response:
        """The answer, a 2xx or of a status in ``accept``.

        Raises Unreachable where there is no answer or no way in, KgError with the server's words for another status.
        """
        for attempt in range(self.retries + 1):
            last = attempt == self.retries
            try:
                response = self._once(method, url, params=params, data=data, headers=headers)
            except requests.exceptions.SSLError as error:
                raise _untrusted(url, error) from error
            except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
                raise KgError(f"'{url}' is no address: {error}", where="URL") from error
            except requests.exceptions.RequestException as error:
                if last:
                    raise Unreachable(
                        f"no answer from {_host(url)}: {_reason(error)}",
                        hint="Is the server running, and the address right?",
                    ) from error
                time.sleep(pause(attempt))
                continue
            if (response.ok and not response.is_redirect) or response.status_code in accept:
                return response
            if last or response.status_code not in _BUSY or (self.final and re.search(self.final, response.text)):
                raise refusal(response, signed=self.credentials is not None)
            time.sleep(pause(attempt, response.headers.get("Retry-After")))
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None,
        data: bytes | Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
    ) -> requests.Response:
        """One request, and once more with credentials where the server says which kind it wants."""
        response = self._send(method, url, params=params, data=data, headers=headers)
        if response.status_code != 401 or not isinstance(self._auth, _Nobody):
            return response
        chosen = _answer_to(response.headers.get("WWW-Authenticate", ""), self.credentials)
        if chosen is None:
            return response
        self._auth = chosen
        return self._send(method, url, params=params, data=data, headers=headers)

    def _send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None,
        data: bytes | Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
    ) -> requests.Response:
        return self._session().request(
            method,
            url,
            params=params,
            data=data,
            headers=headers,
            auth=self._auth,
            # Said with each request: a session's own gives way to a variable of the environment.
            verify=str(self.ca_bundle) if self.ca_bundle else None,
            timeout=(STALL, TIMEOUT[1]) if isinstance(data, bytes) and len(data) > LONG else TIMEOUT,
            allow_redirects=False,
        )

    def _session(self) -> requests.Session:
        """The session of this thread: requests does not promise that one serves two."""
        session = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.headers["User-Agent"] = "kg"
            self._local.session = session
        assert isinstance(session, requests.Session)
        return session


def refusal(response: requests.Response, *, signed: bool) -> KgError:
    """What a status that is no success means, in the server's own words."""
    status, host = response.status_code, _host(response.url)
    page = "html" in response.headers.get("Content-Type", "")
    said = " ".join((_TAGS.sub(" ", response.text[:4000]) if page else response.text[:4000]).split())[:300]
    detail = f": {said}" if said else ""
    if status in (401, 407) or (status in (403, 500) and "SECURITY" in said) or status == 403:
        if signed:
            return Unreachable(f"{host} refuses these credentials ({status}){detail}", hint="Check user and password.")
        return Unreachable(
            f"{host} asks who you are ({status}){detail}",
            hint="Set KG_USER and KG_PASSWORD, or KG_TOKEN, or give --user, or use a netrc file.",
        )
    if response.is_redirect:
        return Unreachable(
            f"{host} sends on to {response.headers.get('Location', 'another address')}",
            where="URL",
            hint="Name that address if you trust it.",
        )
    return KgError(f"{host} answers {status} {response.reason}{detail}")


def _answer_to(challenge: str, credentials: Credentials | None) -> AuthBase | None:
    """How ``credentials`` are shown to a server with this WWW-Authenticate header; None where they cannot be."""
    if credentials is None or not credentials.user:
        return None
    if re.search(r"(?i)\bdigest\b", challenge):
        return HTTPDigestAuth(credentials.user, credentials.password)
    # By default requests would write them as Latin-1.
    return HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())


def pause(attempt: int, asked: str | None = None) -> float:
    """Seconds before the next attempt: as the server asks (in seconds, or a date), else twice as long each time."""
    if asked is not None:
        if asked.strip().isdigit():
            return min(float(asked), LONGEST_WAIT)
        try:
            until = parsedate_to_datetime(asked)
        except ValueError:
            return FIRST_WAIT * float(2**attempt)
        return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_WAIT)
    return FIRST_WAIT * float(2**attempt)


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _reason(error: Exception) -> str:
    """The innermost reason that names a cause, without the layers that requests and urllib3 wrap round it."""
    text = str(error)
    for pattern in (r"\[Errno -?\d+\] ([^'\")]+)", r"(timed out)", r"(Connection aborted|closed connection[^'\")]*)"):
        found = re.search(pattern, text)
        if found:
            return found.group(1)
    return text[:200] or type(error).__name__


def _untrusted(url: str, error: Exception) -> KgError:
    found = re.search(r"(certificate verify failed: [^(]*[^( ])", str(error))
    return Unreachable(
        f"{_host(url)} is not trusted: {found.group(1) if found else error}",
        hint="Name the certificates of your own authority with --ca-bundle FILE.",
    )
