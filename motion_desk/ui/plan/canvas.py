"""The canvas on which a flow is drawn: it is clicked, hovered and walked through by keys."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.plan.drawing import Look, Measures, Type, draw
from motion_desk.ui.plan.layout import START, Flow, Step, in_words
from motion_desk.ui.theme import Theme

LEAST_WIDTH = 220
NAME = "Flow of the plan"


class FlowCanvas(QWidget):
    """Draws a flow as wide as it is given room.

    ``opened`` names the action (by its row's id) that was clicked, or on which Enter was pressed;
    ``moved`` tells that the keys went to another step, which should come into view.
    """

    opened = Signal(str)
    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flow_canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST_WIDTH)
        self._theme = theme
        self._flow = Flow((), (), 0)
        self._chosen = ""
        self._cursor = START
        self._hovered: int | None = None
        theme.changed.connect(self.update)

    # What the program shows

    @property
    def flow(self) -> Flow:
        """The flow that is drawn."""
        return self._flow

    @property
    def chosen(self) -> str:
        """The id of the action that is marked."""
        return self._chosen

    def show_flow(self, flow: Flow) -> None:
        """Draw a flow."""
        self._flow = flow
        self._hovered = None
        self._cursor = min(self._cursor, flow.steps[-1].place) if flow.steps else START
        self.setAccessibleDescription(in_words(flow))
        self._name()
        self.setFixedHeight(self.measures().height)
        self.update()

    def mark(self, row_id: str) -> None:
        """Mark the action that is chosen in the list."""
        self._chosen = row_id
        if (place := self.place_of(row_id)) is not None:
            self._cursor = place
            self._name()
        self.update()

    def place_of(self, row_id: str) -> int | None:
        """The place of an action, by its row's id."""
        return next((step.place for step in self._flow.steps if step.id == row_id != ""), None)

    def measures(self) -> Measures:
        """Where everything lies now."""
        return Measures.of(self._flow, self.width(), self.fontMetrics().lineSpacing())

    @property
    def cursor_place(self) -> int:
        """The place of the step to which the keys went."""
        return self._cursor

    def sizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, self.measures().height)

    def _name(self) -> None:
        """Let a screen reader say where the keys are."""
        step = self._step(self._cursor)
        said = f"{step.name}, {step.detail}" if step and step.detail else step.name if step else ""
        self.setAccessibleName(f"{tr(NAME)}: {said}" if said else tr(NAME))

    def _step(self, place: int | None) -> Step | None:
        return next((step for step in self._flow.steps if step.place == place), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        focused = self._cursor if self.hasFocus() else None
        look = Look(self._theme.colours, Type(self.font()), self._chosen, focused, self._hovered)
        painter = QPainter(self)
        draw(painter, self._flow, self.measures(), look, event.rect())
        painter.end()

    # What a person does

    def _under(self, x: int, y: int) -> Step | None:
        measures = self.measures()
        step = self._step(measures.place_at(y))
        return step if step and measures.box(step.place).contains(x, y) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        step = self._under(*event.position().toPoint().toTuple())
        self._hover(step.place if step and step.id else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _hover(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            shape = Qt.CursorShape.ArrowCursor
            self.setCursor(shape if place is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        step = self._under(*event.position().toPoint().toTuple())
        if event.button() is Qt.MouseButton.LeftButton and step and step.id:
            self._go(step.place)
            self.opened.emit(step.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self._flow.steps[-1].place if self._flow.steps else START
        page = 5
        to = {
            Qt.Key.Key_Up: self._cursor - 1,
            Qt.Key.Key_Down: self._cursor + 1,
            Qt.Key.Key_PageUp: self._cursor - page,
            Qt.Key.Key_PageDown: self._cursor + page,
            Qt.Key.Key_Home: START,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        step = self._step(self._cursor)
        if to is not None:
            self._go(max(START, min(to, last)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if step and step.id:
                self.opened.emit(step.id)
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        self._cursor = place
        self._name()
        self.update()
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self._under(*event.pos().toTuple())
            QToolTip.showText(event.globalPos(), tip_of(step) if step else "", self)
            return True
        return super().event(event)


def tip_of(step: Step) -> str:
    """All that a step says, and what is wrong with it; as rich text."""
    parts = [f"<b>{escape(step.name)}</b>", escape(step.detail)]
    if not step.reached:
        parts.append(escape(tr("No message comes here.")))
    parts += [escape(problem) for problem in step.problems]
    return "".join(f"<p style='margin: 4px 0'>{part}</p>" for part in parts if part)
