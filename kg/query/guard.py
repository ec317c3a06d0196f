"""What a user's SPARQL must not do: fetch from other servers, or change the graph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Final

from pyoxigraph import Store as Database

from kg.errors import KgError
from kg.vocab import PREFIXES

#: Comments, IRIs and strings, inside which a keyword is none; then the names a keyword may be part of.
_OPAQUE: Final = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | <[^<>"{}|^`\\\x00-\x20]*>
      | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3} | "{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
      | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*"
      | [?$@][\w-]+ | (?P<name>[\w.-]*:)[\w.:%-]*
      | (?P<word>\w+)""",
    re.VERBOSE | re.DOTALL,
)
#: The word, wherever it stands. The engine also finds it in ``1SERVICE<x>{}`` and ``SERVICEx:y{}``, and after what
#: looks like a comment or a string and is none; so the engine is asked whether there is a query without it.
_SERVICE: Final = re.compile("SERVICE", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LETTERS: Final = str.maketrans("0123456789", "qwxzjkvbyh")
_SILENT: Final = re.compile(r"^\s+SILENT\b", re.IGNORECASE)
_DECLARED: Final = re.compile(r"\bPREFIX\s+([\w.-]*:)", re.IGNORECASE)
_PROLOGUE: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_UPDATES: Final = frozenset({
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH",
})  # fmt: skip


def words(text: str) -> list[tuple[str, int]]:
    """The bare words of a query in upper case, with their offsets; not those in comments, strings, IRIs and names."""
    found = _OPAQUE.finditer(text)
    return [(match["word"].upper(), match.start()) for match in found if match["word"]]


def undeclared(text: str) -> tuple[str, int] | None:
    """The first prefix of a query that nobody declared, with its colon and offset; None where there is none."""
    known = {f"{prefix}:" for prefix in PREFIXES} | set(_DECLARED.findall(text)) | {"_:"}
    for match in _OPAQUE.finditer(text):
        if match["name"] and match["name"] not in known and text[match.start() - 1] != "<":  # an IRI that does not end
            return match["name"], match.start()
    return None


def check(text: str, *, where: str, hosts: Sequence[str] = ()) -> None:
    """Raise KgError if ``text`` is an update, or asks another server (SERVICE), which the engine would do at once.

    A SERVICE that names a server of ``hosts`` by its full IRI is let through; a host has its port unless the usual.
    """
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
    hidden = len(_SERVICE.findall(plain)) > len(_SERVICE.findall(text))
    for seen in (text, plain) if hidden else (text,):
        service = _SERVICE.search(seen)
        if service is None or _is_query(_without_service(seen, hosts)):
            continue
        at = next((at for word, at in words(seen) if "SERVICE" in word), service.start())
        raise KgError(
            "SERVICE asks another server, and kg sends nothing anywhere",
            where=_place(seen, at, where),
            hint="Export the graph and ask it on a server of your own.",
        )


def _without_service(text: str, hosts: Sequence[str]) -> str:
    """``text`` with GRAPH, which stands where SERVICE may, for each SERVICE of ``hosts``, and no other SERVICE."""
    names = "|".join(map(re.escape, hosts))
    if names:
        allowed = rf"SERVICE\b((?:\s+SILENT\b)?\s*<https?://(?:{names})(?:[/?][^<>\"{{}}|^`\\\x00-\x20]*)?>)"
        text = re.sub(allowed, lambda match: "GRAPH" + _SILENT.sub(" ", match[1]), text, flags=re.IGNORECASE)
    lower = text.lower()
    other = next(word for word in map(_word, count()) if word not in lower)
    return _SERVICE.sub(other, text)


def _word(number: int) -> str:
    """A word that means nothing, of as many letters as SERVICE."""
    return f"x{number:06}".translate(_LETTERS)


def _is_query(text: str) -> bool:
    """Whether the engine can read ``text``, which is asked of nothing."""
    try:
        Database().query(text, prefixes=PREFIXES)
    except SyntaxError:
        return False
    except (OSError, ValueError, RuntimeError):
        return True
    return True


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else ""


def _place(text: str, offset: int, where: str) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"{where}:{line}:{offset - text.rfind(chr(10), 0, offset)}"
