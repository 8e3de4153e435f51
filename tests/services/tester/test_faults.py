"""Every fault of the lab is found at the right step, named, and its first remedy is the right one."""

from __future__ import annotations

import functools
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.document import put
from motion_desk.models.secret import Secret
from motion_desk.models.sections.trust import PrivateAuthorityEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.lab.faults import FAULTS
from motion_desk.services.lab.faults.detecting import DETECTING
from motion_desk.services.lab.faults.signing_in import SIGNING_IN
from motion_desk.services.lab.lab import Lab
from motion_desk.services.tester.steps import Finding, Probe, Remedy, State, Step
from tests.services.tester import fault_table as table
from tests.services.tester.fault_table import TABLE, Line
from tests.services.tester.orders import account, applied, given, is_green, order, probe

DOCS = Path(__file__).parents[3] / "docs" / "faults.md"
RIGHT = "lab-password"


@dataclass(frozen=True)
class Found:
    """What the tester really found for a line."""

    step: Step | None
    finding: Finding | None
    result: str
    seconds: float
    flag_first: bool
    green_by_here: bool
    probe: Probe

    def cells(self) -> tuple[str, ...]:
        """The cells of the printed table."""
        if self.step is None or self.finding is None:
            return ("–", "none: Motion would succeed", "–", "–")
        remedy = self.finding.remedies[0]
        state = " (warning)" if self.step.state is State.WARNING else ""
        said = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "…", remedy.sentence)
        return (self.step.name.title, self.finding.title + state, said, self.result)


class Bench:
    """One account in a lab that shows one fault."""

    def __init__(self, line: Line, lab: Lab) -> None:
        self.line, self.lab = line, lab
        short: dict[str, object] = {
            "imap__connection_timeout": 2,
            "imap__authentication_timeout": 2,
        }
        wrong = lab.fault.right_password
        password = table.WRONG_PASSWORD if wrong else RIGHT
        self.account = account(table.HOST, table.USER, password, **(short | line.values))
        self.workspace = given(*([lab.certificate] if line.authority else []))
        if line.attachments:
            self.workspace = put(self.workspace, "general.attachment_limit", line.attachments)

    def probe(self, made: Account | None = None, workspace: Workspace | None = None) -> Probe:
        """The line's probe of an account, or of the line's own."""
        ordered = order(
            made or self.account,
            workspace or self.workspace,
            self.lab.route,
            only=(self.line.protocol,),
            patience=1.0,
        )
        return probe(ordered, self.line.protocol)

    def outcome(self, first: Step | None, remedy: Remedy) -> str:
        """What comes of a remedy, tried."""
        if remedy.again_after and self.lab.fault.name == "greylisting":
            deadline = monotonic() + 10
            while monotonic() < deadline:
                if is_green(self.probe()):
                    return table.WAITED
        if remedy.changes and not remedy.here:
            return table.GREEN if self._mends(first, *self.changed(remedy)) else "still red"
        if remedy.workspace_changes:
            return table.NOTED if self._mends(first, *self.changed(remedy)) else "still red"
        if remedy.field.endswith(".password"):
            typed = change(self.account, remedy.field, Secret(typed=RIGHT))
            return table.TYPED if self._mends(first, typed, self.workspace) else "still red"
        return table.NOT_A_SETTING if not remedy.is_setting else "untried"

    def changed(self, remedy: Remedy) -> tuple[Account, Workspace]:
        """The account and workspace that a remedy makes."""
        return applied(self.account, self.workspace, remedy)

    def _mends(self, first: Step | None, made: Account, workspace: Workspace) -> bool:
        again = self.probe(made, workspace)
        if first is None or not is_green(again):
            return False
        now = again.step(first.name)
        before = {finding.failure for finding in first.findings}
        return not now or not before & {finding.failure for finding in now.findings}


@functools.cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="motion-desk-lab-"))


@functools.cache
def found(name: str) -> Found:
    """What the tester finds for a line of the table; each is tried once in a run."""
    line = next(each for each in TABLE if each.name == name)
    with Lab(_folder(), people={table.USER: RIGHT}, fault=line.fault, scale=line.scale) as lab:
        bench = Bench(line, lab)
        begun = monotonic()
        tested = bench.probe()
        seconds = monotonic() - begun
        states = (State.FAILED, State.WARNING)
        bad = [step for step in tested.steps if step.state in states]
        bad.sort(key=lambda step: step.state is State.WARNING)
        step = bad[0] if bad else None
        if step is None:
            return Found(None, None, "", seconds, False, False, tested)
        finding = step.findings[0]
        here = [each for each in finding.remedies if each.here]
        by_here = any(is_green(bench.probe(*bench.changed(each))) for each in here)
        result = bench.outcome(step, finding.remedies[0])
        flag = finding.remedies[0].code == "any-certificate"
        return Found(step, finding, result, seconds, flag, by_here and bool(here), tested)


LINES = pytest.mark.parametrize("line", TABLE, ids=lambda line: line.name)


