"""How fast the graph goes into stores, against the bulk loader of each: ``python benchmarks/load.py --quads 100000``.

The goal is 0.7 of what the store's own loader reaches, which checks nothing, replaces nothing and needs the machine.
It is given all that comes to be there: the named graphs and the merged facts (in the embedded store its default graph).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from pyoxigraph import Quad, RdfFormat, parse, serialize
from pyoxigraph import Store as Database

from kg.build import build
from kg.graph import Graph
from kg.load.connect import connect
from kg.load.content import contents, in_graph
from kg.load.run import load
from kg.load.send import CHECKS, Check
from kg.remote.http import Client, Credentials
from kg.store import Store, write_store
from kg.vocab import BASE

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


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock and of processors, the server's too."""

    clock: float
    processor: float


def processor(server: Server | None = None) -> float:
    """Seconds of processor time of this process, of those it started and waited for, and of ``server``."""
    times = os.times()
    own = times.user + times.system + times.children_user + times.children_system
    if server is None or server.process is None:
        return own
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost(work: Callable[[], object], server: Server | None = None) -> Cost:
    """What ``work`` takes."""
    clock, before = perf_counter(), processor(server)
    work()
    return Cost(perf_counter() - clock, processor(server) - before)


def kg_load(server: Server, store: Store, check: Check) -> Cost:
    """The cost of a first load; afterwards a second one must find nothing to do."""
    target = connect(server.url, client=Client(Credentials(*VIRTUOSO_USER)))
    outcomes = []
    result = cost(lambda: outcomes.append(load(store, target, check=check)), server)
    assert not outcomes[0].failed, outcomes[0].failed[:3]
    again = cost(lambda: outcomes.append(load(store, target)), server)
    assert not outcomes[1].plan.to_send
    print(f"    (a second load, which sends nothing: {again.clock:.1f} s)")
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
    parser.add_argument("--checks", default="counts,sent", help="how much is read back, one load for each")
    arguments = parser.parse_args()
    stores, checks = arguments.stores.split(","), [check for check in CHECKS if check in arguments.checks.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "bulk" / "graph.nq"
        file.parent.mkdir()
        with file.open("wb") as output:
            output.writelines(generated(arguments.quads))

        def quads() -> Iterator[Quad]:
            yield from parse(path=str(file), format=RdfFormat.N_QUADS)

        total = sum(1 for _ in quads())
        print(f"{total:,} quads, {file.stat().st_size / 1e6:.0f} MB")
        ours = cost(lambda: write_store(quads(), base=BASE, path=folder / "store"))
        store = Graph.open(folder / "store").store
        if "embedded" in stores:
            both = folder / "both.nq"
            with both.open("wb") as output:
                store.db.dump(output, RdfFormat.N_QUADS)
            own = cost(lambda: Database(str(folder / "raw")).bulk_load(path=str(both), format=RdfFormat.N_QUADS))
            print_rates("embedded store, with its default graph", len(store.db), own, ours)
        sent = 0
        with file.open("wb") as output:
            for content, lines in contents(store, merged=True):
                sent += content.count
                output.write(in_graph(lines, content.graph))
        print(f"{sent:,} quads to send, {file.stat().st_size / 1e6:.0f} MB")
        if "oxigraph" in stores:
            server = oxigraph(folder / "oxigraph-own")
            command = [server.command[0], "load", "--location", str(server.folder / "data"), "--file", str(file)]
            own = cost(lambda: subprocess.run(command, check=True, capture_output=True))
            compare("Oxigraph server", sent, own, lambda name: oxigraph(folder / name), store, checks)
        if "virtuoso" in stores:
            with running(virtuoso(folder / "virtuoso-own", also=file.parent)) as server:
                own = cost(lambda: virtuoso_bulk(server, file), server)
            compare("Virtuoso", sent, own, lambda name: virtuoso(folder / name), store, checks)


def compare(name: str, total: int, own: Cost, made: Callable[[str], Server], store: Store, checks: list[Check]) -> None:
    """Print the rates of ``kg load`` into a fresh server, for each of ``checks``."""
    for check in checks:
        with running(made(f"{name}-{check}".replace(" ", "-"))) as server:
            print_rates(f"{name}, --check {check}", total, own, kg_load(server, store, check))


def print_rates(what: str, total: int, own: Cost, ours: Cost) -> None:
    """One line: quads in a second of the clock, seconds of processors, and what ours is of the store's own."""
    print(
        f"{what:40} own {total / own.clock:7,.0f}/s {own.processor:6.1f} s"
        f"   kg {total / ours.clock:7,.0f}/s {ours.processor:6.1f} s"
        f"   ratio {own.clock / ours.clock:.2f}, of processor time {own.processor / ours.processor:.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
