"""Where an article stands in the file it was read from, kept beside its text so that a quote can be found there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.model import Article
from kg.vocab import BASE, article_iri, body_graph, kg, text


@dataclass(frozen=True, slots=True)
class Source:
    """A file and its marks: (offset in the article's text, line, column), sorted; lines and columns count from 1."""

    file: str
    marks: tuple[tuple[int, int, int], ...]

    def locate(self, offset: int) -> str:
        """``file:line:column`` of an offset; empty where it is unknown."""
        index = bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1
        if index < 0:
            return ""
        start, line, column = self.marks[index]
        return f"{self.file}:{line}:{column + offset - start}"


def map_source(article: Article, *, base: str = BASE) -> Iterator[Quad]:
    """File and marks of an article, in the graph of its text; nothing where they are not known."""
    marks = sorted(
        mark
        for paragraph in article.paragraphs
        if paragraph.line
        for mark in ((paragraph.start, paragraph.line, paragraph.column), *paragraph.breaks)
    )
    if article.path and marks:
        node, graph = NamedNode(article_iri(article.id, base=base)), body_graph(article.id, base=base)
        yield Quad(node, kg("file"), text(article.path), graph)
        yield Quad(node, kg("lineMap"), text(" ".join(":".join(map(str, mark)) for mark in marks)), graph)


def read_source(file: str, line_map: str) -> Source:
    """What ``map_source`` wrote. Raises ValueError for another text."""
    marks = (tuple(map(int, mark.split(":"))) for mark in line_map.split())
    return Source(file, tuple((start, line, column) for start, line, column in marks))
