"""Reading: the result of a probe on the Motion host, as a report like any other."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Endpoint, Protocol, endpoint
from motion_desk.models.workspace import Workspace
from motion_desk.services.mail.errors import MailError
from motion_desk.services.tester.host_probe.on_host import FORMAT
from motion_desk.services.tester.host_probe.on_host_connection import clean
from motion_desk.services.tester.host_probe.refusals import HostProbeError, Refusal
from motion_desk.services.tester.host_probe.script import FIRST_STEPS, LOOKED_AT, host_of
from motion_desk.services.tester.host_probe.steps_there import ACTS
from motion_desk.services.tester.plain_table import PlainTable
from motion_desk.services.tester.plan import plan
from motion_desk.services.tester.reading import explained
from motion_desk.services.tester.remedies import Case, remedied
from motion_desk.services.tester.session import Outcome, Session, StepFailed
from motion_desk.services.tester.steps import Finding, Probe, Report, State, Step, StepName
from motion_desk.services.tester.tokens import Tokens

LARGEST = 1_000_000
"""Characters of a result, all of them ASCII; two servers with long chains come to some fifty thousand."""
VANTAGE = "Motion server"
NO_LOGIN = "not run: the probe on the Motion server does not log in"


def read(json_text: str, account: Account, workspace: Workspace | None = None) -> Report:
    """The report of a probe's result, with the vantage “Motion server …”.

    ``account`` is as it is now, ``workspace`` says which authorities Motion was given. The
    certificates are judged as in a test from here; what the host's own roots said stands beside
    it. Raises ``HostProbeError`` for a result of another account, of other servers than the
    account has now, of another version, and for a broken one. No network is used.
    """
    table = _table(json_text)
    try:
        version = table.number("motion_desk_probe")
        if version != FORMAT:
            raise HostProbeError(Refusal.OTHER_VERSION, found=f"{version:g}", known=FORMAT)
        if (found := table.text("account")) != account.id:
            raise HostProbeError(Refusal.OTHER_ACCOUNT, found=clean(found)[:60])
        return Report(
            account.id,
            account.settings.name,
            table.moment("at"),
            table.text("fingerprint")[:64],
            f"{VANTAGE} {clean(table.text('host'))[:100]}",
            _probes(table, account, workspace or Workspace()),
        )
    except ValueError as error:
        raise _broken(str(error)) from None


def read_file(path: Path, account: Account, workspace: Workspace | None = None) -> Report:
    """The report of a probe's result in a file, of which no more than ``LARGEST`` bytes are read.

    Raises as ``read`` does, ``HostProbeError`` too for what is no file or not in UTF-8, and
    ``OSError`` for a file that is not there or may not be read.
    """
    if path.exists() and not path.is_file():
        raise HostProbeError(Refusal.NO_FILE)  # a pipe would be waited for
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise HostProbeError(Refusal.TOO_LARGE)
    try:
        return read(content.decode("utf-8"), account, workspace)
    except UnicodeDecodeError:
        raise HostProbeError(Refusal.NO_TEXT) from None


def _table(json_text: str) -> PlainTable:
    if len(json_text) > LARGEST:
        raise HostProbeError(Refusal.TOO_LARGE)
    try:
        # A terminal's log or a byte order mark may stand before it.
        begin = json_text.index("{")
        return PlainTable(json.loads(json_text[begin:]))
    except json.JSONDecodeError as error:
        raise _broken(f"it ends or goes wrong at line {error.lineno}") from None
    except (ValueError, RecursionError):
        raise _broken("it holds no table of names and values") from None


def _broken(detail: str) -> HostProbeError:
    plain = detail.removeprefix("This is no report of Motion Desk: ").rstrip(".")
    return HostProbeError(Refusal.BROKEN, detail=clean(plain))


def _probes(table: PlainTable, account: Account, workspace: Workspace) -> tuple[Probe, ...]:
    """The probes; they must be of the account's servers as they are now, all of them."""
    given = {each.word("protocol", Protocol): each for each in table.tables("probes")}
    ends = {protocol: endpoint(account, protocol) for protocol in Protocol}
    wanted = {protocol for protocol, end in ends.items() if host_of(end) and end.port}
    if set(given) != wanted or not wanted:
        raise HostProbeError(Refusal.OTHER_VALUES)
    for protocol, each in given.items():
        end = ends[protocol]
        place = (each.text("host"), each.number("port"), each.flag("tls"), each.flag("starttls"))
        if place != (host_of(end), end.port, end.tls, end.starttls):
            raise HostProbeError(Refusal.OTHER_VALUES)
    return tuple(
        _probe(given[protocol], account, workspace, ends[protocol])
        for protocol in Protocol
        if protocol in given
    )


