"""SPARQL 1.1 Protocol: what a query asks is read from a request here, and answered in a worker process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, serialize

from kg.query import not_sparql
from kg.query.guard import check
from kg.serve.jobs import Body, Head
from kg.serve.problems import Refused, of_error, refuse
from kg.serve.rdf import ROWS, TRIPLES, TRUTH, chosen
from kg.store import Store
from kg.vocab import PREFIXES

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"

#: Parameters that may come once, and those that come as often as there are graphs.
_ONCE: Final = ("query", "format")
_OF_UPDATES: Final = ("update", "using-graph-uri", "using-named-graph-uri")
_MOST_PARAMETERS: Final = 1_000
_WITH_ARTICLE: Final = {"query": "a query", "update": "an update"}


@dataclass(frozen=True, kw_only=True)  # without slots, which would be pickled field by field
class SparqlAsked:
    """A query, the graphs it sees where the request names them, the forms accepted, and the hosts SERVICE may ask."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: str | None = None
    format: str = ""
    hosts: tuple[str, ...] = ()


def read_query(
    method: str, query_string: bytes, content_type: str, body: bytes, *, accept: str | None, hosts: tuple[str, ...]
) -> SparqlAsked | None:
    """What a request asks; None for a GET that asks no query. Raises Refused for what the protocol does not allow."""
    parameters, direct = (
        read_sent(query_string, content_type, body, direct=QUERY, name="query")
        if method == "POST"
        else (_parameters(query_string), None)
    )
    for name in _OF_UPDATES:
        if any(key == name for key, _ in parameters):
            raise refuse(
                403,
                "nothing is changed here",
                hint="What comes from articles changes with kg build; updates go to /update, where they are taken.",
            )
    queries = [value for key, value in parameters if key == "query"] + ([direct] if direct is not None else [])
    if len(queries) > 1:
        raise refuse(400, f"{len(queries)} queries were sent; one at a time is answered")
    if not queries:
        if method == "POST":
            raise refuse(400, "no query was sent", hint="Send it as the parameter query.")
        return None
    return SparqlAsked(
        query=queries[0],
        default_graphs=tuple(value for key, value in parameters if key == "default-graph-uri"),
        named_graphs=tuple(value for key, value in parameters if key == "named-graph-uri"),
        accept=accept,
        format=next((value for key, value in parameters if key == "format"), ""),
        hosts=hosts,
    )


def read_sent(
    query_string: bytes, content_type: str, body: bytes, *, direct: str, name: str
) -> tuple[list[tuple[str, str]], str | None]:
    """The parameters of a POST, and the text that it is, where it comes as the media type ``direct``.

    ``name`` is what is sent: a query, an update. Raises Refused.
    """
    parameters = _parameters(query_string)
    media_type, _, rest = content_type.partition(";")
    media_type = media_type.strip().lower()
    charset = _charset(rest)
    if media_type not in (FORM, direct):
        told = (
            f"{_WITH_ARTICLE[name]} does not come as '{media_type}'"
            if media_type
            else "the request has no Content-Type"
        )
        hint = f"Send it as {direct}, or as the parameter {name} of {FORM}."
        raise refuse(415, told, hint=hint, accept_post=f"{direct}, {FORM}")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise refuse(415, f"{_WITH_ARTICLE[name]} comes as UTF-8, not as '{charset}'")
    if media_type == direct:
        return parameters, _text(body, name)
    return parameters + _parameters(body), None


def answer_query(store: Store, asked: SparqlAsked) -> tuple[Head, Body]:
    """The job: the answer to a query, in the form that is accepted. Raises Refused."""
    check(asked.query, where="query", hosts=asked.hosts)
    default_graphs, named_graphs = _dataset(asked)
    prefixes = {**PREFIXES, "kgid": store.base}

    def ask(known: dict[str, str] | None) -> QueryBoolean | QuerySolutions | QueryTriples:
        return store.db.query(
            asked.query, base_iri=store.base, prefixes=known, default_graph=default_graphs, named_graphs=named_graphs
        )

    try:
        try:
            answer = ask(None)  # to hand over prefixes takes longer than to read the query
        except SyntaxError:
            answer = ask(prefixes)
    except SyntaxError as error:
        raise Refused(of_error(not_sparql(str(error), asked.query, "query"))) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise refuse(500, f"the query cannot be answered: {error}") from error
    if isinstance(answer, QueryBoolean | QuerySolutions):
        rows = chosen(TRUTH if isinstance(answer, QueryBoolean) else ROWS, asked.accept, asked.format)
        return Head(rows.content_type), lambda output: answer.serialize(output, rows.engine)
    triples = chosen(TRIPLES, asked.accept, asked.format)
    return Head(triples.content_type), lambda output: serialize(answer, output, triples.engine, prefixes=prefixes)


def _dataset(
    asked: SparqlAsked,
) -> tuple[list[NamedNode | BlankNode | DefaultGraph] | None, list[NamedNode | BlankNode] | None]:
    """The graphs a query sees: those that the request names, if it names any, and no others."""
    if not asked.default_graphs and not asked.named_graphs:
        return None, None
    try:
        return [NamedNode(iri) for iri in asked.default_graphs], [NamedNode(iri) for iri in asked.named_graphs]
    except ValueError as error:
        raise refuse(400, f"a graph is named by its full IRI: {error}") from None


def _parameters(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise refuse(400, "the parameters are not UTF-8, percent-encoded") from None
    except ValueError as error:
        raise refuse(400, f"the parameters cannot be read: {error}") from None


def _charset(parameters: str) -> str:
    """The charset among the parameters of a media type."""
    found = re.search(r"""charset\s*=\s*"?([^\s;"]*)""", parameters, re.IGNORECASE)
    return found[1].lower() if found else ""


def _text(body: bytes, name: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(400, f"the {name} is not UTF-8: {error.reason} at byte {error.start}") from None
