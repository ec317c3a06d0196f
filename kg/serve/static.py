"""The files that pages use: our style, and the scripts that are built into the package. No other file is served."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.problems import refuse

_PACKAGE: Final = Path(__file__).parents[1]
#: Where they are; those of the second folder are built, and a checkout may have none.
_FOLDERS: Final = (_PACKAGE / "pages" / "files", _PACKAGE / "_data" / "web")
#: What may be there, by extension.
_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


async def static(request: Request) -> Response:
    """One of the files, by its name. Raises Refused (404)."""
    path = files().get(request.path_params["name"])
    if path is None:
        raise refuse(404, "there is no such file")
    content = path.read_bytes()
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    fields = {"ETag": tag, "Cache-Control": "no-cache", "Content-Type": _MEDIA_TYPES[path.suffix]}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=fields)
    return Response(content, headers=fields)


@cache
def files() -> Mapping[str, Path]:
    """The files by their names below the folders."""
    found = (
        (path.relative_to(folder).as_posix(), path)
        for folder in _FOLDERS
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in _MEDIA_TYPES
    )
    return dict(found)
