"""The dialog of a CSV file: what each column is taken for, and whom that gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from motion_desk.services.invitations.staff import FIELDS
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.mapping import MappedColumn, MappingGrid, delimiter_word

if TYPE_CHECKING:
    from motion_desk.services.invitations.staff_import import Column, Imported
    from motion_desk.services.tables import Table

MOST_TOLD = 500
"""Rows that are listed as refused or repeated."""


class StaffImport(QDialog):
    """Asks what the columns are. ``taken`` brings the people when they are to be added."""

    taken = Signal(object)

    def __init__(
        self, name: str, table: Table, variables: Sequence[str], parent: QWidget | None
    ) -> None:
        from motion_desk.services.invitations.staff_import import columns

        super().__init__(parent)
        self.setObjectName("staff-import")
        self.setWindowTitle(tr("People from a CSV file"))
        self.resize(680, 560)
        self._table = table
        self._columns = columns(table, variables)
        self._found: Imported | None = None
        self.grid = MappingGrid(
            "staff-import",
            [
                MappedColumn(each.title, _sample(table, place, each), each.target, each.certain)
                for place, each in enumerate(self._columns)
            ],
            [(target, tr(FIELDS.get(target, target))) for target in (*FIELDS, *variables)],
            self,
        )
        self.grid.turned.connect(self._read)
        self._following: Following[Imported] = Following(
            "staff-import", self, self._show, self._refuse
        )
        said = tr("“{name}” has {rows} rows, separated by {delimiter}. Say what each column is.")
        delimiter = delimiter_word(table.delimiter)
        head = wrapped(breakable(said.format(name=name, rows=len(table.rows), delimiter=delimiter)))
        self._sum = wrapped("", "heading")
        self._sum.setObjectName("staff-import:sum")
        self._wrong = wrapped("", "error")
        self._wrong.setObjectName("staff-import:wrong")
        self._told = QPlainTextEdit(self)
        self._told.setObjectName("staff-import:told")
        self._told.setAccessibleName(tr("Rows to look at"))
        self._told.setReadOnly(True)
        self._told.setTabChangesFocus(True)
        self._told.setMaximumHeight(130)
        buttons = QDialogButtonBox(self)
        self._accept = buttons.addButton(tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("staff-import:add")
        self._accept.setProperty("role", "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(self.grid, 1)
        for widget in (self._sum, self._wrong, self._told):
            layout.addWidget(widget)
        layout.addWidget(buttons)
        self.finished.connect(self._close)
        self._read()

    @property
    def is_read(self) -> bool:
        """Whether what is shown is of the columns as they are chosen."""
        return not self._following.running and self.grid.is_drawn

    def _read(self) -> None:
        """Find out on a thread whom the columns give: thousands of rows take a second."""
        table = self._table
        columns = [
            replace(column, target=target)
            for column, target in zip(self._columns, self.grid.targets, strict=True)
        ]
        self._found = None
        self._accept.setEnabled(False)
        self._wrong.hide()
        self._sum.setText(tr("Reading the rows…"))
        self._following.follow(Job("staff-import", lambda stop: _course(table, columns, stop)))

    def _show(self, found: Imported) -> None:
        self._found = found
        parts = [_counted(len(found.people), tr("1 person"), tr("{} people"))]
        if found.refused:
            parts.append(_counted(len(found.refused), tr("1 row refused"), tr("{} rows refused")))
        if found.duplicates:
            parts.append(
                _counted(len(found.duplicates), tr("1 address twice"), tr("{} addresses twice"))
            )
        self._sum.setText(", ".join(parts) + ".")
        told = list(_told(found))
        self._told.setPlainText("\n".join(told))
        self._told.setVisible(bool(told))
        self._accept.setText(_counted(len(found.people), tr("Add 1 person"), tr("Add {} people")))
        self._accept.setEnabled(bool(found.people))

    def _refuse(self, error: Exception) -> None:
        self._sum.setText("")
        self._told.hide()
        self._wrong.setText(str(getattr(error, "sentence", "")) or str(error))
        self._wrong.show()

    def _take(self) -> None:
        if self._found is not None:
            self.taken.emit(self._found.people)
            self.accept()

    def _close(self) -> None:
        self._following.close()
        self.grid.finish()


def _course(table: Table, columns: Sequence[Column], _: threading.Event) -> Iterator[Imported]:
    """Whom the columns give; on the job's thread."""
    from motion_desk.services.invitations.staff_import import imported

    yield imported(table, columns)


def _told(found: Imported) -> Iterator[str]:
    """The rows to look at, in the order of the file."""
    lines = [(each.line, each.reason) for each in found.refused]
    twice = tr("{address} is on line {line}, too. Both are added; only the first gets a letter.")
    lines += [
        (each.line, twice.format(address=each.address, line=each.earlier))
        for each in found.duplicates
    ]
    lines.sort()
    for line, reason in lines[:MOST_TOLD]:
        yield tr("Line {line}: {reason}").format(line=line, reason=reason)
    if len(lines) > MOST_TOLD:
        yield tr("… and {} more.").format(len(lines) - MOST_TOLD)


def _sample(table: Table, place: int, column: Column) -> str:
    """The first value of a column; of a link it is only said that there is one."""
    values = (row.cells[place].strip() for row in table.rows if place < len(row.cells))
    value = next(filter(None, values), "")
    return tr("(hidden)") if value and column.target == "link" else value


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(count)
