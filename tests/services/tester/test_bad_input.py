"""Whatever a server says, a test ends with a named failure, in time, and says no secret."""

from __future__ import annotations

import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.choices import Service
from motion_desk.models.document import put
from motion_desk.models.secret import Secret
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.lab.lab import Lab
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.remedies import REMEDIES
from motion_desk.services.tester.steps import State, StepName
from tests.services.mail.scripted import server
from tests.services.tester.orders import (
    IMAP,
    SMTP,
    account,
    failed,
    is_green,
    order,
    probe,
)
from tests.services.tester.orders import (
    given as given_to_motion,
)

SECRET = "canary-4711-in-the-mine"

SAID = [
    b"* OK ready\r\n",
    b"* CAPABILITY IMAP4rev1 AUTH=PLAIN QUOTA ACL\r\n",
    b'* LIST () "/" INBOX\r\n',
    b"* STATUS INBOX (MESSAGES 3 UNSEEN 1)\r\n",
    b"* 3 EXISTS\r\n",
    b"* 1 FETCH (UID 1 BODY[HEADER.FIELDS (DATE)] {5}\r\nhello)\r\n",
    b"* BYE\r\n",
    b"+ go on\r\n",
    b"220 ready\r\n",
    b"250-mail.example\r\n",
    b"250 AUTH PLAIN LOGIN CRAM-MD5\r\n",
    b"334 VXNlcm5hbWU6\r\n",
    b"235 2.7.0 ok\r\n",
    b"354 go\r\n",
    b"550 5.7.1 no\r\n",
    b"(((((((((((((\r\n",
    b"{99999999999}\r\n",
    SECRET.encode() + b"\r\n",
]

answers = st.lists(
    st.one_of(
        st.sampled_from(SAID), st.binary(max_size=60), st.just(b"\r\n"), st.just(b"TAG OK done\r\n")
    ),
    max_size=12,
)


def play_of(lines: list[bytes], greeting: bytes) -> object:
    """A server that greets, answers each line of the client by the next of ``lines``, and leaves."""

    def play(connection: socket.socket) -> None:
        connection.sendall(greeting)
        heard = connection.makefile("rb")
        for line in lines:
            said = heard.readline(20_000)
            tag = said.split(b" ")[0] if said else b"*"
            connection.sendall(line.replace(b"TAG", tag))
        connection.shutdown(socket.SHUT_WR)

    return play


def clear(port: int) -> Account:
    values: dict[str, object] = {
        "imap__ssl": False,
        "imap__port": port,
        "imap__connection_timeout": 1,
        "imap__authentication_timeout": 1,
        "smtp__secure": False,
        "smtp__port": port,
    }
    return account("127.0.0.1", "care@meridia.example", SECRET, **values)


@pytest.mark.parametrize("protocol", [IMAP, SMTP], ids=lambda each: each.label)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=answers)
def test_no_answer_brings_a_test_down(protocol: object, lines: list[bytes]) -> None:
    greeting = {IMAP: b"* OK ready\r\n", SMTP: b"220 ready\r\n"}[protocol]  # type: ignore[index]
    with server(play_of(lines, greeting)) as (_, port):  # type: ignore[arg-type]
        route = lambda host, asked: (("127.0.0.1", asked if asked == port else 1),)  # noqa: E731
        ordered = order(clear(port), given_to_motion(), route, only=(protocol,), patience=0.2)  # type: ignore[arg-type]
        found = probe(ordered, protocol)  # type: ignore[arg-type]
    assert SECRET not in repr(found)
    for step in found.steps:
        assert step.state is not State.RUNNING
        assert (step.state is State.FAILED) <= bool(step.findings)
        for finding in step.findings:
            assert finding.failure in REMEDIES
            assert finding.title
            assert finding.cause
            assert finding.remedies


def test_an_account_that_lacks_values_is_told_before_any_connection() -> None:
    bare = Account(id="bare")
    found = probe(order(bare, given_to_motion(), None), IMAP)
    step, finding = failed(found)
    assert (step.name, finding.failure) == (StepName.INPUTS, Failure.INCOMPLETE)
    assert finding.key == "imap.host"
    assert finding.remedies[0].field == "imap.host"
    assert found.round_trips == 0


