"""The prepared queries as an API: ``/api/NAME?param=…``, as plain JSON, in the formats of the W3C, or as RDF.

``read`` makes of a request what is asked, and needs no store; ``answer`` is the job of a worker that answers it. As a
store does not change, what was answered once may be answered again: ``tag`` names an answer.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Final
from urllib.parse import quote, urlencode

from kg.errors import KgError, UnknownName
from kg.formats import FORMATS, write_triples
from kg.query import Query, lists, named, queries, run_query
from kg.query.absent import absent, unlabelled
from kg.query.quotes import Quotes
from kg.resources import VERSION
from kg.serve.jobs import Head
from kg.serve.negotiate import choose
from kg.serve.problems import Problem, Refused
from kg.serve.rows import plain
from kg.store import Store
from kg.tables import Labels, Rows, render, with_labels

#: Formats of rows by the name that ``?format=`` takes, with their media types; the first is for those who ask for none.
ROWS: Final[Mapping[str, str]] = {
    "json": "application/json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "sparql-json": "application/sparql-results+json",
    "sparql-xml": "application/sparql-results+xml",
}
#: Formats of triples, for queries that construct some.
TRIPLES: Final[Mapping[str, str]] = {
    "json": "application/json",
    **{form.name: form.media_type for form in FORMATS if form.name in ("json-ld", "turtle", "ntriples", "xml")},
}
#: Parameters of every query, and what each takes.
OPTIONS: Final[Mapping[str, str]] = {
    "format": "the name of a format",
    "lang": "codes of languages, the preferred first, such as fr,en",
    "cite": "true or false",
    "limit": "a number of rows, from 1 to 10000",
    "offset": "a number of rows to pass over, from 0 to 1000000000",
}
#: Those of queries that construct triples: labels of all languages are among those.
OF_TRIPLES: Final = ("format", "lang")
MOST_ROWS: Final = 10_000
FARTHEST: Final = 1_000_000_000

_LANGUAGES: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(,[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)*")
_NUMBER: Final = re.compile(r"[0-9]{1,10}")
_CONSTRUCT: Final = re.compile(r"^\s*CONSTRUCT\b", re.MULTILINE)
#: How ``kg.tables`` calls the formats that are its own.
_OF_TABLES: Final = {"csv": "csv", "tsv": "tsv", "sparql-json": "json", "sparql-xml": "xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: the query's name, values of its parameters, and how to answer.

    ``path`` is the address without its query, for links; ``form`` a key of ``ROWS`` or ``TRIPLES``. A ``limit`` of 0 is
    none.
    """

    name: str
    values: tuple[tuple[str, str], ...] = ()
    form: str = "json"
    languages: tuple[str, ...] = ()
    cite: bool = False
    limit: int = 0
    offset: int = 0
    path: str = ""

    @property
    def media_type(self) -> str:
        """That of the answer."""
        return {**ROWS, **TRIPLES}[self.form]


def forms(query: Query) -> Mapping[str, str]:
    """The formats in which a query answers, with their media types."""
    return TRIPLES if constructs(query) else ROWS


def constructs(query: Query) -> bool:
    """Whether the answer is triples and not rows."""
    return query.text in _constructing()


def read(name: str, parameters: Iterable[tuple[str, str]], *, accept: str | None, path: str) -> Asked:
    """What is asked. Raises Refused: 404 for an unknown query, 400 for a wrong parameter, 406 for a format."""
    query = _query(name)
    given: dict[str, str] = {}
    for key, value in parameters:
        if key in given:
            raise _wrong(key, "it is given twice", "Give it once.")
        given[key] = value
    own = {parameter.name for parameter in query.parameters}
    options = OF_TRIPLES if constructs(query) else tuple(OPTIONS)
    for key in given:
        if key not in own and key not in options:
            raise _unknown(key, query, options)
    language = given.get("lang", "")
    if "lang" in given and not _LANGUAGES.fullmatch(language):
        raise _wrong("lang", f"'{language}' is no list of languages", f"It takes {OPTIONS['lang']}.")
    if given.get("cite", "false") not in ("true", "false"):
        raise _wrong("cite", f"'{given['cite']}' is neither true nor false", f"It takes {OPTIONS['cite']}.")
    return Asked(
        name=name,
        values=tuple((key, value) for key, value in given.items() if key in own),
        form=_form(query, given.get("format"), accept),
        languages=tuple(language.lower().split(",")) if language and not constructs(query) else (),
        cite=given.get("cite") == "true",
        limit=_count("limit", given, 1, MOST_ROWS),
        offset=_count("offset", given, 0, FARTHEST),
        path=path,
    )


def tag(asked: Asked, generation: str) -> str:
    """A strong entity tag (RFC 9110, section 8.8.3) of the answer that a generation of a store gives."""
    told = f"{VERSION}\n{generation}\n{asked}".encode("utf-8", "surrogatepass")
    return f'"{hashlib.blake2b(told, digest_size=12).hexdigest()}"'


