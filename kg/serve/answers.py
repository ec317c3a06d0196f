"""A job's answer as a response: sent as it comes, broken off where it breaks off, ended where nobody reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.serve.jobs import Job
from kg.serve.pieces import Answer
from kg.serve.problems import Refused, refuse
from kg.serve.workers import Pool

Result = TypeVar("Result")
#: What is given all bytes of an answer.
Keep: TypeAlias = Callable[[bytes], None]

#: Bytes of an answer that may be kept.
MOST_KEPT: Final = 1_000_000

#: Bytes of a request's body that are read, and seconds it may take to come.
MOST_SENT: Final = 1_000_000
_PATIENCE: Final = 15.0
#: Seconds after which it is looked whether the client is still there.
_SOON: Final = 0.05


async def answer(
    request: Request, job: Job, asked: object, *, fields: tuple[tuple[str, str], ...] = (), free: bool = False
) -> Response:
    """The response that ``job`` makes of ``asked``, with further header fields. Raises Refused.

    A client that leaves meanwhile ends the job. A ``free`` one is of anybody's own making, and may take long.
    """
    return await respond(request, await ask(request, job, asked, free=free), fields=fields)


async def ask(request: Request, job: Job, asked: object, *, free: bool = False) -> Answer:
    """What ``job`` makes of ``asked``, begun. Raises Refused."""
    pool: Pool = request.app.state.pool
    return await while_there(request.receive, pool.ask(job, asked, only_head=request.method == "HEAD", free=free))


async def respond(
    request: Request, given: Answer, *, fields: tuple[tuple[str, str], ...] = (), keep: Keep | None = None
) -> Response:
    """An answer as a response. All its bytes are given to ``keep``, once they are there, where they are few."""
    head = given.begun.result()
    whole = given.whole
    if whole is None and request.scope["http_version"] == "1.0":
        # Without chunks, a client could not tell where the answer breaks off from where it ends.
        whole = await while_there(request.receive, _all(given))
    headers = {"Content-Type": head.media_type, **dict(head.fields), **dict(fields)}
    if request.method == "HEAD":
        return _HeadOnly(head.status, headers)
    if whole is None:
        return _Streamed(given, head.status, headers, keep)
    if keep is not None:
        keep(whole)
    return Response(whole, head.status, headers)


async def read_body(request: Request) -> bytes:
    """The body of a request. Raises Refused where it is too long (413) or does not come (408)."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > MOST_SENT:
        raise _too_long()
    body = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_SENT:
                    raise _too_long()
    except TimeoutError:
        raise refuse(408, "the request did not come in time", connection="close") from None
    return bytes(body)


def _too_long() -> Refused:
    return refuse(413, f"the request is longer than {MOST_SENT:,} bytes, the most that is read", connection="close")


async def _all(given: Answer) -> bytes:
    """All bytes of an answer. Raises Refused where it breaks off."""
    try:
        return b"".join([piece async for piece in given.pieces()])
    finally:
        given.leave()


async def while_there(receive: Receive, work: Awaitable[Result]) -> Result:
    """What ``work`` gives. Cancelled where the client leaves. Raises Refused, which nobody reads, then.

    Most work is done before anybody looks whether the client is still there, which costs as much as that work.
    """
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None, "requests are answered in tasks"
    looking: asyncio.Task[None] | None = None
    over = left = False

    def look() -> None:
        nonlocal looking
        looking = loop.create_task(_gone(receive))
        looking.add_done_callback(leave)

    def leave(looked: asyncio.Task[None]) -> None:
        nonlocal left
        if not over and not looked.cancelled():
            left = True
            task.cancel()

    timer = loop.call_later(_SOON, look)
    try:
        return await work
    except asyncio.CancelledError:
        if left and not task.uncancel():
            raise refuse(408, "the client has left") from None
        raise
    finally:
        over = True
        timer.cancel()
        if looking is not None:
            looking.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Streamed(Response):
    """An answer that comes in pieces."""

    def __init__(self, given: Answer, status: int, headers: Mapping[str, str], keep: Keep | None) -> None:
        super().__init__(None, status, headers)
        del self.headers["content-length"]
        self._given = given
        self._keep = keep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. Where it breaks off it is not ended, so that the connection is broken too."""
        try:
            await while_there(receive, self._send(send))
        except Refused:
            return
        finally:
            self._given.leave()

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        kept = bytearray()
        async for piece in self._given.pieces():
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            if self._keep is not None:
                kept += piece
                if len(kept) > MOST_KEPT:
                    self._keep = None
        if self._keep is not None:
            self._keep(bytes(kept))
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _HeadOnly(Response):
    """The head of an answer, whose length nobody has counted."""

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(None, status, headers)
        del self.headers["content-length"]
