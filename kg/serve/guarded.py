"""What is done for every request: its path behind a proxy, OPTIONS, and the header fields that keep a reader safe."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Nothing but our own files runs or is loaded, and no other site shows our pages as part of its own.
_POLICY: Final = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))  # fmt: skip

_SAFE: Final = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
#: All else that is served is open to read for scripts of any site: nobody is known here by a cookie.
_OPEN: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Content-Language, ETag, Link, Retry-After"),
)
#: Where no script of another site may read, or send anything that is not simple: what changes the store.
_CLOSED: Final = "/update"
_PREFLIGHT: Final = (
    (b"access-control-allow-headers", b"Accept, Accept-Language, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
)


class Guarded:
    """``app`` with all that; ``root`` is the path at which a proxy shows it, None where there is no proxy."""

    def __init__(self, app: ASGIApp, *, root: str | None) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass on what is none."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        if self._root is not None:
            scope = _behind_proxy(scope, self._root)
        added = _SAFE if _own_path(scope) == _CLOSED else (*_SAFE, *_OPEN)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        if scope["method"] == "OPTIONS":
            await _tell_options(scope, send_safely)
        else:
            await self._app(scope, receive, send_safely)


def _behind_proxy(scope: Scope, root: str) -> Scope:
    """The request as the proxy got it, whether or not the proxy takes its own path off."""
    path = scope["path"]
    full = path if path == root or path.startswith(f"{root}/") else root + path
    told = next((value for name, value in scope["headers"] if name == b"x-forwarded-proto"), b"")
    scheme = told.decode("latin-1").strip().lower()
    return {
        **scope,
        "path": full,
        "root_path": root,
        "scheme": scheme if scheme in ("http", "https") else scope["scheme"],
    }


def _own_path(scope: Scope) -> str:
    """The path below the root."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


async def _tell_options(scope: Scope, send: Send) -> None:
    """What may be done at a path, and that scripts of other sites may do it."""
    path = _own_path(scope)
    methods = {"/sparql": b"GET, HEAD, POST, OPTIONS", _CLOSED: b"POST, OPTIONS"}.get(path, b"GET, HEAD, OPTIONS")
    preflight = () if path == _CLOSED else ((b"access-control-allow-methods", methods), *_PREFLIGHT)
    fields = [(b"allow", methods), *preflight]
    await send({"type": "http.response.start", "status": 204, "headers": fields})
    await send({"type": "http.response.body", "body": b""})
