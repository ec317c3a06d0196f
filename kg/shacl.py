"""SHACL engines behind one function: triples and shapes go in, the standard's report comes out.

pySHACL is the reference. pyshifty, an extra, is tens of times faster; a test holds it to the same findings.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Final, TypeAlias

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Triple, serialize
from pyoxigraph import Store as Database
from rdflib.query import Result

from kg.errors import KgError
from kg.findings import Node
from kg.vocab import term

#: From triples and shapes to the report, whose results are what ``sh:result`` names.
Engine: TypeAlias = Callable[[Iterable[Triple], rdflib.Graph], rdflib.Graph]
RdfTerm: TypeAlias = rdflib.URIRef | rdflib.BNode | rdflib.Literal

#: From this many quads on ``auto`` takes the fast engine, where it is installed.
FAST_FROM: Final = 100_000


def engine_name(name: str, *, size: int) -> str:
    """Which of ``ENGINES`` is meant: ``auto`` is the fast one for a graph of many quads, if it is installed.

    Raises KgError for an unknown name, and for an engine that is not installed.
    """
    if name == "auto":
        name = "pyshifty" if size >= FAST_FROM and find_spec("shifty") else "pyshacl"
    if name not in ENGINES:
        raise KgError(f"unknown engine '{name}'", where="--engine", hint=f"One of: auto, {', '.join(ENGINES)}")
    if name == "pyshifty" and not find_spec("shifty"):
        raise KgError("pyshifty is not installed", where="--engine", hint="pip install pyshifty")
    return name


def by_pyshacl(triples: Iterable[Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    """The report of pySHACL. It loads nothing: no imports of an ontology, no addresses, no code of the shapes' own."""
    import pyshacl

    _, report, _ = pyshacl.validate(
        PlainGraph(triples),
        shacl_graph=shapes,
        inference="none",
        advanced=False,
        js=False,
        meta_shacl=False,
        do_owl_imports=False,
        inplace=True,
    )
    assert isinstance(report, rdflib.Graph)
    return report


def by_pyshifty(triples: Iterable[Triple], shapes: rdflib.Graph) -> rdflib.Graph:
    """The report of pyshifty."""
    data = serialize(triples, format=RdfFormat.N_TRIPLES)
    _, report, _ = _prepared(shapes).validate(data, graph_mode="data", infer=False, sort_results=False)
    assert isinstance(report, rdflib.Graph)
    return report


@lru_cache(maxsize=4)
def _prepared(shapes: rdflib.Graph) -> Any:
    """The shapes as pyshifty plans them, once for all articles."""
    from shifty import PreparedValidator

    return PreparedValidator(shapes.serialize(format="turtle").encode())


ENGINES: Final[Mapping[str, Engine]] = {"pyshacl": by_pyshacl, "pyshifty": by_pyshifty}
#: Threads that an engine gains from: compiled code lets others run beside it.
WORKERS: Final[Mapping[str, int]] = {"pyshacl": 1, "pyshifty": os.cpu_count() or 1}


class PlainGraph(rdflib.Graph):
    """A graph in rdflib's own store, and the same triples in Oxigraph for what the shapes ask in SPARQL.

    rdflib takes longer to read one such query than Oxigraph to answer all of them.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__()
        self.database = Database()
        for triple in triples:
            self.add((outward(triple.subject), outward(triple.predicate), outward(triple.object)))
            self.database.add(Quad(triple.subject, triple.predicate, triple.object))

    def query(
        self,
        query_object: Any,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Any = None,  # noqa: N803 - rdflib's name for it
        initBindings: Any = None,  # noqa: N803 - likewise
        use_store_provided: bool = True,  # noqa: FBT001, FBT002 - pySHACL gives it by place
        **options: Any,
    ) -> Result:
        """As rdflib's; a query on one node, which is no blank node, is answered by Oxigraph."""
        this = (initBindings or {}).get("this")
        if not isinstance(query_object, str) or not isinstance(this, rdflib.URIRef):
            return super().query(query_object, processor, result, initNs, initBindings, use_store_provided, **options)
        rows = self.database.query(bound(query_object, this))
        assert isinstance(rows, QuerySolutions), "constraints of the shapes select"
        names = [variable.value for variable in rows.variables]
        answer = Result("SELECT")
        answer.vars = [rdflib.Variable(name) for name in names]
        answer.bindings = [
            {rdflib.Variable(name): outward(row[name]) for name in names if row[name] is not None} for row in rows
        ]
        return answer


def bound(query: str, this: rdflib.URIRef) -> str:
    """A constraint's query for the node ``this``, put in its place, as the standard has it."""
    head, where, rest = query.partition("WHERE")
    return f"{head.replace('$this', f'({this.n3()} AS ?this)')}{where}{rest.replace('$this', this.n3())}"


def outward(node: NamedNode | BlankNode | Literal | Triple) -> RdfTerm:
    """A term as rdflib has it, in the same letters."""
    if isinstance(node, NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, BlankNode):
        return rdflib.BNode(node.value)
    assert isinstance(node, Literal), "triples as terms are refused on reading"
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    if node.datatype == term("xsd:string"):
        return rdflib.Literal(node.value)
    return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value), normalize=False)


def inward(node: rdflib.term.Node) -> Node:
    """A term of rdflib as the store has it."""
    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    assert isinstance(node, rdflib.Literal), "there is no other kind of term in a report"
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))
