"""The lab: mail and identity servers on this computer, with their own authority, showing faults."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from motion_desk.services.jobs import THREAD_PREFIX
from motion_desk.services.lab import faults, names
from motion_desk.services.lab.authority import Authority, certificate_file
from motion_desk.services.lab.certificates import Certificates
from motion_desk.services.lab.common import Common
from motion_desk.services.lab.connections import serve
from motion_desk.services.lab.faults.behaviour import Chain, Fault, Handshake
from motion_desk.services.lab.identity.identity import Identity
from motion_desk.services.lab.identity.server import IdentityServer
from motion_desk.services.lab.mailboxes import Post
from motion_desk.services.lab.network import Address, Network
from motion_desk.services.lab.seen import Seen
from motion_desk.services.lab.signatures import Signatures

THREAD_NAME = THREAD_PREFIX + "lab"
_LAST_SECONDS = 5.0
_LARGEST_PACKET = 4096


class Lab:
    """IMAP, SMTP, POP3 and identity servers on 127.0.0.1 that show one fault at a time.

    ``people`` are passwords by user name; without, any user gets in with any password, except
    under faults about passwords, where ``PASSWORD`` is the right one. ``scale`` multiplies the
    delays of faults. ``ports`` gives real ports for some of the usual ones; the others are free
    ones. ``identity`` says whom the identity server knows, and is there to approve sign-ins.
    Nothing of what clients send as a password or token is kept, logged or printed.

    ``show``, ``route``, ``seen`` and ``mailbox_state`` may be used on any thread.
    """

    def __init__(
        self,
        folder: Path,
        *,
        people: Mapping[str, str] | None = None,
        fault: str = faults.HEALTHY,
        scale: float = 1.0,
        ports: Mapping[int, int] | None = None,
        identity: Identity | None = None,
    ) -> None:
        self.fault: Fault = faults.fault(fault)
        self.seen = Seen()
        self.identity = identity or Identity()
        self._folder = folder
        self._people = None if people is None else dict(people)
        self._scale = scale
        self._wanted = dict(ports or {})
        self._network: Network | None = None
        self._common: Common | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ending: asyncio.Event | None = None

    @cached_property
    def _authority(self) -> Authority:
        return Authority.kept_in(self._folder)

    @property
    def certificate(self) -> str:
        """The certificate of the lab's authority, as PEM. Raises ``LabError`` as ``start`` does."""
        return self._authority.pem

    @property
    def certificate_file(self) -> Path:
        """Where that certificate lies once the lab was started."""
        return certificate_file(self._folder)

    @property
    def ports(self) -> Mapping[int, int]:
        """The real port on 127.0.0.1 of each usual one: 25, 110, 143, 443, 465, 587, 993, 995."""
        return dict(self._started[0].ports)

    @property
    def name_server(self) -> Address:
        """Where questions of DNS are answered, by UDP: every domain has its mail in the lab."""
        address: Address = self._started[0].names.getsockname()
        return address

    def start(self) -> None:
        """Start the servers on a thread of their own; they are ready when this returns.

        Raises ``LabError`` where the folder cannot be used or a port is taken, and
        ``RuntimeError`` where the lab was started before.
        """
        if self._thread is not None:
            raise RuntimeError("the lab was started before")
        certificates = Certificates(self._authority, self._folder)
        certificates.context(self.fault.chain, self.fault.handshake)
        certificates.context(Chain.SOUND, Handshake.SOUND)
        self._common = Common(
            self._people,
            self._scale,
            self.seen,
            certificates,
            Post(self._people or ()),
            IdentityServer(self.identity, self.identity.keys(self._folder), self.seen, self._scale),
            Signatures(),
        )
        self._network = Network(self._wanted)
        ready = threading.Event()
        self._thread = threading.Thread(
            target=self._serve, args=(ready,), name=THREAD_NAME, daemon=True
        )
        self._thread.start()
        ready.wait()

    def close(self) -> None:
        """End connections, servers and the thread. A lab that was closed stays so."""
        if self._network is None or self._thread is None:
            return
        if self._thread.is_alive() and self._loop and self._ending:
            self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()
        self._network.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show(self, fault: str) -> None:
        """Show another fault to the connections that are made from now on.

        Raises ``KeyError`` where there is none of that name. Greylisting begins anew.
        """
        shown = faults.fault(fault)
        if self._common:
            # Made here, for the warning about old TLS is silenced for the whole process.
            self._common.certificates.context(shown.chain, shown.handshake)
            self._common.put_off = {}
        self.fault = shown

    def route(self, host: str, port: int) -> tuple[Address, ...]:
        """Where the lab says that a host and port are: one or more (address, port), in order.

        Every host leads to the lab, so that nothing leaves this computer, unless the fault says
        otherwise: a usual port to its real one, a real one to itself, and any other to one that
        refuses. Raises ``LookupError`` where the name does not exist.
        """
        return self._started[0].route(self.fault, host, port)

    def mailbox_state(self, user: str) -> dict[str, Any]:
        """The folders of a person under the present fault, as plain values to be compared.

        By name: its validity, its next UID, and of each message UID, flags and SHA-256.
        """
        common, layout = self._started[1], self.fault.layout

        async def state() -> dict[str, Any]:
            return common.post.of(user, layout).state()

        if self._loop is None or self._loop.is_closed():
            return common.post.of(user, layout).state()
        return asyncio.run_coroutine_threadsafe(state(), self._loop).result(_LAST_SECONDS)

    @property
    def _started(self) -> tuple[Network, Common]:
        if self._network is None or self._common is None:
            raise RuntimeError("the lab was not started")
        return self._network, self._common

    def _serve(self, ready: threading.Event) -> None:
        # The usual loop on Windows has no add_reader.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._run(ready))

    async def _run(self, ready: threading.Event) -> None:
        """Accept until the lab is closed, then wait until every connection has ended."""
        network, common = self._started
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(self._note)
        self._ending = asyncio.Event()
        served: set[asyncio.Task[None]] = set()

        def accept(usual: int, listening: socket.socket) -> None:
            with contextlib.suppress(OSError):  # the client has gone again
                accepted, _ = listening.accept()
                accepted.setblocking(False)
                self.seen.connection()
                task = asyncio.ensure_future(serve(common, self.fault, usual, accepted))
                served.add(task)
                task.add_done_callback(served.discard)
                # Not left to the task: one that is cancelled early never runs at all.
                task.add_done_callback(lambda _: accepted.close())

        for usual, listening in network.listening.items():
            self._loop.add_reader(listening, accept, usual, listening)
        self._loop.add_reader(network.names, self._answer, network.names)
        ready.set()
        await self._ending.wait()
        self._loop.remove_reader(network.names)
        for listening in network.listening.values():
            self._loop.remove_reader(listening)
        for task in served:
            task.cancel()
        if served:
            await asyncio.wait(served, timeout=_LAST_SECONDS)

    def _answer(self, asked: socket.socket) -> None:
        """Answer one question of DNS."""
        with contextlib.suppress(OSError):  # who asked has gone again
            packet, where = asked.recvfrom(_LARGEST_PACKET)
            key = self._started[1].signatures
            said = names.answer(packet, lambda: key.record, self.fault.naming)
            if said is not None:
                asked.sendto(said, where)

    def _note(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What asyncio would print: it may hold what a client sent."""
        error = context.get("exception")
        self.seen.error(error if isinstance(error, BaseException) else RuntimeError())
