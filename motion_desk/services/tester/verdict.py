"""Verdict: whether Motion would receive and send, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import Probe, Report, State, StepName


class Tone(Enum):
    """How good a verdict is; the word that is kept with a run."""

    PASSED = "passed"
    WARNINGS = "warnings"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``sentence`` says it to people; ``detail`` names what stands in the way, or is to be seen to."""

    tone: Tone
    sentence: str
    detail: str = ""


_VERBS = {Protocol.IMAP: ("receive", "receiving"), Protocol.SMTP: ("send", "sending")}


def tone(probe: Probe) -> Tone:
    """How one protocol fared, as Motion would have."""
    states = {step.state for step in probe.steps}
    left_out = [step for step in probe.steps if step.state is State.NOT_RUN]
    if State.FAILED in states:
        return Tone.FAILED
    if State.STOPPED in states:
        return Tone.STOPPED
    if any(step.name is not StepName.LOGOUT for step in left_out):
        return Tone.UNKNOWN  # the test was to end before
    return Tone.WARNINGS if State.WARNING in states else Tone.PASSED


_GOOD = (Tone.PASSED, Tone.WARNINGS)


def verdict(report: Report) -> Verdict:
    """What a test shows; a protocol that was not tested is not spoken of as good or bad."""
    tones = {probe.protocol: tone(probe) for probe in report.probes}
    if not tones:
        return Verdict(Tone.UNKNOWN, "Nothing was tested.")
    worst = max(tones.values(), key=list(Tone).index)
    return Verdict(worst, _sentence(tones), _detail(report))


def _sentence(tones: dict[Protocol, Tone]) -> str:
    good = [protocol for protocol in Protocol if tones.get(protocol) in _GOOD]
    bad = [protocol for protocol in Protocol if tones.get(protocol) is Tone.FAILED]
    unclear = [protocol for protocol in Protocol if protocol not in good + bad]
    verb = {protocol: words[0] for protocol, words in _VERBS.items()}
    noun = {protocol: words[1] for protocol, words in _VERBS.items()}
    if len(good) == 2:
        return "Motion would receive and send."
    if len(bad) == 2:
        return "Motion would neither receive nor send."
    if good and bad:
        return f"Motion would {verb[good[0]]} but not {verb[bad[0]]}."
    parts = [f"Motion would {verb[protocol]}" for protocol in good]
    parts += [f"Motion would not {verb[protocol]}" for protocol in bad]
    asked = [protocol for protocol in unclear if protocol in tones]
    if len(asked) == 2:
        return "Whether Motion would receive and send cannot be told."
    if asked:
        parts.append(f"whether it would {verb[asked[0]]} cannot be told")
    elif unclear:
        parts.append(f"{noun[unclear[0]]} was not tested")
    if len(parts) == 1 and not good and not bad:
        return f"Whether Motion would {verb[asked[0]]} cannot be told."
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _detail(report: Report) -> str:
    """The first failure of each protocol, or else how many warnings there are."""
    failed = [
        f"{probe.protocol.label}: {step.findings[0].title}."
        for probe in report.probes
        if (step := probe.failed) and step.findings
    ]
    if failed:
        return " ".join(failed)
    stopped = [probe.protocol.label for probe in report.probes if probe.stopped]
    if stopped:
        return f"{' and '.join(stopped)}: stopped before the end."
    warnings = sum(
        len(step.findings)
        for probe in report.probes
        for step in probe.steps
        if step.state is State.WARNING
    )
    if warnings:
        return "One thing to look at." if warnings == 1 else f"{warnings} things to look at."
    return ""
