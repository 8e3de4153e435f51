"""The plan of a probe: which steps there are, and in which order."""

from __future__ import annotations

from motion_desk.models.endpoints import Endpoint, Protocol
from motion_desk.services.tester.steps import StepName

_MAILBOX = (StepName.MAILBOX, StepName.HEADERS)
_MAIL = (StepName.SENDER, StepName.RECIPIENT)


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
    steps += _MAILBOX if tested.protocol is Protocol.IMAP else _MAIL
    return (*steps, StepName.LOGOUT)


def to_login(tested: Endpoint) -> tuple[StepName, ...]:
    """The steps of a probe up to the login, where something else begins than a test."""
    after = (*_MAILBOX, *_MAIL, StepName.LOGOUT)
    return tuple(name for name in plan(tested) if name not in after)


def last_step(planned: tuple[StepName, ...], until: StepName | None) -> StepName | None:
    """The step to end with: ``until``, or where it is not planned the one that it would follow.

    So nobody who asks to end with encryption sends a password on a connection that has none.
    """
    if until is None or until in planned:
        return until
    order = list(StepName)
    return [name for name in planned if order.index(name) < order.index(until)][-1]
