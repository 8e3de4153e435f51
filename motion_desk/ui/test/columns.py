"""Columns: the two probes, each with its protocol, target, result and steps."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import Probe, State, StepName
from motion_desk.services.tester.verdict import tone
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test.marks import RESULTS_OF_PROBES, verdict_mark
from motion_desk.ui.test.reading import Elided
from motion_desk.ui.test.steps import Line, StepList
from motion_desk.ui.theme import Theme


class ProbeColumn(QFrame):
    """One probe: its protocol, where it leads, how it fared, and its steps."""

    def __init__(self, protocol: Protocol, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName(f"probe:{protocol.value}")
        self._theme = theme
        title = QLabel(protocol.label, self)
        title.setProperty("role", "heading")
        self._target = Elided(self)
        self._target.setObjectName(f"target:{protocol.value}")
        self._target.setProperty("role", "muted")
        self._sign = QLabel(self)
        self._result = QLabel(self)
        self._result.setObjectName(f"result:{protocol.value}")
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._target, 1)
        head.addWidget(self._sign)
        head.addWidget(self._result)
        self.list = StepList(theme, self)
        self.list.setObjectName(f"steps:{protocol.value}")
        self.list.setAccessibleName(tr("Steps of {}").format(protocol.label))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 9, 2, 4)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.list)
        layout.addStretch(1)
        self._tone = ""
        self._sign.hide()
        theme.changed.connect(self._draw_sign)

    def show_probe(
        self, probe: Probe, left: int | None, chosen: StepName | None, *, over: bool, since: str
    ) -> None:
        """Show a probe; ``over``: nothing more will come. ``since``: when an earlier test made it."""
        self._target.show_text(probe.target)
        word = tone(probe).value if over else ""
        result = tr(RESULTS_OF_PROBES[word]) if over else ""
        self._result.setText(tr("{} at {}").format(result, since) if since else result)
        if word != self._tone:
            self._tone = word
            self._draw_sign()
        lines = tuple(
            Line(
                step,
                left if step.state is State.RUNNING else None,
                step.name is chosen,
            )
            for step in probe.steps
        )
        self.list.show_lines(lines)

    def _draw_sign(self) -> None:
        mark, _ = verdict_mark(self._tone)
        self._sign.setVisible(mark is not None)
        if mark:
            name, colour = mark
            self._sign.setPixmap(icon(name, getattr(self._theme.colours, colour)).pixmap(16, 16))
