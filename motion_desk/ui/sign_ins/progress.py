"""Progress: what to do while a sign-in is under way, and how it has ended."""

from __future__ import annotations

from math import ceil
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.services.tester import wording
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.sign_ins.attempt import Attempt, Phase, Refusal
from motion_desk.ui.test.reading import Reading, fixed_font

COUNT = 500
"""Milliseconds between two looks at how long the code is valid."""
CODE_POINTS = 24.0

_SAID = {
    Phase.PREPARING: "Preparing the sign-in …",
    Phase.ASKING: "Asking Microsoft …",
    Phase.PAGE: "Sign in on the page that the browser shows now. Then come back.",
    Phase.KEEPING: "Keeping the sign-in …",
}
_AT_LAB = {
    Phase.ASKING: "Asking the lab …",
    Phase.CODE: "The lab types the code in by itself.",
    Phase.PAGE: "The lab signs in by itself, in place of a browser.",
}


class Progress(QWidget):
    """Shows a sign-in that is under way; ``stopped`` and ``opened`` are a person's wishes."""

    stopped = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._attempt: Attempt | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._said = wrapped()
        self._said.setObjectName("sign-in:said")
        column.addWidget(self._said)
        self.code = QLabel(self)
        self.code.setObjectName("sign-in:code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        face = QFont(fixed_font())
        face.setPointSizeF(CODE_POINTS)
        face.setWeight(QFont.Weight.DemiBold)
        self.code.setFont(face)
        column.addWidget(self.code)
        self._left = wrapped("", "muted")
        self._left.setObjectName("sign-in:left")
        column.addWidget(self._left)
        buttons = QWidget(self)
        flow = Flow(buttons, 6)
        self._copy = self._made("copy", tr("Copy the code"))
        self._copy.clicked.connect(self._copy_code)
        self._open = self._made("open", "")
        self._open.clicked.connect(self.opened)
        self._address = self._made("address", tr("Copy the address"))
        self._address.clicked.connect(self._copy_address)
        self._stop = self._made("stop", tr("Cancel"))
        self._stop.setToolTip(tr("Cancel the sign-in (Escape)"))
        self._stop.clicked.connect(self.stopped)
        for button in (self._copy, self._open, self._address, self._stop):
            flow.addWidget(button)
        column.addWidget(buttons)
        self._clock = QTimer(self)
        self._clock.setObjectName("sign-in-countdown")
        self._clock.setInterval(COUNT)
        self._clock.timeout.connect(self._count)

    def _made(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"sign-in:{name}")
        button.setAutoDefault(False)
        return button

    def show_attempt(self, attempt: Attempt | None) -> None:
        """Show how far a sign-in is; ``None`` for none that is under way."""
        self._attempt = attempt
        if attempt is None:
            self._clock.stop()
            return
        is_code, is_page = attempt.phase is Phase.CODE, attempt.phase is Phase.PAGE
        self._said.setText(_said(attempt))
        self.code.setText(attempt.code)
        self.code.setVisible(is_code)
        self._copy.setVisible(is_code)
        self._open.setText(tr("Open the page") if is_code else tr("Open the page again"))
        self._open.setVisible((is_code or is_page) and not attempt.lab)
        self._address.setVisible((is_code or is_page) and not attempt.opened)
        self._stop.setEnabled(attempt.phase is not Phase.KEEPING)
        self._left.setVisible(is_code or is_page)
        if is_code or is_page:
            self._count()
            self._clock.start()
        else:
            self._clock.stop()

    def focus(self) -> None:
        """Lead the keyboard to the way out."""
        self._stop.setFocus()

    def rest(self) -> None:
        """Leave off counting: nobody looks."""
        self._clock.stop()

    def _count(self) -> None:
        if self._attempt is None:
            return
        left = max(0, ceil(self._attempt.until - monotonic()))
        text = tr("Time left: {}:{:02}").format(left // 60, left % 60)
        if text != self._left.text():
            self._left.setText(text)

    def _copy_code(self) -> None:
        if self._attempt:
            QGuiApplication.clipboard().setText(self._attempt.code)

    def _copy_address(self) -> None:
        if self._attempt:
            QGuiApplication.clipboard().setText(self._attempt.address)


def _said(attempt: Attempt) -> str:
    if attempt.lab and attempt.phase in _AT_LAB:
        return tr(_AT_LAB[attempt.phase])
    if attempt.phase is Phase.CODE:
        said = tr("Open {} on any computer or telephone, and type in this code:")
        text = said.format(breakable(attempt.address))
        return text if attempt.opened else f"{text} {tr(NO_BROWSER)}"
    if attempt.phase is Phase.PAGE and not attempt.opened:
        return tr(NO_BROWSER)
    return tr(_SAID[attempt.phase])


NO_BROWSER = "No browser could be opened. Copy the address into one on this computer."


class Ended(QWidget):
    """Says how a sign-in has ended, with what to do where it came to nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._shown: Attempt | None = None
        self._box: QWidget | None = None

    def show_attempt(self, attempt: Attempt | None) -> None:
        """Show the end of a sign-in; ``None`` for none that has ended."""
        if attempt == self._shown:
            return
        self._shown = attempt
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
            self._box = None
        if attempt is not None:
            self._box = _failed(attempt.refusal, self) if attempt.refusal else _good(attempt, self)
            self._column.addWidget(self._box)


def _good(attempt: Attempt, parent: QWidget) -> QWidget:
    if attempt.phase is Phase.DONE:
        who = attempt.login or tr("the application itself")
        text = tr("Signed in: {who}. {said}").format(who=who, said=attempt.said)
        label = wrapped(breakable(text), "success")
    else:
        label = wrapped(attempt.said, "muted")
    label.setParent(parent)
    label.setObjectName("sign-in:ended")
    return label


def _failed(refusal: Refusal, parent: QWidget) -> QWidget:
    """A framed finding: what went wrong, the service's words, what to do, and a letter."""
    frame = QFrame(parent)
    frame.setObjectName("sign-in:failure")
    frame.setProperty("role", "finding")
    frame.setProperty("level", "error")
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 10, 12, 12)
    column.setSpacing(6)
    head = tr("Not signed in. {}").format(breakable(refusal.sentence))
    said = wrapped(head, "heading")
    said.setObjectName("sign-in:ended")
    column.addWidget(said)
    if refusal.code or refusal.words:
        column.addWidget(wrapped(tr("What Microsoft says:"), "muted"))
        quoted = Reading(tr("What Microsoft says"), frame, fixed=True)
        quoted.setObjectName("sign-in:words")
        quoted.setProperty("level", "quoted")
        words = (
            refusal.words if refusal.code in refusal.words else f"{refusal.code} {refusal.words}"
        )
        quoted.setPlainText(wording.one_line(words.strip()))
        column.addWidget(quoted)
    if refusal.to_do:
        to_do = wrapped(tr("What to do: {}").format(breakable(refusal.to_do)))
        to_do.setObjectName("sign-in:to-do")
        column.addWidget(to_do)
    if refusal.letter:
        column.addWidget(_letter(refusal.letter, frame))
    return frame


def _letter(text: str, parent: QWidget) -> QWidget:
    """The text for the administrator of the tenant, with a button that copies it."""
    part = QWidget(parent)
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 6, 0, 0)
    column.setSpacing(6)
    column.addWidget(wrapped(tr("Text for the administrator of the tenant:"), "muted"))
    shown = Reading(tr("Text for the administrator of the tenant"), part)
    shown.setObjectName("sign-in:letter")
    shown.setProperty("level", "quoted")
    shown.setPlainText(text.strip())
    column.addWidget(shown)
    copy = QPushButton(tr("Copy the text"), part)
    copy.setObjectName("sign-in:copy-letter")
    copy.setAutoDefault(False)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
    return part