def test_the_table_has_every_fault_of_the_lab() -> None:
    # Those of signing in have a table of their own, in test_signing_in. A test of an account meets
    # those of detection nowhere.
    here = set(FAULTS) - set(SIGNING_IN) - set(DETECTING)
    assert {line.fault for line in TABLE} == {fault.name for fault in here}
    assert len({line.name for line in TABLE}) == len(TABLE)


@LINES
def test_the_fault_is_found_where_it_is_and_mended_by_its_first_remedy(line: Line) -> None:
    measured = found(line.name)
    if line.failure is None:
        assert measured.step is None, measured.cells()
        return
    assert measured.step is not None, "nothing was found"
    assert measured.finding is not None
    assert measured.step.name is line.step
    assert measured.step.state is line.state
    assert measured.finding.failure is line.failure
    assert measured.finding.remedies[0].code == line.remedy
    assert measured.result == line.result


@LINES
def test_no_trust_of_this_workstation_changes_the_verdict_and_the_flag_is_never_first(
    line: Line,
) -> None:
    measured = found(line.name)
    assert not measured.green_by_here
    assert not measured.flag_first


@LINES
def test_the_password_is_in_no_word_of_the_result(line: Line) -> None:
    said = repr(found(line.name).probe)
    assert RIGHT not in said
    assert table.WRONG_PASSWORD not in said


@LINES
def test_no_step_takes_much_longer_than_its_time(line: Line) -> None:
    # 2 s for connecting or logging in, and at most 2 s of looking around after a failure.
    assert found(line.name).seconds < 6


@LINES
def test_steps_after_a_failure_are_not_run(line: Line) -> None:
    steps = found(line.name).probe.steps
    states = [step.state for step in steps]
    if State.FAILED in states:
        after = states[states.index(State.FAILED) + 1 :]
        assert set(after) <= {State.NOT_RUN}


def test_the_table_in_the_docs_is_what_the_tester_finds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [(line.fault, line.protocol.label, *found(line.name).cells()) for line in TABLE]
    text = as_markdown(rows)
    with capsys.disabled():
        sys.stdout.write(f"\n{text}")
    if DOCS.read_text("utf-8") != text:
        (DOCS.parents[1] / "build").mkdir(exist_ok=True)
        written = DOCS.parents[1] / "build" / DOCS.name
        written.write_text(text, "utf-8")
        pytest.fail(f"docs/{DOCS.name} is not what was found; build/{DOCS.name} is.")


def as_markdown(rows: list[tuple[str, ...]]) -> str:
    """The table with its heading."""
    head = (
        "# What the tester finds in the lab\n\n"
        "Each fault that the lab can show, the step at which it is found, the failure, the first "
        "remedy, and what came of it when it was tried. Written by "
        "`tests/services/tester/test_faults.py`, which holds it true.\n\n"
        "| fault | protocol | step | failure | first remedy | result |\n"
        "|---|---|---|---|---|---|\n"
    )
    lines = ["| " + " | ".join(each.replace("|", "\\|") for each in row) + " |" for row in rows]
    return head + "\n".join(lines) + "\n"


def test_clear_text_is_offered_only_after_asking_for_the_right_port() -> None:
    measured = found("port-refused IMAP").finding
    assert measured is not None
    assert [each.code for each in measured.remedies] == ["open-port", "use-port"]
    assert "clear text" in measured.remedies[1].sentence


def test_a_self_signed_certificate_is_trusted_once_motion_was_given_it() -> None:
    line = Line("self-signed", table.IMAP)
    with Lab(_folder(), people={table.USER: RIGHT}, fault=line.fault) as lab:
        bench = Bench(line, lab)
        failed = bench.probe().failed
        assert failed is not None
        give = next(each for each in failed.findings[0].remedies if each.code == "give-authority")
        assert give.letter.count("BEGIN CERTIFICATE") == 1
        assert is_green(bench.probe(*bench.changed(give)))


def test_the_flag_lets_motion_in_at_ones_own_risk() -> None:
    line = Line("expired", table.IMAP)
    with Lab(_folder(), people={table.USER: RIGHT}, fault=line.fault) as lab:
        bench = Bench(line, lab)
        failed = bench.probe().failed
        assert failed is not None
        flag = failed.findings[0].remedies[-1]
        assert flag.code == "any-certificate"
        assert flag.risk
        assert is_green(bench.probe(*bench.changed(flag)))


def test_an_authority_imported_for_testing_lets_the_test_go_on_and_leaves_the_verdict() -> None:
    line = Line("private-ca", table.IMAP, authority=False)
    with Lab(_folder(), people={table.USER: RIGHT}, fault=line.fault) as lab:
        bench = Bench(line, lab)
        entry = PrivateAuthorityEntry(id="a", name="Lab", certificate=lab.certificate)
        again = bench.probe(put(bench.account, "trust.authorities", (entry,)))
    assert again.failed is not None
    assert again.failed.accepted
    assert again.steps[-1].state is State.PASSED
    assert not is_green(again)


def test_a_test_in_the_lab_changes_no_mailbox() -> None:
    with Lab(_folder(), people={table.USER: RIGHT}) as lab:
        bench = Bench(Line("healthy", table.IMAP), lab)
        before = lab.mailbox_state(table.USER)
        assert is_green(bench.probe())
        assert lab.mailbox_state(table.USER) == before
