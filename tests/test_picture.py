from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg import build
from kg.cli import main
from kg.pages.around import graph, picture, saying
from kg.pages.links import ServerLinks
from kg.picture import Said, Saying, layout, png, svg
from kg.picture.layout import PADDING, WIDTH
from kg.picture.text import LINE, clean, lines, width
from kg.store import Store, write_store
from kg.views.neighbourhood import Edge, Neighbourhood, Node, neighbourhood
from kg.vocab import BASE, kg

SEEDS = Path(__file__).parents[1] / "seeds"
FIFTH = NamedNode(f"{BASE}conference/5th-international-conference-on-cooperation-between-vietnam-and-foreign-ngos-2025")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "]]><b>",
    "&amp;&#60;",
    "x" * 500,
    "Ngân hàng " * 60,
    "国际合作" * 120,
    "منظمة الصحة العالمية",
    "\u202eevil\u202c \x00\x07\ud800 end",
    "",
]


@pytest.fixture(scope="module")
def seeds() -> Store:
    """The seeds, built."""
    return build([SEEDS]).store


def near(store: Store, node: NamedNode, *, depth: int = 1) -> tuple[set[str], set[tuple[str, str, str]]]:
    """The ends of the IRIs of a neighbourhood's nodes, and of its edges' parts."""
    shown = neighbourhood(store, node, depth=depth)
    end = lambda iri: iri.value.rpartition("/")[2].rpartition("#")[2]  # noqa: E731
    return {end(each.iri) for each in shown.nodes}, {
        (end(each.source), end(each.label), end(each.target)) for each in shown.edges
    }


def test_what_stands_around_a_person(seeds: Store) -> None:
    """A post is an edge to where it is held; a post alone leads to itself."""
    nodes, edges = near(seeds, NamedNode(f"{BASE}person/phan-anh-son"))
    assert nodes == {"phan-anh-son", "vietnam-union-of-friendship-organizations"}
    assert edges == {("phan-anh-son", "president", "vietnam-union-of-friendship-organizations")}
    _, edges = near(seeds, NamedNode(f"{BASE}person/bui-thanh-son"))
    assert ("bui-thanh-son", "position", "deputy-prime-minister") in edges


def test_a_sum_of_five_articles_is_one_node(seeds: Store) -> None:
    """With the quotes of all five behind the edge to its receiver; asked by any of its figures."""
    shown = neighbourhood(seeds, NamedNode(f"{BASE}place/vietnam"))
    sums = [node for node in shown.nodes if node.kind == "sum"]
    assert len(sums) == 1
    edge = next(each for each in shown.edges if each.source == sums[0].iri)
    assert edge.label == kg("recipient")
    assert {quote.language for quote in edge.quotes} == {"en", "fr", "nb", "vi", "zh"}
    figures = [figure.node for figure in sums[0].sum.figures] if sums[0].sum else []
    assert {neighbourhood(seeds, figure).nodes[0].iri for figure in figures} == {sums[0].iri}


def test_numbers_of_sessions_count_once(seeds: Store) -> None:
    """Three articles tell of two plenary sessions and four workshops."""
    shown = neighbourhood(seeds, FIFTH)
    assert [node.count[0] for node in shown.nodes if node.count] == ["2", "4"]


def test_a_bound_tells_what_it_leaves_out(seeds: Store) -> None:
    """Every kind of edge has its turn before one comes again; the rest is counted where it hangs."""
    whole, part = neighbourhood(seeds, FIFTH), neighbourhood(seeds, FIFTH, most=9)
    assert len(part.nodes) == 9
    assert part.nodes[0].more == len(whole.nodes) - 9
    assert len({edge.label for edge in part.edges}) == len({edge.label for edge in whole.edges}) == 7


