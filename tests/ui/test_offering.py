"""The variables that an editor offers are those of its surface and of the workspace on the desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import with_values
from motion_desk.models.fields import Field
from motion_desk.models.sections.variables import VariableEntry
from motion_desk.models.surfaces import Offered
from motion_desk.models.workspace import Workspace
from motion_desk.ui.desk import Desk
from motion_desk.ui.editors.rich_text import RichTextEditor
from motion_desk.ui.editors.variable_list import VariableList
from motion_desk.ui.editors.variable_picker import VariablePicker
from motion_desk.ui.form.editing import editor_for
from motion_desk.ui.form.tools import FormTools
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored, the_application


def made(qtbot: QtBot, field: Field) -> tuple[Desk, RichTextEditor, QWidget]:
    """A desk with a workspace, the editor of a field, and their window, which must be held."""
    application, _ = the_application()
    window = QWidget()
    qtbot.addWidget(window)
    desk = Desk(QUndoStack(window), window)
    desk.lay(Workspace())
    desk.show(desk.workspace.id)
    tools = FormTools(desk, application.theme, lambda key: None, lambda key, row: None)
    editor = editor_for(field, tools, window)
    assert isinstance(editor, RichTextEditor)
    return desk, editor, window


def test_an_editor_knows_the_variables_of_its_surface(qtbot: QtBot) -> None:
    _, editor, _window = made(qtbot, ACCOUNT.field("template.body"))
    assert {"account.name", "contact.firstName"} <= set(editor.known)
    assert "user.name" not in editor.known


def test_an_editor_follows_the_workspaces_own_variables(qtbot: QtBot) -> None:
    desk, editor, _window = made(qtbot, ACCOUNT.field("template.body"))
    row = VariableEntry(id="abcd", name="shop.size", description="Size", sample="XL")
    desk.edit("variables.entries", (row,))
    assert editor.known["shop.size"].sample == "XL"
    desk.edit("variables.entries", (replace(row, surface=Offered.INVITATION),))
    assert "shop.size" not in editor.known
    desk.stack.undo()
    assert "shop.size" in editor.known


def test_text_of_no_surface_has_no_variables(qtbot: QtBot) -> None:
    field = replace(ACCOUNT.field("template.body"), surface=None)
    _, editor, _window = made(qtbot, field)
    assert editor.known == {}


BODY = "template.body"


@pytest.fixture
def window(path: Path, stage: Stage) -> Driver:
    """A window on an account's template."""
    stored(path, Workspace(), with_values(Account(id="a"), {"settings.name": "Alpha"}))
    driver = stage()
    driver.open("Alpha")
    driver.section("template")
    return driver


def test_a_variable_is_completed_in_the_window_and_undone_with_what_was_typed(
    window: Driver,
) -> None:
    window.focus(BODY)
    window.type_on("Dear {{ firstn")
    shown = window.console.window.findChild(VariableList, "completion")
    assert isinstance(shown, VariableList)
    assert shown.shown == ("contact.firstName",)
    window.press_key(Qt.Key.Key_Return)
    assert window.value(BODY) == "<p>Dear {{ contact.firstName }}</p>"
    window.console.desk.stack.undo()
    assert window.value(BODY) == ""


def test_the_picker_lies_within_the_window_and_gives_the_focus_back(window: Driver) -> None:
    target = window.focus(BODY)
    editor = window.find(BODY)
    editor.bar.buttons[-1].click()
    shown = window.console.window.findChild(VariablePicker)
    assert isinstance(shown, VariablePicker)
    assert window.console.window.rect().contains(shown.geometry())
    assert shown.line.hasFocus()
    QTest.keyClick(shown.line, Qt.Key.Key_Escape)
    assert target.hasFocus()
    assert not shown.isVisible()


def test_a_variable_of_the_workspace_is_known_to_a_page_that_was_open_before(
    window: Driver,
) -> None:
    window.open("Workspace")
    row = VariableEntry(id="abcd", name="shop.size")
    window.console.desk.edit("variables.entries", (row,))
    window.open("Alpha")
    window.section("template")
    assert "shop.size" in window.find(BODY).known
