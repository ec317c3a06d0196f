"""A triple store to load into: what can be asked of it and done to it, whatever server it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Final, TypeVar

from pyoxigraph import RdfFormat, parse, serialize

from kg.errors import KgError
from kg.load.values import differences
from kg.remote.detect import select
from kg.remote.http import Client
from kg.remote.profiles import Profile

#: How many graphs one question names: few enough for every server's parser.
GRAPHS_AT_ONCE: Final = 200

#: How many triples one request adds at most, some 50 MB: a server that stalls over a longer body loses the connection,
#: and copies of all of it would fill the memory on both sides.
PART: Final = 200_000

Item = TypeVar("Item")

_UPDATE: Final = {"Content-Type": "application/sparql-update; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Target:
    """A store at its endpoints. ``graphs_url`` is the Graph Store where that is to be used, else None."""

    profile: Profile
    client: Client
    query_url: str
    update_url: str
    graphs_url: str | None
    bulk_url: str | None

    def select(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT, each a mapping of variable to term in N-Triples form. Raises KgError."""
        return select(self.client, self.query_url, query)

    def update(self, text: str) -> None:
        """Run an update, of one or several operations. Raises KgError."""
        self.client.request("POST", self.update_url, data=text.encode(), headers=_UPDATE)

    def counts(self, graphs: Iterable[str]) -> dict[str, int]:
        """How many triples the target holds in each of ``graphs``; those it has none of are left out."""
        wanted = list(graphs)
        if wanted and self.profile.scans:
            found = self._all_counts()
            return {graph: found[graph] for graph in wanted if graph in found}
        found = {}
        for part in chunks(wanted, GRAPHS_AT_ONCE):
            named = " ".join(f"<{graph}>" for graph in part)
            rows = self.select(
                f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {named} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            )
            found.update(_counted(rows))
        return found

    def _all_counts(self) -> dict[str, int]:
        """How many triples the target holds in each of its graphs: the whole store is read once for a page of them."""
        found: dict[str, int] = {}
        groups, limit = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", self.profile.rows
        after = ""
        while True:
            rows = self.select(f"SELECT ?g ?n {{ {{ {groups} }}{after} }} ORDER BY STR(?g) LIMIT {limit}")
            found.update(_counted(rows))
            if len(rows) < limit:
                return found
            # By the last IRI of the page before: with OFFSET, a graph that comes between would shift them.
            after = f' FILTER(STR(?g) > "{rows[-1]["g"][1:-1]}")'

    def write(self, graph: str, lines: Sequence[bytes], *, new: bool = False) -> None:
        """Make ``lines`` the whole content of ``graph``: in one request unless there are more than ``PART`` or than
        the server takes.

        ``new`` says that the target has no such graph. Then it is not emptied first, for which Virtuoso looks
        through all it holds; done twice, it is what it was.
        """
        if self.graphs_url is not None:
            for number, piece in enumerate(chunks(lines, PART) if lines else [[]]):
                body = self.profile.preface.encode() + b"".join(piece)
                self._graph_store("POST" if new or number else "PUT", graph, body)
            return
        limit = self.profile.update_triples or PART
        first = [] if new else [f"DROP SILENT GRAPH <{graph}>"]
        parts = [insert(graph, part) for part in chunks(lines, limit)]
        for part in [" ;\n".join(first + parts)] if len(parts) == 1 else first + parts:
            self.update(part)

    def add(self, quads: bytes) -> None:
        """Add N-Quads, no more than ``PART``, to the graphs they name. Raises KgError."""
        assert self.bulk_url is not None
        self.client.request("POST", self.bulk_url, data=quads, headers={"Content-Type": "application/n-quads"})

    def drop(self, graph: str) -> None:
        """Remove ``graph``, or do nothing where there is none."""
        self.update(f"DROP SILENT GRAPH <{graph}>")

    def read(self, graph: str, expected: Sequence[bytes]) -> list[bytes]:
        """The triples of ``graph``, which may be those of ``expected``, as sorted lines of N-Triples.

        In one answer where the server gives answers of that length, else by pages; where these are not what was
        expected, as servers may sort each page as they like, by as many subjects as fit in an answer.
        """
        limit = self.profile.rows
        if self.graphs_url is not None and not (limit and len(expected) > limit):
            headers = {"Accept": "application/n-triples"}
            answer = self.client.request(
                "GET", self.graphs_url, params={"graph": graph}, headers=headers, accept=(404,)
            )
            return [] if answer.status_code == 404 else _lines(answer.content, expected)
        if limit and len(expected) > limit:
            found = self._paged(graph, expected, limit)
            if found is not None:
                return found
        return sorted(set(self._by_subjects(graph, Counter(line.split(b" ", 1)[0].decode() for line in expected))))

    def _paged(self, graph: str, expected: Sequence[bytes], limit: int) -> list[bytes] | None:
        """The triples of a graph by pages in the server's own order; None where they do not say what is expected."""
        pages = []
        for start in count(0, limit):
            text = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT {limit} OFFSET {start}"
            headers = {"Accept": "application/n-triples"}
            pages.append(self.client.request("POST", self.query_url, data={"query": text}, headers=headers).content)
            if pages[-1].count(b" .\n") < limit:
                break
        triples = _lines(b"".join(pages), expected)
        return triples if triples == expected or differences(expected, triples) == ([], []) else None

    def _by_subjects(self, graph: str, subjects: Mapping[str, int]) -> Iterator[bytes]:
        """The triples of ``graph``, which has about ``subjects`` (to how many triples), as lines of N-Triples."""
        limit = self.profile.rows
        for part in _portions(subjects, limit) if limit else [None]:
            named = f"VALUES ?s {{ {' '.join(part)} }} " if part else ""
            pattern = f"{named}GRAPH <{graph}> {{ ?s ?p ?o }}"
            fits = part is None or sum(subjects[subject] for subject in part) <= limit
            for row in self.select(f"SELECT ?s ?p ?o {{ {pattern} }}") if fits else self._pages(pattern, limit):
                yield f"{row['s']} {row['p']} {row['o']} .\n".encode()

    def _pages(self, pattern: str, limit: int) -> Iterator[dict[str, str]]:
        """The rows of a pattern of ?s, ?p and ?o, by pages: one subject may have more triples than an answer holds."""
        for start in count(0, limit):
            # Sorted inside and counted outside: Virtuoso refuses to sort what it then skips far into.
            text = f"SELECT ?s ?p ?o {{ {{ SELECT ?s ?p ?o {{ {pattern} }} ORDER BY ?s ?p ?o }} }}"
            rows = self.select(f"{text} LIMIT {limit} OFFSET {start}")
            yield from rows
            if len(rows) < limit:
                return

    def _graph_store(self, method: str, graph: str, body: bytes) -> None:
        assert self.graphs_url is not None
        self.client.request(
            method,
            self.graphs_url,
            # Never without a graph: some servers then replace everything, others load nothing and say 200.
            params={"graph": graph},
            data=body,
            headers={"Content-Type": f"{self.profile.media_type}; charset=utf-8"},
        )


