"""Remarks: what a review says of a template: its score, and what to look at, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidgetItem, QVBoxLayout, QWidget

from motion_desk.models.problems import Severity
from motion_desk.ui.form.lines import ICONS, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.notes import NoteList
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from motion_desk.services.templates.finished.remarks import Remark
    from motion_desk.services.templates.finished.review import Review

PLACE = Qt.ItemDataRole.UserRole
COLOURS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "muted"}


class Remarks(QWidget):
    """Lists the remarks of a review; ``chosen`` names the line and column of one, from 1."""

    chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remarks: tuple[Remark, ...] = ()
        self._score = QLabel(self)
        self._score.setObjectName("remarks:score")
        self._score.setProperty("role", "heading")
        self._about = wrapped("", "muted")
        self.list = NoteList(self)
        self.list.setObjectName("remarks")
        self.list.setAccessibleName(tr("Remarks"))
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._score)
        column.addWidget(self._about)
        column.addWidget(self.list, 1)
        theme.changed.connect(self._draw)

    def show_nothing(self) -> None:
        """Show no review: there is none yet."""
        self._score.clear()
        self._about.clear()
        self._remarks = ()
        self._draw()

    def show_review(self, review: Review, *, is_mail: bool = True) -> None:
        """Show a review; nothing happens where its remarks are shown already.

        What is no mail has no score, for no mail program shows it.
        """
        if is_mail:
            self._score.setText(tr("{} of 100 for mail programs").format(review.score))
            about = tr("By what caniemail knows of the features that are used.")
        else:
            self._score.setText(tr("Shown by the agent's browser"))
            about = tr("Remarks on mail programs apply where the same text is used in a mail.")
        self._about.setText(" ".join((about, tr("A click goes to the line."))))
        if review.remarks != self._remarks:
            self._remarks = tuple(review.remarks)
            self._draw()

    def _draw(self) -> None:
        self.list.clear()
        order = list(COLOURS)
        for remark in sorted(self._remarks, key=lambda each: order.index(each.severity)):
            shade = getattr(self._theme.colours, COLOURS[remark.severity])
            text = tr("Line {line}: {sentence}").format(line=remark.line, sentence=remark.sentence)
            item = QListWidgetItem(icon(ICONS[remark.severity], shade), text, self.list)
            item.setData(PLACE, (remark.line, remark.column))

    def _choose(self, item: QListWidgetItem) -> None:
        line, column = item.data(PLACE)
        self.chosen.emit(line, column)
