"""``load``: compare the store with the target, send what differs, check it, and say what is in and what is not."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from kg.errors import KgError
from kg.load import manifest
from kg.load.content import Content, contents, lines
from kg.load.http import Unreachable
from kg.load.plan import Batch, Plan, batches, plan
from kg.load.send import Check, Sender, confirm, send
from kg.load.target import Target, chunks
from kg.store import Store

#: Called with the number of triples done and to do.
Progress = Callable[[int, int], None]

_NOT_TRIED: Final = "not tried, because the server stopped answering"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did: ``failed`` are graphs that are not in the target as they should be, each with the reason.

    ``sent`` and ``same`` are in the target; ``dropped`` were removed from it, ``gone`` could be.
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
    todo = _compare(store, target, with_text=with_text, check=check)
    if dry_run:
        return Outcome(todo)
    _tidy(store, target)
    failed = _send_all(store, target, todo, check=check, progress=progress)
    dropped: tuple[str, ...] = ()
    try:
        if prune and todo.gone and not failed:
            dropped = _prune(target, todo.gone, base=store.base)
        failed |= _last_look(store, target, todo, failed)
    except KgError as error:
        failed |= {content.graph: error.message for content in todo.to_send if content.graph not in failed}
        failed = failed or {manifest.manifest_graph(store.base): error.message}
    sent = tuple(content for content in todo.to_send if content.graph not in failed)
    return Outcome(todo, sent, dropped, tuple(sorted(failed.items())))


def _compare(store: Store, target: Target, *, with_text: bool, check: Check) -> Plan:
    """What there is to do; with ``check`` "all", graphs that look the same are read back too."""
    local = contents(store, with_text=with_text)
    entries = manifest.read(target, base=store.base)
    todo = plan(local, entries, target.counts(entries.keys() | {content.graph for content in local}))
    if check != "all":
        return todo
    wrong: set[str] = set()
    for content in todo.same:
        wrong |= confirm(target, {content: lines(store, content.graph)}, contents_too=True)[1].keys()
    return replace(
        todo,
        same=tuple(content for content in todo.same if content.graph not in wrong),
        changed=todo.changed + tuple(content for content in todo.same if content.graph in wrong),
    )


def _tidy(store: Store, target: Target) -> None:
    """Drop what a load that was killed left in its staging graphs."""
    staging = [manifest.staging_graph(store.base, worker) for worker in range(target.profile.connections)]
    for graph in target.counts(staging):
        target.drop(graph)


def _send_all(store: Store, target: Target, todo: Plan, *, check: Check, progress: Progress | None) -> dict[str, str]:
    """Send all batches, several at a time where the server gains from it: graphs that failed, with the reason."""
    workers: queue.SimpleQueue[Sender] = queue.SimpleQueue()
    for worker in range(target.profile.connections):
        workers.put(Sender(store, target, check, manifest.staging_graph(store.base, worker)))
    total, done = sum(content.count for content in todo.to_send), 0
    failed: dict[str, str] = {}
    progress = progress or (lambda *_: None)
    progress(0, total)
    with _pool(target.profile.connections) as (pool, stop):

        def one(batch: Batch) -> dict[str, str]:
            if stop.is_set():
                return dict.fromkeys((content.graph for content in batch.contents), _NOT_TRIED)
            sender = workers.get()
            try:
                return send(batch, sender, stopped=stop.is_set)
            except KgError as error:
                # An answer that refuses the journal itself refuses every batch.
                stop.set()
                return dict.fromkeys((content.graph for content in batch.contents), _reason(error))
            finally:
                workers.put(sender)

        running: dict[Future[dict[str, str]], Batch] = {pool.submit(one, batch): batch for batch in batches(todo)}
        for finished in as_completed(running):
            failed |= finished.result()
            done += sum(content.count for content in running[finished].contents)
            progress(done, total)
    return failed


@contextmanager
def _pool(size: int) -> Iterator[tuple[ThreadPoolExecutor, threading.Event]]:
    """Threads, and an event that keeps them from beginning more; set when the user interrupts."""
    stop = threading.Event()
    with ThreadPoolExecutor(size) as pool:
        try:
            yield pool, stop
        except BaseException:
            stop.set()
            raise


def _reason(error: KgError) -> str:
    return error.message + (f" ({error.hint})" if error.hint and isinstance(error, Unreachable) else "")


def _prune(target: Target, gone: tuple[str, ...], *, base: str) -> tuple[str, ...]:
    """Drop graphs that left the store. The manifest forgets them last, so that a killed run does it again."""
    for part in chunks(gone, 50):
        target.update(" ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in part))
        manifest.forget(target, part, base=base)
    left = target.counts(gone)
    return tuple(graph for graph in gone if graph not in left)


def _last_look(store: Store, target: Target, todo: Plan, failed: dict[str, str]) -> dict[str, str]:
    """Graphs of which the target, once all is done, does not hold what the manifest says."""
    if not todo.to_send:
        return {}
    entries = manifest.read(target, base=store.base)
    expected = [content for content in (*todo.same, *todo.to_send) if content.graph not in failed]
    again = plan(expected, entries, target.counts(content.graph for content in expected))
    return {content.graph: "it was changed by something else while this load ran" for content in again.to_send}
