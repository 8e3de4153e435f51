"""The tester: how much longer a whole test takes than a client that was written by hand."""

from __future__ import annotations

import socket
import ssl
import statistics
import sys
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from motion_desk.app import SWITCH
from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.models.workspace import Workspace
from motion_desk.services.mail.names import Route
from motion_desk.services.mail.transcript import HIDDEN
from motion_desk.services.tester.run import Run
from tests.bench.figures import Figure
from tests.bench.relay import Relay
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE, PEOPLE
from tests.services.tester.orders import IMAP, SMTP, account, given, is_green, order

TURNS = 25
ONE_WAY = 0.025
"""Seconds of added latency in each direction."""


def commands_of(tested: Tested) -> list[str]:
    """What the tester says to an IMAP server, without tags and with the password."""
    said = tested.run(IMAP).report().probes[0].transcript
    lines = [line.text.partition(" ")[2] for line in said if line.side == "C"]
    return [line.replace(HIDDEN, f'"{PEOPLE[ALICE]}"') for line in lines]


def by_hand(dovecot: Dovecot, context: ssl.SSLContext, commands: list[str]) -> None:
    """The same commands, with nothing looked at but the end of each answer."""
    plain = socket.create_connection((dovecot.host, dovecot.imaps))
    with context.wrap_socket(plain, server_hostname=dovecot.name) as connection:
        lines = connection.makefile("rb")
        lines.readline()
        for number, command in enumerate(commands):
            tag = f"A{number}"
            connection.sendall(f"{tag} {command}\r\n".encode())
            while not lines.readline().startswith(tag.encode()):
                pass
        lines.close()


def medians(*acts: Callable[[], object]) -> list[float]:
    """The median times in milliseconds of acts that are done in turn; the first round warms up."""
    times: list[list[float]] = [[] for _ in acts]
    for turn in range(TURNS + 1):
        for act, taken in zip(acts, times, strict=True):
            begun = perf_counter()
            act()
            if turn:
                taken.append(1000 * (perf_counter() - begun))
    return [statistics.median(taken) for taken in times]


class Tested:
    """One account, tested again and again."""

    def __init__(self, made: Account, workspace: Workspace, route: Route) -> None:
        self._values = made, workspace, route

    def run(self, *protocols: Protocol) -> Run:
        """A whole test, which must be green."""
        run = Run(order(*self._values, only=protocols))
        for _ in run.events():
            pass
        assert all(is_green(probe) for probe in run.report().probes)
        return run


def figures() -> Iterator[Figure]:
    """All figures of the tester but those of the window."""
    sys.setswitchinterval(SWITCH)  # as the program does
    with Dovecot() as dovecot:
        values: dict[str, object] = {
            "imap__port": dovecot.imaps,
            "smtp__port": dovecot.submission,
            "smtp__secure": False,
        }
        made = account(dovecot.name, ALICE, PEOPLE[ALICE], **values)
        workspace = given(dovecot.ca_pem)
        tested = Tested(made, workspace, dovecot.route)
        context = ssl.create_default_context(cadata=dovecot.ca_pem)
        commands = commands_of(tested)
        floor, imap = medians(lambda: by_hand(dovecot, context, commands), lambda: tested.run(IMAP))
        yield Figure("whole IMAP test, against the same commands by hand", imap, floor, 1.5)
        imap, smtp, both = medians(
            lambda: tested.run(IMAP), lambda: tested.run(SMTP), lambda: tested.run(IMAP, SMTP)
        )
        yield Figure("IMAP and SMTP side by side, against the slower", both, max(imap, smtp), 1.2)
        yield from far(dovecot, made, workspace)


def far(dovecot: Dovecot, made: Account, workspace: Workspace) -> Iterator[Figure]:
    """At 50 ms of latency the time is that of the round trips."""
    with (
        Relay(dovecot.host, dovecot.imaps, ONE_WAY) as imaps,
        Relay(dovecot.host, dovecot.submission, ONE_WAY) as submission,
    ):
        relays = {dovecot.imaps: imaps, dovecot.submission: submission}

        def route(_: str, port: int) -> tuple[tuple[str, int], ...]:
            return ((relays[port].host, relays[port].port),)

        tested = Tested(made, workspace, route)
        for protocol in (IMAP, SMTP):
            (taken,) = medians(partial(tested.run, protocol))
            probe = tested.run(protocol).report().probes[0]
            # The relay takes TCP's own handshake itself, at once.
            floor = 1000 * 2 * ONE_WAY * (probe.round_trips - 1)
            what = f"{protocol.label} test at 50 ms, against {probe.round_trips} round trips"
            yield Figure(what, taken, floor, 1.2)
