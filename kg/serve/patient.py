"""HTTP/1.1 as it comes over a connection: with patience that ends, and heads that go out with what follows them."""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

#: Seconds within which a request's head must come, and for which a client may read nothing.
_HEAD: Final = 15.0
_READ: Final = 60.0
#: How the head of an answer begins; not of one that only says that the request may go on (100).
_HEAD_BEGINS: Final = tuple(f"HTTP/1.1 {first}".encode() for first in "2345")
#: Bytes that a request's head may have, and requests that a client may send ahead on one connection.
_LONGEST_HEAD: Final = 1 << 16
_SENT_AHEAD: Final = 100
_TOO_LONG: Final = "The head of the request is too long."
#: Fields that say where a body ends.
_FRAMING: Final = (b"content-length", b"transfer-encoding")


class Together:
    """A transport that sends the head of an answer together with what follows it, and all else at once."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send bytes; a head is held until there are more, or the end. To a closed connection goes nothing."""
        if self._transport.is_closing():
            self._head = b""
        elif data.startswith(_HEAD_BEGINS) and not self._head:
            self._head = data
        else:
            self._transport.write(self._head + data)
            self._head = b""

    def flush(self) -> None:
        """Send a head that nothing follows."""
        if self._head:
            self.write(b"")

    def close(self) -> None:
        """Close the connection, once all is sent."""
        self.flush()
        self._transport.close()


class Patient(HttpToolsProtocol):
    """HTTP/1.1 that does not wait for ever: not for the rest of a request's head, nor for a client that never reads.

    Nor does it take heads without end, or more requests ahead than it has to.
    """

    _waiting: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None
    #: Bytes of the fields of the head under way, and all that came of it.
    _head = 0
    _came = 0
    #: While a head is read a second time, by another parser.
    _replaying = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection begins."""
        self._together = Together(transport)
        super().connection_made(cast(asyncio.Transport, self._together))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """A connection ends."""
        self._wait(over=True)
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes come: a whole head, or a part of one."""
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        try:
            self._feed(data)
        except httptools.HttpParserError:
            self.send_400_response("Invalid HTTP request received.")
        at_work = self.cycle is not None and not self.cycle.response_complete
        if not at_work:
            # What the parser has not yet told of: the start of a field that does not end.
            self._came += len(data)
            if self._came > _LONGEST_HEAD and not self.transport.is_closing():
                self.send_400_response(_TOO_LONG)
        self._wait(over=at_work)

    def on_message_begin(self) -> None:
        """A head begins."""
        if self._replaying:
            return
        self._head = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A part of the address. Raises ValueError, which refuses the request, where the head is too long."""
        if self._replaying:
            return
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field. Raises ValueError, which refuses the request, where the head is too long."""
        if self._replaying:
            return
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """A head is whole. Raises ValueError, which refuses the request, where it does not name one host."""
        if self._replaying:
            return
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):
            raise ValueError("a request names one host")  # RFC 9112, section 3.2
        if len(self.pipeline) >= _SENT_AHEAD:
            raise ValueError("too many requests ahead")
        super().on_headers_complete()
        self._came = 0

    def on_response_complete(self) -> None:
        """An answer has ended, one to HEAD without anything after its own head."""
        self._together.flush()
        super().on_response_complete()

    def _count(self, length: int) -> None:
        self._head += length
        if self._head > _LONGEST_HEAD:
            raise ValueError(_TOO_LONG)

    def on_message_complete(self) -> None:
        """A request is whole; one that offers another protocol where it has no body that the parser has passed over."""
        if not (self.parser.should_upgrade() and self._framing()):
            super().on_message_complete()

    def _feed(self, data: bytes) -> None:
        """Have bytes read. Raises HttpParserError.

        A client that offers HTTP/2 beside is answered in HTTP/1.1, which it then goes on with (RFC 9110, section 7.8).
        But the parser takes what follows its head for another protocol: another parser reads on from there, and is
        told first how long the body is.
        """
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            framing = self._framing()
            self.parser = httptools.HttpRequestParser(self)
            if framing:
                self._replaying = True
                self.parser.feed_data(b"POST / HTTP/1.1\r\n" + framing + b"\r\n")
                self._replaying = False
            self._feed(data[upgrade.args[0] :])

    def _framing(self) -> bytes:
        """The fields of the last head that say where its body ends; none where it has no body."""
        told = ((name, value) for name, value in self.headers if name in _FRAMING and value.strip() != b"0")
        return b"".join(b"%s: %s\r\n" % field for field in told)

    def _wait(self, *, over: bool = False) -> None:
        """Close the connection in a while, unless that is under way already; or, where it is ``over``, leave it."""
        if over and self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        elif not over and self._waiting is None:
            self._waiting = self.loop.call_later(_HEAD, self.transport.close)

    def pause_writing(self) -> None:
        """The client reads more slowly than it is sent to."""
        super().pause_writing()
        self._stuck = self.loop.call_later(_READ, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has read."""
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
