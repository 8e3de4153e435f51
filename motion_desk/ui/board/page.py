"""The page “All accounts”: a table of what is known of each, and the test of many at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)

from motion_desk.ui.board import reporting
from motion_desk.ui.board.bar import Bar
from motion_desk.ui.board.detail import Detail
from motion_desk.ui.board.lines import Column, Filter, Line
from motion_desk.ui.board.table import BoardTable
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.page import PanelPage
from motion_desk.ui.panels.panels import TEST
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.reporting import Reporting
from motion_desk.ui.test.strips import Strip

ABOUT = (
    "Tests accounts side by side, with at most one login at a time on each server, so that no "
    "mailbox is locked out. Open accounts are tested as they are on screen, saved or not, all "
    "others as they are stored."
)
EMPTY = {
    Filter.ALL: "There is no account yet. Create one, or import documents; it is then listed here.",
    Filter.FAILED: "No account failed in its newest test.",
    Filter.EXPIRING: "Nothing of any account ends within 30 days, as far as is known.",
    Filter.UNPROVED: "Every account has been shown to work.",
    Filter.INACTIVE: "All accounts are active.",
}
NARROW = 720
LEAST = 170
"""Pixels: the page's width below which buttons say less, and the least height of the table."""


class BoardPage(PanelPage):
    """Shows the board's lines, and asks it for what a person wants."""

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("board", tr("All accounts"), tr(ABOUT), parent)
        inner = self.widget()
        assert inner is not None  # noqa: S101 - the base has set it
        inner.setMaximumWidth(16_777_215)  # a table takes all the room there is
        self._tools = tools
        self.board = tools.board
        self._reporting = Reporting(tools.session, tools.questions, tools.tell, tools.warn)
        self._add_buttons(inner)
        self._sentence = wrapped("", "heading")
        self._sentence.setObjectName("board:sentence")
        self._progress = Bar(tools.theme, inner)
        self._progress.setObjectName("board:progress")
        self._progress.hide()
        state = QHBoxLayout()
        state.addWidget(self._sentence, 2)
        state.addWidget(self._progress, 1)
        self._lab = Strip(
            "board-lab", "flask-conical", "lab", tr("Leave the lab"), tools.lab.turn_off, inner
        )
        self._note = Strip("board-note", "info", "warning", "", lambda: None, inner)
        self._note.button.hide()
        self.table = BoardTable(tools.theme, inner)
        self.table.setMinimumHeight(LEAST)
        self._empty = wrapped("", "muted")
        self._empty.setObjectName("board:empty")
        self._detail = Detail(inner)
        self.column.addLayout(state)
        self.column.addWidget(self._lab)
        self.column.addWidget(self._note)
        self.column.addLayout(self._filters(inner))
        self.column.addWidget(self._empty)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._detail)
        for before, after in (
            (self._test, self._chosen),
            (self._chosen, self._save),
        ):
            self.setTabOrder(before, after)
        self.table.turned.connect(self._show_chosen)
        self.table.opened.connect(self._open)
        self._detail.asked.connect(self._open)
        self.board.changed.connect(self._show)
        self.board.ended.connect(self._tell)
        tools.lab.changed.connect(self._show_lab)
        stop = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        stop.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        stop.activated.connect(self.board.stop)

    def _add_buttons(self, inner: QWidget) -> None:
        """Add what acts on the whole page; made from left to right, as the Tab key goes."""
        self._test = QPushButton(inner)
        self._test.setObjectName("board:test")
        self._test.setProperty("role", "primary")
        self._test.clicked.connect(self._go)
        self._chosen = QPushButton(inner)
        self._chosen.setObjectName("board:test-chosen")
        self._chosen.clicked.connect(self._go_with_chosen)
        self._save = QPushButton(inner)
        self._save.setObjectName("board:save")
        self._save.setAccessibleName(tr("Save a report of all…"))
        self._save.setToolTip(tr("All lines, with what was found and what to do, as one document."))
        self._save.clicked.connect(lambda: reporting.save(self.board, self._reporting))
        for button in (self._test, self._chosen, self._save):
            button.setAutoDefault(False)
            self.head.addWidget(button)

    def _filters(self, inner: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        group = QButtonGroup(self)
        self._choices: dict[Filter, QToolButton] = {}
        for each in Filter:
            button = QToolButton(inner)
            button.setObjectName(f"board:filter-{each.word}")
            button.setProperty("role", "button")
            button.setProperty("compact", True)
            button.setCheckable(True)
            button.setChecked(each is Filter.ALL)
            button.clicked.connect(lambda _=False, each=each: self._narrow(each))
            group.addButton(button)
            row.addWidget(button)
            self._choices[each] = button
        row.addStretch(1)
        self._filter = Filter.ALL
        return row

    # What the program shows

    def came(self) -> None:
        self.board.watch(True)
        self._show()
        self._show_lab()

    def went(self) -> None:
        self.board.watch(False)

    def finish(self) -> None:
        """Nothing is left to stop: the board ends with the window."""

    def _show(self) -> None:
        """Draw what is known, while the page is on the screen."""
        if not self.isVisible():
            return
        lines = self.board.lines
        self.table.show_lines(lines)
        self._show_counts(lines)
        self._show_state()
        self._show_chosen()

    def _show_counts(self, lines: tuple[Line, ...]) -> None:
        for each, button in self._choices.items():
            count = sum(each in line.filters for line in lines)
            text = f"{tr(each.title)} {count}"
            if button.text() != text:
                button.setText(text)
        shown = self.table.sorted.rowCount()
        self._empty.setText(tr(EMPTY[self._filter]))
        self._empty.setVisible(not shown and self.board.survey.complete)
        self.table.setVisible(bool(lines))

    def _show_state(self) -> None:
        """Say how far a test of many is, or else how many accounts would work."""
        running = self.board.running.under_way
        total, done = len(self.board.asked), len(self.board.done)
        if not running:
            said = self.board.sentence or tr("Reading what is known of the accounts…")
        else:
            preparing = tr("Getting the passwords of {} accounts…").format(total)
            said = tr("Tested {} of {}.").format(done, total) if self.board.begun else preparing
            self._progress.show_part(done, total)
        self._progress.setVisible(running)
        if self._sentence.text() != said:
            self._sentence.setText(said)
        self._test.setText(tr("Stop") if running else tr("Test all"))
        self._test.setEnabled(running or bool(self.board.lines))
        self._save.setEnabled(self.board.survey.complete and bool(self.board.lines))
        self._note.say(
            tr("This workspace cannot be written to: results are shown here, but not kept.")
            if self.board.survey.read_only
            else ""
        )

    def _show_chosen(self) -> None:
        chosen = self.table.chosen
        self._chosen.setEnabled(bool(chosen) and not self.board.running.under_way)
        self._chosen.setText(self._chosen_text(len(chosen)))
        self._detail.show_line(self.table.current, len(chosen))

    def _chosen_text(self, count: int) -> str:
        return tr("Test the chosen ({})").format(count) if count > 1 else tr("Test the chosen")

    def _show_lab(self) -> None:
        lab = self._tools.lab.shown
        said = tr("In the lab: {}. Tests go to servers on this computer; nothing leaves it.")
        self._lab.say(said.format(tr(lab.title)) if lab else "")

    def _narrow(self, chosen: Filter) -> None:
        self._filter = chosen
        self.table.narrow(chosen)
        self._show()

    def _tell(self, sentence: str) -> None:
        self._tools.tell(sentence)
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._save.setText(tr("Save…") if narrow else tr("Save a report…"))

    # What a person does

    def _go(self) -> None:
        if self.board.running.under_way:
            self.board.stop()
        else:
            self.board.test()

    def _go_with_chosen(self) -> None:
        self.table.setFocus()  # for the button cannot keep it while a test runs
        self.board.test(self.table.chosen)

    def _open(self, account: str, column: Column) -> None:
        """Open an account's test, or the field that says a day."""
        line = next((each for each in self.board.lines if each.subject.account == account), None)
        row = line.subject.row if line else None
        if row is not None and column is Column.SECRET and row.secret:
            self._tools.go_to(row.secret.key)
        elif row is not None and column is Column.REVIEW and row.any_certificate:
            self._tools.open(account, row.any_certificate.key)
        else:
            self._tools.open(account, TEST)
