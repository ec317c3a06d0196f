"""The forms in which rows and triples are sent, and the choice among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.formats import FORMATS
from kg.serve.negotiate import choose
from kg.serve.problems import Problem, Refused

Engine = TypeVar("Engine", QueryResultsFormat, RdfFormat)


@dataclass(frozen=True, slots=True)
class Form(Generic[Engine]):
    """A form: its name in ``format=``, the media type it is sent with, and the engine's own name for it."""

    name: str
    media_type: str
    engine: Engine

    @property
    def content_type(self) -> str:
        """The media type with its charset, where it has one."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


_JSON: Final = QueryResultsFormat.JSON
_TRIPLES: Final = tuple(Form(form.name, form.media_type, form.rdf) for form in FORMATS if not form.graphs)
_JSON_LD: Final = Form("json-ld", "application/ld+json", RdfFormat.JSON_LD)

#: Forms of rows; the first is for who accepts anything. Some go by a second media type, and are sent as it where only
#: that is accepted.
ROWS: Final = (
    Form("json", "application/sparql-results+json", _JSON),
    Form("xml", "application/sparql-results+xml", QueryResultsFormat.XML),
    Form("csv", "text/csv", QueryResultsFormat.CSV),
    Form("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
    Form("json", "application/json", _JSON),
)
#: Forms of a yes or no, which has no table.
TRUTH: Final = tuple(form for form in ROWS if form.engine in (_JSON, QueryResultsFormat.XML))
#: Forms of triples.
TRIPLES: Final = (
    *_TRIPLES[:1], _JSON_LD, *_TRIPLES[1:],
    Form("json-ld", "application/json", RdfFormat.JSON_LD),
    Form("ntriples", "text/plain", RdfFormat.N_TRIPLES),
)  # fmt: skip


def chosen(forms: Sequence[Form[Engine]], accept: str | None, name: str = "") -> Form[Engine]:
    """The form called ``name``, if these have it, or the one that ``accept`` likes best.

    Raises Refused (406), with what is offered, where it likes none.
    """
    named = next((form for form in forms if form.name == name), None)
    if named is not None:
        return named
    by_type: Mapping[str, Form[Engine]] = {form.media_type: form for form in forms}
    liked = choose(accept, tuple(by_type))
    if liked is None:
        raise Refused(Problem(406, "none of the media types that are accepted is offered", offered=tuple(by_type)))
    return by_type[liked]
