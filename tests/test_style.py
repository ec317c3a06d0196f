"""Colours of the pages: what is read stands out enough from what it stands on, in both schemes (WCAG 2, AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import pages
from kg.views.article import KINDS

CSS = (Path(pages.__file__).parent / "files" / "style.css").read_text(encoding="utf-8")
SCHEMES = tuple(
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
)
#: Text on a ground: 4.5 to 1. Lines and signs that tell kinds apart: 3 to 1.
TEXT = [
    *((name, "paper") for name in ("ink", "soft", "link", "visited")),
    *((name, "raised") for name in ("ink", "soft", "link")),
    *(("ink", ground) for ground in ("target", *KINDS)),
]
LINES = [
    *((name, "paper") for name in ("bar", "focus", "strong-line")),
    *((f"{kind}-line", ground) for kind in KINDS for ground in (kind, "paper")),
]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES[:2], ids=("light", "dark"))
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (LINES, 3.0)], ids=("text", "lines"))
def test_colours_stand_apart(scheme: dict[str, str], pairs: list[tuple[str, str]], least: float) -> None:
    """Every pair that meets on a page."""
    near = {pair: round(contrast(*(scheme[name] for name in pair)), 2) for pair in pairs}
    assert {pair: found for pair, found in near.items() if found < least} == {}


def test_every_kind_of_mark_has_a_sign_and_a_line_of_its_own() -> None:
    """Who sees no colours tells them apart by the sign."""
    signs = dict(re.findall(r"\.k-([a-z]+) \{.*?--sign: \"(.)\"", CSS))
    assert set(signs) == set(KINDS)
    assert len(set(signs.values())) == len(KINDS)
