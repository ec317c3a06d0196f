"""Triple stores: one table of all that is known of each, so that no other module names one.

A profile says where a server answers, what it keeps and what it does not. Limits were measured on the
servers marked as tested; the others follow their manuals and the protocols, and are marked so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from kg.errors import KgError


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of server.

    ``tell`` matches what a server says of itself: its address, headers and the beginning of its answer, a
    line each. Endpoints are written after the root, which is the address without any of ``tails``;
    ``{auth}`` is "-auth" where there are credentials. ``graphs`` is its Graph Store (none: None), ``bulk``
    where N-Quads are added by POST. ``atomic`` says that a PUT and an update are done whole or not at all.
    ``rows`` is the most an answer holds, ``update_triples`` the most an INSERT DATA holds, ``literal_bytes``
    and ``iri_bytes`` the longest of each in UTF-8 (0: no limit known). ``preface`` begins each body that is
    PUT. ``final`` matches a 5xx answer that asking again does not mend. ``union`` says how a query sees all
    graphs as one. ``scans`` says that counting one graph takes as long as counting all of them; it goes with
    ``rows``. ``sees_named`` says that ``GRAPH ?g`` reaches all graphs even where a question names its default.
    """

    name: str
    title: str
    tell: str
    tails: tuple[str, ...]
    query: str
    update: str
    union: str
    sees_named: bool = False
    scans: bool = False
    graphs: str | None = None
    bulk: str | None = None
    atomic: bool = True
    tested: bool = False
    rows: int = 0
    update_triples: int = 0
    literal_bytes: int = 0
    iri_bytes: int = 0
    preface: str = ""
    media_type: str = "application/n-triples"
    final: str = ""
    connections: int = 1
    auth: str = "basic, bearer"


PROFILES: Final[tuple[Profile, ...]] = (
    Profile(
        name="virtuoso",
        title="OpenLink Virtuoso 7",
        tell=r"(?im)^server: *virtuoso",
        tails=("/sparql", "/sparql-auth", "/sparql-graph-crud", "/sparql-graph-crud-auth"),
        query="/sparql{auth}",
        update="/sparql{auth}",
        graphs="/sparql-graph-crud{auth}",
        # A PUT that fails leaves the old graph gone; an update of several operations is not rolled back.
        atomic=False,
        tested=True,
        # ResultSetMaxRows is 10,000 as it comes: longer answers are cut without a word.
        rows=9_000,
        # An INSERT DATA of more than 1,426 triples does not compile.
        update_triples=1_000,
        # 10 MB is refused and 20 MB ended the server; an IRI over 1,880 bytes is cut without a word.
        literal_bytes=9_000_000,
        iri_bytes=1_875,
        # It looks at the body, not at the Content-Type: without this a long literal is not taken for Turtle.
        preface="@prefix kg: <https://w3id.org/kg-news/ontology#> .\n",
        media_type="text/turtle",
        # Its 5xx are mostly refusals. A deadlock (40001) and a timeout (S1T00) may go better the next time.
        final=r"Virtuoso (?!40001|S1T)\w{5} Error",
        connections=2,
        union="as it is: the default graph is the union",
        sees_named=True,
        # It has no index by graph: 70 graphs of 200,000 triples took 35 s one by one, 0.1 s all together.
        scans=True,
        auth="digest",
    ),
    Profile(
        name="oxigraph",
        title="Oxigraph server",
        tell=r"(?im)^server: *oxigraph",
        tails=("/query", "/update", "/store", "/sparql"),
        query="/query",
        update="/update",
        graphs="/store",
        bulk="/store?no_transaction",
        tested=True,
        connections=2,
        union="add `?union-default-graph` to the address",
        auth="none of its own; what a proxy before it asks for",
    ),
    Profile(
        name="fuseki",
        title="Apache Jena Fuseki",
        tell=r"(?im)^(server: *apache jena fuseki|fuseki-request-id:)",
        tails=("/sparql", "/query", "/update", "/data", "/get", "/upload"),
        query="/query",
        update="/update",
        graphs="/data",
        bulk="/data",
        union="`FROM <urn:x-arq:UnionGraph>`, or `tdb2:unionDefaultGraph true` in its settings",
    ),
    Profile(
        name="rdf4j",
        title="GraphDB, RDF4J",
        tell=r"(?im)^(url: .*/repositories/|server: *graphdb)",
        tails=("/statements", "/rdf-graphs/service"),
        query="",
        update="/statements",
        graphs="/rdf-graphs/service",
        bulk="/statements",
        union="as it is: the default graph is the union",
    ),
    Profile(
        name="blazegraph",
        title="Blazegraph",
        tell=r"(?im)^(url: .*/(bigdata|blazegraph|namespace)/|.*www\.bigdata\.com/rdf)",
        tails=(),
        query="",
        update="",
        union="as it is: the default graph is the union",
    ),
    Profile(
        name="qlever",
        title="QLever",
        tell=r"(?im)^(url: .*qlever|server: *qlever)",
        tails=(),
        query="",
        update="",
        union="as it is: the default graph is the union",
        auth="bearer (its access token)",
    ),
    Profile(
        name="neptune",
        title="Amazon Neptune",
        tell=r"(?im)^url: .*\.neptune\.amazonaws\.com",
        tails=("/sparql", "/gsp", "/gsp/"),
        query="/sparql",
        update="/sparql",
        graphs="/gsp/",
        union="as it is: the default graph is the union",
        auth="none: requests are not signed for IAM",
    ),
    # Any other server: the query endpoint is as given, the update endpoint is asked for.
    Profile(
        name="sparql",
        title="any SPARQL 1.1 store",
        tell="",
        tails=(),
        query="",
        update="",
        atomic=False,
        update_triples=1_000,
        rows=9_000,
        union="ask its manual",
    ),
)

NAMES: Final = tuple(profile.name for profile in PROFILES)


def by_name(name: str) -> Profile:
    """The profile called ``name``. Raises KgError, with the nearest name, where there is none."""
    for profile in PROFILES:
        if profile.name == name:
            return profile
    near = get_close_matches(name, NAMES, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"One of: {', '.join(NAMES)}."
    raise KgError(f"there is no profile '{name}'", where="--profile", hint=hint)


def told(fingerprint: str) -> Profile | None:
    """The profile of a server that says ``fingerprint`` of itself; None where it tells none."""
    return next((profile for profile in PROFILES if profile.tell and re.search(profile.tell, fingerprint)), None)


def root(profile: Profile, url: str) -> str:
    """The root of the server at ``url``: the address without a slash at its end or an endpoint of the profile."""
    bare = url.rstrip("/")
    for tail in sorted(profile.tails, key=len, reverse=True):
        if tail and bare.endswith(tail.rstrip("/")):
            return bare.removesuffix(tail.rstrip("/"))
    return bare


def endpoint(profile: Profile, url: str, tail: str, *, signed: bool) -> str:
    """The address of the endpoint ``tail`` of the server at ``url``; ``signed`` where there are credentials."""
    return root(profile, url) + tail.format(auth="-auth" if signed else "")
