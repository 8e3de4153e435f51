"""Inviting staff: in the real window, by the real sender, against the real lab."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.sent import Outcome, Purpose
from tests.journeys.driver import Answers, Driver
from tests.journeys.inviting import (
    choose,
    choose_by_menu,
    drawn,
    from_the_workspace,
    go,
    open_invite,
    page,
    people,
    show_letter,
    state_of,
)
from tests.journeys.stage import Stage

# Off screen, the web engine's pictures and a table's editor are answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MANY = 300


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the panel of the demo workspace, its lab ten times as fast."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    open_invite(driver)
    return driver


def delivered(driver: Driver, address: str) -> int:
    """How many messages the lab's server has taken for an address."""
    found: list[int] = []
    driver.console.testing.lab.ask(
        lambda lab: sum(address in each.recipients for each in lab.seen.messages),
        found.append,
        lambda _: found.append(-1),
    )
    driver.wait(lambda: found, "the lab's count")
    return found[0]


def test_a_newcomer_previews_and_sends_to_all_of_the_demo_in_the_lab(demo: Driver) -> None:
    from_the_workspace(demo)
    choose(demo, "Élodie Marchand")
    show_letter(demo)
    subject = "Welcome to the Meridia service desk, Élodie Marchand"
    assert demo.find("invite:letter-subject").text().replace("\u200b", "") == subject
    choose_by_menu(demo, "all")
    count = len(people(demo))
    assert go(demo, Purpose.LAB) == f"To the lab: {count} of {count} sent."
    assert delivered(demo, "elodie.marchand@meridia.example") == 1
    assert len(page(demo).log.mails) == count


def test_a_fault_of_the_lab_is_told_in_words_and_a_second_try_goes_well(demo: Driver) -> None:
    from_the_workspace(demo)
    choose(demo, "Karim Benali")
    demo.console.testing.lab.turn_on("recipient-refused")
    assert go(demo, Purpose.LAB) == "To the lab: 0 of 1 sent, 1 refused."
    assert "The server said:" in state_of(demo, "Karim Benali")
    demo.console.testing.lab.turn_on("healthy")
    assert go(demo, Purpose.LAB) == "To the lab: 1 of 1 sent."
    assert [mail.outcome for mail in page(demo).log.mails] == [Outcome.SENT, Outcome.REFUSED]


def test_the_log_is_there_again_after_reopening(demo: Driver, stage: Stage) -> None:
    from_the_workspace(demo)
    choose(demo, "Karim Benali")
    go(demo, Purpose.LAB)
    demo = stage(None, "demo")
    open_invite(demo)
    assert [mail.recipient for mail in page(demo).log.mails] == ["karim.benali@meridia.example"]
    assert people(demo) == [], "people are kept for the window's life only"


def test_hundreds_from_a_file_are_stopped_in_the_middle(
    demo: Driver, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "staff.csv"
    rows = "".join(f"Zoë {n},zoe{n}@meridia.example\n" for n in range(MANY))
    path.write_text(f"Name,Email\n{rows}", encoding="utf-8")
    answers.answers["open_staff"] = path
    demo.press("invite:csv")
    demo.wait(lambda: demo.is_there("staff-import:add"), "the dialog")
    demo.wait(lambda: demo.find("staff-import").is_read, "the rows")
    demo.press("staff-import:add")
    drawn(demo)
    choose_by_menu(demo, "all")
    demo.press("invite:send")
    post = page(demo).post
    demo.wait(lambda: post.number >= 3, "the first letters")
    demo.press("invite:stop")
    demo.wait(lambda: not post.under_way, "the end")
    drawn(demo)
    sent = sum(
        each.done is not None and each.done.attempt.outcome is Outcome.SENT for each in people(demo)
    )
    assert 3 <= sent < MANY
    assert post.sentence.startswith(f"To the lab: stopped: {sent} of {MANY} sent")
    assert len(page(demo).log.mails) == MANY
