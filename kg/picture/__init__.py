"""The neighbourhood of an entity as a picture: laid out the same on every machine, drawn as SVG, and as PNG."""

from __future__ import annotations

from kg.picture.layout import Layout, Said, Saying, layout
from kg.picture.png import png
from kg.picture.svg import svg

__all__ = ["Layout", "Said", "Saying", "layout", "png", "svg"]
