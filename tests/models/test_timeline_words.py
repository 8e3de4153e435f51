"""What events of the timeline say and name, and what becomes of drafts and odd messages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motion_desk.models.choices import Ending, Times, Verdict
from motion_desk.models.engines.header_filters import Cell, Judgement
from motion_desk.models.engines.timeline.engine import timeline
from motion_desk.models.engines.timeline.events import Basis, EventKind
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.incoming import Header, Incoming
from motion_desk.models.kinds import Unreadable
from motion_desk.models.sections.actions import AutoReply, ToAgent
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.sections.settings import LONGEST_WAIT
from tests.models.timelines import (
    AWAY,
    CLOSE,
    DISPOSES,
    NOOP,
    OPEN,
    REPLY,
    TAG,
    WORKSPACE,
    account,
    ana,
    goto,
    lines,
    people,
    put_cell,
    run,
    support,
)

PAUSED, OUT = Presence.PAUSED, Presence.LOGGED_OUT
NEW = Situation()
SPAM = Incoming("Win!", (Header("Subject", "Win!", "Win!"),), "Subject: Win!", "0")
RULES = (
    HeaderFilter(id="r1", header="X-Partner", value="yes", verdict=Verdict.ACCEPT),
    HeaderFilter(id="r2", header="Subject", value="win", verdict=Verdict.REJECT),
)


@pytest.mark.parametrize(
    ("verdict", "decided_by", "kind", "key", "said"),
    [
        (
            Verdict.REJECT,
            "r2",
            EventKind.REJECTED,
            "advanced.header_filters/r2/verdict",
            "Header filter 2 rejects it: Subject contains “win” → Reject. Nobody is asked.",
        ),
        (
            Verdict.ACCEPT,
            "r1",
            EventKind.PASSED,
            "advanced.header_filters/r1/verdict",
            "Header filter 1 lets it pass: X-Partner contains “yes” → Accept.",
        ),
        (
            Verdict.ACCEPT,
            "",
            EventKind.PASSED,
            "advanced.header_filters",
            "No header filter matches, so the message passes.",
        ),
    ],
    ids=["rejected", "accepted", "none matches"],
)
def test_the_deciding_header_filter_is_named(
    verdict: Verdict, decided_by: str, kind: EventKind, key: str, said: str
) -> None:
    made = account(CLOSE, **{"advanced.header_filters": RULES})
    judged: list[Incoming] = []

    def judge(incoming: Incoming) -> Judgement:
        judged.append(incoming)
        return Judgement(verdict, decided_by, ())

    found = timeline(made, WORKSPACE, Situation(incoming=SPAM), judge)
    assert judged == [SPAM]
    first, event = found.events[:2]
    assert first.sentence == "“Win!” arrives."
    assert (event.kind, event.key, event.sentence) == (kind, key, said)
    assert event.basis is Basis.UNCONFIRMED
    rejected = kind is EventKind.REJECTED
    assert found.ending is (Ending.REJECTED if rejected else Ending.CLOSED)
    assert (len(found.events) == 2) is rejected


@pytest.mark.parametrize(
    ("wrong", "decided_by", "said"),
    [
        ((True, False), "", "so the message passes. Header filter 1 cannot be applied."),
        ((True, True), "", "so the message passes. Header filters 1, 2 cannot be applied."),
        ((True, False), "r2", "Nobody is asked. Header filter 1 cannot be applied."),
        ((False, True), "r1", "→ Accept."),
    ],
    ids=["one", "all", "before the deciding one", "behind the deciding one"],
)
def test_header_filters_that_cannot_be_applied_before_the_verdict_are_named(
    wrong: tuple[bool, ...], decided_by: str, said: str
) -> None:
    cells = tuple(Cell(False, wrong="No header." if each else "") for each in wrong)
    verdict = Verdict.REJECT if decided_by == "r2" else Verdict.ACCEPT
    made = account(CLOSE, **{"advanced.header_filters": RULES})
    judgement = Judgement(verdict, decided_by, cells)
    found = timeline(made, WORKSPACE, Situation(incoming=SPAM), lambda _: judgement)
    assert found.events[1].sentence.endswith(said)


def test_an_ordinary_message_is_shown_to_no_header_filter() -> None:
    def judge(incoming: Incoming) -> Judgement:
        raise AssertionError(incoming)

    made = account(CLOSE, **{"advanced.header_filters": RULES})
    found = timeline(made, WORKSPACE, NEW, judge)
    assert found.events[1].sentence == "An ordinary message passes the header filters."


def test_a_new_sender_is_saved_only_if_a_trigger_exists() -> None:
    event = run(account(), replace(NEW, known=False)).events[2]
    assert event.sentence == (
        "The sender is not in the list “Customers”. New senders are saved there only if a trigger "
        "exists."
    )
    assert (event.key, event.basis.mark) == ("settings.list", "model of the documentation")


def test_the_notification_names_the_agent_and_its_manner() -> None:
    made = account(ana(), **{"notification.sound": True, "notification.shake": True})
    told = [each for each in run(made).events if each.kind is EventKind.NOTIFIED]
    assert [each.sentence for each in told] == [
        (
            "Ana sees the notification, with a sound and shaking, and again at intervals that are "
            "not documented."
        )
    ]
    assert (told[0].person, told[0].row, told[0].number) == ("Ana", "1", 1)


@pytest.mark.parametrize(
    ("row", "situation"),
    [
        (ana(), people(Availability("Ana", answers=5))),
        (ana(timeout=0), NEW),
        (None, replace(OPEN, agent="Ana")),
    ],
    ids=["accepted", "no-time", "assigned"],
)
def test_a_notification_comes_again_only_while_the_plan_lets_somebody_wait(
    row: ToAgent | None, situation: Situation
) -> None:
    made = account(*([row] if row else []))
    told = [each for each in run(made, situation).events if each.kind is EventKind.NOTIFIED]
    assert told
    assert not any("again" in each.sentence for each in told)


def test_waiting_for_somebody_who_is_away_is_documented_for_the_assigned_agent_only() -> None:
    found = run(account(ana()), people(AWAY, situation=OPEN))
    waits = {each.key: each.basis for each in found.events if each.kind is EventKind.WAITING}
    assert waits == {
        "settings.wait_agent": Basis.DOCUMENTED,
        "actions.plan/1/timeout": Basis.INFERRED,
    }


def test_asked_and_accepted_are_the_first_of_each() -> None:
    there = (AWAY, Availability("Support", answers=7))
    found = run(account(), people(*there, situation=OPEN))
    assert (found.asked, found.accepted, found.ended) == (10, 17, 17)
    never = run(account(ana()), people(AWAY))
    assert (never.asked, never.accepted) == (None, None)


def test_the_agent_of_a_queue_is_not_called_by_the_queues_name() -> None:
    found = run(account(support(), **DISPOSES), people(Availability("Support", answers=1)))
    said = [each.sentence for each in found.events[-3:]]
    assert said == [
        "The agent works on it for 5 min.",
        "The agent must choose a disposition and takes 20 s.",
        "The agent is on pause meanwhile: Wrap-up.",
    ]


def test_an_endless_plan_says_which_actions_go_round_and_how_often() -> None:
    always = AutoReply(text="x", times=Times.ALWAYS)
    found = run(account(TAG, support(90), always, goto(2)))
    assert found.events[-1].sentence == (
        "Back at action 2: actions 2 to 4 go round, every 1 min 30 s, without end. Each time an "
        "automatic reply is sent."
    )
    busy = run(account(goto(3), NOOP, goto(1)))
    assert busy.events[-1].sentence == (
        "Back at action 1: actions 1 and 3 go round without end and without any wait."
    )
    assert run(account(goto(1))).events[-1].sentence == (
        "Back at action 1: action 1 goes round without end and without any wait."
    )


def test_the_longest_waits_cost_nothing() -> None:
    found = run(account(*[ana(LONGEST_WAIT)] * 50), people(AWAY))
    assert found.ended == 50 * LONGEST_WAIT


def test_what_a_draft_holds_in_place_of_a_number_counts_as_the_default() -> None:
    made = account(
        put_cell(ana(), "timeout", Unreadable("x")),
        **{"settings.wait_agent": Unreadable("10s"), "settings.wait_queue": None},
    )
    found = run(made, people(AWAY, situation=OPEN))
    assert found.ended == 10 + 10


def test_a_draft_with_choices_that_cannot_be_read_still_has_a_timeline() -> None:
    reply = put_cell(REPLY, "times", Unreadable("often"))
    rule = put_cell(RULES[0], "verdict", Unreadable("perhaps"))
    made = account(reply, CLOSE, **{"advanced.header_filters": (rule,)})

    def judge(_: Incoming) -> Judgement:
        return Judgement(Verdict.ACCEPT, rule.id, ())

    found = timeline(made, WORKSPACE, Situation(incoming=SPAM), judge)
    assert lines(found) == ["0 replied 1/times", "0 closed 2/disposition"]
    assert all(each.sentence for each in found.events)


def test_a_message_without_a_subject_is_called_so() -> None:
    bare = replace(SPAM, name="", headers=())
    first = run(account(), Situation(incoming=bare)).events[0]
    assert first.sentence == "A message without a subject arrives."


def test_values_may_hold_braces() -> None:
    found = run(account(replace(NOOP, value="{{ subject }} {x}")))
    assert found.events[3].sentence == "A line is written to Motion's log: “{{ subject }} {x}”."
