"""The server process: it listens, and ends cleanly with all its workers."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import uvicorn

from kg.errors import KgError
from kg.serve.app import Settings, application
from kg.serve.patient import Patient
from kg.serve.workers import Pool
from kg.store import open_store

#: Connections at a time; more are sent away.
_CONNECTIONS: Final = 500
#: Connections that wait to be taken.
_BACKLOG: Final = 1024
#: Seconds that requests under way have when the server is told to end.
_END: Final = 2


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
