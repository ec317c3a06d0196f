"""What is said of a store, in pieces: a terminal joins them, a page links, formats and punctuates each its own way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line.

    ``kind`` is ``text``; ``sign`` for what stands between others; ``number`` and ``day`` for values written as in
    RDF; ``is`` for the words that say what class something is; ``as`` for the word before what it has a part as;
    ``language`` for the code of the language behind a text, ``tag`` behind names; ``short`` for the words that
    say that names are short forms; ``unnamed`` where no name is known. ``node`` is the IRI of what it names,
    ``language`` the language it is in; either may be empty.
    """

    text: str
    kind: str = "text"
    node: str = ""
    language: str = ""


Pieces: TypeAlias = tuple[Piece, ...]

BLANK: Final = Piece(" ", "sign")
COLON: Final = Piece(": ", "sign")
COMMA: Final = Piece(", ", "sign")
SEMICOLON: Final = Piece("; ", "sign")
TO: Final = Piece("–", "sign")
OPEN: Final = Piece("“", "sign")
CLOSE: Final = Piece("”", "sign")
DASH: Final = Piece(" — ", "sign")
IS_A: Final = Piece("is a", "is")
AS: Final = Piece("as ", "as")


def as_text(pieces: Iterable[Piece]) -> str:
    """The pieces one after the other."""
    return "".join(piece.text for piece in pieces)


def joined(parts: Iterable[Pieces], sign: Piece) -> Pieces:
    """The parts that are not empty, with ``sign`` between them."""
    found: list[Piece] = []
    for part in filter(None, parts):
        found += [sign, *part] if found else part
    return tuple(found)


def in_order(parts: Sequence[Pieces]) -> list[Pieces]:
    """Each part once, sorted by its text."""
    return [part for _, part in sorted({as_text(part): part for part in parts}.items())]
