"""A window with one rich text editor, driven as a person drives it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QIcon,
    QImage,
    QImageWriter,
    QInputMethodEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton, QWidget

from motion_desk.ui.editors.rich_text import RichTextEditor
from motion_desk.ui.editors.text_questions import TextQuestions


class Answers(TextQuestions):
    """Answers as a test has laid down, in the order of the questions."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.lines: list[str | None] = []

    def picture(self, parent: QWidget) -> Path | None:
        return self.file

    def line(self, parent: QWidget, title: str, label: str, text: str) -> str | None:
        answer = self.lines.pop(0)
        return text if answer == "(as offered)" else answer


class Desk(QMainWindow):
    """A window with an editor, whose own undo is counted."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = Answers()
        self.editor = RichTextEditor(lambda name: QIcon(), self, self.answers)
        self.setCentralWidget(self.editor)
        self.values: list[str] = []
        self.editor.edited.connect(self.values.append)
        self.undone: list[str] = []
        for keys in ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z"):
            action = QAction(keys, self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, keys=keys: self.undone.append(keys))
            self.addAction(action)

    def button(self, name: str) -> QToolButton:
        """The button with an accessible name."""
        [found] = [b for b in self.findChildren(QToolButton) if b.accessibleName() == name]
        return found

    def type(self, text: str) -> None:
        """Type as an input method does, which knows all characters."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        focused = QApplication.focusWidget()
        assert focused is not None
        QApplication.sendEvent(focused, event)

    def select(self, text: str) -> None:
        """Select the first place of a text in the visual view."""
        visual = self.editor.visual
        visual.moveCursor(QTextCursor.MoveOperation.Start)
        assert visual.find(text)

    def paste(self, html: str = "", text: str = "") -> None:
        """Paste what another program has copied."""
        data = QMimeData()
        if html:
            data.setHtml(html)
        data.setText(text)
        QGuiApplication.clipboard().setMimeData(data)
        self.editor.visual.paste()


def png(width: int = 4, height: int = 2) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())
