"""What a search looks things up in: made by one worker for each generation, and handed to the others."""

from __future__ import annotations

import asyncio
import shutil
import socket
from pathlib import Path

import pytest
from quads import dataset

from kg.serve import tables, worker
from kg.serve.worker import Asked, Limits
from kg.serve.workers import Pool
from kg.store import Store, open_store, write_store
from kg.views import names, search
from kg.vocab import BASE


def asked(store: Store) -> list[str]:
    """What a search for a syllable finds."""
    return [hit.named.iri for hit in search.search(store, "son", language="vi").things]


def made(store: Store) -> bytes:
    """What the job gives."""
    body = tables.make(store, None)[1]
    assert isinstance(body, bytes)
    return body


def test_tables_that_were_made_are_taken(seed_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is worked out again, and the same is found."""
    one, other = open_store(seed_store), open_store(seed_store)
    data = made(one)
    for table in (names.names, search.briefs, search._spellings, search._headlines):
        monkeypatch.setitem(table.__dict__, "make", lambda _: pytest.fail("it is made again"))
    tables.take(other, data)
    assert asked(other) == asked(one) != []


def test_tables_of_another_generation_are_not_taken(tmp_path: Path) -> None:
    """What is found is in the store that is asked."""
    path = tmp_path / "store"
    write_store(dataset(), base=BASE, path=path)
    data = made(open_store(path))
    write_store(dataset()[:2], base=BASE, path=path)
    later = open_store(path)
    tables.take(later, data)
    assert not any(names.names(later)[iri].articles for iri in names.names(later))


@pytest.mark.parametrize(("memory", "given"), [(0, True), (1_000_000_000, True), (40_000_000, False)])
def test_all_workers_are_made_ready(seed_store: Path, tmp_path: Path, memory: int, *, given: bool) -> None:
    """Each idle worker gets them; where there is not memory enough, none is started again and again for it."""
    path = tmp_path / "store"
    shutil.copytree(seed_store, path)

    async def work() -> tuple[object, bytes]:
        pool = Pool(path, size=2, limits=Limits(seconds=120, memory=memory))
        await pool.start()
        try:
            async with asyncio.timeout(240):
                while not (pool._tables[0] == pool.state and all(each.ready for each in pool._workers)):
                    await asyncio.sleep(0.1)
            return pool._tables
        finally:
            await pool.close()

    state, data = asyncio.run(work())
    assert state is not None
    assert bool(data) is given


def test_a_generation_that_has_gone_is_told(seed_store: Path) -> None:
    """Whoever asked is told to ask again; the worker ends, and says nothing on standard error."""

    def gone(_: Store, __: object) -> object:
        raise FileNotFoundError("While open a file for random read: data-6/graph/000010.sst")

    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert worker._answer(open_store(seed_store), Asked(gone, None), theirs, Limits(seconds=60))  # type: ignore[arg-type]
        theirs.shutdown(socket.SHUT_WR)
        told = b"".join(iter(lambda: ours.recv(4096), b""))
    assert b"the store was replaced while this was asked" in told
