"""A scripted test: plays events that were written down, in place of one that talks to servers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol, endpoint, fingerprint
from motion_desk.models.secret import Secret
from motion_desk.services.mail.transcript import Line
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.plan import plan
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.steps import (
    Began,
    Change,
    Difference,
    Ended,
    Event,
    Fact,
    Finding,
    Finished,
    Probe,
    Remedy,
    Renewed,
    Report,
    State,
    Step,
    StepName,
    Who,
)
from tests.journeys.driver import Driver
from tests.journeys.testing import over
from tests.journeys.two import account

AT = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)
LIMIT = 10.0
"""Seconds that each scripted step may take."""

PORT = Remedy(
    "use-port",
    "Use port {port} with SSL {on}.",
    {"port": 143, "on": "off"},
    (Change("imap.ssl", False), Change("imap.port", 143)),
    (Difference("imap.ssl", "SSL", "on", "off"), Difference("imap.port", "Port", "993", "143")),
)
FIELD = Remedy("type-host", "Compare the host, letter by letter.", field="imap.host")
LETTER = Remedy(
    "open-port",
    "Ask for port {port} to be opened.",
    {"port": 993},
    who=Who.NETWORK_TEAM,
    letter="Hello,\n\nplease open port 993 to mail.example.com.\n",
)
FLAG = Remedy(
    "any-certificate",
    "Turn on “Accept any certificate”.",
    changes=(Change("imap.any_certificate", True),),
    differences=(Difference("imap.any_certificate", "Accept any certificate", "off", "on"),),
    risk=True,
)
AGAIN = Remedy("again", "Test again in {seconds} s.", {"seconds": 60}, again_after=60.0)

REFUSED = Finding(
    Failure.PORT_REFUSED, {"port": 993}, key="imap.port", remedies=(PORT, FIELD, LETTER)
)
DENIED = Finding(
    Failure.WRONG_PASSWORD,
    code="AUTHENTICATIONFAILED",
    words="NO [AUTHENTICATIONFAILED] Invalid <b>credentials</b>",
    key="imap.password",
)
SLOW = Finding(Failure.NEAR_TIMEOUT, {"taken": "8.1", "limit": "10"}, key="imap.connection_timeout")
EVIDENCE = (
    Fact("tls.version", "Version", "TLSv1.3"),
    Fact("certificate.subject", "Subject", "CN=mail.example.com", "Certificate 1: leaf"),
    Fact("certificate.sha256", "SHA-256", "ab" * 32, "Certificate 1: leaf"),
    Fact("certificate.subject", "Subject", "CN=Example CA", "Certificate 2"),
)


@dataclass
class Script:
    """What a scripted test finds: for each protocol the findings of steps, and where it waits.

    ``ends`` makes a step fail, or pass with a warning where it is among ``warned``. A test stands
    still before the step ``waits_at`` until it is stopped or that is ``None`` again. ``renewed`` comes
    before all else.
    """

    ends: Mapping[tuple[Protocol, StepName], Finding] = field(default_factory=dict)
    warned: frozenset[StepName] = frozenset()
    waits_at: StepName | None = None
    facts: Mapping[StepName, tuple[Fact, ...]] = field(default_factory=dict)
    accepted: frozenset[StepName] = frozenset()
    raises: Exception | None = None
    renewed: Renewed | None = None
    orders: list[Order] = field(default_factory=list)
    stopped: int = 0

    def begin(self, order: Order) -> ScriptedTest:
        """A test that goes by this script."""
        self.orders.append(order)
        return ScriptedTest(self, order)


class ScriptedTest:
    """One scripted test; each ``drain`` brings it as far as it may go."""

    def __init__(self, script: Script, order: Order) -> None:
        self._script = script
        self._order = order
        self._stopped = False
        self._probes: dict[Protocol, Probe] = {}
        self._done: dict[Protocol, list[Step]] = {each: [] for each in order.protocols}
        self._began: set[tuple[Protocol, StepName]] = set()

    @property
    def running(self) -> bool:
        """Whether a probe is not over yet."""
        return len(self._probes) < len(self._order.protocols)

    def stop(self) -> None:
        """End it."""
        self._stopped = True
        self._script.stopped += 1

    def drain(self) -> list[Event]:
        """What happened since the last call."""
        if self._script.raises:
            raise self._script.raises
        first = [self._script.renewed] if self._script.renewed and not self._began else []
        return first + [
            event
            for protocol in self._order.protocols
            if protocol not in self._probes
            for event in self._advance(protocol)
        ]

    def report(self) -> Report:
        """What it found."""
        account = self._order.account
        return Report(
            account.id,
            account.settings.name,
            AT,
            fingerprint(account),
            "this workstation",
            tuple(self._probes.values()),
            self._order.lab,
        )

    def _advance(self, protocol: Protocol) -> list[Event]:
        events: list[Event] = []
        done = self._done[protocol]
        tested = endpoint(self._order.account, protocol)
        for name in plan(tested)[len(done) :]:
            over = next((s for s in done if s.state in (State.FAILED, State.STOPPED)), None)
            if over is not None and not over.accepted:
                reason = f"not run, for “{over.name.title}” {over.state.value}"
                step = Step(protocol, name, State.NOT_RUN, summary=reason)
            else:
                if (protocol, name) not in self._began:
                    self._began.add((protocol, name))
                    events.append(Began(protocol, name, LIMIT))
                if self._stopped:
                    step = Step(protocol, name, State.STOPPED, summary="stopped")
                elif name is self._script.waits_at:
                    return events
                else:
                    step = self._ended(protocol, name)
            done.append(step)
            events.append(Ended(step))
        lines = (Line(0.01, "S", "* OK ready"), Line(0.02, "C", "AAAA1 LOGIN care ‹hidden›"))
        probe = Probe(protocol, f"{tested.host}:{tested.port}", tuple(done), lines, 9, 0.4)
        self._probes[protocol] = probe
        return [*events, Finished(probe)]

    def _ended(self, protocol: Protocol, name: StepName) -> Step:
        script = self._script
        step = Step(
            protocol,
            name,
            State.PASSED,
            seconds=0.012,
            summary=f"{name.title.lower()} as it should be",
            facts=script.facts.get(name, ()),
        )
        finding = script.ends.get((protocol, name))
        if finding is None:
            return step
        state = State.WARNING if name in script.warned else State.FAILED
        return replace(
            step,
            state=state,
            summary=finding.title,
            findings=(finding,),
            accepted=name in script.accepted,
        )


def claims(name: str = "Claims") -> Account:
    """A complete account of a custom service; its passwords are another program's."""
    host = "mail.example.com"
    login = Secret(typed="another program's")
    return account(
        name,
        settings__address=f"{name.lower()}@example.com",
        imap__host=host,
        imap__username=name.lower(),
        imap__password=login,
        smtp__host=host,
        smtp__username=name.lower(),
        smtp__password=login,
    )


def run(driver: Driver, script: Script) -> None:
    """Test the open account by a script, to the end."""
    begin(driver, script)
    over(driver)


def begin(driver: Driver, script: Script) -> None:
    """Begin to test the open account by a script."""
    driver.console.testing.begin = script.begin
    driver.command("test")


def spoken(driver: Driver, protocol: Protocol) -> list[str]:
    """The steps of a probe, as a screen reader says them."""
    model = driver.find(f"steps:{protocol.value}").model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(n, 0), role) for n in range(model.rowCount())]
