"""Dovecot answers as the tests of the tester need it: every way in, every certificate, real mail."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from tests.servers.authority import Certificate
from tests.servers.dovecot import MECHANISMS, Dovecot
from tests.servers.people import ALICE, BRUNO, CHIARA, DORA, MAILBOXES, place
from tests.servers.ports import greeting

TIMEOUT = 10
ASCII_ONLY = [ALICE, CHIARA, DORA]


@pytest.fixture
def trust(dovecot: Dovecot) -> ssl.SSLContext:
    """Trusts the servers' authority and no other."""
    return ssl.create_default_context(cadata=dovecot.ca_pem)


@pytest.fixture
def imaps(dovecot: Dovecot, trust: ssl.SSLContext) -> Iterator[IMAPClient]:
    """A connection over TLS at once."""
    with IMAPClient(dovecot.host, dovecot.imaps, ssl_context=trust, timeout=TIMEOUT) as connection:
        yield connection


@pytest.fixture
def imap(dovecot: Dovecot) -> Iterator[IMAPClient]:
    """A connection in the clear."""
    with IMAPClient(dovecot.host, dovecot.imap, ssl=False, timeout=TIMEOUT) as connection:
        yield connection


@pytest.fixture
def submission(dovecot: Dovecot) -> Iterator[smtplib.SMTP]:
    """A connection in the clear."""
    with smtplib.SMTP(dovecot.host, dovecot.submission, timeout=TIMEOUT) as connection:
        connection.ehlo()
        yield connection


@pytest.fixture(scope="module")
def own_dovecot(dovecot: Dovecot) -> Iterator[Dovecot]:
    """A second one, whose mail a test may change; it shows an expired certificate to everybody."""
    with Dovecot(Certificate.EXPIRED) as server:
        assert server.folder != dovecot.folder
        yield server


def plain(dovecot: Dovecot, user: str) -> str:
    """The initial response of AUTH PLAIN (RFC 4616)."""
    return base64.b64encode(f"\0{user}\0{dovecot.people[user]}".encode()).decode("ascii")


def verdict(dovecot: Dovecot, trust: ssl.SSLContext, name: str) -> int:
    """OpenSSL's code for the certificate that is shown under a name, 0 for a sound one."""
    with socket.create_connection((dovecot.host, dovecot.imaps), timeout=TIMEOUT) as connection:
        try:
            trust.wrap_socket(connection, server_hostname=name).close()
        except ssl.SSLCertVerificationError as error:
            return error.verify_code
    return 0


# Receiving


@pytest.mark.parametrize("user", ASCII_ONLY)
def test_people_log_in_over_tls(dovecot: Dovecot, imaps: IMAPClient, user: str) -> None:
    assert imaps.login(user, dovecot.people[user]) == b"Logged in"


def test_a_password_beyond_ascii_is_accepted_by_authenticate_plain(
    dovecot: Dovecot, imaps: IMAPClient
) -> None:
    assert not dovecot.people[BRUNO].isascii()
    assert imaps.plain_login(BRUNO, dovecot.people[BRUNO]) == b"Logged in"


def test_a_password_in_the_clear_is_refused(dovecot: Dovecot, imap: IMAPClient) -> None:
    assert b"LOGINDISABLED" in imap.capabilities()
    with pytest.raises(LoginError, match="PRIVACYREQUIRED"):
        imap.login(ALICE, dovecot.people[ALICE])


def test_starttls_lets_people_log_in(
    dovecot: Dovecot, imap: IMAPClient, trust: ssl.SSLContext
) -> None:
    imap.starttls(trust)
    assert b"LOGINDISABLED" not in imap.capabilities()
    assert imap.login(ALICE, dovecot.people[ALICE]) == b"Logged in"


def test_a_wrong_password_is_refused_with_its_code(imaps: IMAPClient) -> None:
    with pytest.raises(LoginError, match="AUTHENTICATIONFAILED"):
        imaps.login(ALICE, "wrong")


def test_the_sample_mail_is_there_and_looking_changes_nothing(
    dovecot: Dovecot, imaps: IMAPClient
) -> None:
    before = dovecot.state(ALICE)
    imaps.login(ALICE, dovecot.people[ALICE])
    assert sorted(name for *_, name in imaps.list_folders()) == MAILBOXES
    assert imaps.folder_status("Kunden & Service", "MESSAGES UNSEEN") == {
        b"MESSAGES": 1,
        b"UNSEEN": 1,
    }
    assert imaps.select_folder("INBOX", readonly=True)[b"EXISTS"] == 3
    headers = imaps.fetch(imaps.search("ALL"), "BODY.PEEK[HEADER]")
    assert b"Subject: Order 4711" in headers[1][b"BODY[HEADER]"]
    assert imaps.get_quota()[0].resource == "STORAGE"
    assert dovecot.state(ALICE) == before


