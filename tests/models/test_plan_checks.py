"""Plans that lead nowhere, to nobody or in circles: each is found, told once, and only then."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest
from hypothesis import given

from motion_desk.models import plan_checks
from motion_desk.models.account import Account
from motion_desk.models.checks import check
from motion_desk.models.choices import ReplyTo, Times
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.kinds import Row
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.rows import moved
from motion_desk.models.sections.actions import AutoReply, GotoP
from motion_desk.models.sections.directory import AgentEntry, QueueEntry, TagEntry
from motion_desk.models.workspace import Workspace
from tests.models.plans import AUTOMATIC, plan, plans

NOTE, WARNING, ERROR = Severity
ENTRIES: dict[str, Any] = {
    "agents.entries": (AgentEntry(id="2abc", name="Ann"), AgentEntry(id="old", name="Bob")),
    "queues.entries": (QueueEntry(id="2abc", name="Care"),),
    "tags.entries": (TagEntry(id="2abc", name="VIP", retired=True),),
}
Told = tuple[str, str, Severity]


def around() -> Surroundings:
    """A workspace whose tag is retired."""
    workspace = Workspace()
    for key, value in ENTRIES.items():
        workspace = put(workspace, key, value)
    return Surroundings(workspace)


def problems(rows: tuple[Row, ...], *, mandatory: bool = False) -> list[Problem]:
    """What the checks say of an account's plan."""
    account = put(Account(id="a"), "actions.plan", rows)
    account = put(account, "disposition.mandatory", mandatory)
    return [each for each in check(account, around()) if each.key.startswith("actions.plan")]


def told(found: list[Problem]) -> list[Told]:
    return [(each.key.partition("/")[2], each.code, each.severity) for each in found]


def reply(times: Times, headers: str = AUTOMATIC, to: ReplyTo = ReplyTo.SENDER) -> AutoReply:
    return AutoReply(id="a1", times=times, reply=to, text="Thanks", headers=headers)


def after_reply(times: Times, headers: str = AUTOMATIC, to: ReplyTo = ReplyTo.SENDER) -> Any:
    return plan("reply", "queue", "close", a1=reply(times, headers, to))


