"""A process that makes one update of the user's own graphs: it holds the store's lock, tries, looks, and writes.

The update runs on a copy that is thrown away. Only what it has made of the user's own graphs is taken from there into
the store's next generation, so that whatever it does to other graphs comes to nothing. It talks in frames, as workers
do: ready once it has the lock; more once all that may be long is over and it writes; the end.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode
from pyoxigraph import Store as Database

from kg.errors import KgError
from kg.query import not_sparql
from kg.query.updates import ALL, DEFAULT, NAMED, Target, position, targets, with_dataset
from kg.serve.problems import Problem, Refused, of_error, refuse
from kg.serve.worker import END, MORE, NO_MEMORY, PROBLEM, READY, Limits, end_with_server, limit_memory, send
from kg.store import commit, read_folder, writing
from kg.store.folder import trial
from kg.store.own import checked_own, own_quads, put_own
from kg.vocab import PREFIXES, is_own, own_prefix

#: Seconds that an update waits for a build to end.
_WAIT: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAsked:
    """An update, the graphs it reads where the request names them, and the hosts SERVICE may ask."""

    update: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


def write(channel: socket.socket, path: Path, asked: UpdateAsked, limits: Limits) -> None:
    """Make an update of the store at ``path``, and tell ``channel`` how it went."""
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the server ends this process
    threading.Thread(target=end_with_server, daemon=True).start()
    channel.settimeout(None)
    limit_memory(limits.memory)
    problem: Problem | None = None
    try:
        make_update(path, asked, told=lambda kind: send(channel, kind, None))
    except Refused as error:
        problem = error.problem
    except KgError as error:
        # What is wrong with the update has its place in it; anything else is the store's.
        status = 400 if error.where.startswith("update") else 503
        problem = of_error(error, status=status)
    except MemoryError:
        problem = Problem(503, NO_MEMORY, hint="Send less at a time.")
    send(channel, END if problem is None else PROBLEM, problem)


def make_update(path: Path, asked: UpdateAsked, *, told: Callable[[bytes], object]) -> None:
    """Make an update of the store at ``path``; ``told`` is given the kinds of frames as it goes on.

    Raises Refused, or KgError; then the store is what it was.
    """
    with writing(path, wait=_WAIT):
        told(READY)
        folder = read_folder(path)
        with trial(folder) as graph:
            before = frozenset(own_quads(graph, base=folder.base))
            _try(graph, asked, base=folder.base)
            after = checked_own(graph, base=folder.base)
        told(MORE)
        if after != before:
            commit(
                path,
                lambda graph, _: put_own(graph, after, base=folder.base),
                base=folder.base, made_by=folder.made_by, former=folder,
            )  # fmt: skip


def _try(graph: Database, asked: UpdateAsked, *, base: str) -> None:
    """Make the update on a copy. Raises Refused where it writes to graphs that are not the user's own."""
    prefixes = {**PREFIXES, "kgid": base}
    names = frozenset(map(str, graph.named_graphs()))
    for target in targets(asked.update, base=base, prefixes=prefixes, hosts=asked.hosts):
        _check(target, graph, asked.update, base=base)
    update = asked.update
    if asked.default_graphs or asked.named_graphs:
        update = with_dataset(update, asked.default_graphs, asked.named_graphs)
    try:
        graph.update(update, base_iri=base, prefixes=prefixes)
    except SyntaxError as error:
        raise not_sparql(str(error), update, "update") from None
    except (ValueError, RuntimeError) as error:
        raise refuse(400, f"the update cannot be made: {error}") from None
    for other in sorted(names.symmetric_difference(map(str, graph.named_graphs()))):
        if not is_own(NamedNode(other[1:-1]), base=base):
            raise refuse(403, f"the update would make or remove the graph {other}", hint=_hint(base))


def _check(target: Target, graph: Database, text: str, *, base: str) -> None:
    """Raise Refused where an update would write to a graph that is none of the user's own."""
    foreign = ""
    if target.graph in (ALL, DEFAULT) and not (target.empties and _is_empty(graph)):
        foreign = "the merged facts (the default graph)"
    elif target.graph in (ALL, NAMED):
        names = (name for name in graph.named_graphs() if not is_own(name, base=base))
        foreign = min(map(str, names), default="")
    elif target.graph != DEFAULT and not is_own(NamedNode(target.graph), base=base):
        foreign = f"<{target.graph}>"
    if foreign:
        line, column = position(text, target.offset)
        told = f"the update would change {foreign}, which is not a graph of your own"
        raise Refused(Problem(403, told, hint=_hint(base), line=line, column=column))


def _hint(base: str) -> str:
    return (
        f"Graphs of your own are called <{own_prefix(base)}NAME>, NAME without slashes. "
        "What comes from articles changes with kg build."
    )


def _is_empty(graph: Database) -> bool:
    return next(graph.quads_for_pattern(None, None, None, DefaultGraph()), None) is None
