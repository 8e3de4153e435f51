"""Orders: accounts to be tested, tests that are run to their end, and what they found."""

from __future__ import annotations

from collections.abc import Mapping

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.choices import Service
from motion_desk.models.document import get, new_id, put
from motion_desk.models.endpoints import Protocol
from motion_desk.models.secret import Secret
from motion_desk.models.sections.authorities import AuthorityEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.mail.names import Route
from motion_desk.services.tester.run import Order, Run, secrets_needed
from motion_desk.services.tester.steps import Finding, Probe, Remedy, Report, State, Step, StepName
from motion_desk.services.tester.verdict import Tone, tone

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP


def account(host: str, user: str, password: str, **values: object) -> Account:
    """A custom account at a host; ``imap__port=143`` and the like set more fields."""
    made = Account(id="tested")
    first: dict[str, object] = {
        "settings.name": "Tested",
        "settings.service": Service.CUSTOM,
        "settings.address": user,
        "imap.host": host,
        "imap.username": user,
        "imap.password": Secret(typed=password),
        "smtp.host": host,
        "smtp.username": user,
        "smtp.password": Secret(typed=password),
    }
    more = {key.replace("__", "."): value for key, value in values.items()}
    for key, value in (first | more).items():
        made = put(made, key, value)
    return made


def given(*authorities: str) -> Workspace:
    """A workspace that says which CA files Motion was given."""
    entries = tuple(
        AuthorityEntry(id=new_id(), name=f"CA {number}", certificate=pem)
        for number, pem in enumerate(authorities, 1)
    )
    return put(Workspace(id="here"), "authorities.entries", entries)


def order(
    tested: Account,
    workspace: Workspace,
    route: Route | None,
    *,
    only: tuple[Protocol, ...] = (IMAP, SMTP),
    patience: float = 5.0,
    until: StepName | None = None,
) -> Order:
    """An order for the account as it stands, its typed passwords included."""
    passwords: Mapping[Protocol, str] = {
        protocol: secret.typed
        for protocol, secret in secrets_needed(tested).items()
        if secret.typed is not None
    }
    return Order(
        tested, workspace, only, until, passwords, route=route, patience=patience, lab=False
    )


def report(ordered: Order) -> Report:
    """The report of a test that was run to its end."""
    run = Run(ordered)
    for _ in run.events():
        pass
    return run.report()


def probe(ordered: Order, protocol: Protocol) -> Probe:
    """The probe of one protocol, run to its end."""
    found = report(ordered).probe(protocol)
    assert found is not None
    return found


def is_green(found: Probe) -> bool:
    """Whether Motion would succeed."""
    return tone(found) in (Tone.PASSED, Tone.WARNINGS)


def failed(found: Probe) -> tuple[Step, Finding]:
    """The step that failed, and its first finding."""
    step = found.failed
    assert step is not None, [(each.name, each.state) for each in found.steps]
    return step, step.findings[0]


def not_run(found: Probe) -> list[StepName]:
    """The steps that were not run."""
    return [step.name for step in found.steps if step.state is State.NOT_RUN]


def applied(tested: Account, workspace: Workspace, remedy: Remedy) -> tuple[Account, Workspace]:
    """Account and workspace as the remedy changes them."""
    for each in remedy.changes:
        tested = change(tested, each.key, each.value)
        assert get(tested, each.key) == each.value
    for each in remedy.workspace_changes:
        workspace = change(workspace, each.key, each.value)
    return tested, workspace