ALWAYS, ONCE, FIRST = Times.ALWAYS, Times.ONCE, Times.FIRST
CASES: dict[str, tuple[tuple[Row, ...], list[Told]]] = {
    "no plan": ((), []),
    "a queue and then a close": (plan("queue", "close"), []),
    "nobody is asked": (plan("log", "close"), [("", "nobody", WARNING)]),
    "whom a close keeps from being asked": (
        plan("close", "queue", "close"),
        [("", "nobody_reached", WARNING), ("a2/queue", "unreached", WARNING)],
    ),
    "a queue at the end": (plan("queue"), [("a1/timeout", "last_timeout", NOTE)]),
    "an end that is passed over": (
        plan("if 2 3", "queue", "log"),
        [("a3/value", "passed_over", WARNING)],
    ),
    "an end behind a queue": (plan("queue", "log"), []),
    "behind a close": (
        plan("queue", "close", "log"),
        [("a3/value", "unreached", WARNING)],
    ),
    "passed over by a jump": (
        plan("goto 4", "log", "run", "queue", "close"),
        [("a2/value", "unreached", WARNING)],
    ),
    "neighbours are told of together, others are not": (
        plan("goto 3", "log", "queue", "close", "log"),
        [("a2/value", "unreached", WARNING), ("a5/value", "unreached", WARNING)],
    ),
    "a jump to itself": (
        plan("queue", "goto 2"),
        [("a2/target", "self_jump", ERROR)],
    ),
    "jumps to each other": (
        plan("queue", "log", "goto 2"),
        [("a3/target", "endless", ERROR)],
    ),
    "a condition whose ways both lead back": (
        plan("queue", "log", "if 2 2"),
        [("a3/when_true", "endless", ERROR)],
    ),
    "a condition that leads to itself": (
        plan("queue", "if 2 2"),
        [("a2/when_true", "endless", ERROR)],
    ),
    "a condition that leads to itself at times": (
        plan("queue", "if 3 2", "close"),
        [("a2/when_false", "hurried", WARNING)],
    ),
    "a condition that leads back": (
        plan("queue", "log", "if 2 4", "close"),
        [("a3/when_true", "hurried", WARNING)],
    ),
    "a circle that waits": (
        plan("queue 30", "agent 20", "goto 1"),
        [("a3/target", "round", WARNING)],
    ),
    "a circle that waits, with two ways round": (
        plan("queue 30", "if 3 1", "agent 20", "goto 1"),
        [("a4/target", "round", WARNING)],
    ),
    "a circle that waits and has a way out": (plan("queue", "if 1 3", "close"), []),
    "a circle that no message comes to": (
        plan("queue", "close", "log", "goto 3"),
        [("a3/value", "unreached", WARNING)],
    ),
    "a jump to what is gone": (
        plan("queue", "goto 9"),
        [("a2/target", "dangling", WARNING)],
    ),
    "a reply each time that can loop": (
        after_reply(ALWAYS, "Precedence: auto_reply"),
        [("a1/headers", "reply_loop", WARNING)],
    ),
    "a reply each time that says it is not automatic": (
        after_reply(ALWAYS, "Auto-Submitted: no"),
        [("a1/headers", "reply_loop", WARNING)],
    ),
    "a reply whose header is not well written": (
        after_reply(ALWAYS, "auto-submitted : auto-replied"),
        [("a1/headers", "header", ERROR)],
    ),
    "a reply each time that says what it is": (after_reply(ALWAYS, AUTOMATIC.lower()), []),
    "a reply that is sent once, unmarked": (
        after_reply(ONCE, ""),
        [("a1/headers", "reply_unmarked", NOTE)],
    ),
    "a first reply, marked": (after_reply(FIRST), []),
    "a reply each time to everybody": (
        after_reply(ALWAYS, to=ReplyTo.ALL),
        [("a1/reply", "reply_all", WARNING)],
    ),
    "a reply to everybody, once": (after_reply(ONCE, to=ReplyTo.ALL), []),
    "a reply in each round": (
        plan("reply", "queue", "goto 1", a1=reply(ALWAYS)),
        [("a3/target", "round", WARNING), ("a1/times", "reply_again", WARNING)],
    ),
    "a reply in the first round": (
        plan("reply", "queue", "goto 1", a1=reply(ONCE)),
        [("a3/target", "round", WARNING)],
    ),
    "lines that are no headers": (
        after_reply(ONCE, f"{AUTOMATIC}\n\nno colon\n: no name\nX B: 2\nÄ: 3"),
        [("a1/headers", "header", ERROR)] * 4,
    ),
    "a tag that is retired": (
        plan("tag", "queue", "close"),
        [("a1/tag", "retired", WARNING)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_with_a_plan_is_told(case: str) -> None:
    rows, expected = CASES[case]
    assert sorted(told(problems(rows))) == sorted(expected)


def test_a_close_needs_a_disposition_where_one_is_mandatory() -> None:
    rows = plan("queue", "close")
    assert told(problems(rows, mandatory=True)) == [
        ("a2/disposition", "no_disposition", WARNING),
    ]


SENTENCES = {
    "neighbours": (
        plan("goto 4", "log", "run", "queue", "close"),
        "No message comes to actions 2 to 3: the plan ends or goes on elsewhere before. Move them, lead a jump to them, or delete them.",
    ),
    "a circle": (
        plan("queue", "log", "goto 2"),
        "From here the plan goes round for ever: actions 2 and 3 lead only to each other, and none asks anybody. Lead this jump elsewhere.",
    ),
    "a circle that waits": (
        plan("queue 30", "agent 20", "goto 1"),
        "Until somebody accepts, the plan goes round for ever in actions 1, 2 and 3: each round waits 50 s. Lead this jump to a Close if no message shall wait for ever.",
    ),
    "two ways round": (
        plan("queue 30", "if 3 1", "agent 20", "goto 1"),
        "Until somebody accepts, the plan goes round for ever in actions 1, 2, 3 and 4: each round waits at least 20 s. Lead this jump to a Close if no message shall wait for ever.",
    ),
    "a long circle": (
        plan("queue 30", *["log"] * 8, "goto 1"),
        "Until somebody accepts, the plan goes round for ever in 10 actions from 1 to 10: each round waits 30 s. Lead this jump to a Close if no message shall wait for ever.",
    ),
    "a retired tag": (
        plan("tag", "queue", "close"),
        "“VIP” is retired in the directory. Choose another tag.",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_sentence_says_which_actions_and_how_long(case: str) -> None:
    rows, sentence = SENTENCES[case]
    assert sentence in [each.sentence for each in problems(rows)]


def test_every_sentence_is_reached_by_the_tables_and_says_what_to_do() -> None:
    written = {
        node.value.value
        for node in ast.walk(ast.parse(inspect.getsource(plan_checks)))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "text"
        if isinstance(node.value, ast.Constant)
    }
    empty = plan("queue", "goto 1")
    empty = (type(empty[0])(id="a1"), empty[1])
    found = [each for rows, _ in CASES.values() for each in problems(rows, mandatory=True)]
    found += problems(empty)
    assert len(written) >= 15
    assert written - {each.text for each in found} == set()
    for each in found:
        assert each.sentence.endswith(".")
        assert "{" not in each.sentence


def test_every_check_of_a_plan_is_listed() -> None:
    """One that is written and not listed would never be asked."""
    returns = {"reading": "Reading", "return": "Iterator[Problem]"}
    written = {
        each
        for each in vars(plan_checks).values()
        if inspect.isfunction(each) and inspect.get_annotations(each) == returns
    }
    assert written == set(plan_checks.PLAN_CHECKS)


@given(plans())
def test_any_plan_can_be_checked_and_its_problems_lie_in_it(rows: tuple[Row, ...]) -> None:
    ids = {row.id for row in rows}
    for each in problems(rows, mandatory=True):
        key, _, rest = each.key.partition("/")
        row_id, _, name = rest.partition("/")
        assert key == "actions.plan"
        assert not rest or (row_id in ids and name)
        assert each.sentence


def test_a_jump_names_the_same_action_wherever_it_moves() -> None:
    rows = plan("queue", "log", "goto 2")
    up = moved(rows, "a3", 0)
    assert isinstance(up[0], GotoP)
    assert up[0].target == "a2"
    assert told(problems(up)) == [
        ("", "nobody_reached", WARNING),
        ("a1/queue", "unreached", WARNING),
    ]
