"""The band: the verdict in words, when and of which values, and what else must be known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.services.tester.session import seconds
from motion_desk.services.tester.steps import Report, State
from motion_desk.services.tester.verdict import verdict
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test import words
from motion_desk.ui.test.marks import verdict_mark
from motion_desk.ui.test.showing import Phase, Showing
from motion_desk.ui.theme import Theme

ABOUT = (
    "The test uses the values on screen, saved or not. It logs in, looks into the mailbox and asks "
    "whether mail would be taken. It changes nothing on the servers and sends no message."
)
SIDE = 30


class Band(QFrame):
    """Says how a test ended, or how far it is; ``asked`` when a test is to begin or to end."""

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdict")
        self._theme = theme
        self._word: str | None = None
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIDE, SIDE)
        self.sentence = wrapped("", "title")
        self.sentence.setObjectName("verdict:sentence")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail = wrapped()
        self.detail.setObjectName("verdict:detail")
        self.about = wrapped("", "muted")
        self.about.setObjectName("verdict:about")
        self.button = QPushButton(self)
        self.button.setObjectName("test:go")
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.asked)
        text = QVBoxLayout()
        text.setSpacing(3)
        text.addWidget(self.sentence)
        text.addWidget(self.detail)
        text.addWidget(self.about)
        text.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 12)
        row.setSpacing(14)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._draw_sign)

    def show_showing(self, showing: Showing) -> None:
        """Draw what is known."""
        report = showing.finished
        if report:
            found = verdict(report)
            detail = tr(found.detail) or _efforts(report)
            self._say(found.tone.value, tr(found.sentence), detail)
            self.about.setText(" · ".join(_about(report, showing)))
        elif showing.under_way:
            step = _step_under_way(showing)
            self._say("running", tr("Testing…"), step)
            self.about.setText(_values(showing.fingerprint))
        else:
            self._say("", tr("Not tested yet"), tr(ABOUT))
            self.about.setText(_values(showing.fingerprint))
        if showing.under_way:
            self.button.setText(tr("Stop"))
        else:
            self.button.setText(tr("Test again") if report else tr("Test connection"))

    def _say(self, word: str, sentence: str, detail: str) -> None:
        self.sentence.setText(sentence)
        # Its line stays while there is nothing to say, or all below would move up and down.
        self.detail.setText(detail or "…")
        if word != self._word:
            self._word = word
            self.setProperty("tone", word)
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw_sign()

    def _draw_sign(self) -> None:
        name, colour = verdict_mark(self._word or "")[0] or ("plug-zap", "muted")
        shade = getattr(self._theme.colours, colour)
        self._sign.setPixmap(icon(name, shade).pixmap(SIDE, SIDE))


def _efforts(report: Report) -> str:
    """How long each probe took, where there is nothing else to say."""
    parts = (f"{probe.protocol.label}: {seconds(probe.seconds)}" for probe in report.probes)
    return "   ".join(parts)


def _values(fingerprint: str) -> str:
    return tr("Values on screen · fingerprint {}").format(fingerprint[:8])


def _step_under_way(showing: Showing) -> str:
    """The step that each probe is at."""
    if showing.phase is Phase.PREPARING or showing.report is None:
        return tr("Getting the passwords from the keyring…")
    return "   ".join(
        f"{probe.protocol.label}: {tr(step.name.title)}"
        for probe in showing.report.probes
        for step in probe.steps
        if step.state is State.RUNNING
    )


def _about(report: Report, showing: Showing) -> list[str]:
    """When, of which values and from where."""
    parts = [words.moment(report.at)]
    values = tr("values on screen") if report.fingerprint == showing.fingerprint else tr("values")
    parts.append(values)
    parts.append(tr("fingerprint {}").format(report.fingerprint[:8]))
    parts.append(tr("from {}").format(tr(report.vantage)))
    if showing.kept and not showing.earlier:
        parts.append(showing.kept)
    return parts
