"""The server process: it listens, and ends cleanly with all its workers."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import KgError
from kg.serve.app import Settings, application
from kg.serve.workers import Pool
from kg.store import open_store

#: Connections at a time; more are sent away.
_CONNECTIONS: Final = 500
#: Connections that wait to be taken.
_BACKLOG: Final = 1024
#: Seconds within which a request's head must come, and for which a client may read nothing.
_HEAD: Final = 15.0
#: How the head of an answer begins; not of one that only says that the request may go on (100).
_HEAD_BEGINS: Final = tuple(f"HTTP/1.1 {first}".encode() for first in "2345")
_READ: Final = 60.0
#: Seconds that requests under way have when the server is told to end.
_END: Final = 2


class Together:
    """A transport that sends the head of an answer together with what follows it, and all else at once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send bytes; a head is held until there are more, or the end."""
        if data.startswith(_HEAD_BEGINS) and not self._head:
            self._head = data
        else:
            self._transport.write(self._head + data)
            self._head = b""

    def close(self) -> None:
        """Close the connection, once all is sent."""
        if self._head:
            self.write(b"")
        self._transport.close()


class Patient(H11Protocol):
    """HTTP/1.1 that does not wait for ever: not for the rest of a request's head, nor for a client that never reads."""

    _waiting: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection begins."""
        super().connection_made(cast(asyncio.Transport, Together(transport)))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """A connection ends."""
        self._wait(over=True)
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes come: a whole head, or a part of one."""
        super().data_received(data)
        at_work = self.cycle is not None and not self.cycle.response_complete
        self._wait(over=at_work)

    def _wait(self, *, over: bool = False) -> None:
        """Close the connection in a while, unless that is under way already; or, where it is ``over``, leave it."""
        if over and self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        elif not over and self._waiting is None:
            self._waiting = self.loop.call_later(_HEAD, self.transport.close)

    def pause_writing(self) -> None:
        """The client reads more slowly than it is sent to."""
        super().pause_writing()
        self._stuck = self.loop.call_later(_READ, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has read."""
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None


def serve(settings: Settings, *, host: str, port: int, told: Callable[[str], object]) -> None:
    """Serve until a signal ends it; ``told`` is given the address when it answers.

    Raises KgError where there is no store, or the address cannot be had.
    """
    open_store(settings.store)  # so that what is wrong with it is told here
    pool = Pool(settings.store, size=settings.workers, limits=settings.limits)
    config = uvicorn.Config(
        application(settings, pool),
        host=host,
        port=port,
        http=Patient,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=2 * _END,
    )
    listener = _listening(host, port)
    name = f"[{host}]" if ":" in host else host
    server = _Server(config, pool, lambda: told(f"http://{name}:{listener.getsockname()[1]}{settings.root or ''}/"))
    with listener, suppress(KeyboardInterrupt):  # Ctrl-C is how one ends a server
        server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that says when it answers, and that ends what is under way before it ends itself."""

    def __init__(self, config: uvicorn.Config, pool: Pool, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._pool = pool
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        asyncio.get_running_loop().call_later(_END, self._pool.give_up)
        await super().shutdown(sockets=sockets)


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises KgError where the address cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG, reuse_port=False)
    except OSError as error:
        taken = isinstance(error, PermissionError) or error.errno == errno.EADDRINUSE
        reason = (error.strerror or str(error)).partition(" (")[0]
        port_hint = "Name another port with --port; 0 takes any that is free."
        raise KgError(
            f"cannot listen on {host}, port {port}: {reason}",
            where="--port" if taken else "--host",
            hint=port_hint if taken else "Name an address of this machine with --host: 127.0.0.1, or 0.0.0.0 for all.",
        ) from None
