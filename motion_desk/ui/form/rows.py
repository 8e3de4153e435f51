"""The editor of a list of rows: the list or tree, its buttons, and the form of the chosen row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models import rows as operations
from motion_desk.models.directory import row_type_title
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Row, Rows
from motion_desk.models.plain import word
from motion_desk.models.views import FieldView, RowView
from motion_desk.ui.form.row import FieldRow
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

LEAST_LINES, MOST_LINES = 4, 9


Operation = Callable[[tuple[Row, ...], str], tuple[Row, ...]]


class RowsEditor(QWidget):
    """Edits a tuple of rows. Each operation is one edit of the whole tuple, so one undo."""

    edited = Signal(object)

    def __init__(
        self, field: Field, kind: Rows, tools: FormTools, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._kind = kind
        self._view: FieldView | None = None
        self._chosen = ""
        self._tools = tools
        self._forms: dict[type[Row], RowForm] = {}
        self.tree = QTreeWidget(self)
        self.tree.setProperty("role", "field")
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(self._kind.tree)
        self.tree.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.tree.currentItemChanged.connect(self._choose)
        self._empty = QLabel(tr("None yet."), self)
        self._empty.setProperty("role", "muted")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addLayout(self._bar())
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self.tree)
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
            (self._button("arrow-up", tr("Move up"), "up"), lambda: self.shift(-1)),
            (self._button("arrow-down", tr("Move down"), "down"), lambda: self.shift(1)),
        ]
        if self._kind.tree:
            nest = self._button("indent-increase", tr("Put below the one above"), "nest")
            unnest = self._button("indent-decrease", tr("One level up"), "unnest")
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

    def show_view(self, view: FieldView) -> None:
        """Show the rows, and the form of the chosen one."""
        before, self._view = self._view, view
        if all(row.id != self._chosen for row in view.rows):
            self._chosen = self._neighbour(before.rows if before else (), view.rows)
        if (
            before is None
            or self._listed(before) != self._listed(view)
            or self._current() != self._chosen
        ):
            self._fill()
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
        self._fill()
        self._show_chosen()
        for row in self._view.rows if self._view else ():
            if row.id == row_id:
                return self._form(row.type).rows.get(name)
        return None

    def _listed(self, view: FieldView) -> list[tuple[str, str, str, int]]:
        return [(row.id, row.parent, row.title, row.problems) for row in view.rows]

    def _current(self) -> str:
        item = self.tree.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item else ""

    def _fill(self) -> None:
        top = self.tree.verticalScrollBar().value()
        # Else each line that goes would be chosen for a moment, and its form shown.
        blocker = QSignalBlocker(self.tree)
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        rows = self._view.rows if self._view else ()
        waiting = list(rows)
        while waiting:
            # Parents may stand behind their children; what hangs in a circle goes to the top.
            ready = [row for row in waiting if not row.parent or row.parent in items] or waiting[:1]
            for row in ready:
                items[row.id] = self._item(row, items.get(row.parent))
                waiting.remove(row)
        self.tree.expandAll()
        if self._chosen in items:
            self.tree.setCurrentItem(items[self._chosen])
        blocker.unblock()
        lines = min(max(len(rows), LEAST_LINES), MOST_LINES)
        self.tree.setFixedHeight(lines * max(self.tree.sizeHintForRow(0), 24) + 10)
        self.tree.verticalScrollBar().setValue(top)

    def _item(self, row: RowView, parent: QTreeWidgetItem | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([row.title])
        item.setData(0, Qt.ItemDataRole.UserRole, row.id)
        if row.problems:
            item.setIcon(0, icon("triangle-alert", self._tools.theme.colours.warning))
        if any(cell.key.endswith("/retired") and cell.value for cell in row.cells):
            item.setForeground(0, QBrush(QColor(self._tools.theme.colours.muted)))
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _form(self, kind: type[Row]) -> RowForm:
        if kind not in self._forms:
            self._forms[kind] = RowForm(kind, self._field, self._tools, self)
            self._layout.addWidget(self._forms[kind])
            _put_in_tab_order(self._forms[kind], self.tree, self.parentWidget() or self)
        return self._forms[kind]

    def _show_chosen(self) -> None:
        shown = None
        for row in self._view.rows if self._view else ():
            if row.id == self._chosen:
                shown = self._form(row.type)
                shown.show_view(row)
        for form in self._forms.values():
            form.setVisible(form is shown)


def _put_in_tab_order(form: QWidget, start: QWidget, around: QWidget) -> None:
    """Let Tab enter a new form where it leaves what of ``around`` follows ``start``.

    By itself Qt puts what is new behind all else on the page, other fields included.
    """
    last = start
    for widget in [start, *_following(start, around), *_following(form, form)]:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy():
            if form.isAncestorOf(widget):
                QWidget.setTabOrder(last, widget)
            last = widget


def _following(start: QWidget, around: QWidget) -> list[QWidget]:
    """The widgets behind ``start`` in the order of Tab, as long as they lie in ``around``."""
    found: list[QWidget] = []
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start and around.isAncestorOf(widget):
        found.append(widget)
        widget = widget.nextInFocusChain()
    return found


class RowForm(QFrame):
    """The fields of one row."""

    def __init__(self, kind: type[Row], owner: Field, tools: FormTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 12, 8)
        layout.setSpacing(0)
        self.rows = {field.name: FieldRow(field, tools, self, owner) for field in fields_of(kind)}
        for row in self.rows.values():
            layout.addWidget(row)

    def show_view(self, view: RowView) -> None:
        """Draw a view of a row."""
        for cell in view.cells:
            self.rows[cell.key.rpartition("/")[2]].show_view(cell)

    def first(self) -> QWidget:
        """The editor of the first field."""
        editor: QWidget = next(iter(self.rows.values())).editor
        return editor
