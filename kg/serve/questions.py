"""The API over HTTP: what was answered once is kept until the store changes, and known again by its entity tag."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from functools import cache, partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.serve import api, openapi
from kg.serve.answers import ask, respond
from kg.serve.jobs import Head

#: Bytes of answers that are kept.
_ROOM: Final = 32_000_000


class Kept:
    """Answers of one generation of a store, the last that were asked for; no more than ``room`` bytes of them."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._state: object = None
        self._answers: OrderedDict[api.Asked, tuple[Head, bytes]] = OrderedDict()
        self._size = 0
        #: What is being answered now, and what tells when it is.
        self.begun: dict[api.Asked, asyncio.Event] = {}

    def get(self, asked: api.Asked, state: object) -> tuple[Head, bytes] | None:
        """What was answered to the same question of the same generation."""
        if state != self._state or asked not in self._answers:
            return None
        self._answers.move_to_end(asked)
        return self._answers[asked]

    def put(self, asked: api.Asked, state: object, head: Head, body: bytes) -> None:
        """Keep an answer."""
        if state != self._state:
            self._answers.clear()
            self._state, self._size = state, 0
        if asked not in self._answers:
            self._answers[asked] = head, body
            self._size += len(body)
        while self._size > self._room:
            _, (_, oldest) = self._answers.popitem(last=False)
            self._size -= len(oldest)


async def question(request: Request) -> Response:
    """A prepared query."""
    asked = api.read(
        request.path_params["name"],
        request.query_params.multi_items(),
        accept=request.headers.get("accept"),
        path=request.url.path,
    )
    state = request.app.state.pool.state
    tag = api.tag(asked, str(state))
    if _is_known(request, tag):
        return Response(status_code=304, headers=_told(tag))
    kept: Kept = request.app.state.kept
    if (found := kept.get(asked, state)) is not None:
        return _again(found, tag)
    # Many may ask the same at once: the others wait for the answer to the first, which they then find kept.
    begun = kept.begun.get(asked)
    if begun is not None:
        await begun.wait()
        if (found := kept.get(asked, state)) is not None:
            return _again(found, tag)
    done = kept.begun.setdefault(asked, asyncio.Event())
    try:
        given = await ask(request, api.answer, asked)
        head = given.begun.result()
        fields = tuple(_told(api.tag(asked, str(given.state))).items())
        keep = partial(kept.put, asked, given.state, head)
        return await respond(request, given, fields=fields, keep=keep)
    finally:
        done.set()
        kept.begun.pop(asked, None)


def _again(found: tuple[Head, bytes], tag: str) -> Response:
    head, body = found
    fields = {"Content-Type": head.media_type, **dict(head.fields), **_told(tag)}
    return Response(body, head.status, headers=fields)


async def index(request: Request) -> Response:
    """All prepared queries, as JSON."""
    return _document(request, _index(request.scope.get("root_path", "")))


async def described(request: Request) -> Response:
    """The OpenAPI document."""
    return _document(request, openapi.document(request.scope.get("root_path", "")))


@cache
def _index(root: str) -> bytes:
    return api.index(root)


def _document(request: Request, body: bytes) -> Response:
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if _is_known(request, tag):
        return Response(status_code=304, headers=_told(tag))
    return Response(body, headers={"Content-Type": "application/json", **_told(tag)})


def _is_known(request: Request, tag: str) -> bool:
    """Whether the client has what ``tag`` names (RFC 9110, section 13.1.2)."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(","))


def _told(tag: str) -> dict[str, str]:
    """What goes with an answer that may be kept as long as it is asked for again."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
