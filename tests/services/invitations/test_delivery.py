"""Connections that end in the middle: nobody gets a letter twice, and nobody is told a guess."""

from __future__ import annotations

import threading
from dataclasses import replace
from html import escape
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motion_desk.models.sent import Outcome, Purpose
from motion_desk.models.workspace import Workspace
from motion_desk.services.invitations.delivered import Waiting
from motion_desk.services.invitations.sending import Order, Progress, send
from motion_desk.services.jobs import Job
from motion_desk.services.mail.names import Route
from tests.patience import PROMPT
from tests.services.invitations.people import AT_ONCE, an_order, came, login, of, person
from tests.services.invitations.scripted import (
    DOT,
    HANG_UP,
    STAY_SILENT,
    Script,
    once,
    smtp,
)

FOUR = [person(number) for number in range(4)]
ADDRESSES = [each.address for each in FOUR]


def order(route: Route, again_after: tuple[float, ...] = AT_ONCE) -> Order:
    """Invitations for real, which here go to a scripted server."""
    reached = login(route, Workspace(id="w"))
    return an_order(FOUR, reached, Purpose.REAL, again_after=again_after)


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("MAIL", "421 4.7.0 enough for now"),
        ("RCPT", "421 4.7.0 enough for now"),
        ("DATA", "421 4.7.0 enough for now"),
        (DOT, "421 4.3.2 shutting down"),
        ("MAIL", HANG_UP),
        ("RCPT", HANG_UP),
        ("DATA", HANG_UP),
        ("MAIL", "451 4.3.0 not now"),
        ("MAIL", "what?"),
    ],
)
def test_a_session_that_ends_before_the_last_dot_goes_on_in_a_new_one(
    verb: str, answer: str
) -> None:
    with smtp(once(verb, answer, at=3)) as (script, route):
        attempts, over = came(order(route))
    assert script.accepted == ADDRESSES
    assert [each.outcome for each in attempts] == [Outcome.SENT] * 4
    assert over.sentence == "4 of 4 sent."
    assert script.connections <= 2


@pytest.mark.parametrize("answer", [HANG_UP, "nonsense"])
def test_without_an_answer_to_the_last_dot_it_is_unknown_and_never_sent_again(
    answer: str,
) -> None:
    with smtp(once(DOT, answer, at=2)) as (script, route):
        attempts, over = came(order(route))
    assert [each.outcome for each in attempts] == [
        Outcome.SENT,
        Outcome.UNKNOWN,
        Outcome.SENT,
        Outcome.SENT,
    ]
    assert script.whole == ADDRESSES
    assert "Whether it arrived is unknown, so it was not sent again." in attempts[1].meaning
    assert over.sentence == "3 of 4 sent, 1 unknown whether arrived."
    assert script.connections == 2


def test_a_stop_while_the_last_dot_is_unanswered_leaves_it_unknown() -> None:
    with smtp(once(DOT, STAY_SILENT, at=2)) as (script, route):
        patient = order(route)
        patient = replace(patient, login=replace(patient.login, patience=60.0))
        job = Job("invitations", lambda stop: send(patient, stop))
        events = []
        for event in job.events():
            events.append(event)
            if isinstance(event, Progress) and event.number == 1:
                script.reached_end.clear()
                assert script.reached_end.wait(5)
                stopped = monotonic()
                job.stop()
        assert monotonic() - stopped < PROMPT
    attempts, over = of(events)
    unknown, not_sent = Outcome.UNKNOWN, Outcome.NOT_SENT
    assert [each.outcome for each in attempts] == [Outcome.SENT, unknown, not_sent, not_sent]
    assert over.stopped
    assert script.whole == ADDRESSES[:2]


def test_a_message_that_is_refused_after_the_last_dot_is_refused() -> None:
    with smtp(once(DOT, "554 5.7.1 looks like spam", at=2)) as (script, route):
        attempts, _ = came(order(route))
    assert [each.outcome for each in attempts].count(Outcome.SENT) == 3
    assert attempts[1].outcome is Outcome.REFUSED
    assert attempts[1].words == "554 5.7.1 looks like spam"
    assert attempts[1].meaning == "The server refused this message."
    assert script.commands.count("RSET") == 2


