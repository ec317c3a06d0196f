"""What a user's SPARQL must not do: fetch from other servers, or change the graph."""

from __future__ import annotations

import re
from typing import Final

from kg.errors import KgError

#: Comments, IRIs and strings, inside which a keyword is none; then the names a keyword may be part of.
_OPAQUE: Final = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | <[^<>"{}|^`\\\x00-\x20]*>
      | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3} | "{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
      | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*"
      | [?$@][\w-]+ | [\w.-]*:[\w.:%-]*
      | (?P<word>\w+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES: Final = frozenset({
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
})  # fmt: skip


def words(text: str) -> list[tuple[str, int]]:
    """The bare words of a query in upper case, with their offsets; not those in comments, strings, IRIs and names."""
    found = _OPAQUE.finditer(text)
    return [(match["word"].upper(), match.start()) for match in found if match["word"]]


def check(text: str, *, where: str) -> None:
    """Raise KgError if ``text`` is an update, or asks another server (SERVICE), which the engine would do at once."""
    found = words(text)
    first = next(((word, at) for word, at in found if word not in _PROLOGUE), None)
    if first and first[0] in _UPDATES:
        raise KgError(
            f"{first[0]} changes a graph; kg only asks",
            where=_place(text, first[1], where),
            hint="Use SELECT, ASK, CONSTRUCT or DESCRIBE. To change the graph, build it again.",
        )
    # An engine may resolve \uXXXX before it reads the query, or after: neither must hide the word.
    plain = _ESCAPE.sub(lambda match: _character(match[1] or match[2]), text)
    for seen in (text, plain):
        for word, at in words(seen):
            if word == "SERVICE":
                raise KgError(
                    "SERVICE asks another server, and kg sends nothing anywhere",
                    where=_place(seen, at, where),
                    hint="Export the graph and ask it on a server of your own.",
                )


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else ""


def _place(text: str, offset: int, where: str) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"{where}:{line}:{offset - text.rfind(chr(10), 0, offset)}"
