"""One writer at a time: a lock on a file of the store, which the system takes back however its holder ends."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from kg.errors import KgError

LOCK: Final = "kg.lock"

#: Seconds between two tries for a lock that another process has.
_PAUSE: Final = 0.1


@contextmanager
def locked(path: Path, *, wait: float = 0, told: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the store in the folder ``path`` for writing.

    Where another process has it, ``told`` is given a message once, and it is tried again for ``wait`` seconds.
    Raises KgError, naming the holder, where it is still taken then, and where the folder cannot be written.
    """
    end = time.monotonic() + wait
    waiting = False
    while (file := _taken(path)) is None:
        if time.monotonic() >= end:
            raise KgError(
                f"the store '{path}' is being written by {_holder(path)}",
                where="--store",
                hint="Wait until it has ended (--wait SECONDS), or name another folder.",
            )
        if told is not None and not waiting:
            told(f"Waiting for {_holder(path)}, which is writing '{path}'.")
        waiting = True
        time.sleep(_PAUSE)
    with file:
        try:
            _sign(file)
            yield
        finally:
            _give_back(file)


def _taken(path: Path) -> IO[str] | None:
    """The file, locked; None where another process has it, or has just removed it."""
    try:
        file = (path / LOCK).open("a+", encoding="utf-8")
    except FileNotFoundError:
        path.mkdir(parents=True, exist_ok=True)
        return None
    except OSError as error:
        reason = error.strerror or str(error)
        raise KgError(
            f"the store '{path}' cannot be written: {reason}", where="--store", hint="Name a folder you may write to."
        ) from error
    if _take(file) and _stands(file, path / LOCK):
        return file
    file.close()
    return None


def _stands(file: IO[str], path: Path) -> bool:
    """Whether an open file still is the one of that name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _sign(file: IO[str]) -> None:
    """Say in the file who has it; on a full disk the lock holds all the same."""
    with suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.write(file.fileno(), json.dumps({"pid": os.getpid(), "host": platform.node()}).encode())


def _holder(path: Path) -> str:
    """Who has the lock, as it says itself."""
    try:
        said = json.loads((path / LOCK).read_text(encoding="utf-8"))
        return f"process {int(said['pid'])} on {said['host']}"
    except (ValueError, TypeError, KeyError, OSError):
        return "another process"


if sys.platform == "win32":
    import msvcrt

    #: The byte that is locked lies beyond what is written: Windows lets nobody read a locked one.
    _BYTE: Final = 1 << 20

    def _take(file: IO[str]) -> bool:
        os.lseek(file.fileno(), _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[str]) -> None:
        os.lseek(file.fileno(), _BYTE, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
