"""A wait's row: a link to its setting, its words, a slider, and a box for the exact value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from motion_desk.models.account import Account
from motion_desk.models.changes import value_at
from motion_desk.models.durations import in_words
from motion_desk.models.sections.actions import PLAN, ToAgent, ToQueue
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.events.marks import short
from motion_desk.ui.timeline.seconds_box import SecondsBox
from motion_desk.ui.timeline.waits.slider import WaitSlider

NOT_SET = "not set"
LONGEST_LABEL = 48
BOX = 92


@dataclass(frozen=True, slots=True)
class Wait:
    """A setting that says how long a message waits: its key, and its seconds where it has any."""

    key: str
    seconds: int | None


def waits_of(account: Account) -> tuple[Wait, ...]:
    """The waits that decide, in the order in which a message meets them."""
    keys = ["settings.wait_agent", "settings.wait_queue"]
    keys += [
        f"{PLAN}/{row.id}/timeout"
        for row in account.actions.plan
        if isinstance(row, ToAgent | ToQueue)
    ]
    keys += ["transfer.queue_timeout"] if account.transfer.to_queue is True else []
    keys += ["transfer.agent_timeout"] if account.transfer.to_agent is True else []
    return tuple(Wait(key, _seconds(value_at(account, key))) for key in keys)


def _seconds(value: object) -> int | None:
    """A whole number as it is; nothing for what is not filled in or cannot be read."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class WaitRow(QWidget):
    """One wait. ``typed`` brings its seconds, ``left`` tells that an editor lost the focus."""

    typed = Signal(int)
    left = Signal()

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.link = QPushButton(self)
        self.link.setObjectName(f"timeline:wait-link:{key}")
        self.link.setProperty("role", "link")
        self.link.setProperty("flush", "true")
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.slider = WaitSlider(self)
        self.slider.setObjectName(f"timeline:wait:{key}")
        self.box = SecondsBox("", self)
        self.box.setObjectName(f"timeline:seconds:{key}")
        self.box.setProperty("compact", "true")
        self.box.setFixedWidth(BOX)
        self.box.valueChanged.connect(self.typed)
        for part in (self.slider, self.box):
            part.installEventFilter(self)
        self._words = QLabel(self)
        self._words.setProperty("role", "muted")
        self._words.setContentsMargins(0, 3, 0, 0)
        self._words.setObjectName(f"timeline:wait-words:{key}")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        head = QWidget(self)
        flow = Flow(head, 8)
        flow.addWidget(self.link)
        flow.addWidget(self._words)
        grid.addWidget(head, 0, 0, 1, 2)
        grid.addWidget(self.slider, 1, 0)
        grid.addWidget(self.box, 1, 1)
        grid.setColumnStretch(0, 1)

    def show_wait(self, wait: Wait, label: str, counts: bool) -> None:
        """Show a wait; ``counts`` says that it is part of the worst case."""
        self.link.setText(short(label, LONGEST_LABEL))
        self.link.setToolTip(tr("Go to the setting: {}").format(label))
        self.slider.setAccessibleName(label)
        self.box.setAccessibleName(tr("{}, in seconds").format(label))
        seconds = wait.seconds
        self.slider.show_seconds(seconds or 1)
        self.box.show_wait(seconds, tr(NOT_SET))
        words = in_words(max(0, seconds)) if seconds is not None else tr("Not set: no wait.")
        self._words.setText(
            tr("{} · part of the worst case").format(words) if counts and seconds else words
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)
