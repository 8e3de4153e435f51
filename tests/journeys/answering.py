"""What tests and the tour do with dispositions and canned answers, and what they see there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QPlainTextEdit

from motion_desk.models.sections.answers import CANNED_ANSWERS
from tests.journeys.driver import Answers, Driver


def preview(driver: Driver, answers: Answers, name: str, path: Path) -> QDialog:
    """Choose a CSV file to import into a section; gives the dialog that shows what it would do."""
    driver.section(name)
    answers.answers["open_csv"] = path
    driver.press(f"{name}:import")
    driver.settled()
    found = driver.find("csv-import")
    assert isinstance(found, QDialog)
    return found


def accept(driver: Driver) -> None:
    """Press the dialog's button “Import”."""
    driver.press("csv-import:do")
    driver.settled()


def export(driver: Driver, answers: Answers, name: str, path: Path) -> bytes:
    """Export a section's rows to a CSV file; gives its bytes."""
    driver.section(name)
    answers.answers["save_csv"] = path
    driver.press(f"{name}:export")
    driver.settled()
    return path.read_bytes()


def told(driver: Driver) -> list[str]:
    """The lines of the dialog."""
    text = driver.find("csv-import:told")
    assert isinstance(text, QPlainTextEdit)
    return text.toPlainText().splitlines()


def said(driver: Driver, name: str) -> str:
    """What a label says, without the marks of where it may be broken."""
    text: str = driver.find(name).text()
    return text.replace("\u200b", "")


def listed(driver: Driver) -> list[str]:
    """The canned answers in sight, from top to bottom."""
    tree = driver.find(CANNED_ANSWERS).tree
    items = (tree.topLevelItem(place) for place in range(tree.topLevelItemCount()))
    return [item.text(0) for item in items if not item.isHidden()]
