"""Clearing: deletes the message of a round trip, where a person asked for it."""

from __future__ import annotations

import threading
from collections.abc import Generator
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol
from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import MailError
from motion_desk.services.tester import round_trip_steps as shared
from motion_desk.services.tester.letter import HEADER
from motion_desk.services.tester.probing import session_of
from motion_desk.services.tester.round_trip import RoundTrip
from motion_desk.services.tester.steps import Step, StepName

if TYPE_CHECKING:
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.tokens import Tokens


def delete(order: Order, result: RoundTrip, stop: threading.Event, tokens: Tokens) -> str:
    """Delete the message of a round trip, its copies in that mailbox included, and no other.

    Returns why not, or nothing if it is gone.

    Never called but where a person asked for it. Logs in anew, and looks whether it is the message.
    """
    if result.arrived is None:
        return "It was not found, so there is nothing to delete."
    session = session_of(order, Protocol.IMAP, stop, tokens)
    place = result.arrived
    try:
        failed = _ended(shared.connected(session))
        if failed:
            return f"{failed.protocol.label}, {failed.name.title}: {failed.summary}."
        if session.imap is None:
            raise RuntimeError("the steps before make the client")
        session.answering()
        now = session.imap.found(place.mailbox, {HEADER: result.token})
        if now is None:
            return "It is no longer there."
        if (now.validity, now.header.uid) != (place.validity, place.header.uid):
            return "It is no longer where it was found, so nothing was deleted."
        # Copies of it too: they were found by the same token.
        for uid in (now.header.uid, *now.others):
            if not session.imap.delete(place.mailbox, place.validity, uid):
                return "It is marked as deleted; other messages with that mark keep it from going."
        session.imap.log_out()
    except Stopped:
        return "Stopped."
    except MailError as error:
        return f"{shared.of_error(session, StepName.MAILBOX, error).title}."
    finally:
        if session.wire is not None:
            session.wire.close()
    return ""


def _ended(steps: Generator[object, None, Step | None]) -> Step | None:
    """Run steps to their end; returns the one that ended them, if any."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Step | None = end.value
            return found
