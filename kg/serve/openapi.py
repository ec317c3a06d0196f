"""The API told in OpenAPI 3.1, made from the prepared queries themselves: parameters, answers and problems."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.ontology import ontology_quads
from kg.query import Parameter, Query, queries
from kg.query.parameters import PATTERNS, SCHEMES
from kg.resources import VERSION
from kg.serve.api import FARTHEST, MOST_ROWS, OF_TRIPLES, OPTIONS, constructs, forms
from kg.serve.rows import KINDS
from kg.vocab import BASE, term

_LANGUAGES: Final = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(,[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)*$"
#: What a value of a type is, where its pattern does not say so.
_TOLD: Final = {
    "article": "the id of an article",
    "entity": "the name of a person, organization, place, conference or series, or an IRI",
    "language": "the code of a language, such as vi",
    "currency": "the code of a currency, such as USD",
    "decimal": "a number, such as 1140000000 or 0.5",
    "gYear": "a year, such as 2024",
}
#: Values to show where a parameter has no default.
_EXAMPLES: Final[dict[str, object]] = {
    "integer": 2, "decimal": "1000000", "gYear": "2024", "language": "vi", "date": "2025-12-04",
}  # fmt: skip
_PROBLEMS: Final = {
    "400": "A parameter is unknown, or its value is not what it takes.",
    "404": "There is no such query, or nothing is called that.",
    "406": "No form on offer is accepted.",
    "503": "The answer takes too long, or too much is asked at once.",
}
_TAG: Final = {"description": "Names this answer, for If-None-Match.", "schema": {"type": "string"}}
_LINK: Final = {"description": "The pages beside this one (RFC 8288), where limit was given.",
                "schema": {"type": "string"}}  # fmt: skip


def document(root: str = "") -> bytes:
    """The document as JSON; ``root`` is the path the server stands at."""
    return json.dumps(_document(root), ensure_ascii=False, indent=1).encode() + b"\n"


@cache
def _document(root: str) -> dict[str, Any]:
    paths: dict[str, Any] = {
        "/api": {"get": _plain_get("index", "The prepared queries", "Index")},
        "/api/openapi.json": {"get": _plain_get("openapi", "This document", "Anything")},
        **{f"/api/{query.name}": {"get": _operation(query)} for query in queries()},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Knowledge graph of the news: prepared queries",
            "summary": "Questions to a knowledge graph of news articles, with the sentences behind every row.",
            "version": VERSION,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/"}],
        "tags": [{"name": tag} for tag in sorted({tag for query in queries() for tag in query.tags})],
        "paths": paths,
        "components": {"schemas": _schemas(), "responses": _problems(), "parameters": _options()},
    }


def _operation(query: Query) -> dict[str, Any]:
    options = OF_TRIPLES if constructs(query) else OPTIONS
    named = [{"$ref": f"#/components/parameters/{name}"} for name in options if name != "format"]
    formats = list(forms(query))
    chosen = {
        "name": "format", "in": "query", "description": "The format, whatever Accept says.",
        "schema": {"type": "string", "enum": formats},
    }  # fmt: skip
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [*map(_parameter, query.parameters), chosen, *named],
        "responses": {"200": _answer(query), "304": {"description": "Not changed."}, **_references(_PROBLEMS)},
    }


def _plain_get(name: str, summary: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    if name == "index":
        content["text/html"] = {"schema": {"type": "string"}}
    told = {"description": summary, "content": content, "headers": {"ETag": _TAG}}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": told, "304": {"description": "Not changed."}, **_references({"503": ""})},
    }


def _references(statuses: dict[str, str]) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    example = parameter.plain_default or _EXAMPLES.get(parameter.type)
    told = f" Give {_TOLD[parameter.type]}." if parameter.type in _TOLD else ""
    return {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.doc}{told}",
        "schema": {**_schema(parameter.type), **({"default": example} if parameter.plain_default else {})},
        **({"example": example} if example is not None else {}),
    }


def _schema(kind: str) -> dict[str, Any]:
    """What values of a type of parameters are. Names and ids depend on the graph: any text, and 404 for another."""
    if kind in SCHEMES:
        return {"type": "string", "enum": _slugs(kind)}
    if kind == "integer":
        return {"type": "integer"}
    if kind == "date":
        return {"type": "string", "format": "date"}
    if kind in PATTERNS:
        return {"type": "string", "pattern": f"^({PATTERNS[kind]})$"}
    return {"type": "string"}


@cache
def _slugs(scheme: str) -> list[str]:
    namespace = SCHEMES[scheme]
    subjects = {quad.subject for quad in ontology_quads(base=BASE) if quad.predicate == term("skos:prefLabel")}
    found = (node.value for node in subjects if isinstance(node, NamedNode) and node.value.startswith(namespace))
    return sorted(iri.removeprefix(namespace) for iri in found)


def _answer(query: Query) -> dict[str, Any]:
    content: dict[str, Any] = {media_type: {"schema": {"type": "string"}} for media_type in forms(query).values()}
    if constructs(query):
        content["application/json"] = content["application/ld+json"] = {"schema": {"type": "object"}}
    else:
        content["application/json"] = {"schema": {"$ref": "#/components/schemas/Rows"}}
        content["application/sparql-results+json"] = {"schema": {"$ref": "#/components/schemas/Results"}}
    headers = {"ETag": _TAG} if constructs(query) else {"ETag": _TAG, "Link": _LINK}
    return {"description": query.summary, "content": content, "headers": headers}


def _options() -> dict[str, Any]:
    def option(name: str, doc: str, schema: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, "in": "query", "description": doc, "schema": schema}

    return {
        "lang": option(
            "lang", "Languages of labels, the preferred first. Tables get columns of labels for it.",
            {"type": "string", "pattern": _LANGUAGES},
        ),
        "cite": option("cite", "Whether each row comes with its quotes.", {"type": "boolean", "default": False}),
        "limit": option(
            "limit", "The most rows to give; all, where it is left out.",
            {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
        ),
        "offset": option(
            "offset", "How many rows to pass over.",
            {"type": "integer", "minimum": 0, "maximum": FARTHEST, "default": 0},
        ),
    }  # fmt: skip


def _problems() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        f"Problem{status}": {"description": description, "content": content}
        for status, description in _PROBLEMS.items()
    }


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _schemas() -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    number = {"type": "integer"}
    strings = {"type": "array", "items": text}
    column = _object({"name": text, "kind": {"type": "string", "enum": list(KINDS)}}, "name", "kind")
    quote = _object(
        {
            "text": text, "lang": text, "article": text, "start": number, "end": number, "rule": text,
            "place": {"type": "string", "description": "file:line:column, empty where it is not known"},
            "evidence": text,
        },
        "text", "lang", "article", "start", "end", "rule", "place", "evidence",
    )  # fmt: skip
    cell = {
        "oneOf": [
            {"type": ["null", "string", "number", "boolean"]},
            strings,
            _object({"iri": text, "label": text, "lang": text}, "iri"),
            _object({"text": text, "lang": text}, "text", "lang"),
        ]
    }
    row = {
        "type": "object",
        "properties": {"quotes": {"type": "array", "items": {"$ref": "#/components/schemas/Quote"}}},
        "additionalProperties": {"$ref": "#/components/schemas/Cell"},
    }
    rows = _object(
        {
            "query": text,
            "offset": number,
            "next": {"type": ["string", "null"], "description": "The address of the next page, if there is one."},
            "notes": {**strings, "description": "What was asked for and nothing in the graph has, such as a currency."},
            "columns": {"type": "array", "items": {"$ref": "#/components/schemas/Column"}},
            "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
        },
        "query", "offset", "next", "notes", "columns", "rows",
    )  # fmt: skip
    results = {
        "type": "object",
        "description": "SPARQL 1.1 Query Results JSON Format.",
        "properties": {"head": {"type": "object"}, "results": {"type": "object"}},
        "required": ["head", "results"],
    }
    problem = {
        "type": "object",
        "description": "A problem document (RFC 9457).",
        "properties": {
            "type": text, "title": text, "status": number, "detail": text,
            "hint": {"type": "string", "description": "What to do about it."},
            "parameter": {"type": "string", "description": "The parameter that is wrong."},
            "offered": strings, "line": number, "column": number,
        },
        "required": ["type", "title", "status", "detail"],
    }  # fmt: skip
    return {
        "Column": column, "Cell": cell, "Quote": quote, "Row": row, "Rows": rows, "Results": results,
        "Problem": problem, "Index": {"type": "object"}, "Anything": {"type": "object"},
    }  # fmt: skip
