"""The course of a sign-in: all that it needs is imported on its own thread, at the lab it is attended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from motion_desk.services.jobs import THREAD_PREFIX, Job

if TYPE_CHECKING:
    from motion_desk.services.lab import Lab
    from motion_desk.services.oauth.provider import Provider, Way
    from motion_desk.services.oauth.sign_in import Event

ANY_TENANT, ANY_CLIENT, ANY_SECRET = "lab-tenant", "lab-application", "made up"
"""What a provider that lacks something signs in with at the lab, which takes anything."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sign-in to be made: to a provider, in one of the ways of ``Flow``, by its word.

    ``kept`` is the cache as it was kept; ``lab`` is where it goes instead of to Microsoft.
    """

    provider: Provider
    flow: str
    login: str = ""
    kept: str = field(default="", repr=False)
    lab: Lab | None = None


def begin(wanted: Wanted) -> Job[Event]:
    """A sign-in that runs from now on. Its job raises ``SignInError`` where it did not succeed."""
    return Job("sign-in", partial(_course, wanted))


def _course(wanted: Wanted, stop: threading.Event) -> Iterator[Event]:
    from motion_desk.services.oauth.in_lab import way_to
    from motion_desk.services.oauth.sign_in import Flow, Order, signed_in

    flow = Flow(wanted.flow)
    if wanted.lab is None:
        yield from signed_in(Order(wanted.provider, flow, wanted.kept, wanted.login), stop)
        return
    provider = replace(
        wanted.provider,
        tenant=wanted.provider.tenant or ANY_TENANT,
        client_id=wanted.provider.client_id or ANY_CLIENT,
        secret=ANY_SECRET,
    )
    way = way_to(wanted.lab)
    for event in signed_in(Order(provider, flow, login=wanted.login, way=way), stop):
        yield event
        _attend(event, wanted, wanted.lab, way)


def _attend(event: Event, wanted: Wanted, lab: Lab, way: Way) -> None:
    """Do at the lab what a person would do."""
    from motion_desk.services.oauth.in_lab import browse
    from motion_desk.services.oauth.sign_in import OpenPage, ShowCode

    if isinstance(event, ShowCode) and not lab.fault.signing_in.refuses_device:
        lab.identity.approve(event.code, wanted.login)
    elif isinstance(event, OpenPage):
        # At the same time, for the listener belongs to this thread. It ends with the lab at last.
        threading.Thread(
            target=browse,
            args=(event.address, way),
            name=THREAD_PREFIX + "lab-browser",
            daemon=True,
        ).start()
