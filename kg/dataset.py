"""What the questions are asked of: a store on this machine, or one that answers SPARQL elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

#: Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE, or the yes or no of an ASK.
Answered: TypeAlias = QuerySolutions | QueryTriples | QueryBoolean | Iterator[Triple]


class Dataset(Protocol):
    """The merged facts as default graph, and the named graphs of the articles; ``base`` begins the IRIs minted."""

    @property
    def base(self) -> str:
        """The start of the IRIs of entities and articles."""

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | Literal | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The quads of a graph, the merged facts if none is named, with these terms; None is any."""

    def answer(self, text: str) -> Answered:
        """What is answered to a query, our prefixes known.

        Raises SyntaxError for what is no SPARQL; ValueError, RuntimeError or OSError where the engine gives up;
        KgError, with the server's words, for a store elsewhere.
        """

    def read_ahead(self, nodes: Iterable[NamedNode]) -> None:
        """Have ready what ``match`` will be asked of these nodes; a store on this machine need not."""
