"""Conditions: the dialog of “More conditions…”, in which several are combined by all or any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.services.interactions.query import (
    LABELS,
    OPERATORS,
    Column,
    Condition,
    Operator,
    Query,
    Status,
)
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions import asking

if TYPE_CHECKING:
    from motion_desk.services.interactions.query import Values

MOST = 20
"""Conditions of one list."""
_WITHOUT_VALUE = (Operator.EMPTY, Operator.NOT_EMPTY)
_OF_DAYS = (Operator.BEFORE, Operator.FROM)


class ConditionsDialog(QDialog):
    """Edits the conditions of a query. ``taken`` brings the query that has them."""

    taken = Signal(object)

    def __init__(self, query: Query, values: Values | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("conditions")
        self.setWindowTitle(tr("More conditions"))
        self.resize(640, 380)
        self._query, self._values = query, values
        self.lines: list[ConditionLine] = []
        self._all = QRadioButton(tr("All of these hold"), self)
        self._all.setObjectName("conditions:all")
        self._any = QRadioButton(tr("At least one of these holds"), self)
        self._any.setObjectName("conditions:any")
        (self._any if query.any_of else self._all).setChecked(True)
        ways = QHBoxLayout()
        ways.addWidget(self._all)
        ways.addWidget(self._any)
        ways.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget(scroll)
        self._inner.setObjectName("scrolled")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.addStretch(1)
        scroll.setWidget(self._inner)
        self._add = QPushButton(icon("plus"), tr("Add a condition"), self)
        self._add.setObjectName("conditions:add")
        self._add.setProperty("compact", True)
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._add_blank)
        self._wrong = wrapped("", "error")
        self._wrong.setObjectName("conditions:wrong")
        self._wrong.hide()
        buttons = QDialogButtonBox(self)
        use = buttons.addButton(tr("Show"), QDialogButtonBox.ButtonRole.AcceptRole)
        use.setObjectName("conditions:use")
        use.setProperty("role", "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(wrapped(tr("They hold beside the filters of the bar."), "muted"))
        layout.addLayout(ways)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)
        layout.addWidget(self._wrong)
        layout.addWidget(buttons)
        for condition in query.conditions:
            self.add(condition)
        if not self.lines:
            self.add()
        self.lines[0].column.setFocus()

    def add(self, condition: Condition | None = None) -> ConditionLine:
        """Add a line, for a condition where one is given."""
        line = ConditionLine(len(self.lines), self._values, self._inner)
        if condition is not None:
            line.show_condition(condition)
        line.unwanted.connect(partial(self._remove, line))
        self._column.insertWidget(len(self.lines), line)
        self.lines.append(line)
        self._add.setEnabled(len(self.lines) < MOST)
        return line

    def _add_blank(self) -> None:
        self.add().column.setFocus()

    def _remove(self, line: ConditionLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        for place, each in enumerate(self.lines):
            each.name_by(place)
        self._add.setEnabled(True)
        self._add.setFocus()

    def _take(self) -> None:
        found: list[Condition] = []
        for line in self.lines:
            wrong = line.wrong()
            if wrong:
                self._wrong.setText(wrong)
                self._wrong.show()
                line.value.setFocus()
                return
            found.append(line.condition())
        any_of = self._any.isChecked() and len(found) > 1
        self.taken.emit(replace(self._query, conditions=tuple(found), any_of=any_of))
        self.accept()


class ConditionLine(QWidget):
    """One condition: a column, how it compares, and with what. ``unwanted`` asks to remove it."""

    unwanted = Signal()

    def __init__(self, place: int, values: Values | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._values = values
        self.column, self.operator = Combo(self), Combo(self)
        self.column.setAccessibleName(tr("Column"))
        self.operator.setAccessibleName(tr("Comparison"))
        self.choice = Combo(self)
        self.choice.setAccessibleName(tr("Value"))
        self.value = QLineEdit(self)
        self.value.setAccessibleName(tr("Value"))
        self.value.setMaxLength(200)
        for column in Column:
            self.column.addItem(tr(LABELS[column]), column)
        self.column.setCurrentIndex(self.column.findText(tr(LABELS[Column.SUBJECT])))
        self._remove = QToolButton(self)
        self._remove.setIcon(icon("x"))
        self._remove.setIconSize(QSize(15, 15))
        self._remove.setAccessibleName(tr("Remove this condition"))
        self._remove.setToolTip(self._remove.accessibleName())
        self._remove.clicked.connect(lambda: self.unwanted.emit())  # noqa: PLW0108 - without the flag
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget, stretch in (
            (self.column, 0),
            (self.operator, 0),
            (self.choice, 1),
            (self.value, 1),
            (self._remove, 0),
        ):
            row.addWidget(widget, stretch)
        self.column.activated.connect(lambda _: self._offer_operators())
        self.operator.activated.connect(lambda _: self._offer_values())
        self._offer_operators()
        self.name_by(place)

    def name_by(self, place: int) -> None:
        """Name the parts by the line's place, from 0."""
        for widget, name in (
            (self.column, "column"),
            (self.operator, "operator"),
            (self.choice, "choice"),
            (self.value, "value"),
            (self._remove, "remove"),
        ):
            widget.setObjectName(f"conditions:{name}-{place}")

    def show_condition(self, condition: Condition) -> None:
        """Show a condition."""
        self.column.setCurrentIndex(_place(self.column, condition.column))
        self._offer_operators()
        self.operator.setCurrentIndex(_place(self.operator, condition.operator))
        self._offer_values()
        value = condition.value
        if isinstance(value, datetime):
            self.value.setText(value.astimezone().date().isoformat())
        else:
            self.value.setText(value)
            place = _place(self.choice, value)
            if place < 0 and value:
                self.choice.addItem(value, value)
                place = self.choice.count() - 1
            self.choice.setCurrentIndex(max(0, place))

    def wrong(self) -> str:
        """What is wrong with the line, in a sentence; empty where it is a condition."""
        operator = self.operator.currentData()
        label = self.column.currentText()
        if operator in _OF_DAYS:
            day = asking.day(self.value.text())
            if day is None or asking.begin_of(day) is None:
                return tr("“{}” needs a day, such as 2026-12-30.").format(label)
        elif operator not in _WITHOUT_VALUE and not self._typed():
            return tr("“{}” needs a value to compare with.").format(label)
        return ""

    def condition(self) -> Condition:
        """The condition, where nothing is ``wrong``."""
        column, operator = self.column.currentData(), self.operator.currentData()
        if operator in _OF_DAYS:
            day = asking.day(self.value.text())
            at = asking.begin_of(day) if day else None
            assert at is not None  # noqa: S101 - said above
            return Condition(column, operator, at)
        return Condition(column, operator, "" if operator in _WITHOUT_VALUE else self._typed())

    def _typed(self) -> str:
        if self._offered():
            return str(self.choice.currentData() or "")
        return self.value.text().strip()

    def _offer_operators(self) -> None:
        self.operator.clear()
        for operator in OPERATORS[self.column.currentData()]:
            self.operator.addItem(tr(operator.value), operator)
        self._offer_values()

    def _offered(self) -> Sequence[tuple[str, str]]:
        """The values that can be chosen, with what they are called; none where one is typed."""
        column, values = self.column.currentData(), self._values
        if column is Column.STATUS:
            return ((tr("open"), Status.OPEN.value), (tr("closed"), Status.CLOSED.value))
        if column is Column.READ:
            return ((tr("read"), "read"), (tr("unread"), "unread"))
        names: Sequence[str] = ()
        if values is not None:
            names = {
                Column.SUBSTATUS: values.substatuses,
                Column.TAGS: values.tags,
                Column.OWNER: values.owners,
            }.get(column, ())
        return tuple((name, name) for name in names)

    def _offer_values(self) -> None:
        needs = self.operator.currentData() not in _WITHOUT_VALUE
        offered = self._offered()
        self.choice.clear()
        for text, value in offered:
            self.choice.addItem(text, value)
        self.choice.setVisible(needs and bool(offered))
        self.value.setVisible(needs and not offered)
        is_day = self.operator.currentData() in _OF_DAYS
        self.value.setPlaceholderText("2026-12-30" if is_day else "")


def _place(combo: Combo, value: object) -> int:
    """Where a combo box offers a value; -1 where it does not."""
    return next((n for n in range(combo.count()) if combo.itemData(n) == value), -1)
