"""Keeping a report: as plain data and back, and what is refused."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.exit_codes import exit_code
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.keeping import json_text, of_plain, plain
from motion_desk.services.tester.steps import Probe, Remedy, Report, State, Step, StepName
from tests.services.tester.reports import asked_by, report_with, reports


def without_changes(report: Report) -> Report:
    """The report as it is kept: what was to be changed is gone, and values are JSON's."""

    def bare(remedy: Remedy) -> Remedy:
        return replace(remedy, changes=(), workspace_changes=())

    return replace(
        report,
        probes=tuple(
            replace(
                probe,
                steps=tuple(
                    replace(
                        step,
                        findings=tuple(
                            replace(found, remedies=tuple(map(bare, found.remedies)))
                            for found in step.findings
                        ),
                    )
                    for step in probe.steps
                ),
            )
            for probe in report.probes
        ),
    )


@given(reports())
def test_a_report_comes_back_as_it_was(report: Report) -> None:
    assert of_plain(json.loads(json.dumps(plain(report)))) == report


@given(reports())
def test_the_json_of_what_came_back_is_the_same_to_the_letter(report: Report) -> None:
    text = json_text(report)
    assert json_text(of_plain(json.loads(text))) == text
    assert text.endswith("}\n")


def test_equal_reports_give_the_same_json() -> None:
    report = report_with("x")
    step = report.probes[0].steps[1]
    turned = replace(step.findings[0], values=dict(reversed([*step.findings[0].values.items()])))
    probe = replace(report.probes[0], steps=(replace(step, findings=(turned,)),))
    straight = replace(report.probes[0], steps=(replace(step, findings=step.findings),))
    assert turned == step.findings[0]
    texts = {json_text(replace(report, probes=(each,))) for each in (probe, straight)}
    assert len(texts) == 1


def test_a_kept_remedy_says_what_differs_but_cannot_be_applied() -> None:
    report = report_with("x")
    kept = of_plain(plain(report))
    assert kept == without_changes(report)
    assert kept != report
    [remedy, *_] = kept.probes[0].steps[1].findings[0].remedies
    assert remedy.changes == ()
    assert remedy.differences[0].key == "imap.port"


def test_programs_find_verdict_exit_code_and_sentences() -> None:
    given_plain = plain(report_with("x"))
    assert given_plain["motion_desk_report"] == 1
    assert given_plain["verdict"]["tone"] == "failed"
    assert given_plain["verdict"]["sentence"] == "Motion would neither receive nor send."
    assert given_plain["exit_code"] == StepName.GREETING.exit_code
    [finding] = given_plain["probes"][0]["steps"][1]["findings"]
    assert finding["cause"] == "What answers on port x speaks no x. It said: “x”."
    assert finding["remedies"][0]["sentence"] == "Set x."


def test_the_json_is_ascii_whatever_a_server_said() -> None:
    said = "Füße \x1b[2J \u202e \ud800 \u2028"
    text = json_text(report_with(said))
    assert text.isascii()
    assert json.loads(text)["name"] == said


def test_a_value_without_a_type_in_json_stands_as_its_sentence_shows_it() -> None:
    report = report_with("x")
    [step] = report.probes[0].steps[1:2]
    odd = replace(step.findings[0], values={"port": Protocol.IMAP, "protocol": (1, 2), "said": 2})
    probe = replace(report.probes[0], steps=(replace(step, findings=(odd,)),))
    kept = of_plain(json.loads(json_text(replace(report, probes=(probe,)))))
    assert kept.probes[0].steps[0].findings[0].cause == odd.cause


def with_more(value: Any) -> Any:
    """Plain data with a field more in each of its tables."""
    match value:
        case list():
            return list(map(with_more, value))
        case dict():
            more = {
                name: inner if name == "values" else with_more(inner)
                for name, inner in value.items()
            }
            return {"later": [1], **more}
    return value


def test_what_a_later_version_adds_is_passed_over() -> None:
    given_plain = plain(report_with("x"))
    assert of_plain(with_more(given_plain)) == of_plain(given_plain)


