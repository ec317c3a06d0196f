"""Checks a graph against the shapes.

Each article's graph is checked by itself, so that memory stays flat and a new article costs no more than itself;
then the constraints that say ``shape:over shape:merged-facts`` see all facts at once. pySHACL is given plain
rdflib graphs: on one that lives in an Oxigraph store its findings are wrong. It loads nothing: no imports of an
ontology, no addresses, no code of the shapes' own.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Store as Database

from kg import shacl
from kg.checked import Checked, digest, load_checked
from kg.errors import KgError
from kg.findings import SH, SHAPE, Finding, Messages, Report, order, shape_messages
from kg.formats import FORMATS, is_packed, named_by
from kg.ontology import ontology_quads
from kg.places import places
from kg.resources import shape_files
from kg.shacl import Engine, inward, outward
from kg.store import Store
from kg.vocab import BASE, KG, RDF_TYPE, kg, term

#: Files larger than this are not read: what they hold would not fit in memory.
SIZE_LIMIT: Final = 100_000_000

#: Graphs of the dataset that are no article's, whatever the base.
_SHARED: Final = re.compile(r"/graph/(ontology|vocabularies|names|inferred)$")
_BODY: Final = re.compile(r"(/article/[^/]+)/body$")
#: Graphs of a user's own, of which the merged facts know nothing; each is checked by itself.
_OWN: Final = re.compile(r"/graph/own-[^/?#]+$")
#: The graph that triples of a file without named graphs are put in.
FILE_GRAPH: Final = NamedNode("urn:kg-news:file")

_OVER: Final = NamedNode(f"{SHAPE}over")
_MESSAGE: Final = NamedNode(f"{SH}message")
_TARGET: Final = NamedNode(f"{SH}targetClass")
_SH: Final = rdflib.Namespace(SH)
_SUBCLASS: Final = term("rdfs:subClassOf")
_IN_SCHEME: Final = term("skos:inScheme")
_BODY_TEXT: Final = term("schema:articleBody")
#: What no constraint over all facts looks at, and there is much of.
_ASIDE: Final = frozenset(
    (
        *map(kg, ("evidence", "mentions", "mentionsSector", "file", "lineMap")),
        *map(term, ("oa:hasSelector", "oa:start", "oa:end", "oa:exact", "skos:altLabel", "skos:hiddenLabel")),
        *map(term, ("skos:definition", "rdfs:comment", "schema:name", "foaf:name", "schema:articleBody")),
    )
)

Part = TypeVar("Part")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes for one article's graph, those for all facts, and the messages of each constraint by language."""

    article: rdflib.Graph
    merged: rdflib.Graph
    messages: Messages


@dataclass(frozen=True, slots=True)
class Graphs:
    """An article's facts and text, which are checked together; ``merged``, whether its facts are among all facts."""

    triples: Iterator[Triple]
    body: Iterator[Triple]
    merged: bool


def validate_store(store: Store, *, engine: str = "auto") -> Report:
    """What the shapes find in a store. What they found in a graph is kept beside it until the graph changes.

    Raises KgError for an engine that is none, or not installed.
    """
    checked = load_checked(store.path)
    checked.data = store.data
    report = _validate(store.db, checked, engine)
    checked.save()
    return report


def validate_files(paths: Iterable[Path], *, engine: str = "auto") -> Report:
    """What the shapes find in RDF files, taken together.

    Named graphs are checked each by itself, as those of a store are. Raises KgError for a file that cannot be
    read, is too large, is of no format of ours, is not well formed, or would have something loaded.
    """
    database = Database()
    for path in paths:
        database.extend(read_rdf(path))
    merged = [Quad(quad.subject, quad.predicate, quad.object) for quad in database if _is_merged(quad.graph_name)]
    database.extend(merged)
    return _validate(database, load_checked(None), engine)


