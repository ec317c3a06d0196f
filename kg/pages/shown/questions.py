"""The prepared queries: all of them, one with its form and answer, and how programs ask them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kg.pages.scale import scale
from kg.query import Query
from kg.store import Store
from kg.views.questions import PAGE, Question, groups, question

if TYPE_CHECKING:
    from kg.pages import Asked

#: How the name of a downloaded file ends, by the format's name in the API.
_ENDINGS: Final = {
    "csv": "csv", "tsv": "tsv", "json": "json", "sparql-json": "srj", "sparql-xml": "srx",
    "turtle": "ttl", "json-ld": "jsonld", "ntriples": "nt", "xml": "rdf",
}  # fmt: skip
_HEADER: Final = re.compile(r"^#\+.*\n", re.MULTILINE)
_NUMBER: Final = re.compile(r"[0-9]{1,7}")


def queries(_store: Store, _asked: Asked) -> tuple[str, dict[str, object]]:
    """All prepared queries."""
    return "queries.html", {"groups": groups()}


def query(store: Store, asked: Asked) -> tuple[str, dict[str, object]] | None:
    """One prepared query; with status 400 where a value is not accepted."""
    offset = asked.value("offset")
    found = question(
        store,
        asked.path.removeprefix("queries/"),
        dict(reversed(asked.parameters)),
        language=asked.language,
        offset=int(offset) if _NUMBER.fullmatch(offset) else 0,
    )
    if found is None:
        return None
    return "query.html", {
        "status": 200 if found.accepted else 400,
        "question": found,
        "view": "chart" if asked.value("as") == "chart" and (found.charts or not found.accepted) else "table",
        "asked_for": _asked_for(found),
        "page_size": PAGE,
        "endings": _ENDINGS,
        "scale": scale,
        "sparql": _without_header(found.query),
    }


def api(_store: Store, _asked: Asked) -> tuple[str, dict[str, object]]:
    """How programs ask."""
    return "api.html", {"groups": groups()}


def _asked_for(found: Question) -> Callable[[str, int], dict[str, str]]:
    """What makes the parameters of a link to the same question, shown so, from such a row on."""

    def parameters(view: str, offset: int) -> dict[str, str]:
        told = {"as": view if view != "table" else "", "offset": str(max(0, offset) or "")}
        return {**found.given, **{name: value for name, value in told.items() if value}}

    return parameters


def _without_header(one: Query) -> str:
    """The SPARQL of a query, without what is told of it."""
    return _HEADER.sub("", one.text).strip()
