"""A relay that makes loopback as slow to answer as a distant server, and no less wide."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import ExitStack, suppress
from typing import Self, TypeVar

CHUNK = 1 << 18
TIMEOUT = 10

T = TypeVar("T")


class Relay:
    """Passes on each chunk `one_way` seconds after it came, in each direction; a context manager.

    Order is kept, and so is the end of each direction; no chunk waits for another to arrive, so
    that throughput has no limit. A client is connected at once, where a distant server would take
    a round trip, and a connection that is broken is so at both ends at once. Listens on 127.0.0.1
    at `port`, and works on a thread of its own.
    """

    host = "127.0.0.1"

    def __init__(self, target_host: str, target_port: int, one_way: float) -> None:
        self.port = 0
        self._target = target_host, target_port
        self._one_way = one_way
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="motion-desk-relay", daemon=True
        )
        self._connections: set[asyncio.Task[None]] = set()
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.callback(self._loop.close)
            self._thread.start()
            stack.callback(self._thread.join)
            stack.callback(self._loop.call_soon_threadsafe, self._loop.stop)
            server = self._on_thread(asyncio.start_server(self._connected, self.host, 0))
            stack.callback(lambda: self._on_thread(self._close(server)))
            self.port = server.sockets[0].getsockname()[1]
            self._ending = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def _on_thread(self, work: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT)

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await server.wait_closed()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = self._loop.create_task(self._relay(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _relay(self, near: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        """Serve one client until both directions have ended or one is broken."""
        writers = [client]
        try:
            far, server = await asyncio.open_connection(*self._target)
            writers.append(server)
            async with asyncio.TaskGroup() as directions:
                directions.create_task(self._pass_on(near, server))
                directions.create_task(self._pass_on(far, client))
        except* OSError:
            pass  # what is broken on one side is broken off on the other, below
        finally:
            for writer in writers:
                writer.transport.abort()
            for writer in writers:
                with suppress(OSError):
                    await writer.wait_closed()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on one direction with its end."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        async with asyncio.TaskGroup() as ends:
            ends.create_task(self._receive(reader, on_the_way))
            ends.create_task(self._deliver(on_the_way, writer))

    async def _receive(
        self, reader: asyncio.StreamReader, on_the_way: asyncio.Queue[tuple[float, bytes]]
    ) -> None:
        while True:
            chunk = await reader.read(CHUNK)
            on_the_way.put_nowait((self._loop.time() + self._one_way, chunk))
            if not chunk:
                return

    async def _deliver(
        self, on_the_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        while True:
            due, chunk = await on_the_way.get()
            await asyncio.sleep(due - self._loop.time())
            if not chunk:
                writer.write_eof()
                return
            writer.write(chunk)
            await writer.drain()
