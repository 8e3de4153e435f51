"""An administrator mends a plan that goes round for ever: sees it, drags, clicks, undoes, saves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.journeys.driver import Answers, Driver
from tests.journeys.planning import PLAN, click_action, drag, drawn, flow, looped
from tests.journeys.stage import Stage


@pytest.fixture
def demo(stage: Stage, path: Path) -> Driver:
    """The demo's shop, whose plan asks one queue again and again."""
    driver = stage(path, "demo")
    driver.console.window.resize(1600, 900)
    driver.open("Outlet marketplace")
    driver.section("actions")
    return driver


def ids(driver: Driver) -> list[str]:
    return [row.id for row in driver.value(PLAN)]


def test_a_plan_that_goes_round_is_seen_and_mended(demo: Driver, tmp_path: Path) -> None:
    assert drawn(demo)[:2] == [
        "Message arrives Assigned agent 10 s, then queue 60 s",
        "1 Tag Trade offer",
    ]
    assert looped(demo) == [3, 4, 5]
    tag, agent, queue, reply, jump = ids(demo)
    told = demo.problems()[f"{PLAN}/{jump}/target"]
    assert "actions 3, 4 and 5: each round waits 900 s" in told
    demo.picture(tmp_path / "round.png")

    click_action(demo, 4)
    assert demo.chosen(PLAN) == jump
    close = demo.add(PLAN, "close")
    demo.choose(PLAN, jump)
    demo.pick(f"{PLAN}/{jump}/target", "6. Close")
    assert looped(demo) == []
    assert f"{PLAN}/{jump}/target" not in demo.problems()

    drag(demo, PLAN, reply, tag, "above")
    assert ids(demo) == [reply, tag, agent, queue, jump, close]
    assert drawn(demo)[5] == "5 GotoP → 6"
    demo.command("undo")
    demo.command("undo")
    assert looped(demo) == [3, 4, 5]
    demo.command("redo")
    demo.command("redo")
    assert looped(demo) == []
    demo.save()
    demo.open("Trade desk")
    demo.open("Outlet marketplace")
    assert ids(demo) == [reply, tag, agent, queue, jump, close]
    demo.command("dark")
    demo.picture(tmp_path / "mended.png")


def test_an_action_that_no_message_comes_to_is_shown_in_list_flow_and_problems(
    demo: Driver,
) -> None:
    tag, agent, *_ = ids(demo)
    demo.choose(PLAN, tag)
    close = demo.add(PLAN, "close")
    assert [step.reached for step in flow(demo).flow.steps] == [True] * 3 + [False] * 4
    assert "No message comes to actions 3 to 6" in demo.problems()[f"{PLAN}/{agent}/agent"]
    assert "new messages reach nobody" in demo.problems()[PLAN]
    demo.go_to_problem(f"{PLAN}/{agent}/agent")
    assert demo.chosen(PLAN) == agent
    assert flow(demo).chosen == agent
    demo.choose(PLAN, close)
    for _ in range(4):
        demo.press_key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert all(step.reached for step in flow(demo).flow.steps[:6])


def test_a_deleted_target_is_told_at_the_jump(demo: Driver, answers: Answers) -> None:
    answers.answers["delete_rows"] = True
    *_, queue, _, jump = ids(demo)
    demo.choose(PLAN, queue)
    demo.press(f"{PLAN}:delete")
    step = flow(demo).flow.steps[-1]
    assert step.id == jump
    assert step.lost
    assert demo.problems()[f"{PLAN}/{jump}/target"].endswith(
        "What “Go to” names was deleted from this account. Choose another one."
    )
    demo.command("undo")
    assert not any(step.lost for step in flow(demo).flow.steps)


def test_the_smallest_window_shows_the_flow_below_the_list(demo: Driver, tmp_path: Path) -> None:
    window = demo.console.window
    window.resize(window.minimumSize())
    demo.rest()
    assert demo.page.horizontalScrollBar().maximum() == 0
    canvas = flow(demo)
    click_action(demo, 2)
    assert demo.chosen(PLAN) == canvas.flow.steps[3].id
    assert canvas.width() <= demo.page.viewport().width()
    demo.picture(tmp_path / "small.png")
