"""``kg serve`` as a process of its own on a free port, for tests to ask, and what is left of it afterwards."""

from __future__ import annotations

import os
import re
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
#: Seconds after which what should have come has not, on a machine however slow.
PATIENCE = 120
_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _OneEach(httpx.BaseTransport):
    """A connection of its own for each request.

    A pool that many threads share and that keeps no connection closes, once in some ten thousand requests, one that it
    has just given to another of them: "Bad file descriptor".
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.HTTPTransport(verify=_TLS, limits=limits, trust_env=False).handle_request(request)


#: A client that waits so long, keeps no connection and goes through no proxy.
CLIENT = httpx.Client(timeout=PATIENCE, transport=_OneEach(), trust_env=False)


@dataclass(frozen=True)
class Served:
    """A server under test: its address, without a slash at its end, its store and its process."""

    url: str
    store: Path
    process: subprocess.Popen[str]
    log: Path

    @property
    def sparql(self) -> str:
        """Its SPARQL endpoint."""
        return f"{self.url}/sparql"

    def said(self) -> str:
        """What it has written so far on standard error."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def processes(self) -> set[int]:
        """The processes that work for it, itself not counted; those that are gone but not yet buried are left out."""
        return _below(self.process.pid)


def _below(pid: int) -> set[int]:
    """The processes that come of ``pid``."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(folder.name)] = int(fields[1])
    found: set[int] = set()
    last = {pid}
    while last:
        last = {child for child, parent in parents.items() if parent in last} - found
        found |= last
    return found


def is_running(pid: int) -> bool:
    """Whether there is such a process, and not only its name on a grave."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(condition: object, *, seconds: float = PATIENCE) -> bool:
    """Whether ``condition``, a function, comes true in time."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def serving(store: Path, *options: str, log: Path, token: str = "") -> Iterator[Served]:
    """A server of ``store``, ended whatever happens; no process of it is left then. ``token`` is for updates."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **({"KG_TOKEN": token} if token else {})}
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://\S+(?=/ )", line)
        assert address, f"{line}{log.read_text()}"
        served = Served(address[0], store, process, log)
        yield served
    finally:
        children = _below(process.pid)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
    assert until(lambda: not any(map(is_running, children))), "processes are left behind"


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk, built from the seeds."""
    path = tmp_path_factory.mktemp("served") / "store"
    command = [sys.executable, "-m", "kg", "build", str(SEEDS), "--store", str(path)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return path


@pytest.fixture(scope="session")
def server(seed_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the seeds' graph, with the limits it comes with."""
    with serving(seed_store, log=tmp_path_factory.mktemp("server") / "log.txt") as served:
        yield served
