"""Whether two graphs say the same, whatever form of a value a server keeps: ``007`` is 7, ``@en-US`` is ``@en-us``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final

from kg.vocab import XSD, decimal_text

_LITERAL: Final = re.compile(
    rb'^(?P<start><[^>]*> <[^>]*> )(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")'
    rb"(?:@(?P<language>[\w-]+)|\^\^<(?P<type>[^>]*)>)? \.\n$",
    re.DOTALL,
)
_DECIMALS: Final = frozenset(
    f"{XSD}{name}".encode()
    for name in (
        "decimal", "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
        "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_FLOATS: Final = frozenset({f"{XSD}double".encode(), f"{XSD}float".encode()})
_BOOLEANS: Final = {b'"1"': b'"true"', b'"0"': b'"false"'}


def differences(sent: Iterable[bytes], found: Iterable[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Lines of N-Triples that were sent and not found, and found and not sent, compared by value."""
    there, here = set(found), set(sent)
    lacking, surplus = _by_value(here - there), _by_value(there - here)
    # A line whose twin has another form: what is left of either side after comparing the values of both.
    return (
        sorted(lacking[value] for value in lacking.keys() - surplus.keys()),
        sorted(surplus[value] for value in surplus.keys() - lacking.keys()),
    )


def _by_value(lines: Iterable[bytes]) -> dict[bytes, bytes]:
    return {value(line): line for line in lines}


def value(line: bytes) -> bytes:
    """A line of N-Triples with its literal in the one form of its value; other lines as they are."""
    parts = _LITERAL.match(line)
    if parts is None:
        return line
    start, text, language, datatype = parts.group("start", "text", "language", "type")
    if language is not None:
        return start + text + b"@" + language.lower()
    if datatype is None or datatype == f"{XSD}string".encode():
        return start + text
    if datatype in _DECIMALS:
        # An integer is a decimal: Virtuoso keeps one of more than 64 bits as such.
        return start + b"decimal " + _decimal(text)
    if datatype in _FLOATS:
        return start + b"double " + _double(text)
    if datatype == f"{XSD}boolean".encode():
        return start + b"boolean " + _BOOLEANS.get(text, text)
    if datatype == f"{XSD}dateTime".encode():
        return start + b"dateTime " + _moment(text)
    return start + text + b"^^" + datatype


def _decimal(text: bytes) -> bytes:
    try:
        number = Decimal(text.strip(b'"').decode())
    except InvalidOperation:
        return text
    return decimal_text(number).encode() if number.is_finite() else text


def _double(text: bytes) -> bytes:
    try:
        return repr(float(text.strip(b'"'))).encode()
    except ValueError:
        return text


def _moment(text: bytes) -> bytes:
    """A dateTime without zeros at the end of its fraction, and with ``Z`` for ``+00:00``."""
    plain = re.sub(rb"(\.\d*?)0+(?=[Z+\-\"])", rb"\1", text)
    return re.sub(rb"[+-]00:00\"$", b'Z"', re.sub(rb"\.(?=[Z+\-\"])", b"", plain))
