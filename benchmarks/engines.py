"""A graph of many quads: checking it, inferring from it, and the prepared queries; see README.md here."""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from kg.build import build
from kg.infer import infer
from kg.memory import collect_seldom
from kg.query import queries, run
from kg.query.binding import bind
from kg.store import Store, write_store
from kg.validate import validate_store
from kg.vocab import BASE, PREFIXES

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "gold" / "seen" / "articles"


def many(quads: int) -> list[Quad]:
    """At least so many quads: those of the development set, its articles again and again under new ids."""
    whole = list(build([ARTICLES], infer=False).store.quads(with_text=True))
    found = list(whole)
    number = 0
    while len(found) < quads:
        number += 1
        found.extend(copies(whole, number))
    return [*found, *infer(found)]


def copies(quads: list[Quad], number: int) -> Iterator[Quad]:
    """The quads of articles with the ids of these changed; entities stay, as many articles name the same."""
    start, mark = f"{BASE}article/", f"{BASE}article/copy-{number}-"

    def renamed(node: object) -> object:
        if isinstance(node, NamedNode) and node.value.startswith(start):
            return NamedNode(mark + node.value.removeprefix(start))
        return node

    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(start):
            value = quad.object
            if quad.predicate.value == "https://schema.org/identifier" and isinstance(value, Literal):
                value = Literal(f"copy-{number}-{value.value}")
            yield Quad(renamed(quad.subject), quad.predicate, renamed(value), renamed(quad.graph_name))  # type: ignore[arg-type]


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    start = process_time()
    work()
    return process_time() - start


def query_lines(store: Store) -> Iterator[str]:
    """For each prepared query: milliseconds of ours, of the engine alone with the same text, and the ratio."""
    for query in queries():
        text = bind(query, {}, store)

        def alone(text: str = text) -> None:
            answer = store.db.query(text, prefixes={**PREFIXES, "kgid": store.base})
            names = answer.variables if isinstance(answer, QuerySolutions) else []
            for row in answer:  # type: ignore[union-attr]
                [row[name] for name in names]  # type: ignore[index]

        ours = min(seconds(lambda name=query.name: run(store, name)) for _ in range(2))  # type: ignore[misc]
        theirs = min(seconds(alone) for _ in range(2))
        yield f"{query.name:<20}{ours * 1000:>10.0f}{theirs * 1000:>10.0f}{ours / max(theirs, 1e-9):>8.2f}"


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--reference", action="store_true", help="check with pySHACL too")
    parser.add_argument("--queries", action="store_true", help="time the prepared queries too")
    args = parser.parse_args()
    collect_seldom()  # as the command does
    quads = many(args.quads)
    print(f"{len(quads):,} quads")
    print(f"inference: {seconds(partial(infer, quads)):.1f} s")
    store = write_store(quads, base=BASE)
    del quads
    for engine in ("pyshifty", *(["pyshacl"] if args.reference else [])):
        print(f"checking by {engine}: {seconds(lambda engine=engine: validate_store(store, engine=engine)):.1f} s")  # type: ignore[misc]
    if args.queries:
        print(f"{'query':<20}{'kg, ms':>10}{'engine':>10}{'ratio':>8}")
        for line in query_lines(store):
            print(line, flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"peak memory: {memory:,.0f} MB")


if __name__ == "__main__":
    main()
