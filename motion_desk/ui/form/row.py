"""A field's row: label, editor, unit, mark, way back and problems, drawn from its view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from motion_desk.models.fields import Field
from motion_desk.models.kinds import Date, Integer, Reference, References, RichText, Rows, Toggle
from motion_desk.models.problems import Severity
from motion_desk.models.views import FieldView
from motion_desk.services import bundled
from motion_desk.ui.form.editing import editor_for
from motion_desk.ui.form.lines import Caution, ProblemLines
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import mark, tooltip, tr
from motion_desk.ui.icons import icon

LABEL_WIDTH = 190
EDITOR_WIDTH = 430
WIDE = (RichText, Rows)
"""Kinds whose editor takes the page's whole width, below its label."""

NARROW = (Toggle, Integer, Date)
"""Kinds whose editor is as wide as it needs to be; the others fill their column."""


class FieldRow(QWidget):
    """One field on a page. It draws the views it is shown, and sends a person's edits to the desk.

    ``key`` is that of the last view; for cells it changes with the row that is shown. ``owner`` is
    the field of the list that a cell is in.
    """

    def __init__(
        self,
        field: Field,
        tools: FormTools,
        parent: QWidget | None = None,
        owner: Field | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._owner = owner
        self.key = ""
        self._tools = tools
        self._link: QPushButton | None = None
        self._view: FieldView | None = None
        self._label = QLabel(tr(field.label) + " *" * field.required, self)
        self._label.setWordWrap(True)
        self._label.setToolTip(tooltip(field))
        self.editor = editor_for(field, tools, self)
        self.editor.setToolTip(tooltip(field))
        for part in (self.editor, self.editor.focusProxy()):
            if part is not None:  # the proxy takes the keys, and is what a screen reader meets
                part.setAccessibleName(tr(field.label))
                part.setAccessibleDescription(tr(field.help))
        self.editor.edited.connect(self._edited)
        if isinstance(field.kind, Reference):
            to = field.kind.to
            self.editor.opened.connect(lambda: tools.go_to(to))
            self._link = self._made_link(to)
        self._label.setBuddy(self.editor)
        self._watch(self.editor)
        self._mark = QPushButton(self)
        self._mark.setProperty("role", "chip")
        self._mark.clicked.connect(self.open_page)
        self._back = QToolButton(self)
        self._back.setIcon(icon("rotate-ccw"))
        self._back.setIconSize(QSize(15, 15))
        # No higher than a switch, or the page below would move when a switch is turned.
        self._back.setFixedHeight(26)
        self._back.clicked.connect(lambda: tools.desk.back_to_saved(self.key))
        self._back.setToolTip(tr("Back to what is saved"))
        self._back.setAccessibleName(tr("Back to what is saved: {}").format(tr(field.label)))
        self._preview = (
            self._made_preview() if field.surface and isinstance(field.kind, RichText) else None
        )
        self._problems = ProblemLines(self)
        self._caution: Caution | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self._lay_out()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 5, 0, 5)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        line = QHBoxLayout()
        line.setSpacing(8)
        wide = isinstance(self.field.kind, WIDE)
        if not wide:
            self.editor.setMaximumWidth(EDITOR_WIDTH)
            line.addWidget(self.editor, 0 if isinstance(self.field.kind, NARROW) else 100)
        if self.field.unit:
            unit = QLabel(tr(self.field.unit), self)
            unit.setProperty("role", "muted")
            line.addWidget(unit)
        if self._link is not None:
            line.addWidget(self._link)
        line.addWidget(self._mark)
        line.addWidget(self._back)
        line.addStretch(1)
        if self._preview is not None:
            line.addWidget(self._preview)
        top = Qt.AlignmentFlag.AlignTop
        if wide:
            self._grid.addWidget(self._label, 0, 0)
            self._grid.addLayout(line, 0, 1)
            self._grid.addWidget(self.editor, 1, 0, 1, 2)
            self._grid.addWidget(self._problems, 3, 0, 1, 2)
        else:
            self._label.setFixedWidth(LABEL_WIDTH)
            self._label.setContentsMargins(0, 6, 0, 0)
            self._grid.addWidget(self._label, 0, 0, top)
            self._grid.addLayout(line, 0, 1)
            self._grid.addWidget(self._problems, 3, 1)
        self._grid.setColumnStretch(1, 1)

    def _made_link(self, to: str) -> QPushButton | None:
        """A way on from what is chosen in a list, where there is one."""
        if to not in self._tools.links:
            return None
        text, act = self._tools.links[to]
        button = link_button(text, f"link:{self.field.key}", self)
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - without the click's flag
        return button

    def _made_preview(self) -> QPushButton:
        button = QPushButton(icon("eye"), tr("Preview"), self)
        button.setProperty("role", "link")
        button.setIconSize(QSize(14, 14))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(tr("Show beside the editor how it will arrive"))
        button.clicked.connect(lambda: self._tools.preview(self.key))
        return button

    def hide_label(self) -> None:
        """Leave the label out, for a page whose title says the same."""
        self._label.hide()

    # What the program shows

    def show_view(self, view: FieldView) -> None:
        """Draw a view; nothing happens where it is drawn already."""
        if view == self._view:
            return
        before, self._view = self._view, view
        if self.key != view.key:
            self.key = view.key
            self.editor.setObjectName(view.key)
            self._back.setObjectName(f"back:{view.key}")
            self._mark.setObjectName(f"mark:{view.key}")
            self._problems.setObjectName(f"problems:{view.key}")
            if self._preview is not None:
                self._preview.setObjectName(f"preview:{view.key}")
        self.setVisible(view.visible)
        if isinstance(self.field.kind, Reference | References):
            self.editor.show_entries(view.entries)
        if isinstance(self.field.kind, Rows):
            self.editor.show_view(view)
        else:
            self.editor.show_value(view.value)
        word = mark(self.field, view.newer, self._owner)
        self._mark.setText(word)
        self._mark.setVisible(bool(word))
        if word:
            self._mark.setToolTip(tooltip(self.field))
        self._back.setVisible(view.changed)
        # The caution beside a risky value says what the check says: once is enough here.
        shown = tuple(item for item in view.problems if item.text != self.field.warning)
        self._problems.show_problems(shown)
        self._show_wrong(any(problem.severity is Severity.ERROR for problem in view.problems))
        self._show_caution(bool(view.value) and view.visible)
        if before is None or before.changed != view.changed:
            self.update()

    def _show_wrong(self, wrong: bool) -> None:
        target = self.editor.focusProxy() or self.editor
        if bool(target.property("wrong")) != wrong:
            target.setProperty("wrong", wrong)
            target.style().unpolish(target)
            target.style().polish(target)

    def _show_caution(self, on: bool) -> None:
        if not self.field.warning:
            return
        if self._caution is None and on:
            self._caution = Caution(tr(self.field.warning), self)
            self._caution.setObjectName(f"caution:{self.key}")
            self._grid.addWidget(self._caution, 2, 1)
        if self._caution is not None:
            self._caution.setVisible(on)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._view and self._view.changed:
            painter = QPainter(self)
            bar = QRect(0, 5, 3, self.height() - 10)
            painter.fillRect(bar, QColor(self._tools.theme.colours.accent))
            painter.end()

    # What a person does

    def _edited(self, value: object) -> None:
        self._tools.desk.edit(self.key, value)

    def _watch(self, widget: QWidget) -> None:
        """Notice when the focus leaves the editor: what is typed next is undone by itself."""
        widget.installEventFilter(self)
        for child in widget.findChildren(QWidget):
            child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self._tools.desk.settle()
        elif event.type() is QEvent.Type.FocusIn and self._preview is not None:
            self._tools.looked(self.key)
        return super().eventFilter(watched, event)

    def open_page(self) -> None:
        """Open the page of Motion's documentation that describes the field."""
        QDesktopServices.openUrl(bundled.page(self.field.source).url)

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        saved = menu.addAction(icon("rotate-ccw"), tr("Back to saved"))
        saved.setEnabled(bool(self._view and self._view.changed))
        saved.triggered.connect(lambda: self._tools.desk.back_to_saved(self.key))
        default = menu.addAction(tr("Back to default"))
        default.setEnabled(bool(self._view and not self._view.at_default))
        default.triggered.connect(lambda: self._tools.desk.back_to_default(self.key))
        menu.addSeparator()
        menu.addAction(icon("external-link"), tr("Motion's documentation"), self.open_page)
        menu.exec(self.mapToGlobal(place))
        menu.deleteLater()
