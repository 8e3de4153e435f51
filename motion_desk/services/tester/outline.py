"""Outline: a report as blocks, in the order in which people read: verdict first, evidence last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from motion_desk import __version__
from motion_desk.services.tester import wording
from motion_desk.services.tester.blocks import (
    Banner,
    Block,
    Card,
    Heading,
    Items,
    Listing,
    Table,
    Text,
)
from motion_desk.services.tester.steps import Finding, Probe, Remedy, Report, State, Step
from motion_desk.services.tester.verdict import verdict


def outline(report: Report) -> Iterator[Block]:
    """All that a written report says."""
    yield banner(report)
    if report.lab:
        yield Text(wording.IN_THE_LAB)
    yield Heading(2, "What to do")
    yield from to_do(report)
    yield Heading(2, "Steps")
    for probe in report.probes:
        yield from _steps(probe)
    yield Heading(2, "Certificates and facts")
    for probe in report.probes:
        yield from _facts(probe)
    yield Heading(2, "Transcript")
    yield Text(
        "C is this workstation, S the server, – a remark. Secrets are left out. The first column "
        "counts seconds.",
        note=True,
    )
    for probe in report.probes:
        yield _transcript(probe)
    yield Heading(2, "What was used")
    yield _used(report)
    yield Heading(2, "What is inferred")
    yield Items(tuple((Text(sentence),) for sentence in wording.INFERRED))


def title(report: Report) -> str:
    """What a report is called."""
    return f"{report.name or 'Account without a name'}: {verdict(report).sentence}"


def banner(report: Report) -> Banner:
    """The verdict."""
    said = verdict(report)
    name = report.name or "Account without a name"
    about = f"{name} · tested {wording.local(report.at)} from {report.vantage}"
    return Banner(said.tone, said.sentence, said.detail, about)


def to_do(report: Report) -> Iterator[Block]:
    """A card for each finding: what failed before what only warns, IMAP before SMTP."""
    found = [
        Card(
            f"{wording.step_title(step)}: {finding.title}", step.state, tuple(_about(step, finding))
        )
        for failed in (True, False)
        for probe in report.probes
        for step in probe.steps
        for finding in step.findings
        if (step.state is State.FAILED) is failed
    ]
    if found:
        yield from found
    else:
        yield Text(wording.NOTHING_TO_DO)


def _about(step: Step, finding: Finding) -> Iterator[Block]:
    yield Text(finding.cause)
    if step.accepted:
        yield Text(wording.ACCEPTED)
    if said := wording.server_words(finding):
        yield Listing(finding.heading, wording.lines(said))
    if step.summary and step.summary != finding.title:
        yield Text(f"Evidence: {step.summary}", note=True)
    if finding.key:
        yield Text(f"Field to look at: {wording.field_name(finding.key)}", note=True)
    if finding.remedies:
        yield Items(tuple(tuple(_remedy(each)) for each in finding.remedies), numbered=True)


def _remedy(remedy: Remedy) -> Iterator[Block]:
    yield Text(remedy.sentence)
    for note in wording.notes(remedy):
        yield Text(note, note=True)
    if remedy.differences:
        rows = tuple((each.label, each.before, each.after) for each in remedy.differences)
        yield Table(rows, ("Field", "Now", "Then"))
    if remedy.letter:
        yield Listing(
            f"Text for the {remedy.who.value}", wording.lines(remedy.letter), to_send=True
        )


def _steps(probe: Probe) -> Iterator[Block]:
    yield Heading(3, f"{probe.protocol.label}: {probe.target}")
    rows = tuple(
        (step.state.value, step.name.title, wording.took(step), step.summary)
        for step in probe.steps
    )
    states = tuple(step.state for step in probe.steps)
    yield Table(rows, ("State", "Step", "Time", "Evidence"), states=states)
    yield Text(wording.effort(probe), note=True)


def _facts(probe: Probe) -> Iterator[Block]:
    for step in probe.steps:
        if step.facts:
            yield Heading(3, wording.step_title(step))
        for group, facts in groupby(step.facts, key=lambda fact: fact.group):
            yield Table(tuple((fact.label, fact.value) for fact in facts), title=group)


def _transcript(probe: Probe) -> Block:
    said = tuple(
        f"{line.seconds:7.3f} {line.side} {wording.one_line(line.text)}"
        for line in probe.transcript
    )
    return Listing(probe.protocol.label, said or ("Nothing was said.",))


def _used(report: Report) -> Block:
    rows = (
        ("Account", report.name),
        ("Fingerprint of the values", report.fingerprint),
        ("Tested from", report.vantage),
        ("Lab", "yes" if report.lab else "no"),
        ("Began", wording.utc(report.at)),
        ("Began, local time", wording.local(report.at)),
        ("Written by", f"Motion Desk {__version__}"),
    )
    return Table(rows)
