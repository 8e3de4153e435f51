"""Signature: what the DKIM signatures of a message that arrived are worth, by the keys in DNS."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import MailError

if TYPE_CHECKING:
    from motion_desk.services.domain.results import Check
    from motion_desk.services.mail.imap import Found
    from motion_desk.services.tester.session import Session

PATIENCE = 5.0
"""Seconds for the questions to DNS."""
LARGEST = 4_000_000
"""Bytes of a message that is fetched whole; that of a round trip has a few thousand."""


def signature(session: Session, arrived: Found) -> Check:
    """The check of the signatures of a message in a mailbox, which is opened read-only.

    DNS is asked by way of the session's route, so that in the lab nothing leaves the computer.
    Raises nothing: a stop, and whatever a server does, is a remark.
    """
    # With it come dnspython and dkimpy, for which nobody should wait before the message is there.
    from motion_desk.services.domain.dkim import dkim
    from motion_desk.services.domain.resolver import Asking, resolver_on
    from motion_desk.services.domain.results import Check, CheckName, Remark, Tone

    def untold(code: str, sentence: str) -> Check:
        return Check(CheckName.DKIM, (Remark(f"dkim.{code}", Tone.UNKNOWN, sentence),))

    if session.imap is None:
        raise RuntimeError("the steps before make the client")
    try:
        session.answering()
        message = session.imap.message(arrived, LARGEST)
        if message is None:
            return untold("not-fetched", "The message is gone, or too large to be looked at.")
        return dkim(
            message, resolver_on(session.route), Asking(monotonic() + PATIENCE, session.stop)
        )
    except Stopped:
        return untold("stopped", "It was stopped before the signature was looked at.")
    except MailError:
        return untold("not-fetched", "The server did not give the whole message out.")
