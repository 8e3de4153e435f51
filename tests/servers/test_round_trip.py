"""The round trip with Postfix and Dovecot: sent by the one, found and deleted through the other."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest

from motion_desk.services.tester.clearing import delete
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.round_trip import Over, RoundTrip, round_trip
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.tokens import Tokens
from tests.needs import unavailable
from tests.servers import dovecot as dovecot_server
from tests.servers import postfix as postfix_server
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE, BRUNO, PEOPLE
from tests.servers.postfix import Postfix
from tests.services.tester.orders import account, given, order

NO_TOKENS = Tokens(None, lambda _: None)
SECONDS = 20.0


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Dovecot, Postfix]]:
    """A Dovecot and a Postfix that delivers into its mailboxes; nobody else uses them."""
    if reason := dovecot_server.obstacle() or postfix_server.obstacle():
        unavailable(reason)
    with Dovecot() as dovecot, Postfix(dovecot) as postfix:
        for user in (ALICE, BRUNO):
            box = postfix.folder / "mail" / user
            shutil.rmtree(box, ignore_errors=True)
            box.symlink_to(dovecot.folder / "mail" / user)
        yield dovecot, postfix


def ordered(servers: tuple[Dovecot, Postfix], user: str = ALICE, **values: object) -> Order:
    """An order for an account whose mail Postfix takes and Dovecot has."""
    dovecot, postfix = servers
    ports = {"imap__port": dovecot.imaps, "smtp__port": postfix.submissions, "smtp__secure": True}
    tested = account(dovecot.name, user, PEOPLE[user], **(ports | values))
    return order(tested, given(dovecot.ca_pem), dovecot.route)


def came(made: Order) -> RoundTrip:
    """What comes of a round trip."""
    *_, over = round_trip(made, threading.Event(), NO_TOKENS, seconds=SECONDS, every=0.1)
    assert isinstance(over, Over)
    return over.result


def test_a_message_goes_round_and_only_it_is_deleted(servers: tuple[Dovecot, Postfix]) -> None:
    dovecot, postfix = servers
    before = dovecot.state(ALICE)
    made = ordered(servers)
    result = came(made)
    assert result.arrived is not None, (result.sentence, postfix.log[-2000:])
    assert result.arrived.mailbox == "INBOX"
    assert result.finding is None
    assert result.folders == ("INBOX", "Junk")
    assert result.trace is not None
    assert result.trace.hops
    assert result.trace.altered == ()
    with_it = dovecot.state(ALICE)
    assert set(before) - set(with_it) <= {each for each in before if each.startswith("new/")}
    assert delete(made, result, threading.Event(), NO_TOKENS) == ""
    after = dovecot.state(ALICE)
    assert len(after) == len(with_it) - 1
    assert sorted(after.values()) == sorted(before.values())


def test_a_message_outside_the_accounts_mailbox_is_found(
    servers: tuple[Dovecot, Postfix],
) -> None:
    result = came(ordered(servers, BRUNO, imap__mailbox="Support"))
    assert result.arrived is not None
    assert result.arrived.mailbox == "INBOX"
    assert result.finding is not None
    assert result.finding.failure is Failure.ROUND_TRIP_ELSEWHERE
    assert "canary" not in str(result)
    assert PEOPLE[BRUNO] not in str(result)