def _nowhere(host: str, port: int) -> tuple[tuple[str, int], ...]:
    """What was found there is not looked up from here."""
    raise LookupError(host)


def _probe(table: PlainTable, account: Account, workspace: Workspace, end: Endpoint) -> Probe:
    session = Session(
        account,
        workspace,
        end,
        password=None,
        missing="",
        stop=threading.Event(),
        route=_nowhere,
        patience=end.connection_timeout,
        tokens=Tokens(None, lambda _: None),
    )
    session.host = table.text("host")
    said = {each.word("name", StepName): each for each in table.tables("steps")}
    steps: list[Step] = []
    why = ""
    for name in plan(end):
        if name is StepName.INPUTS:
            summary = f"{end.host}:{end.port}, as the probe was written"
            steps.append(Step(end.protocol, name, State.PASSED, summary=summary))
            continue
        if not why and name not in (*FIRST_STEPS, *LOOKED_AT):
            why = NO_LOGIN
        if why:
            steps.append(Step(end.protocol, name, State.NOT_RUN, summary=why))
            continue
        step = _step(session, name, said)
        steps.append(step)
        if step.state is State.FAILED:
            why = f"not run, for “{name.title}” failed"
    return Probe(
        end.protocol,
        f"{end.host}:{end.port}",
        tuple(steps),
        session.transcript.lines,
        0,
        table.number("seconds"),
    )


def _step(session: Session, name: StepName, said: Mapping[StepName, PlainTable]) -> Step:
    """What a step found there means, as it would here."""
    step = Step(session.protocol, name)
    table = said.get(name)
    if table is None:
        if name is StepName.HELLO and not session.encrypted:
            text = "there is no encryption after which to ask again"
            return replace(step, state=State.PASSED, summary=text)
        raise ValueError(f"the step “{name.value}” is missing")
    try:
        outcome = ACTS[name](session, table)
    except (MailError, StepFailed) as error:
        outcome = _failed(session, name, error)
    return replace(
        step,
        state=_state(outcome),
        started=table.number("started"),
        seconds=table.number("seconds"),
        summary=outcome.summary,
        facts=outcome.facts,
        findings=_with_remedies(session, outcome),
    )


def _failed(session: Session, name: StepName, error: MailError | StepFailed) -> Outcome:
    failed = error if isinstance(error, StepFailed) else explained(session, name, error)
    finding = Finding(failed.failure, failed.values, failed.code, failed.words, failed.key)
    return Outcome(finding.title, failed.facts, (finding,), failed=True)


def _with_remedies(session: Session, outcome: Outcome) -> tuple[Finding, ...]:
    case = Case(session.account, session.workspace, session.endpoint, session.clues, there=True)
    return tuple(
        # What concerns tests from this workstation only does nothing there.
        replace(finding, remedies=tuple(each for each in remedied(case, finding) if not each.here))
        for finding in outcome.findings
    )


def _state(outcome: Outcome) -> State:
    if outcome.failed:
        return State.FAILED
    return State.WARNING if outcome.findings else State.PASSED
