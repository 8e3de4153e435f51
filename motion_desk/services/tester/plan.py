"""The plan of a probe: which steps there are, and in which order."""

from __future__ import annotations

from motion_desk.models.endpoints import Endpoint, Protocol
from motion_desk.services.tester.steps import StepName


def plan(tested: Endpoint) -> tuple[StepName, ...]:
    """The steps of a probe, as Motion would connect: which there are, and in which order."""
    steps = [StepName.INPUTS, StepName.DNS, StepName.TCP]
    if tested.tls:
        steps.append(StepName.TLS)
    steps += [StepName.GREETING, StepName.CAPABILITIES]
    if tested.starttls:
        steps += [StepName.TLS, StepName.HELLO]
    if tested.login is not None:
        if tested.login.modern:
            steps.append(StepName.TOKEN)
        steps.append(StepName.LOGIN)
    if tested.protocol is Protocol.IMAP:
        steps += [StepName.MAILBOX, StepName.HEADERS]
    else:
        steps += [StepName.SENDER, StepName.RECIPIENT]
    return (*steps, StepName.LOGOUT)


def last_step(planned: tuple[StepName, ...], until: StepName | None) -> StepName | None:
    """The step to end with: ``until``, or where it is not planned the one that it would follow.

    So nobody who asks to end with encryption sends a password on a connection that has none.
    """
    if until is None or until in planned:
        return until
    order = list(StepName)
    return [name for name in planned if order.index(name) < order.index(until)][-1]
