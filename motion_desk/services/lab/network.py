"""The network as the lab has it: its sockets, and where names and ports lead to."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping
from ipaddress import ip_address

from motion_desk.services.lab.errors import LabError
from motion_desk.services.lab.faults.behaviour import Fault

Address = tuple[str, int]

HOST = "127.0.0.1"
SECOND_HOST = "127.0.0.2"
"""All of 127.0.0.0/8 is this computer, except on macOS, which knows only its first address."""

NAMES_PORT = 53
IDENTITY_PORT = 443
USUAL_PORTS = (25, 110, 143, IDENTITY_PORT, 465, 587, 993, 995)

_BACKLOG = 100
# Two fill the queue; what is more than that waits in vain, as clients will.
_FILLERS = 4


class Network:
    """The sockets of one lab, every one of them on this computer's own addresses."""

    def __init__(self, wanted: Mapping[int, int]) -> None:
        """Listen on the ports that are wanted for usual ones, and on free ones for the others.

        Raises ``LabError`` where one is taken.
        """
        self._open = contextlib.ExitStack()
        try:
            self.listening = {usual: self._listening(wanted.get(usual, 0)) for usual in USUAL_PORTS}
            self.ports = {usual: each.getsockname()[1] for usual, each in self.listening.items()}
            self.names = self._for_names()
            # Bound, so that no other program gets the port, but not listening.
            self._refusing: Address = self._bound(HOST, 0).getsockname()
            self._silent: Address = self._full_queue().getsockname()
            self._dead: Address = self._dead_address()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close every socket."""
        self._open.close()

    def route(self, fault: Fault, host: str, port: int) -> tuple[Address, ...]:
        """Where a name and a port lead under a fault; see ``Lab.route``."""
        usual = {real: usual for usual, real in self.ports.items()}.get(port, port)
        if port == NAMES_PORT:  # for those who would ask DNS
            return (self.names.getsockname(),)
        if host and usual == IDENTITY_PORT:  # another’s server: no fault on the way to it
            return ((HOST, self.ports[usual]),)
        if not host or (fault.mail_names_only and not _exists(host)):
            raise LookupError(f"There is no host “{host}”.")
        if fault.silent and usual in self.ports:
            return (self._silent,)
        if usual not in self.ports or usual in fault.refused:
            return (self._refusing,)
        answering = (HOST, self.ports[usual])
        return (self._dead, answering) if fault.dead_address_first else (answering,)

    def _listening(self, port: int) -> socket.socket:
        listening = self._bound(HOST, port)
        listening.listen(_BACKLOG)
        listening.setblocking(False)
        return listening

    def _for_names(self) -> socket.socket:
        """A socket for questions to the name server."""
        made = self._open.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        made.bind((HOST, 0))
        made.setblocking(False)
        return made

    def _full_queue(self) -> socket.socket:
        """A socket to which connecting is never answered.

        Nobody accepts, and the queue of those to be accepted is full, so Linux and macOS drop what
        comes next: the client hears neither yes nor no. Windows refuses instead.
        """
        silent = self._bound(HOST, 0)
        silent.listen(0)
        for _ in range(_FILLERS):
            filler = self._open.enter_context(_tcp_socket())
            filler.setblocking(False)
            filler.connect_ex(silent.getsockname())
        return silent

    def _dead_address(self) -> Address:
        """Where nothing listens, on the second address where there is one."""
        try:
            address: Address = self._bound(SECOND_HOST, 0).getsockname()
        except LabError:
            return self._refusing
        return address

    def _bound(self, host: str, port: int) -> socket.socket:
        made = self._open.enter_context(_tcp_socket())
        if port and os.name == "posix":  # elsewhere it would take the port from another program
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise LabError(
                f"The lab cannot listen on port {port} of {host} ({reason}). End the program that "
                "does, or choose another port."
            ) from error
        return made


def _tcp_socket() -> socket.socket:
    """A socket that says it is TCP: only then does asyncio send small packets at once."""
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)


def _exists(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.lower().startswith("mail.")
    return True
