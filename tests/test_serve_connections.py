"""HTTP/1.1 as clients send it over a connection: heads without end, requests ahead, offers of other protocols."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest
from serving import PATIENCE, Served

TARGET = b"/sparql?query=ASK%7B%7D"
LAST = b"GET " + TARGET + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
#: As clients of Java send any request: they would go on in HTTP/2.
OFFER = (
    b"Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"
)
POST = b"POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\n" + OFFER


def answers(server: Served, *pieces: bytes) -> bytes:
    """All that comes until the server closes the connection."""
    address = urlsplit(server.url)
    received = bytearray()
    with socket.create_connection((address.hostname, address.port), timeout=PATIENCE) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            while piece := connection.recv(1 << 16):
                received += piece
        except (BrokenPipeError, ConnectionResetError):
            pass  # closed while there was more to send
    return bytes(received)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 70_000,
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20_000,
    ],
)
def test_heads_have_an_end(server: Served, request_: bytes) -> None:
    """A long address, a long field, many fields: refused, and the connection closed."""
    answer = answers(server, request_)
    assert answer.startswith((b"HTTP/1.1 400 ",)) or answer == b""
    assert answer.count(b"HTTP/1.1 ") <= 1


def test_a_long_query_is_answered(server: Served) -> None:
    """What is within the limit, in whatever pieces it comes."""
    request = LAST.replace(b"%7D ", b"%7D" + b"%20" * 15_000 + b" ")
    assert answers(server, request).startswith(b"HTTP/1.1 200 ")
    assert answers(server, *(request[i : i + 5_000] for i in range(0, len(request), 5_000))).startswith(
        b"HTTP/1.1 200 "
    )


@pytest.mark.parametrize(
    "request_",
    [
        b"GET " + TARGET + b" HTTP/1.1\r\n\r\n",
        b"GET " + TARGET + b" HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(server: Served, request_: bytes) -> None:
    """No host or two, two lengths of a body, another protocol."""
    answer = answers(server, request_)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_an_old_client_names_no_host(server: Served) -> None:
    """HTTP/1.0 knows no host, no chunks, and one request for each connection."""
    answer = answers(server, b"GET " + TARGET + b" HTTP/1.0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close\r\n" in answer
    assert b"content-length: " in answer


def test_requests_ahead_are_answered_in_turn(server: Served) -> None:
    """Within reason: who sends hundreds at once is sent away."""
    heads = [b"HEAD", b"GET", b"OPTIONS"] * 5
    sent = b"".join(method + b" " + TARGET + b" HTTP/1.1\r\nHost: x\r\n\r\n" for method in heads)
    told = answers(server, sent + LAST).split(b"HTTP/1.1 ")[1:]
    assert [answer[:3] for answer in told] == [b"200", b"200", b"204"] * 5 + [b"200"]
    assert [b'"boolean":true' in answer for answer in told] == [False, True, False] * 5 + [True]
    many = answers(server, (b"GET " + TARGET + b" HTTP/1.1\r\nHost: x\r\n\r\n") * 400 + LAST)
    assert many.count(b"HTTP/1.1 200 ") < 400


@pytest.mark.parametrize("size", [1, 50, 10_000])
def test_an_offer_of_another_protocol_is_passed_over(server: Served, size: int) -> None:
    """With a body of known length, with one in chunks, and without: all are answered in HTTP/1.1, bit by bit or not."""
    requests = (
        POST + b"Content-Length: 5\r\n\r\nASK{}"
        + POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n2\r\n{}\r\n0\r\n\r\n"
        + b"GET " + TARGET + b" HTTP/1.1\r\n" + OFFER + b"\r\n"
        + LAST
    )  # fmt: skip
    answer = answers(server, *(requests[i : i + size] for i in range(0, len(requests), size)))
    assert answer.count(b"HTTP/1.1 200 ") == 4
    assert answer.count(b'"boolean":true') == 4


def test_nothing_was_logged(server: Served) -> None:
    """But that something was no request."""
    assert "Traceback" not in server.said()
