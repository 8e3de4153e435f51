"""Running: one sign-in under way on a thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motion_desk.services.jobs import THREAD_PREFIX
from motion_desk.services.mail.errors import Stopped

if TYPE_CHECKING:
    from motion_desk.services.oauth.sign_in import Event, Order


class SignIn:
    """A sign-in that runs from the moment it is made. Belongs to the thread that made it.

    ``drain`` brings what happened since, or ``events`` waits for it; both raise ``SignInError``
    where it did not succeed, once. ``stop`` ends it within 100 ms. The thread ends by itself.
    """

    def __init__(self, order: Order) -> None:
        self._events: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self.running = True
        """Whether something may still happen."""
        name = f"{THREAD_PREFIX}sign-in"
        threading.Thread(target=self._work, args=(order,), name=name, daemon=True).start()

    def stop(self) -> None:
        """End it; no ``SignedIn`` follows, unless it was under way already."""
        self._stop.set()

    def drain(self) -> list[Event]:
        """What happened since the last call."""
        happened: list[Event] = []
        while self.running and not self._events.empty():
            if event := self._noted(self._events.get()):
                happened.append(event)
        return happened

    def events(self) -> Iterator[Event]:
        """What happens, as it happens, until the end."""
        while self.running:
            if event := self._noted(self._events.get()):
                yield event

    def _noted(self, happened: Event | BaseException | None) -> Event | None:
        if happened is None:
            self.running = False
            return None
        if isinstance(happened, BaseException):
            self.running = False
            raise happened
        return happened

    def _work(self, order: Order) -> None:
        try:
            # With it come MSAL and requests, for which nobody should wait.
            from motion_desk.services.oauth.sign_in import signed_in

            for event in signed_in(order, self._stop):
                self._events.put(event)
        except Stopped:
            self._events.put(None)
        except BaseException as error:  # whatever it is, the asking thread must hear of it
            self._events.put(error)
        else:
            self._events.put(None)
