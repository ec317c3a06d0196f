"""How fast the graph goes into stores, against the bulk loader of each: ``python benchmarks/load.py --quads 100000``.

The goal is 0.7 of what the store's own loader reaches, which checks nothing, replaces nothing and needs the machine.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from pyoxigraph import Quad, RdfFormat, parse, serialize
from pyoxigraph import Store as Database

from kg.build import build
from kg.graph import Graph
from kg.load.detect import connect
from kg.load.http import Client, Credentials
from kg.load.run import load
from kg.load.send import Check
from kg.store import Store, write_store

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from servers import VIRTUOSO_USER, Server, oxigraph, running, virtuoso  # noqa: E402 - what the tests start


def generated(quads: int) -> Iterator[bytes]:
    """N-Quads in the shape of ours, at least so many: the graph of the seeds, its articles again and again."""
    graph = build([ROOT / "seeds"])
    shared, articles = [], []
    for quad in graph.store.quads():
        (articles if "/article/" in quad.graph_name.value else shared).append(quad)  # type: ignore[union-attr]
    text = {
        name: serialize(part, format=RdfFormat.N_QUADS) or b"" for name, part in (("shared", shared), ("own", articles))
    }
    yield text["shared"]
    for copy in range(max(1, -(-(quads - len(shared)) // len(articles)))):
        yield text["own"].replace(b"/article/", b"/article/%d-" % copy)


def rate(quads: int, work: Callable[[], object]) -> float:
    """Quads in a second."""
    start = perf_counter()
    work()
    return quads / (perf_counter() - start)


def kg_load(server: Server, store: Store, check: Check) -> float:
    """Quads in a second of a first load; afterwards a second one must find nothing to do."""
    target = connect(server.url, client=Client(Credentials(*VIRTUOSO_USER)))
    outcomes = []
    total = sum(1 for _ in store.quads())
    result = rate(total, lambda: outcomes.append(load(store, target, check=check)))
    assert not outcomes[0].failed, outcomes[0].failed[:3]
    again = perf_counter()
    assert not load(store, target).plan.to_send
    print(f"    (a second load, which sends nothing: {perf_counter() - again:.1f} s)")
    return result


def virtuoso_bulk(server: Server, file: Path) -> None:
    """Virtuoso's own loader, until what it loaded would survive a power cut."""
    ini = (server.folder / "virtuoso.ini").read_text()
    port = re.search(r"\[Parameters\]\nServerPort = (\S+)", ini)
    assert port is not None
    statement = f"ld_dir('{file.parent}', '{file.name}', 'urn:default'); rdf_loader_run(); checkpoint;"
    command = ["isql-vt", port.group(1), *VIRTUOSO_USER, f"EXEC={statement}"]
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Print a line for each store: its own loader, ours, the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quads", type=int, default=100_000)
    parser.add_argument("--stores", default="embedded,oxigraph,virtuoso")
    arguments = parser.parse_args()
    stores = arguments.stores.split(",")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "bulk" / "graph.nq"
        file.parent.mkdir()
        with file.open("wb") as output:
            output.writelines(generated(arguments.quads))

        def quads() -> Iterator[Quad]:
            yield from parse(path=str(file), format=RdfFormat.N_QUADS)

        total = sum(1 for _ in quads())
        own = rate(total, lambda: Database(str(folder / "raw")).bulk_load(path=str(file), format=RdfFormat.N_QUADS))
        ours = rate(total, lambda: write_store(quads(), base="https://w3id.org/kg-news/id/", path=folder / "store"))
        store = Graph.open(folder / "store").store
        print(f"{total:,} quads, {file.stat().st_size / 1e6:.0f} MB")
        if "embedded" in stores:
            print_rates("embedded store (with its default graph)", own, ours)
        if "oxigraph" in stores:
            server = oxigraph(folder / "oxigraph-own")
            command = [server.command[0], "load", "--location", str(server.folder / "data"), "--file", str(file)]
            own = rate(total, lambda: subprocess.run(command, check=True, capture_output=True))
            compare("Oxigraph server", own, lambda name: oxigraph(folder / name), store)
        if "virtuoso" in stores:
            with running(virtuoso(folder / "bulk-virtuoso", also=file.parent)) as server:
                own = rate(total, lambda: virtuoso_bulk(server, file))
            compare("Virtuoso", own, lambda name: virtuoso(folder / name), store)


def compare(name: str, own: float, made: Callable[[str], Server], store: Store) -> None:
    """Print the rates of ``kg load`` into a fresh server, with counts checked, and with all of it read back."""
    checks: tuple[Check, ...] = ("counts", "sent")
    for check in checks:
        with running(made(f"{name}-{check}".replace(" ", "-"))) as server:
            print_rates(f"{name}, --check {check}", own, kg_load(server, store, check))


def print_rates(what: str, own: float, ours: float) -> None:
    """One line."""
    print(f"{what:40} own loader {own:8,.0f}/s   kg {ours:8,.0f}/s   ratio {ours / own:.2f}", flush=True)


if __name__ == "__main__":
    main()