def test_a_change_of_mail_is_a_change_of_state(own_dovecot: Dovecot) -> None:
    unverified = ssl.create_default_context()
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
    states = [own_dovecot.state(ALICE)]

    def changed() -> bool:
        states.append(own_dovecot.state(ALICE))
        return states[-1] not in states[:-1]

    with IMAPClient(
        own_dovecot.host, own_dovecot.imaps, ssl_context=unverified, timeout=TIMEOUT
    ) as connection:
        connection.login(ALICE, own_dovecot.people[ALICE])
        assert not changed()
        connection.select_folder("INBOX")
        assert changed(), "a new message became known"
        connection.add_flags([1], rb"\Flagged")
        assert changed()
        connection.create_folder("Support/Later")
        assert changed()
        connection.subscribe_folder("Support")
        assert changed()
        connection.delete_messages([1])
        connection.expunge()
        assert changed()


# Submitting


def test_submission_offers_no_login_in_the_clear(submission: smtplib.SMTP) -> None:
    assert submission.has_extn("starttls")
    assert not submission.has_extn("auth")
    assert submission.docmd("AUTH", "PLAIN AGEAYg==")[0] >= 500


@pytest.mark.parametrize("user", [*ASCII_ONLY, BRUNO])
def test_people_submit_after_starttls(
    dovecot: Dovecot, submission: smtplib.SMTP, trust: ssl.SSLContext, user: str
) -> None:
    submission.starttls(context=trust)
    submission.ehlo()
    assert submission.esmtp_features["auth"].split() == MECHANISMS
    assert submission.docmd("AUTH", f"PLAIN {plain(dovecot, user)}")[0] == 235
    sent = len(dovecot.submitted)
    assert submission.mail(user)[0] == 250
    assert submission.rcpt(user)[0] == 250
    assert submission.rset()[0] == 250
    assert len(dovecot.submitted) == sent


def test_submissions_is_tls_at_once_and_what_is_submitted_goes_no_further(
    dovecot: Dovecot, trust: ssl.SSLContext
) -> None:
    with smtplib.SMTP_SSL(
        dovecot.host, dovecot.submissions, context=trust, timeout=TIMEOUT
    ) as connection:
        connection.login(CHIARA, dovecot.people[CHIARA])
        connection.sendmail(CHIARA, ["somebody@elsewhere.test"], "Subject: Proof 1\r\n\r\nHello")
    assert b"Subject: Proof 1\r\n\r\nHello" in dovecot.submitted[-1]


def test_a_wrong_password_is_refused_by_submission(
    submission: smtplib.SMTP, trust: ssl.SSLContext
) -> None:
    submission.starttls(context=trust)
    submission.ehlo()
    wrong = base64.b64encode(f"\0{ALICE}\0wrong".encode()).decode("ascii")
    assert submission.docmd("AUTH", f"PLAIN {wrong}")[0] == 535


# Names and certificates


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Certificate.SOUND, 0),
        (Certificate.EXPIRED, 10),
        (Certificate.SELF_SIGNED, 18),
        (Certificate.NO_INTERMEDIATE, 20),
        (Certificate.WRONG_NAME, 62),
    ],
)
def test_each_certificate_is_shown_under_its_name(
    dovecot: Dovecot, trust: ssl.SSLContext, kind: Certificate, code: int
) -> None:
    assert verdict(dovecot, trust, kind.value) == code


@pytest.mark.parametrize("name", ["localhost", "127.0.0.2"])
def test_the_sound_certificate_is_good_for_other_names(
    dovecot: Dovecot, trust: ssl.SSLContext, name: str
) -> None:
    assert verdict(dovecot, trust, name) == 0


def test_a_server_may_show_another_certificate_to_everybody(own_dovecot: Dovecot) -> None:
    trust = ssl.create_default_context(cadata=own_dovecot.ca_pem)
    assert verdict(own_dovecot, trust, "localhost") == 10


def test_only_names_of_the_servers_lead_to_them(dovecot: Dovecot) -> None:
    for name in (dovecot.name, dovecot.host, "localhost", Certificate.SELF_SIGNED.value):
        assert dovecot.route(name, dovecot.imaps) == ((dovecot.host, dovecot.imaps),)
    with pytest.raises(LookupError, match=r"elsewhere\.test"):
        dovecot.route("elsewhere.test", dovecot.imaps)


@pytest.mark.usefixtures("dovecot")
def test_nothing_is_left_of_a_server_that_was_stopped() -> None:
    with Dovecot() as server:
        folder, ports = server.folder, [server.imap, server.submission]
        assert all(greeting(server.host, port) for port in ports)
        assert place(folder / "mail" / ALICE, "Support/2026").is_dir()
    assert not folder.exists()
    assert not any(greeting(server.host, port) for port in ports)


KILLED = """
import os, signal
from tests.servers.dovecot import Dovecot
with Dovecot() as server:
    print(server.folder, (server.folder / "run" / "master.pid").read_text(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def runs(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.usefixtures("dovecot")
def test_no_server_outlives_tests_that_are_killed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    folder, process = done.stdout.split()
    late = time.monotonic() + TIMEOUT
    while runs(int(process)):
        assert time.monotonic() < late
    shutil.rmtree(folder)
