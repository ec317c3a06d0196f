"""Namespaces, terms, and the one way each kind of literal is written.

Literals are written in the form triple stores keep, so that what is read back is what was written:
decimals without exponent or trailing zeros, language tags in lower case, NFC text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.model import MonthDay

BASE: Final = "https://w3id.org/kg-news/id/"
KG: Final = "https://w3id.org/kg-news/ontology#"
POSITION: Final = "https://w3id.org/kg-news/position/"
SECTOR: Final = "https://w3id.org/kg-news/sector/"
COUNTABLE: Final = "https://w3id.org/kg-news/countable/"
EVENTKIND: Final = "https://w3id.org/kg-news/eventkind/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
ORG: Final = "http://www.w3.org/ns/org#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
SCHEMA: Final = "https://schema.org/"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"
VOID: Final = "http://rdfs.org/ns/void#"
TIME: Final = "http://www.w3.org/2006/time#"

#: Prefix to namespace, as queries and exports write them; ``kgid`` stands for the default base.
PREFIXES: Final[dict[str, str]] = {
    "countable": COUNTABLE,
    "dcterms": DCTERMS,
    "eventkind": EVENTKIND,
    "foaf": FOAF,
    "kg": KG,
    "kgid": BASE,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "position": POSITION,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sector": SECTOR,
    "skos": SKOS,
    "time": TIME,
    "void": VOID,
    "xsd": XSD,
}

#: Letters that carry no combining mark and so do not fold by decomposition.
_PLAIN: Final = str.maketrans({
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th",
})  # fmt: skip
_GAP: Final = re.compile(r"[^a-z0-9]+")
_OWN_NAME: Final = re.compile(r"[^/?#]+")


@cache
def kg(name: str) -> NamedNode:
    """The project's own term ``name``."""
    return NamedNode(KG + name)


@cache
def term(curie: str) -> NamedNode:
    """The term a CURIE such as ``"schema:headline"`` stands for. Raises KeyError for an unknown prefix."""
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


RDF_TYPE: Final = term("rdf:type")
LABEL: Final = term("rdfs:label")
ALT_LABEL: Final = term("skos:altLabel")
EVIDENCE: Final = kg("evidence")

_DATE: Final = term("xsd:date")
_MONTH_DAY: Final = term("xsd:gMonthDay")
_INTEGER: Final = term("xsd:integer")
_DECIMAL: Final = term("xsd:decimal")
_ANY_URI: Final = term("xsd:anyURI")

TRUE: Final = Literal("true", datatype=term("xsd:boolean"))


def slugify(text: str) -> str:
    """Readable ASCII for an IRI: ``"Bùi Thanh Sơn"`` → ``"bui-thanh-son"``.

    Letters lose their diacritics; what has no Latin form (Chinese, Arabic) is left out, so the result
    may be empty: the caller then names the thing in another way.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return _GAP.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def segment(text: str) -> str:
    """``text`` as one segment of an IRI: all but ASCII letters, digits and ``-._~`` percent-encoded."""
    return quote(unicodedata.normalize("NFC", text), safe="")


def article_iri(article_id: str, *, base: str = BASE) -> str:
    """The IRI of the article ``article_id`` under ``base``."""
    return f"{base}article/{segment(article_id)}"


def facts_graph(article_id: str, *, base: str = BASE) -> NamedNode:
    """The named graph of all that an article states."""
    return NamedNode(f"{article_iri(article_id, base=base)}/facts")


def body_graph(article_id: str, *, base: str = BASE) -> NamedNode:
    """The named graph that holds an article's schema:articleBody and nothing else."""
    return NamedNode(f"{article_iri(article_id, base=base)}/body")


def shared_graph(name: str, *, base: str = BASE) -> NamedNode:
    """A graph of the whole dataset: ``ontology``, ``vocabularies``, ``names`` or ``inferred``."""
    return NamedNode(f"{base}graph/{name}")


def own_prefix(base: str = BASE) -> str:
    """What the IRIs of a user's own graphs begin with: those that the endpoint may change, and no build writes."""
    return f"{base}graph/own-"


def is_own(graph: object, *, base: str) -> bool:
    """Whether ``graph`` is the IRI of a user's own graph: the prefix and a name, which is one segment."""
    prefix = own_prefix(base)
    if not isinstance(graph, NamedNode) or not graph.value.startswith(prefix):
        return False
    return _OWN_NAME.fullmatch(graph.value, len(prefix)) is not None


def merged_graph(base: str = BASE) -> NamedNode:
    """The graph of the merged facts in a store elsewhere; here they are the default graph."""
    return shared_graph("merged", base=base)


def text(value: str, language: str = "") -> Literal:
    """NFC text, with its language in lower case where one is given. Raises ValueError for a malformed language tag."""
    value = unicodedata.normalize("NFC", value)
    return Literal(value, language=language.lower()) if language else Literal(value)


@lru_cache(maxsize=8192)
def integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def decimal(value: Decimal) -> Literal:
    """An xsd:decimal without exponent, trailing zeros or negative zero. Raises ValueError unless it is finite."""
    if not value.is_finite():
        raise ValueError(f"not a number of money: {value}")
    return Literal(decimal_text(value), datatype=_DECIMAL)


def decimal_text(value: Decimal) -> str:
    """``value`` in plain digits: ``Decimal("1.140E+9")`` → ``"1140000000"``, ``Decimal("1.50")`` → ``"1.5"``."""
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def day(value: date) -> Literal:
    """An xsd:date without time zone."""
    return Literal(value.isoformat(), datatype=_DATE)


def month_day(value: MonthDay) -> Literal:
    """An xsd:gMonthDay: ``--11-30``."""
    return Literal(f"--{value.month:02d}-{value.day:02d}", datatype=_MONTH_DAY)


def any_uri(value: str) -> Literal:
    """An address as a literal: what an article gives need not be a valid IRI."""
    return Literal(value, datatype=_ANY_URI)
