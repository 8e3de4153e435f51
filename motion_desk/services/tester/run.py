"""Run: one test under way, IMAP and SMTP side by side, each on a thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint, fingerprint
from motion_desk.models.secret import Secret
from motion_desk.models.workspace import Workspace
from motion_desk.services.jobs import THREAD_PREFIX
from motion_desk.services.mail.names import Route
from motion_desk.services.tester.steps import Event, Finished, Probe, Renewed, Report, StepName
from motion_desk.services.tester.tokens import Tokens, TokenSource
from motion_desk.services.tester.values import tested_values

PATIENCE = 30.0
"""Seconds that the tester waits where Motion's page has no timeout: for SMTP and for answers."""
THIS_WORKSTATION = "this workstation"


@dataclass(frozen=True, slots=True)
class Order:
    """What to test: values only, so that it can go to other threads.

    ``account`` and ``workspace`` are as they are on screen. ``passwords`` holds the texts behind
    the secrets that ``secrets_needed`` names; for one that is not at hand ``missing`` holds the
    reason. ``tokens`` is the sign-in of the account's cloud provider, for modern authentication: a
    value rather than a callable, for a job never touches the keyring. Where it was renewed, the
    test tells so by ``Renewed``, and whoever asked for the test keeps it. ``until`` is the last step to be made. ``route`` leads every host elsewhere, to the
    lab; ``lab`` then says so in the report. ``patience`` is in seconds.
    """

    account: Account
    workspace: Workspace
    protocols: tuple[Protocol, ...] = tuple(Protocol)
    until: StepName | None = None
    passwords: Mapping[Protocol, str] = field(default_factory=dict, repr=False)
    missing: Mapping[Protocol, str] = field(default_factory=dict)
    route: Route | None = None
    lab: bool = False
    patience: float = PATIENCE
    tokens: TokenSource | None = None


def secrets_needed(account: Account) -> dict[Protocol, Secret]:
    """The secrets whose texts a test needs, by protocol; typed ones hold them already."""
    logins = {protocol: endpoint(account, protocol).login for protocol in Protocol}
    return {
        protocol: login.secret
        for protocol, login in logins.items()
        if login is not None and login.secret and not login.modern
    }


def report_of(
    order: Order, at: datetime, probes: Mapping[Protocol, Probe], known_fingerprint: str = ""
) -> Report:
    """The report of the probes that are over, in the order's order; ``at`` is when it began."""
    account = order.account
    return Report(
        account.id,
        account.settings.name,
        at,
        known_fingerprint or fingerprint(account),
        THIS_WORKSTATION,
        tuple(probes[each] for each in order.protocols if each in probes),
        order.lab,
        tested_values(account),
    )


class Run:
    """A test that runs from the moment it is made. Belongs to the thread that made it.

    ``drain`` brings what happened since, or ``events`` waits for it. ``stop`` ends it within
    100 ms, whatever it is waiting for. The threads end by themselves.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._at = datetime.now(UTC)
        self._events: queue.SimpleQueue[Event | BaseException] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._probes: dict[Protocol, Probe] = {}
        self._tokens = Tokens(order.tokens, self._renewed)
        for protocol in order.protocols:
            name = f"{THREAD_PREFIX}{protocol.value}"
            threading.Thread(target=self._probe, args=(protocol,), name=name, daemon=True).start()
        self._fingerprint = fingerprint(order.account)  # while the probes wait for the network

    @property
    def running(self) -> bool:
        """Whether a probe is not over yet."""
        return len(self._probes) < len(self._order.protocols)

    def stop(self) -> None:
        """End it: the steps under way are then ``STOPPED``, the later ones not run."""
        self._stop.set()

    def drain(self) -> list[Event]:
        """What happened since the last call. Raises what a probe should not have raised."""
        happened: list[Event] = []
        while not self._events.empty():
            happened.append(self._noted(self._events.get()))
        return happened

    def events(self) -> Iterator[Event]:
        """What happens, as it happens, until the end."""
        while self.running:
            yield self._noted(self._events.get())

    def report(self) -> Report:
        """What the test found; complete once it is no longer ``running``."""
        return report_of(self._order, self._at, self._probes, self._fingerprint)

    def _noted(self, happened: Event | BaseException) -> Event:
        if isinstance(happened, BaseException):
            raise happened
        if isinstance(happened, Finished):
            self._probes[happened.probe.protocol] = happened.probe
        return happened

    def _renewed(self, cache: str) -> None:
        if source := self._order.tokens:
            self._events.put(Renewed(source.provider.id, cache))

    def _probe(self, protocol: Protocol) -> None:
        try:
            # With it come imapclient and OpenSSL, for which nobody should wait.
            from motion_desk.services.tester.probing import probe

            for event in probe(self._order, protocol, self._stop, self._tokens):
                self._events.put(event)
        except BaseException as error:  # whatever it is, the asking thread must hear of it
            self._events.put(error)
