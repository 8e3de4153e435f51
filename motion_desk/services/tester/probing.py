"""Probing: one protocol's steps in their order, and what becomes of each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.services.jobs import Stopped
from motion_desk.services.mail.errors import MailError
from motion_desk.services.tester import (
    connecting,
    encrypting,
    imap_steps,
    logging_in,
    signing_in,
    smtp_steps,
)
from motion_desk.services.tester.plan import last_step, plan
from motion_desk.services.tester.reading import explained
from motion_desk.services.tester.remedies import Case, remedied
from motion_desk.services.tester.session import Outcome, Session, StepFailed
from motion_desk.services.tester.steps import (
    Began,
    Ended,
    Event,
    Finding,
    Finished,
    Probe,
    State,
    Step,
    StepName,
)

if TYPE_CHECKING:
    from motion_desk.services.tester.run import Order
    from motion_desk.services.tester.tokens import Tokens

Act = Callable[[Session], Outcome]

_SHARED: Mapping[StepName, Act] = {
    StepName.INPUTS: connecting.inputs,
    StepName.DNS: connecting.dns,
    StepName.TCP: connecting.tcp,
    StepName.TLS: encrypting.encrypt,
    StepName.GREETING: connecting.greeting,
    StepName.TOKEN: signing_in.sign_in,
    StepName.LOGIN: logging_in.log_in,
}
_ACTS: Mapping[Protocol, Mapping[StepName, Act]] = {
    Protocol.IMAP: {
        **_SHARED,
        StepName.CAPABILITIES: imap_steps.capabilities,
        StepName.MAILBOX: imap_steps.mailbox,
        StepName.HEADERS: imap_steps.headers,
        StepName.LOGOUT: imap_steps.log_out,
    },
    Protocol.SMTP: {
        **_SHARED,
        StepName.CAPABILITIES: smtp_steps.hello,
        StepName.HELLO: smtp_steps.hello,
        StepName.SENDER: smtp_steps.sender,
        StepName.RECIPIENT: smtp_steps.recipient,
        StepName.LOGOUT: smtp_steps.log_out,
    },
}


def probe(
    order: Order, protocol: Protocol, stop: threading.Event, tokens: Tokens
) -> Iterator[Event]:
    """Run one protocol's steps; the last event is ``Finished``. ``tokens`` is that of the test.

    A step that failed makes the later ones “not run”, unless a trust decision of this workstation
    accepts it. Raises nothing that a server or a person can cause.
    """
    tested = endpoint(order.account, protocol)
    session = session_of(order, protocol, stop, tokens)
    target = f"{tested.host}:{tested.port}"
    planned = plan(tested)
    end = last_step(planned, order.until)
    done: list[Step] = []
    why = ""
    try:
        for name in planned:
            if why:
                step = Step(protocol, name, State.NOT_RUN, summary=why)
            else:
                yield Began(protocol, name, limit(session, name))
                step = made(session, name)
                why = _reason_to_end(step, end)
            done.append(step)
            yield Ended(step)
        if session.smtp and done[-1].state is State.NOT_RUN and not stop.is_set():
            smtp_steps.take_back(session)
    finally:
        if session.wire is not None:
            session.wire.close()
    yield Finished(
        Probe(
            protocol,
            target,
            tuple(done),
            session.transcript.lines,
            session.wire.round_trips if session.wire else 0,
            monotonic() - session.began,
        )
    )


def session_of(order: Order, protocol: Protocol, stop: threading.Event, tokens: Tokens) -> Session:
    """A session in which no step was made yet; whoever asks for it closes its wire."""
    return Session(
        order.account,
        order.workspace,
        endpoint(order.account, protocol),
        order.passwords.get(protocol),
        order.missing.get(protocol, ""),
        stop,
        order.route,
        order.patience,
        tokens,
    )


def limit(session: Session, name: StepName) -> float:
    """How many seconds a step may take."""
    if name in (StepName.DNS, StepName.TCP, StepName.TLS, StepName.GREETING):
        begun = session.connect_began or monotonic()
        return max(0.0, session.connection_limit - (monotonic() - begun))
    return session.login_limit if name is StepName.LOGIN else session.patience


def _reason_to_end(step: Step, until: StepName | None) -> str:
    """Why the steps after this one are not run; empty where they are."""
    if step.state is State.FAILED and not step.accepted:
        return f"not run, for “{step.name.title}” failed"
    if step.state is State.STOPPED:
        return "not run: the test was stopped"
    if step.name is until:
        return f"not run: the test was to end with “{step.name.title}”"
    return ""


def made(session: Session, name: StepName) -> Step:
    """Make a step, and say what became of it. Raises nothing that a server can cause."""
    begun = monotonic()
    step = Step(session.protocol, name, started=begun - session.began)
    try:
        if _is_left_out(session, name):
            outcome = Outcome("there is no encryption after which to ask again")
        else:
            outcome = _ACTS[session.protocol][name](session)
    except Stopped:
        return replace(step, state=State.STOPPED, seconds=monotonic() - begun, summary="stopped")
    except (MailError, StepFailed) as error:
        outcome = _failed(session, name, error)
    findings = _with_remedies(session, outcome)
    return replace(
        step,
        state=_state(outcome),
        seconds=monotonic() - begun,
        summary=outcome.summary,
        facts=outcome.facts,
        findings=findings,
        accepted=outcome.accepted,
    )


def _is_left_out(session: Session, name: StepName) -> bool:
    return name is StepName.HELLO and not session.encrypted


def _failed(session: Session, name: StepName, error: MailError | StepFailed) -> Outcome:
    failed = error if isinstance(error, StepFailed) else explained(session, name, error)
    finding = Finding(failed.failure, failed.values, failed.code, failed.words, failed.key)
    return Outcome(finding.title, failed.facts, (finding,), failed=True)


def _with_remedies(session: Session, outcome: Outcome) -> tuple[Finding, ...]:
    case = Case(session.account, session.workspace, session.endpoint, session.clues)
    return tuple(replace(finding, remedies=remedied(case, finding)) for finding in outcome.findings)


def _state(outcome: Outcome) -> State:
    if outcome.failed:
        return State.FAILED
    return State.WARNING if outcome.findings else State.PASSED
