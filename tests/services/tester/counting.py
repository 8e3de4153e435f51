"""Counting: small IMAP and SMTP servers that count how many are logged in to each at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from functools import partial
from typing import Self

_IMAP = {
    "CAPABILITY": (b"* CAPABILITY IMAP4rev1\r\n", b"OK done"),
    "LOGIN": (b"", b"OK in"),
    "STATUS": (b"* STATUS INBOX (MESSAGES 0 UNSEEN 0)\r\n", b"OK done"),
    "EXAMINE": (b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n", b"OK [READ-ONLY] done"),
    "LOGOUT": (b"* BYE out\r\n", b"OK done"),
}
_SMTP = {
    "EHLO": b"250-here\r\n250 AUTH PLAIN\r\n",
    "AUTH": b"235 2.7.0 in\r\n",
    "QUIT": b"221 2.0.0 out\r\n",
}


class Counting:
    """Servers without TLS that take any login; a context manager with a thread of its own.

    Each has a name, an IMAP and an SMTP port, and answers ``latency`` seconds late. ``most`` is how
    many were logged in to it at once at any time, by IMAP and SMTP together; ``logins`` how often;
    ``together`` on how many of them somebody was logged in at once.
    """

    def __init__(self, servers: int, latency: float = 0.0) -> None:
        self.names = [f"s{number}.example.test" for number in range(servers)]
        self.most: dict[str, int] = dict.fromkeys(self.names, 0)
        self.logins: dict[str, int] = dict.fromkeys(self.names, 0)
        self.together = 0
        self._now: dict[str, int] = dict.fromkeys(self.names, 0)
        self._latency = latency
        self._ports: dict[tuple[str, int], int] = {}
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._served: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(
            target=self._loop.run_until_complete, args=(self._run(),), name="motion-desk-counting"
        )

    @property
    def ports(self) -> Mapping[tuple[str, int], int]:
        """The real port of each name and usual port."""
        return self._ports

    def route(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Where a host and port are; raises ``LookupError`` for other hosts."""
        return (("127.0.0.1", self._ports[host, port]),)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()
        self._loop.close()

    async def _run(self) -> None:
        listening = []
        for name in self.names:
            for port in (143, 587):
                accept = partial(self._accept, name, port)
                server = await asyncio.start_server(accept, "127.0.0.1", 0)
                self._ports[name, port] = server.sockets[0].getsockname()[1]
                listening.append(server)
        self._ready.set()
        await self._ending.wait()
        for server in listening:
            server.close()
        for task in self._served:
            task.cancel()
        await asyncio.gather(*self._served, return_exceptions=True)

    def _accept(
        self, name: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = self._loop.create_task(self._serve(name, port == 143, reader, writer))
        self._served.add(task)
        task.add_done_callback(self._served.discard)

    async def _serve(
        self, name: str, imap: bool, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        inside = False
        try:
            await self._say(writer, b"* OK here\r\n" if imap else b"220 here\r\n")
            while line := (await reader.readline()).decode():
                tag, _, rest = line.strip().partition(" ")
                verb = (rest if imap else tag).partition(" ")[0].upper()
                if verb in ("LOGIN", "AUTH"):
                    inside = True
                    self.logins[name] += 1
                    self._now[name] += 1
                    self.most[name] = max(self.most[name], self._now[name])
                    self.together = max(self.together, sum(map(bool, self._now.values())))
                if verb in ("LOGOUT", "QUIT") and inside:
                    inside = False
                    self._now[name] -= 1
                if imap:
                    said, ended = _IMAP.get(verb, (b"", b"BAD what"))
                    await self._say(writer, said + tag.encode() + b" " + ended + b"\r\n")
                else:
                    await self._say(writer, _SMTP.get(verb, b"250 2.0.0 ok\r\n"))
        except ConnectionError:
            pass  # the client has gone
        finally:
            self._now[name] -= inside
            writer.transport.abort()

    async def _say(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        await asyncio.sleep(self._latency)
        writer.write(data)
        await writer.drain()
