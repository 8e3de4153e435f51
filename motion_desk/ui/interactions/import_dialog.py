"""The dialog of a CSV export: what each column is, what its dates mean, and how its rows are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from motion_desk.services.interactions.columns import DATES, Choices, Target, checked, orders
from motion_desk.services.interactions.dates import DateOrder, reader
from motion_desk.services.interactions.sheet import Sheet, SheetError
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.columns import minute
from motion_desk.ui.panels.mapping import MappedColumn, MappingGrid, delimiter_word

SHOWN_ROWS = 4
"""Rows of the preview."""
LONGEST = 200


class ImportDialog(QDialog):
    """Asks how a file is read. ``taken`` brings the choices when it is to be imported."""

    taken = Signal(object)

    def __init__(
        self, sheet: Sheet, choices: Choices, *, remembered: bool, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("interactions-import")
        self.setWindowTitle(tr("Conversations from a CSV file"))
        self.resize(760, 640)
        self._sheet, self._order = sheet, choices.date_order
        said = tr("“{name}” has {columns} columns, separated by {delimiter}. Say what each is.")
        delimiter = delimiter_word(sheet.delimiter)
        text = said.format(name=sheet.path.name, columns=len(sheet.header), delimiter=delimiter)
        if remembered:
            text += " " + tr("They are chosen as they were for the last file with these columns.")
        columns = [
            MappedColumn(title, _first(sheet, place), target.value if target else "")
            for place, (title, target) in enumerate(zip(sheet.header, choices.targets, strict=True))
        ]
        targets = [(target.value, tr(target.label)) for target in Target]
        self.grid = MappingGrid("interactions-import", columns, targets, self)
        self.grid.turned.connect(self._show)
        self._dates = QWidget(self)
        self._dates.setObjectName("interactions-import:dates")
        self._day = QRadioButton(tr("The day comes first (31/12/2026)"), self._dates)
        self._day.setObjectName("interactions-import:day-first")
        self._month = QRadioButton(tr("The month comes first (12/31/2026)"), self._dates)
        self._month.setObjectName("interactions-import:month-first")
        for button, order in (
            (self._day, DateOrder.DAY_FIRST),
            (self._month, DateOrder.MONTH_FIRST),
        ):
            button.setChecked(self._order is order)
            button.clicked.connect(lambda _=False, order=order: self._choose_order(order))
        ways = QHBoxLayout()
        ways.addWidget(self._day)
        ways.addWidget(self._month)
        ways.addStretch(1)
        asked = QVBoxLayout(self._dates)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(
            wrapped(
                tr("The dates of this file can be read in two ways. Which is meant?"), "heading"
            )
        )
        asked.addLayout(ways)
        self._utc = QCheckBox(tr("Dates that name no time zone are UTC, not this computer's"), self)
        self._utc.setObjectName("interactions-import:utc")
        self._utc.setProperty("role", "tick")
        self._utc.setChecked(choices.utc)
        self._utc.toggled.connect(lambda _: self._show())
        self._preview = QTableWidget(self)
        self._preview.setObjectName("interactions-import:preview")
        self._preview.setProperty("role", "board")
        self._preview.setAccessibleName(tr("The first rows as they are read"))
        self._preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._preview.verticalHeader().hide()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._preview.horizontalHeader().setDefaultAlignment(left)
        self._preview.setShowGrid(False)
        self._preview.setWordWrap(False)
        self._preview.setFixedHeight(158)
        self._wrong = wrapped("", "error")
        self._wrong.setObjectName("interactions-import:wrong")
        buttons = QDialogButtonBox(self)
        self._accept = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("interactions-import:import")
        self._accept.setProperty("role", "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(wrapped(breakable(text)))
        layout.addWidget(self.grid, 1)
        for widget in (self._dates, self._utc):
            layout.addWidget(widget)
        layout.addWidget(wrapped(tr("The first rows as they are read:"), "caption"))
        for widget in (self._preview, self._wrong):
            layout.addWidget(widget)
        layout.addWidget(buttons)
        self.finished.connect(self.grid.finish)
        self._show()

    @property
    def choices(self) -> Choices:
        """How the file is to be read, as it is on screen."""
        targets = tuple(Target(word) if word else None for word in self.grid.targets)
        possible = orders(self._sheet, targets)
        order = next(iter(possible)) if len(possible) == 1 else self._order
        return Choices(targets, order, self._utc.isChecked())

    def _choose_order(self, order: DateOrder) -> None:
        self._order = order
        self._show()

    def _show(self) -> None:
        choices = self.choices
        self._dates.setVisible(len(orders(self._sheet, choices.targets)) != 1)
        self._utc.setVisible(any(target in DATES for target in choices.targets))
        wrong = ""
        try:
            checked(choices, self._sheet)
        except SheetError as error:
            wrong = error.sentence
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._accept.setEnabled(not wrong)
        self._show_rows(choices)

    def _show_rows(self, choices: Choices) -> None:
        """Show the first rows, dates as they are understood."""
        wanted = [(place, target) for place, target in enumerate(choices.targets) if target]
        read = reader(choices.date_order, utc=choices.utc)
        rows = self._sheet.sample[:SHOWN_ROWS]
        self._preview.clear()
        self._preview.setColumnCount(len(wanted))
        self._preview.setRowCount(len(rows))
        self._preview.setHorizontalHeaderLabels([tr(target.label) for _, target in wanted])
        for row, cells in enumerate(rows):
            for column, (place, target) in enumerate(wanted):
                text = cells[place][:LONGEST] if place < len(cells) else ""
                shown = _instant(text, read) if target in DATES else text
                self._preview.setItem(row, column, QTableWidgetItem(" ".join(shown.split())))
        self._preview.resizeColumnsToContents()
        for column in range(len(wanted)):
            self._preview.setColumnWidth(column, min(220, self._preview.columnWidth(column) + 8))

    def _take(self) -> None:
        self.taken.emit(self.choices)
        self.accept()


def _first(sheet: Sheet, place: int) -> str:
    """The first value of a column that is not empty."""
    values = (row[place].strip() for row in sheet.sample if place < len(row))
    return next(filter(None, values), "")


def _instant(text: str, read: Callable[[str], int]) -> str:
    """A date as it is understood, or with a mark as one that is not."""
    try:
        seconds = read(text)
    except ValueError:
        return tr("? {}").format(text)
    return minute(datetime.fromtimestamp(seconds, UTC)) if seconds else ""
