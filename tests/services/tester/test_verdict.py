"""The verdict says in words whether Motion would receive and send."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import Probe, Report, State, Step, StepName
from motion_desk.services.tester.verdict import Tone, verdict

P, W, F, S, U = State.PASSED, State.WARNING, State.FAILED, State.STOPPED, State.NOT_RUN


def report(imap: State | None, smtp: State | None) -> Report:
    probes = tuple(
        Probe(protocol, "mail.example:1", (Step(protocol, StepName.LOGIN, state),))
        for protocol, state in ((Protocol.IMAP, imap), (Protocol.SMTP, smtp))
        if state is not None
    )
    return Report("id", "name", datetime.now(UTC), "f" * 64, "here", probes)


@pytest.mark.parametrize(
    ("imap", "smtp", "sentence", "tone"),
    [
        (P, P, "Motion would receive and send.", Tone.PASSED),
        (W, P, "Motion would receive and send.", Tone.WARNINGS),
        (P, F, "Motion would receive but not send.", Tone.FAILED),
        (F, P, "Motion would send but not receive.", Tone.FAILED),
        (F, F, "Motion would neither receive nor send.", Tone.FAILED),
        (P, None, "Motion would receive; sending was not tested.", Tone.PASSED),
        (None, P, "Motion would send; receiving was not tested.", Tone.PASSED),
        (F, None, "Motion would not receive; sending was not tested.", Tone.FAILED),
        (None, F, "Motion would not send; receiving was not tested.", Tone.FAILED),
        (U, U, "Whether Motion would receive and send cannot be told.", Tone.UNKNOWN),
        (U, P, "Motion would send; whether it would receive cannot be told.", Tone.UNKNOWN),
        (U, F, "Motion would not send; whether it would receive cannot be told.", Tone.FAILED),
        (U, None, "Whether Motion would receive cannot be told.", Tone.UNKNOWN),
        (S, P, "Motion would send; whether it would receive cannot be told.", Tone.STOPPED),
        (S, S, "Whether Motion would receive and send cannot be told.", Tone.STOPPED),
        (None, None, "Nothing was tested.", Tone.UNKNOWN),
    ],
)
def test_the_verdict(imap: State | None, smtp: State | None, sentence: str, tone: Tone) -> None:
    found = verdict(report(imap, smtp))
    assert (found.sentence, found.tone) == (sentence, tone)


def ended(*states: State) -> Report:
    steps = zip((StepName.DNS, StepName.LOGIN, StepName.LOGOUT), states, strict=True)
    found = tuple(Step(Protocol.IMAP, name, state) for name, state in steps)
    probe = Probe(Protocol.IMAP, "mail.example:1", found)
    return Report("id", "name", datetime.now(UTC), "f" * 64, "here", (probe,))


@pytest.mark.parametrize(
    ("states", "tone"),
    [((P, U, U), Tone.UNKNOWN), ((P, P, U), Tone.PASSED), ((P, W, U), Tone.WARNINGS)],
)
def test_a_test_that_was_to_end_early_promises_nothing(
    states: tuple[State, State, State], tone: Tone
) -> None:
    """But the goodbye is no proof of anything."""
    assert verdict(ended(*states)).tone is tone
