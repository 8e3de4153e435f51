"""Kept scenarios: the lines on people, situations made of rows and back, and what is unmet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.checks import check
from motion_desk.models.choices import Conversation, Ending, PassedOn, Verdict
from motion_desk.models.directory import Surroundings
from motion_desk.models.engines.header_filters import Judgement
from motion_desk.models.engines.timeline.expected import ends_as_expected, unmet_scenarios
from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.models.engines.timeline.situations import kept, situation
from motion_desk.models.incoming import Header, Incoming
from motion_desk.models.kinds import Unreadable
from motion_desk.models.problems import Severity
from motion_desk.models.scenarios import people_of, people_text
from motion_desk.models.sections.expectations import KeptScenario, PinnedMessage
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.sections.settings import LONGEST_WAIT
from tests.models.timelines import CLOSE, WORKSPACE, account, ana, either, put_cell, run, support

READ: dict[str, Availability] = {
    "Ana Torres: on line, answers after 20 s": Availability("Ana Torres", answers=20),
    "Ben Ray: on pause": Availability("Ben Ray", Presence.PAUSED),
    "Support: answers after 90 s": Availability("Support", answers=90),
    "Support: nobody answers": Availability("Support"),
    "Support: on line, never answers": Availability("Support"),
    "Ana:logged out": Availability("Ana", Presence.LOGGED_OUT),
    "  Ana :  On  Line , Rejects after 1 min 5 s ": Availability("Ana", rejects=65),
    "Ana: answers at once": Availability("Ana", answers=0),
    "Ana: on pause, answers after 5 s": Availability("Ana", Presence.PAUSED, 5),
    "Desk: 2nd floor: online": Availability("Desk: 2nd floor"),
    "Support: rejects after 5 s, answers after 20 s": Availability(
        "Support", answers=20, rejects=5
    ),
}


@pytest.mark.parametrize("line", READ)
def test_a_line_says_who_is_there(line: str) -> None:
    assert people_of(line) == ((READ[line],), ())


WRONG: dict[str, str] = {
    "Ana is on line": "“Ana is on line” names nobody. Write “Name: on line, answers after 20 s”.",
    ": on line": "Nobody is named before the colon. Write “Name: on line, answers after 20 s”.",
    "Ana: asleep": "“asleep” is not understood. Write on line, on pause, logged out, answers "
    "after 20 s, rejects after 5 s or never answers.",
    "Ana:": "“” is not understood. Write on line, on pause, logged out, answers after 20 s, "
    "rejects after 5 s or never answers.",
    "Ana: answers after soon": "“answers after soon” is not understood. Write on line, on pause, "
    "logged out, answers after 20 s, rejects after 5 s or never answers.",
    "Ana: on line, on pause": "“on pause” contradicts what stands before it. Keep one of them.",
    "Ana: on pause, rejects after 5 s": "Who is on pause cannot reject. Write “on line”, or leave "
    "the rejection out.",
    "Ana: answers after 25 days": "25 days is longer than Motion's longest wait, 24 days 20 h 31 "
    "min 23 s.",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_line_that_cannot_be_read_is_told_with_its_number(line: str) -> None:
    people, complaints = people_of(f"\nBen: on line\n{line}")
    assert people == (Availability("Ben"),)
    assert [each.line for each in complaints] == [3]
    made = account(**{"expectations.scenarios": (KeptScenario(id="s", people=line),)})
    (problem,) = [each for each in check(made, Surroundings(WORKSPACE)) if each.code == "people"]
    assert problem.sentence == f"Line 1: {WRONG[line]}"
    assert problem.key == "expectations.scenarios/s/people"
    assert problem.severity is Severity.WARNING


def test_a_second_line_on_one_name_is_told() -> None:
    people, complaints = people_of("Ana: on pause\nAna: on line")
    assert people == (Availability("Ana", Presence.PAUSED),)
    assert complaints[0].sentence.format_map(complaints[0].values) == (
        "“Ana” stands here already, on line 1. Keep one of them."
    )


def test_a_name_that_the_directory_does_not_have_is_told_with_the_nearest() -> None:
    row = KeptScenario(id="s", people="Suport: on line\nAna: on line\nZ: on line")
    made = account(**{"expectations.scenarios": (row,)})
    found = [each for each in check(made, Surroundings(WORKSPACE)) if each.code == "person"]
    assert [each.sentence for each in found] == [
        "There is no agent or queue “Suport” in the directory. Did you mean “Support”?",
        "There is no agent or queue “Z” in the directory.",
    ]


_names = st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), min_size=1)
_people = st.builds(
    Availability,
    _names.map(str.strip).filter(bool),
    st.sampled_from(Presence),
    answers=st.none() | st.integers(0, LONGEST_WAIT),
    rejects=st.none() | st.integers(0, LONGEST_WAIT),
).map(lambda each: each if each.presence is Presence.ON_LINE else replace(each, rejects=None))


@given(st.lists(_people, unique_by=lambda each: each.name).map(tuple))
def test_people_are_read_back_as_they_were_written(people: tuple[Availability, ...]) -> None:
    assert people_of(people_text(people)) == (people, ())


@given(st.text())
def test_no_text_of_people_is_too_odd_to_be_looked_at(text: str) -> None:
    for complaint in people_of(text)[1]:
        assert complaint.sentence.format_map(complaint.values)


HELLO = Incoming("Hello", (Header("Subject", "Hello", "Hello"),), "Subject: Hello", "0")
PINNED = (PinnedMessage(id="p", name="Hello", headers="Subject: Hello\n"),)
ACCOUNT = account(ana(), either(1, 3), CLOSE, **{"expectations.messages": PINNED})
_seconds = st.integers(0, LONGEST_WAIT)
_begun = st.sampled_from(
    [
        (Conversation.NEW, "", ""),
        (Conversation.OPEN, "", ""),
        (Conversation.OPEN, "Ana", "Support"),
        (Conversation.OPEN, "Ben", ""),
    ]
)
_passed = st.sampled_from(
    [
        (PassedOn.NOT, ""),
        (PassedOn.QUEUE, "Sales"),
        (PassedOn.AGENT, "Ben"),
        (PassedOn.AGENT, ""),
        (PassedOn.ACCOUNT, ""),
    ]
)


@given(
    st.builds(
        Situation,
        incoming=st.none() | st.just(HELLO),
        known=st.booleans(),
        people=st.lists(_people, unique_by=lambda each: each.name, max_size=3).map(tuple),
        conditions=st.sampled_from((frozenset(), frozenset({"2"}))),
        handling=_seconds,
        disposing=_seconds,
        passed_after=_seconds,
    ),
    _begun,
    _passed,
)
def test_a_situation_is_kept_and_made_again(
    chosen: Situation, begun: tuple[Conversation, str, str], passed: tuple[PassedOn, str]
) -> None:
    conversation, agent, queue = begun
    way, to = passed
    if way is PassedOn.NOT:
        chosen = replace(chosen, passed_after=Situation().passed_after)
    chosen = replace(
        chosen,
        conversation=conversation,
        agent=agent,
        queue=queue,
        passed_on=way,
        passed_to=to,
    )
    blank = KeptScenario(id="s", name="Night", expected=Ending.UNREAD, within=9)
    row = kept(chosen, blank, ACCOUNT, WORKSPACE)
    assert (row.id, row.name, row.expected, row.within) == ("s", "Night", Ending.UNREAD, 9)
    assert situation(row, ACCOUNT, WORKSPACE, lambda _: HELLO) == chosen


def test_hidden_cells_and_unreadable_ones_count_as_never_filled_in() -> None:
    row = KeptScenario(id="s", agent="ana", queue="sup", passed_to_queue="sal", message="p")
    assert situation(row, ACCOUNT, WORKSPACE) == Situation()
    typed = put_cell(put_cell(row, "handling", Unreadable("x")), "passed_on", Unreadable("y"))
    assert situation(typed, ACCOUNT, WORKSPACE) == Situation()


def test_names_that_the_directory_lacks_become_no_reference() -> None:
    chosen = Situation(conversation=Conversation.OPEN, agent="Zed", queue="Zoo")
    row = kept(chosen, KeptScenario(id="s", agent="ana"), ACCOUNT, WORKSPACE)
    assert (row.agent, row.queue) == ("", "")


def judge(_: Incoming) -> Judgement:
    return Judgement(Verdict.ACCEPT, "", ())


UNMET: dict[str, tuple[KeptScenario, list[tuple[str, str]]]] = {
    "met": (KeptScenario(id="s", name="Day", people="Ana: answers after 5 s"), []),
    "met in time": (
        KeptScenario(id="s", name="Day", people="Ana: answers after 5 s", within=5),
        [],
    ),
    "too late": (
        KeptScenario(id="s", name="Day", people="Ana: answers after 6 s", within=5),
        [
            (
                "expectations.scenarios/s/within",
                "By the model of the documentation “Day” ends as expected (a person accepts it), but after 6 s instead of within 5 s.",
            )
        ],
    ),
    "otherwise": (
        KeptScenario(id="s", name="Night"),
        [
            (
                "expectations.scenarios/s/expected",
                (
                    "By the model of the documentation “Night” does not end as expected (a person accepts it): after 1 min 30 s the "
                    "plan closes it."
                ),
            )
        ],
    ),
    "expected of a closing plan": (
        KeptScenario(id="s", name="Night", expected=Ending.CLOSED, within=90),
        [],
    ),
    "a draft that expects nothing that can be read": (
        put_cell(KeptScenario(id="s"), "expected", Unreadable("?")),
        [],
    ),
}


@pytest.mark.parametrize("case", UNMET)
def test_a_kept_scenario_that_ends_otherwise_is_told(case: str) -> None:
    row, expected = UNMET[case]
    made = account(ana(), support(), CLOSE, **{"expectations.scenarios": (row,)})
    found = unmet_scenarios(made, WORKSPACE, judge, lambda _: HELLO)
    assert [(each.key, each.sentence) for each in found] == expected
    told = ends_as_expected(row, run(made, situation(row, made, WORKSPACE)))
    assert told == (expected[0][1] if expected else "")


def test_a_pinned_message_that_is_rejected_now_ends_its_scenario_otherwise() -> None:
    row = KeptScenario(id="s", name="Hello", message="p", people="Ana: answers at once")
    values = {"expectations.messages": PINNED, "expectations.scenarios": (row,)}
    made = account(ana(), **values)
    with_rule = replace(
        made,
        advanced=replace(made.advanced, header_filters=(_rule(),)),
    )

    def refuse(incoming: Incoming) -> Judgement:
        assert incoming is HELLO
        return Judgement(Verdict.REJECT, "r", ())

    (problem,) = unmet_scenarios(with_rule, WORKSPACE, refuse, lambda _: HELLO)
    assert problem.sentence == (
        "By the model of the documentation “Hello” does not end as expected (a person accepts it): after 0 s a header filter "
        "rejects it."
    )


def _rule() -> HeaderFilter:
    return HeaderFilter(id="r", header="Subject", value="hello")
