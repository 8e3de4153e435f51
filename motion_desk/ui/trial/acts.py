"""Acts: what can be done with the chosen messages, as buttons below the matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget

from motion_desk.models.choices import Expected
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.trial.lines import Line


class ActBar(QWidget):
    """Pins messages, unpins them, shows one in the timeline, and takes them out again."""

    def __init__(
        self,
        pin: Callable[[Expected], object],
        unpin: Callable[[], object],
        show_in_timeline: Callable[[], object],
        take_out: Callable[[], object],
        clear: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._flow = Flow(self, 6)
        self._must_pass = self._button("pin", "must-pass", tr("Must pass"))
        self._must_be_rejected = self._button("pin", "must-reject", tr("Must be rejected"))
        self._unpin = self._button("pin-off", "unpin", tr("Unpin"))
        self._timeline = self._button("milestone", "timeline", tr("Show in timeline"))
        self._take_out = self._button("x", "take-out", tr("Take out"))
        self._clear = self._button("trash-2", "clear", tr("Take all out"))
        self._take_out.setToolTip(tr("Takes the chosen messages out of the trial; files stay."))
        self._clear.setToolTip(tr("Pinned messages stay, for they are part of the account."))
        self._must_pass.clicked.connect(lambda: pin(Expected.PASS))
        self._must_be_rejected.clicked.connect(lambda: pin(Expected.REJECTED))
        for button, act in (
            (self._unpin, unpin),
            (self._timeline, show_in_timeline),
            (self._take_out, take_out),
            (self._clear, clear),
        ):
            button.clicked.connect(lambda _=False, act=act: act())

    def _button(self, sign: str, name: str, text: str) -> QPushButton:
        button = QPushButton(icon(sign), text, self)
        button.setObjectName(f"trial:{name}")
        button.setIconSize(QSize(14, 14))
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        self._flow.addWidget(button)
        return button

    def show_chosen(self, chosen: Sequence[Line], *, any_opened: bool) -> None:
        """Enable what can be done with these messages; ``any_opened``: there is one to take out."""
        self._unpin.setEnabled(any(line.pin for line in chosen))
        self._take_out.setEnabled(any(line.opened for line in chosen))
        self._clear.setEnabled(any_opened)
        for button in (self._must_pass, self._must_be_rejected, self._timeline):
            button.setEnabled(bool(chosen))
