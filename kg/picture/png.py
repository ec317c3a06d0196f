"""A drawing as a PNG."""

from __future__ import annotations

import importlib.util
from typing import Final

from kg.errors import KgError

#: Pixels of the PNG for one of the drawing, so that small letters stay sharp.
_ZOOM: Final = 2


def png(drawn: str) -> bytes:
    """An SVG as a PNG, on its light paper, twice its size. Raises KgError where the library is not installed."""
    if importlib.util.find_spec("resvg_py") is None:
        raise KgError("the library for PNG is not installed", where="-o", hint="pip install 'kg[picture]'")
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=_ZOOM))
