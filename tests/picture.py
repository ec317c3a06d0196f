"""Draws the graph of the sentence on the first screen of README.md: what is drawn is what was read."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from kg import Graph, build

#: Where what the first example's graph holds is drawn: the middle of each box, by the end of its IRI.
PLACES = {
    "evidence/sum-in-clause": (150, 60),
    "article/news": (150, 190),
    "evidence/post-name": (150, 320),
    "figure": (470, 115),
    "role": (470, 320),
    "place/japan": (780, 45),
    "place/laos": (780, 120),
    "sector/education": (780, 195),
    "person/haruto-sato": (780, 285),
    "position/foreign-minister": (780, 360),
}
LINKS = """SELECT ?from ?link ?to {
  VALUES ?link { kg:evidence kg:statedIn kg:donor kg:recipient kg:sector kg:heldBy kg:position oa:hasSource }
  ?from ?link ?to } ORDER BY ?from ?link ?to"""
PREFIXES = {"kg": "https://w3id.org/kg-news/ontology#", "oa": "http://www.w3.org/ns/oa#"}


def picture(sentence: str, folder: Path) -> str:
    """The graph of an article that is one sentence, as SVG; the article is written into ``folder``."""
    (folder / "news.txt").write_text(sentence, encoding="utf-8")
    drawn = build([folder / "news.txt"])
    boxes: dict[str, tuple[int, int]] = {}
    lines = []
    for start, link, end in drawn.store.db.query(LINKS, prefixes=PREFIXES):
        there, here = (PLACES.get(_key(node.value)) for node in (end, start))
        if here and there:
            boxes |= {start.value: here, end.value: there}
            lines.append(_arrow(here, there, re.split(r"[#/]", link.value)[-1]))
    body = [*lines, *(_box(drawn, iri, at) for iri, at in boxes.items())]
    return "\n".join([HEAD, *body, "</svg>", ""])


HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 930 400" font-family="sans-serif" font-size="13">
<title>What is read from one sentence: a sum and a post, with their quotes</title>
<defs><marker id="tip" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0 0L10 5L0 10z" fill="#666"/></marker></defs>
<rect width="930" height="400" fill="#fff"/>"""
WIDTH, LINE = 240, 18


def _key(iri: str) -> str:
    """The key of ``PLACES`` for a node, as if it had no offsets and no amounts."""
    rest = re.sub(r"^https://w3id.org/kg-news/(id/)?", "", iri)
    rest = re.sub(r"^article/news/(evidence/)\d+-\d+-", r"\1", rest)
    return re.sub(r"^article/news/(figure|role)/.*", r"\1", rest)


def _arrow(start: tuple[int, int], end: tuple[int, int], name: str) -> str:
    """From the edge of one box to that of the other, with the property's name in its middle."""
    side = (end[0] > start[0]) - (end[0] < start[0])
    down = 0 if side else (1 if end[1] > start[1] else -1)
    x1, x2 = start[0] + side * WIDTH // 2, end[0] - side * WIDTH // 2
    y1, y2 = start[1] + down * 30, end[1] - down * 22
    x, y = (x1 + x2) // 2, (y1 + y2) // 2
    return (
        f'<path d="M{x1} {y1}L{x2} {y2}" stroke="#666" marker-end="url(#tip)"/>\n'
        f'<text x="{x + (36 if down else 0)}" y="{y - (0 if down else 5)}" text-anchor="middle" fill="#333" '
        f'stroke="#fff" stroke-width="4" paint-order="stroke" font-size="12">{escape(name)}</text>'
    )


def _box(drawn: Graph, iri: str, at: tuple[int, int]) -> str:
    """A box with what the node is and the plain values it has."""
    lines = _lines(drawn, iri)
    height = LINE * len(lines) + 10
    color = {"evidence": "#fff4d6", "figure": "#dcecff", "role": "#dcecff"}.get(iri.split("/")[-2], "#eef5ea")
    top = at[1] - height // 2
    rows = [
        f'<text x="{at[0]}" y="{top + LINE * (number + 1)}" text-anchor="middle"'
        f"{' font-weight=' + chr(34) + 'bold' + chr(34) if number == 0 else ''}>{escape(line)}</text>"
        for number, line in enumerate(lines)
    ]
    left = at[0] - WIDTH // 2
    frame = f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{height}" rx="6" fill="{color}" stroke="#888"/>'
    return "\n".join([frame, *rows])


def _lines(drawn: Graph, iri: str) -> list[str]:
    text = f"""SELECT ?link ?value WHERE {{ VALUES ?s {{ <{iri}> }} {{ ?s ?link ?value }} UNION
      {{ ?s oa:hasSelector ?x . ?x ?link ?value }} }} ORDER BY ?link ?value"""
    have = {
        re.split(r"[#/]", link.value)[-1]: value.value for link, value in drawn.store.db.query(text, prefixes=PREFIXES)
    }
    if "exact" in have:
        quote = have["exact"]
        cut = quote if len(quote) < 30 else quote[:29].rpartition(" ")[0] + " …"
        return [f"“{cut}”", f"characters {have['start']} to {have['end']}", f"rule {have['rule']}"]
    slug = iri.rpartition("/")[2]
    if "/figure/" in iri:
        status, qualifier = (have[key].rpartition("#")[2] for key in ("status", "qualifier"))
        return ["kg:AidFigure", f"amount {have['amount']}", f"currency {have['currency']}", f"{qualifier}, {status}"]
    if "/role/" in iri:
        return ["kg:Role", f"title “{have['title']}”"]
    kind = iri.split("/")[-2]
    return ["kg:Article" if kind == "article" else kind, slug]
