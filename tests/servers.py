"""Real triple stores that tests start on a free port, with a folder of their own, and end by their process id."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import pytest

#: Seconds a server may take to answer: after a kill -9 it first repairs its files.
PATIENCE = 90

#: User and password of a Virtuoso as it comes.
VIRTUOSO_USER = ("dba", "dba")

_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = {folder}{also}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 20
MaxKeepAlives = 20
KeepAliveTimeout = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


@dataclass
class Server:
    """A server program: how it is started, and where it answers. ``folder`` holds its data and outlives it."""

    url: str
    command: list[str]
    ready: Callable[[], bool]
    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.folder / "output.txt").open("ab") as output:
            self.process = subprocess.Popen(self.command, stdout=output, stderr=output, cwd=self.folder)
        until = time.monotonic() + PATIENCE
        while not self.ready():
            said = (self.folder / "output.txt").read_text(errors="replace")[-2000:]
            assert self.process.poll() is None, f"{self.command[0]} ended at once: {said}"
            assert time.monotonic() < until, f"{self.command[0]} does not answer: {said}"
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process = None


#: Ports below those that systems give to clients, so that one that is free now is so a moment later. Where to begin
#: hangs on the process: two runs of the tests do not meet.
_FIRST = 10_000 + os.getpid() * 97 % 20_000
_PORTS = cycle((*range(_FIRST, 30_000), *range(10_000, _FIRST)))


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on now, another each time."""
    for port in _PORTS:
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise AssertionError("ports go round for ever")


def answers(url: str) -> bool:
    """Whether a GET of ``url`` gives 200."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def oxigraph(folder: Path) -> Server:
    """An Oxigraph server with its data in ``folder``, not started. Skips the test where there is no such program."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        pytest.skip("the Oxigraph server is not installed: pip install oxigraph")
    folder.mkdir(parents=True, exist_ok=True)
    url = f"http://127.0.0.1:{free_port()}"
    command = [program, "serve", "--location", str(folder / "data"), "--bind", url.removeprefix("http://")]
    return Server(url, command, lambda: answers(f"{url}/query?query=ASK%7B%7D"), folder)


def virtuoso(folder: Path, *, also: Path | None = None) -> Server:
    """A Virtuoso 7 with its database in ``folder``, not started; its bulk loader reads files of ``also``.

    Skips the test where there is no such program.
    """
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7")
    folder.mkdir(parents=True, exist_ok=True)
    port, sql_port = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(
        _VIRTUOSO_INI.format(folder=folder, port=port, sql_port=sql_port, also=f", {also}" if also else "")
    )
    url = f"http://127.0.0.1:{port}"
    command = [program, "+foreground", "+wait", "+configfile", str(folder / "virtuoso.ini")]
    return Server(url, command, lambda: answers(f"{url}/sparql?query=ASK%7B%7D"), folder)


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """``server``, started, and ended whatever happens."""
    try:
        server.start()
        yield server
    finally:
        server.stop()
