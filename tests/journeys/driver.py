"""The driver: does in the real window what a person does, and waits for what follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from motion_desk.app import Application
from motion_desk.ui.editors.rich_text import RichTextEditor
from motion_desk.ui.panels.problems import KEY
from motion_desk.ui.questions import Questions
from tests.journeys.screen import Screen

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Answers(Questions):
    """Answers in a person's stead: each question has one answer, and is noted when asked.

    An answer that is a function is given what the question says.
    """

    def __init__(self, **answers: object) -> None:
        super().__init__()
        self.answers = answers
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") or name not in vars(Questions):
            return super().__getattribute__(name)

        def answer(*values: object) -> object:
            self.asked.append((name, values))
            given = self.answers.get(name, "" if name != "documents" else ())
            return given(*values) if callable(given) else given

        return answer


class Driver(Screen):
    """Drives the window of one application."""

    @property
    def application(self) -> Application:
        """The application whose window it is."""
        assert isinstance(self._holder, Application)
        return self._holder

    def open(self, name: str) -> None:
        """Click on an account's line, or on the workspace's."""
        line = self.account(name).id
        self.console.window.accounts.choose(line)
        self.wait(lambda: self._is_open(line), f"{name} on screen")
        self.rest()

    def _is_open(self, line: str) -> bool:
        current = self.console.desk.current
        workspace = self.console.desk.workspace.id
        return current is not None and current.draft.id == (
            workspace if line == "workspace" else line
        )

    def section(self, name: str) -> None:
        """Click on a section."""
        self.console.window.sections.choose(name)
        self.rest()
        assert self.console.window.section == name, f"{name} is not on screen"

    def focus(self, key: str) -> QWidget:
        """Give a field's editor the focus, as a click on it does; returns what takes the keys."""
        editor = self.find(key)
        if not editor.isActiveWindow():  # another program's window was
            editor.activateWindow()
            self.rest()
        target: QWidget = editor.focusProxy() or editor
        target.setFocus(Qt.FocusReason.MouseFocusReason)
        return target

    def type(self, key: str, text: str) -> None:
        """Replace the text of a field by typing."""
        target: Any = self.focus(key)
        target.selectAll()
        QTest.keyClick(target, Qt.Key.Key_Delete)
        self.type_on(text)
        shown = target.text() if isinstance(target, QLineEdit) else target.toPlainText()
        assert shown == text, f"{key} shows {shown} where {text} was typed"

    def type_on(self, text: str) -> None:
        """Type where the focus is."""
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the focus"
        for character in text:
            if character == "\n":
                QTest.keyClick(target, Qt.Key.Key_Return)
            elif character.isascii():
                QTest.keyClicks(target, character)
            else:  # of which QTest knows no key
                key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier(0), character)
                QApplication.sendEvent(target, key)
        self.rest()

    def paste(self, key: str, text: str) -> None:
        """Replace the text of a field by what is on the clipboard."""
        target: Any = self.focus(key)
        QGuiApplication.clipboard().setText(text)
        target.selectAll()
        QTest.keyClick(target, Qt.Key.Key_V, CONTROL)
        QGuiApplication.clipboard().clear()
        self.rest()

    def write(self, key: str, text: str) -> None:
        """Replace a field's text whatever its editor: by typing, or as HTML source."""
        editor = self.find(key)
        if isinstance(editor, RichTextEditor):
            QTest.mouseClick(editor.source_switch, Qt.MouseButton.LeftButton)
            self.rest()
            self.paste(key, text)
        elif isinstance(editor, QPlainTextEdit):
            self.paste(key, text)
        else:
            self.type(key, text)

    def press_key(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        QTest.keyClick(widget, key, modifiers)
        self.rest()

    def turn(self, key: str) -> None:
        """Click on a switch."""
        editor = self.find(key)
        assert isinstance(editor, QAbstractButton)
        editor.setFocus(Qt.FocusReason.MouseFocusReason)
        QTest.mouseClick(editor, Qt.MouseButton.LeftButton)
        self.rest()

    def pick(self, key: str, label: str) -> None:
        """Choose an option or entry by its label, with the keyboard's focus."""
        editor = self.find(key)
        combo = editor if isinstance(editor, QComboBox) else editor.combo
        place = combo.findText(label)
        assert place >= 0, f"{key} does not offer {label}"
        combo.setFocus(Qt.FocusReason.MouseFocusReason)
        # As the list does once it is closed; off screen, opening it is answered with warnings.
        combo.setCurrentIndex(place)
        combo.activated.emit(place)
        self.rest()

    def tick(self, key: str, *labels: str) -> None:
        """Set the check marks of exactly these entries."""
        editor = self.find(key)
        for place in range(editor.list.count()):
            item = editor.list.item(place)
            wanted = item.text() in labels
            if (item.checkState() is Qt.CheckState.Checked) is not wanted:
                editor.list.setFocus()
                editor.list.setCurrentRow(place)
                QTest.keyClick(editor.list, Qt.Key.Key_Space)
        self.rest()

    def add(self, key: str, word: str = "") -> str:
        """Add a row by its button, of a type where there are several; returns its id."""
        if word:
            button = self.find(f"{key}:add")
            next(
                a for a in button.menu().actions() if a.objectName().endswith(f":{word}")
            ).trigger()
            self.rest()
        else:
            self.press(f"{key}:add")
        return self.chosen(key)

    def choose(self, key: str, row_id: str) -> None:
        """Click on a row in the list of rows."""
        tree = self.find(key).tree
        for item in tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            if item.data(0, Qt.ItemDataRole.UserRole) == row_id:
                tree.scrollToItem(item)
                place = tree.visualItemRect(item).center()
                QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.rest()
        assert self.chosen(key) == row_id

    def press(self, name: str) -> None:
        """Click on a button, by its object name or else by its words."""
        button = self.find(name) if self.is_there(name) else self._worded(name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def _worded(self, text: str) -> QAbstractButton:
        for top in self._tops():
            for button in top.findChildren(QAbstractButton):
                said = button.text().replace("&", "") or button.accessibleName()
                if said == text and button.isVisible():
                    return button
        raise AssertionError(f"no button is called {text}")

    def command(self, word: str) -> None:
        """Use a command of the menus."""
        action = self.console.window.actions_.by_word[word]
        assert action.isEnabled(), f"{word} is not to be had now"
        action.trigger()
        self.rest()

    def go_to_problem(self, key: str) -> None:
        """Click on a line of the panel of problems."""
        lines: QListWidget = self.console.window.problems.list
        for place in range(lines.count()):
            if lines.item(place).data(KEY) == key:
                lines.scrollToItem(lines.item(place))
                self.rest()
                spot = lines.visualItemRect(lines.item(place)).center()
                QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=spot)
                self.rest()
                return
        raise AssertionError(f"the panel has no problem of {key}")

    def save(self) -> None:
        """Save, and wait until it is done."""
        self.command("save")
        self.settled()

    def picture(self, path: Path) -> None:
        """Keep a picture of what a person sees now."""
        self.rest()
        top = self._tops()[0]
        assert top.grab().save(str(path)), f"{path} could not be written"

    def close(self) -> None:
        """Close the window, as a person does."""
        self.console.window.close()
        self.wait(lambda: not self.console.window.isVisible(), "closed")
