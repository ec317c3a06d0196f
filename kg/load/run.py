"""``load``: compare the store with the target, send what differs, check it, and say what is in and what is not."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final

from kg.errors import KgError
from kg.load import manifest
from kg.load.content import Content, Reader, graph_names
from kg.load.known import Known, recall, remember
from kg.load.plan import Batch, Kind, Plan, kind_of
from kg.load.send import Check, Sender, confirm, difference, send
from kg.load.target import Target, chunks
from kg.remote.http import Unreachable
from kg.store import Store

#: Called with the number of graphs done and to do.
Progress = Callable[[int, int], None]

#: Triples of one batch: large enough that requests cost little, small enough for memory and for a retry.
BATCH: Final = 50_000

_NOT_TRIED: Final = "not tried, because the server stopped answering"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did: ``failed`` are graphs that are not in the target as they should be, each with the reason.

    ``sent`` and ``plan.same`` are in the target; ``dropped`` were removed from it, ``gone`` could be.
    """

    plan: Plan
    sent: tuple[Content, ...] = ()
    dropped: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()

    @property
    def gone(self) -> tuple[str, ...]:
        """Graphs that an earlier load put into the target and that are in the store no more."""
        return tuple(graph for graph in self.plan.gone if graph not in self.dropped)


def load(
    store: Store,
    target: Target,
    *,
    with_text: bool = False,
    prune: bool = False,
    dry_run: bool = False,
    check: Check = "sent",
    progress: Progress | None = None,
) -> Outcome:
    """Make the target hold the named graphs of ``store``, each replaced whole, sending only those that differ.

    Only graphs that the manifest in the target names are ever dropped, and only with ``prune``. ``dry_run``
    writes nothing. Raises KgError where the target cannot be asked at all; what goes wrong later is in the outcome.
    """
    names = graph_names(store, with_text=with_text, merged=True)
    entries = manifest.read(target, base=store.base)
    counts = target.counts(entries.keys() | set(names))
    if not dry_run:
        _tidy(store, target)
    found: dict[Kind, list[Content]] = {"new": [], "changed": [], "same": []}
    known = recall(store)
    reader = Reader(store, dict(known.contents))
    with _Sending(target, store.base, check) as sending:
        for done, graph in enumerate(names, 1):
            content, written = reader.content(graph)
            if content.count:
                kind = kind_of(content, entries, counts)
                if kind == "same" and check == "all" and confirm(target, {content: written()})[1]:
                    kind = "changed"
                found[kind].append(content)
                if kind != "same" and not dry_run:
                    sending.add(content, written(), new=kind == "new")
            if progress:
                progress(done, len(names))
    remember(store, Known(reader.hashed, known.database))
    gone = sorted(entries.keys() - {content.graph for each in found.values() for content in each})
    todo = Plan(tuple(found["new"]), tuple(found["changed"]), tuple(found["same"]), tuple(gone))
    return Outcome(todo) if dry_run else _finish(target, todo, sending.failed, prune=prune, base=store.base)


def _finish(target: Target, todo: Plan, failed: dict[str, str], *, prune: bool, base: str) -> Outcome:
    """Drop what is to be dropped, and look once more at all that is there."""
    dropped: tuple[str, ...] = ()
    try:
        if prune and todo.gone and not failed:
            dropped = _prune(target, todo.gone, base=base)
        failed |= _last_look(target, todo, failed, base=base)
    except KgError as error:
        failed |= {content.graph: error.message for content in todo.to_send if content.graph not in failed}
        failed = failed or {manifest.manifest_graph(base): error.message}
    sent = tuple(content for content in todo.to_send if content.graph not in failed)
    return Outcome(todo, sent, dropped, tuple(sorted(failed.items())))


def _tidy(store: Store, target: Target) -> None:
    """Drop what a load that was killed left in its staging graphs."""
    staging = [manifest.staging_graph(store.base, worker) for worker in range(target.profile.connections)]
    for graph in target.counts(staging):
        target.drop(graph)


@dataclass
class _Sending:
    """Batches on their way, several at a time where the server gains from it, while the next are being read.

    No more wait than there are connections, so that memory does not grow with the store. ``failed`` are
    graphs that did not arrive, with the reason; complete once the block is left.
    """

    target: Target
    base: str
    check: Check
    failed: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> _Sending:
        size = self.target.profile.connections
        self._pool = ThreadPoolExecutor(size)
        self._stop = threading.Event()
        self._free = threading.Semaphore(2 * size)
        self._running: list[Future[Mapping[str, str]]] = []
        self._open = {new: Batch(new) for new in (True, False)}
        self._workers: queue.SimpleQueue[Sender] = queue.SimpleQueue()
        for worker in range(size):
            self._workers.put(Sender(self.target, self.base, self.check, manifest.staging_graph(self.base, worker)))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            for batch in self._open.values():
                self._submit(batch)
        else:
            self._stop.set()
        self._pool.shutdown()
        for finished in self._running:
            self.failed |= finished.result()

    def add(self, content: Content, written: list[bytes], *, new: bool) -> None:
        """Send a graph, together with others of its kind. Waits while too many are on their way."""
        batch = self._open[new]
        if batch.contents and batch.size + content.count > BATCH:
            self._submit(batch)
            batch = self._open[new] = Batch(new)
        batch.contents[content] = written

    def _submit(self, batch: Batch) -> None:
        self._free.acquire()
        self._running.append(self._pool.submit(self._send, batch))

    def _send(self, batch: Batch) -> Mapping[str, str]:
        """Graphs of ``batch`` that failed, with the reason."""
        if self._stop.is_set():
            self._free.release()
            return {content.graph: _NOT_TRIED for content in batch.contents}
        sender = self._workers.get()
        try:
            return send(batch, sender)
        except KgError as error:
            # An answer that refuses the journal itself refuses every batch.
            self._stop.set()
            return {content.graph: _reason(error) for content in batch.contents}
        finally:
            self._workers.put(sender)
            batch.contents.clear()
            self._free.release()


def _reason(error: KgError) -> str:
    return error.message + (f" ({error.hint})" if error.hint and isinstance(error, Unreachable) else "")


def _prune(target: Target, gone: tuple[str, ...], *, base: str) -> tuple[str, ...]:
    """Drop graphs that left the store. The manifest forgets them last, so that a killed run does it again."""
    for part in chunks(gone, 50):
        target.update(" ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in part))
        manifest.forget(target, part, base=base)
    left = target.counts(gone)
    return tuple(graph for graph in gone if graph not in left)


def _last_look(target: Target, todo: Plan, failed: Mapping[str, str], *, base: str) -> dict[str, str]:
    """Graphs of which the target, once all is done, does not hold what the manifest says."""
    if not todo.to_send:
        return {}
    entries = manifest.read(target, base=base)
    expected = [content for content in (*todo.same, *todo.to_send) if content.graph not in failed]
    counts = target.counts(content.graph for content in expected)
    wrong = [content for content in expected if kind_of(content, entries, counts) != "same"]
    recorded = [one for one in wrong if one.graph in entries and entries[one.graph].digest == one.digest]
    if recorded:
        manifest.mark(target, recorded, base=base)
    return {
        content.graph: difference(content, counts.get(content.graph, 0))
        if content in recorded
        else "it was changed by something else while this load ran"
        for content in wrong
    }
