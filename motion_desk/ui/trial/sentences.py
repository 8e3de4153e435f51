"""Sentences: a list of them, each with an icon, as high as it needs to be up to some lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QListWidgetItem, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.notes import NoteList
from motion_desk.ui.theme import Theme

KEY = Qt.ItemDataRole.UserRole
MOST = 6
"""Sentences that are shown without scrolling."""


class Sentence(NamedTuple):
    """A sentence, the icon and the colour before it, and the key that it leads to."""

    text: str
    sign: str
    colour: str
    key: str


class SentenceList(NoteList):
    """Shows sentences; a click or Enter calls ``go_to`` with a key."""

    def __init__(self, theme: Theme, go_to: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Sentence, ...] = ()
        self.itemClicked.connect(lambda item: go_to(item.data(KEY)))
        self.itemActivated.connect(lambda item: go_to(item.data(KEY)))
        theme.changed.connect(self._fill)

    def show_sentences(self, sentences: Iterable[Sentence]) -> None:
        """Show these sentences and no others."""
        wanted = tuple(sentences)
        if wanted != self._shown:
            self._shown = wanted
            self._fill()
        self.setVisible(bool(wanted))

    def _fill(self) -> None:
        self.clear()
        colours = self._theme.colours
        for each in self._shown:
            item = QListWidgetItem(each.text)
            item.setIcon(icon(each.sign, getattr(colours, each.colour, colours.muted)))
            item.setForeground(QColor(colours.text))
            item.setData(KEY, each.key)
            item.setToolTip(tr("Go to it"))
            self.addItem(item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        if not self.count():
            return
        self.doItemsLayout()  # or the lines of each would be those of the width before
        first = self.visualItemRect(self.item(0))
        last = self.visualItemRect(self.item(min(self.count(), MOST) - 1))
        height = last.bottom() - first.top() + 2 * self.spacing() + 2 * self.frameWidth() + 3
        if height != self.height():
            self.setFixedHeight(height)
