"""Running: one sign-in under way on a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motion_desk.services.jobs import Job

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

    from motion_desk.services.oauth.sign_in import Event, Order


def sign_in(order: Order) -> Job[Event]:
    """A sign-in that runs from now on; its job raises ``SignInError`` where it did not succeed.

    ``stop`` ends it within 100 ms; no ``SignedIn`` follows, unless it was under way already.
    """

    def course(stop: threading.Event) -> Iterator[Event]:
        # With it come MSAL and requests, for which nobody should wait.
        from motion_desk.services.oauth.sign_in import signed_in

        return signed_in(order, stop)

    return Job("sign-in", course)
