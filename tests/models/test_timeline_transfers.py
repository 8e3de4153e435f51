"""The timeline of transfers: hand-written tables of who may pass on what, and what returns."""

from __future__ import annotations

import pytest

from motion_desk.models.account import Account
from motion_desk.models.choices import Ending, PassedOn
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from tests.models.timelines import (
    account,
    ana,
    lines,
    run,
)

PAUSED, OUT = Presence.PAUSED, Presence.LOGGED_OUT
TRANSFERS = {
    "transfer.to_queue": True,
    "transfer.queue_timeout": 50,
    "transfer.to_agent": True,
    "transfer.agent_timeout": 70,
    "transfer.to_account": True,
}


def passing(way: PassedOn, to: str = "", *there: Availability) -> Situation:
    first = Availability("Ana", answers=5)
    return Situation(people=(first, *there), passed_on=way, passed_to=to)


Case = tuple[Account, Situation, list[str], Ending, int]

ACCEPTS = [
    "0-5 asked Ana 1/timeout",
    "0 notified Ana notification.template",
    "5 accepted Ana",
]
TRANSFER_CASES: dict[str, Case] = {
    "to a queue that accepts": (
        account(ana(), **TRANSFERS),
        passing(PassedOn.QUEUE, "Support", Availability("Support", answers=8)),
        [
            "5-65 handled Ana",
            "65 transferred Ana transfer.to_queue",
            "65-73 asked Support transfer.queue_timeout",
            "65 notified Support notification.template",
            "73 accepted Support",
            "73-373 handled Support",
        ],
        Ending.ANSWERED,
        73,
    ),
    "to a queue that does not accept": (
        account(ana(), **TRANSFERS),
        passing(PassedOn.QUEUE, "Support"),
        [
            "5-65 handled Ana",
            "65 transferred Ana transfer.to_queue",
            "65-115 asked Support transfer.queue_timeout",
            "65 notified Support notification.template",
            "115 timed_out Support transfer.queue_timeout",
            "115 returned Ana transfer.queue_timeout",
        ],
        Ending.UNREAD,
        115,
    ),
    "to an agent who rejects": (
        account(ana(), **TRANSFERS),
        passing(PassedOn.AGENT, "Ben", Availability("Ben", rejects=3)),
        [
            "5-65 handled Ana",
            "65 transferred Ana transfer.to_agent",
            "65-68 asked Ben transfer.agent_timeout",
            "65 notified Ben notification.template",
            "68 declined Ben",
            "68 returned Ana transfer.agent_timeout",
        ],
        Ending.UNREAD,
        68,
    ),
    "to an agent who is away": (
        account(ana(), **TRANSFERS),
        passing(PassedOn.AGENT, "Ben", Availability("Ben", PAUSED)),
        ["5 not_transferred Ana transfer.to_agent", "5-305 handled Ana"],
        Ending.ANSWERED,
        5,
    ),
    "where the account does not allow it": (
        account(ana()),
        passing(PassedOn.QUEUE, "Support", Availability("Support", answers=8)),
        ["5 not_transferred Ana transfer.to_queue", "5-305 handled Ana"],
        Ending.ANSWERED,
        5,
    ),
    "to nobody": (
        account(ana(), **TRANSFERS),
        passing(PassedOn.AGENT),
        ["5 not_transferred Ana", "5-305 handled Ana"],
        Ending.ANSWERED,
        5,
    ),
    "to oneself": (
        account(ana(), **TRANSFERS),
        passing(PassedOn.AGENT, "Ana"),
        ["5 not_transferred Ana", "5-305 handled Ana"],
        Ending.ANSWERED,
        5,
    ),
    "to another account, with a mail": (
        account(ana(), **TRANSFERS, **{"transfer.send_mail": True}),
        passing(PassedOn.ACCOUNT),
        [
            "5-65 handled Ana",
            "65 transferred Ana transfer.to_account",
            "65 replied transfer.mail_template",
            "65 unread",
        ],
        Ending.UNREAD,
        65,
    ),
}


@pytest.mark.parametrize("case", TRANSFER_CASES)
def test_what_follows_a_transfer_stands_in_the_table(case: str) -> None:
    made, situation, expected, ending, ended = TRANSFER_CASES[case]
    found = run(made, situation)
    assert lines(found) == ACCEPTS + expected
    assert (found.ending, found.ended) == (ending, ended)
