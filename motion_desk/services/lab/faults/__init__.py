"""Faults: the closed list of what the lab can show, in the order in which trainers read it."""

from __future__ import annotations

from motion_desk.services.lab.faults.bad_input import BAD_INPUT
from motion_desk.services.lab.faults.behaviour import Fault
from motion_desk.services.lab.faults.connecting import CONNECTING
from motion_desk.services.lab.faults.detecting import DETECTING
from motion_desk.services.lab.faults.encrypting import ENCRYPTING
from motion_desk.services.lab.faults.logging_in import LOGGING_IN
from motion_desk.services.lab.faults.mailboxes import MAILBOXES
from motion_desk.services.lab.faults.sending import SENDING
from motion_desk.services.lab.faults.signing_in import SIGNING_IN

__all__ = ["FAULTS", "HEALTHY", "PASSWORD", "Fault", "fault"]

HEALTHY = "healthy"

PASSWORD = "lab-password"
"""The right one under faults about passwords, where the lab was given no others."""

FAULTS: tuple[Fault, ...] = (
    Fault(
        HEALTHY,
        "Healthy",
        "Everything works. To who does not know the lab’s certificate authority, it is a "
        "private one.",
    ),
    *CONNECTING,
    *ENCRYPTING,
    *LOGGING_IN,
    *MAILBOXES,
    *SENDING,
    *SIGNING_IN,
    *DETECTING,
    *BAD_INPUT,
)

_FAULT_BY_NAME = {each.name: each for each in FAULTS}


def fault(name: str) -> Fault:
    """The fault with a name. Raises ``KeyError`` where there is none."""
    return _FAULT_BY_NAME[name]
