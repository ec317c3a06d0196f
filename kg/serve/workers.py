"""The worker processes as the server sees them: started, given jobs, ended when a job runs too long, and replaced.

A job streams: a few pieces of its answer are read ahead, and the worker waits where the client is slow. When a build
puts a new generation in place, fresh workers take over one by one and the old ones end when they are idle, so that
each answer is of one generation.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.serve import tables
from kg.serve import worker as frames
from kg.serve.jobs import Job
from kg.serve.pieces import GRACE, Answer, read
from kg.serve.problems import Problem, Refused, refuse
from kg.serve.processes import START, Worker, begin, why_ended
from kg.serve.worker import Asked, Limits, work
from kg.store.folder import MANIFEST

_LOG: Final = logging.getLogger("kg.serve")

#: Jobs that wait for a worker before more are sent away.
_QUEUE: Final = 128
#: Seconds between two looks for a new generation, and before another try to start a worker that would not start.
_LOOK: Final = 0.5
#: Where the server ends before the answer does.
_ENDING: Final = Problem(503, "the server is being ended", fields=(("Retry-After", "10"),))


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """Somebody who waits for a worker."""

    worker: asyncio.Future[Worker]
    free: bool


class Pool:
    """``size`` worker processes for the store at ``path``.

    All but one of them may be at work on *free* jobs, queries of anybody's own making that may take all the time there
    is: pages and prepared queries are answered meanwhile.
    """

    def __init__(self, path: Path, *, size: int, limits: Limits) -> None:
        self.limits = limits
        self._path = path
        self._size = size
        self._state: object = None
        self._workers: set[Worker] = set()
        self._idle: deque[Worker] = deque()
        self._waiting: deque[_Turn] = deque()
        self._free_running = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._tables: tuple[object, bytes] = (None, b"")
        self._renewing = asyncio.Lock()

    @property
    def state(self) -> object:
        """What tells the current generation of the store from any other; None where there is none."""
        return self._state

    async def start(self) -> None:
        """Start all workers. Raises Refused where the store cannot be opened."""
        self._state = _state(self._path)
        for _ in range(self._size):
            self._give(await self._started())
        self._spawn(self._follow())
        if self._size > 1:  # one alone has more to do
            self._spawn(self._keep_ready())

    def give_up(self) -> None:
        """End whatever is under way, or waits, with a problem: the server ends."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        for turn in self._waiting:
            if not turn.worker.done():
                turn.worker.set_exception(Refused(_ENDING))

    async def close(self) -> None:
        """End all workers."""
        self.give_up()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in self._workers:
            worker.end()
        for worker in self._workers:
            await asyncio.to_thread(worker.process.join, 5)
        self._workers.clear()

    async def ask(self, job: Job, request: Any, *, only_head: bool = False, free: bool = False) -> Answer:
        """Give a job to a worker. Returns when its answer begins. Raises Refused with the problem where there is none.

        Whoever is cancelled meanwhile has left.
        """
        if self._closing:
            raise Refused(_ENDING)
        worker = await self._take(free=free)
        answer = Answer(worker.state)
        self._spawn(self._run(worker, Asked(job, request, only_head), answer, free=free))
        try:
            await answer.begun
        except asyncio.CancelledError:
            answer.leave()
            raise
        return answer

    def _may_begin(self, *, free: bool) -> bool:
        return not free or self._free_running < max(1, self._size - 1)

    async def _take(self, *, free: bool) -> Worker:
        """An idle worker, of the newest generation if there is one; waits in turn where all are at work."""
        while self._idle and self._may_begin(free=free):
            worker = next((each for each in self._idle if each.state == self._state), self._idle[0])
            self._idle.remove(worker)
            if not worker.reader.at_eof():
                self._free_running += free
                return worker
            self._replace(worker)
        if len(self._waiting) >= _QUEUE:
            raise refuse(503, "too many questions at once", hint="Ask again in a moment.", retry_after="2")
        turn = _Turn(asyncio.get_running_loop().create_future(), free)
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await turn.worker
        except BaseException as error:
            if turn in self._waiting:
                self._waiting.remove(turn)
            if not turn.worker.cancelled() and turn.worker.done() and turn.worker.exception() is None:
                self._free_running -= free  # the worker came too late
                self._give(turn.worker.result())
            if isinstance(error, TimeoutError):
                told = "all processes were at work for too long"
                raise refuse(503, told, hint="Ask again in a moment.", retry_after="5") from None
            raise

    def _give(self, worker: Worker) -> None:
        """Hand an idle worker to whoever waits first."""
        if worker.retiring:
            self._end(worker)
            return
        for turn in self._waiting:
            if not turn.worker.done() and self._may_begin(free=turn.free):
                self._free_running += turn.free
                self._waiting.remove(turn)
                turn.worker.set_result(worker)
                return
        self._idle.appendleft(worker)

    def _end(self, worker: Worker) -> None:
        worker.end()
        self._workers.discard(worker)

    def _replace(self, worker: Worker) -> None:
        """End a worker, and start another in its place."""
        self._end(worker)
        if not worker.retiring and not self._closing:
            self._spawn(self._start_another())

    async def _run(self, worker: Worker, asked: Asked, answer: Answer, *, free: bool) -> None:
        """See a job through: read its frames into ``answer``, and end its process when its time is over."""
        reusable = False
        try:
            async with asyncio.timeout(GRACE if answer.left else self.limits.seconds) as answer.patience:
                worker.writer.write(frames.frame_of(frames.JOB, asked))
                reusable = await read(worker, answer)
        except TimeoutError:
            told = f"the answer takes longer than {self.limits.seconds:g} seconds, the most this server gives it"
            answer.fail(Problem(503, told, hint="Ask for less, or with fewer ways to combine things."))
        except (asyncio.IncompleteReadError, OSError):
            answer.fail(await why_ended(worker))
        except asyncio.CancelledError:
            answer.fail(_ENDING)
            raise
        finally:
            answer.patience = None
            self._free_running -= free
            if reusable:
                self._give(worker)
            else:
                self._replace(worker)

    async def _started(self) -> Worker:
        """A new worker that has the store open. Raises Refused where it cannot open it, or does not start."""
        state = _state(self._path)
        worker = await begin(work, self._path, self.limits, state=state)
        self._workers.add(worker)
        try:
            async with asyncio.timeout(START):
                kind, data = await worker.receive()
        except (TimeoutError, asyncio.IncompleteReadError, OSError):
            self._end(worker)
            raise refuse(503, "a worker process does not start") from None
        if kind != frames.READY:
            self._end(worker)
            raise Refused(pickle.loads(data))  # noqa: S301 -- it comes from our own process, through our own socket
        return worker

    async def _start_another(self) -> None:
        """Start a worker, and try again until it starts."""
        while True:
            try:
                self._give(await self._started())
            except Refused as error:
                _LOG.warning("%s", error.problem.detail)
                await asyncio.sleep(_LOOK)
            else:
                return

    async def _follow(self) -> None:
        """Look for a new generation of the store, again and again."""
        while True:
            await asyncio.sleep(_LOOK)
            await self.renew()

    async def renew(self) -> None:
        """Let fresh workers take over one by one where there is a new generation of the store."""
        async with self._renewing:
            self._state = _state(self._path)
            while stale := [each for each in self._workers if each.state != self._state and not each.retiring]:
                try:
                    fresh = await self._started()
                except Refused as error:
                    _LOG.warning("%s", error.problem.detail)
                    break
                self._give(fresh)
                old = next((each for each in stale if each in self._idle), stale[0])
                old.retiring = True
                if old in self._idle:
                    self._idle.remove(old)
                    self._end(old)
                self._state = _state(self._path)

    async def _keep_ready(self) -> None:
        """Have one worker make the tables of each generation, and all others take them when they are idle."""
        while True:
            for worker in [each for each in self._workers if not each.ready and not each.retiring]:
                if worker in self._idle:
                    await self._make_ready(worker)
            await asyncio.sleep(_LOOK)

    async def _make_ready(self, worker: Worker) -> None:
        """Have an idle worker make the tables, or take them where they are made.

        Where that ends its process no other tries: the tables are then made where they are needed.
        """
        worker.ready = True
        state, made = self._tables
        there = state == worker.state
        if there and not made:
            return
        self._idle.remove(worker)
        answer = Answer(worker.state)
        job = Asked(tables.take, made) if there else Asked(tables.make, None)
        running = self._spawn(self._run(worker, job, answer, free=False))
        try:
            await answer.begun
            found = b"".join([piece async for piece in answer.pieces()])
            made = made if there else answer.whole if answer.whole is not None else found
        except Refused as error:
            _LOG.info("%s", error.problem.detail)
            made = b""
        await asyncio.wait((running,))
        self._tables = worker.state, made if worker in self._workers else b""

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _state(path: Path) -> object:
    """What changes when a write has put a new generation in place; None where there is none."""
    with suppress(OSError):
        told = (path / MANIFEST).stat()
        return told.st_mtime_ns, told.st_ino, told.st_size
    return None