def test_a_node_alone() -> None:
    """What nothing is joined to is itself, and can be drawn."""
    store = write_store([], base=BASE)
    shown = neighbourhood(store, FIFTH, depth=2)
    assert [node.iri for node in shown.nodes] == [FIFTH]
    assert not shown.edges
    assert Xml.fromstring(picture(store, shown, language="en")).tag == f"{SVG}svg"


names = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=90), st.text("MWÂ国ن ", max_size=400))
kinds = st.sampled_from(["person", "organization", "place", "conference", "sum", "concept"])


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Neighbourhood, Saying]:
    """A neighbourhood of any shape and any names."""
    count = draw(st.integers(1, 24))
    called = [Said(draw(names), draw(st.sampled_from(["", "vi", "ar"]))) for _ in range(count)]
    iris = [NamedNode(f"{BASE}thing/{number}") for number in range(count)]
    steps, edges = [0], []
    for number in range(1, count):
        parent = draw(st.integers(0, number - 1).filter(lambda at: steps[at] < 2))
        steps.append(steps[parent] + 1)
        ends = (iris[parent], iris[number]) if draw(st.booleans()) else (iris[number], iris[parent])
        edges.append(Edge(ends[0], kg(draw(st.sampled_from(["donor", "place", "theme"]))), ends[1], ()))
    others = st.builds(Edge, st.sampled_from(iris), st.just(kg("mentions")), st.sampled_from(iris), st.just(()))
    edges += draw(st.lists(others, max_size=8))
    nodes = [Node(iri, draw(kinds), step, draw(st.integers(0, 30))) for iri, step in zip(iris, steps, strict=True)]
    told = dict(zip(iris, called, strict=True))
    edge_names = {label: Said(draw(names)) for label in {edge.label for edge in edges}}
    shown = Neighbourhood(tuple(sorted(nodes, key=lambda node: node.step)), tuple(dict.fromkeys(edges)), 2)
    return shown, Saying(
        lambda node: told[node.iri], lambda edge: edge_names[edge.label], lambda more: Said(f"and {more} more")
    )


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_nothing_overlaps_and_all_is_inside(made: tuple[Neighbourhood, Saying]) -> None:
    """Boxes and headings keep apart, names fit their boxes, and everything lies in the picture."""
    shown, said = made
    laid = layout(shown, said)
    areas = [each.area for each in (*laid.boxes, *laid.headings)]
    for left, top, right, bottom in areas:
        assert left >= 0
        assert top >= 0
        assert right <= laid.width
        assert bottom <= laid.height
    for place, one in enumerate(areas):
        for other in areas[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)
    for box in laid.boxes:
        assert all(width(line) <= WIDTH - 2 * PADDING for line in box.lines if len(line) > 2)
        assert len(box.lines) * LINE <= box.height
    ends = {(box.x, box.middle) for box in laid.boxes} | {(box.x + WIDTH, box.middle) for box in laid.boxes}
    for curve in laid.curves:
        assert {curve.start, curve.end} <= ends


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_names_are_text(made: tuple[Neighbourhood, Saying]) -> None:
    """Whatever the names it is XML that shows them as text, and nothing that runs."""
    shown, said = made
    title = said.node(shown.nodes[0])
    read = Xml.fromstring(
        svg(layout(shown, said), title=title, description=Said("links"), href=lambda box: box.node.iri.value)
    )
    tags = {element.tag.removeprefix(SVG) for element in read.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "defs", "marker", "path", "text", "tspan", "a", "g"}
    assert not [name for element in read.iter() for name in element.attrib if name.startswith("on")]
    titles = [element.text or "" for element in read.iter(f"{SVG}title")]
    assert all(clean(said.node(node).text) in titles for node in shown.nodes)


@settings(deadline=None)
@given(names, st.integers(20, 300))
def test_lines_fit(text: str, room: int) -> None:
    """No line is wider than its room, and nothing is lost but what is cut at the end."""
    broken = lines(text, room, most=3)
    assert 1 <= len(broken) <= 3
    assert all(width(line) <= room or len(line) <= 2 for line in broken)
    if not broken[-1].endswith("…"):
        assert "".join(broken).replace(" ", "") == clean(text).replace(" ", "")


