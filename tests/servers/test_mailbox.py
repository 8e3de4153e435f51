"""A real server finds messages since a day, and its mailbox stays as it is."""

from __future__ import annotations

import threading
from datetime import date

from motion_desk.services.messages.mailbox import Chosen, Whole, newest_whole
from motion_desk.services.tester.run import Order
from tests.servers.dovecot import Dovecot
from tests.servers.people import ALICE
from tests.servers.test_tester import ordered


def since(order: Order, day: date, count: int) -> tuple[Chosen, list[int]]:
    """What was chosen of the messages since a day, and the UIDs of those that were read."""
    chosen, *found = newest_whole(order, count, threading.Event(), since=day)
    assert isinstance(chosen, Chosen)
    return chosen, [each.uid for each in found if isinstance(each, Whole) and each.content]


def test_messages_since_a_day_are_found_and_the_newest_of_too_many_are_read(
    dovecot: Dovecot,
) -> None:
    order, before = ordered(dovecot), dovecot.state(ALICE)
    every = [
        each.uid for each in newest_whole(order, 99, threading.Event()) if isinstance(each, Whole)
    ]
    assert len(every) > 1
    assert since(order, date(2000, 1, 1), 99) == (Chosen(len(every), len(every)), every)
    assert since(order, date(2000, 1, 1), 1) == (Chosen(len(every), 1), every[:1])
    assert since(order, date(2999, 1, 1), 99) == (Chosen(0, 0), [])
    assert dovecot.state(ALICE) == before