def test_a_password_that_the_keyring_does_not_hand_out_is_told() -> None:
    made = put(clear(143), "imap.password", Secret(reference="lost"))
    found = probe(order(made, given_to_motion(), None), IMAP)
    step, finding = failed(found)
    assert (step.name, finding.failure) == (StepName.INPUTS, Failure.NO_PASSWORD)
    assert finding.key == "imap.password"


PASSWORDS = {
    "a line break": ("first\nsecond", None),
    "beyond ASCII": ("Grüße 🔑", "AUTHENTICATE PLAIN"),
    "quotes and spaces": ('say "hello" \\ now ', "LOGIN"),
    "very long": ("x" * 5_000, "LOGIN"),
}


@pytest.mark.parametrize("name", PASSWORDS)
def test_odd_passwords_work_or_are_refused_with_a_reason(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    password, mechanism = PASSWORDS[name]
    user = "care@meridia.example"
    with Lab(tmp_path_factory.mktemp("lab"), people={user: password}) as lab:
        made = account("mail.meridia.example", user, password)
        for protocol in (IMAP, SMTP):
            found = probe(
                order(made, given_to_motion(lab.certificate), lab.route, only=(protocol,)), protocol
            )
            assert password not in repr(found)
            if mechanism is None:
                step, finding = failed(found)
                assert (step.name, finding.failure) == (
                    StepName.LOGIN,
                    Failure.UNSENDABLE_PASSWORD,
                )
                assert finding.cause
            else:
                assert is_green(found), failed(found)
                login = found.step(StepName.LOGIN)
                assert login is not None
                if protocol is IMAP:
                    assert mechanism in login.summary


def test_a_password_of_one_mechanism_is_never_tried_by_another(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    user = "care@meridia.example"
    with Lab(tmp_path_factory.mktemp("lab"), people={user: "right"}) as lab:
        made = account("mail.meridia.example", user, "wrong")
        for protocol in (IMAP, SMTP):
            ordered = order(made, given_to_motion(lab.certificate), lab.route, only=(protocol,))
            assert failed(probe(ordered, protocol))[1].failure is Failure.WRONG_PASSWORD
        assert sum(lab.seen.logins.values()) == 2


@pytest.mark.parametrize(
    ("fault", "key", "scale", "step"),
    [
        ("greeting-slow", "imap.connection_timeout", 0.065, StepName.GREETING),
        ("login-slow", "imap.authentication_timeout", 0.115, StepName.LOGIN),
    ],
)
def test_from_seventy_percent_of_a_timeout_on_there_is_a_warning(
    fault: str, key: str, scale: float, step: StepName, tmp_path_factory: pytest.TempPathFactory
) -> None:
    user = "care@meridia.example"
    with Lab(
        tmp_path_factory.mktemp("lab"), people={user: "right"}, fault=fault, scale=scale
    ) as lab:
        values: dict[str, object] = {key.replace(".", "__"): 1}
        made = account("mail.meridia.example", user, "right", **values)
        workspace = given_to_motion(lab.certificate)
        found = probe(order(made, workspace, lab.route, only=(IMAP,)), IMAP)
    warned = found.step(step)
    assert warned is not None
    assert warned.state is State.WARNING, warned
    finding = warned.findings[0]
    assert (finding.failure, finding.key) == (Failure.NEAR_TIMEOUT, key)
    assert finding.remedies[0].changes[0].value == 2


def test_modern_authentication_without_a_sign_in_gets_no_further_than_that(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    values: dict[str, object] = {
        "settings__service": Service.OUTLOOK365,
        "authentication__username": "care@meridia.example",
        "authentication__modern": True,
        "authentication__modern_address": "robot@meridia.example",
        "authentication__cloud_provider": "entra",
    }
    with Lab(tmp_path_factory.mktemp("lab")) as lab:
        made = account("ignored.example", "care@meridia.example", "unused", **values)
        provider = CloudProviderEntry(id="entra", name="Entra")
        workspace = given_to_motion(lab.certificate)
        workspace = put(workspace, "cloud_providers.entries", (provider,))
        found = probe(order(made, workspace, lab.route, only=(IMAP,)), IMAP)
    step, finding = failed(found)
    assert (step.name, finding.failure) == (StepName.TOKEN, Failure.SIGN_IN_NEEDED)
    assert found.steps[-1].state is State.NOT_RUN
