"""Sides view: what the two views with two columns have in common: an outcome above a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test.side_by_side import SideBySide
from motion_desk.ui.test.side_rows import Place, Sides, side_rows
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from motion_desk.services.tester.comparison import Comparison
    from motion_desk.services.tester.steps import Report

PAGE_WIDTH = 1180
MARGINS = (18, 10, 18, 20)
SIDE = 22
LEAST_SEEN = 46
"""Pixels of the first difference that must be seen: its step, and that it is the first."""
Shown = tuple["Report | None", "Report", "Comparison | None", Collection[Place], Sides]
SIGNS = {
    "error": ("circle-x", "error"),
    "warning": ("triangle-alert", "warning"),
    "success": ("circle-check", "success"),
    "note": ("info", "muted"),
}
"""The icon and its colour for each level of an outcome."""


class Outcome(QFrame):
    """Says what came out: a heading, which tells it at a glance, and sentences below it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "finding")
        self._theme = theme
        self._level = ""
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIDE, SIDE)
        self.heading = wrapped("", "heading")
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body = wrapped()
        self.body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column = QVBoxLayout()
        self.column.setSpacing(4)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.body)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 11)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.column, 1)
        theme.changed.connect(self._draw_sign)

    def say(self, level: str, heading: str, sentences: Iterable[str] = ()) -> None:
        """Show an outcome; ``level`` is one of ``SIGNS``."""
        self.heading.setText(breakable(heading))
        said = "\n".join(sentences)
        self.body.setText(breakable(said))
        self.body.setVisible(bool(said))
        self.setAccessibleName(heading)
        if level != self._level:
            self._level = level
            self.setProperty("level", level)
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw_sign()
        self.show()

    def _draw_sign(self) -> None:
        if self._level:
            name, colour = SIGNS[self._level]
            shade = getattr(self._theme.colours, colour)
            self._sign.setPixmap(icon(name, shade).pixmap(SIDE, SIDE))


class SidesView(QScrollArea):
    """Scrolls a column that ends in an outcome and a list of two columns.

    What stands above them goes into ``column``, before ``end_with_sides``.
    """

    def __init__(self, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = _Inner(self)
        self._inner.setObjectName("scrolled")
        self._inner.setMaximumWidth(PAGE_WIDTH)
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(*MARGINS)
        self.column.setSpacing(12)
        self.setWidget(self._inner)  # at once, or all that is in it would be styled twice
        self._theme = theme
        self._shown: Shown | None = None
        self._unfolded: set[str] = set()

    def end_with_sides(self) -> None:
        """Add the outcome and the list, hidden until there is something to show."""
        name = self.objectName()
        self.outcome = Outcome(self._theme, self._inner)
        self.outcome.setObjectName(f"{name}:outcome")
        self.outcome.heading.setObjectName(f"{name}:heading")
        self.outcome.body.setObjectName(f"{name}:body")
        self.to_first = link_button(
            tr("Go to the first difference"), f"{name}:to-first", self.outcome, flush=True
        )
        self.to_first.clicked.connect(self._go_to_first)
        self.outcome.column.addWidget(self.to_first, 0, Qt.AlignmentFlag.AlignLeft)
        self.frame = QFrame(self._inner)
        self.frame.setProperty("role", "card")
        self.list = SideBySide(self._theme, self.frame)
        self.list.setObjectName(f"{name}:steps")
        self.list.folded.connect(self._fold)
        self.list.came.connect(self._bring)
        framed = QVBoxLayout(self.frame)
        framed.setContentsMargins(1, 4, 1, 6)
        framed.addWidget(self.list)
        self.column.addWidget(self.outcome)
        self.column.addWidget(self.frame)
        self.column.addStretch(1)
        self.verticalScrollBar().rangeChanged.connect(self._keep_the_edge)
        self.clear()

    def _keep_the_edge(self, _: int, most: int) -> None:
        """Let the right edge stay in line with what is above, whether or not there is a bar."""
        left, top, right, bottom = MARGINS
        taken = self.verticalScrollBar().sizeHint().width() if most else 0
        self.column.setContentsMargins(left, top, right - taken, bottom)

    def clear(self) -> None:
        """Show neither outcome nor list."""
        self._shown = None
        self.outcome.hide()
        self.to_first.hide()
        self.frame.hide()

    def show_sides(
        self,
        before: Report | None,
        now: Report,
        found: Comparison | None,
        marked: Collection[Place],
        sides: Sides,
    ) -> None:
        """Show two reports beside each other, what does not differ folded; see ``side_rows``."""
        self._shown = (before, now, found, marked, sides)
        self._unfolded.clear()
        self._draw()
        self.frame.show()
        self._settle()
        self._begin()

    def _draw(self) -> None:
        if self._shown:
            before, now, found, marked, sides = self._shown
            self.list.show_rows(side_rows(before, now, found, marked, self._unfolded, sides))

    def _fold(self, fold: str) -> None:
        """Unfold what is folded, or the other way round."""
        self._unfolded ^= {fold}
        self._draw()

    def _begin(self) -> None:
        """Bring the outcome into view, and below it the first difference as far as there is room.

        The outcome comes first: it names the difference, and says whose fault it is.
        """
        first = self.list.place_of_first()
        self.to_first.setVisible(not first.isNull())
        wanted = 0
        if not first.isNull():
            end = self.list.mapTo(self._inner, first.topLeft()).y() + LEAST_SEEN
            wanted = min(end - self.viewport().height(), self.outcome.y() - 8)
        self.verticalScrollBar().setValue(max(0, wanted))

    def _go_to_first(self) -> None:
        self._bring(self.list.place_of_first())

    def _bring(self, place: QRect) -> None:
        """Bring rows of the list into view, the first of them where there is no room for all."""
        if place.isNull():
            return
        self._settle()
        top = self.list.mapTo(self._inner, place.topLeft()).y()
        high = min(place.height(), self.viewport().height() - 24)
        self.ensureVisible(0, top + high, 0, 12)
        self.ensureVisible(0, top, 0, 12)

    def _settle(self) -> None:
        # Or the layout would not know yet how high the list is.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


class _Inner(QWidget):
    """What scrolls: as high as its content is at its width, and no higher."""

    def minimumSizeHint(self) -> QSize:
        # A layout takes each label to be as high as it would be if it were narrow.
        return QSize(super().minimumSizeHint().width(), 0)
