"""What the server answers: a table of routes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.pages import LANGUAGES
from kg.serve import protocol, service
from kg.serve.answers import answer, read_body
from kg.serve.guarded import Guarded
from kg.serve.linked import NodeAsked, describe
from kg.serve.negotiate import choose, choose_language
from kg.serve.pages import PageAsked, show, surround
from kg.serve.problems import Problem, Refused, written
from kg.serve.questions import Kept, described, index, question
from kg.serve.rdf import TRIPLES
from kg.serve.static import static
from kg.serve.updates import Turns, update
from kg.serve.worker import Limits
from kg.serve.workers import Pool

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

_HTML: Final = "text/html"
_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(?::[0-9]+)?|\[[0-9a-fA-F:.]+\](?::[0-9]+)?")
#: What a node can be had as: a page for people first.
_NODE_FORMS: Final = (_HTML, *(form.media_type for form in TRIPLES))
#: What ``/sparql`` without a query can be had as: the editor, or the service's own description.
_SERVICE_FORMS: Final = (*(form.media_type for form in TRIPLES), _HTML)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is served and how: the store, processes, limits, the hosts SERVICE may ask, the path behind a proxy.

    ``root`` is None where there is no proxy; else requests' ``X-Forwarded-Proto`` is believed. ``token`` is what
    whoever changes graphs of their own must know; None where nothing can be changed.
    """

    store: Path
    workers: int
    limits: Limits
    hosts: tuple[str, ...] = ()
    root: str | None = None
    token: str | None = field(default=None, repr=False)


async def sparql(request: Request) -> Response:
    """The SPARQL endpoint; without a query, its description, or the editor for people."""
    accept = request.headers.get("accept")
    sent = await read_body(request) if request.method == "POST" else b""
    asked = protocol.read_query(
        request.method,
        request.scope["query_string"],
        request.headers.get("content-type", ""),
        sent,
        accept=accept,
        hosts=request.app.state.settings.hosts,
    )
    if asked is not None:
        return await answer(request, protocol.answer_query, asked, fields=(("Vary", "Accept"),), free=True)
    if choose(accept, _SERVICE_FORMS) == _HTML:
        return await page(request)
    described = service.Described(
        url=_url(request, "sparql"),
        accept=accept,
        federated=bool(request.app.state.settings.hosts),
        updates=_url(request, "update") if request.app.state.settings.token is not None else "",
    )
    return await answer(request, service.describe, described, fields=(("Vary", "Accept"),))


async def node(request: Request) -> Response:
    """The page at a path, or the RDF of what an IRI of ours with that path stands for."""
    form, accept = request.query_params.get("format", ""), request.headers.get("accept")
    if form == "html" or (not form and choose(accept, _NODE_FORMS) == _HTML):
        return await page(request)
    asked = NodeAsked(path=_raw_path(request), accept=accept, format=form)
    return await answer(request, describe, asked, fields=(("Vary", "Accept"),))


async def page(request: Request) -> Response:
    """A page for people."""
    return await answer(request, show, _asked(request), fields=(("Vary", "Accept, Accept-Language"),))


async def graph(request: Request) -> Response:
    """What stands around a node, for a script that lets a picture grow."""
    return await answer(request, surround, _asked(request), fields=(("Vary", "Accept-Language"),))


def _asked(request: Request) -> PageAsked:
    """What is asked of a page, in the language that the reader chose, or whose browser asks for it."""
    parameters = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    chosen = request.query_params.get("lang", "")
    kept = chosen in LANGUAGES
    return PageAsked(
        path=_path(request).removeprefix("/"),
        parameters=tuple(parameters),
        language=chosen if kept else choose_language(request.headers.get("accept-language"), LANGUAGES),
        kept=kept,
        root=request.scope.get("root_path", ""),
    )


async def questions(request: Request) -> Response:
    """What the API has: a page for people, JSON for programs."""
    if choose(request.headers.get("accept"), ("application/json", _HTML)) == _HTML:
        return await page(request)
    return await index(request)


#: Path, endpoint, methods beside HEAD and OPTIONS. The last takes the paths of pages and of IRIs.
ROUTES: Final[tuple[tuple[str, Endpoint, tuple[str, ...]], ...]] = (
    ("/sparql", sparql, ("GET", "POST")),
    ("/update", update, ("GET", "POST")),
    ("/api", questions, ("GET",)),
    ("/api/openapi.json", described, ("GET",)),
    ("/api/{name}", question, ("GET",)),
    ("/graph", graph, ("GET",)),
    ("/static/{name:path}", static, ("GET",)),
    ("/{path:path}", node, ("GET",)),
)


def application(settings: Settings, pool: Pool) -> ASGIApp:
    """The application, which starts its workers when the server starts, and ends them when it ends."""

    @asynccontextmanager
    async def working(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    app = Starlette(
        routes=[Route(path, endpoint, methods=list(methods)) for path, endpoint, methods in ROUTES],
        exception_handlers={Refused: _refused, HTTPException: _http_error},
        lifespan=working,
    )
    app.router.redirect_slashes = False
    app.state.settings = settings
    app.state.kept = Kept()
    app.state.pool = pool
    app.state.turns = Turns()
    return Guarded(app, root=settings.root)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return problem_response(request, error.problem)


async def _http_error(request: Request, error: Exception) -> Response:
    """What Starlette refuses: a method that a path does not take."""
    assert isinstance(error, HTTPException)
    fields = tuple((error.headers or {}).items())
    return problem_response(request, Problem(error.status_code, error.detail, fields=fields))


def problem_response(request: Request, problem: Problem) -> Response:
    """A problem as a response, in the form the client accepts."""
    media_type, content = written(problem, request.headers.get("accept"))
    fields = {**dict(problem.fields), "Content-Type": media_type, "Vary": "Accept", "Cache-Control": "no-store"}
    return Response(content, problem.status, headers=fields)


def _path(request: Request) -> str:
    """The path below the root, decoded."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", ""))


def _raw_path(request: Request) -> str:
    """The path below the root, as it was sent."""
    raw: bytes = request.scope["raw_path"]
    return raw.decode("latin-1").partition("?")[0].removeprefix(request.scope.get("root_path", ""))


def _url(request: Request, name: str) -> str:
    """The address at which a client sees one of our paths."""
    host = request.headers.get("host", "")
    host = host if _HOST.fullmatch(host) else "localhost"
    return f"{request.scope['scheme']}://{host}{request.scope.get('root_path', '')}/{name}"
