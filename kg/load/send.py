"""Sending graphs: journal first, then the graphs, then what the target holds is read back and recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.errors import KgError
from kg.load import manifest
from kg.load.content import Content, in_graph, obstacle
from kg.load.plan import Batch
from kg.load.target import PART, Target, chunks, insert
from kg.load.values import differences, value
from kg.remote.http import Unreachable

#: How much is read back: the number of triples, the content of what was sent, or that of every graph.
Check = Literal["counts", "sent", "all"]
CHECKS: Final[tuple[Check, ...]] = ("counts", "sent", "all")


@dataclass(frozen=True, slots=True)
class Sender:
    """What sending a batch takes. ``base`` begins the IRIs of the store; ``staging`` is where this worker may build."""

    target: Target
    base: str
    check: Check
    staging: str


def send(batch: Batch, sender: Sender) -> dict[str, str]:
    """Send ``batch`` and record what is whole in the target: graphs that are not, each with the reason.

    Raises Unreachable where the server does not answer; what it holds of the batch is then not known,
    and the manifest says so.
    """
    target, base = sender.target, sender.base
    failed: dict[str, str] = {}
    content: dict[Content, list[bytes]] = {}
    for item, written in batch.contents.items():
        if reason := obstacle(written, target.profile):
            failed[item.graph] = reason
        else:
            content[item] = written
    if not content:
        return failed
    manifest.mark(target, content, base=base)
    if batch.new and target.bulk_url is not None:
        failed |= _add(target, content)
    elif target.profile.atomic and target.graphs_url is None and batch.size <= PART:
        failed |= _update(target, content)
    else:
        failed |= _each(batch, sender, content)
    sent = {item: written for item, written in content.items() if item.graph not in failed}
    if sender.check == "counts":
        # Counted in the end, all together, and by every later load: some servers count one graph as slowly as all.
        whole, wrong = {item: item.count for item in sent}, dict[str, str]()
    else:
        whole, wrong = confirm(target, sent)
    manifest.record(target, whole, base=base)
    return failed | wrong


def confirm(target: Target, sent: Mapping[Content, Sequence[bytes]]) -> tuple[dict[Content, int], dict[str, str]]:
    """Which of ``sent`` the target holds whole, with its own count of triples, and what is wrong with the others."""
    whole: dict[Content, int] = {}
    wrong: dict[str, str] = {}
    others: dict[Content, list[bytes]] = {}
    for item, written in sent.items():
        found = target.read(item.graph, written)
        if found == written:
            # What is read back and is what was sent, to the byte, needs no counting.
            whole[item] = item.count
        else:
            others[item] = found
    counts = target.counts(item.graph for item in others) if others else {}
    for item, found in others.items():
        count = counts.get(item.graph, 0)
        lacking, surplus = differences(sent[item], found)
        # The target may count one triple where two forms of one value were sent.
        if not lacking and not surplus and len(found) == count:
            whole[item] = count
        else:
            wrong[item.graph] = difference(item, count, lacking, surplus)
    return whole, wrong


def _add(target: Target, content: Mapping[Content, Sequence[bytes]]) -> dict[str, str]:
    """Add new graphs, all in one request unless that would be too long."""
    try:
        for body in _bodies(content):
            target.add(body)
    except Unreachable:
        raise
    except KgError as error:
        return {item.graph: error.message for item in content}
    return {}


def _bodies(content: Mapping[Content, Sequence[bytes]]) -> Iterator[bytes]:
    """The graphs as N-Quads, in pieces of at most ``PART`` lines."""
    piece: list[bytes] = []
    size = 0
    for item, written in content.items():
        for part in chunks(written, PART):
            if piece and size + len(part) > PART:
                yield b"".join(piece)
                piece, size = [], 0
            piece.append(in_graph(part, item.graph))
            size += len(part)
    if piece:
        yield b"".join(piece)


def _update(target: Target, content: Mapping[Content, Sequence[bytes]]) -> dict[str, str]:
    """Replace graphs, all in one update: the target does it whole or not at all."""
    try:
        target.update(
            " ;\n".join(
                f"DROP SILENT GRAPH <{item.graph}> ;\n{insert(item.graph, written)}"
                for item, written in content.items()
            )
        )
    except Unreachable:
        raise
    except KgError as error:
        return {item.graph: error.message for item in content}
    return {}


def _each(batch: Batch, sender: Sender, content: Mapping[Content, Sequence[bytes]]) -> dict[str, str]:
    """Replace graphs one by one, each through the staging graph where the target would not do it whole, or where it is
    sent in pieces.
    """
    failed = {}
    for item, written in content.items():
        try:
            if batch.new or (sender.target.profile.atomic and item.count <= PART):
                sender.target.write(item.graph, written, new=batch.new)
            else:
                _through_staging(sender, item, written)
        except Unreachable:
            raise
        except KgError as error:
            failed[item.graph] = error.message
    return failed


def _through_staging(sender: Sender, item: Content, written: Sequence[bytes]) -> None:
    """Put a graph in place of the old one only once all of it is in the target.

    COPY, not MOVE: after a broken connection it is done again, and a second MOVE would move nothing, over everything.
    """
    target = sender.target
    target.write(sender.staging, written)
    there = target.counts([sender.staging]).get(sender.staging, 0)
    # Two forms of one value are one triple in the target.
    if there != item.count and there != len(set(map(value, written))):
        raise KgError(f"{there:,} of {item.count:,} triples arrived; the old graph was left as it is")
    target.update(f"COPY <{sender.staging}> TO <{item.graph}>")
    target.drop(sender.staging)


def difference(item: Content, count: int, lacking: Sequence[bytes] = (), surplus: Sequence[bytes] = ()) -> str:
    """How a graph of the target, of ``count`` triples, differs from what was sent."""
    if lacking or surplus:
        example = (lacking or surplus)[0].decode().rstrip("\n")
        kind = "is not there" if lacking else "is there and was not sent"
        shown = example if len(example) <= 200 else f"{example[:200]}…"
        return f"{len(lacking):,} triples lack and {len(surplus):,} are too many; {kind}: {shown}"
    return f"the target counts {count:,} triples instead of {item.count:,}"
