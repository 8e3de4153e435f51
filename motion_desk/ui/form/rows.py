"""The editor of a list of rows: the list or tree, its buttons, and the form of the chosen row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models import rows as operations
from motion_desk.models.directory import row_type_title
from motion_desk.models.fields import Field
from motion_desk.models.kinds import Row, Rows
from motion_desk.models.plain import word
from motion_desk.models.problems import Severity
from motion_desk.models.views import FieldView, RowView
from motion_desk.ui.form.lines import ICONS, wrapped
from motion_desk.ui.form.row import FieldRow
from motion_desk.ui.form.row_form import RowForm, put_in_tab_order
from motion_desk.ui.form.row_tree import RowTree
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

LEAST_LINES, MOST_LINES = 4, 9
SHADES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "muted"}
"""The colours of the icons on lines with problems."""


Operation = Callable[[tuple[Row, ...], str], tuple[Row, ...]]


class RowsEditor(QWidget):
    """Edits a tuple of rows. Each operation is one edit of the whole tuple, so one undo.

    ``chose`` names the row (by its id) whose form is shown now; empty where there is none.
    """

    edited = Signal(object)
    chose = Signal(str)

    def __init__(
        self, field: Field, kind: Rows, tools: FormTools, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._kind = kind
        self._view: FieldView | None = None
        self._chosen = self._told = ""
        self._tools = tools
        self._forms: dict[type[Row], RowForm] = {}
        self._lines: dict[str, QTreeWidgetItem] = {}
        self.tree = RowTree(self._refusal, nests=kind.tree, parent=self)
        self.tree.setProperty("role", "field")
        self.tree.currentItemChanged.connect(self._choose)
        # Queued: the list is drawn anew then, which it must not be while Qt drops a line.
        self.tree.placed.connect(self.place, Qt.ConnectionType.QueuedConnection)
        self.tree.refused.connect(self._refuse)
        self.tree.pushed.connect(self._push)
        self._refused = wrapped("", "warning")
        self._refused.setObjectName(f"{field.key}:refused")
        self._refused.hide()
        self._empty = QLabel(tr("None yet."), self)
        self._empty.setProperty("role", "muted")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addLayout(self._bar())
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self.tree)
        self._layout.addWidget(self._refused)
        self.setFocusProxy(self.tree)
        tools.theme.changed.connect(self._fill)

    # The buttons

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        one = self._kind.one
        add = self._add = self._button("plus", tr("Add {}").format(tr(one)), "add")
        add.setProperty("role", "button")
        add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        add.setText(add.toolTip())
        bar.addWidget(add)
        if len(self._kind.types) > 1:
            menu = QMenu(add)
            for row in self._kind.types:
                title = tr(row_type_title(row))
                action = menu.addAction(title)
                action.setObjectName(f"{self._field.key}:add:{word(row)}")
                action.triggered.connect(lambda _=False, row=row: self.add(row))
            add.setMenu(menu)
            add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        else:
            add.clicked.connect(lambda: self.add(self._kind.types[0]))
        bar.addStretch(1)
        self._acts = [
            (self._button("copy", tr("Duplicate"), "duplicate"), self.duplicate),
            (self._button("arrow-up", tr("Move up (Alt+Up)"), "up"), lambda: self.shift(-1)),
            (self._button("arrow-down", tr("Move down (Alt+Down)"), "down"), lambda: self.shift(1)),
        ]
        if self._kind.tree:
            nest = self._button(
                "indent-increase", tr("Put below the one above (Alt+Right)"), "nest"
            )
            unnest = self._button("indent-decrease", tr("One level up (Alt+Left)"), "unnest")
            self._acts.append((nest, lambda: self._change(operations.nested)))
            self._acts.append((unnest, lambda: self._change(operations.unnested)))
        self._acts.append((self._button("trash-2", tr("Delete"), "delete"), self.delete))
        for button, act in self._acts:
            button.clicked.connect(act)
            bar.addWidget(button)
        return bar

    def _button(self, name: str, text: str, word: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self._field.key}:{word}")
        button.setIcon(icon(name))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    # What a person does

    def _rows(self) -> tuple[Row, ...]:
        return self._view.value if self._view else ()

    def add(self, kind: type[Row]) -> None:
        """Add a row of a type behind the chosen one, and choose it."""
        row = operations.fresh(kind, self._rows())
        if self._kind.tree and self._chosen:
            above = self._rows()[operations.index(self._rows(), self._chosen)]
            row = operations.with_cell((row,), row.id, "parent", operations.parent_of(above))[0]
        before, self._chosen = self._chosen, row.id
        self.edited.emit(operations.added(self._rows(), row, before))
        if form := self._forms.get(kind):
            form.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def duplicate(self) -> None:
        """Add a copy of the chosen row, with all that is nested in it."""
        rows = self._rows()
        inside = set(operations.subtree(rows, self._chosen))
        taken = tuple(row for row in rows if row.id in inside)
        copies = operations.copied(rows, taken, self._field.key)
        last = max(operations.index(rows, row.id) for row in taken)
        self._chosen = copies[0].id
        self.edited.emit((*rows[: last + 1], *copies, *rows[last + 1 :]))

    def shift(self, by: int) -> None:
        """Move the chosen row among its siblings."""
        self.edited.emit(operations.shifted(self._rows(), self._chosen, by))

    def place(self, row_id: str, parent: str, before: str) -> None:
        """Put a row below another, or on the first level, before one of the rows there or last."""
        rows = self._rows()
        known = {row.id for row in rows} | {""}
        if row_id in known and {parent, before} <= known:  # else the list has changed meanwhile
            if before and operations.parent_of(rows[operations.index(rows, before)]) != parent:
                before = ""  # a line that is shown on the first level, though its parent is gone
            self._chosen = row_id
            self.edited.emit(operations.placed(rows, row_id, parent, before))
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refusal(self, row_id: str, parent: str) -> str:
        """Why a row may not be put below another; empty where it may."""
        rows, deepest = self._rows(), self._kind.deepest
        if parent and parent in set(operations.subtree(rows, row_id)):
            return tr("A {} cannot lie below itself.").format(tr(self._kind.one))
        level = operations.depth(rows, parent) if parent else 0
        lowest = level + operations.height(rows, row_id)
        if deepest and parent and lowest > deepest:
            text = tr("This would be level {level}; there are {deepest} at most.")
            return text.format(level=lowest, deepest=deepest)
        return ""

    def _refuse(self, why: str) -> None:
        self._refused.setText(why)
        self._refused.setVisible(bool(why))

    def _push(self, key: Qt.Key) -> None:
        """Do what an arrow key with Alt stands for."""
        nests = self._kind.tree
        if not self._chosen:
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(-1 if key == Qt.Key.Key_Up else 1)
        elif nests:
            self._change(operations.nested if key == Qt.Key.Key_Right else operations.unnested)

    def delete(self) -> None:
        """Delete the chosen row, unless something refers to it."""
        self._tools.remove(self._field.key, self._chosen)

    def _change(self, operation: Operation) -> None:
        self.edited.emit(operation(self._rows(), self._chosen))

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._chosen = item.data(0, Qt.ItemDataRole.UserRole)
            self._show_chosen()

    # What the program shows

    @property
    def chosen(self) -> str:
        """The id of the row whose form is shown; empty where there is none."""
        return self._chosen if self._rows() else ""

    def show_view(self, view: FieldView) -> None:
        """Show the rows, and the form of the chosen one."""
        before, self._view = self._view, view
        if all(row.id != self._chosen for row in view.rows):
            self._chosen = self._neighbour(before.rows if before else (), view.rows)
        if before is None or _order(before) != _order(view):
            self._fill()
        else:
            self._redraw(before.rows, view.rows)
            self._mark_chosen()
        self._empty.setVisible(not view.rows)
        self.tree.setVisible(bool(view.rows))
        self.setFocusProxy(self.tree if view.rows else self._add)
        for button, _ in self._acts:
            button.setEnabled(bool(view.rows))
        self._show_chosen()

    def _neighbour(self, before: tuple[RowView, ...], rows: tuple[RowView, ...]) -> str:
        """The row to choose when the chosen one is gone: the next one that is left."""
        ids = [row.id for row in before]
        start = ids.index(self._chosen) if self._chosen in ids else 0
        left = {row.id for row in rows}
        after = [row_id for row_id in (*ids[start:], *reversed(ids[:start])) if row_id in left]
        return after[0] if after else rows[0].id if rows else ""

    def go_to(self, key: str) -> FieldRow | None:
        """Choose the row of a cell's key; gives the cell's field row."""
        _, row_id, name = key.split("/")
        self._chosen = row_id
        self._mark_chosen()
        self._show_chosen()
        for row in self._view.rows if self._view else ():
            if row.id == row_id:
                return self._form(row.type).rows.get(name)
        return None

    def _fill(self) -> None:
        """Make the lines anew; what was folded stays so, unless what is chosen lies in it."""
        top = self.tree.verticalScrollBar().value()
        folded = [row_id for row_id, item in self._lines.items() if _is_folded(item)]
        # Else each line that goes would be chosen for a moment, and its form shown.
        blocker = QSignalBlocker(self.tree)
        self.tree.clear()
        rows = self._view.rows if self._view else ()
        below: dict[str, list[RowView]] = {}
        for row in rows:
            below.setdefault(row.parent, []).append(row)
        items: dict[str, QTreeWidgetItem] = {}
        self._lines = items
        # Parents may stand behind their children; what hangs in a circle or on nothing goes last.
        for first in (*below.get("", ()), *rows):
            waiting = [first]
            for row in waiting:
                if row.id not in items:
                    items[row.id] = self._item(row, items.get(row.parent))
                    waiting += below.get(row.id, ())
        # All at once, and written before: each change of a line in the list is told to the view.
        self.tree.addTopLevelItems([item for item in items.values() if item.parent() is None])
        self.tree.expandAll()
        for row_id in folded:
            if row_id in items:
                items[row_id].setExpanded(False)
        self._mark_chosen()
        blocker.unblock()
        lines = min(max(len(rows), LEAST_LINES), MOST_LINES)
        self.tree.setFixedHeight(lines * max(self.tree.sizeHintForRow(0), 24) + 10)
        self.tree.verticalScrollBar().setValue(top)

    def _redraw(self, before: tuple[RowView, ...], rows: tuple[RowView, ...]) -> None:
        """Write the lines that say something else now: filling a long list takes a frame's time."""
        changed = [new for old, new in zip(before, rows, strict=True) if old != new]
        if changed:
            blocker = QSignalBlocker(self.tree)
            for row in changed:
                self._write(self._lines[row.id], row)
            blocker.unblock()

    def _mark_chosen(self) -> None:
        """Choose the line of the chosen row."""
        item = self._lines.get(self._chosen)
        if item is not None and item is not self.tree.currentItem():
            blocker = QSignalBlocker(self.tree)
            self.tree.setCurrentItem(item)
            blocker.unblock()

    def _item(self, row: RowView, parent: QTreeWidgetItem | None) -> QTreeWidgetItem:
        item = self.tree.line(row.id, parent)
        self._write(item, row)
        return item

    def _write(self, item: QTreeWidgetItem, row: RowView) -> None:
        item.setText(0, row.title)
        item.setToolTip(0, row.title)
        colours, worst = self._tools.theme.colours, _worst(row)
        item.setIcon(0, icon(ICONS[worst], getattr(colours, SHADES[worst])) if worst else QIcon())
        is_retired = any(cell.key.endswith("/retired") and cell.value for cell in row.cells)
        item.setForeground(0, QBrush(QColor(colours.muted)) if is_retired else QBrush())

    def _form(self, kind: type[Row]) -> RowForm:
        if kind not in self._forms:
            self._forms[kind] = RowForm(kind, self._field, self._tools, self)
            self._layout.addWidget(self._forms[kind])
            put_in_tab_order(self._forms[kind], self.tree, self.parentWidget() or self)
        return self._forms[kind]

    def _show_chosen(self) -> None:
        shown = None
        for row in self._view.rows if self._view else ():
            if row.id == self._chosen:
                shown = self._form(row.type)
                shown.show_view(row)
        for form in self._forms.values():
            form.setVisible(form is shown)
        if self.chosen != self._told:
            self._told = self.chosen
            self.chose.emit(self._told)


def _order(view: FieldView) -> list[tuple[str, str]]:
    """What the lines of a list or tree depend on, but what they say."""
    return [(row.id, row.parent) for row in view.rows]


def _is_folded(item: QTreeWidgetItem) -> bool:
    return bool(item.childCount()) and not item.isExpanded()


def _worst(row: RowView) -> Severity | None:
    """The severity of the worst problem of a row."""
    if not row.problems:
        return None
    return max(problem.severity for cell in row.cells for problem in cell.problems)
