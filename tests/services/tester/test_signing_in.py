"""Accounts with modern authentication are tested with a token, and each identity fault is named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.lab import Lab
from motion_desk.services.lab.faults.signing_in import SIGNING_IN
from motion_desk.services.lab.identity.identity import Identity
from motion_desk.services.oauth.sign_in import Flow
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.keeping import json_text
from motion_desk.services.tester.run import Run
from motion_desk.services.tester.steps import Probe, Renewed, Report, State, StepName
from tests.services.oauth.signing import PROVIDER, USER, signed_in
from tests.services.tester.modern import account, order
from tests.services.tester.orders import IMAP, SMTP, applied, failed, is_green, probe

SHARED = "support@lab.example"
DOCS = Path(__file__).parents[3] / "docs" / "sign-in-faults.md"


@dataclass(frozen=True)
class Line:
    """What a fault gives: the failure of each protocol (or none), and the first remedy.

    ``before``: the sign-in was made before the fault, so that only renewal or use can fail.
    """

    fault: str
    failure: Failure | None
    remedy: str = ""
    flow: Flow = Flow.BROWSER
    expired: bool = True
    only: tuple[Protocol, ...] = (IMAP, SMTP)


TABLE = [
    Line("token-audience", Failure.TOKEN_AUDIENCE, "sign-in"),
    Line("token-tenant", Failure.TOKEN_TENANT, "tenant-id"),
    Line("token-scope", Failure.TOKEN_PERMISSION, "give-permission"),
    Line("consent-needed", Failure.CONSENT_NEEDED, "ask-tenant"),
    Line("secret-expired", Failure.SECRET_EXPIRED, "client-secret", Flow.APPLICATION),
    Line("secret-wrong", Failure.SECRET_WRONG, "client-secret", Flow.APPLICATION),
    Line("app-unknown", Failure.APP_UNKNOWN, "ask-tenant"),
    Line("mfa-required", Failure.MFA_REQUIRED, "ask-tenant"),
    Line("conditional-access", Failure.CONDITIONAL_ACCESS, "ask-tenant"),
    Line("token-expired", Failure.TOKEN_EXPIRED, "clock"),
    Line("token-revoked", Failure.SIGN_IN_REVOKED, "sign-in"),
    Line("refresh-expired", Failure.SIGN_IN_EXPIRED, "sign-in"),
    Line("identity-slow", Failure.IDENTITY_SLOW, "again"),
    Line("identity-html", Failure.IDENTITY_PAGE, "open-browser"),
    Line("identity-proxy", Failure.IDENTITY_PROXY, "open-browser"),
    Line("identity-down", Failure.IDENTITY_DOWN, "again"),
    Line("clock-wrong", Failure.CLOCK_WRONG, "clock"),
    Line("token-long", Failure.TOKEN_TOO_LONG, "shorter-token", only=(SMTP,)),
    Line("token-long", None, only=(IMAP,)),
    Line("device-declined", None),
    Line("device-expired", None),
]
CHANGING = (Failure.TOKEN_EXPIRED, Failure.TOKEN_TOO_LONG)
"""Failures whose cause has times and sizes in it."""
LINES = pytest.mark.parametrize(
    ("line", "protocol"),
    [(line, protocol) for line in TABLE for protocol in line.only],
    ids=lambda each: each.fault if isinstance(each, Line) else each.value,
)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with Lab(tmp_path / "lab", scale=0.1) as lab:
        yield lab
    assert lab.seen.errors == ()


def renewable(lab: Lab, flow: Flow = Flow.BROWSER) -> str:
    """A sign-in whose token must be renewed at once."""
    lab.identity.lifetime = 1
    kept = signed_in(lab, flow).cache
    lab.identity.lifetime = 3600
    return kept


def test_every_fault_of_the_identity_server_is_in_the_table() -> None:
    assert {line.fault for line in TABLE} == {fault.name for fault in SIGNING_IN}


@LINES
def test_an_identity_fault_is_found_at_the_sign_in(
    lab: Lab, line: Line, protocol: Protocol
) -> None:
    kept = renewable(lab, line.flow)
    lab.show(line.fault)
    found = probe(order(lab, kept, only=(protocol,), patience=0.5), protocol)
    if line.failure is None:
        assert is_green(found)
        return
    step, finding = failed(found)
    assert step.name is StepName.TOKEN
    assert finding.failure is line.failure
    assert finding.remedies[0].code == line.remedy
    login = found.step(StepName.LOGIN)
    assert login is not None
    assert login.state is State.NOT_RUN


def test_the_table_in_the_docs_is_what_is_found(
    lab: Lab, capsys: pytest.CaptureFixture[str]
) -> None:
    about = (
        "Each fault of the lab's identity server, the failure at the step “Sign-in”, the cause, and "
        "the first remedy. Written by `tests/services/tester/test_signing_in.py`.\n"
    )
    head = "| fault | failure | cause | first remedy |\n|---|---|---|---|"
    rows = ["# What the tester finds when signing in\n", about, head]
    kept = {flow: renewable(lab, flow) for flow in (Flow.BROWSER, Flow.APPLICATION)}
    for line in TABLE:
        lab.show(line.fault)
        found = probe(order(lab, kept[line.flow], only=line.only[:1], patience=0.5), line.only[0])
        said = ("none: Motion would succeed", "–", "–")
        if line.failure:
            finding = failed(found)[1]
            cause = finding.cause if line.failure not in CHANGING else "…"
            said = (finding.title, cause, finding.remedies[0].sentence)
        rows.append(f"| {line.fault} {'/'.join(p.label for p in line.only)} | {' | '.join(said)} |")
    text = "\n".join(rows) + "\n"
    with capsys.disabled():
        sys.stdout.write(f"\n{text}")
    if not DOCS.exists() or DOCS.read_text("utf-8") != text:
        (DOCS.parents[1] / "build").mkdir(exist_ok=True)
        (DOCS.parents[1] / "build" / DOCS.name).write_text(text, "utf-8")
        pytest.fail(f"docs/{DOCS.name} is not what was found; build/{DOCS.name} is.")


@pytest.mark.parametrize("flow", [Flow.BROWSER, Flow.APPLICATION], ids=lambda flow: flow.value)
@pytest.mark.parametrize("protocol", Protocol, ids=lambda each: each.value)
def test_a_token_logs_in_and_says_what_it_is(lab: Lab, protocol: Protocol, flow: Flow) -> None:
    found = probe(order(lab, signed_in(lab, flow).cache, only=(protocol,)), protocol)
    assert is_green(found), failed(found)
    token, login = found.step(StepName.TOKEN), found.step(StepName.LOGIN)
    assert token is not None
    assert login is not None
    facts = {fact.code: fact.value for fact in token.facts}
    assert facts["token.audience"].startswith("https://outlook.office")
    assert facts["token.tenant"] == PROVIDER.tenant
    assert ("SMTP.Send" in facts["token.permissions"]) or flow is Flow.APPLICATION
    assert login.summary == f"{USER} by XOAUTH2"


def test_of_a_shared_mailbox_imap_names_the_mailbox_and_smtp_who_signs_in(tmp_path: Path) -> None:
    identity = Identity({USER: [SHARED]})
    with Lab(tmp_path / "lab", scale=0.1, identity=identity) as lab:
        kept = signed_in(lab).cache
        for protocol, user in ((IMAP, SHARED), (SMTP, USER)):
            found = probe(
                order(lab, kept, tested=account(mailbox=SHARED), only=(protocol,)), protocol
            )
            login = found.step(StepName.LOGIN)
            assert login is not None
            assert (login.state, login.summary) == (State.PASSED, f"{user} by XOAUTH2")


def test_a_mailbox_that_the_person_may_not_open_is_refused_with_the_servers_reason(
    tmp_path: Path,
) -> None:
    with Lab(tmp_path / "lab", scale=0.1, identity=Identity({USER: []})) as lab:
        kept = signed_in(lab).cache
        found = probe(order(lab, kept, tested=account(mailbox=SHARED), only=(IMAP,)), IMAP)
    step, finding = failed(found)
    assert (step.name, finding.failure) == (StepName.LOGIN, Failure.TOKEN_REFUSED)
    assert "status 400" in finding.cause
    assert SHARED in finding.remedies[0].letter


@pytest.mark.parametrize("protocol", Protocol, ids=lambda each: each.value)
def test_a_server_that_takes_no_passwords_takes_a_token(lab: Lab, protocol: Protocol) -> None:
    kept = signed_in(lab).cache
    lab.show("basic-closed")
    assert is_green(probe(order(lab, kept, only=(protocol,)), protocol))


def test_without_a_sign_in_the_remedy_is_to_sign_in(lab: Lab) -> None:
    for ordered in (order(lab, ""), replace(order(lab, ""), tokens=None)):
        step, finding = failed(probe(ordered, IMAP))
        assert (step.name, finding.failure) == (StepName.TOKEN, Failure.SIGN_IN_NEEDED)
        assert finding.remedies[0].code == "sign-in"
        assert finding.remedies[0].field == "authentication.cloud_provider"


def test_somebody_else_who_signed_in_can_be_named_in_the_account(lab: Lab) -> None:
    lab.identity.user = "bert@lab.example"
    kept = signed_in(lab, Flow.DEVICE).cache
    ordered = order(lab, kept, only=(SMTP,))
    step, finding = failed(probe(ordered, SMTP))
    assert (step.name, finding.failure) == (StepName.TOKEN, Failure.OTHER_SIGN_IN)
    named = next(each for each in finding.remedies if each.code == "use-identity")
    changed, _ = applied(ordered.account, ordered.workspace, named)
    assert is_green(probe(replace(ordered, account=changed), SMTP))


def test_both_protocols_renew_a_sign_in_once_and_tell_what_to_keep(lab: Lab) -> None:
    kept = renewable(lab)
    run = Run(order(lab, kept))
    events = [event for event in run.events() if isinstance(event, Renewed)]
    assert all(is_green(each) for each in run.report().probes)
    assert [event.provider for event in events] == [PROVIDER.id]
    assert events[0].cache != kept
    again = Run(order(lab, events[0].cache))
    assert not any(isinstance(event, Renewed) for event in again.events())


def test_nothing_of_a_token_is_in_what_a_test_leaves(lab: Lab) -> None:
    kept = renewable(lab)
    for fault in ("healthy", "echo", "token-scope", "authorization-failed"):
        lab.show(fault)
        ordered = order(lab, kept)
        run = Run(ordered)
        events = list(run.events())
        tokens = secrets_in(kept) | {
            text
            for event in events
            if isinstance(event, Renewed)
            for text in secrets_in(event.cache)
        }
        assert tokens
        said = f"{ordered!r} {events!r} {run.report()!r} {json_text(run.report())} {run!r}"
        for text in tokens:
            assert text not in said
            assert text[:40] not in said


def secrets_in(cache: str) -> set[str]:
    """Every token in a cache."""
    import json

    return {
        row["secret"]
        for rows in json.loads(cache).values()
        for row in rows.values()
        if "secret" in row
    }


def report(run: Run) -> Report:
    for _ in run.events():
        pass
    return run.report()


def test_a_stop_during_the_sign_in_ends_the_test(lab: Lab) -> None:
    kept = renewable(lab)
    lab.show("identity-slow")
    run = Run(order(lab, kept, patience=60))
    for event in run.events():
        if getattr(event, "name", None) is StepName.TOKEN:
            break
    run.stop()
    found: list[Probe] = list(report(run).probes)
    steps = [step for each in found for step in each.steps]
    states = [step.state for step in steps if step.name is StepName.TOKEN]
    assert State.STOPPED in states
    assert set(states) <= {State.STOPPED, State.NOT_RUN}, "one had not got so far"
