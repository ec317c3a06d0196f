"""A layout as SVG: legible on light and dark paper, with titles, languages and links."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from xml.etree import ElementTree as Xml

from kg.picture.layout import PADDING, Box, Curve, Heading, Layout, Said
from kg.picture.text import LINE, clean, is_right_to_left
from kg.vocab import slugify

#: Fill and line of a box by the kind of its node: on light paper, and on dark.
COLOURS: Final = {
    "person": (("#fbe9dc", "#a4511a"), ("#4a2c17", "#e79a62")),
    "organization": (("#e2eef8", "#2a6f97"), ("#16334a", "#6fb3dc")),
    "place": (("#e6f2e4", "#2d7a46"), ("#1b3a25", "#6cc08a")),
    "conference": (("#f0e8f7", "#6d4596"), ("#352449", "#bd9be0")),
    "series": (("#f0e8f7", "#6d4596"), ("#352449", "#bd9be0")),
    "sum": (("#fdf3cf", "#8a6a00"), ("#443a12", "#dcbf57")),
    "count": (("#fdf3cf", "#8a6a00"), ("#443a12", "#dcbf57")),
    "concept": (("#f1f1ef", "#6b6b66"), ("#2f3133", "#a5a8ab")),
}
#: How round the corners of a box are: kinds are told apart without colours too.
_ROUND: Final = {"person": 16, "organization": 3, "place": 9, "conference": 0, "series": 0, "sum": 16, "count": 16}
_FONTS: Final = "'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC', 'Noto Sans Arabic', sans-serif"
#: What makes a PNG takes any font for letters that the first one lacks, one with serifs too: these it is told.
_HAN: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
_HAN_FONTS: Final = "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_PAPER: Final = ("#ffffff", "#16191d")
_INK: Final = ("#1d2126", "#e6e4de")
_EDGE: Final = ("#85827a", "#7d848d")


def svg(
    drawn: Layout, *, title: Said, description: Said, href: Callable[[Box], str] | None = None, alone: bool = True
) -> str:
    """``drawn`` as an SVG element. ``href`` says where a box leads; empty is nowhere.

    One that stands ``alone``, in a file of its own, brings its paper and its colours for dark paper; within a page
    those are the page's.
    """
    root = Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "graph",
            "viewBox": f"0 0 {drawn.width} {drawn.height}",
            "width": str(drawn.width),
            "height": str(drawn.height),
            "role": "group",
            "aria-label": clean(title.text),
            "font-family": _FONTS,
            "font-size": "13",
        },
    )
    for name, said in (("title", title), ("desc", description)):
        _said(Xml.SubElement(root, name), said)
    if alone:
        Xml.SubElement(root, "style").text = _style()
        paper = {"class": "paper", "width": str(drawn.width), "height": str(drawn.height), "fill": _PAPER[0]}
        Xml.SubElement(root, "rect", paper)
    tip = f"tip-{slugify(drawn.boxes[0].node.iri.value)}"
    _tip(root, tip)
    for curve in drawn.curves:
        _curve(root, curve, tip)
    for heading in drawn.headings:
        _heading(root, heading)
    for box in drawn.boxes:
        _box(root, box, href(box) if href else "")
    if alone:
        for text in root.iter("text"):
            if _HAN.search("".join(text.itertext())):
                text.set("font-family", _HAN_FONTS)
    return Xml.tostring(root, encoding="unicode") + "\n"


def _tip(root: Xml.Element, name: str) -> None:
    marker = {"id": name, "viewBox": "0 0 10 10", "refX": "10", "refY": "5", "markerWidth": "7", "markerHeight": "7"}
    tip = Xml.SubElement(Xml.SubElement(root, "defs"), "marker", {**marker, "orient": "auto"})
    Xml.SubElement(tip, "path", {"class": "tip", "d": "M0 0L10 5L0 10z", "fill": _EDGE[0]})


def _curve(root: Xml.Element, curve: Curve, tip: str) -> None:
    (x1, y1), (x2, y2) = curve.start, curve.end
    told = {
        "class": "edge",
        "d": f"M{x1} {y1}C{curve.handles[0]} {y1} {curve.handles[1]} {y2} {x2} {y2}",
        "fill": "none",
        "stroke": _EDGE[0],
        "marker-end": f"url(#{tip})",
    }
    if not curve.tree:
        told["stroke-dasharray"] = "4 4"
    Xml.SubElement(root, "path", told)


def _heading(root: Xml.Element, heading: Heading) -> None:
    told = {
        "class": "heading",
        "x": str(heading.x),
        "y": str(heading.y),
        "text-anchor": heading.anchor,
        "font-size": "12",
        "fill": _EDGE[0],
        "font-style": "italic",
    }
    if heading.anchor == "middle":  # it lies on an edge
        told |= {"class": "heading on-edge", "stroke": _PAPER[0], "stroke-width": "5", "paint-order": "stroke"}
    text = Xml.SubElement(root, "text", told)
    _said(text, Said(heading.text, heading.said.language))
    if heading.text != clean(heading.said.text):
        text.text = None
        _said(Xml.SubElement(text, "title"), heading.said)
        Xml.SubElement(text, "tspan").text = heading.text


def _box(root: Xml.Element, box: Box, href: str) -> None:
    fill, line = COLOURS.get(box.node.kind, COLOURS["concept"])[0]
    inside = Xml.SubElement(root, "a", {"href": href}) if href else root
    group = Xml.SubElement(inside, "g", {"class": f"node {box.node.kind}" + ("" if box.node.step else " middle")})
    _said(Xml.SubElement(group, "title"), box.said)
    size = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": _ROUND.get(box.node.kind, 0)}
    Xml.SubElement(
        group,
        "rect",
        {
            **{name: str(value) for name, value in size.items()},
            "fill": fill,
            "stroke": line,
            "stroke-width": "1" if box.node.step else "2.5",
        },
    )
    y = box.y + PADDING // 2 + 13
    for number, text in enumerate(box.lines):
        told = {"x": str(box.x + box.width // 2), "y": str(y + LINE * number), "text-anchor": "middle", "fill": _INK[0]}
        if is_right_to_left(text):
            told["direction"] = "rtl"
        if box.node.step == 0:
            told["font-weight"] = "bold"
        _said(Xml.SubElement(group, "text", told), Said(text, box.said.language))
    if box.more:
        told = {"x": str(box.x + box.width // 2), "y": str(y + LINE * len(box.lines)), "text-anchor": "middle"}
        more = Xml.SubElement(group, "text", {**told, "class": "more", "font-size": "11", "fill": line})
        more.text = box.more


def _said(element: Xml.Element, said: Said) -> None:
    element.text = clean(said.text)
    if said.language:
        element.set("lang", said.language)


def _style() -> str:
    """The colours for dark paper, as a reader's system asks for them."""
    rules = [f".paper{{fill:{_PAPER[1]}}}.node text{{fill:{_INK[1]}}}.edge{{stroke:{_EDGE[1]}}}"]
    rules += [f".tip,.heading{{fill:{_EDGE[1]}}}.on-edge{{stroke:{_PAPER[1]}}}"]
    for kind, (_, (fill, line)) in COLOURS.items():
        rules += [f".{kind} rect{{fill:{fill};stroke:{line}}}.{kind} .more{{fill:{line}}}"]
    return f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}a:hover rect,a:focus rect{{stroke-width:3}}"
