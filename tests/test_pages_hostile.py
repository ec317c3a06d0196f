from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import html
from pyoxigraph import Literal, NamedNode, Quad

from kg import build
from kg.pages import Asked, page
from kg.pages.links import ServerLinks
from kg.store import Store, write_store
from kg.vocab import ALT_LABEL, BASE, LABEL, term

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = [
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</title></svg></style><b>",
    "javascript:alert(1)",
    "w" * 500,
    "منظمة <الصحة> العالمية",
    "\u202egnp.exe",
]
TEXTS = {LABEL, ALT_LABEL, term("kg:theme"), term("oa:exact"), term("schema:headline"), term("kg:title")}
PATHS = {
    "figures": (("by", "recipient"),),
    "differences": (("language", "fr"),),
    "kg-news/id/conference/5th-international-conference-on-cooperation-between-vietnam-and-foreign-ngos-2025": (),
    "kg-news/id/organization/vietnam-union-of-friendship-organizations": (("depth", "2"),),
}


@cache
def hostile() -> Store:
    """The seeds, with hostile names, themes, headlines and quotes in place of their own."""
    quads = []
    for number, quad in enumerate(sorted(build([SEEDS], infer=False).store.quads(), key=str)):
        ours = isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE)
        if ours and quad.predicate in TEXTS and isinstance(quad.object, Literal):
            text = NAMES[number % len(NAMES)]
            language = quad.object.language
            value = Literal(text, language=language) if language else Literal(text)
            quad = Quad(quad.subject, quad.predicate, value, quad.graph_name)  # noqa: PLW2901
        quads.append(quad)
    return write_store(quads, base=BASE)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.rpartition("/")[2][:20])
def test_hostile_names_are_text(path: str) -> None:
    """No element and no attribute comes from a name; what was told is there to be read."""
    made = page(hostile(), Asked(path=path, parameters=PATHS[path], links=ServerLinks("", BASE)))
    assert made.status == 200
    read = html.fromstring(made.html)
    assert not [each for each in read.iter("script") if not each.get("src")]
    assert not list(read.iter("img"))
    assert not [name for each in read.iter() for name in each.attrib if name.startswith("on") or name == "style"]
    assert not [each for each in read.iter("a") if str(each.get("href", "")).lower().startswith("javascript")]
    assert "49{% raw" not in made.html
    words = read.text_content()
    assert any(name in words for name in NAMES[:5])


@pytest.mark.parametrize(
    "parameters",
    [
        (("by", "<script>"), ("donor", "place/none"), ("first", "20x4"), ("last", "99999")),
        (("by", "donor"), ("currency", '"><script>alert(1)</script>'), ("status", "../..")),
        (("sector", "no such > sector"), ("recipient", "<>"), ("by", "sector")),
        (("donor", "http://[::1"), ("first", "²⁰²⁴")),
    ],
)
def test_hostile_parameters_of_charts(parameters: tuple[tuple[str, str], ...]) -> None:
    """What is not understood fits no sum, or is said to be wrong; nothing of it becomes markup."""
    made = page(hostile(), Asked(path="figures", parameters=parameters, links=ServerLinks("", BASE)))
    assert made.status == (400 if any(name == "first" or value == "<script>" for name, value in parameters) else 200)
    assert "<script>" not in made.html
