"""Types of parameters: what each accepts, and the RDF term a value stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.dataset import Dataset
from kg.errors import KgError, UnknownName
from kg.query.entities import KINDS, by_iri, find
from kg.vocab import COUNTABLE, EVENTKIND, POSITION, SECTOR, article_iri, segment, term

#: From a value, the store it is about, and the name of the option, to a term. Raises KgError, saying what is accepted.
Check: TypeAlias = Callable[[str, Dataset, str], NamedNode | Literal]

_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_YEAR: Final = re.compile(r"-?[0-9]{4,}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Types that are concepts of a scheme, and how the IRIs of its concepts begin.
SCHEMES: Final = {"position": POSITION, "sector": SECTOR, "countable": COUNTABLE, "eventkind": EVENTKIND}


def _pattern(pattern: re.Pattern[str], datatype: str, accepted: str) -> Check:
    def check(value: str, _store: Dataset, where: str) -> Literal:
        if not pattern.fullmatch(value):
            raise KgError(f"'{value}' is not {accepted}", where=where)
        return Literal(value, datatype=term(datatype))

    return check


def _decimal(value: str, store: Dataset, where: str) -> Literal:
    plain = value.replace(",", "") if _GROUPED.fullmatch(value) else value
    check = _pattern(_DECIMAL, "xsd:decimal", "a number such as 1140000000 or 0.5")
    return Literal(check(plain, store, where).value, datatype=term("xsd:decimal"))


def _date(value: str, _store: Dataset, where: str) -> Literal:
    error = KgError(f"'{value}' is not a date such as 2025-12-04", where=where)
    if not _DAY.fullmatch(value):
        raise error
    try:
        return Literal(date.fromisoformat(value).isoformat(), datatype=term("xsd:date"))
    except ValueError:
        raise error from None


def _language(value: str, _store: Dataset, where: str) -> Literal:
    if not _LANGUAGE.fullmatch(value):
        raise KgError(f"'{value}' is not the code of a language such as vi or fr", where=where)
    return Literal(value.lower())


def _string(value: str, _store: Dataset, where: str) -> Literal:
    if "\0" in value:
        raise KgError("a text cannot hold the character NUL", where=where)
    return Literal(value)


def _iri(value: str, store: Dataset, where: str) -> NamedNode:
    node = by_iri(store, value)
    if node is not None:
        return node
    try:
        return NamedNode(value)
    except ValueError as error:
        raise KgError(f"'{value}' is no IRI: {error}", where=where, hint="Such as https://example.org/x") from None


def _entity(*kinds: str) -> Check:
    return lambda value, store, where: find(store, value, kinds=kinds, where=where)


def _anything(value: str, store: Dataset, where: str) -> NamedNode:
    """An entity by name, or whatever the graph has under an IRI."""
    node = by_iri(store, value)
    return find(store, value, where=where) if node is None else node


def _article(value: str, store: Dataset, where: str) -> NamedNode:
    """An article by its id or IRI."""
    identifier = term("schema:identifier")
    ids = sorted(quad.object.value for quad in store.match(None, identifier) if isinstance(quad.object, Literal))
    local = value.removeprefix(f"{store.base}article/").removeprefix("article/")
    if local in {segment(each) for each in ids} and local != value:
        return NamedNode(f"{store.base}article/{local}")
    if value in ids:
        return NamedNode(article_iri(value, base=store.base))
    near = ([each for each in ids if each.startswith(value)] or get_close_matches(value, ids, n=3))[:3]
    hint = f"Did you mean '{near[0]}'?" if near else "The query 'articles' lists all there are."
    raise UnknownName(f"there is no article '{value}'", where=where, hint=hint, near=near)


def concepts(scheme: str, store: Dataset) -> dict[str, NamedNode]:
    """The concepts of one of ``SCHEMES`` by their slugs, sorted."""
    namespace = SCHEMES[scheme]
    found = {quad.subject for quad in store.match(None, term("skos:prefLabel")) if isinstance(quad.subject, NamedNode)}
    named = ((node.value.removeprefix(namespace), node) for node in found if node.value.startswith(namespace))
    return dict(sorted(named, key=lambda pair: pair[0]))


def _slug(scheme: str) -> Check:
    def check(value: str, store: Dataset, where: str) -> NamedNode:
        slug = value.removeprefix(SCHEMES[scheme]).removeprefix(f"{scheme}:")
        slugs = concepts(scheme, store)
        if slug in slugs:
            return slugs[slug]
        near = get_close_matches(slug, slugs, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"One of: {', '.join(slugs)}"
        raise KgError(f"'{value}' is no {scheme}", where=where, hint=hint, near=near)

    return check


#: Every type a parameter may have, with what checks its values and makes them terms.
TYPES: Final[Mapping[str, Check]] = {
    "integer": _pattern(_INTEGER, "xsd:integer", "a whole number such as 5"),
    "decimal": _decimal,
    "date": _date,
    "gYear": _pattern(_YEAR, "xsd:gYear", "a year such as 2024"),
    "string": _string,
    "language": _language,
    "currency": _string,
    "iri": _iri,
    "entity": _anything,
    **{kind: _entity(kind) for kind in KINDS},
    "article": _article,
    **{scheme: _slug(scheme) for scheme in SCHEMES},
}

#: How values of some types are written, as regular expressions that a whole value fits.
PATTERNS: Final[Mapping[str, str]] = {
    "integer": _INTEGER.pattern,
    "decimal": f"{_DECIMAL.pattern}|{_GROUPED.pattern}",
    "gYear": _YEAR.pattern,
    "language": _LANGUAGE.pattern,
    "date": _DAY.pattern,
}
