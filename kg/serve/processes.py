"""A process that works for the server: started, spoken with in frames, ended; what is said where it ended itself."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Final

from kg.serve import worker as frames
from kg.serve.problems import Problem
from kg.serve.worker import FRAME

#: Seconds a worker may take to open the store.
START: Final = 60.0
#: Modules that a process has before it is asked anything: what jobs need.
_PRELOADED: Final = (
    "kg.serve.worker",
    "kg.serve.writer",
    "kg.serve.protocol",
    "kg.serve.linked",
    "kg.serve.api",
    "kg.pages",
)


#: Processes are forked from one that has read the modules and nothing else; where there are no forks, each reads them.
PROCESSES: Final = (
    multiprocessing.get_context("spawn") if sys.platform == "win32" else multiprocessing.get_context("forkserver")
)
PROCESSES.set_forkserver_preload(list(_PRELOADED))


@dataclass(eq=False)
class Worker:
    """A process, how it is spoken with, which state of the store it has open, and whether it has the tables of it."""

    process: BaseProcess
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    state: object
    retiring: bool = False
    ready: bool = False

    async def receive(self) -> tuple[bytes, bytes]:
        """The next frame: its kind and content. Raises IncompleteReadError, or an OSError, where the process ended."""
        kind, length = FRAME.unpack(await self.reader.readexactly(FRAME.size))
        return kind, await self.reader.readexactly(length) if length else b""

    def end(self) -> None:
        """End the process now."""
        if self.process.is_alive():
            self.process.kill()
        self.writer.close()


async def begin(target: Callable[..., None], *arguments: object, state: object = None) -> Worker:
    """A process that runs ``target``, given one end of a socket and these arguments."""
    ours, theirs = socket.socketpair()
    process = PROCESSES.Process(target=target, args=(theirs, *arguments), daemon=True)
    with theirs:
        await asyncio.to_thread(process.start)
    reader, writer = await asyncio.open_connection(sock=ours)
    return Worker(process, reader, writer, state)


async def why_ended(worker: Worker) -> Problem:
    """What to say of a process that ended in the middle of a job."""
    await asyncio.to_thread(worker.process.join, 2)
    if worker.process.exitcode in (-signal.SIGABRT, -signal.SIGKILL):  # how the engine, or the system, ends without it
        return Problem(503, frames.NO_MEMORY, hint="Ask for less.")
    return Problem(500, "the process that worked on the answer ended", hint="What happened stands in the server's log.")
