"""Waits card: the worst case in words, and below it the waits that make it, to be dragged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.turns import polished
from motion_desk.ui.timeline.held import held
from motion_desk.ui.timeline.waits.row import Wait, WaitRow

ABOUT = (
    "Each queue is taken to have somebody on line. Drag a wait and see; letting go sets it, and one "
    "undo takes it back."
)
FEW, FEWER = 8, 4
"""Waits that are shown while the others are folded away: in two columns, and in one."""


class WaitsCard(QFrame):
    """Shows the worst case and the waits.

    ``moved`` brings a key and seconds while a wait is dragged, ``dropped`` when it is let go, and
    ``edited`` what is set by keys or typing. ``left`` tells that an editor lost the focus,
    ``wanted`` names a setting to go to, ``lacking`` asks to have the ``missing`` rows made.
    """

    moved = Signal(str, int)
    edited = Signal(str, int)
    dropped = Signal(str, int)
    left = Signal()
    wanted = Signal(str)
    lacking = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:waits")
        self.setProperty("role", "card")
        self.asked = wrapped("", "heading")
        self.asked.setObjectName("timeline:worst-asked")
        self.rest = wrapped("", "")
        self.rest.setObjectName("timeline:worst-rest")
        self._waits: tuple[Wait, ...] = ()
        self._labels: Mapping[str, str] = {}
        self._longest: Collection[str] = ()
        self._shown: tuple[Wait, ...] = ()
        self._placed: tuple[str, ...] = ()
        self._rows: dict[str, WaitRow] = {}
        self._columns = 1
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(28)
        self._list.setVerticalSpacing(4)
        self.more = QPushButton(self)
        self.more.setObjectName("timeline:more-waits")
        self.more.setProperty("role", "fold")
        self.more.setIconSize(QSize(14, 14))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._redraw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(4)
        layout.addWidget(self.asked)
        layout.addWidget(self.rest)
        layout.addWidget(wrapped(tr(ABOUT), "muted"))
        layout.addSpacing(4)
        layout.addLayout(self._list)
        layout.addWidget(self.more)

    @property
    def rows(self) -> tuple[WaitRow, ...]:
        """The rows of the waits that are shown, as they are read."""
        return tuple(self._rows[wait.key] for wait in self._shown if wait.key in self._rows)

    def show_worst_case(self, sentences: Collection[str]) -> None:
        """Say the worst case; the first sentence stands out."""
        first, *rest = sentences
        for label, text in ((self.asked, first), (self.rest, " ".join(rest))):
            if label.text() != text:
                label.setText(text)

    def show_waits(
        self, waits: tuple[Wait, ...], labels: Mapping[str, str], longest: Collection[str]
    ) -> None:
        """Show waits with their words by key; those in ``longest`` make up the worst case."""
        self._waits, self._labels, self._longest = waits, labels, longest
        self._draw()

    def _redraw(self, _: bool = False) -> None:
        """Show what there is room for now."""
        self._draw()
        self.lacking.emit()

    def _draw(self) -> None:
        """Show the waits for which there is room, in the rows that there are."""
        few = FEW if self._columns > 1 else FEWER
        # A fold for a single one would take the room of it.
        beyond = len(self._waits) - few if len(self._waits) > few + 1 else 0
        is_open = self.more.isChecked()
        self._shown = self._waits if is_open or not beyond else self._waits[:few]
        if tuple(wait.key for wait in self._shown) != self._placed:
            with held(self):
                self._let_go()
        for wait in self._shown:
            if wait.key in self._rows:
                self._show(wait)
        self._draw_fold(beyond, is_open=is_open)

    def _draw_fold(self, beyond: int, *, is_open: bool) -> None:
        self.more.setVisible(beyond > 0)
        self.more.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        self.more.setText(tr("Fewer waits") if is_open else tr("{} more waits").format(beyond))

    def _let_go(self) -> None:
        """Delete the rows of waits that are no longer shown."""
        for gone in self._rows.keys() - {wait.key for wait in self._shown}:
            row = self._rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()

    def missing(self) -> Iterator[None]:
        """Make the rows that are missing, one in a turn, and then put all in their places."""
        if self._placed == tuple(wait.key for wait in self._shown):
            return
        for wait in self._shown:
            if wait.key not in self._rows:
                self._rows[wait.key] = self._made(wait.key)
                self._show(wait)
                yield from polished(self._rows[wait.key])
        with held(self):
            self._place()
            for row in self._rows.values():
                row.show()
        yield

    def _show(self, wait: Wait) -> None:
        self._rows[wait.key].show_wait(wait, self._labels[wait.key], wait.key in self._longest)

    def _place(self) -> None:
        """Put the rows into their columns, to be read line by line."""
        self._placed = tuple(wait.key for wait in self._shown)
        for row in self.rows:
            self._list.removeWidget(row)
        for place, row in enumerate(self.rows):
            self._list.addWidget(row, place // self._columns, place % self._columns)
        for column in range(2):
            self._list.setColumnStretch(column, 1 if column < self._columns else 0)

    def lay_out(self, *, beside: bool) -> None:
        """Put two waits beside each other, or all of them into one column."""
        columns = 2 if beside else 1
        if columns != self._columns:
            self._columns, self._placed = columns, ()
            self._redraw()

    def _made(self, key: str) -> WaitRow:
        row = WaitRow(key, self)
        row.hide()
        row.slider.moved.connect(lambda seconds: self.moved.emit(key, seconds))
        row.slider.released.connect(lambda seconds: self.dropped.emit(key, seconds))
        row.slider.set_by_step.connect(lambda seconds: self.edited.emit(key, seconds))
        row.typed.connect(lambda seconds: self.edited.emit(key, seconds))
        row.left.connect(self.left)
        row.link.clicked.connect(lambda: self.wanted.emit(key))
        return row
