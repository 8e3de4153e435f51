"""Wire: one connection, clear or in TLS, read and written within a time and a size."""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TypeVar

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import Closed, Late, TlsRefused, TooMuch
from motion_desk.services.mail.names import TICK
from motion_desk.services.mail.transcript import Transcript

T = TypeVar("T")

CHUNK = 16_384
LONGEST_LINE = 1_000_000
"""Bytes: what imaplib takes too; a search in a large mailbox answers in one long line."""
MOST_AT_ONCE = 8_000_000
"""Bytes that a server may send within one step."""


class Wire:
    """A connection that belongs to one thread, and ends it within ``TICK`` of ``stop``.

    ``allow`` says until when and how much may be read; what goes beyond raises ``Late`` or
    ``TooMuch``. ``Closed`` tells that the other side left. Nothing here blocks the thread for
    longer than ``TICK`` at a time. ``round_trips`` counts how often an answer was waited for.
    """

    def __init__(
        self, connected: socket.socket, transcript: Transcript, stop: threading.Event
    ) -> None:
        self._socket: socket.socket | ssl.SSLSocket = connected
        self._selector = selectors.DefaultSelector()
        self._selector.register(connected, selectors.EVENT_READ)
        self._awaited = selectors.EVENT_READ
        self._transcript = transcript
        self._stop = stop
        self._until = 0.0
        self._left = 0
        self._buffer = bytearray()
        self._asking = True  # the greeting is waited for, though nothing was said
        self.round_trips = 1  # that of TCP

    def allow(self, seconds: float, size: int = MOST_AT_ONCE) -> None:
        """Give the next reads and writes ``seconds`` from now and ``size`` bytes, all together."""
        self.allow_until(monotonic() + seconds, size)

    def allow_until(self, until: float, size: int = MOST_AT_ONCE) -> None:
        """The same, until a moment of ``time.monotonic``."""
        self._until = until
        self._left = size

    def start_tls(self, context: ssl.SSLContext, server_name: str | None) -> ssl.SSLSocket:
        """Shake hands for TLS; returns the encrypted socket, to be asked about it.

        Raises ``TlsRefused`` with OpenSSL's reason where the two sides do not agree, and
        ``TooMuch`` where the server spoke ahead of it: that would be taken for encrypted.
        """
        if self._buffer:
            raise TooMuch("said in clear text ahead of TLS")
        self._selector.unregister(self._socket)
        encrypted = context.wrap_socket(
            self._socket, server_hostname=server_name, do_handshake_on_connect=False
        )
        self._socket = encrypted
        self._selector.register(encrypted, selectors.EVENT_READ)
        self._awaited = selectors.EVENT_READ
        self._asking = True
        self._patiently(encrypted.do_handshake)
        self.round_trips += 1
        self._asking = True
        return encrypted

    def readline(self) -> bytes:
        """The next line with its end; raises ``TooMuch`` for one without."""
        return self._taken(self._line_end())

    def peek_line(self) -> bytes:
        """The next line, which stays to be read."""
        return bytes(self._buffer[: self._line_end()])

    def _line_end(self) -> int:
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0:
            searched = len(self._buffer)
            if searched > LONGEST_LINE:
                raise TooMuch("a line without end")
            self._fill()
        return end + 1

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes; raises ``TooMuch`` at once where they are not allowed."""
        if size > len(self._buffer) + self._left:
            raise TooMuch(f"{size} bytes announced")
        while len(self._buffer) < size:
            self._fill()
        return self._taken(size)

    def received(self, seconds: float) -> bytes:
        """What has arrived, or arrives first within ``seconds``; empty for silence. For probing."""
        self.allow(seconds, CHUNK)
        with suppress(Late, Closed):
            if not self._buffer:
                self._fill()
        return self._taken(len(self._buffer), quietly=True)

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self._transcript.said("C", data)
        left = memoryview(data)
        while left:
            sent = self._patiently(partial(self._socket.send, left))
            left = left[sent:]
        self._asking = True

    def close(self) -> None:
        """Close the connection, without a word to the other side."""
        self._selector.close()
        self._socket.close()

    def _taken(self, size: int, *, quietly: bool = False) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        if not quietly:
            self._transcript.said("S", taken.removesuffix(b"\n"))
        return taken

    def _fill(self) -> None:
        """Read once, whatever there is."""
        if self._left <= 0:
            raise TooMuch("an answer without end")
        data = self._patiently(lambda: self._socket.recv(min(CHUNK, self._left)))
        if not data:
            raise Closed("the server closed the connection")
        if self._asking:
            self.round_trips += 1
            self._asking = False
        self._left -= len(data)
        self._buffer += data

    def _patiently(self, call: Callable[[], T]) -> T:
        """The result of a call, made again whenever the socket is ready for it."""
        while True:
            if self._stop.is_set():
                raise Stopped
            try:
                return call()
            except (BlockingIOError, ssl.SSLWantReadError):
                self._wait(selectors.EVENT_READ)
            except ssl.SSLWantWriteError:
                self._wait(selectors.EVENT_WRITE)
            except ssl.SSLEOFError:
                raise Closed("the server broke off in the middle of TLS") from None
            except ssl.SSLError as error:
                raise TlsRefused(error.reason or str(error)) from None
            except OSError as error:
                raise Closed(error.strerror or str(error)) from None

    def _wait(self, event: int) -> None:
        """Wait until the socket may be ready; raises ``Late`` and ``Stopped``."""
        if event != self._awaited:
            self._selector.modify(self._socket, event)
            self._awaited = event
        while not self._stop.is_set():
            left = self._until - monotonic()
            if left <= 0:
                raise Late(begun=bool(self._buffer))
            if self._selector.select(min(TICK, left)):
                return
