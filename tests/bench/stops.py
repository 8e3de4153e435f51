"""Stops: how long what a person stops goes on, wherever it waits; and how soon the lab is there."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from unittest import mock

from motion_desk.models.workspace import Workspace
from motion_desk.services.discovery.detecting import detect
from motion_desk.services.discovery.search import Request
from motion_desk.services.domain.checks import examine
from motion_desk.services.invitations.sending import send
from motion_desk.services.jobs import Job, Stopped
from motion_desk.services.lab import Lab
from motion_desk.services.mail.names import resolve
from motion_desk.services.mail.sockets import connect
from motion_desk.services.mail.tls import secure
from motion_desk.services.oauth.provider import Way
from motion_desk.services.oauth.running import sign_in
from motion_desk.services.oauth.sign_in import Flow, Order
from motion_desk.services.templates.rendering import Renderer
from motion_desk.services.tester.round_trip import round_trip
from motion_desk.services.tester.run import Run
from tests.bench.figures import Figure, timed
from tests.services.domain.name_server import Manner, name_server
from tests.services.invitations.people import PASSWORD, SENDER, login_to, person
from tests.services.invitations.people import an_order as invitations
from tests.services.mail.scripted import server, silence, silent_place
from tests.services.mail.wired import wired
from tests.services.oauth.signing import PROVIDER
from tests.services.templates.test_rendering import ENDLESS
from tests.services.tester import orders
from tests.services.tester.test_round_trip import NO_TOKENS, RIGHT, USER
from tests.services.tester.test_round_trip import an_order as a_round_trip

TURNS = 9
LONG = 60.0
"""Seconds for which each would wait."""
SETTLED = 0.15
"""Seconds after which what was begun surely waits."""
BOUND = 100
"""Milliseconds after which a person feels that a press was not heard."""

Wait = Callable[[threading.Event], object]


def figures() -> Iterator[Figure]:
    """The start of the lab, and the longest of several stops of each wait, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        yield Figure("the lab started and ended", timed(lambda _: _lab(Path(folder)), 5), 0, BOUND)
    for what, measure in CASES.items():
        yield Figure(f"stop → end of {what}, worst of {TURNS}", max(measure()), 0, BOUND)


def _ends(wait: Wait) -> Iterator[float]:
    """Milliseconds for which a wait goes on after its stop, turn for turn."""
    for _ in range(TURNS):
        stop = threading.Event()
        ended: list[float] = []

        def run(stop: threading.Event = stop, ended: list[float] = ended) -> None:
            with suppress(Stopped):
                wait(stop)
            ended.append(monotonic())

        thread = threading.Thread(target=run)
        thread.start()
        sleep(SETTLED)
        assert thread.is_alive(), "it did not wait"
        asked = monotonic()
        stop.set()
        thread.join(LONG)
        yield 1000 * (ended[0] - asked)


def _followed(job: Job[Any] | Run, stop: threading.Event) -> None:
    """Follow a job to its end, and stop it when it is time."""

    def end() -> None:
        stop.wait(LONG)
        job.stop()

    threading.Thread(target=end).start()
    _through(job.events())


def _lab(folder: Path) -> None:
    with Lab(folder):
        pass


def _through(events: Iterable[object]) -> None:
    for _ in events:
        pass


def _look_up() -> Iterator[float]:
    answer = threading.Event()

    def silent(*_: object, **__: object) -> object:
        answer.wait(LONG)
        raise socket.gaierror(socket.EAI_AGAIN, "stopped")

    with mock.patch("socket.getaddrinfo", silent):
        yield from _ends(
            lambda stop: resolve("mail.example", 993, until=monotonic() + LONG, stop=stop)
        )
        answer.set()


def _connection() -> Iterator[float]:
    with silent_place() as silent:
        yield from _ends(lambda stop: connect([silent], until=monotonic() + LONG, stop=stop))


def _handshake() -> Iterator[float]:
    def wait(stop: threading.Event) -> None:
        with wired(silence, stop) as wire:
            wire.allow(LONG)
            secure(wire, "mail.example")

    yield from _ends(wait)


def _rendering() -> Iterator[float]:
    with Renderer(LONG) as renderer:
        renderer.start()
        yield from _ends(lambda stop: renderer.render(ENDLESS, {}, stop))


def _search() -> Iterator[float]:
    with server(silence) as place, name_server({}, {"test": Manner.SILENT}) as names:
        request = Request("a@shop.test", names.resolver, route=lambda *_: (place,), patience=LONG)
        yield from _ends(lambda stop: detect(request, stop))


def _domain() -> Iterator[float]:
    with name_server({}, {"test": Manner.SILENT}) as names:
        yield from _ends(lambda stop: examine("shop.test", names.resolver, stop, patience=LONG))


def _test() -> Iterator[float]:
    with server(silence) as place:
        account = orders.account("mail.test", "a@mail.test", "secret")
        order = orders.order(account, Workspace(id="w"), lambda *_: (place,), patience=LONG)
        yield from _ends(lambda stop: _followed(Run(order), stop))


def _sign_in() -> Iterator[float]:
    with server(silence) as place:
        order = Order(PROVIDER, Flow.DEVICE, way=Way(lambda *_: (place,)))
        yield from _ends(lambda stop: _followed(sign_in(order), stop))


def _in_the_lab(wait: Callable[[Lab, threading.Event], object], fault: str) -> Iterator[float]:
    people = {USER: RIGHT, SENDER: PASSWORD}
    with tempfile.TemporaryDirectory() as folder, Lab(Path(folder), people=people) as lab:
        lab.show(fault)
        yield from _ends(lambda stop: wait(lab, stop))


def _invitations() -> Iterator[float]:
    def wait(lab: Lab, stop: threading.Event) -> None:
        order = invitations([person(1), person(2)], login_to(lab), a_minute=1)
        _through(send(order, stop))

    yield from _in_the_lab(wait, "healthy")


def _mail_on_its_way() -> Iterator[float]:
    def wait(lab: Lab, stop: threading.Event) -> None:
        _through(round_trip(a_round_trip(lab), stop, NO_TOKENS, seconds=LONG, every=LONG))

    yield from _in_the_lab(wait, "delayed")


CASES: dict[str, Callable[[], Iterator[float]]] = {
    "a look-up of a name": _look_up,
    "a connection": _connection,
    "a TLS handshake": _handshake,
    "a whole test": _test,
    "a sign-in": _sign_in,
    "a search for settings": _search,
    "a domain's checks": _domain,
    "a round trip": _mail_on_its_way,
    "invitations": _invitations,
    "a rendering": _rendering,
}


if __name__ == "__main__":
    for figure in figures():
        print(figure.line(), flush=True)
