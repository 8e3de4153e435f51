"""A wire: one connection from a client, in clear text or encrypted; lines in, bytes out."""

from __future__ import annotations

import asyncio
import socket
import ssl

LONGEST_LINE = 2**16
"""Bytes; a client that sends more in one line is cut off."""
HANDSHAKE_SECONDS = 30.0
"""How long a client may take for its part of a TLS handshake."""


class Wire:
    """Used by one task of the servers' loop."""

    def __init__(self) -> None:
        self.encrypted = False
        self._reader = asyncio.StreamReader(limit=LONGEST_LINE)
        # A writer that is let go closes its connection, so those before TLS are kept as well.
        self._writers: list[asyncio.StreamWriter] = []

    async def connect(self, accepted: socket.socket, context: ssl.SSLContext | None) -> None:
        """Take over an accepted socket; with a context the handshake comes first.

        Raises ``OSError`` (of which ``ssl.SSLError`` is one) where the handshake fails.
        """
        loop = asyncio.get_running_loop()
        protocol = asyncio.StreamReaderProtocol(self._reader)
        transport, _ = await loop.connect_accepted_socket(
            lambda: protocol,
            accepted,
            ssl=context,
            ssl_handshake_timeout=HANDSHAKE_SECONDS if context else None,
        )
        self._writers.append(asyncio.StreamWriter(transport, protocol, self._reader, loop))
        self.encrypted = context is not None

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Go on encrypted. What the client sent before is dropped (RFC 3501, 6.2.1).

        Raises as ``connect`` does.
        """
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=LONGEST_LINE)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport = await loop.start_tls(
            self._writers[-1].transport,
            protocol,
            context,
            server_side=True,
            ssl_handshake_timeout=HANDSHAKE_SECONDS,
        )
        if transport is None:  # the client left during the handshake
            raise ConnectionResetError
        protocol.connection_made(transport)
        self._reader = reader
        self._writers.append(asyncio.StreamWriter(transport, protocol, reader, loop))
        self.encrypted = True

    async def line(self) -> bytes:
        """The next line with its end; empty where the client has left or sent too long a one."""
        try:
            line = await self._reader.readline()
        except ValueError:  # longer than the limit
            return b""
        return line if line.endswith(b"\n") else b""

    async def exactly(self, count: int) -> bytes:
        """The next ``count`` bytes. Raises ``EOFError`` where the client leaves before."""
        return await self._reader.readexactly(count)

    async def some(self) -> bytes:
        """Whatever comes next; empty where the client has left."""
        return await self._reader.read(LONGEST_LINE)

    async def write(self, data: bytes) -> None:
        """Send bytes, waiting while the client does not take them. Raises ``ConnectionError``."""
        self._writers[-1].write(data)
        await self._writers[-1].drain()

    async def until_left(self) -> None:
        """Drop what the client sends until it leaves."""
        while await self.some():
            pass

    async def close(self) -> None:
        """Close the connection in good order, where the client still takes part."""
        for writer in self._writers[-1:]:
            writer.close()
            try:
                await asyncio.wait_for(writer.wait_closed(), 1)
            except (OSError, TimeoutError):
                self.abort()

    def abort(self) -> None:
        """Drop the connection at once."""
        for writer in self._writers:
            writer.transport.abort()
