"""Requests a second of ``kg serve`` and ``oxigraph serve-read-only`` on the same data: ``python benchmarks/serve.py``.

A SELECT of 100 rows is asked by 50 connections of ``wrk``: as a prepared query of the API, with kept answers and, each
request with another value, without; as text at ``/sparql``; and at Oxigraph's own server. Memory is what all processes
of a server have for themselves (PSS), before and after. Processor time for each request tells more than the rate where
other work goes on beside.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from servers import Server, oxigraph, running  # noqa: E402 - what the tests start
from serving import Served, serving  # noqa: E402

from kg.query import named  # noqa: E402
from kg.query.binding import bind  # noqa: E402
from kg.store import open_store, read_folder  # noqa: E402
from kg.vocab import PREFIXES  # noqa: E402

ARTICLES = (ROOT / "seeds", ROOT / "tests" / "gold" / "seen" / "articles")
ROWS = 100
PREPARED = "aid-figures"
PLAIN = f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {ROWS}"
JSON = "application/sparql-results+json"
#: Asks with another value each time, so that no kept answer fits.
NEVER_KEPT = """
local n = math.random(1000000000)
request = function() n = n + 1; return wrk.format(nil, wrk.path .. "&min=-" .. n) end
"""


@dataclass(frozen=True)
class Run:
    """What ``wrk`` counted: requests and their rate, latencies in ms, and requests that went wrong.

    ``cost`` is the processor time of the server for one, in ms; ``before`` and ``after`` its memory in MB.
    """

    requests: int
    rate: float
    median: float
    slowest: float
    wrong: int
    cost: float
    before: float
    after: float


def wrk(url: str, processes: Callable[[], set[int]], *, seconds: int, connections: int, script: str = "") -> Run:
    """Ask ``url``, which ``processes`` answer, as fast as it answers."""
    with tempfile.TemporaryDirectory() as folder:
        lua = Path(folder) / "load.lua"
        lua.write_text(script + _REPORT, encoding="utf-8")
        command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-H", f"Accept: {JSON}"]
        before, used = memory(processes()), processor(processes())
        told = subprocess.run([*command, "-s", str(lua), url], capture_output=True, text=True, check=True).stdout
        used, after = processor(processes()) - used, memory(processes())
    found = re.search(r"^REPORT (.*)$", told, re.MULTILINE)
    assert found, told
    counted = json.loads(found[1])
    return Run(
        counted["n"], counted["n"] / counted["s"], counted["p50"] / 1000, counted["max"] / 1000, counted["bad"],
        1000 * used / max(1, counted["n"]), before, after,
    )  # fmt: skip


_REPORT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('REPORT {"n": %d, "s": %.3f, "p50": %.1f, "max": %.1f, "bad": %d}\\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50), latency.max, e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def memory(processes: set[int]) -> float:
    """What these processes have for themselves, a share of what they have with others, in MB."""
    total = 0
    for process in processes:
        try:
            told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


def processor(processes: set[int]) -> float:
    """The seconds of processor time these processes have had."""
    ticks = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def text(name: str, store: Path) -> str:
    """The SPARQL of a prepared query with its defaults, as another server takes it."""
    opened = open_store(store)
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in {**PREFIXES, "kgid": opened.base}.items())
    return f"{prefixes}{bind(named(name), {}, opened)} LIMIT {ROWS}"


@contextmanager
def built(given: Path | None) -> Iterator[Path]:
    """The store that is named, or one of the development articles."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        command = [sys.executable, "-m", "kg", "build", *map(str, ARTICLES), "--store", str(path)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        yield path


def line(name: str, run: Run) -> str:
    """A row of the table."""
    return (
        f"{name:34} {run.rate:7,.0f}/s  {run.cost:6.2f} ms each  median {run.median:6.1f} ms  "
        f"slowest {run.slowest:7.1f} ms  {run.wrong} of {run.requests:,} wrong  {run.before:.0f} -> {run.after:.0f} MB"
    )


def reading(database: Path, folder: Path) -> Server:
    """Oxigraph's server of a database that it does not write."""
    server = oxigraph(folder)
    program, *_, bound = server.command
    server.command = [program, "serve-read-only", "--location", str(database), "--bind", bound]
    return server


def targets(server: Served, store: Path) -> dict[str, tuple[str, str]]:
    """What is asked of ``kg serve``: address and script of ``wrk``, by what it is called."""
    api = f"{server.url}/api/{PREPARED}?limit={ROWS}"
    asked = {"prepared": text(PREPARED, store), "plain": PLAIN}
    return {
        "kg /api, plain JSON, kept": (api, ""),
        "kg /api, SPARQL JSON, kept": (f"{api}&format=sparql-json", ""),
        "kg /api, plain JSON, not kept": (api, NEVER_KEPT),
        "kg /api, SPARQL JSON, not kept": (f"{api}&format=sparql-json", NEVER_KEPT),
        "kg /sparql, the same": (f"{server.sparql}?{urlencode({'query': asked['prepared']})}", ""),
        "kg /sparql, SELECT ?s ?p ?o": (f"{server.sparql}?{urlencode({'query': asked['plain']})}", ""),
    }


def main() -> None:
    """Print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="the store to serve (default: one of the development articles)")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--only", default="", help="part of the names of what is asked of kg")
    options = parser.parse_args()
    load = {"seconds": options.seconds, "connections": options.connections}
    with built(options.store) as store, tempfile.TemporaryDirectory() as folder:
        with serving(store, log=Path(folder) / "log.txt") as server:
            for name, (url, script) in targets(server, store).items():
                if options.only in name:
                    tell(name, url, lambda: {server.process.pid, *server.processes()}, script=script, **load)
        with running(reading(read_folder(store).graph, Path(folder) / "oxigraph")) as other:
            assert other.process is not None
            own = {other.process.pid}
            for name, query in (("the same", text(PREPARED, store)), ("SELECT ?s ?p ?o", PLAIN)):
                if options.only in name:
                    tell(f"oxigraph, {name}", f"{other.url}/query?{urlencode({'query': query})}", lambda: own, **load)


def tell(name: str, url: str, processes: Callable[[], set[int]], *, seconds: int, connections: int, **how: str) -> None:
    """Print the line of a run, after a short one that warms up."""
    urlopen(url).read()  # noqa: S310 - our own server
    wrk(url, processes, seconds=2, connections=connections, **how)
    print(line(name, wrk(url, processes, seconds=seconds, connections=connections, **how)), flush=True)


if __name__ == "__main__":
    main()