def answer(store: Store, asked: Asked) -> tuple[Head, bytes]:
    """The answer. Raises Refused: 404 where a value names nothing there is, 400 where its type does not accept it."""
    query = named(asked.name)
    # One row more than asked for says whether a page follows.
    limit = asked.limit + 1 if asked.limit else None
    try:
        found = run_query(store, query, dict(asked.values), limit=limit, offset=asked.offset)
    except KgError as error:
        raise _of_value(error) from None
    if not isinstance(found, Rows):
        assert isinstance(found, tuple), "no prepared query is an ASK"
        output = io.BytesIO()
        wanted = "json-ld" if asked.form == "json" else asked.form
        write_triples(found, next(form for form in FORMATS if form.name == wanted), output, base=store.base)
        return _head(asked), output.getvalue()
    more = limit is not None and len(found.rows) == limit
    rows = Rows(found.columns, found.rows[: asked.limit]) if asked.limit else found
    links = _pages(asked, more=more)
    body = _plain(store, query, rows, asked, links) if asked.form == "json" else _tabular(store, rows, asked)
    return _head(asked, links), body


def index(root: str) -> bytes:
    """All queries and what they take, as JSON; ``root`` is the path the server stands at."""
    listed = [
        {
            "name": query.name,
            "summary": query.summary,
            "description": query.description,
            "tags": query.tags,
            "parameters": [
                {"name": each.name, "type": each.type, "doc": each.doc, "default": each.plain_default or None}
                for each in query.parameters
            ],
            "formats": list(forms(query)),
            "href": f"{root}/api/{query.name}",
        }
        for query in queries()
    ]
    return _json({"queries": listed, "openapi": f"{root}/api/openapi.json"})


@cache
def _constructing() -> frozenset[str]:
    return frozenset(query.text for query in queries() if _CONSTRUCT.search(query.text))


def _query(name: str) -> Query:
    try:
        return named(name)
    except UnknownName as error:
        raise Refused(Problem(404, error.message, hint=error.hint)) from None


def _form(query: Query, name: str | None, accept: str | None) -> str:
    known = forms(query)
    if name is not None:
        if name not in known:
            raise _wrong("format", f"there is no format '{name}'", f"One of: {', '.join(known)}")
        return name
    media_type = choose(accept, tuple(known.values()))
    if media_type is None:
        raise Refused(Problem(406, "No form on offer is accepted.", offered=tuple(known.values())))
    return next(key for key, value in known.items() if value == media_type)


def _count(name: str, given: Mapping[str, str], least: int, most: int) -> int:
    value = given.get(name)
    if value is None:
        return 0
    if not _NUMBER.fullmatch(value) or not least <= int(value) <= most:
        raise _wrong(name, f"'{value}' is not {OPTIONS[name]}", f"It takes {OPTIONS[name]}.")
    return int(value)


def _unknown(name: str, query: Query, options: Sequence[str]) -> Refused:
    names = [*(parameter.name for parameter in query.parameters), *options]
    near = get_close_matches(name, names, n=1)
    hint = (f"Did you mean '{near[0]}'? " if near else "") + f"It takes: {', '.join(names)}."
    return _wrong(name, f"the query '{query.name}' has no parameter '{name}'", hint)


def _wrong(name: str, detail: str, hint: str) -> Refused:
    return Refused(Problem(400, detail, hint=hint, parameter=name))


def _of_value(error: KgError) -> Refused:
    """A value its parameter does not accept. What names nothing is well written and not found."""
    status = 404 if isinstance(error, UnknownName) else 400
    name = error.where.removeprefix("--") if error.where.startswith("--") else ""
    return Refused(Problem(status, error.message, hint=error.hint, parameter=name))


def _plain(store: Store, query: Query, rows: Rows, asked: Asked, links: Mapping[str, str]) -> bytes:
    quotes = Quotes(store).behind(rows) if asked.cite else None
    told = plain(rows, Labels(store, asked.languages), lists=lists(query), quotes=quotes)
    missing = (*absent(store, query, dict(asked.values)).values(), *unlabelled(store, asked.languages))
    notes = [str(each) for each in missing]
    return _json({"query": query.name, "offset": asked.offset, "next": links.get("next"), "notes": notes, **told})


def _tabular(store: Store, rows: Rows, asked: Asked) -> bytes:
    """As the command line writes it: labels and quotes in columns of their own where they are asked for."""
    labels = Labels(store, asked.languages)
    quotes = Quotes(store).cited(rows) if asked.cite else ()
    shown = with_labels(rows, labels) if asked.languages else rows
    return render(shown, _OF_TABLES[asked.form], text=labels.text, quotes=quotes)


def _head(asked: Asked, links: Mapping[str, str] | None = None) -> Head:
    kind = asked.media_type
    header = "; header=present" if kind == "text/csv" else ""
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    listed = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in (links or {}).items())
    return Head(f"{kind}{charset}{header}", fields=(("Link", listed),) if listed else ())


def _pages(asked: Asked, *, more: bool) -> dict[str, str]:
    """Addresses of the pages beside this one, by relation (RFC 8288); none where all rows were asked for."""
    if not asked.limit:
        return {}
    pages = {"first": 0}
    if asked.offset:
        pages["prev"] = max(0, asked.offset - asked.limit)
    if more and asked.offset + asked.limit <= FARTHEST:
        pages["next"] = asked.offset + asked.limit
    return {relation: address(replace(asked, offset=offset)) for relation, offset in pages.items()}


def address(asked: Asked) -> str:
    """The path and query that ask this."""
    told = [
        *asked.values,
        ("format", asked.form),
        ("lang", ",".join(asked.languages)),
        ("cite", "true" if asked.cite else ""),
        ("limit", str(asked.limit or "")),
        ("offset", str(asked.offset or "")),
    ]
    given = len(asked.values)
    return f"{quote(asked.path)}?{urlencode([*told[:given], *((key, value) for key, value in told[given:] if value)])}"


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
