"""The round trip: where the message is found, what is said of it, and that only it is deleted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.services.lab.lab import Lab
from motion_desk.services.mail.imap import Folder
from motion_desk.services.tester.clearing import delete
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.letter import HEADER
from motion_desk.services.tester.plan import plan
from motion_desk.services.tester.probing import made, session_of
from motion_desk.services.tester.round_trip import (
    Arrived,
    Over,
    RoundTrip,
    Sent,
    Waiting,
    round_trip,
)
from motion_desk.services.tester.round_trip_steps import is_junk
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.steps import StepName
from motion_desk.services.tester.tokens import Tokens
from tests.patience import PROMPT
from tests.services.tester import orders
from tests.services.tester.orders import SMTP

HOST, USER, RIGHT = "mail.example.test", "support@example.test", "lab-password"
OTHER = "sales@example.test"
NO_TOKENS = Tokens(None, lambda _: None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


@pytest.fixture
def lab(folder: Path) -> Iterator[Lab]:
    with Lab(folder, people={USER: RIGHT, OTHER: RIGHT}, scale=0.01) as started:
        yield started


def an_order(lab: Lab, account: Account | None = None) -> Order:
    """An order for an account of the lab."""
    tested = account or orders.account(HOST, USER, RIGHT)
    return orders.order(tested, orders.given(lab.certificate), lab.route, patience=2.0)


def came(order: Order, *, to: str = "", seconds: float = 5.0) -> RoundTrip:
    """What comes of a round trip."""
    events = list(
        round_trip(order, threading.Event(), NO_TOKENS, to=to, seconds=seconds, every=0.05)
    )
    over = events[-1]
    assert isinstance(over, Over)
    return over.result


def count(lab: Lab, user: str = USER) -> int:
    """How many messages a person has."""
    return sum(len(each["messages"]) for each in lab.mailbox_state(user).values())


def test_a_message_that_arrives_where_motion_fetches_is_found_and_nothing_is_amiss(
    lab: Lab,
) -> None:
    result = came(an_order(lab))
    assert result.arrived is not None
    assert (result.arrived.mailbox, result.finding, result.to) == ("INBOX", None, USER)
    assert result.folders == ("INBOX", "Junk")
    assert 0 < result.seconds < 5
    assert result.trace is not None
    assert [(hop.receiver, hop.protocol) for hop in result.trace.hops] == [
        ("mail.lab.example", "ESMTPSA"),
        ("store.lab.example", "LMTP"),
    ]
    assert result.trace.hops[0].tls == "TLS 1.3"
    assert result.trace.altered == ()
    header = result.arrived.header.header.decode()
    for line in (
        f"Message-ID: {result.message_id}",
        f"{HEADER}: {result.token}",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
    ):
        assert f"{line}\r\n" in header
    assert RIGHT not in str(result)


def test_its_signature_is_judged_by_the_key_in_the_labs_dns(lab: Lab) -> None:
    result = came(an_order(lab))
    assert result.dkim is not None
    assert result.dkim.codes == ("dkim.aligned",)
    lab.show("unsigned")
    result = came(an_order(lab))
    assert result.dkim is not None
    assert result.dkim.codes == ("dkim.unsigned",)


@pytest.mark.parametrize(
    ("fault", "code"), [("names-loop", "dkim.loop"), ("names-silent", "dkim.unanswered")]
)
def test_a_name_service_that_is_no_help_leaves_the_arrival_as_it_is(
    fault: str, code: str, lab: Lab
) -> None:
    lab.show(fault)
    result = came(an_order(lab))
    assert result.arrived is not None
    assert result.finding is None
    assert result.dkim is not None
    assert result.dkim.codes == (code,)


def test_a_stop_while_dns_is_asked_keeps_the_arrival(lab: Lab) -> None:
    lab.show("names-silent")
    stop = threading.Event()
    for event in round_trip(an_order(lab), stop, NO_TOKENS, seconds=5, every=0.05):
        if isinstance(event, Arrived):
            stop.set()
    assert isinstance(event, Over)
    assert event.result.arrived is not None
    assert event.result.dkim is not None
    assert event.result.dkim.codes == ("dkim.stopped",)


def test_a_message_that_arrives_twice_is_named_and_both_are_deleted(lab: Lab) -> None:
    lab.show("twice")
    before = count(lab)
    result = came(an_order(lab))
    assert result.finding is not None
    assert result.finding.failure is Failure.ROUND_TRIP_TWICE
    assert result.finding.cause.startswith("“INBOX” holds 2 copies")
    assert count(lab) == before + 2
    assert delete(an_order(lab), result, threading.Event(), NO_TOKENS) == ""
    assert count(lab) == before


def test_a_header_of_a_megabyte_is_read_in_bounded_time(lab: Lab) -> None:
    lab.show("long-header")
    begun = monotonic()
    result = came(an_order(lab))
    assert result.arrived is not None
    assert result.trace is not None
    assert [hop.receiver for hop in result.trace.hops] == ["mail.lab.example", "store.lab.example"]
    assert len(result.arrived.header.header) > 2**20 - 100
    assert monotonic() - begun < 5


def test_a_message_in_junk_is_found_there_and_named(lab: Lab) -> None:
    lab.show("junk")
    result = came(an_order(lab))
    assert result.arrived is not None
    assert result.arrived.mailbox == "Junk"
    assert result.finding is not None
    assert result.finding.failure is Failure.ROUND_TRIP_JUNK
    assert result.finding.remedies[0].letter


def test_a_message_outside_the_accounts_mailbox_is_found_and_the_mailbox_proposed(
    lab: Lab,
) -> None:
    result = came(an_order(lab, orders.account(HOST, USER, RIGHT, imap__mailbox="Support")))
    assert result.folders == ("Support", "INBOX", "Junk")
    assert result.finding is not None
    assert result.finding.failure is Failure.ROUND_TRIP_ELSEWHERE
    [change] = result.finding.remedies[0].changes
    assert (change.key, change.value) == ("imap.mailbox", "INBOX")


def test_a_late_message_is_waited_for(lab: Lab) -> None:
    lab.show("delayed")  # 40 s, here a hundredth of that
    events = list(round_trip(an_order(lab), threading.Event(), NO_TOKENS, seconds=10, every=0.05))
    waits = [each.left for each in events if isinstance(each, Waiting)]
    assert len(waits) > 1
    assert waits == sorted(waits, reverse=True)
    assert waits[0] <= 10
    over = events[-1]
    assert isinstance(over, Over)
    assert over.result.arrived is not None
    assert over.result.seconds >= 0.3


def test_a_message_that_does_not_come_in_time_is_lost(lab: Lab) -> None:
    lab.show("delayed")
    result = came(an_order(lab), seconds=0.1)
    assert result.sent
    assert result.arrived is None
    assert result.finding is not None
    assert result.finding.failure is Failure.ROUND_TRIP_LOST
    assert "“INBOX”, “Junk”" in result.finding.cause


def test_a_stop_ends_the_waiting_for_a_message(lab: Lab) -> None:
    lab.show("delayed")
    stop = threading.Event()
    asked: list[float] = []

    def ask() -> None:
        asked.append(monotonic())
        stop.set()

    for event in round_trip(an_order(lab), stop, NO_TOKENS, seconds=60, every=60):
        if isinstance(event, Waiting):
            timer = threading.Timer(0.05, ask)
            timer.name = "test-timer"
            timer.start()
    ended = monotonic()
    timer.join()
    assert ended - asked[0] < PROMPT
    assert isinstance(event, Over)
    assert event.result.stopped
    assert event.result.sent


@pytest.mark.parametrize(
    ("fault", "protocol", "step"),
    [
        ("healthy", Protocol.IMAP, StepName.LOGIN),
        ("expired", Protocol.IMAP, StepName.TLS),
    ],
    ids=["wrong password", "expired certificate"],
)
def test_nothing_is_sent_where_the_mailbox_cannot_be_looked_into(
    fault: str, protocol: Protocol, step: StepName, lab: Lab
) -> None:
    before = count(lab)
    lab.show(fault)
    result = came(an_order(lab, orders.account(HOST, USER, "not this one")))
    assert result.failed is not None
    assert (result.failed.protocol, result.failed.name) == (protocol, step)
    assert result.failed.findings[0].remedies
    assert not result.sent
    assert count(lab) == before


def test_a_message_that_is_refused_is_named_as_in_a_test(lab: Lab) -> None:
    lab.show("smtp-closing")
    result = came(an_order(lab))
    assert not result.sent
    assert result.finding is not None
    assert result.finding.failure is Failure.SERVICE_CLOSING
    assert result.sentence.startswith("The message was not sent: ")


def test_it_goes_to_nobody_but_the_account_unless_another_was_typed(lab: Lab) -> None:
    before = count(lab, OTHER)
    came(an_order(lab))
    assert count(lab, OTHER) == before
    result = came(an_order(lab), to=OTHER, seconds=0.1)
    assert result.to == OTHER
    assert count(lab, OTHER) == before + 1


@pytest.mark.parametrize("to", ["nobody", "a@example.test\r\nRCPT TO:<b@example.test>", "a@b c"])
def test_what_is_no_address_is_refused_before_anything_is_done(to: str, lab: Lab) -> None:
    with pytest.raises(ValueError, match="no email address"):
        round_trip(an_order(lab), threading.Event(), NO_TOKENS, to=to)


def test_just_this_message_is_deleted_and_only_when_asked(lab: Lab) -> None:
    first, second = came(an_order(lab)), came(an_order(lab))
    with_both = count(lab)
    assert first.arrived is not None
    assert delete(an_order(lab), first, threading.Event(), NO_TOKENS) == ""
    assert count(lab) == with_both - 1
    uids = {each[0] for each in lab.mailbox_state(USER)["INBOX"]["messages"]}
    assert first.arrived.header.uid not in uids
    assert second.arrived is not None
    assert second.arrived.header.uid in uids
    assert delete(an_order(lab), first, threading.Event(), NO_TOKENS) == "It is no longer there."
    assert count(lab) == with_both - 1


def test_what_was_not_found_cannot_be_deleted(lab: Lab) -> None:
    lab.show("delayed")
    lost = came(an_order(lab), seconds=0.1)
    assert "nothing to delete" in delete(an_order(lab), lost, threading.Event(), NO_TOKENS)


def test_the_events_tell_when_the_server_took_it(lab: Lab) -> None:
    events = list(round_trip(an_order(lab), threading.Event(), NO_TOKENS, seconds=5, every=0.05))
    [sent] = [each for each in events if isinstance(each, Sent)]
    assert sent.to == USER
    assert [each for each in events if isinstance(each, Over)] == events[-1:]


@pytest.mark.parametrize(
    ("name", "flags", "junk"),
    [
        ("Junk", (), True),
        ("INBOX/Spam", (), True),
        ("Junk-E-Mail", (), True),
        ("Unerwünscht", ("\\Junk",), True),
        ("Junk", ("\\Noselect",), False),
        ("Junk mail we want", (), False),
        ("INBOX", (), False),
    ],
)
def test_the_junk_folder_is_known_by_its_use_or_its_name(
    name: str, flags: tuple[str, ...], junk: bool
) -> None:
    assert is_junk(Folder(name, "/", flags)) is junk


def test_a_line_that_begins_with_a_dot_arrives_with_one(lab: Lab) -> None:
    """RFC 5321 §4.5.2, through the client that the round trip sends by."""
    session = session_of(an_order(lab), SMTP, threading.Event(), NO_TOKENS)
    try:
        for name in plan(session.endpoint):
            if name is StepName.SENDER:
                break
            made(session, name)
        assert session.smtp is not None
        session.answering()
        session.smtp.sender(USER)
        session.smtp.recipient(USER)
        session.smtp.message(b"Subject: x\r\n\r\n.one\r\n..two\r\n.")
        session.smtp.log_out()
    finally:
        assert session.wire is not None
        session.wire.close()
    [envelope] = lab.seen.messages
    assert envelope.content == b"Subject: x\r\n\r\n.one\r\n..two\r\n.\r\n"
