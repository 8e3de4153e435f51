"""Sent: what is kept of each message that was sent to invite somebody, or as a sample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motion_desk.models.kinds import Option
from motion_desk.models.surfaces import Surface


class Purpose(Option):
    """Where messages go: samples stay in the lab or go to oneself, the others to people."""

    LAB = "sample", "Sample to the lab"
    OWN = "own", "Sample to one's own address"
    REAL = "real", "Invitation"


class Outcome(Option):
    """What became of a message."""

    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused"
    NOT_SENT = "not sent", "Not sent"
    UNKNOWN = "unknown", "Unknown whether it arrived"


KEPT_SENT: Mapping[Purpose, int] = {Purpose.LAB: 1_000, Purpose.OWN: 1_000, Purpose.REAL: 10_000}
"""How many messages of each purpose a workspace remembers: the newest. Samples never push out
invitations."""
LONGEST_WORDS = 500
"""Characters of a server's answer that are kept."""


@dataclass(frozen=True, slots=True)
class SentMail:
    """One message: when, what for, from which account, to whom, and what became of it.

    ``at`` has its time zone. ``template`` is the key or name of the template, ``account`` the id
    of the account. ``words`` are the server's, or the reason why nothing was sent. Neither the
    mail's text nor a link is ever kept. ``id`` is given by the store, and is 0 before.
    """

    at: datetime
    purpose: Purpose
    surface: Surface
    template: str
    account: str
    recipient: str
    outcome: Outcome
    words: str = ""
    id: int = 0
