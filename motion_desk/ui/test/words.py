"""Words of the test page: sentences filled in the language of the window, times and moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from motion_desk.services.tester import wording
from motion_desk.services.tester.steps import Finding, Probe, Remedy, Step, Who
from motion_desk.ui.form.words import tr
from motion_desk.ui.test.marks import STATES

LONGEST = 400
"""Characters of one value that a sentence repeats."""


def filled(template: str, values: Mapping[str, object]) -> str:
    """A sentence in the language of the window; what others said in it is made visible."""
    shown = {
        name: wording.one_line(value, LONGEST) if isinstance(value, str) else value
        for name, value in values.items()
    }
    return tr(template).format_map(shown)


def cause(finding: Finding) -> str:
    """Why something was found."""
    return filled(finding.failure.cause, finding.values)


def remedy_sentence(remedy: Remedy) -> str:
    """What can be done."""
    return filled(remedy.text, remedy.values)


def who(remedy: Remedy) -> str:
    """Who can do it, where that is not the person at the screen; else empty."""
    return "" if remedy.who is Who.YOU else tr(remedy.who.value)


def state(step: Step) -> str:
    """What became of a step, in a word or two."""
    return tr(STATES[step.state.value][1])


def step_title(step: Step) -> str:
    """A step with its protocol."""
    return f"{step.protocol.label} · {tr(step.name.title)}"


def spoken(step: Step, left: int | None) -> str:
    """A step's line as a screen reader says it."""
    parts = [f"{tr(step.name.title)}: {state(step)}", summary(step), time(step, left)]
    return ". ".join(part for part in parts if part)


def summary(step: Step) -> str:
    """A step's evidence in one line."""
    said = wording.one_line(step.summary, LONGEST)
    return tr("{} – went on by trust of this workstation").format(said) if step.accepted else said


def time(step: Step, left: int | None) -> str:
    """How long a step took, or how long it may still take."""
    return tr("{} s left").format(left) if left is not None else wording.took(step)


def moment(at: datetime) -> str:
    """A moment in the time of this workstation."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def time_of_day(at: datetime) -> str:
    """The time of a moment of this session, on this workstation."""
    return at.astimezone().strftime("%H:%M")


def field_name(key: str) -> str:
    """A field as people find it."""
    return wording.field_name(key)


def transcript(probe: Probe) -> str:
    """What both sides said, a line for each."""
    return "\n".join(f"{line.seconds:8.3f}  {line.side}  {line.text}" for line in probe.transcript)


def facts(step: Step) -> str:
    """A step with its facts, as text for the clipboard."""
    lines = [f"{step_title(step)}: {state(step)}", wording.one_line(step.summary)]
    group = ""
    for fact in step.facts:
        if fact.group != group:
            group = fact.group
            lines += ["", group]
        lines.append(f"{fact.label}: {fact.value}")
    for finding in step.findings:
        lines += ["", finding.title, cause(finding), f"{finding.code} {finding.words}".strip()]
    return "\n".join(lines).strip() + "\n"
