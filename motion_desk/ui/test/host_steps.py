"""Host steps: what a person does to look from the Motion server, in three numbered steps."""

from __future__ import annotations

import shlex

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test.reading import Reading

SAVE = (
    "Save the probe, and bring it to the Motion server. It is one Python file without any "
    "password: hosts and ports, to be read before it is run."
)
RUN = (
    "Run it there, with Python 3.6 or newer. It looks up names, connects, encrypts and reads "
    "greetings; it does not log in, and it changes nothing."
)
READ = "Bring result.json back to this workstation, and read it here."


class HostSteps(QFrame):
    """Three steps with their buttons; ``saving`` and ``reading`` tell which was pressed."""

    saving = Signal()
    reading = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 12, 14, 14)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        save = QPushButton(icon("download"), tr("Save the probe…"), self)
        save.setObjectName("host:save")
        save.clicked.connect(self.saving)
        self._step(0, 1, tr(SAVE), save)
        self._copy = QPushButton(icon("copy"), tr("Copy"), self)
        self._copy.setObjectName("host:copy")
        self._copy.setIconSize(QSize(14, 14))
        self._copy.setAccessibleName(tr("Copy the command"))
        self._copy.setToolTip(self._copy.accessibleName())
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._command))
        self._step(1, 2, tr(RUN), self._copy)
        self._line = Reading(tr("Command to type on the Motion server"), self, fixed=True)
        self._line.setObjectName("host:command")
        self._line.setProperty("level", "quoted")
        self._grid.addWidget(self._line, 2, 1, 1, 2)
        read = QPushButton(icon("upload"), tr("Read its result…"), self)
        read.setObjectName("host:read")
        read.clicked.connect(self.reading)
        self._step(3, 3, tr(READ), read)
        self._refusal = QFrame(self)
        sign = IconLabel("circle-alert", "error", 16)
        self.refusal = wrapped("", "error")
        self.refusal.setObjectName("host:refusal")
        inner = QGridLayout(self._refusal)
        inner.setContentsMargins(0, 2, 0, 0)
        inner.setColumnStretch(1, 1)
        inner.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self.refusal, 0, 1)
        self._grid.addWidget(self._refusal, 4, 1, 1, 2)
        self.refuse("")
        self.name("probe.py")

    def _step(self, row: int, number: int, text: str, button: QPushButton) -> None:
        count = QLabel(str(number), self)
        count.setProperty("role", "heading")
        button.setProperty("compact", True)
        self._grid.addWidget(count, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(wrapped(text), row, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignTop)

    def name(self, file: str) -> None:
        """Say the command for a probe of this name."""
        self._command = f"python3 {shlex.quote(file)} > result.json"
        self._line.setPlainText(self._command)

    def refuse(self, sentence: str) -> None:
        """Say why a file was not written or not taken; an empty sentence takes that back."""
        self.refusal.setText(breakable(sentence))
        self._refusal.setVisible(bool(sentence))
