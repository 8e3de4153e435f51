"""One step: a line with what is seen of it, and unfolded all that is to be known and copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.services import bundled
from motion_desk.services.oauth.step_texts import Text
from motion_desk.services.oauth.tenant_steps import Origin, Step
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.page import card
from motion_desk.ui.sign_ins.signing import open_page
from motion_desk.ui.test.reading import fixed_font

INDENT = 47
"""Pixels before the words of an unfolded step, so that they stand below those of its title."""
MICROSOFTS_PAGE = (
    "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/"
    "how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth"
)
MARKS = {
    True: ("circle-check", "success", "seen to be done"),
    False: ("circle-x", "error", "to be put right"),
    None: ("circle", "muted", "cannot be seen from here"),
}


class StepBox(QWidget):
    """Shows one step; its details are made when it is first unfolded. ``folded`` names it."""

    folded = Signal(str, bool)

    def __init__(self, number: int, step: Step, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"step:{step.name}")
        self._step = step
        self._details: QWidget | None = None
        sign, role, said = MARKS[step.done]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(8)
        mark = IconLabel(sign, role, 18)
        mark.setObjectName(f"step-mark:{step.name}")
        mark.setToolTip(tr(said)[:1].upper() + tr(said)[1:])
        row.addWidget(mark)
        self._title = QPushButton(f"{number}. {tr(step.title)}", self)
        self._title.setObjectName(f"step-title:{step.name}")
        self._title.setProperty("role", "fold")
        self._title.setAutoDefault(False)
        self._title.setIconSize(QSize(14, 14))
        self._title.setIcon(icon("chevron-right"))
        self._title.setCheckable(True)
        self._title.setAccessibleName(f"{number}. {tr(step.title)}: {tr(said)}")
        self._title.toggled.connect(self._fold)
        row.addWidget(self._title)
        row.addStretch(1)
        self._column.addLayout(row)

    def unfold(self, is_open: bool) -> None:
        """Show the details, or only the line."""
        self._title.setChecked(is_open)

    def _fold(self, is_open: bool) -> None:
        self._title.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if is_open and self._details is None:
            self._details = _details(self._step, self)
            self._column.addWidget(self._details)
        if self._details is not None:
            self._details.setVisible(is_open)
        self.folded.emit(self._step.name, is_open)


def _details(step: Step, parent: QWidget) -> QWidget:
    """Who does it and where, what to know, what to copy, and where that is from."""
    part = QWidget(parent)
    column = QVBoxLayout(part)
    column.setContentsMargins(INDENT, 0, 0, 10)
    column.setSpacing(4)
    column.addWidget(wrapped(breakable(f"{step.by}: {step.where}"), "muted"))
    for sentence in step.sentences:
        column.addWidget(wrapped(breakable(sentence)))
    if step.why:
        role = {True: "success", False: "error", None: "muted"}[step.done]
        why = wrapped(breakable(step.why), role)
        why.setObjectName(f"step-why:{step.name}")
        column.addWidget(why)
    for place, text in enumerate(step.texts):
        column.addWidget(_copied(text, f"{step.name}:{place}", part))
    column.addSpacing(2)
    column.addWidget(_origins(step, part))
    return part


def _copied(text: Text, place: str, parent: QWidget) -> QWidget:
    """A text with a button that copies it."""
    part = QWidget(parent)
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(2)
    row = QHBoxLayout()
    row.setSpacing(6)
    label = QLabel(text.label, part)
    label.setProperty("role", "muted")
    copy = QPushButton(icon("copy"), tr("Copy"), part)
    copy.setObjectName(f"step-copy:{place}")
    copy.setProperty("role", "link")
    copy.setProperty("flush", True)
    copy.setIconSize(QSize(14, 14))
    copy.setAutoDefault(False)
    copy.setAccessibleName(tr("Copy: {}").format(text.label))
    copy.setAccessibleDescription(text.text)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text.text))
    row.addWidget(label)
    row.addWidget(copy)
    row.addStretch(1)
    column.addLayout(row)
    # A label: texts that can be selected would each be one more stop of the Tab key.
    frame, inner = card(part)
    inner.setContentsMargins(8, 5, 8, 5)
    shown = wrapped(breakable(text.text))
    shown.setObjectName(f"step-text:{place}")
    shown.setFont(fixed_font())
    inner.addWidget(shown)
    column.addWidget(frame)
    return part


def _origins(step: Step, parent: QWidget) -> QWidget:
    """Where the step is from, as chips; those with a page open it."""
    part = QWidget(parent)
    flow = Flow(part, 6)
    for origin in step.origins:
        chip = QPushButton(tr(origin.label), part)
        chip.setObjectName(f"step-origin:{step.name}:{origin.value}")
        chip.setProperty("role", "chip")
        chip.setAutoDefault(False)
        if origin in (Origin.MICROSOFT, Origin.MOTION):
            chip.setToolTip(tr("Open the page"))
            chip.clicked.connect(lambda _=False, origin=origin: open_page(_page(origin)))
        else:
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setToolTip(tr(_TOLD[origin]))
            chip.setProperty("level", "warning" if origin is Origin.INFERRED else "")
        flow.addWidget(chip)
    return part


_TOLD = {
    Origin.INFERRED: "Not said by a page: concluded from what is.",
    Origin.TESTS: "Motion Desk needs it to sign in from this workstation.",
}


def _page(origin: Origin) -> str:
    return MICROSOFTS_PAGE if origin is Origin.MICROSOFT else bundled.page("S3").url
