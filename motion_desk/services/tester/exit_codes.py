"""Exit codes: one number that says how a test ended, for programs."""

from __future__ import annotations

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import Report, State, Step

GOOD = 0
"""Motion would receive and send, as far as the test was to go; warnings included."""
STOPPED = 1
"""A person ended the test before anything had failed."""
UNTOLD = 3
"""Nothing was tested, so what Motion would do cannot be told."""


def failed_step(report: Report) -> Step | None:
    """The first step that failed, IMAP's before SMTP's."""
    probes = (report.probe(protocol) for protocol in Protocol)
    return next((probe.failed for probe in probes if probe and probe.failed), None)


def exit_code(report: Report) -> int:
    """The exit code of the first step that failed, or else one of the above."""
    if step := failed_step(report):
        return step.name.exit_code
    states = {step.state for probe in report.probes for step in probe.steps}
    if State.STOPPED in states:
        return STOPPED
    return GOOD if states else UNTOLD
