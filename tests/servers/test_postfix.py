"""Postfix answers as the tests of the tester need it: who may write to whom, and under which name."""

from __future__ import annotations

import base64
import os
import smtplib
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.dovecot import MECHANISMS, Dovecot
from tests.servers.people import ALICE, BRUNO, CHIARA, DORA, GREY
from tests.servers.postfix import Postfix

TIMEOUT = 10
CUSTOMER = "customer@elsewhere.test"


@pytest.fixture
def trust(postfix: Postfix) -> ssl.SSLContext:
    """Trusts the servers' authority and no other."""
    return ssl.create_default_context(cadata=postfix.ca_pem)


@pytest.fixture
def smtp(postfix: Postfix) -> Iterator[smtplib.SMTP]:
    """A connection as other mail servers make it."""
    with smtplib.SMTP(postfix.host, postfix.smtp, timeout=TIMEOUT) as connection:
        connection.ehlo()
        yield connection


@pytest.fixture
def submission(postfix: Postfix) -> Iterator[smtplib.SMTP]:
    """A connection as mail programs make it, in the clear."""
    with smtplib.SMTP(postfix.host, postfix.submission, timeout=TIMEOUT) as connection:
        connection.ehlo()
        yield connection


@pytest.fixture
def submissions(postfix: Postfix, trust: ssl.SSLContext) -> Iterator[smtplib.SMTP]:
    """A connection as mail programs make it, over TLS at once."""
    with smtplib.SMTP_SSL(
        postfix.host, postfix.submissions, context=trust, timeout=TIMEOUT
    ) as connection:
        connection.ehlo()
        yield connection


def log_in(connection: smtplib.SMTP, user: str, password: str) -> int:
    """The code that AUTH PLAIN (RFC 4616) is answered with."""
    response = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    return connection.docmd("AUTH", f"PLAIN {response}")[0]


def answer(connection: smtplib.SMTP, sender: str, recipient: str) -> tuple[int, str]:
    """What is said to a recipient of mail from a sender: code and text."""
    assert connection.mail(sender)[0] == 250
    code, text = connection.rcpt(recipient)
    connection.rset()
    return code, text.decode("ascii")


# Mail from elsewhere


def test_mail_from_elsewhere_is_taken_in_for_people_of_the_domain(smtp: smtplib.SMTP) -> None:
    assert smtp.has_extn("starttls")
    assert answer(smtp, CUSTOMER, ALICE) == (250, "2.1.5 Ok")


@pytest.mark.parametrize(
    ("recipient", "code", "words"),
    [
        ("somebody@elsewhere.test", 554, "5.7.1 .*Relay access denied"),
        ("unknown@example.test", 550, "5.1.1 .*User unknown"),
        (GREY, 450, "4.2.0 .*Greylisted"),
    ],
)
def test_other_recipients_are_refused(
    smtp: smtplib.SMTP, recipient: str, code: int, words: str
) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused, match=words) as refused:
        smtp.sendmail(CUSTOMER, [recipient], "Subject: Never\r\n\r\n")
    assert refused.value.recipients[recipient][0] == code


# Submission


def test_nothing_is_submitted_before_starttls(submission: smtplib.SMTP) -> None:
    assert not submission.has_extn("auth")
    assert submission.mail(ALICE) == (530, b"5.7.0 Must issue a STARTTLS command first")


@pytest.mark.parametrize("user", [ALICE, BRUNO, CHIARA, DORA])
def test_people_log_in_after_starttls_and_may_write_to_anybody(
    postfix: Postfix, submission: smtplib.SMTP, trust: ssl.SSLContext, user: str
) -> None:
    submission.starttls(context=trust)
    submission.ehlo()
    assert log_in(submission, user, postfix.people[user]) == 235
    assert answer(submission, user, user)[0] == 250
    assert answer(submission, user, "somebody@elsewhere.test")[0] == 250


def test_people_log_in_over_tls_at_once(postfix: Postfix, submissions: smtplib.SMTP) -> None:
    assert submissions.esmtp_features["auth"].split() == MECHANISMS
    assert log_in(submissions, BRUNO, postfix.people[BRUNO]) == 235


def test_a_wrong_password_is_refused(submissions: smtplib.SMTP) -> None:
    assert log_in(submissions, ALICE, "wrong") == 535


def test_without_logging_in_nobody_writes_elsewhere(submissions: smtplib.SMTP) -> None:
    assert answer(submissions, CUSTOMER, "somebody@elsewhere.test")[0] == 554


@pytest.mark.parametrize("sender", [BRUNO, CUSTOMER])
def test_another_sender_than_oneself_is_refused(
    postfix: Postfix, submissions: smtplib.SMTP, sender: str
) -> None:
    assert log_in(submissions, ALICE, postfix.people[ALICE]) == 235
    code, words = answer(submissions, sender, ALICE)
    assert code == 553
    assert f"not owned by user {ALICE}" in words


def test_what_is_submitted_is_delivered_within_the_domain_only(
    postfix: Postfix, submissions: smtplib.SMTP
) -> None:
    assert postfix.state(CHIARA) == {}
    assert log_in(submissions, ALICE, postfix.people[ALICE]) == 235
    submissions.sendmail(ALICE, [CHIARA, "somebody@elsewhere.test"], "Subject: Proof 2\r\n\r\n")
    late = time.monotonic() + TIMEOUT
    while not (delivered := list((postfix.folder / "mail" / CHIARA / "new").glob("*"))):
        assert time.monotonic() < late, postfix.log
    assert "Subject: Proof 2" in delivered[0].read_text()
    assert list(postfix.state(CHIARA)) == [f"new/{delivered[0].name}"]


# The machine


def times(*places: Path) -> dict[Path, int]:
    """When each file was last changed."""
    return {path: path.lstat().st_mtime_ns for place in places for path in place.rglob("*")}


@pytest.mark.usefixtures("postfix")
def test_nothing_changes_outside_a_servers_folder(dovecot: Dovecot) -> None:
    places = [Path("/etc/postfix"), Path("/var/spool/postfix"), Path("/var/lib/postfix")]
    before = times(*places)
    with Postfix(dovecot) as server:
        folder = server.folder
        with smtplib.SMTP(server.host, server.smtp, timeout=TIMEOUT) as connection:
            connection.sendmail(CUSTOMER, [ALICE], "Subject: Proof 3\r\n\r\n")
        master = int((folder / "queue" / "pid" / "master.pid").read_text())
    assert not folder.exists()
    assert times(*places) == before
    with pytest.raises(ProcessLookupError):
        os.kill(master, 0)