def test_after_a_refusal_a_new_message_is_not_in_doubt() -> None:
    refused = once(DOT, "554 5.7.1 looks like spam")
    gone = once("RCPT", HANG_UP, at=2)
    with smtp(lambda *said: refused(*said) or gone(*said)) as (script, route):
        attempts, _ = came(order(route))
    assert [each.outcome for each in attempts] == [Outcome.REFUSED, *[Outcome.SENT] * 3]
    assert script.accepted == ADDRESSES[1:]


def test_a_server_that_repeats_the_link_does_not_get_it_into_what_is_kept() -> None:
    def react(script: Script, verb: str, rest: str) -> str:
        if verb != DOT:
            return ""
        link = FOUR[ADDRESSES.index(rest)].link
        return f"550 5.7.1 {link} or {escape(link)} is on a list"

    with smtp(react) as (_, route):
        attempts, _ = came(order(route))
    assert [each.words for each in attempts] == ["550 5.7.1 ‹hidden› or ‹hidden› is on a list"] * 4
    assert "canary" not in repr(attempts)


def test_a_server_that_stays_away_is_waited_for_and_then_given_up() -> None:
    """The first session serves one message; after that every greeting is a refusal."""

    def react(script: Script, verb: str, _: str) -> str:
        if verb == "GREETING" and script.connections > 1:
            return "421 4.3.2 back soon"
        return HANG_UP if verb == "MAIL" and script.accepted else ""

    with smtp(react) as (script, route):
        events = list(send(order(route, again_after=(0.0, 0.01, 0.02)), threading.Event()))
    attempts, over = of(events)
    assert [each.outcome for each in attempts] == [Outcome.SENT, *[Outcome.NOT_SENT] * 3]
    assert [each.seconds for each in events if isinstance(each, Waiting)] == [0.01, 0.02]
    assert over.failed is not None
    assert over.reason.startswith("SMTP, Greeting: ")
    assert script.connections == 4


def test_a_password_that_is_refused_later_is_not_tried_again() -> None:
    def react(script: Script, verb: str, _: str) -> str:
        if verb == "AUTH" and script.connections > 1:
            return "535 5.7.8 no longer"
        return HANG_UP if verb == "MAIL" and script.accepted else ""

    with smtp(react) as (script, route):
        _, over = came(order(route, again_after=(0.0,) * 5))
    assert script.connections == 2
    assert over.reason.startswith("SMTP, Login: ")


REACTIONS = ("", "421 4.3.0 later", "450 4.2.0 busy", "550 5.1.1 no", HANG_UP)


@settings(max_examples=25)
@given(st.dictionaries(st.integers(0, 40), st.sampled_from(REACTIONS), max_size=12))
def test_whatever_a_server_does_nobody_gets_two_and_what_is_told_is_true(
    reactions: dict[int, str],
) -> None:
    seen = 0

    def react(_script: Script, verb: str, _rest: str) -> str:
        nonlocal seen
        if verb not in ("MAIL", "RCPT", "DATA", DOT, "RSET"):
            return ""
        seen += 1
        return reactions.get(seen, "")

    with smtp(react) as (script, route):
        attempts, _ = came(order(route))
    assert [each.address for each in attempts] == ADDRESSES
    assert len(set(script.accepted)) == len(script.accepted)
    told = {
        outcome: [each.address for each in attempts if each.outcome is outcome]
        for outcome in Outcome
    }
    assert told[Outcome.SENT] == script.accepted
    assert set(told[Outcome.UNKNOWN]) <= set(script.whole)
    # A message that came whole was answered, or nobody knows: it was never sent once more
    # unless the server had refused to take it (421 to the last dot).
    for address in told[Outcome.UNKNOWN]:
        assert script.whole[-1 - script.whole[::-1].index(address)] == address
        assert address not in script.accepted
