"""The tester against Dovecot and Postfix: what it finds is so, and it changes nothing."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.models.secret import Secret
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.run import Order, Run
from motion_desk.services.tester.steps import Began, State, StepName
from motion_desk.services.tester.verdict import verdict
from tests.patience import PROMPT
from tests.servers.authority import Certificate
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE, BRUNO, CHIARA, DORA, PEOPLE
from tests.servers.postfix import Postfix
from tests.services.tester.orders import (
    IMAP,
    SMTP,
    account,
    applied,
    failed,
    given,
    is_green,
    not_run,
    order,
    probe,
    report,
)


def sound(dovecot: Dovecot, user: str = ALICE, **values: object) -> Account:
    """An account that Dovecot serves: IMAP with SSL, submission with STARTTLS."""
    first: dict[str, object] = {
        "imap__port": dovecot.imaps,
        "smtp__port": dovecot.submission,
        "smtp__secure": False,
    }
    return account(dovecot.name, user, PEOPLE[user], **(first | values))


def ordered(dovecot: Dovecot, user: str = ALICE, **values: object) -> Order:
    return order(sound(dovecot, user, **values), given(dovecot.ca_pem), dovecot.route)


def test_a_sound_account_is_green_in_every_step(dovecot: Dovecot) -> None:
    found = report(ordered(dovecot))
    assert verdict(found).sentence == "Motion would receive and send."
    states = {
        (step.protocol, step.name): step.state for each in found.probes for step in each.steps
    }
    assert set(states.values()) == {State.PASSED}, states


def test_nothing_on_the_server_changes(dovecot: Dovecot) -> None:
    before, sent = dovecot.state(ALICE), len(dovecot.submitted)
    for _ in range(3):
        assert is_green(probe(ordered(dovecot), IMAP))
    assert dovecot.state(ALICE) == before
    assert len(dovecot.submitted) == sent


def test_the_mailbox_is_counted_and_its_newest_headers_are_read(dovecot: Dovecot) -> None:
    found = probe(ordered(dovecot), IMAP)
    box, newest = found.step(StepName.MAILBOX), found.step(StepName.HEADERS)
    assert box
    assert newest
    facts = {fact.code: fact.value for fact in box.facts}
    assert (facts["mailbox.messages"], facts["mailbox.unseen"]) == ("3", "2")
    assert any("Grüße" in fact.value for fact in newest.facts)


@pytest.mark.parametrize("user", [ALICE, BRUNO, CHIARA, DORA])
def test_every_kind_of_password_logs_in(dovecot: Dovecot, user: str) -> None:
    found = report(ordered(dovecot, user))
    for each in found.probes:
        assert is_green(each), each.failed
    said = str([each.transcript for each in found.probes]) + repr(found)
    assert PEOPLE[user] not in said


def test_a_wrong_password_is_tried_once_and_named(dovecot: Dovecot) -> None:
    before = dovecot.log.count("Password mismatch")
    wrong = Secret(typed="not this one")
    found = report(ordered(dovecot, imap__password=wrong, smtp__password=wrong))
    for each in found.probes:
        step, finding = failed(each)
        assert (step.name, finding.failure) == (StepName.LOGIN, Failure.WRONG_PASSWORD)
        assert finding.words
    assert dovecot.log.count("Password mismatch") - before <= 2
    said = str([each.transcript for each in found.probes])
    assert "not this one" not in said


def test_a_password_is_never_sent_in_clear_text_where_the_server_forbids_it(
    dovecot: Dovecot,
) -> None:
    found = probe(ordered(dovecot, imap__ssl=False, imap__port=dovecot.imap), IMAP)
    step, finding = failed(found)
    assert (step.name, finding.failure) == (StepName.LOGIN, Failure.LOGIN_NEEDS_ENCRYPTION)
    assert not any("LOGIN " in line.text for line in found.transcript if line.side == "C")


def test_without_the_authority_the_chain_is_not_trusted_and_no_password_is_sent(
    dovecot: Dovecot,
) -> None:
    found = report(order(sound(dovecot), given(), dovecot.route))
    for each in found.probes:
        step, finding = failed(each)
        assert (step.name, finding.failure) == (StepName.TLS, Failure.AUTHORITY_UNKNOWN)
        assert StepName.LOGIN in not_run(each)


CERTIFICATES = {
    Certificate.EXPIRED: Failure.CERTIFICATE_EXPIRED,
    Certificate.SELF_SIGNED: Failure.SELF_SIGNED,
    Certificate.WRONG_NAME: Failure.WRONG_NAME,
    Certificate.NO_INTERMEDIATE: Failure.CHAIN_INCOMPLETE,
}


@pytest.mark.parametrize("shown", CERTIFICATES, ids=lambda each: each.name)
def test_each_defect_of_a_certificate_is_named_for_both_protocols(
    dovecot: Dovecot, shown: Certificate
) -> None:
    made = sound(dovecot, imap__host=shown.value, smtp__host=shown.value)
    found = report(order(made, given(dovecot.ca_pem), dovecot.route))
    for each in found.probes:
        step, finding = failed(each)
        assert (step.name, finding.failure) == (StepName.TLS, CERTIFICATES[shown])
        first = finding.remedies[0]
        assert first.code != "any-certificate"


def test_the_right_name_of_the_server_is_found_in_its_certificate(dovecot: Dovecot) -> None:
    wrong = Certificate.WRONG_NAME.value
    made, workspace = sound(dovecot, imap__host=wrong), given(dovecot.ca_pem)
    _, finding = failed(probe(order(made, workspace, dovecot.route), IMAP))
    made, workspace = applied(made, workspace, finding.remedies[0])
    assert is_green(probe(order(made, workspace, dovecot.route), IMAP))


def test_a_pin_lets_the_test_go_on_and_leaves_the_verdict(dovecot: Dovecot) -> None:
    made, workspace = sound(dovecot), given()
    _, finding = failed(probe(order(made, workspace, dovecot.route), IMAP))
    pin = next(each for each in finding.remedies if each.code == "pin")
    assert pin.here
    made, workspace = applied(made, workspace, pin)
    found = probe(order(made, workspace, dovecot.route), IMAP)
    step, _ = failed(found)
    assert step.accepted
    assert not is_green(found)
    login = found.step(StepName.LOGIN)
    assert login
    assert login.state is State.PASSED


def test_accepting_any_certificate_goes_on_with_a_warning_for_imap(dovecot: Dovecot) -> None:
    made = sound(dovecot, imap__any_certificate=True)
    found = probe(order(made, given(), dovecot.route), IMAP)
    assert is_green(found)
    step = found.step(StepName.TLS)
    assert step
    assert [each.failure for each in step.findings] == [
        Failure.ANY_CERTIFICATE,
        Failure.AUTHORITY_UNKNOWN,
    ]


def test_a_missing_mailbox_is_told_with_the_nearest_ones_that_exist(dovecot: Dovecot) -> None:
    made, workspace = sound(dovecot, imap__mailbox="Suport"), given(dovecot.ca_pem)
    step, finding = failed(probe(order(made, workspace, dovecot.route), IMAP))
    assert (step.name, finding.failure) == (StepName.MAILBOX, Failure.MAILBOX_MISSING)
    made, workspace = applied(made, workspace, finding.remedies[0])
    assert made.imap.mailbox == "Support"
    assert is_green(probe(order(made, workspace, dovecot.route), IMAP))


def test_tls_to_the_port_of_starttls_is_named(dovecot: Dovecot) -> None:
    made = sound(dovecot, smtp__secure=True, imap__port=dovecot.imap)
    found = report(order(made, given(dovecot.ca_pem), dovecot.route))
    for each in found.probes:
        step, finding = failed(each)
        assert (step.name, finding.failure) == (StepName.TLS, Failure.TLS_TO_CLEAR_PORT)


def test_clear_text_to_a_tls_port_is_named_when_the_time_is_up(dovecot: Dovecot) -> None:
    values: dict[str, object] = {
        "imap__ssl": False,
        "imap__connection_timeout": 1,
        "smtp__port": dovecot.submissions,
    }
    made, workspace = sound(dovecot, ALICE, **values), given(dovecot.ca_pem)
    found = report(order(made, workspace, dovecot.route, patience=1))
    for each in found.probes:
        step, finding = failed(each)
        assert (step.name, finding.failure) == (StepName.GREETING, Failure.SPEAKS_TLS)
        made, workspace = applied(made, workspace, finding.remedies[0])
    found = report(order(made, workspace, dovecot.route))
    assert all(is_green(each) for each in found.probes)


def test_a_test_ends_with_the_step_that_was_asked_for(dovecot: Dovecot) -> None:
    found = probe(replace(ordered(dovecot), until=StepName.TLS), IMAP)
    assert [step.name for step in found.steps if step.state is State.PASSED][-1] is StepName.TLS
    assert StepName.LOGIN in not_run(found)
    assert not any("LOGIN" in line.text for line in found.transcript if line.side == "C")


def postfix_account(postfix: Postfix, **values: object) -> Account:
    made = {"smtp__port": postfix.submission, "smtp__secure": False, **values}
    return account(postfix.name, ALICE, PEOPLE[ALICE], **made)


def test_postfix_takes_mail_after_starttls_and_in_tls(postfix: Postfix) -> None:
    workspace = given(postfix.ca_pem)
    for port, secure in ((postfix.submission, False), (postfix.submissions, True)):
        made = postfix_account(postfix, smtp__port=port, smtp__secure=secure)
        assert is_green(probe(order(made, workspace, postfix.route, only=(SMTP,)), SMTP))


def test_postfix_refuses_a_sender_that_the_login_does_not_own(postfix: Postfix) -> None:
    made = postfix_account(postfix, settings__address=BRUNO)
    found = probe(order(made, given(postfix.ca_pem), postfix.route, only=(SMTP,)), SMTP)
    step, finding = failed(found)
    assert finding.failure is Failure.SENDER_REFUSED
    assert step.name in (StepName.SENDER, StepName.RECIPIENT)
    made, workspace = applied(made, given(postfix.ca_pem), finding.remedies[0])
    assert is_green(probe(order(made, workspace, postfix.route, only=(SMTP,)), SMTP))


def test_postfix_without_a_login_passes_nothing_on(postfix: Postfix) -> None:
    made = postfix_account(
        postfix,
        smtp__authentication=False,
        smtp__port=postfix.smtp,
        settings__address="care@elsewhere.test",
    )
    found = probe(order(made, given(postfix.ca_pem), postfix.route, only=(SMTP,)), SMTP)
    _, finding = failed(found)
    assert finding.failure is Failure.RELAY_DENIED
    assert finding.remedies[0].code == "login-on"


def test_a_stop_ends_a_test_wherever_it_is(dovecot: Dovecot) -> None:
    values: dict[str, object] = {
        "imap__ssl": False,
        "imap__connection_timeout": 30,
        "smtp__port": dovecot.submissions,
    }
    run = Run(
        order(sound(dovecot, ALICE, **values), given(dovecot.ca_pem), dovecot.route, patience=30)
    )
    waiting = set()
    for event in run.events():  # until both wait for a greeting that never comes
        if isinstance(event, Began) and event.name is StepName.GREETING:
            waiting.add(event.protocol)
        if len(waiting) == len(Protocol):
            break
    asked = monotonic()
    run.stop()
    for _ in run.events():
        pass
    assert monotonic() - asked < PROMPT
    assert all(each.stopped for each in run.report().probes)
