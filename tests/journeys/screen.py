"""The screen: what a person can see in the real window, and waiting for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from motion_desk.models.account import Account
from motion_desk.models.changes import value_at
from motion_desk.models.secret import Secret
from motion_desk.ui.console import Console
from motion_desk.ui.form.row import FieldRow
from motion_desk.ui.form.rows import RowsEditor
from motion_desk.ui.navigation import Entry
from motion_desk.ui.panels.panels import panel_named
from motion_desk.ui.panels.problems import KEY

PATIENCE = 20.0
"""Seconds after which a condition is taken never to come."""


class Holder(Protocol):
    """What has the console of an open workspace, such as the application."""

    console: Console | None


class Screen:
    """Reads the window that a holder has open."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    @property
    def console(self) -> Console:
        """The open console."""
        assert self._holder.console is not None
        return self._holder.console

    def find(self, name: str, within: QWidget | None = None) -> Any:
        """The visible widget with an object name; the newest dialog is searched first."""
        for top in [within] if within else self._tops():
            for widget in [top, *top.findChildren(QWidget, name)]:
                if widget.objectName() == name and widget.isVisible():
                    return widget
        raise AssertionError(f"nothing is visible under the name {name}")

    def is_there(self, name: str) -> bool:
        """Whether a widget with an object name is visible."""
        return any(
            widget.isVisible() for top in self._tops() for widget in top.findChildren(QWidget, name)
        )

    def _tops(self) -> list[QWidget]:
        window = self.console.window
        dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        return [*reversed(dialogs), window]

    @property
    def page(self) -> QScrollArea:
        """The page of the section on screen."""
        page = self.console.window.pages.currentWidget()
        assert isinstance(page, QScrollArea)
        return page

    def rows(self) -> list[FieldRow]:
        """The rows of all fields that are visible on the page, from top to bottom."""
        page = self.page
        rows = [row for row in page.findChildren(FieldRow) if row.isVisibleTo(page)]
        return sorted(rows, key=lambda row: row.mapTo(page, QPoint(0, 0)).y())

    def fields(self) -> tuple[str, ...]:
        """The keys of all fields that are visible on the page, from top to bottom."""
        return tuple(row.key for row in self.rows() if "/" not in row.key)

    def shown(self) -> set[str]:
        """The keys of all fields that are visible on the page, those of rows by their key."""
        return set(self.fields())

    def sections(self) -> list[str]:
        """The names of the document's sections in the list, in order; panels are none of them."""
        lines = self.console.window.sections.entries()
        return [entry.id for entry in lines if not panel_named(entry.id)]

    def line(self, name: str) -> Entry:
        """The line of a section or panel, by its name."""
        lines = self.console.window.sections.entries()
        return next(entry for entry in lines if entry.id == name)

    def account(self, name: str) -> Entry:
        """The line of an account in the list."""
        for entry in self.console.window.accounts.entries():
            if entry.title == name:
                return entry
        raise AssertionError(f"no account is called {name}")

    def accounts(self) -> list[str]:
        """The names of the accounts in the list, in order."""
        return [entry.title for entry in self.console.window.accounts.entries()[1:]]

    def value(self, key: str) -> Any:
        """What the open document has behind a key."""
        assert self.console.desk.current is not None
        return value_at(self.console.desk.current.draft, key)

    def account_draft(self) -> Account:
        """The open account as it is on screen."""
        current = self.console.desk.current
        assert current is not None
        assert isinstance(current.draft, Account)
        return current.draft

    def text_of(self, secret: Secret) -> str | None:
        """What the keyring has for a stored secret."""
        found: list[str | None] = []
        self.console.session.ask(lambda store: store.text_of(secret.reference), found.append)
        self.settled()
        return found[0]

    def focused(self) -> str:
        """The key of the field whose editor has the focus; empty where none has."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, FieldRow):
            widget = widget.parentWidget()
        return widget.key if widget is not None else ""

    def problems(self) -> dict[str, str]:
        """The texts of the panel's lines, by the key that each leads to."""
        lines = self.console.window.problems.list
        return {lines.item(n).data(KEY): lines.item(n).text() for n in range(lines.count())}

    def said(self) -> str:
        """What the line at the window's foot says."""
        return self.console.window.statusBar().currentMessage()

    def is_in_view(self, key: str) -> bool:
        """Whether the whole editor of a field lies in what the page shows."""
        editor = self.find(key)
        top = editor.mapTo(self.page, QPoint(0, 0)).y()
        return bool(top >= 0 and top + editor.height() <= self.page.height())

    def chosen(self, key: str) -> str:
        """The id of the chosen row."""
        editor = self.find(key)
        assert isinstance(editor, RowsEditor)
        item = editor.tree.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item else ""

    def can(self, word: str) -> bool:
        """Whether a command can be used now."""
        return self.console.window.actions_.by_word[word].isEnabled()

    # What comes

    def wait(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until a condition holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                told = self.console.window.notices.texts
                raise AssertionError(f"this never came: {what or condition}; notices: {told}")
            QTest.qWait(1)
            self.rest()

    def rest(self) -> None:
        """Let the window do what is due."""
        if QApplication.activeWindow() is None and self.console.window.isVisible():
            # As a window system does when a dialog closes; there is none off screen.
            self._tops()[0].activateWindow()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settled(self) -> None:
        """Wait until the store has answered all that it was asked."""
        self.rest()
        self.wait(lambda: not self.console.session.busy, "an answer of the store")
        self.rest()
