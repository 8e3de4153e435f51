"""Waits: the settings that decide how long a message waits, to be dragged, and the worst case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.account import Account
from motion_desk.models.changes import value_at
from motion_desk.models.durations import in_words
from motion_desk.models.sections.actions import PLAN, ToAgent, ToQueue
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.marks import short
from motion_desk.ui.timeline.seconds_box import SecondsBox
from motion_desk.ui.timeline.slider import WaitSlider

ABOUT = (
    "The worst case counts every situation in which each queue has somebody on line. Drag a wait "
    "and see what becomes of it and of the timeline. Letting go changes the setting; one undo "
    "takes it back."
)
NOT_SET = "not set"
LONGEST_LABEL = 48


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


class WaitsCard(QFrame):
    """Shows the worst case and the waits.

    ``moved`` brings a key and seconds while a wait is dragged, ``dropped`` when it is let go, and
    ``edited`` what is set by keys or typing. ``left`` tells that an editor lost the focus,
    ``wanted`` names a setting to go to.
    """

    moved = Signal(str, int)
    edited = Signal(str, int)
    dropped = Signal(str, int)
    left = Signal()
    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:waits")
        self.setProperty("role", "card")
        self.asked = wrapped("", "heading")
        self.asked.setObjectName("timeline:worst-asked")
        self.rest = wrapped("", "")
        self.rest.setObjectName("timeline:worst-rest")
        self._rows: dict[str, WaitRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        title = QLabel(tr("Worst case and waits"), self)
        title.setProperty("role", "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addWidget(self.asked)
        layout.addWidget(self.rest)
        layout.addWidget(wrapped(tr(ABOUT), "muted"))
        layout.addSpacing(4)
        layout.addLayout(self._list)

    @property
    def rows(self) -> tuple[WaitRow, ...]:
        """The rows of the waits, from top to bottom."""
        return tuple(self._rows.values())

    def show_worst_case(self, sentences: Collection[str]) -> None:
        """Say the worst case; the first sentence stands out."""
        first, *rest = sentences
        for label, text in ((self.asked, first), (self.rest, " ".join(rest))):
            if label.text() != text:
                label.setText(text)

    def show_waits(
        self, waits: tuple[Wait, ...], labels: Mapping[str, str], longest: Collection[str]
    ) -> None:
        """Show waits with their words by key; those in ``longest`` make up the worst case."""
        if tuple(self._rows) != tuple(wait.key for wait in waits):
            self._rebuild(waits)
        for wait in waits:
            self._rows[wait.key].show_wait(wait, labels[wait.key], wait.key in longest)

    def _rebuild(self, waits: tuple[Wait, ...]) -> None:
        before, self._rows = self._rows, {}
        for wait in waits:
            row = before.pop(wait.key, None)
            self._rows[wait.key] = self._made(wait.key) if row is None else row
            self._list.removeWidget(self._rows[wait.key])
            self._list.addWidget(self._rows[wait.key])
        for gone in before.values():
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _made(self, key: str) -> WaitRow:
        row = WaitRow(key, self)
        row.slider.moved.connect(lambda seconds: self.moved.emit(key, seconds))
        row.slider.released.connect(lambda seconds: self.dropped.emit(key, seconds))
        row.slider.set_by_step.connect(lambda seconds: self.edited.emit(key, seconds))
        row.typed.connect(lambda seconds: self.edited.emit(key, seconds))
        row.left.connect(self.left)
        row.link.clicked.connect(lambda: self.wanted.emit(key))
        return row


class WaitRow(QWidget):
    """One wait: a link to its setting, a slider, and a box for the exact value."""

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
        self.box.setFixedWidth(104)
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
