"""The timeline: hand-written tables of what happens, second by second, in plain situations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motion_desk.models.account import Account
from motion_desk.models.choices import Conversation, Ending, Times
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.sections.actions import GotoP, ToAgent, ToQueue
from tests.models.timelines import (
    AWAY,
    CLOSE,
    DISPOSES,
    NOOP,
    OPEN,
    REPLY,
    SYSTEM,
    TAG,
    account,
    ana,
    ben,
    either,
    goto,
    lines,
    people,
    run,
    support,
)

PAUSED, OUT = Presence.PAUSED, Presence.LOGGED_OUT
NEW = Situation()


Case = tuple[Account, Situation, list[str], Ending, int]

CASES: dict[str, Case] = {
    "no plan": (account(), NEW, ["0 unread actions.plan"], Ending.UNREAD, 0),
    "an agent accepts": (
        account(ana()),
        people(Availability("Ana", answers=12)),
        [
            "0-12 asked Ana 1/timeout",
            "0 notified Ana notification.template",
            "12 accepted Ana",
            "12-312 handled Ana",
        ],
        Ending.ANSWERED,
        12,
    ),
    "an answer in the last second still counts": (
        account(ana(30)),
        people(Availability("Ana", answers=30)),
        [
            "0-30 asked Ana 1/timeout",
            "0 notified Ana notification.template",
            "30 accepted Ana",
            "30-330 handled Ana",
        ],
        Ending.ANSWERED,
        30,
    ),
    "an answer one second late does not": (
        account(ana(30)),
        people(Availability("Ana", answers=31)),
        [
            "0-30 asked Ana 1/timeout",
            "0 notified Ana notification.template",
            "30 timed_out Ana 1/timeout",
            "30 unread actions.plan",
        ],
        Ending.UNREAD,
        30,
    ),
    "an agent rejects and the next is asked at once": (
        account(ana(), ben()),
        people(Availability("Ana", rejects=4), Availability("Ben", answers=0)),
        [
            "0-4 asked Ana 1/timeout",
            "0 notified Ana notification.template",
            "4 declined Ana",
            "4-4 asked Ben 2/timeout",
            "4 notified Ben notification.template",
            "4 accepted Ben",
            "4-304 handled Ben",
        ],
        Ending.ANSWERED,
        4,
    ),
    "an agent who answers before rejecting has accepted": (
        account(ana()),
        people(Availability("Ana", answers=4, rejects=4)),
        [
            "0-4 asked Ana 1/timeout",
            "0 notified Ana notification.template",
            "4 accepted Ana",
            "4-304 handled Ana",
        ],
        Ending.ANSWERED,
        4,
    ),
    "an agent on pause sees nothing and is waited for": (
        account(ana(), CLOSE),
        people(Availability("Ana", PAUSED)),
        ["0-30 waiting Ana 1/timeout", "30 timed_out Ana 1/timeout", "30 closed 2/disposition"],
        Ending.CLOSED,
        30,
    ),
    "an agent comes back in time": (
        account(ana()),
        people(Availability("Ana", PAUSED, answers=9)),
        ["0-9 waiting Ana 1/timeout", "9 accepted Ana", "9-309 handled Ana"],
        Ending.ANSWERED,
        9,
    ),
    "of a queue, the others are still asked after a rejection": (
        account(support()),
        people(Availability("Support", rejects=5, answers=20)),
        [
            "0-20 asked Support 1/timeout",
            "0 notified Support notification.template",
            "5 declined Support",
            "20 accepted Support",
            "20-320 handled Support",
        ],
        Ending.ANSWERED,
        20,
    ),
    "a queue with nobody there lets the time go by": (
        account(support(), TAG),
        people(Availability("Support", OUT)),
        [
            "0-60 waiting Support 1/timeout",
            "60 timed_out Support 1/timeout",
            "60 tagged 2/tag",
            "60 unread actions.plan",
        ],
        Ending.UNREAD,
        60,
    ),
    "the assigned agent is asked at once": (
        account(support()),
        people(Availability("Ana", answers=3), situation=OPEN),
        [
            "0-3 asked Ana settings.wait_agent",
            "0 notified Ana notification.template",
            "3 accepted Ana",
            "3-303 handled Ana",
        ],
        Ending.ANSWERED,
        3,
    ),
    "the assigned agent is away, then the queue, then the plan": (
        account(ben(), CLOSE),
        people(AWAY, situation=OPEN),
        [
            "0-10 waiting Ana settings.wait_agent",
            "10 timed_out Ana settings.wait_agent",
            "10-30 asked Support settings.wait_queue",
            "10 notified Support notification.template",
            "30 timed_out Support settings.wait_queue",
            "30-70 asked Ben 1/timeout",
            "30 notified Ben notification.template",
            "70 timed_out Ben 1/timeout",
            "70 closed 2/disposition",
        ],
        Ending.CLOSED,
        70,
    ),
    "the assigned agent rejects and the queue accepts": (
        account(ben()),
        people(Availability("Ana", rejects=2), Availability("Support", answers=6), situation=OPEN),
        [
            "0-2 asked Ana settings.wait_agent",
            "0 notified Ana notification.template",
            "2 declined Ana",
            "2-8 asked Support settings.wait_queue",
            "2 notified Support notification.template",
            "8 accepted Support",
            "8-308 handled Support",
        ],
        Ending.ANSWERED,
        8,
    ),
    "the assigned agent is in no queue": (
        account(),
        people(AWAY, situation=replace(OPEN, queue="")),
        [
            "0-10 waiting Ana settings.wait_agent",
            "10 timed_out Ana settings.wait_agent",
            "10 skipped settings.wait_queue",
            "10 unread actions.plan",
        ],
        Ending.UNREAD,
        10,
    ),
    "nobody is assigned although the conversation is open": (
        account(CLOSE),
        Situation(conversation=Conversation.OPEN),
        ["0 closed 1/disposition"],
        Ending.CLOSED,
        0,
    ),
    "a condition holds": (
        account(either(3, 2), CLOSE, NOOP),
        replace(NEW, conditions=frozenset({"1"})),
        ["0 jumped 1/when_true", "0 logged 3/value", "0 unread actions.plan"],
        Ending.UNREAD,
        0,
    ),
    "a condition does not hold": (
        account(either(3, 2), CLOSE, NOOP),
        NEW,
        ["0 jumped 1/when_false", "0 closed 2/disposition"],
        Ending.CLOSED,
        0,
    ),
    "a jump leads nowhere": (
        account(GotoP(target="gone"), CLOSE),
        NEW,
        ["0 jumped 1/target", "0 unread actions.plan"],
        Ending.UNREAD,
        0,
    ),
    "a jump to itself": (
        account(goto(1)),
        NEW,
        ["0 jumped 1/target", "0 endless actions.plan"],
        Ending.ENDLESS,
        0,
    ),
    "a plan that goes round with a wait": (
        account(SYSTEM, support(), goto(2)),
        NEW,
        [
            "0 commanded 1/command",
            "0-60 asked Support 2/timeout",
            "0 notified Support notification.template",
            "60 timed_out Support 2/timeout",
            "60 jumped 3/target",
            "60 endless actions.plan",
        ],
        Ending.ENDLESS,
        60,
    ),
    "a reply to a new conversation": (
        account(REPLY),
        NEW,
        ["0 replied 1/times", "0 unread actions.plan"],
        Ending.UNREAD,
        0,
    ),
    "a reply that was sent to an earlier message": (
        account(REPLY, replace(REPLY, times=Times.FIRST), replace(REPLY, times=Times.ALWAYS)),
        Situation(conversation=Conversation.OPEN),
        [
            "0 not_replied 1/times",
            "0 not_replied 2/times",
            "0 replied 3/times",
            "0 unread actions.plan",
        ],
        Ending.UNREAD,
        0,
    ),
    "actions that name nobody, and one without a time": (
        account(ToAgent(agent="gone", timeout=9), ToQueue(timeout=9), ana(None)),
        NEW,
        [
            "0 skipped 1/agent",
            "0 skipped 2/queue",
            "0-0 asked Ana 3/timeout",
            "0 notified Ana notification.template",
            "0 timed_out Ana 3/timeout",
            "0 unread actions.plan",
        ],
        Ending.UNREAD,
        0,
    ),
    "a mandatory disposition with its pause": (
        account(ana(), **DISPOSES),
        replace(people(Availability("Ana", answers=5)), handling=100, disposing=15),
        [
            "0-5 asked Ana 1/timeout",
            "0 notified Ana notification.template",
            "5 accepted Ana",
            "5-105 handled Ana",
            "105-120 disposed Ana disposition.mandatory",
            "105-120 paused Ana disposition.pause",
        ],
        Ending.ANSWERED,
        5,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_happens_stands_in_the_table(case: str) -> None:
    made, situation, expected, ending, ended = CASES[case]
    found = run(made, situation)
    assert lines(found) == expected
    assert (found.ending, found.ended) == (ending, ended)
