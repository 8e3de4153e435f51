"""Findings: what stands in the way of a round trip's message, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import State, Step, StepName
from motion_desk.ui.test.details import StepDetails
from motion_desk.ui.test.remedies import Acts
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from motion_desk.services.tester.round_trip import RoundTrip


def details_of(result: RoundTrip, theme: Theme, acts: Acts, parent: QWidget) -> StepDetails | None:
    """The details of the step that failed, or of what was found out; nothing where all is well."""
    step = _step(result)
    if step is None:
        return None
    return StepDetails(step, theme, acts, parent, titled=result.failed is not None)


def _step(result: RoundTrip) -> Step | None:
    """The step that failed, or one that stands for the finding about the message."""
    if result.failed is not None:
        return result.failed if result.failed.state is State.FAILED else None
    if result.finding is None:
        return None
    state = State.WARNING if result.arrived else State.FAILED
    protocol = Protocol.IMAP if result.sent else Protocol.SMTP
    name = StepName.MAILBOX if result.sent else StepName.RECIPIENT
    return Step(protocol, name, state, findings=(result.finding,))
