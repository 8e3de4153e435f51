"""Reports for tests: made by chance, or made of one text wherever a server's words may stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from string import Formatter
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from motion_desk.models.endpoints import Protocol
from motion_desk.services.mail.transcript import Line
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import (
    Change,
    Difference,
    Fact,
    Finding,
    Probe,
    Remedy,
    Report,
    State,
    Step,
    StepName,
    Who,
)

MOMENT = datetime(2026, 11, 23, 4, 30, 12, 345678, tzinfo=UTC)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
seconds = st.floats(0, 1e6)
_values = texts | st.integers(-(10**9), 10**9) | st.booleans() | st.none() | seconds
_zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])

differences = st.builds(Difference, texts, texts, texts, texts)
remedies = st.builds(
    Remedy,
    texts,
    st.sampled_from(["Set {what} to {value}.", "Ask {what}: {value}, {value}."]),
    st.fixed_dictionaries({"what": _values, "value": _values}),
    differences=st.lists(differences, max_size=2).map(tuple),
    field=texts,
    who=st.sampled_from(Who),
    letter=texts,
    again_after=seconds,
    here=st.booleans(),
    risk=st.booleans(),
)
lines = st.builds(Line, seconds, st.sampled_from("CS–"), texts)
facts = st.builds(Fact, texts, texts, texts, texts)


def asked_by(failure: Failure) -> list[str]:
    """The names of the values that the words of a failure are filled with."""
    parsed = Formatter().parse(f"{failure.title} {failure.cause}")
    return [name for _, name, _, _ in parsed if name is not None]


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Findings, each filled with what its failure asks for."""
    failure = draw(st.sampled_from(Failure))
    values = {name: draw(_values) for name in asked_by(failure)}
    found = tuple(draw(st.lists(remedies, max_size=2)))
    return Finding(failure, values, draw(texts), draw(texts), draw(texts), found)


@st.composite
def probes(draw: st.DrawFn, protocol: Protocol) -> Probe:
    """Probes of a protocol, with any steps in any state."""
    steps = st.builds(
        Step,
        st.just(protocol),
        st.sampled_from(StepName),
        st.sampled_from(State),
        seconds,
        seconds,
        texts,
        st.lists(facts, max_size=3).map(tuple),
        st.lists(findings(), max_size=2).map(tuple),
        st.booleans(),
    )
    found = tuple(draw(st.lists(steps, max_size=4)))
    said = tuple(draw(st.lists(lines, max_size=4)))
    return Probe(protocol, draw(texts), found, said, draw(st.integers(0, 99)), draw(seconds))


def reports() -> SearchStrategy[Report]:
    """Reports of any kind, also such as no test would give."""
    tested = st.sampled_from([(), (Protocol.IMAP,), (Protocol.SMTP,), tuple(Protocol)])
    return st.builds(
        Report,
        texts,
        texts,
        st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=_zones),  # noqa: DTZ001
        texts,
        texts,
        tested.flatmap(lambda protocols: st.tuples(*map(probes, protocols))),
        st.booleans(),
    )


def report_with(text: str) -> Report:
    """A report of one failure of each protocol that holds a text wherever one may stand."""
    values: dict[str, Any] = dict.fromkeys(asked_by(Failure.NO_MAIL_SERVER), text)
    changed = Remedy(
        "set",
        "Set {what}.",
        {"what": text},
        changes=(Change("imap.port", 143),),
        differences=(Difference("imap.port", text, text, text),),
    )
    letter = Remedy("ask", "Ask {who}.", {"who": text}, who=Who.MAIL_TEAM, letter=text)
    risk = Remedy("accept", "Accept {what}.", {"what": text}, here=True, risk=True, again_after=60)
    finding = Finding(
        Failure.NO_MAIL_SERVER, values, text, text, "imap.port", (changed, letter, risk)
    )
    facts = (Fact("a", text, text), Fact("b", "Issuer", text, text))
    shown = tuple(
        Probe(
            protocol,
            text,
            (
                Step(protocol, StepName.INPUTS, State.PASSED, 0, 0.004, text, facts),
                Step(
                    protocol, StepName.GREETING, State.FAILED, 0.1, 1.5, text, (), (finding,), True
                ),
                Step(protocol, StepName.LOGIN, State.WARNING, 0.2, 0.1, text, (), (finding,)),
                Step(protocol, StepName.LOGOUT, State.NOT_RUN, summary=text),
            ),
            (Line(0.1, "S", text), Line(0.2, "C", text)),
            3,
            1.6,
        )
        for protocol in Protocol
    )
    return Report("trade345", text, MOMENT, "1a2b3c4d" * 8, text, shown, lab=True)
