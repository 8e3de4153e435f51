"""A mailbox becomes conversations without being changed, however its messages come in."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.mailbox import UNKNOWN, Fetched, MailboxRead, read
from motion_desk.services.interactions.query import Conversation, Query, Source
from motion_desk.services.jobs import Stopped
from motion_desk.services.lab.lab import Lab
from motion_desk.services.messages.mailbox import NotRead
from motion_desk.services.tester.run import Order
from tests.services.interactions.made import counted
from tests.services.lab import clients
from tests.services.tester import orders
from tests.services.tester.orders import IMAP

HOST, USER, RIGHT = "mail.example.test", "support@example.test", "lab-password"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with Lab(tmp_path / "lab", people={USER: RIGHT}, scale=0.01) as started:
        yield started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.interactions"


def order(lab: Lab, password: str = RIGHT) -> Order:
    tested = orders.account(HOST, USER, password)
    given = orders.given(lab.certificate)
    return orders.order(tested, given, lab.route, only=(IMAP,), patience=5.0)


def send(lab: Lab, *mails: tuple[str, str, str, str, str]) -> None:
    """Mails of sender, subject, id, the id that is answered, and text; a day apart."""
    send_at(lab, 1, *mails)


def send_at(lab: Lab, day: int, *mails: tuple[str, str, str, str, str]) -> None:
    for number, (sender, subject, identity, answered, text) in enumerate(mails, day):
        header = f"From: {sender}\r\nTo: {USER}\r\nSubject: {subject}\r\nMessage-ID: {identity}\r\n"
        header += f"Date: Wed, {number:02} Jan 2031 10:00:00 +0000\r\n"
        header += f"In-Reply-To: {answered}\r\n" if answered else ""
        with clients.smtp(lab) as client:
            client.smtp("EHLO x")
            client.smtp("AUTH PLAIN " + base64.b64encode(f"\0{USER}\0{RIGHT}".encode()).decode())
            client.smtp(f"MAIL FROM:<{USER}>")
            client.smtp(f"RCPT TO:<{USER}>")
            client.smtp("DATA")
            kind = "Content-Type: text/html\r\n" if text.startswith("<") else ""
            [*_, said] = client.smtp(f"{header}{kind}\r\n{text}\r\n.")
            assert said.startswith("250"), said


def brought_in(
    path: Path, ordered: Order, count: int = 500, since: date | None = None
) -> MailboxRead:
    *before, done = read(path, "here", ordered, count, threading.Event(), since)
    assert isinstance(done, MailboxRead)
    parts = [each.part for each in before if isinstance(each, Fetched)]
    assert parts == sorted(parts)
    return done


def rows(path: Path, **values: str) -> dict[str, Conversation]:
    with Archive(path) as archive:
        found = archive.page(Query(account="here", **values), 0).rows  # type: ignore[arg-type]  # texts
    return {each.id: each for each in found}


ANN = "Ann Lee <ann@customer.example>"


def test_messages_become_conversations_and_the_mailbox_stays_as_it_is(lab: Lab, path: Path) -> None:
    send(
        lab,
        (ANN, "Order 7", "<a@x>", "", "Where is hippopotamus?"),
        (USER, "Re: Order 7", "<b@x>", "<a@x>", "<p>On its <b>crocodile</b> way</p>"),
        (ANN, "Something else", "<c@x>", "<b@x>", "Thanks."),
    )
    before = lab.mailbox_state(USER)
    done = brought_in(path, order(lab))
    assert lab.mailbox_state(USER) == before
    assert UNKNOWN in done.sentence
    found = rows(path)
    assert sum(each.letters for each in found.values()) == done.messages
    talk = found["<a@x>"]
    assert (talk.contact, talk.subject, talk.letters) == (ANN, "Order 7", 3)
    assert (talk.started and talk.started.day, talk.last and talk.last.day) == (1, 3)
    assert (talk.status, talk.owner, talk.tags, talk.read) == (None, "", (), None)
    assert talk.source is Source.MAILBOX
    with Archive(path) as archive:
        first, second, third = archive.letters(talk.number)
        assert first.text.strip() == "Where is hippopotamus?"
        assert first.raw is not None
        assert b"hippopotamus" in first.raw
        assert "Message-ID: <a@x>" in first.header
        assert "crocodile" in second.text
        assert "<b>" in second.html
        assert (third.sender, third.message_id) == (ANN, "<c@x>")
    assert [*rows(path, text="hippopotamus thanks crocodile")] == ["<a@x>"]


def test_reading_again_brings_only_what_is_new(lab: Lab, path: Path) -> None:
    send(lab, (ANN, "Order 7", "<a@x>", "", "First."))
    first = brought_in(path, order(lab))
    number = rows(path)["<a@x>"].number
    again = brought_in(path, order(lab))
    assert (again.messages, again.conversations) == (0, 0)
    send(lab, (ANN, "More", "<b@x>", "<a@x>", "Second."))
    third = brought_in(path, order(lab))
    assert (third.messages, third.conversations) == (1, 1)
    talk = rows(path)["<a@x>"]
    assert (talk.number, talk.letters) == (number, 2)
    with Archive(path) as archive:
        assert archive.total("here") == len(rows(path))
        assert counted(archive, Query(account="here", text="second")) == 1
        assert counted(archive, Query(account="here", text="first")) >= 1
    assert first.messages > 1


def test_of_too_many_messages_since_a_day_the_newest_are_kept_and_the_others_counted(
    lab: Lab, path: Path
) -> None:
    send(lab, *((ANN, f"Order {n}", f"<{n}@x>", "", "Hello.") for n in range(4)))
    *before, some = read(path, "here", order(lab), 3, threading.Event(), date(2000, 1, 1))
    assert [each.part for each in before if isinstance(each, Fetched)] == [1 / 3, 2 / 3, 1]
    assert isinstance(some, MailboxRead)
    assert {*rows(path)} == {"<1@x>", "<2@x>", "<3@x>"}
    assert some.beyond > 1
    assert f" {some.beyond} older messages of these days were not read" in some.sentence
    *before, done = read(
        path.with_name("all"), "here", order(lab), 500, threading.Event(), date(2000, 1, 1)
    )
    assert [each.part for each in before if isinstance(each, Fetched)][-1] == 1
    assert done == MailboxRead(3 + some.beyond, len(rows(path.with_name("all"))), 0)
    nothing = brought_in(path, order(lab), 3, date(2999, 1, 1))
    assert nothing == MailboxRead(0, 0, 0)
    rest = brought_in(path, order(lab), 3 + some.beyond, date(2000, 1, 1))
    assert (rest.messages, rest.beyond) == (some.beyond, 0)


def test_a_message_that_names_two_conversations_makes_one_of_them(lab: Lab, path: Path) -> None:
    send(lab, (ANN, "One", "<a@x>", "", "alpaca"), (ANN, "Two", "<b@x>", "", "bison"))
    brought_in(path, order(lab))
    before = rows(path)
    assert {"<a@x>", "<b@x>"} <= {*before}
    send(lab, (ANN, "Both", "<c@x>", "<a@x> <b@x>", "camel"))
    brought_in(path, order(lab))
    after = rows(path)
    assert {*before} - {*after} == {"<b@x>"}
    assert after["<a@x>"].letters == 3
    assert [*rows(path, text="alpaca bison camel")] == ["<a@x>"]
    with Archive(path) as archive:
        assert archive.total("here") == len(after)
        assert archive.delete_all("here") == len(after)
        assert rows(path, text="camel") == {}


def test_a_reply_goes_to_the_message_that_turns_out_to_be_before_it(lab: Lab, path: Path) -> None:
    """It leaves its conversation, and both are found by their own words only."""
    send(lab, (ANN, "Plan", "<a@x>", "", "alpaca"))
    send_at(lab, 9, (ANN, "Re: Plan", "<r@x>", "", "rhino"))
    brought_in(path, order(lab))
    assert rows(path)["<a@x>"].letters == 2
    assert [*rows(path, text="alpaca rhino")] == ["<a@x>"]
    send_at(lab, 5, (ANN, "Plan", "<b@x>", "", "bison"))
    brought_in(path, order(lab))
    after = rows(path)
    assert (after["<a@x>"].letters, after["<b@x>"].letters) == (1, 2)
    assert rows(path, text="alpaca rhino") == {}
    assert [*rows(path, text="bison rhino")] == ["<b@x>"]
    with Archive(path) as archive:
        assert len(archive.letters(after["<a@x>"].number)) == 1


def test_a_wrong_password_leaves_the_archive_as_it_was(lab: Lab, path: Path) -> None:
    with pytest.raises(NotRead) as caught:
        brought_in(path, order(lab, "wrong"))
    assert caught.value.sentence
    assert rows(path) == {}


def test_a_stop_keeps_nothing(lab: Lab, path: Path) -> None:
    send(lab, (ANN, "One", "<a@x>", "", "alpaca"))
    stop = threading.Event()
    run = read(path, "here", order(lab), 500, stop)
    assert isinstance(next(run), Fetched)
    stop.set()
    with pytest.raises(Stopped):
        for _ in run:
            pass
    assert rows(path) == {}
