"""Steps: one probe's steps as a list, each with its state, evidence and time."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from motion_desk.services.tester.steps import State, Step, StepName
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test import words
from motion_desk.ui.test.marks import STATES
from motion_desk.ui.theme import Colours, Theme

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
TITLE_WIDTH = 118
"""Pixels from which on the evidence begins, unless the title is longer."""
SIGN = 16
TURN = 0.004
"""Seconds for which lines are drawn without a break, give or take one line."""
UNTOUCHED = (State.WAITING, State.NOT_RUN)


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

    It is drawn from a picture in which only lines that changed are drawn anew, a few at a time:
    each call of Qt may have to wait for the threads of the running test. What is out of view is not
    drawn before it comes into view.
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
        self._theme = theme
        self._entering = False
        self._hovered = -1
        self._picture = QPixmap()
        self._drawn: dict[int, Drawn] = {}
        self._signs: dict[tuple[str, str], QPixmap] = {}
        self._lines = Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Height(self))
        self.selectionModel().currentChanged.connect(self._moved)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        theme.changed.connect(self._draw_anew)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are shown, in order."""
        return self._lines.lines

    @property
    def is_drawn(self) -> bool:
        """Whether nothing of what is in view is still to be drawn."""
        return self.viewport().visibleRegion().isEmpty() or not self._due()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these lines; nothing is emitted."""
        if lines == self.lines:
            return
        count = len(self.lines)
        self._lines.show(lines)
        if count != len(lines):
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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _moved(self, index: QModelIndex) -> None:
        if not self._entering:
            self._choose(index)

    def _open(self, index: QModelIndex) -> None:
        self._choose(index)
        self.opened.emit()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.lines[index.row()].step.name)

    # Drawing

    def _draw_anew(self) -> None:
        self._drawn, self._signs = {}, {}
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, size = self.devicePixelRatioF(), self.viewport().size()
        if self._picture.deviceIndependentSize().toSize() != size:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            self._draw_anew()
        if due := self._due():
            self._draw(due, size.width())
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _due(self) -> dict[int, Drawn]:
        """The lines that the picture does not show as they are."""
        current = self.currentIndex().row() if self.hasFocus() else -1
        wanted = {
            row: Drawn(line, row == self._hovered, row == current)
            for row, line in enumerate(self.lines)
        }
        return {row: drawn for row, drawn in wanted.items() if self._drawn.get(row) != drawn}

    def _draw(self, due: dict[int, Drawn], width: int) -> None:
        """Draw lines into the picture for a few milliseconds, the others with the next painting."""
        until, height = monotonic() + TURN, self.sizeHintForRow(0)
        painter = QPainter(self._picture)
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, drawn in due.items():
            place = QRect(0, row * height, width, height)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillRect(place, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            draw(painter, drawn, place, self._theme.colours, self._sign(drawn.line.step.state))
            self._drawn[row] = drawn
            if monotonic() > until:
                break
        painter.end()
        if any(self._drawn.get(row) != drawn for row, drawn in due.items()):
            self.viewport().update()

    def _sign(self, state: State) -> QPixmap:
        """The icon of a state; rendering it anew for each line would take half of the time."""
        mark = STATES[state.value][0]
        if mark not in self._signs:
            size = QSize(SIGN, SIGN)
            found = icon(mark[0], getattr(self._theme.colours, mark[1]))
            self._signs[mark] = found.pixmap(size, self.devicePixelRatioF())
        return self._signs[mark]


class _Height(QStyledItemDelegate):
    """Says how high a line is; the list draws them itself."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, option.fontMetrics.height() + 11)


@dataclass(frozen=True, slots=True)
class Drawn:
    """All on which the drawing of a line depends, beside colours and width."""

    line: Line
    hovered: bool
    current: bool


def draw(painter: QPainter, drawn: Drawn, place: QRect, colours: Colours, sign: QPixmap) -> None:
    """Draw a line: icon of the step's state, title, evidence, and time at the right."""
    line, place = drawn.line, place.adjusted(4, 1, -4, -1)
    if line.chosen or drawn.hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.selected if line.chosen else colours.hover))
        painter.drawRoundedRect(place, 6, 6)
    if drawn.current:
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 6, 6)
    painter.drawPixmap(place.left() + 6, place.center().y() - 7, sign)
    _draw_words(painter, line, place.adjusted(30, 0, -8, 0), colours)


def _draw_words(painter: QPainter, line: Line, place: QRect, colours: Colours) -> None:
    metrics, middle = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
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
    said = words.summary(line.step)
    painter.drawText(
        place,
        middle,
        metrics.elidedText(said, Qt.TextElideMode.ElideRight, place.width()),
    )
