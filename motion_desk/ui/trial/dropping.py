"""Dropping: files can be let fall anywhere on a page, which says so while they hover over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import IconLabel, wrapped
from motion_desk.ui.form.words import tr


class DropHint(QFrame):
    """Takes files that are dropped on ``page``; it covers the page while they hover over it."""

    def __init__(self, page: QWidget, dropped: Callable[[list[Path]], object]) -> None:
        super().__init__(page)
        self.setObjectName("trial:drop")
        self.setProperty("role", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._page, self._dropped = page, dropped
        text = wrapped(tr("Drop .eml or mbox files to try the header filters on them"), "heading")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(IconLabel("file-input", "heading", 32), 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(text)
        column.addStretch(1)
        self.hide()
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if paths_of(event.mimeData().urls()):
                event.acceptProposedAction()
                self.show_over()
            return True
        if kind is QEvent.Type.DragLeave:
            self.hide()
        if kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hide()
            event.acceptProposedAction()
            self.drop(event.mimeData().urls())
            return True
        return super().eventFilter(watched, event)

    def show_over(self) -> None:
        """Cover the page."""
        self.setGeometry(self._page.rect().adjusted(8, 8, -8, -8))
        self.raise_()
        self.show()

    def drop(self, urls: Iterable[QUrl]) -> None:
        """Take the files of URLs, as if they were dropped."""
        if paths := paths_of(urls):
            self._dropped(paths)


def paths_of(urls: Iterable[QUrl]) -> list[Path]:
    """The files among URLs; a folder, or what lies elsewhere, is none."""
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
