"""The lab: mail and identity servers on this computer that show, on command, what can be wrong."""

from typing import TYPE_CHECKING, Any

from motion_desk.services.lab.errors import LabError
from motion_desk.services.lab.faults import FAULTS, HEALTHY, PASSWORD, Fault, fault

if TYPE_CHECKING:
    from motion_desk.services.lab.identity.identity import Identity
    from motion_desk.services.lab.lab import Lab
    from motion_desk.services.lab.seen import Seen

__all__ = ["FAULTS", "HEALTHY", "PASSWORD", "Fault", "Identity", "Lab", "LabError", "Seen", "fault"]


def __getattr__(name: str) -> Any:
    """Import the servers only when one of them is asked for, so that the list of faults is free."""
    if name == "Lab":
        from motion_desk.services.lab.lab import Lab

        return Lab
    if name == "Identity":
        from motion_desk.services.lab.identity.identity import Identity

        return Identity
    if name == "Seen":
        from motion_desk.services.lab.seen import Seen

        return Seen
    raise AttributeError(name)