def _counted(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, int]]:
    """Graphs and their numbers of triples, of the rows that count any: an empty group has no graph in some stores."""
    for row in rows:
        if "g" in row and (number := int(row["n"].split('"')[1])):
            yield row["g"][1:-1], number


def _lines(triples: bytes, expected: Sequence[bytes]) -> list[bytes]:
    """N-Triples as this project writes them, as sorted lines. Raises KgError for what is no N-Triples.

    They are taken as they are where they are what is ``expected``, and parsed only otherwise.
    """
    found = sorted(triples.splitlines(keepends=True))
    if found == expected:
        return found
    try:
        written = serialize(parse(triples, RdfFormat.N_TRIPLES), format=RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise KgError(f"the target gives a graph in what is no N-Triples: {error}") from error
    assert written is not None, "without a file to write to, the text is returned"
    return sorted(set(written.splitlines(keepends=True)))


def insert(graph: str, lines: Iterable[bytes]) -> str:
    """An INSERT DATA of lines of N-Triples into ``graph``."""
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{b''.join(lines).decode()}}} }}"


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """``items`` in lists of ``size``, the last maybe shorter."""
    for _, part in groupby(enumerate(items), key=lambda pair: pair[0] // size):
        yield [item for _, item in part]


def _portions(subjects: Mapping[str, int], limit: int) -> Iterator[list[str]]:
    """``subjects`` in lists that together have at most ``limit`` triples and are no longer than a question may be."""
    portion: list[str] = []
    size = 0
    for subject, triples in subjects.items():
        if portion and (size + triples > limit or len(portion) == GRAPHS_AT_ONCE):
            yield portion
            portion, size = [], 0
        portion.append(subject)
        size += triples
    if portion:
        yield portion
