"""The healthy SMTP server works with smtplib, and takes what clients may send."""

import base64
import hmac
import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from motion_desk.services.lab import Lab
from tests.services.lab.clients import Client, plain, smtp, trusting
from tests.services.lab.test_imap import PASSWORDS

ANNA = "anna@example.test"
PORTS = [465, 587, 25]


def connected(lab: Lab, port: int) -> smtplib.SMTP:
    if port == 465:
        return smtplib.SMTP_SSL("localhost", lab.ports[port], context=trusting(lab), timeout=10)
    client = smtplib.SMTP("localhost", lab.ports[port], timeout=10)
    client.starttls(context=trusting(lab))
    return client


@pytest.mark.parametrize("port", PORTS)
def test_a_message_is_sent_with_smtplib(lab: Lab, port: int) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = ANNA, "jürgen@example.test", "Größe"
    message.set_content("Grüße\n.\n..\n" + "x" * 2000)
    with connected(lab, port) as client:
        client.ehlo()
        assert {"auth", "size", "8bitmime", "smtputf8"} <= client.esmtp_features.keys()
        assert "starttls" not in client.esmtp_features
        client.login(ANNA, "any")
        assert client.send_message(message) == {}
    [sent] = lab.seen.messages
    assert sent.recipients == ("jürgen@example.test",)
    assert lab.seen.commands["smtp"][-1] == "QUIT"
    assert len(lab.mailbox_state("jürgen@example.test")["INBOX"]["messages"]) == 13


@pytest.mark.parametrize("port", [587, 25])
def test_before_starttls_it_is_offered_and_logging_in_is_possible(lab: Lab, port: int) -> None:
    with smtp(lab, port) as client:
        offers = client.smtp("EHLO here")
        assert {"250-STARTTLS", "250-AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2"} <= set(offers)
        assert client.smtp(f"AUTH PLAIN {plain(ANNA, 'any')}")[-1].startswith("235 ")


@pytest.mark.parametrize("password", PASSWORDS, ids=range(len(PASSWORDS)))
def test_any_password_is_understood_by_every_mechanism(tmp_path: Path, password: str) -> None:
    data = password.encode()
    with Lab(tmp_path, people={ANNA: password}) as lab:
        for right in (True, False):
            secret = data if right else data + b"!"
            code = "235 " if right else "535 5.7.8 "
            with smtp(lab) as client:
                answer = client.smtp(f"AUTH PLAIN {plain(ANNA, secret.decode())}")
                assert answer[0].startswith(code)
            with smtp(lab) as client:
                assert client.smtp("AUTH PLAIN") == ["334 "]
                assert client.smtp(plain(ANNA, secret.decode()))[0].startswith(code)
            with smtp(lab) as client:
                assert client.smtp("auth login") == ["334 VXNlcm5hbWU6"]
                assert client.smtp(encoded(ANNA.encode())) == ["334 UGFzc3dvcmQ6"]
                assert client.smtp(encoded(secret))[0].startswith(code)
            with smtp(lab) as client:
                challenge = base64.b64decode(client.smtp("AUTH CRAM-MD5")[0].removeprefix("334 "))
                digest = hmac.new(secret, challenge, "md5").hexdigest()
                assert client.smtp(encoded(f"{ANNA} {digest}".encode()))[0].startswith(code)
        assert lab.seen.logins == {"PLAIN": 4, "LOGIN": 2, "CRAM-MD5": 2}
        assert lab.seen.errors == ()


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("AUTH", "504 5.5.4"),
        ("AUTH KERBEROS", "504 5.5.4"),
        ("AUTH PLAIN !!!", "501 5.5.2"),
        ("AUTH PLAIN eA==", "501 5.5.2"),
        ("NONSENSE", "500 "),
        ("STARTTLS", "502 5.5.1"),
        ("RCPT TO:<x@example.test>", "503 "),
        ("DATA", "503 "),
        ("MAIL FROM:nonsense", "250 "),
        ("MAIL nonsense", "501 "),
        ("x" * 70_000, "500 "),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_wrong_is_refused_and_the_session_goes_on(
    lab: Lab, command: str, code: str
) -> None:
    with smtp(lab) as client:
        assert client.smtp(command)[-1].startswith(code)
        assert client.smtp("RSET")[-1].startswith("250 ")


def test_a_client_may_break_off_logging_in(lab: Lab) -> None:
    with smtp(lab) as client:
        assert client.smtp("AUTH LOGIN")[0].startswith("334 ")
        assert client.smtp("*") == ["501 5.5.2 the client broke off"]
        assert client.smtp("AUTH LOGIN")[0].startswith("334 ")
        assert client.smtp("x" * 70_000)[0].startswith("501 5.5.2 ")


def test_nobody_logs_in_twice_or_without_ehlo(lab: Lab) -> None:
    with Client(lab, 465) as client:
        client.line()
        assert client.smtp(f"AUTH PLAIN {plain(ANNA, 'any')}")[0].startswith("503 ")
        client.smtp("EHLO here")
        assert client.smtp(f"AUTH PLAIN {plain(ANNA, 'any')}")[0].startswith("235 ")
        assert client.smtp(f"AUTH PLAIN {plain(ANNA, 'any')}")[0].startswith("503 ")


def test_every_command_is_counted(lab: Lab) -> None:
    with smtp(lab) as client:
        for command in ("NOOP", "HELO here", "MAIL FROM:<>", "RSET", "HELP", "QUIT"):
            client.smtp(command)
    assert lab.seen.commands["smtp"] == [
        "EHLO client.example.test",
        "NOOP",
        "HELO here",
        "MAIL FROM:<>",
        "RSET",
        "QUIT",
    ]
