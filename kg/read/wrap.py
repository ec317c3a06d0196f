"""Paragraphs that were wrapped by hand: "a sentence that goes on / in the next line of the file"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.read.clean import Line

_NARROWEST, _WIDEST = 40, 120
_SENTENCE_END = re.compile(r"[.!?…:;。][\"'”’»)\]]*$")
_LISTED = re.compile(r"[-*–—•]\s|\(?\d{1,2}[.)]\s|[|>]")


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with wrapped paragraphs joined by a space each; a joined line knows its breaks.

    Lines that follow each other without a blank one are joined only where every one of them is so full
    that the next one's first word would have made it the longest of the text, and only in a text whose
    full lines run on ("... of / the meeting") more often than not. Text whose lines are paragraphs is
    never that even.
    """
    widest = max((len(line.text) + line.column - 1 for line in lines), default=0)
    if not _NARROWEST <= widest <= _WIDEST:
        return list(lines)
    blocks = list(_blocks(lines))
    full = [_full(block, widest) for block in blocks]
    seams = [seam for block, is_full in zip(blocks, full, strict=True) if is_full for seam in pairwise(block)]
    broken = [seam for seam in seams if not _SENTENCE_END.search(seam[0].text)]
    running = sum(below.text[0].islower() or below.text[0].isdigit() for _, below in broken)
    if running * 2 <= len(broken) or (running < 2 and len(seams) > 1):
        return list(lines)
    return [
        line for block, is_full in zip(blocks, full, strict=True) for line in ([_join(block)] if is_full else block)
    ]


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of lines that follow each other in the file; a bullet begins a new one."""
    block: list[Line] = []
    for line in lines:
        if block and (line.line != block[-1].line + 1 or line.bullet or _LISTED.match(line.text)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _full(block: Sequence[Line], widest: int) -> bool:
    """Whether no line of a block could have held the next one's first word."""
    return len(block) > 1 and all(
        len(above.text) + above.column + len(below.text.split(maxsplit=1)[0]) > widest
        for above, below in pairwise(block)
    )


def _join(block: Sequence[Line]) -> Line:
    breaks = []
    offset = 0
    for above, below in pairwise(block):
        offset += len(above.text) + 1
        breaks.append((offset, below.line, below.column))
    first = block[0]
    return Line(
        " ".join(line.text for line in block), first.line, first.column, first.kind, first.bullet, tuple(breaks)
    )
