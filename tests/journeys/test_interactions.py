"""Interactions: from Motion's export to a message on trial, in the real window on a real archive."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from motion_desk.services.interactions.archive import path_beside
from tests.journeys.driver import Answers, Driver
from tests.journeys.interacting import (
    choose,
    column,
    counted,
    errand,
    import_file,
    open_interactions,
    page,
    pick,
    read_mailbox,
    search,
    shown,
)
from tests.journeys.stage import Stage
from tests.journeys.trial import drawn, open_trial, read_samples

# Off screen, the web engine's pictures are answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HEADER = "ID,Contact,Subject,Started At,Last Message,Status,Substatus,Tags,User,Read\n"
COUNT = 2_000


@pytest.fixture
def demo(stage: Stage, path: Path) -> Driver:
    """A window on the panel of the demo workspace."""
    driver = stage(path, "demo")
    open_interactions(driver)
    return driver


@pytest.fixture
def in_lab(stage: Stage) -> Driver:
    """The same in the demo's own place, where the lab is on and its authority noted."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    open_interactions(driver)
    return driver


def export(path: Path) -> Path:
    """A file as Motion's list might be exported to."""
    rows = "".join(
        f"{n},Person {n % 7} <p{n % 7}@example.com>,{'Lamp' if n % 2 else 'Chair'} {n},"
        f"2026-01-{1 + n % 28:02} 10:00,2026-02-{1 + n % 28:02} 12:00,"
        f"{'Open' if n % 3 else 'Closed'},,{'urgent' if n % 5 == 0 else ''},Anna,{n % 4 and 1}\n"
        for n in range(1, COUNT + 1)
    )
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def test_an_export_is_imported_searched_narrowed_and_found_again_after_reopening(
    demo: Driver, answers: Answers, tmp_path: Path, path: Path, stage: Stage
) -> None:
    import_file(demo, answers, export(tmp_path / "export.csv"))
    demo.press("interactions-import:import")
    assert errand(demo) == "Imported: 2,000 new conversations, 0 brought up to date."
    assert counted(demo) == "2,000 conversations"
    search(demo, "lamp")
    pick(demo, "status", "Open")
    pick(demo, "tag", "urgent")
    assert counted(demo) == "133 of 2,000 conversations"
    assert all("Lamp" in subject for subject in column(demo, "subject"))
    again = stage(path, "open")
    open_interactions(again)
    assert counted(again) == "2,000 conversations"


def test_the_mailbox_of_the_lab_is_read_and_a_message_goes_to_the_timeline(
    in_lab: Driver,
) -> None:
    assert in_lab.is_there("strip:interactions-lab")
    said = read_mailbox(in_lab, "the 50 newest messages")
    assert "new messages in" in said, in_lab.find("interactions:errand-more").text()
    assert "A mailbox tells nothing of owner" in said
    assert page(in_lab).listing.total > 0
    again = read_mailbox(in_lab, "the 200 newest messages")
    assert again == "The mailbox was read; there are no new messages."
    choose(in_lab, 0)
    assert page(in_lab).reading.letter is not None
    assert in_lab.is_there("interactions:save-eml")
    in_lab.press("interactions:to-timeline")
    in_lab.wait(lambda: in_lab.console.window.section == "timeline", "the timeline")
    in_lab.settled()


def test_a_conversation_arrives_in_the_trial_and_the_timeline_whatever_is_there_already(
    in_lab: Driver,
) -> None:
    open_trial(in_lab)
    read_samples(in_lab)
    open_interactions(in_lab)
    read_mailbox(in_lab, "the 50 newest messages")
    for row in (2, 0, 2):
        choose(in_lab, row)
        subject = column(in_lab, "subject")[row]
        in_lab.press("interactions:to-trial")
        in_lab.wait(lambda: in_lab.is_there("panel:trial"), "the trial")
        drawn(in_lab)
        assert in_lab.find("trial:matrix").line.title == subject
        assert in_lab.said() == f"“{subject}” is here now."
        open_interactions(in_lab)
    choose(in_lab, 1)
    subject = column(in_lab, "subject")[1]
    in_lab.press("interactions:to-timeline")
    in_lab.wait(lambda: in_lab.is_there("timeline:message"), "the timeline")
    in_lab.rest()
    assert in_lab.find("timeline:message").currentText() == subject


def test_a_conversation_without_messages_arrives_as_what_its_line_tells(
    demo: Driver, answers: Answers, tmp_path: Path
) -> None:
    import_file(demo, answers, export(tmp_path / "export.csv"))
    demo.press("interactions-import:import")
    errand(demo)
    choose(demo, 1)
    subject = column(demo, "subject")[1]
    demo.press("interactions:to-trial")
    demo.wait(lambda: demo.is_there("panel:trial"), "the trial")
    drawn(demo)
    line = demo.find("trial:matrix").line
    assert line.title == subject
    assert [header.name for header in line.incoming.headers] == ["From", "To", "Subject", "Date"]
    assert "Made from the list’s columns" in demo.said()


def test_a_mailbox_that_cannot_be_read_says_why_and_keeps_nothing(in_lab: Driver) -> None:
    in_lab.console.testing.lab.turn_on("mailbox-forbidden")
    said = read_mailbox(in_lab, "the 50 newest messages")
    assert said == "The mailbox was not read."
    assert in_lab.find("interactions:errand-more").text().startswith("IMAP, ")
    assert in_lab.is_there("interactions:empty")


def test_escape_ends_the_reading_of_a_mailbox_and_keeps_nothing(in_lab: Driver) -> None:
    in_lab.console.testing.lab.scale = 1.0
    in_lab.console.testing.lab.turn_on("greeting-slow")
    in_lab.press("interactions:mailbox")
    in_lab.press("interactions-mailbox:read")
    in_lab.find("interactions:stop").setFocus()
    in_lab.press_key(Qt.Key.Key_Escape)
    assert errand(in_lab).startswith("Stopped")
    assert in_lab.is_there("interactions:empty")


def test_what_is_shown_is_exported_with_its_filters_and_in_its_order(
    demo: Driver, answers: Answers, tmp_path: Path
) -> None:
    import_file(demo, answers, export(tmp_path / "export.csv"))
    demo.press("interactions-import:import")
    errand(demo)
    pick(demo, "tag", "urgent")
    target = answers.answers["save_interactions"] = tmp_path / "list.csv"
    shown_ids = column(demo, "id")
    demo.press("interactions:export")
    assert isinstance(target, Path)
    demo.wait(lambda: demo.said().startswith("400 conversations are in"), "the file")
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert len(rows) == 400
    assert [row["ID"] for row in rows][: len(shown_ids)] == shown_ids


def test_all_is_deleted_and_the_page_is_as_it_was_at_first(
    demo: Driver, answers: Answers, tmp_path: Path, path: Path
) -> None:
    import_file(demo, answers, export(tmp_path / "export.csv"))
    demo.press("interactions-import:import")
    errand(demo)
    answers.answers["sure"] = True
    menu = demo.find("interactions:delete").menu()
    next(a for a in menu.actions() if a.objectName() == "interactions:delete-own").trigger()
    shown(demo)
    assert demo.is_there("interactions:empty")
    assert b"Lamp" not in path_beside(path).read_bytes()
