"""Updates of the user's own graphs over HTTP: who may send one, what it says, and the process that makes it."""

from __future__ import annotations

import asyncio
import hmac
import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from kg.serve import worker as frames
from kg.serve.answers import read_body, while_there
from kg.serve.problems import Refused, refuse
from kg.serve.processes import START, begin, why_ended
from kg.serve.protocol import FORM, read_sent
from kg.serve.worker import Limits
from kg.serve.writer import UpdateAsked, write

UPDATE: Final = "application/sparql-update"

#: Updates that wait for the one before them; more are sent away.
_QUEUE: Final = 16


class Turns:
    """One update at a time."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn. Raises Refused (503) where too many do."""
        if self._waiting >= _QUEUE:
            raise refuse(503, "too many updates at once", hint="Send it again in a moment.", retry_after="2")
        self._waiting += 1
        try:
            async with self._lock:
                yield
        finally:
            self._waiting -= 1


async def update(request: Request) -> Response:
    """The endpoint for updates. Once it has answered, queries see what it has changed. Raises Refused."""
    settings, pool = request.app.state.settings, request.app.state.pool
    if settings.token is None:
        raise refuse(403, "this server changes nothing", hint="One that is started with --writable takes updates.")
    if request.method != "POST":
        raise refuse(405, "an update is sent with POST", allow="POST, OPTIONS")
    _authorize(request, settings.token)
    body = await read_body(request)
    asked = read_update(
        request.scope["query_string"], request.headers.get("content-type", ""), body, hosts=settings.hosts
    )
    async with request.app.state.turns.turn():
        await while_there(request.receive, _run(settings.store, asked, settings.limits))
        await pool.renew()
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


def read_update(query_string: bytes, content_type: str, body: bytes, *, hosts: tuple[str, ...] = ()) -> UpdateAsked:
    """What a request is to change. Raises Refused for what the protocol does not allow."""
    parameters, direct = read_sent(query_string, content_type, body, direct=UPDATE, name="update")
    for name in ("query", "default-graph-uri", "named-graph-uri"):
        if any(key == name for key, _ in parameters):
            raise refuse(400, f"'{name}' is a parameter of queries", hint="Queries are answered at /sparql.")
    updates = [value for key, value in parameters if key == "update"] + ([direct] if direct is not None else [])
    if len(updates) != 1:
        told = f"{len(updates)} updates were sent; one at a time is made" if updates else "no update was sent"
        raise refuse(400, told, hint=f"Send it as {UPDATE}, or as the parameter update of {FORM}.")
    graphs = {
        name: tuple(value for key, value in parameters if key == name)
        for name in ("using-graph-uri", "using-named-graph-uri")
    }
    try:
        for iri in (iri for found in graphs.values() for iri in found):
            NamedNode(iri)
    except ValueError as error:
        raise refuse(400, f"a graph is named by its full IRI: {error}") from None
    return UpdateAsked(
        update=updates[0],
        default_graphs=graphs["using-graph-uri"],
        named_graphs=graphs["using-named-graph-uri"],
        hosts=hosts,
    )


def _authorize(request: Request, token: str) -> None:
    """Raise Refused where a request does not have the token, or a page of another site sends it."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if not given or scheme.lower() != "bearer":
        raise refuse(401, "an update needs the token of the server", www_authenticate='Bearer realm="kg"')
    if not hmac.compare_digest(given.strip().encode("latin-1"), token.encode()):
        wrong = 'Bearer realm="kg", error="invalid_token"'
        raise refuse(401, "this is not the token of the server", www_authenticate=wrong)
    origin = request.headers.get("origin")
    if origin is not None and origin != f"{request.scope['scheme']}://{request.headers.get('host', '')}":
        raise refuse(403, "a page of another site changes nothing here")


async def _run(path: Path, asked: UpdateAsked, limits: Limits) -> None:
    """Have a process make an update, and end it past its time. Raises Refused; then nothing has changed."""
    writer = await begin(write, path, asked, limits)
    decided = False
    try:
        async with asyncio.timeout(START) as patience:
            while True:
                kind, data = await writer.receive()
                if kind == frames.READY:
                    patience.reschedule(asyncio.get_running_loop().time() + limits.seconds)
                elif kind == frames.MORE:  # it writes, and is not broken off any more
                    decided = True
                    patience.reschedule(None)
                elif kind == frames.PROBLEM:
                    raise Refused(pickle.loads(data))  # noqa: S301 -- it comes from our own process, through our own socket
                else:
                    return
    except TimeoutError:
        told = f"the update takes longer than {limits.seconds:g} seconds, the most this server gives it"
        raise refuse(503, told, hint="Nothing has changed. Send less at a time.") from None
    except (asyncio.IncompleteReadError, OSError):
        problem = await why_ended(writer)
        hint = "Ask whether it was made." if decided else "Nothing has changed."
        raise refuse(problem.status, problem.detail, hint=hint) from None
    finally:
        writer.end()
        await asyncio.to_thread(writer.process.join, 5)
