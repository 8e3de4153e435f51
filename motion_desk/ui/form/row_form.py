"""The form of one row, and its place in the order of Tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Row
from motion_desk.models.views import RowView
from motion_desk.ui.form.row import FieldRow
from motion_desk.ui.form.tools import FormTools


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


def put_in_tab_order(form: QWidget, start: QWidget, around: QWidget) -> None:
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
