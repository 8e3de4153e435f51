"""Faults of sending and delivery, as a client sees them."""

import time
from collections.abc import Callable

import pytest

from motion_desk.services.lab import Lab
from tests.services.lab.clients import SECONDS, Client, logged_in, plain, smtp
from tests.services.lab.conftest import SCALE

ANNA, BERT = "anna@example.test", "bert@example.test"


def sent(client: Client, sender: str = ANNA, recipient: str = ANNA, text: str = "Hello") -> str:
    """The first reply that is no consent, or the one to the message."""
    for command in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA"):
        reply = client.smtp(command)[-1]
        if reply[0] not in "23":
            return reply
    return client.smtp(f"Subject: Sent\r\n\r\n{text}\r\n.")[-1]


def logged_in_to_smtp(lab: Lab, user: str = ANNA) -> Client:
    client = smtp(lab)
    assert client.smtp(f"AUTH PLAIN {plain(user, 'any')}")[-1].startswith("235 ")
    return client


def count(lab: Lab, folder: str, user: str = ANNA) -> int:
    return len(lab.mailbox_state(user)[folder]["messages"])


def wait_for(condition: Callable[[], bool]) -> None:
    late = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < late, "it never happened"


def test_only_the_own_address_may_send(lab: Lab) -> None:
    lab.show("sender-refused")
    with logged_in_to_smtp(lab, "robot@example.test") as client:
        assert sent(client) == (
            "553 5.7.1 <anna@example.test>: Sender address rejected: "
            "not owned by user robot@example.test"
        )
    with logged_in_to_smtp(lab) as client:
        assert sent(client).startswith("250 ")


def test_relaying_is_for_those_who_have_logged_in(lab: Lab) -> None:
    lab.show("relay-denied")
    with smtp(lab) as client:
        assert sent(client) == "554 5.7.1 <anna@example.test>: Relay access denied"
    with logged_in_to_smtp(lab) as client:
        assert sent(client).startswith("250 ")


@pytest.mark.parametrize(
    ("fault", "reply"),
    [
        ("recipient-refused", "550 5.1.1 "),
        ("over-quota", "452 4.2.2 "),
    ],
)
def test_the_recipient_is_refused(lab: Lab, fault: str, reply: str) -> None:
    lab.show(fault)
    with logged_in_to_smtp(lab) as client:
        assert client.smtp(f"MAIL FROM:<{ANNA}>")[-1].startswith("250 ")
        assert client.smtp(f"RCPT TO:<{ANNA}>")[-1].startswith(reply)


def test_a_new_sender_is_put_off_and_accepted_later(lab: Lab) -> None:
    lab.show("greylisting")
    began = time.monotonic()
    with logged_in_to_smtp(lab) as client:
        assert sent(client) == "451 4.7.1 Greylisted, please try again in 60 seconds"
        client.smtp("RSET")
        assert sent(client).startswith("451 ")
        client.smtp("RSET")

        def is_accepted() -> bool:
            reply = sent(client)
            client.smtp("RSET")
            return reply.startswith("250 ")

        wait_for(is_accepted)
        assert time.monotonic() - began >= 60 * SCALE * 0.95
        assert sent(client, BERT).startswith("451 ")
    lab.show("greylisting")
    with logged_in_to_smtp(lab) as client:
        assert sent(client).startswith("451 ")


def test_messages_above_the_limit_are_refused(lab: Lab) -> None:
    lab.show("size-limit")
    with logged_in_to_smtp(lab) as client:
        assert "250-SIZE 1048576" in client.smtp("EHLO here")
        assert client.smtp(f"MAIL FROM:<{ANNA}> SIZE=1048577")[-1].startswith("552 ")
        assert client.smtp(f"MAIL FROM:<{ANNA}> SIZE=1048576")[-1].startswith("250 ")
        client.smtp("RSET")
        line = "x" * 900 + "\r\n"
        assert sent(client, text=line * 1200).startswith("552 ")
        assert sent(client, text=line).startswith("250 ")