def test_a_page_gets_links_and_a_file_its_own_colours(seeds: Store) -> None:
    """Within a page there is no style of its own, which the page's policy would refuse."""
    shown = neighbourhood(seeds, FIFTH)
    within = picture(seeds, shown, language="vi", links=ServerLinks("/root", BASE, "vi"))
    alone = picture(seeds, shown, language="vi")
    assert "<style" not in within
    assert 'href="/root/kg-news/id/place/hanoi?lang=vi"' in within
    assert "prefers-color-scheme:dark" in alone
    assert f'href="{BASE}place/hanoi"' in alone
    assert 'lang="vi">Hà Nội<' in alone


def test_json_for_a_script(seeds: Store) -> None:
    """Nodes and edges as cytoscape takes them, every end of an edge among the nodes."""
    links = ServerLinks("", BASE)
    data = json.loads(graph(seeds, FIFTH, depth=2, language="zh", links=links))
    nodes = {each["data"]["id"]: each["data"] for each in data["elements"]["nodes"]}
    assert data["about"] == FIFTH.value
    assert nodes[f"{BASE}place/hanoi"]["label"] == "河内"
    assert nodes[f"{BASE}place/hanoi"]["lang"] == "zh"
    assert nodes[f"{BASE}place/hanoi"]["href"] == "/kg-news/id/place/hanoi"
    for each in data["elements"]["edges"]:
        assert {each["data"]["source"], each["data"]["target"]} <= nodes.keys()
    quoted = [quote for each in data["elements"]["edges"] for quote in each["data"]["quotes"]]
    assert all(quote["href"].startswith("/kg-news/id/article/") for quote in quoted)


def test_a_png_is_drawn(seeds: Store) -> None:
    """Twice the size of the drawing."""
    pytest.importorskip("resvg_py")
    drawing = picture(seeds, neighbourhood(seeds, FIFTH), language="zh")
    data = png(drawing)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    wide = int(Xml.fromstring(drawing).attrib["width"])
    assert int.from_bytes(data[16:20], "big") == 2 * wide


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Hanoi", "-o", "x.gif"], ".svg, .png"),
        (["Hanoi", "-o", "x"], ".svg, .png"),
        (["Hanoj", "-o", "x.svg"], "Did you mean"),
        (["Hanoi", "-o", "none/such/x.svg"], "cannot be written"),
    ],
)
def test_what_cannot_be_drawn_says_so(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form nobody draws, a name nobody has, a folder that is not there."""
    build([SEEDS], store=tmp_path / "store")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["picture", *arguments, "--store", "store"])
    assert result.exit_code == 2
    assert message in result.output


def test_kg_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes what it was asked for, in the language asked for."""
    build([SEEDS], store=tmp_path / "store")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(
        main, ["picture", "裴青山", "-o", "x.svg", "--depth", "2", "--lang", "fr", "--store", "store"]
    )
    assert result.exit_code == 0, result.output
    drawn = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "vice-Premier ministre" in drawn
    assert Xml.fromstring(drawn).find(f"{SVG}title") is not None


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Whatever order sets have in a process."""
    build([SEEDS], store=tmp_path / "store")
    for seed in ("1", "2"):
        asked = ["picture", "Hanoi", "--depth", "2", "-o", f"{seed}.svg", "--store", "store"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SEEDS.parent)}
        subprocess.run([sys.executable, "-m", "kg", *asked], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


def test_names_come_from_the_interface(seeds: Store) -> None:
    """A sum is told with its qualifier, in the reader's digits."""
    node = next(each for each in neighbourhood(seeds, NamedNode(f"{BASE}place/vietnam")).nodes if each.sum)
    assert saying(seeds, "nb").node(node).text.replace("\xa0", " ") == "nesten 1 140 000 000 USD"
