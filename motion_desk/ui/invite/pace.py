"""Pace: how many letters begin in a minute at most."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from motion_desk.models.kinds import SENTENCES, Integer
from motion_desk.ui.editors.line import LineEditor
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr

A_MINUTE = Integer(low=1, high=1_000)
"""Letters that may begin in a minute."""


class PaceLine(QWidget):
    """Asks for the limit; empty means none. ``turned`` tells that it was changed."""

    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value: object = None
        self._line = LineEditor(A_MINUTE, parent=self)
        self._line.setObjectName("invite:a-minute")
        self._line.setPlaceholderText(tr("no limit"))
        self._line.setAccessibleName(tr("At most so many letters a minute"))
        self._line.setToolTip(
            tr("Some servers refuse senders who are faster than they allow. Empty: no limit.")
        )
        self._line.setFixedWidth(90)
        self._line.edited.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 2)
        row.setSpacing(8)
        row.addWidget(QLabel(tr("At most"), self))
        row.addWidget(self._line)
        row.addWidget(wrapped(tr("letters a minute")), 1)

    @property
    def a_minute(self) -> int:
        """The limit; 0 for none."""
        return self._value if isinstance(self._value, int) else 0

    @property
    def fault(self) -> str:
        """What is wrong with what was typed, in a sentence."""
        return next(
            (
                tr(SENTENCES[code]).format_map(values)
                for code, values in A_MINUTE.check(self._value)
            ),
            "",
        )

    def _take(self, value: object) -> None:
        self._value = value
        self.turned.emit()
