"""What a job gives, as it comes from its process: a head, then pieces of bytes, or a problem in their place."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncIterator
from typing import Final

from kg.serve import worker as frames
from kg.serve.jobs import Head
from kg.serve.problems import Problem, Refused
from kg.serve.processes import Worker

#: Pieces of an answer that are read ahead of the client: some 64 kB each.
_AHEAD: Final = 16
#: Seconds a job may go on for nobody, so that a short one does not cost a process.
GRACE: Final = 0.3


class Answer:
    """What a job gives: ``head``, then its bytes. ``whole`` holds them all where they came at once.

    ``state`` tells the generation of the store that it is of from any other.
    """

    def __init__(self, state: object) -> None:
        self.state = state
        self.begun: asyncio.Future[Head] = asyncio.get_running_loop().create_future()
        self.whole: bytes | None = None
        self._pieces: asyncio.Queue[bytes | Problem | None] = asyncio.Queue(_AHEAD)
        self.left = False
        #: While the job goes on: how long it may.
        self.patience: asyncio.Timeout | None = None

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes as they come. Raises Refused where the answer breaks off."""
        while (piece := await self._pieces.get()) is not None:
            if isinstance(piece, Problem):
                raise Refused(piece)
            yield piece

    def leave(self) -> None:
        """Nobody wants the rest: a job that is not soon done is ended."""
        self.left = True
        while not self._pieces.empty():
            self._pieces.get_nowait()
        if self.patience is not None and not self.patience.expired():
            self.patience.reschedule(asyncio.get_running_loop().time() + GRACE)

    def begin(self, head: Head) -> None:
        """Give the head."""
        if not self.begun.done():  # whoever asked may have left
            self.begun.set_result(head)

    async def put(self, piece: bytes | None) -> None:
        """Add bytes, or None for the end; waits where the client is slow."""
        if not self.left:
            await self._pieces.put(piece)

    def fail(self, problem: Problem) -> None:
        """Give a problem in place of the answer, or of its rest."""
        if not self.begun.done():
            self.begun.set_exception(Refused(problem))
        elif not self.left:
            if self._pieces.full():
                self._pieces.get_nowait()
            self._pieces.put_nowait(problem)


async def read(worker: Worker, answer: Answer) -> bool:
    """Read the frames of one answer; whether the worker can take another job."""
    while True:
        kind, data = await worker.receive()
        if kind == frames.MORE:
            await answer.put(data)
        elif kind in (frames.END, frames.LAST):
            await answer.put(None)
            return kind == frames.END
        else:
            told = pickle.loads(data)  # noqa: S301 -- it comes from our own process, through our own socket
            if kind == frames.PROBLEM:
                answer.fail(told)
            else:
                if kind == frames.WHOLE:
                    _, answer.whole = await worker.receive()
                answer.begin(told)
