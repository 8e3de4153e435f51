"""Keeping: a report as plain data, to be stored or written as JSON, and back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from motion_desk.models.endpoints import Protocol
from motion_desk.services.mail.transcript import Line
from motion_desk.services.tester.exit_codes import exit_code
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.plain_table import PlainTable
from motion_desk.services.tester.steps import (
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
from motion_desk.services.tester.verdict import verdict

FORMAT_KEY = "motion_desk_report"
FORMAT = 1

Plain = dict[str, Any]


def plain(report: Report) -> Plain:
    """A report in JSON's types only, for ``of_plain`` and for programs.

    For the latter it says besides what follows from the rest: the verdict, the exit code and all
    sentences. The changes of remedies are not in it, for a kept report is not applied; their
    differences are. Nothing in a report is secret.
    """
    said = verdict(report)
    return {
        FORMAT_KEY: FORMAT,
        "account": report.account,
        "name": report.name,
        "at": report.at.astimezone(UTC).isoformat(),
        "fingerprint": report.fingerprint,
        "vantage": report.vantage,
        "lab": report.lab,
        "values": dict(sorted(report.values.items())),
        "verdict": {"tone": said.tone.value, "sentence": said.sentence, "detail": said.detail},
        "exit_code": exit_code(report),
        "probes": [_plain_probe(probe) for probe in report.probes],
    }


def json_text(report: Report) -> str:
    """The report as a JSON text that ends with a newline; the same report gives the same text."""
    return as_json(plain(report))


def as_json(value: object) -> str:
    """Plain reports as a JSON text.

    All of it is ASCII: whatever a server said, every terminal and file takes it.
    """
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def _plain_probe(probe: Probe) -> Plain:
    return {
        "protocol": probe.protocol.value,
        "target": probe.target,
        "round_trips": probe.round_trips,
        "seconds": probe.seconds,
        "steps": [_plain_step(step) for step in probe.steps],
        "transcript": [
            {"seconds": line.seconds, "side": line.side, "text": line.text}
            for line in probe.transcript
        ],
    }


def _plain_step(step: Step) -> Plain:
    return {
        "name": step.name.value,
        "title": step.name.title,
        "state": step.state.value,
        "accepted": step.accepted,
        "started": step.started,
        "seconds": step.seconds,
        "summary": step.summary,
        "facts": [
            {"code": fact.code, "label": fact.label, "value": fact.value, "group": fact.group}
            for fact in step.facts
        ],
        "findings": [_plain_finding(finding) for finding in step.findings],
    }


def _plain_finding(finding: Finding) -> Plain:
    return {
        "failure": finding.failure.value,
        "title": finding.title,
        "cause": finding.cause,
        "code": finding.code,
        "words": finding.words,
        "key": finding.key,
        "values": _plain_values(finding.values),
        "remedies": [_plain_remedy(remedy) for remedy in finding.remedies],
    }


def _plain_remedy(remedy: Remedy) -> Plain:
    return {
        "code": remedy.code,
        "sentence": remedy.sentence,
        "text": remedy.text,
        "values": _plain_values(remedy.values),
        "differences": [
            {"key": each.key, "label": each.label, "before": each.before, "after": each.after}
            for each in remedy.differences
        ],
        "field": remedy.field,
        "who": remedy.who.value,
        "letter": remedy.letter,
        "again_after": remedy.again_after,
        "here": remedy.here,
        "risk": remedy.risk,
    }


def _plain_values(values: Mapping[str, object]) -> Plain:
    """What sentences are filled with; what JSON has no type for stands as the sentence shows it."""
    return {name: _plain_value(value) for name, value in sorted(values.items())}


def _plain_value(value: object) -> str | float | None:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


def of_plain(given: object) -> Report:
    """The report that ``plain`` was given, without the changes of its remedies.

    Fields of later versions are passed over. Raises ``ValueError`` with a sentence for whatever
    ``plain`` never gives, a word of a later version included.
    """
    table = PlainTable(given)
    if table.number(FORMAT_KEY) > FORMAT:
        raise ValueError("This report was written by a newer Motion Desk. Update to read it.")
    return Report(
        table.text("account"),
        table.text("name"),
        table.moment("at"),
        table.text("fingerprint"),
        table.text("vantage"),
        tuple(map(_probe, table.tables("probes"))),
        table.flag("lab"),
        _values(table),
    )


def _values(table: PlainTable) -> dict[str, str]:
    """The values that were tested; tests of earlier versions kept none."""
    found = table.values("values") if table.has("values") else {}
    return {key: str(value) for key, value in found.items()}


def _probe(table: PlainTable) -> Probe:
    return Probe(
        table.word("protocol", Protocol),
        table.text("target"),
        tuple(_step(each, table.word("protocol", Protocol)) for each in table.tables("steps")),
        tuple(
            Line(line.number("seconds"), line.text("side"), line.text("text"))
            for line in table.tables("transcript")
        ),
        int(table.number("round_trips")),
        table.number("seconds"),
    )


def _step(table: PlainTable, protocol: Protocol) -> Step:
    return Step(
        protocol,
        table.word("name", StepName),
        table.word("state", State),
        table.number("started"),
        table.number("seconds"),
        table.text("summary"),
        tuple(
            Fact(fact.text("code"), fact.text("label"), fact.text("value"), fact.text("group"))
            for fact in table.tables("facts")
        ),
        tuple(map(_finding, table.tables("findings"))),
        table.flag("accepted"),
    )


def _finding(table: PlainTable) -> Finding:
    finding = Finding(
        table.word("failure", Failure),
        table.values("values"),
        table.text("code"),
        table.text("words"),
        table.text("key"),
        tuple(map(_remedy, table.tables("remedies"))),
    )
    for template in (finding.failure.title, finding.failure.cause):
        table.fills(template, finding.values)
    return finding


def _remedy(table: PlainTable) -> Remedy:
    remedy = Remedy(
        table.text("code"),
        table.text("text"),
        table.values("values"),
        differences=tuple(
            Difference(
                each.text("key"), each.text("label"), each.text("before"), each.text("after")
            )
            for each in table.tables("differences")
        ),
        field=table.text("field"),
        who=table.word("who", Who),
        letter=table.text("letter"),
        again_after=table.number("again_after"),
        here=table.flag("here"),
        risk=table.flag("risk"),
    )
    table.fills(remedy.text, remedy.values)
    return remedy
