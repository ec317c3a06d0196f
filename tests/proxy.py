"""A proxy before a server, that fails as tests tell it to: busy, gone in mid-body, behind TLS, asking who is there."""

from __future__ import annotations

import http.client
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

#: Headers that belong to one connection and are not passed on.
_OWN = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "date"}


@dataclass(frozen=True)
class Request:
    """What a client sent. ``body`` is empty while a fault decides whether it is read at all."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def writes(self) -> bool:
        """Whether it may change a store."""
        updates = "sparql-update" in self.headers.get("content-type", "")
        return self.method == "DELETE" or updates or self.sends_graphs

    @property
    def sends_graphs(self) -> bool:
        """Whether it carries a graph by the Graph Store protocol."""
        kind = self.headers.get("content-type", "")
        return self.method == "PUT" or (self.method == "POST" and ("n-quads" in kind or "turtle" in kind))


@dataclass(frozen=True)
class Reply:
    """An answer of the proxy's own."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


#: ``half``: the connection ends while the body is read; ``deaf``: after the server did as asked, before it answers.
Fault = Reply | Literal["half", "deaf"] | None


class Proxy:
    """The proxy: ``requests`` it saw, and ``fault``, asked of each before it is passed on."""

    def __init__(self, upstream: str, *, context: ssl.SSLContext | None = None, strip: str = "") -> None:
        self.upstream = urlsplit(upstream)
        self.requests: list[Request] = []
        self.fault: Callable[[Request], Fault] = lambda _: None
        self.strip = strip.lower()
        self.server = QuietServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        if context:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        scheme = "https" if context else "http"
        self.url = f"{scheme}://localhost:{self.server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator[Proxy]:
        """The proxy while it listens."""
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()
            thread.join()


class QuietServer(ThreadingHTTPServer):
    """A server that says nothing on standard error of clients that end their connections early: tests do that."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of any other fault."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            """Nothing: tests look at ``Proxy.requests``."""

        def handle_any(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers)
            length = int(headers.get("content-length", 0))
            fault = proxy.fault(request)
            if fault == "half":
                self.rfile.read(length // 2)
                self.close_connection = True
                return
            body = self.rfile.read(length)
            if len(body) < length:
                # The client was killed in mid-body. What came would be whole to the server: a PUT of an empty graph.
                self.close_connection = True
                return
            proxy.requests.append(Request(self.command, self.path, headers, body))
            if isinstance(fault, Reply):
                self.answer(fault.status, list(fault.headers.items()), fault.body)
                return
            answer = self.pass_on(body)
            if answer is None or fault == "deaf":
                self.close_connection = True
                return
            self.answer(*answer)

        def pass_on(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes] | None:
            """What the server answers; None where it is gone."""
            upstream = http.client.HTTPConnection(proxy.upstream.hostname or "", proxy.upstream.port, timeout=120)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _OWN}
            try:
                upstream.request(self.command, self.path, body=body, headers=headers)
                answer = upstream.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            except (OSError, http.client.HTTPException):
                return None
            finally:
                upstream.close()

        def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in _OWN and name.lower() != proxy.strip:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815 - as the server calls them

    return Handler
