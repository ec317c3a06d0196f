"""The graph as a Python object: the command line as methods, each importing what it needs when it is called."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Dataset

    from kg.explain import Explanation
    from kg.findings import Report
    from kg.model import Skipped
    from kg.query import Answer
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read and found.

    Of the ``articles`` that the graph is made of now, ``read`` were read anew; ``removed`` were in the store and are
    not any more. ``languages`` and ``facts`` count articles and facts by language and kind; ``unproven`` counts
    the facts that were left out because their evidence did not check; ``triples`` are those of the merged graph.
    """

    articles: int
    read: int
    removed: int
    languages: Mapping[str, int]
    facts: Mapping[str, int]
    entities: int
    triples: int
    unproven: int
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True)
class Graph:
    """A knowledge graph. ``summary`` is there where it was built just now; ``Graph.open`` reads one from disk."""

    store: Store
    summary: Summary | None = None

    @classmethod
    def open(cls, path: str | Path) -> Graph:
        """The graph in the store at ``path``. Raises KgError where there is none that can be read."""
        from kg.store import open_store

        return cls(open_store(Path(path)))

    def __len__(self) -> int:
        """How many triples the merged graph has."""
        from kg.store import count_triples

        return count_triples(self.store.db)

    @cached_property
    def dataset(self) -> Dataset:
        """The graph as an rdflib.Dataset over the store, not a copy.

        Its default graph is the merged facts. Plain texts come out with an explicit ``xsd:string``, which
        rdflib holds unequal to a literal without one.
        """
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self.store.db))

    def validate(self) -> Report:
        """What the shapes find in the graph, each finding with the sentence behind it."""
        from kg.validate import validate_store

        return validate_store(self.store)

    def export(self, form: str = "turtle", *, with_text: bool = False) -> bytes:
        """The graph in the format ``form``; article bodies only ``with_text``. Raises KgError for an unknown format."""
        from kg.formats import by_name, write_graph

        output = io.BytesIO()
        write_graph(self.store, by_name(form), output, with_text=with_text)
        return output.getvalue()

    def query(self, name: str, /, **parameters: str) -> Answer:
        """What the prepared query ``name`` gives; values of parameters as a user writes them.

        Raises KgError for an unknown query or parameter, or a value that is not accepted.
        """
        from kg.query import run

        return run(self.store, name, parameters)

    def sparql(self, text: str) -> Answer:
        """What a SPARQL query gives. Raises KgError for what is not SPARQL, and for updates and SERVICE."""
        from kg.query import sparql

        return sparql(self.store, text)

    def explain(self, name: str, *, languages: tuple[str, ...] = ()) -> Explanation:
        """All that is said of an entity, with the quotes behind it. Raises KgError for an unknown or ambiguous name."""
        from kg.explain import explain

        return explain(self.store, name, languages=languages)

    def _repr_html_(self) -> str:
        from kg.notebook import graph_html

        return graph_html(self.store, skipped=len(self.summary.skipped) if self.summary else 0)
