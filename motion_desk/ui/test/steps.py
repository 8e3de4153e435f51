"""Steps: one probe's steps as a list, each with its state, evidence and time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import Probe, State, Step, StepName
from motion_desk.services.tester.verdict import tone
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test import words
from motion_desk.ui.test.marks import RESULTS_OF_PROBES, STATES, verdict_mark
from motion_desk.ui.test.reading import Elided
from motion_desk.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
TITLE_WIDTH = 118
"""Pixels from which on the evidence begins, unless the title is longer."""
UNTOUCHED = (State.WAITING, State.NOT_RUN, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a step, the seconds that it may still take, and whether its details are shown."""

    step: Step
    left: int | None = None
    chosen: bool = False


class Lines(QAbstractListModel):
    """The lines of a list of steps; only those that differ are drawn again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these lines and no others."""
        before = self.lines
        if [line.step.name for line in before] != [line.step.name for line in lines]:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return
        self.lines = lines
        for place, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(line.step.name.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.summary(line.step) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken(line.step, line.left)
        return None


class StepList(QListView):
    """The steps of one probe; ``chosen`` names the one that a person chose.

    ``opened`` follows where it was chosen by a click, or by Enter: then its details are wanted.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self._entering = False
        self._lines = Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Drawing(theme, self))
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        theme.changed.connect(self.viewport().update)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown, in order."""
        return self._lines.lines

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these lines; nothing is emitted."""
        self._lines.show(lines)
        height = self.sizeHintForRow(0) if lines else 0
        self.setFixedHeight(height * len(lines) + 2)

    def choose(self, name: StepName) -> None:
        """Choose a step as a click on it does."""
        place = [line.step.name for line in self.lines].index(name)
        self.setCurrentIndex(self._lines.index(place))
        self._open(self._lines.index(place))

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt makes the first line the current one; that nobody has chosen it must be remembered.
        self._entering = True
        super().focusInEvent(event)
        self._entering = False

    def _moved(self, index: QModelIndex) -> None:
        if not self._entering:
            self._choose(index)

    def _open(self, index: QModelIndex) -> None:
        self._choose(index)
        self.opened.emit()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.lines[index.row()].step.name)


class _Drawing(QStyledItemDelegate):
    """Draws a step: icon of its state, title, evidence, and time at the right."""

    def __init__(self, theme: Theme, parent: StepList) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, option.fontMetrics.height() + 11)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        from PySide6.QtWidgets import QStyle

        line: Line = index.data(LINE)
        colours = self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = option.rect.adjusted(4, 1, -4, -1)
        hovered = option.state & QStyle.StateFlag.State_MouseOver
        if line.chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selected if line.chosen else colours.hover))
            painter.drawRoundedRect(place, 6, 6)
        if self._list.hasFocus() and index.row() == self._list.currentIndex().row():
            painter.setPen(QPen(QColor(colours.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 6, 6)
        name, colour = STATES[line.step.state.value][0]
        sign = QRect(place.left() + 6, place.center().y() - 7, 16, 16)
        icon(name, getattr(colours, colour)).paint(painter, sign)
        inner = place.adjusted(30, 0, -8, 0)
        self._draw_words(painter, line, inner)
        painter.restore()

    def _draw_words(self, painter: QPainter, line: Line, place: QRect) -> None:
        colours, metrics = self._theme.colours, painter.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        time = words.time(line.step, line.left)
        painter.setPen(QColor(colours.muted if line.left is None else colours.accent))
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, time)
        place = place.adjusted(0, 0, -metrics.horizontalAdvance(time) - 12 * bool(time), 0)
        title = tr(line.step.name.title)
        painter.setPen(QColor(colours.muted if line.step.state in UNTOUCHED else colours.text))
        painter.drawText(place, middle, title)
        begin = max(TITLE_WIDTH, metrics.horizontalAdvance(title) + 12)
        place = place.adjusted(begin, 0, 0, 0)
        painter.setPen(QColor(colours.error if line.step.state is State.FAILED else colours.muted))
        said = metrics.elidedText(
            words.summary(line.step), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, middle, said)


class ProbeColumn(QFrame):
    """One probe: its protocol, where it leads, how it fared, and its steps."""

    def __init__(self, protocol: Protocol, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName(f"probe:{protocol.value}")
        self._theme = theme
        title = QLabel(protocol.label, self)
        title.setProperty("role", "heading")
        self._target = Elided(self)
        self._target.setObjectName(f"target:{protocol.value}")
        self._target.setProperty("role", "muted")
        self._sign = QLabel(self)
        self._result = QLabel(self)
        self._result.setObjectName(f"result:{protocol.value}")
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._target, 1)
        head.addWidget(self._sign)
        head.addWidget(self._result)
        self.list = StepList(theme, self)
        self.list.setObjectName(f"steps:{protocol.value}")
        self.list.setAccessibleName(tr("Steps of {}").format(protocol.label))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 9, 2, 4)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addStretch(1)
        self._tone = ""
        theme.changed.connect(self._draw_sign)

    def show_probe(
        self, probe: Probe, left: int | None, chosen: StepName | None, *, over: bool, since: str
    ) -> None:
        """Show a probe; ``over``: nothing more will come. ``since``: when an earlier test made it."""
        self._target.show_text(probe.target)
        self._tone = tone(probe).value if over else ""
        result = tr(RESULTS_OF_PROBES[self._tone]) if over else ""
        self._result.setText(tr("{} at {}").format(result, since) if since else result)
        self._draw_sign()
        lines = tuple(
            Line(
                step,
                left if step.state is State.RUNNING else None,
                step.name is chosen,
            )
            for step in probe.steps
        )
        self.list.show_lines(lines)

    def _draw_sign(self) -> None:
        mark, _ = verdict_mark(self._tone)
        self._sign.setVisible(mark is not None)
        if mark:
            name, colour = mark
            self._sign.setPixmap(icon(name, getattr(self._theme.colours, colour)).pixmap(16, 16))
