"""What a worker process does for a request: a job, which is a function of a module, and what it gives back.

A job takes the store and what is asked, both values, and returns a head and a body. It runs in a process that may be
ended at any time; it writes nothing. ``Refused`` from a job, or a KgError, becomes the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from kg.store import Store


@dataclass(frozen=True)  # without slots, which would be pickled field by field
class Head:
    """What goes before the body of an answer: its status, its media type with charset, further header fields."""

    media_type: str
    status: int = 200
    fields: tuple[tuple[str, str], ...] = ()


#: All of it, pieces of it as they are read, or a function that writes it to a file.
Body: TypeAlias = bytes | Iterable[bytes] | Callable[[IO[bytes]], object]

#: A function of a module, so that its name can be sent to a process; what it is asked must be picklable.
Job: TypeAlias = Callable[[Store, Any], tuple[Head, Body]]