def read_rdf(path: Path) -> Iterator[Quad]:
    """The quads of an RDF file; those of no graph are put in one for the file. Raises KgError as ``validate_files``."""
    form = named_by(path)
    if form is None:
        extensions = ", ".join(form.extension for form in FORMATS)
        hint = f"One of: {extensions}; or one of them and .gz"
        raise KgError("the file's name does not end as one of RDF", where=str(path), hint=hint)
    data = _content(path)
    if form.rdf == RdfFormat.RDF_XML:
        _refuse_doctype(data, path)
    try:
        for quad in parse(data, format=form.rdf):
            if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
                raise KgError("a triple is used as a term, which SHACL does not know", where=str(path))
            yield quad if quad.graph_name != DefaultGraph() else _in_file(quad)
    except SyntaxError as error:
        place = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        raise KgError(f"this is not {form.name}: {error.msg}", where=place) from None


def _content(path: Path) -> bytes:
    """What is in a file, unpacked. Raises KgError for one that cannot be read or is too large."""
    try:
        with gzip.open(path) if is_packed(path) else path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise KgError(f"the file cannot be read: {reason}", where=str(path)) from None
    if len(data) > SIZE_LIMIT:
        size = f"{SIZE_LIMIT // 1_000_000} MB"
        raise KgError(f"the file is larger than {size}", where=str(path), hint="Split it by article.")
    return data


def _in_file(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, FILE_GRAPH)


def _refuse_doctype(data: bytes, path: Path) -> None:
    """Entities are declared in a document type, and can grow without bound or name other files."""
    try:
        found = data.decode("utf-8").find("<!DOCTYPE")
    except UnicodeDecodeError:
        raise KgError("RDF/XML is read in UTF-8 only", where=str(path), hint="Convert the file.") from None
    if found >= 0:
        line = data[:found].count(b"\n") + 1
        raise KgError("a document type is not read", where=f"{path}:{line}", hint="Take out <!DOCTYPE …>.")


def _validate(database: Database, checked: Checked, engine: str) -> Report:
    name = shacl.engine_name(engine, size=len(database))
    shapes = load_shapes()
    found: dict[tuple[object, ...], Finding] = {}
    merged: list[Triple] = []

    def check(wanted: rdflib.Graph, kind: str, triples: list[Triple]) -> tuple[str, list[Finding]]:
        # Engines name the component of some constraints otherwise, so each keeps what it found.
        key = digest(triples, salt=f"{name} {kind}")
        known = checked.get(key, shapes.messages)
        return key, list(_check(triples, wanted, shapes.messages, shacl.ENGINES[name])) if known is None else known

    def check_part(part: Graphs) -> tuple[str, list[Finding], list[Triple]]:
        """What is found in an article's graph, and what of it the constraints over all facts look at."""
        triples, looked_at = list(part.triples), []
        if part.merged:
            looked_at = list(filter(_is_looked_at, triples))
        triples.extend(part.body)
        return *check(shapes.article, "article", triples), looked_at

    def take(key: str, findings: list[Finding]) -> None:
        checked.put(key, findings)
        for finding in findings:
            found.setdefault((finding.rule, finding.focus, finding.path, finding.value), finding)

    for key, findings, looked_at in _in_turn(check_part, _parts(database), workers=shacl.WORKERS[name]):
        take(key, findings)
        merged.extend(looked_at)
    merged.extend(_shared(database))
    take(*check(shapes.merged, "merged", merged))
    placed = (replace(finding, places=places(finding, database)) for finding in found.values())
    return Report(tuple(sorted(placed, key=order)))


def _in_turn(work: Callable[[Part], Done], parts: Iterable[Part], *, workers: int) -> Iterator[Done]:
    """What ``work`` makes of each part, in their order, by so many threads; never many parts at once in memory."""
    parts = iter(parts)
    with ThreadPoolExecutor(workers) as pool:
        while some := list(islice(parts, 4 * workers)):
            yield from pool.map(work, some)


def _is_body(graph: NamedNode | BlankNode | DefaultGraph) -> bool:
    return isinstance(graph, NamedNode) and _BODY.search(graph.value) is not None


def _is_merged(graph: NamedNode | BlankNode | DefaultGraph) -> bool:
    return not _is_body(graph) and not (isinstance(graph, NamedNode) and _OWN.search(graph.value))