def test_the_service_closes_when_a_sender_is_named(lab: Lab) -> None:
    lab.show("smtp-closing")
    with logged_in_to_smtp(lab) as client:
        assert client.smtp(f"MAIL FROM:<{ANNA}>")[-1].startswith("421 4.3.2 ")
        assert client.some(1) == b""


def test_accepted_mail_is_in_the_mailbox_and_in_the_counts(lab: Lab) -> None:
    before = count(lab, "INBOX", BERT)
    with logged_in_to_smtp(lab) as client:
        assert sent(client, recipient=BERT, text=".\r\n..dots").startswith("250 ")
    assert count(lab, "INBOX", BERT) == before + 1
    [message] = lab.seen.messages
    assert (message.sender, message.recipients) == (ANNA, (BERT,))
    assert message.content.startswith(b"Subject: Sent\r\n\r\n")
    with logged_in(lab, BERT) as client:
        client.ask("EXAMINE INBOX")
        fetched = "\n".join(client.ask(f"FETCH {before + 1} (BODY.PEEK[HEADER])"))
    assert "Subject: Sent" in fetched
    assert f"Return-Path: <{ANNA}>" in fetched


def test_mail_reaches_who_logs_in_with_the_local_part(lab: Lab) -> None:
    with logged_in(lab, "trade"):
        pass
    with smtp(lab) as client:
        assert sent(client, recipient="Trade@example.test").startswith("250 ")
    assert count(lab, "INBOX", "trade") == 13


def test_mail_arrives_in_junk(lab: Lab) -> None:
    lab.show("junk")
    inbox, junk = count(lab, "INBOX"), count(lab, "Junk")
    with logged_in_to_smtp(lab) as client:
        assert sent(client).startswith("250 ")
    assert (count(lab, "INBOX"), count(lab, "Junk")) == (inbox, junk + 1)


def test_mail_arrives_late_and_an_idle_client_is_told(lab: Lab) -> None:
    lab.show("delayed")
    with logged_in(lab) as reader, logged_in_to_smtp(lab) as client:
        reader.ask("SELECT INBOX")
        reader.say("i IDLE")
        assert reader.line() == "+ idling"
        began = time.monotonic()
        assert sent(client).startswith("250 ")
        assert count(lab, "INBOX") == 12
        assert reader.line() == "* 13 EXISTS"
        assert time.monotonic() - began >= 40 * SCALE * 0.95
        reader.say("DONE")
        assert reader.line() == "i OK IDLE completed"


def newest(lab: Lab) -> str:
    """The header of the newest message in INBOX."""
    with logged_in(lab) as client:
        client.ask("EXAMINE INBOX")
        return "\n".join(client.ask(f"FETCH {count(lab, 'INBOX')} (BODY.PEEK[HEADER])"))


def test_mail_is_signed_unless_the_fault_is_that_it_is_not(lab: Lab) -> None:
    with logged_in_to_smtp(lab) as client:
        letter = f"From: {ANNA}\r\nSubject: Sent\r\n\r\nGood morning.\r\n"
        client.smtp(f"MAIL FROM:<{ANNA}>")
        client.smtp(f"RCPT TO:<{ANNA}>")
        client.smtp("DATA")
        assert client.smtp(f"{letter}.")[-1].startswith("250 ")
        assert "DKIM-Signature: v=1; a=rsa-sha256" in newest(lab)
        lab.show("unsigned")
    with logged_in_to_smtp(lab) as client:
        assert sent(client).startswith("250 ")
        assert "DKIM-Signature" not in newest(lab)


def test_mail_arrives_twice(lab: Lab) -> None:
    lab.show("twice")
    before = count(lab, "INBOX")
    with logged_in_to_smtp(lab) as client:
        assert sent(client).startswith("250 ")
    assert count(lab, "INBOX") == before + 2


def test_a_header_grows_by_a_megabyte(lab: Lab) -> None:
    lab.show("long-header")
    with logged_in_to_smtp(lab) as client:
        assert sent(client).startswith("250 ")
    assert len(newest(lab)) > 1_000_000
