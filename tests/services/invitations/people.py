"""People: staff, templates and orders for the tests of invitations."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from motion_desk.models.sections.variables import VariableEntry
from motion_desk.models.sent import Purpose
from motion_desk.models.surfaces import Offered, Surface
from motion_desk.models.variables import Known, known_on
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.invitations.merging import Template, recipients
from motion_desk.services.invitations.sending import Attempt, Event, Order, Over, Progress, send
from motion_desk.services.invitations.staff import Person
from motion_desk.services.lab import Lab
from motion_desk.services.mail.names import Route
from motion_desk.services.tester.run import Order as Login
from tests.services.tester import orders
from tests.services.tester.orders import SMTP

SENDER, PASSWORD = "motion@meridia.example", "meridia-sesame"
BASE = "https://motion.meridia.example"
AT_ONCE = (0.0, 0.0, 0.0)
"""Tries that follow each other without a wait."""

SITE = VariableEntry(id="v1", name="user.site", surface=Offered.INVITATION)
WELCOME = Template(
    Surface.INVITATION,
    "welcome",
    "Welcome, {{ user.name }}",
    "<style>p { color: #123456 }</style><p>Hello {{ user.name }}, your login is "
    '<a href="{{ link }}">here</a>.</p>',
)


def known() -> Known:
    """The catalogue's variables of invitations, and one that the workspace adds."""
    return known_on(Surface.INVITATION, bundled.variables(), (SITE,))


def person(number: int, **values: Any) -> Person:
    """Somebody with a number, an address and a link."""
    first = {
        "name": f"Zoë {number}",
        "username": f"zoe{number}",
        "address": f"zoe{number}@meridia.example",
        "link": f"{BASE}/i/canary-{number:04}?a=1&b=2",
    }
    return Person(**(first | values))


def login(route: Route | None, workspace: Workspace, **values: object) -> Login:
    """How the sending account is reached; by default in clear text, as scripted servers speak."""
    first: dict[str, object] = {"smtp__port": 587, "smtp__secure": False}
    account = orders.account("mail.example.test", SENDER, PASSWORD, **(first | values))
    return orders.order(account, workspace, route, only=(SMTP,), patience=5.0)


def login_to(lab: Lab, *, as_lab: bool = True) -> Login:
    """How the account is reached in the lab, with TLS; ``as_lab`` marks it as the lab."""
    found = login(lab.route, orders.given(lab.certificate), smtp__port=465, smtp__secure=True)
    return replace(found, lab=as_lab)


def an_order(
    people: list[Person],
    reached: Login,
    purpose: Purpose = Purpose.LAB,
    *,
    own: str = "",
    template: Template = WELCOME,
    **values: Any,
) -> Order:
    """An order for people; for real ones their number is confirmed."""
    found = recipients(people, purpose, known(), base_address=BASE, own=own)
    first = {"confirmed": len(found) if purpose is Purpose.REAL else None, "again_after": AT_ONCE}
    return Order(purpose, template, found, reached, known(), **(first | values))


def came(order: Order, stop: threading.Event | None = None) -> tuple[list[Attempt], Over]:
    """What became of each recipient, and of all."""
    return of(list(send(order, stop or threading.Event())))


def of(events: list[Event]) -> tuple[list[Attempt], Over]:
    """The attempts among events, and what came of all."""
    over = events[-1]
    assert isinstance(over, Over)
    told = [event for event in events if isinstance(event, Progress)]
    assert [event.number for event in told] == list(range(1, over.of + 1))
    assert sum(over.counts.values()) == over.of
    return [event.attempt for event in told], over
