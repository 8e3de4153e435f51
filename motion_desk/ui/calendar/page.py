"""The page “What expires”: all days of the workspace, and a file of them for calendar programs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from motion_desk.models.account import Account
from motion_desk.services.icalendar import ALARM_DAYS
from motion_desk.ui.calendar.days import SOON, today
from motion_desk.ui.calendar.list import DayList
from motion_desk.ui.calendar.model import Day, items
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.page import PanelPage, card
from motion_desk.ui.panels.panels import TEST
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.strips import Strip

if TYPE_CHECKING:
    from motion_desk.services.calendar import Entry
    from motion_desk.services.store import Store

ABOUT = (
    "What ends, or is to be looked at again, by what is stored. A click on a day opens the field "
    "that holds it, or the test that found it. The calendar file (.ics) has a whole-day event for "
    "each, with a reminder {} days before; read it into your calendar again, and it replaces what "
    "it brought before."
)
EMPTY = (
    "Nothing is known to end. The days come from the certificates that servers showed in kept "
    "tests, the lab aside; from the client secrets of the workspace's cloud providers; and from "
    "the review days of “Accept any certificate” and of pinned certificates. Test all accounts "
    "to learn the days of their certificates."
)


class CalendarPage(PanelPage):
    """Shows what the survey of the file found; it is read when the page comes to the screen."""

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        about = tr(ABOUT).format(ALARM_DAYS)
        super().__init__("calendar", tr("What expires"), about, parent)
        inner = self.widget()
        assert inner is not None  # noqa: S101 - the base has set it
        self._tools = tools
        self._board = tools.board
        self._save = QPushButton(tr("Save as calendar file…"), inner)
        self._save.setObjectName("calendar:save")
        self._save.setAutoDefault(False)
        self._save.clicked.connect(self._save_file)
        self.head.addWidget(self._save)
        self._sentence = wrapped("", "heading")
        self._sentence.setObjectName("calendar:sentence")
        self._unsaved = Strip("calendar-unsaved", "info", "warning", "", lambda: None, inner)
        self._unsaved.button.hide()
        self._unread = Strip("calendar-unread", "circle-alert", "warning", "", lambda: None, inner)
        self._unread.button.hide()
        self.list = DayList(tools.theme, inner)
        self._empty, column = card(inner)
        self._empty.setObjectName("calendar:empty")
        column.addWidget(wrapped(tr(EMPTY)))
        test = QPushButton(tr("Go to “All accounts”"), self._empty)
        test.setObjectName("calendar:board")
        test.setProperty("role", "link")
        test.setProperty("flush", "true")
        test.clicked.connect(lambda: tools.open(tools.desk.workspace.id, "board"))
        column.addWidget(test)
        for widget in (self._sentence, self._unsaved, self._unread, self._empty):
            self.column.addWidget(widget)
        self.column.addWidget(self.list, 1)
        self.column.addStretch(0)
        self._empty.hide()
        self.list.opened.connect(self._open)
        self._board.surveyed.connect(self._show)
        tools.desk.marked.connect(self._show_notes)

    def came(self) -> None:
        self._board.read()
        self._show()

    def _show(self) -> None:
        """Draw the days, while the page is on the screen."""
        if not self.isVisible():
            return
        survey = self._board.survey
        found = items(survey.entries(), today()) if survey.complete else ()
        days = [each for each in found if isinstance(each, Day)]
        self._sentence.setText(_said(days) if survey.complete else tr("Reading what is known…"))
        self._sentence.setVisible(bool(days) or not survey.complete)
        self._empty.setVisible(survey.complete and not days)
        self.list.setVisible(bool(days))
        self.list.show_items(found)
        self._save.setEnabled(bool(days))
        self._show_notes()

    def _show_notes(self) -> None:
        """Say what is not among the days, and why."""
        names = [
            draft.settings.name or tr("Unnamed account")
            if isinstance(draft, Account)
            else tr("the workspace")
            for draft in (opened.draft for opened in self._tools.desk.unsaved)
        ]
        said = tr("Unsaved changes do not count: {}. Save them to see their days.")
        self._unsaved.say(said.format(", ".join(names)) if names else "")
        refused = self._board.survey.refused
        summaries = self._tools.desk.summaries()
        unread = [
            f"{summaries[each].name if each in summaries else each}: {why}"
            for each, why in refused.items()
        ]
        missing = tr("The days of accounts that cannot be read are missing. {}")
        self._unread.say(breakable(missing.format(" ".join(unread))) if unread else "")

    def _open(self, entry: Entry) -> None:
        """Open the field that holds a day, or else the account's test."""
        if not entry.account:
            self._tools.go_to(entry.key)
        else:
            self._tools.open(entry.account, entry.key or TEST)

    def _save_file(self) -> None:
        """Ask for a file and write all days there, on the store's thread: a disk may be slow."""
        path = self._tools.questions.save_calendar("Motion-Desk.ics")
        if not path:
            return
        entries = self._board.survey.entries()

        def written(_: None) -> None:
            said = tr("{} events are in {}.") if len(entries) != 1 else tr("1 event is in {1}.")
            self._tools.tell(said.format(len(entries), path))

        def refused(error: Exception) -> None:
            if isinstance(error, OSError):
                text = tr("The calendar was not written to {}: {}.")
                self._tools.warn(text.format(path, error.strerror or error))
            else:
                self._tools.session.failed.emit(error)

        self._tools.session.ask(lambda store: _write(store, path, entries), written, refused)


def _said(days: list[Day]) -> str:
    """How many days there are, and how many of them are near."""
    past = sum(day.left < 0 for day in days)
    soon = sum(0 <= day.left <= SOON for day in days)
    count = tr("1 day") if len(days) == 1 else tr("{} days").format(len(days))
    parts = [count]
    if past:
        parts.append(tr("{} past").format(past))
    if soon:
        parts.append(tr("{} within {} days").format(soon, SOON))
    return ", ".join(parts) + "."


def _write(_: Store, path: Path, entries: tuple[Entry, ...]) -> None:
    from motion_desk.services.icalendar import icalendar

    path.write_bytes(icalendar(entries, datetime.now(UTC)))
