"""Laws of the timeline: it ends for every plan, time never goes back, the worst case is the worst."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from motion_desk.models.account import Account
from motion_desk.models.choices import Conversation, Ending, PassedOn, Times
from motion_desk.models.document import put
from motion_desk.models.engines.timeline.engine import timeline
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.engines.timeline.worst_case import worst_case
from motion_desk.models.kinds import Row
from motion_desk.models.sections.actions import GotoIf, GotoP, ToAgent, ToQueue
from motion_desk.models.sections.directory import AgentEntry
from motion_desk.models.sections.settings import LONGEST_WAIT
from motion_desk.models.workspace import Workspace
from tests.models.timelines import (
    CLOSE,
    NOOP,
    OPEN,
    REPLY,
    SYSTEM,
    TAG,
    WORKSPACE,
    account,
    ana,
    either,
    goto,
    run,
    support,
)
from tests.strategies import accounts, workspaces

_seconds = st.integers(1, 50) | st.just(LONGEST_WAIT)
_targets = st.integers(1, 8).map(str)  # some lead nowhere
_ROWS: SearchStrategy[Row] = st.one_of(
    st.builds(ToAgent, agent=st.sampled_from(("ana", "ben", "gone")), timeout=_seconds),
    st.builds(ToQueue, queue=st.sampled_from(("sup", "sal", "")), timeout=_seconds),
    st.builds(GotoP, target=_targets),
    st.builds(GotoIf, when_true=_targets, when_false=_targets),
    st.sampled_from((CLOSE, NOOP, SYSTEM, TAG, REPLY, replace(REPLY, times=Times.ALWAYS))),
)
_plans = st.lists(_ROWS, max_size=7)
_after = st.none() | st.integers(0, 60)
_people = st.tuples(
    *(
        st.builds(
            Availability,
            st.just(name),
            st.sampled_from(Presence),
            answers=_after,
            rejects=_after,
        )
        for name in ("Ana", "Ben", "Support", "Sales")
    )
)
_situations = st.builds(
    Situation,
    known=st.booleans(),
    conversation=st.sampled_from(Conversation),
    agent=st.sampled_from(("", "Ana", "Ben", "Somebody else")),
    queue=st.sampled_from(("", "Support")),
    people=_people,
    conditions=st.frozensets(_targets),
    handling=_seconds,
    disposing=_seconds,
    passed_on=st.sampled_from(PassedOn),
    passed_after=_seconds,
    passed_to=st.sampled_from(("", "Ana", "Ben", "Sales")),
)
_flags = st.fixed_dictionaries(
    {
        "settings.wait_agent": _seconds,
        "settings.wait_queue": _seconds,
        "transfer.to_queue": st.booleans(),
        "transfer.queue_timeout": _seconds,
        "transfer.to_agent": st.booleans(),
        "transfer.agent_timeout": _seconds,
        "transfer.to_account": st.booleans(),
        "disposition.mandatory": st.booleans(),
    }
)


def is_in_order(found: Timeline) -> bool:
    times = [each.at for each in found.events]
    return times == sorted(times) and all(
        each.until is None or each.until >= each.at for each in found.events
    )


@settings(max_examples=300, deadline=None)
@given(_plans, _flags, _situations)
def test_every_plan_ends_in_order_and_the_same_again(
    plan: list[Row], flags: dict[str, object], situation: Situation
) -> None:
    made = account(*plan, **flags)
    found = run(made, situation)
    assert found == run(made, situation)
    assert is_in_order(found)
    # No action runs twice, and none tells of more than four events.
    assert len(found.events) <= 4 * len(plan) + 20
    assert 0 <= found.ended <= found.lasts
    assert (found.ending is Ending.ANSWERED) <= (found.accepted is not None)
    assert all(each.sentence for each in found.events)
    if found.asked is not None and found.accepted is not None:
        assert found.asked <= found.accepted


@settings(max_examples=60, deadline=None)
@given(accounts(), workspaces(), _situations)
def test_every_account_that_can_be_stored_has_a_timeline_and_a_worst_case(
    made: Account, workspace: Workspace, situation: Situation
) -> None:
    assert is_in_order(timeline(made, workspace, situation, None))
    assert worst_case(made, workspace).sentences


@settings(max_examples=400, deadline=None)
@given(_plans, _flags, _situations)
def test_no_timeline_is_worse_than_the_worst_case(
    plan: list[Row], flags: dict[str, object], situation: Situation
) -> None:
    situation = replace(situation, passed_on=PassedOn.NOT)
    made = account(*plan, **flags)
    worst = worst_case(made, WORKSPACE)
    found = run(made, situation)
    if found.ending is Ending.ENDLESS:
        assert worst.offered.seconds is None
    elif worst.offered.seconds is not None:
        ended = found.ended if found.accepted is None else found.accepted
        assert ended <= worst.offered.seconds
    staffed = replace(situation, people=tuple(map(_staffed, situation.people)))
    asked = run(made, staffed).asked
    if asked is not None and worst.asked.seconds is not None:
        assert asked <= worst.asked.seconds


def _staffed(person: Availability) -> Availability:
    """Of each queue somebody is on line."""
    is_queue = person.name in ("Support", "Sales")
    return replace(person, presence=Presence.ON_LINE) if is_queue else person


# Each action asks an agent of its own, for whoever is asked twice does the same again.
MANY = put(
    WORKSPACE,
    "agents.entries",
    tuple(AgentEntry(id=f"a{at}", name=f"Agent {at}") for at in range(1, 6)),
)


def _own_agents(plan: list[Row]) -> list[Row]:
    return [
        replace(row, agent=f"a{at}") if isinstance(row, ToAgent) and row.agent != "gone" else row
        for at, row in enumerate(plan, 1)
    ]


def _conditions(plan: list[Row]) -> Iterator[frozenset[str]]:
    ids = [str(at) for at, row in enumerate(plan, 1) if isinstance(row, GotoIf)]
    for held in product((True, False), repeat=len(ids)):
        yield frozenset(each for each, holds in zip(ids, held, strict=True) if holds)


def _with_agents_away(plan: list[Row], wait_agent: int) -> Iterator[Situation]:
    """Every beginning and every set of conditions; one agent at most comes back, in the last second."""
    waits = {"Carla": wait_agent} | {
        f"Agent {at}": row.timeout or 0
        for at, row in enumerate(plan, 1)
        if isinstance(row, ToAgent) and row.agent != "gone"
    }
    beginnings = (Situation(), replace(OPEN, agent="Carla"), replace(OPEN, agent="Carla", queue=""))
    for beginning, conditions, back in product(beginnings, _conditions(plan), (None, *waits)):
        people = tuple(
            Availability(name, Presence.PAUSED, answers=wait if name == back else None)
            for name, wait in waits.items()
        )
        yield replace(beginning, people=people, conditions=conditions)


@settings(max_examples=150, deadline=None)
@given(st.lists(_ROWS, max_size=5).map(_own_agents), _flags)
def test_some_choice_is_as_bad_as_the_worst_case(plan: list[Row], flags: dict[str, Any]) -> None:
    made = account(*plan, **flags)
    worst = worst_case(made, MANY)
    situations = _with_agents_away(plan, flags["settings.wait_agent"])
    found = [timeline(made, MANY, each, None) for each in situations]
    ends = {(each.ended, each.ending) for each in found}
    if worst.offered.seconds is None:
        assert any(ending is Ending.ENDLESS for _, ending in ends)
    else:
        assert (worst.offered.seconds, worst.ending) in ends
    if worst.asked.seconds is None:
        assert any(each.ending is Ending.ENDLESS and each.asked is None for each in found)
    else:
        assert max(each.asked for each in found if each.asked is not None) == worst.asked.seconds


@settings(max_examples=150, deadline=None)
@given(st.lists(_ROWS, max_size=5), _flags)
def test_a_way_to_nobody_is_found_where_there_is_one(
    plan: list[Row], flags: dict[str, Any]
) -> None:
    made = account(*plan, **flags)
    found = [run(made, Situation(conditions=held)) for held in _conditions(plan)]
    missed = any(each.asked is None and each.ending is not Ending.ENDLESS for each in found)
    assert missed is (worst_case(made, WORKSPACE).unasked is not None)


@settings(max_examples=100, deadline=None)
@given(_plans, _flags)
def test_the_parts_add_up_to_the_worst_case(plan: list[Row], flags: dict[str, object]) -> None:
    worst = worst_case(account(*plan, **flags), WORKSPACE)
    for longest in (worst.asked, worst.offered):
        if longest.seconds is None:
            assert longest.circle
            assert not longest.parts
        else:
            assert sum(part.seconds for part in longest.parts) == longest.seconds
            assert not longest.circle


WORDS: dict[str, tuple[Account, tuple[str, ...]]] = {
    "the waits add up": (
        account(ana(200), support(1300), **{"settings.wait_agent": 60}),
        (
            "A customer waits at most 4 min 20 s before a person is asked.",
            "If nobody accepts, the message has been offered for 26 min 20 s and then stays unread.",
        ),
    ),
    "agents alone": (
        account(ana(200), NOOP),
        (
            "A customer waits at most 3 min 30 s before a person is asked.",
            "If nobody accepts, the message has been offered for 3 min 50 s and then stays unread.",
        ),
    ),
    "closed at the end": (
        account(support(3600), CLOSE),
        (
            "A customer waits at most 10 s before a person is asked.",
            "If nobody accepts, the message has been offered for 1 h 30 s and then is closed.",
        ),
    ),
    "agents for ever": (
        account(ana(), goto(1)),
        (
            "A customer may wait for ever before a person is asked: actions 1 and 2 can go round.",
            "If nobody accepts, the message may be offered for ever: actions 1 and 2 can go round.",
        ),
    ),
    "a queue for ever": (
        account(NOOP, NOOP, support(), NOOP, goto(3)),
        (
            "A customer waits at most 10 s before a person is asked.",
            "If nobody accepts, the message may be offered for ever: actions 3 to 5 can go round.",
        ),
    ),
    "nobody": (
        account(),
        (
            "A customer waits at most 10 s before a person is asked.",
            "If nobody accepts, the message has been offered for 30 s and then stays unread.",
            "A new message can come to its end without anybody being asked.",
        ),
    ),
    "nobody on one way": (
        account(either(2, 3), CLOSE, support()),
        (
            "A customer waits at most 10 s before a person is asked.",
            "If nobody accepts, the message has been offered for 1 min 30 s and then stays unread.",
            "A new message can come to its end by actions 1 and 2 without anybody being asked.",
        ),
    ),
}


@pytest.mark.parametrize("case", WORDS)
def test_the_worst_case_is_said_in_words(case: str) -> None:
    made, said = WORDS[case]
    assert worst_case(made, WORKSPACE).sentences == said


def test_long_plans_are_followed_without_deep_calls() -> None:
    made = account(*[ana(1)] * 5000)
    away = Situation(people=(Availability("Ana", Presence.PAUSED),))
    assert run(made, away).ended == 5000
    assert worst_case(made, WORKSPACE).offered.seconds == 5030
