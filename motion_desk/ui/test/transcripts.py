"""Transcripts: what both sides said in each probe, with the secrets left out."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import Probe
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.links import copy_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.test import words
from motion_desk.ui.test.reading import fixed_font
from motion_desk.ui.test.showing import Showing


class Transcripts(QWidget):
    """The transcripts side by side, or one above the other where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcripts")
        about = tr("C is this workstation, S the server, – a remark. Secrets are left out.")
        self._parts = {protocol: _Transcript(protocol, self) for protocol in Protocol}
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        for part in self._parts.values():
            self._row.addWidget(part, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 16)
        layout.setSpacing(8)
        layout.addWidget(wrapped(about, "muted"))
        layout.addLayout(self._row, 1)

    def show_showing(self, showing: Showing) -> None:
        """Show the transcripts of a report; a probe's comes once it is over."""
        for protocol, part in self._parts.items():
            part.show_probe(showing.report.probe(protocol) if showing.report else None)

    def set_narrow(self, narrow: bool) -> None:
        """Put one above the other, or both side by side."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


class _Transcript(QWidget):
    def __init__(self, protocol: Protocol, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        title = QLabel(protocol.label, self)
        title.setProperty("role", "heading")
        copy = copy_button(
            tr("Copy the transcript of {}").format(protocol.label),
            f"copy-transcript:{protocol.value}",
            self,
        )
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._shown))
        self._copy = copy
        self.text = QPlainTextEdit(self)
        self.text.setObjectName(f"transcript:{protocol.value}")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(fixed_font())
        self.text.setAccessibleName(tr("Transcript of {}").format(protocol.label))
        self.text.setPlaceholderText(tr("Nothing was said."))
        let_undo_through(self.text)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.text, 1)

    def show_probe(self, probe: Probe | None) -> None:
        """Show a probe's transcript; a person's place in it stays while it is the same."""
        text = words.transcript(probe) if probe else ""
        self._copy.setEnabled(bool(text))
        if text != self._shown:
            self._shown = text
            self.text.setPlainText(text)