def changed(path: str, value: object) -> dict[str, Any]:
    """A report's plain data with one place changed; ``…`` takes the place away."""
    found: Any = plain(report_with("x"))
    whole, (*way, last) = found, [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in way:
        found = found[part]
    if value is ...:
        del found[last]
    else:
        found[last] = value
    return dict(whole)


FINDING = "probes/0/steps/1/findings/0"

WRONG = {
    "no number of the format": ("motion_desk_report", ...),
    "a word as number of the format": ("motion_desk_report", "1"),
    "a number as name": ("name", 1),
    "no fingerprint": ("fingerprint", ...),
    "a moment without a zone": ("at", "2026-11-23T04:30:12"),
    "a moment that is none": ("at", "yesterday"),
    "a number as flag": ("lab", 1),
    "probes that are no list": ("probes", {"imap": 1}),
    "a probe that is no table": ("probes/0", "imap"),
    "an unknown protocol": ("probes/0/protocol", "pop3"),
    "an unknown step": ("probes/0/steps/0/name", "dance"),
    "an unknown state": ("probes/0/steps/0/state", "asleep"),
    "an unknown failure": (f"{FINDING}/failure", "bad-luck"),
    "an unknown person": (f"{FINDING}/remedies/0/who", "nobody"),
    "a flag as time": ("probes/0/seconds", True),
    "no number as time": ("probes/0/seconds", float("nan")),
    "an endless time": ("probes/0/seconds", float("inf")),
    "a number beyond all bounds": ("probes/0/round_trips", 10**400),
    "a value that is a list": (f"{FINDING}/values", {"port": [1], "protocol": "", "said": ""}),
    "a value that its sentence needs": (f"{FINDING}/values", {}),
    "a sentence that asks for more": (f"{FINDING}/remedies/0/text", "Set {other}."),
    "a sentence that cannot be filled": (f"{FINDING}/remedies/0/text", "Set {what"),
    "a sentence that reaches into a value": (f"{FINDING}/remedies/0/text", "{what.__class__}"),
    "a sentence a gigabyte wide": (f"{FINDING}/remedies/0/text", "{what:>999999999}"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_was_never_written_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(ValueError, match=r"^This is no report of Motion Desk: .*\.$"):
        of_plain(changed(*WRONG[what]))


@pytest.mark.parametrize("given_plain", [None, [], "{}", {}])
def test_what_is_no_report_at_all_is_refused(given_plain: object) -> None:
    with pytest.raises(ValueError, match=r"^This is no report of Motion Desk"):
        of_plain(given_plain)


def test_the_sentence_names_the_place() -> None:
    place = re.escape("its “probes[0].steps[0].state” is “asleep”, which this version")
    with pytest.raises(ValueError, match=place):
        of_plain(changed("probes/0/steps/0/state", "asleep"))


def test_a_report_of_a_newer_version_asks_for_that_version() -> None:
    with pytest.raises(ValueError, match="newer Motion Desk"):
        of_plain(changed("motion_desk_report", 2))


@pytest.mark.parametrize("failure", Failure, ids=lambda failure: failure.value)
def test_each_failure_can_be_kept(failure: Failure) -> None:
    """A cause may ask only for plain names, or a kept report could not be read."""
    report = report_with("x")
    step = report.probes[0].steps[1]
    values = dict.fromkeys(asked_by(failure), "y")
    found = replace(step.findings[0], failure=failure, values=values)
    probe = replace(report.probes[0], steps=(replace(step, findings=(found,)),))
    assert of_plain(plain(replace(report, probes=(probe,)))).probes[0].failed is not None


def probe_of(*states: State, protocol: Protocol = Protocol.IMAP) -> Probe:
    """A probe whose steps ended so."""
    names = (StepName.DNS, StepName.LOGIN, StepName.LOGOUT)
    steps = (Step(protocol, name, state) for name, state in zip(names, states, strict=False))
    return Probe(protocol, "", tuple(steps))


P, W, F, N, X = (
    State.PASSED,
    State.WARNING,
    State.FAILED,
    State.NOT_RUN,
    State.STOPPED,
)
SMTP = Protocol.SMTP

CODES: dict[str, tuple[int, tuple[Probe, ...]]] = {
    "all passed": (0, (probe_of(P, P, P), probe_of(P, P, P, protocol=SMTP))),
    "a warning": (0, (probe_of(P, W, P),)),
    "ended where it was asked to": (0, (probe_of(P, N, N),)),
    "a failure": (17, (probe_of(P, F, N),)),
    "a failure that was accepted here": (11, (probe_of(F, P, P),)),
    "IMAP's failure first": (17, (probe_of(P, F, N), probe_of(F, N, N, protocol=SMTP))),
    "SMTP's failure": (11, (probe_of(P, P, P), probe_of(F, N, N, protocol=SMTP))),
    "stopped": (1, (probe_of(P, X, N),)),
    "a failure before the stop": (11, (probe_of(P, X, N), probe_of(F, N, N, protocol=SMTP))),
    "nothing tested": (3, ()),
}


@pytest.mark.parametrize("what", CODES)
def test_the_exit_code_is_that_of_the_first_step_that_failed(what: str) -> None:
    code, probes = CODES[what]
    report = replace(report_with("x"), probes=probes)
    assert exit_code(report) == code
