"""The matrix as a model of Qt: a line for each message, and behind what is said of it the rules."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from motion_desk.ui.form.words import tr
from motion_desk.ui.trial.lines import Line, Mark, Matrix
from motion_desk.ui.trial.marks import EXPECTED, VERDICTS

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns in front of those of the rules."""

    MESSAGE = 0
    VERDICT = 1
    DECIDED = 2


FIRST_RULE = len(Column)
TITLES = {
    Column.MESSAGE: "Message",
    Column.VERDICT: "Verdict",
    Column.DECIDED: "Decided by",
}


class MatrixModel(QAbstractTableModel):
    """Shows one matrix; ``show`` and ``grow`` are the only ways in which it changes.

    Whatever is drawn reads ``matrix``, which spares a million values made for Qt.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.matrix = Matrix()

    def show(self, matrix: Matrix) -> None:
        """Show this matrix and no other; where its lines and rules are the same, they stay."""
        before = self.matrix
        if _shape(before) == _shape(matrix):
            self.matrix = matrix
            self._changed(0, self.rowCount() - 1)
            across = Qt.Orientation.Horizontal
            self.headerDataChanged.emit(across, 0, self.columnCount() - 1)
            return
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def grow(self, first: int) -> None:
        """Take note of judgements from the line ``first`` on."""
        self._changed(first, len(self.matrix.judgements) - 1)

    def _changed(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    def line(self, row: int) -> Line | None:
        """The message of a row."""
        return self.matrix.lines[row] if 0 <= row < len(self.matrix.lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.matrix.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else FIRST_RULE + len(self.matrix.rules)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row, column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._hint(row, column) or self._text(row, column)
        return None

    def _text(self, row: int, column: int) -> str:
        judgement = self.matrix.judgement(row)
        if column == Column.MESSAGE:
            return self.matrix.lines[row].title
        if column >= FIRST_RULE or judgement is None:
            return ""
        if column == Column.VERDICT:
            return tr(VERDICTS[judgement.verdict][2])
        number = self.matrix.number(judgement.decided_by)
        return tr("rule {}").format(number) if number else tr("no rule")

    def _hint(self, row: int, column: int) -> str:
        """What a cell says in words."""
        line = self.matrix.lines[row]
        if column >= FIRST_RULE:
            place = column - FIRST_RULE
            found = self.matrix.mark(row, place)
            if found is None:
                return ""
            said = tr("Rule {number} {what}").format(number=place + 1, what=tr(found.value))
            cell = self.matrix.judgements[row].cells[place]
            said = said + (f". {cell.wrong}" if found is Mark.WRONG else ".")
            return f"{said}\n{line.title}"
        if column == Column.MESSAGE:
            sender = line.incoming.first("From")
            pinned = tr("Pinned: {}").format(tr(EXPECTED[line.pin.expected])) if line.pin else ""
            return "\n".join(filter(None, (line.title, sender, pinned)))
        return ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        rule = section - FIRST_RULE
        if role == Qt.ItemDataRole.DisplayRole:
            return str(rule + 1) if rule >= 0 else tr(TITLES[Column(section)])
        if role == Qt.ItemDataRole.ToolTipRole and rule >= 0:
            said = self.matrix.rules[rule].said
            return tr("Rule {number}: {said}").format(number=rule + 1, said=said)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return int(Qt.AlignmentFlag.AlignCenter if rule >= 0 else left)
        return None


def _shape(matrix: Matrix) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(each.key for each in matrix.lines), tuple(each.id for each in matrix.rules)