def _parts(database: Database) -> Iterator[Graphs]:
    """Each article's graph, with the text where it is there; and each of a user's own."""
    bodies = {graph.value for graph in database.named_graphs() if _is_body(graph)}
    for graph in sorted(database.named_graphs(), key=str):
        if isinstance(graph, NamedNode) and not _SHARED.search(graph.value) and graph.value not in bodies:
            body = f"{graph.value.removesuffix('/facts')}/body"
            texts = _triples(database, NamedNode(body)) if body in bodies else iter(())
            yield Graphs(_triples(database, graph), texts, _is_merged(graph))


def _triples(database: Database, graph: NamedNode) -> Iterator[Triple]:
    """The triples of a graph, asked for by the thread that takes the first of them: no other one may go on."""
    for quad in database.quads_for_pattern(None, None, None, graph):
        yield quad.triple


def _shared(database: Database) -> Iterator[Triple]:
    """What is inferred, names and sectors, without what no constraint over all facts asks for."""
    typed = database.quads_for_pattern(None, RDF_TYPE, kg("Sector"), None)
    sectors = {quad.subject for quad in typed if _is_merged(quad.graph_name)}
    for graph in database.named_graphs():
        shared = _SHARED.search(graph.value)
        if not isinstance(graph, NamedNode) or not shared or shared[1] == "ontology":
            continue
        for triple in filter(_is_looked_at, _triples(database, graph)):
            # What is inferred in other vocabularies says again what ours say.
            beside = shared[1] == "inferred" and not triple.predicate.value.startswith(KG)
            if not beside and (shared[1] != "vocabularies" or triple.subject in sectors):
                yield triple


def _is_looked_at(triple: Triple) -> bool:
    """Whether a constraint over all facts may look at a triple: of classes, they ask for ours alone."""
    if triple.predicate == RDF_TYPE:
        return isinstance(triple.object, NamedNode) and triple.object.value.startswith(KG)
    return triple.predicate not in _ASIDE


@cache
def load_shapes() -> Shapes:
    """The shapes of the package, with the messages of every language."""
    whole = [quad for path in shape_files() for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    over = {quad.subject for quad in whole if quad.predicate == _OVER}
    article, merged = rdflib.Graph(), rdflib.Graph()
    for quad in whole:
        if quad.predicate == _MESSAGE:
            continue
        triple = (outward(quad.subject), outward(quad.predicate), outward(quad.object))
        if quad.predicate != _TARGET or quad.subject not in over:
            article.add(triple)
        if quad.predicate != _TARGET or quad.subject in over:
            merged.add(triple)
    return Shapes(article, merged, shape_messages())


@cache
def _context() -> tuple[tuple[Triple, ...], dict[object, Triple]]:
    """Which of our classes is a subclass of which, and the scheme of every concept."""
    quads = [quad.triple for quad in ontology_quads(base=BASE) if quad.predicate in (_SUBCLASS, _IN_SCHEME)]
    classes = tuple(
        triple
        for triple in quads
        if triple.predicate == _SUBCLASS and isinstance(triple.object, NamedNode) and triple.object.value.startswith(KG)
    )
    schemes: dict[object, Triple] = {triple.subject: triple for triple in quads if triple.predicate == _IN_SCHEME}
    return classes, schemes


def _with_context(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples, each once, with the classes and schemes that they use."""
    classes, schemes = _context()
    whole = dict.fromkeys((*classes, *triples))
    used = [schemes[triple.object] for triple in whole if triple.object in schemes]
    yield from dict.fromkeys((*whole, *used))


def _check(triples: Iterable[Triple], shapes: rdflib.Graph, messages: Messages, engine: Engine) -> Iterator[Finding]:
    """The findings of one run of an engine."""
    report = engine(_with_context(triples), shapes)
    for result in report.objects(None, _SH.result):
        focus, rule = report.value(result, _SH.focusNode), report.value(result, _SH.sourceShape)
        path, value = report.value(result, _SH.resultPath), report.value(result, _SH.value)
        assert focus is not None, "every result has a focus node"
        yield Finding(
            rule=str(rule),
            severity=str(report.value(result, _SH.resultSeverity)).removeprefix(SH).lower(),
            messages=messages[str(rule)],
            focus=inward(focus),
            path=NamedNode(str(path)) if isinstance(path, rdflib.URIRef) else None,
            value=None if value is None or value == focus else inward(value),
            component=str(report.value(result, _SH.sourceConstraintComponent)),
        )
