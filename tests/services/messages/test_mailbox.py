"""Mailbox: the newest messages are read without a trace, and failures come in the tester's words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from motion_desk.models.incoming import Incoming
from motion_desk.services.jobs import Job, Stopped
from motion_desk.services.lab.lab import Lab
from motion_desk.services.messages import mailbox
from motion_desk.services.messages.mailbox import Chosen, NotRead, Whole, newest, newest_whole
from motion_desk.services.messages.reading import read_headers
from motion_desk.services.tester.run import Order
from tests.services.lab import clients
from tests.services.tester import orders

HOST, USER, RIGHT = "mail.example.test", "support@example.test", "lab-password"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture
def lab(folder: Path) -> Iterator[Lab]:
    with Lab(folder, people={USER: RIGHT}, scale=0.01) as started:
        yield started


def an_order(lab: Lab, password: str = RIGHT, **values: object) -> Order:
    """An order for an account of the lab."""
    tested = orders.account(HOST, USER, password, **values)
    return orders.order(tested, orders.given(lab.certificate), lab.route, patience=2.0)


def read(order: Order, count: int) -> list[Incoming]:
    """The newest messages."""
    return [each for each in newest(order, count, threading.Event()) if isinstance(each, Incoming)]


def test_the_newest_headers_come_newest_first_and_nothing_is_marked(lab: Lab) -> None:
    before = lab.mailbox_state(USER)
    found = read(an_order(lab), 4)
    assert len(found) == 4
    stored = [*newest_whole(an_order(lab), 99, threading.Event())]
    wholes = [each for each in stored if isinstance(each, Whole)]
    assert [each.headers for each in found] == [
        read_headers(each.content or b"").headers for each in wholes[:4]
    ]
    assert any(each.first("X-Spam-Flag") or each.first("Received") for each in found)
    assert lab.mailbox_state(USER) == before


def test_more_than_one_command_s_worth_is_read_in_order(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = read(an_order(lab), 99)
    assert len(together) > 4
    monkeypatch.setattr(mailbox, "AT_ONCE", 2)
    assert read(an_order(lab), 99) == together
    assert read(an_order(lab), 3) == together[:3]


def test_whole_messages_are_fetched_up_to_a_size_and_those_known_not_again(lab: Lab) -> None:
    found = [
        each
        for each in newest_whole(an_order(lab), 3, threading.Event())
        if isinstance(each, Whole)
    ]
    assert all(each.content and each.uid and each.received for each in found)
    known = {(each.validity, each.uid) for each in found[1:]}
    again = newest_whole(an_order(lab), 3, threading.Event(), most=1, known=known)
    assert [(each.uid, each.content) for each in again if isinstance(each, Whole)] == [
        (found[0].uid, None)
    ]


def received(lab: Lab, *days: str) -> None:
    """Messages that the server received on days such as 05-Jan-2099, named by them."""
    with clients.imap(lab) as client:
        assert client.ask(f'LOGIN "{USER}" "{RIGHT}"')[-1].startswith("OK ")
        for day in days:
            content = f"From: a@example.com\r\nSubject: {day}\r\n\r\nx\r\n"
            asked = f'APPEND INBOX "{day} 12:00:00 +0000" {{{len(content)}+}}\r\n{content}'
            assert client.ask(asked)[-1].startswith("OK ")


def since(lab: Lab, day: date, count: int = 99) -> tuple[Chosen, list[str]]:
    """What was chosen of the messages since a day, and the subjects of those that were read."""
    chosen, *found = newest_whole(an_order(lab), count, threading.Event(), since=day)
    assert isinstance(chosen, Chosen)
    wholes = [each for each in found if isinstance(each, Whole)]
    return chosen, [read_headers(each.content or b"").first("Subject") or "" for each in wholes]


def test_only_messages_since_a_day_are_read_and_the_newest_of_too_many(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(lab, "05-Jan-2099", "01-Jan-2099", "07-Jan-2099", "03-Jan-2099")
    before = lab.mailbox_state(USER)
    late = ["03-Jan-2099", "07-Jan-2099", "05-Jan-2099"]
    for at_once in (1, 2, 20):
        monkeypatch.setattr(mailbox, "AT_ONCE", at_once)
        assert since(lab, date(2099, 1, 3)) == (Chosen(3, 3), late)
        assert since(lab, date(2099, 1, 3), 2) == (Chosen(3, 2), late[:2])
    assert since(lab, date(2099, 1, 8)) == (Chosen(0, 0), [])
    assert since(lab, date(2000, 1, 1))[0].since > 4
    assert lab.mailbox_state(USER) == before


def test_a_failure_is_said_in_the_tester_s_words(lab: Lab) -> None:
    with pytest.raises(NotRead, match="IMAP, Login: ") as caught:
        read(an_order(lab, password="wrong"), 1)
    assert caught.value.step is not None
    assert caught.value.step.findings[0].remedies
    lab.show("mailbox-missing")
    with pytest.raises(NotRead, match="IMAP, Mailbox: ") as missing:
        read(an_order(lab, imap__mailbox="Nonesuch"), 1)
    assert missing.value.finding is not None


def test_a_job_brings_them_one_by_one_and_ends_when_asked(lab: Lab) -> None:
    order = an_order(lab)
    job: Job[object] = Job("reading", lambda stop: newest(order, 2, stop))
    assert len([*job.events()]) == 2
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Stopped):
        list(newest(order, 2, stopped))
