"""A worker process: it opens the store's current generation for reading and answers one job after the other.

It talks with the server through a socket, in frames: a letter for the kind, four bytes of length, the content. It is
ended from outside: the engine offers no way to stop a query. It ends itself when the server is gone.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import IO, Any, Final

from kg.errors import KgError
from kg.serve.jobs import Body, Head, Job
from kg.serve.problems import Problem, Refused, of_error
from kg.store import Store, open_store

FRAME: Final = struct.Struct("!cI")

#: Kinds of frames. To a worker: a job. From it: ready; a problem in place of an answer, or of the rest of one; the head
#: of an answer all of whose bytes follow in one frame; the head of a longer one; bytes of an answer. Each answer and
#: each problem is followed by the end: of the answer, or of both the answer and the worker.
JOB: Final = b"J"
READY: Final = b"R"
PROBLEM: Final = b"P"
WHOLE: Final = b"W"
HEAD: Final = b"H"
MORE: Final = b"M"
END: Final = b"E"
LAST: Final = b"L"

#: Bytes that go out together, and seconds after which fewer do.
_CHUNK: Final = 1 << 16
_PAUSE: Final = 0.2
#: Seconds past its time after which a worker that nobody ended is ended by the system.
_GRACE: Final = 5.0

NO_MEMORY: Final = "the answer needs more memory than this server gives it"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take: seconds, bytes of the result, bytes of memory (0 is any)."""

    seconds: float = 30.0
    result: int = 100_000_000
    memory: int = 2_000_000_000


@dataclass(frozen=True)  # without slots, which would be pickled field by field
class Asked:
    """A job, what it is asked, and whether only the head of its answer is wanted."""

    job: Job
    request: Any
    only_head: bool = False


class TooLong(OSError):
    """The result is longer than allowed. An OSError, so that the engine's writers let it through."""


class Output:
    """The file an answer is written to: it goes out in frames."""

    def __init__(self, channel: socket.socket, head: Head, *, most: int) -> None:
        self._channel = channel
        self._head = head
        self._most = most
        self._begun = False
        self._total = 0
        self._held = bytearray()
        self._since = time.monotonic()

    def write(self, data: bytes, /) -> int:
        """Take bytes. Raises TooLong for those past the limit, and OSError where the server is gone."""
        self._total += len(data)
        if self._total > self._most:
            raise TooLong
        self._held += data
        if len(self._held) >= _CHUNK or time.monotonic() - self._since > _PAUSE:
            self._send_held()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is held goes out when there is enough of it."""

    def rest(self) -> bytes:
        """The frames of what is held, that they may go out together with the end."""
        return (b"" if self._begun else frame_of(WHOLE, self._head)) + frame(MORE, self._held)

    def _send_held(self) -> None:
        if not self._begun:
            send(self._channel, HEAD, self._head)
            self._begun = True
        self._channel.sendall(frame(MORE, self._held))
        self._held.clear()
        self._since = time.monotonic()


def work(channel: socket.socket, path: Path, limits: Limits) -> None:
    """Be a worker for the store at ``path``, until ``channel`` closes."""
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the server ends its workers
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    threading.Thread(target=end_with_server, daemon=True).start()
    channel.settimeout(None)
    try:
        store = open_store(path)
    except KgError as error:
        send(channel, PROBLEM, of_error(error, status=503))
        return
    limit_memory(limits.memory)
    send(channel, READY, None)
    jobs = channel.makefile("rb")
    try:
        while (asked := _receive(jobs)) is not None:
            _alarm(limits.seconds + _GRACE)
            last = _answer(store, asked, channel, limits)
            _alarm(0)
            if last:
                return
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(store: Store, asked: Asked, channel: socket.socket, limits: Limits) -> bool:
    """Do a job and send what it gives, or the problem; whether this was the worker's last.

    What nobody foresaw ends the process, with a traceback.
    """
    problem: Problem | None = None
    rest, gone = b"", False
    try:
        head, body = asked.job(store, asked.request)
        output = Output(channel, head, most=limits.result)
        if not asked.only_head:
            _write(body, output)
        rest = output.rest()
    except Refused as error:
        problem = error.problem
    except KgError as error:
        problem = of_error(error)
    except TooLong:
        told = f"the result is longer than {limits.result:,} bytes, the most this server sends"
        problem = Problem(403, told, hint="Ask for less, with LIMIT, or take all of the graph with kg export.")
    except MemoryError:
        problem = Problem(503, NO_MEMORY, hint="Ask for less.")
    except FileNotFoundError:  # a file that was not read before went with its generation
        problem, gone = Problem(503, "the store was replaced while this was asked", hint="Ask again."), True
    if problem is not None:
        rest = frame_of(PROBLEM, problem)
    last = gone or _is_swollen(limits.memory)
    channel.sendall(rest + frame(LAST if last else END, b""))
    return last


def _write(body: Body, output: Output) -> None:
    if isinstance(body, bytes):
        output.write(body)
    elif callable(body):
        body(output)  # type: ignore[arg-type]  # writers of RDF need no more of a file than writing
    else:
        for piece in body:
            output.write(piece)


def send(channel: socket.socket, kind: bytes, content: object) -> None:
    """Send a frame with a value."""
    channel.sendall(frame_of(kind, content))


def frame(kind: bytes, content: bytes | bytearray) -> bytes:
    """A frame."""
    return FRAME.pack(kind, len(content)) + content


def frame_of(kind: bytes, content: object) -> bytes:
    """A frame with a value."""
    return frame(kind, pickle.dumps(content, pickle.HIGHEST_PROTOCOL))


def _receive(jobs: IO[bytes]) -> Asked | None:
    """The next job; None where the server has gone."""
    start = jobs.read(FRAME.size)
    length = FRAME.unpack(start)[1] if len(start) == FRAME.size else 0
    data = jobs.read(length)
    if len(data) < length:
        return None
    asked = pickle.loads(data) if data else None  # noqa: S301 -- it comes from the server, through our own socket
    assert asked is None or isinstance(asked, Asked)
    return asked


def end_with_server() -> None:
    """Wait until the server's process is gone, then end this one, whatever it is at."""
    server = parent_process()
    if server is not None:
        wait([server.sentinel])
        os._exit(1)


def _alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(most: int) -> None:
    """Let this process take ``most`` bytes beside what it has now. Past that it ends."""
    if most and sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + most, hard))


def _is_swollen(most: int) -> bool:
    """Whether this process once needed so much memory that a fresh one had better take its place."""
    if not most or sys.platform != "linux":
        return False
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > most // 4
