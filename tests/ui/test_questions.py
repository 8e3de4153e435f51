"""The questions about files, in Qt's own dialogs: what is answered, and what where it is declined."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from motion_desk.ui.questions import Questions

# Off screen, opening a dialog is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SOON = 50
"""Milliseconds between two looks for the dialog."""


@pytest.fixture
def questions(qtbot: QtBot) -> Questions:
    """What asks, above a window."""
    parent = QWidget()
    qtbot.addWidget(parent)
    return Questions(parent)


class Person:
    """Chooses a file in the next dialog, or declines; notes the names that dialogs suggest."""

    def __init__(self, parent: QWidget) -> None:
        self.suggested: list[str] = []
        self._name = ""
        self._timer = QTimer(parent)
        self._timer.setInterval(SOON)
        self._timer.timeout.connect(self._look)

    def will_choose(self, name: str) -> None:
        """Answer the next dialog with a file; without one, close it."""
        self._name = name
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        self._timer.stop()
        if isinstance(dialog, QFileDialog) and self._name:
            self.suggested += [Path(each).name for each in dialog.selectedFiles()]
            typed = dialog.findChild(QLineEdit)
            assert isinstance(typed, QLineEdit)
            typed.setText(self._name)
            dialog.accept()
        elif isinstance(dialog, QDialog):
            dialog.reject()


@pytest.fixture
def person(questions: Questions) -> Person:
    """Who answers."""
    assert questions.parent is not None
    return Person(questions.parent)


def test_where_to_write_the_probe_is_asked_with_a_name_that_ends_in_py(
    questions: Questions, person: Person, tmp_path: Path
) -> None:
    person.will_choose(str(tmp_path / "mine"))
    assert questions.save_probe("probe-care.py") == tmp_path / "mine.py"
    assert person.suggested == ["probe-care.py"]
    person.will_choose("")
    assert questions.save_probe("probe-care.py") is None


def test_where_to_write_a_report_is_asked_with_the_ending_of_its_form(
    questions: Questions, person: Person, tmp_path: Path
) -> None:
    person.will_choose(str(tmp_path / "mine"))
    assert questions.save_report("care.html") == tmp_path / "mine.html"
    person.will_choose("")
    assert questions.save_report("care.html") is None


def test_which_file_holds_the_result_is_asked(
    questions: Questions, person: Person, tmp_path: Path
) -> None:
    (tmp_path / "result.json").write_text("{}", encoding="ascii")
    person.will_choose(str(tmp_path / "result.json"))
    assert questions.open_result() == tmp_path / "result.json"
    person.will_choose("")
    assert questions.open_result() is None
