"""RDF formats: one table of all that is known of each, and how a graph is written in it.

Bytes depend on the facts alone: one sorted list of quads goes to the writer, whatever order the store
gives them in. A format of triples gets the merged facts, one of quads the named graphs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from typing import IO, Final

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, serialize

from kg import jsonld
from kg.errors import KgError
from kg.resources import context_file
from kg.store import Store
from kg.vocab import PREFIXES, RDF_TYPE


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, file extension, media type, and whether it holds named graphs.

    ``rdf`` is the engine's own name for it, for reading and writing.
    """

    name: str
    extension: str
    media_type: str
    graphs: bool
    rdf: RdfFormat


FORMATS: Final[tuple[Format, ...]] = (
    Format("turtle", ".ttl", "text/turtle", graphs=False, rdf=RdfFormat.TURTLE),
    Format("json-ld", ".jsonld", "application/ld+json", graphs=True, rdf=RdfFormat.JSON_LD),
    Format("trig", ".trig", "application/trig", graphs=True, rdf=RdfFormat.TRIG),
    Format("nquads", ".nq", "application/n-quads", graphs=True, rdf=RdfFormat.N_QUADS),
    Format("ntriples", ".nt", "application/n-triples", graphs=False, rdf=RdfFormat.N_TRIPLES),
    Format("xml", ".rdf", "application/rdf+xml", graphs=False, rdf=RdfFormat.RDF_XML),
)

NAMES: Final = tuple(form.name for form in FORMATS)


def by_name(name: str) -> Format:
    """The format called ``name``. Raises KgError, with the nearest name, where there is none."""
    for form in FORMATS:
        if form.name == name:
            return form
    near = get_close_matches(name, NAMES, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"One of: {', '.join(NAMES)}."
    raise KgError(f"there is no format '{name}'", where="--format", hint=hint)


def named_by(path: PurePath) -> Format | None:
    """The format that a file's extension names, before ``.gz`` if it ends so; None where it names none."""
    suffix = PurePath(path.stem if is_packed(path) else path).suffix.lower()
    return next((form for form in FORMATS if form.extension == suffix), None)


def is_packed(path: PurePath) -> bool:
    """Whether a file's name says that it is packed with gzip."""
    return path.suffix.lower() == ".gz"


def by_path(path: PurePath) -> Format:
    """The format that a file's extension names. Raises KgError where it names none."""
    form = named_by(path)
    if form is not None:
        return form
    extensions = ", ".join(form.extension for form in FORMATS)
    raise KgError(
        f"the name '{path.name}' does not say which format to write",
        where="--output",
        hint=f"Name it with --format, or end the file's name in one of {extensions}, or one of them and .gz.",
    )


def write_graph(store: Store, form: Format, output: IO[bytes], *, with_text: bool = False) -> None:
    """Write the graph of ``store`` to ``output`` in ``form``, the same bytes every time; bodies too ``with_text``."""
    if form.graphs:
        write_quads(store.quads(with_text=with_text), form, output, base=store.base)
    else:
        write_triples(store.triples(with_text=with_text), form, output, base=store.base)


def write_quads(quads: Iterable[Quad], form: Format, output: IO[bytes], *, base: str) -> None:
    """Write ``quads`` in a format that holds graphs. IRIs under ``base`` are shortened with ``kgid:`` where it fits."""
    ordered = sorted(quads, key=_quad_key)
    if form.rdf == RdfFormat.JSON_LD:
        output.writelines(jsonld.write(ordered, jsonld.read_context(context_file(), base=base)))
    else:
        serialize(ordered, output, form.rdf, prefixes=_prefixes(base))


def write_triples(triples: Iterable[Triple], form: Format, output: IO[bytes], *, base: str) -> None:
    """Write ``triples``, each once and in no graph."""
    ordered = sorted(set(triples), key=_triple_key)
    if form.rdf == RdfFormat.JSON_LD and not any(map(_has_blank_node, ordered)):
        output.writelines(jsonld.write_nodes(ordered, jsonld.read_context(context_file(), base=base)))
        return
    serialize(ordered, output, form.rdf, prefixes=_prefixes(base))


def _has_blank_node(triple: Triple) -> bool:
    """Whether a triple holds a blank node or a triple: ours never do, those of a user's CONSTRUCT may."""
    return any(isinstance(node, (BlankNode, Triple)) for node in (triple.subject, triple.object))


def _prefixes(base: str) -> dict[str, str]:
    return {**PREFIXES, "kgid": base}


def _triple_key(triple: Triple | Quad) -> tuple[str, bool, str, str]:
    """By subject, its classes first, then by predicate and object, in code point order of their N-Triples form."""
    return str(triple.subject), triple.predicate != RDF_TYPE, triple.predicate.value, str(triple.object)


def _quad_key(quad: Quad) -> tuple[str, tuple[str, bool, str, str]]:
    return str(quad.graph_name), _triple_key(quad)
